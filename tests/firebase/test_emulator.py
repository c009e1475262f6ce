"""FirebaseProvider against the real Auth emulator. Only run on request: make test-firebase."""

import uuid
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from pharus.errors import ConfigurationError, Unauthorized
from pharus.providers.firebase import EMULATOR_VARIABLE, FirebaseProvider
from tests.firebase.emulator import PROJECT, running_emulator

pytestmark = [pytest.mark.firebase, pytest.mark.xdist_group("firebase")]


@pytest.fixture(scope="module")
def emulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running_emulator(tmp_path_factory.mktemp("emulator")) as host:
        yield host


@pytest.fixture
def provider(emulator: str, monkeypatch: pytest.MonkeyPatch) -> FirebaseProvider:
    monkeypatch.setenv(EMULATOR_VARIABLE, emulator)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    return FirebaseProvider(PROJECT)


def test_verify_token_of_a_signed_up_user_gives_the_identity(emulator: str, provider: FirebaseProvider) -> None:
    email = _new_email()
    user = _call(emulator, "signUp", email=email, password="correct horse")
    identity = provider.verify(user["idToken"])
    assert identity.uid == user["localId"]
    assert (identity.email, identity.email_verified) == (email, False)
    signed_in = _call(emulator, "signInWithPassword", email=email, password="correct horse")
    assert provider.verify(signed_in["idToken"]).uid == user["localId"]


def test_delete_user_is_gone_and_deleting_again_is_done(emulator: str, provider: FirebaseProvider) -> None:
    email, other_email = _new_email(), _new_email()
    user = _call(emulator, "signUp", email=email, password="correct horse")
    _call(emulator, "signUp", email=other_email, password="correct horse")

    provider.delete(provider.verify(user["idToken"]).uid)
    assert _call(emulator, "lookup", idToken=user["idToken"])["error"]["message"] == "USER_NOT_FOUND"
    answer = _call(emulator, "signInWithPassword", email=email, password="correct horse")
    assert answer["error"]["message"] == "EMAIL_NOT_FOUND"
    assert "idToken" in _call(emulator, "signInWithPassword", email=other_email, password="correct horse")

    provider.delete(user["localId"])


def test_verify_token_of_another_project_is_refused(emulator: str, provider: FirebaseProvider) -> None:
    user = _call(emulator, "signUp", email=_new_email(), password="correct horse")
    token = user["idToken"]
    assert provider.verify(token).uid == user["localId"]
    with pytest.raises(Unauthorized):
        FirebaseProvider("demo-another").verify(token)
    with pytest.raises(ConfigurationError):
        FirebaseProvider("example-project")


def _new_email() -> str:
    return f"{uuid.uuid4().hex}@example.com"


def _call(emulator: str, operation: str, **body: Any) -> dict[str, Any]:
    """One call of the emulator's REST API; refusals are answers too, under `error`."""
    url = f"http://{emulator}/identitytoolkit.googleapis.com/v1/accounts:{operation}?key=any"
    answer = httpx.post(url, json=body | {"returnSecureToken": True}, timeout=30, trust_env=False)
    return dict(answer.json())
