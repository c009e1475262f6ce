"""deleteUser and the identity at the provider: last of all, and never in the way."""

import logging

import pytest

from pharus import db, providers
from pharus.errors import ServiceUnavailable
from pharus.identity import Actor
from pharus.providers import Identity
from plugins.platform import operations
from tests import factories
from tests.plugins.platform.tables import rows


class Provider:
    """Remembers whom it was asked to delete, and whether the user was gone by then."""

    def __init__(self, *, fails: bool = False) -> None:
        self.fails = fails
        self.deleted: list[tuple[str, bool]] = []

    def verify(self, token: str) -> Identity:
        raise AssertionError("nobody signs in here")

    def delete(self, uid: str) -> None:
        self.deleted.append((uid, rows("SELECT FROM app_user WHERE firebase_uid = %s", uid) == []))
        if self.fails:
            raise ServiceUnavailable("the provider is down")


def install(monkeypatch: pytest.MonkeyPatch, provider: Provider) -> Provider:
    monkeypatch.setattr(providers, "_installed", provider)
    return provider


def actor_of(user: factories.User) -> Actor:
    return Actor(user.uid, user.email, True, user.id)


def test_delete_user_deletes_the_identity_once_the_user_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    provider, user = install(monkeypatch, Provider()), factories.make_user()
    with db.unit_of_work(actor_of(user)):
        operations.delete_user()
        assert provider.deleted == []
    assert provider.deleted == [(user.uid, True)]


def test_delete_user_logs_a_provider_that_fails(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    install(monkeypatch, Provider(fails=True))
    user = factories.make_user()
    with caplog.at_level(logging.ERROR), db.unit_of_work(actor_of(user)):
        assert operations.delete_user() == {"deletedId": user.id}
    assert "the provider is down" in caplog.text
    assert rows("SELECT FROM app_user WHERE id = %s", user.id) == []


def test_delete_user_that_is_rolled_back_keeps_the_identity(monkeypatch: pytest.MonkeyPatch) -> None:
    provider, user = install(monkeypatch, Provider()), factories.make_user()

    def delete_and_fail() -> None:
        with db.unit_of_work(actor_of(user)):
            operations.delete_user()
            raise RuntimeError("afterwards")

    with pytest.raises(RuntimeError, match="afterwards"):
        delete_and_fail()
    assert provider.deleted == []
    assert len(rows("SELECT FROM app_user WHERE id = %s", user.id)) == 1
