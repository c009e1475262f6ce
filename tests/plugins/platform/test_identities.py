"""What is asked of the identity provider: beside the requests, and never in their way."""

import logging
from collections.abc import Sequence

import pytest

from pharus import db, providers
from pharus.config import Settings
from pharus.errors import ServiceUnavailable, Unauthorized
from pharus.identity import Actor
from pharus.providers import Identity
from plugins.platform import identities, operations
from plugins.platform.access import ByToken
from tests import factories
from tests.plugins.platform.tables import execute, rows


@pytest.fixture(autouse=True)
def database_without_server(scratch_tables: str) -> None:
    """A server of the tests would do the same work with its own provider."""


class Provider:
    """Remembers whom it was asked to delete, and whether the user was gone by then."""

    def __init__(self, *, fails: bool = False) -> None:
        self.fails = fails
        self.deleted: list[tuple[str, bool]] = []
        self.asked: list[str] = []
        self.gone: set[str] = set()

    def verify(self, token: str) -> Identity:
        raise AssertionError("nobody signs in here")

    def known(self, uids: Sequence[str]) -> set[str]:
        if self.fails:
            raise ServiceUnavailable("the provider is down")
        self.asked += uids
        return set(uids) - self.gone

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
    assert provider.deleted == [], "no request waits for the provider"
    identities.carry_on()
    assert (user.uid, True) in provider.deleted
    identities.carry_on()
    assert len([uid for uid, _ in provider.deleted if uid == user.uid]) == 1


def test_delete_user_logs_a_provider_that_fails(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    install(monkeypatch, Provider(fails=True))
    user = factories.make_user()
    with db.unit_of_work(actor_of(user)):
        assert operations.delete_user() == {"deletedId": user.id}
    with caplog.at_level(logging.ERROR):
        identities.carry_on()
    assert "the provider is down" in caplog.text
    assert rows("SELECT FROM app_user WHERE id = %s", user.id) == []
    assert rows("SELECT attempts FROM identity_removal WHERE uid = %s AND due_at > now()", user.uid) == [(1,)]
    for _ in range(20):
        execute("UPDATE identity_removal SET due_at = now() WHERE uid = %s", user.uid)
        identities.carry_on()
    assert rows("SELECT FROM identity_removal WHERE uid = %s", user.uid) == []


def test_delete_user_that_is_rolled_back_keeps_the_identity(monkeypatch: pytest.MonkeyPatch) -> None:
    provider, user = install(monkeypatch, Provider()), factories.make_user()

    def delete_and_fail() -> None:
        with db.unit_of_work(actor_of(user)):
            operations.delete_user()
            raise RuntimeError("afterwards")

    with pytest.raises(RuntimeError, match="afterwards"):
        delete_and_fail()
    identities.carry_on()
    assert user.uid not in [uid for uid, _ in provider.deleted]
    assert len(rows("SELECT FROM app_user WHERE id = %s", user.id)) == 1


def is_accepted(token: str) -> bool:
    try:
        with db.unit_of_work(ByToken(token)):
            return True
    except Unauthorized:
        return False


def make_token(user: factories.User) -> str:
    organization = factories.make_organization()
    factories.make_membership(organization.id, user.id, "owner")
    return factories.make_api_token(organization.id, user.id)


def test_token_dies_when_the_provider_vouches_for_its_owner_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    gone, kept = factories.make_user(), factories.make_user()
    tokens = [make_token(gone), make_token(gone), make_token(kept)]
    provider = install(monkeypatch, Provider())
    identities.carry_on()
    assert sorted(provider.asked) == sorted([gone.uid, kept.uid])
    provider.gone = {gone.uid}
    identities.carry_on()
    assert (len(provider.asked), [is_accepted(token) for token in tokens]) == (2, [True] * 3), "it was asked just now"
    execute("UPDATE app_user SET identity_check_due_at = now()")
    identities.carry_on()
    assert [is_accepted(token) for token in tokens] == [False, False, True]
    execute("UPDATE app_user SET identity_check_due_at = now()")
    identities.carry_on()
    assert provider.asked[4:] == [kept.uid], "about nobody without tokens"


def test_provider_is_asked_again_after_the_minutes_of_the_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    make_token(factories.make_user())
    provider = install(monkeypatch, Provider())
    monkeypatch.setattr(identities, "_check_minutes", 0)
    identities.carry_on()
    assert provider.asked == []
    identities.configure(Settings(identity_check_minutes=90))
    identities.carry_on()
    [(minutes,)] = rows("SELECT round(extract(epoch FROM identity_check_due_at - now()) / 60) FROM app_user")
    assert (len(provider.asked), minutes) == (1, 90)


def test_provider_that_cannot_be_asked_changes_nothing_and_is_asked_again(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    token = make_token(factories.make_user())
    install(monkeypatch, Provider(fails=True))
    identities.carry_on()
    assert "the provider is down" in caplog.text
    assert is_accepted(token)
    assert rows("SELECT identity_check_due_at - now() < interval '6 minutes' FROM app_user") == [(True,)]
