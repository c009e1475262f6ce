import subprocess
import sys
import time
from collections.abc import Iterator

import jwt
import pytest

from pharus.errors import ConfigurationError, ServiceUnavailable, Unauthorized
from pharus.providers.firebase import EMULATOR_VARIABLE, FirebaseProvider
from tests.pharus.providers.certificate_server import CertificateServer
from tests.pharus.providers.identity_server import IdentityServer
from tests.pharus.providers.signing import claims_for, private_key, segment, sign, unsigned

PROJECT = "example-project"


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(EMULATOR_VARIABLE, raising=False)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


@pytest.fixture
def certificates(monkeypatch: pytest.MonkeyPatch) -> Iterator[CertificateServer]:
    server = CertificateServer()
    server.publish("key-1", "key-2")
    monkeypatch.setattr("firebase_admin._token_gen.ID_TOKEN_CERT_URI", server.url)
    yield server
    server.stop()


@pytest.fixture
def provider(certificates: CertificateServer) -> FirebaseProvider:
    return FirebaseProvider(PROJECT)


def test_verify_good_token_gives_the_identity(provider: FirebaseProvider, certificates: CertificateServer) -> None:
    claims = claims_for(PROJECT)
    identity = provider.verify(sign(claims, key="key-2"))
    assert (identity.uid, identity.email, identity.email_verified) == ("person-1", "ada@example.com", True)
    assert identity.expires_at == claims["exp"]
    assert certificates.requests_served == 1


def test_verify_fetches_certificates_once_within_their_max_age(
    provider: FirebaseProvider, certificates: CertificateServer
) -> None:
    for number in range(5):
        assert provider.verify(sign(claims_for(PROJECT, sub=f"person-{number}"), key="key-1")).uid == f"person-{number}"
    assert certificates.requests_served == 1


def test_verify_expired_token_says_so(provider: FirebaseProvider) -> None:
    now = int(time.time())
    for expired_at in (now - 3000, now - 3):
        with pytest.raises(Unauthorized, match="the token has expired"):
            provider.verify(sign(claims_for(PROJECT, iat=now - 7200, exp=expired_at), key="key-1"))


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"aud": "another-project"}, id="audience"),
        pytest.param({"aud": [PROJECT]}, id="audience list"),
        pytest.param({"iss": "https://securetoken.google.com/another-project"}, id="issuer"),
        pytest.param({"iss": f"https://session.firebase.google.com/{PROJECT}"}, id="session cookie"),
        pytest.param({"iss": None}, id="no issuer"),
        pytest.param({"sub": ""}, id="empty subject"),
        pytest.param({"sub": None}, id="no subject"),
        pytest.param({"sub": "x" * 129}, id="long subject"),
        pytest.param({"sub": "person\0"}, id="NUL in subject"),
        pytest.param({"iat": int(time.time()) + 3600}, id="issued in the future"),
        pytest.param({"iat": "yesterday"}, id="issue time is text"),
        pytest.param({"iat": None}, id="no issue time"),
        pytest.param({"name": "x" * 10_000}, id="huge"),
        pytest.param({"exp": None}, id="no expiry"),
        pytest.param({"exp": 10**400}, id="expiry too large for a float"),
        pytest.param({"exp": float("nan")}, id="expiry is NaN"),
    ],
)
def test_verify_signed_token_with_wrong_claims_is_refused(
    provider: FirebaseProvider, changes: dict[str, object]
) -> None:
    with pytest.raises(Unauthorized, match="the token is not valid"):
        provider.verify(sign(claims_for(PROJECT, **changes), key="key-1"))


def test_verify_clock_slightly_behind_the_issuer_is_accepted(provider: FirebaseProvider) -> None:
    assert provider.verify(sign(claims_for(PROJECT, iat=int(time.time()) + 4), key="key-1")).uid == "person-1"


def test_verify_unknown_key_id_is_refused(provider: FirebaseProvider) -> None:
    with pytest.raises(Unauthorized, match="not valid"):
        provider.verify(sign(claims_for(PROJECT), key="key-3"))


def test_verify_known_key_id_signed_by_another_key_is_refused(provider: FirebaseProvider) -> None:
    with pytest.raises(Unauthorized, match="not valid"):
        provider.verify(sign(claims_for(PROJECT), key="key-2", kid="key-1"))


def test_verify_tampered_payload_is_refused(provider: FirebaseProvider) -> None:
    header, _, signature = sign(claims_for(PROJECT), key="key-1").split(".")
    with pytest.raises(Unauthorized, match="not valid"):
        provider.verify(f"{header}.{segment(claims_for(PROJECT, sub='person-2'))}.{signature}")


def test_verify_other_algorithms_are_refused(provider: FirebaseProvider) -> None:
    claims, headers = claims_for(PROJECT), {"kid": "key-1"}
    tokens = [
        unsigned({"alg": "none", "kid": "key-1"}, claims),
        jwt.encode(claims, private_key("key-1"), algorithm="RS512", headers=headers),
        jwt.encode(claims, "s" * 64, algorithm="HS256", headers=headers),
    ]
    for token in tokens:
        with pytest.raises(Unauthorized, match="not valid"):
            provider.verify(token)


@pytest.mark.parametrize(
    "token",
    [
        pytest.param("", id="empty"),
        pytest.param("garbage", id="garbage"),
        pytest.param("a.b.c", id="three segments"),
        pytest.param("ä.ö.ü", id="not ASCII"),
        pytest.param("\ud800", id="surrogate"),
        pytest.param("x" * 1_000_000, id="huge"),
        pytest.param(unsigned([], []), id="lists for objects"),
        pytest.param(unsigned({"alg": "HS256"}, {"v": 0, "d": 5}), id="claim of an unexpected type"),
        pytest.param(unsigned({"alg": "RS256", "kid": ["key-1"]}, claims_for(PROJECT)), id="key id is a list"),
        pytest.param(unsigned("[" * 3000, "[" * 2000), id="deep nesting"),
        pytest.param(unsigned({"alg": "RS256", "kid": "key-1"}, "1" * 5000), id="endless number"),
    ],
)
def test_verify_what_is_no_token_is_refused(provider: FirebaseProvider, token: str) -> None:
    with pytest.raises(Unauthorized, match="not valid"):
        provider.verify(token)


def test_verify_rotated_key_is_accepted_after_the_max_age(certificates: CertificateServer) -> None:
    certificates.max_age_seconds = 3
    provider = FirebaseProvider(PROJECT)
    old, new = sign(claims_for(PROJECT), key="key-1"), sign(claims_for(PROJECT), key="key-3")
    provider.verify(old)
    certificates.publish("key-2", "key-3")
    with pytest.raises(Unauthorized):
        provider.verify(new)
    assert certificates.requests_served == 1

    time.sleep(4)
    assert provider.verify(new).uid == "person-1"
    assert certificates.requests_served == 2
    with pytest.raises(Unauthorized):
        provider.verify(old)


def test_verify_endpoint_failing_is_unavailable_and_recovers(
    provider: FirebaseProvider, certificates: CertificateServer
) -> None:
    token = sign(claims_for(PROJECT), key="key-1")
    certificates.status = 500
    with pytest.raises(ServiceUnavailable):
        provider.verify(token)
    certificates.status = 200
    assert provider.verify(token).uid == "person-1"


def test_verify_endpoint_down_is_unavailable(provider: FirebaseProvider, certificates: CertificateServer) -> None:
    certificates.stop()
    with pytest.raises(ServiceUnavailable):
        provider.verify(sign(claims_for(PROJECT), key="key-1"))


def test_verify_endpoint_answering_with_an_error_page_is_unavailable(
    provider: FirebaseProvider, certificates: CertificateServer
) -> None:
    certificates.body = b"<html>Please sign in to the network</html>"
    certificates.max_age_seconds = 0
    with pytest.raises(ServiceUnavailable):
        provider.verify(sign(claims_for(PROJECT), key="key-1"))


def test_verify_needs_no_credentials(provider: FirebaseProvider, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", "/nowhere/credentials.json")
    assert provider.verify(sign(claims_for(PROJECT), key="key-1")).uid == "person-1"


def test_delete_without_credentials_is_unavailable(provider: FirebaseProvider, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", "/nowhere/credentials.json")
    with pytest.raises(ServiceUnavailable, match="did not delete"):
        provider.delete("person-1")


def test_known_are_those_who_exist_and_are_not_disabled(monkeypatch: pytest.MonkeyPatch) -> None:
    server = IdentityServer({"person-1": False, "person-2": True})
    monkeypatch.setenv(EMULATOR_VARIABLE, server.host)
    try:
        provider = FirebaseProvider("demo-pharus")
        assert provider.known(["person-1", "person-2", "person-3"]) == {"person-1"}
        server.status = 500
        with pytest.raises(ServiceUnavailable, match="whom it knows"):
            provider.known(["person-1"])
    finally:
        server.stop()


def test_known_without_credentials_is_unavailable(provider: FirebaseProvider, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", "/nowhere/credentials.json")
    with pytest.raises(ServiceUnavailable, match="whom it knows"):
        provider.known(["person-1"])


@pytest.mark.parametrize("project", [None, ""])
def test_create_without_project_names_the_setting(project: str | None) -> None:
    with pytest.raises(ConfigurationError, match="PHARUS_FIREBASE_PROJECT"):
        FirebaseProvider(project)


def test_create_with_emulator_for_a_real_project_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(EMULATOR_VARIABLE, "127.0.0.1:9099")
    with pytest.raises(ConfigurationError, match="demo-"):
        FirebaseProvider(PROJECT)


def test_create_with_emulator_as_a_url_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(EMULATOR_VARIABLE, "http://127.0.0.1:9099")
    with pytest.raises(ConfigurationError, match="host:port"):
        FirebaseProvider("demo-pharus")


def test_verify_emulator_named_after_the_start_is_refused(
    provider: FirebaseProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(EMULATOR_VARIABLE, "127.0.0.1:9099")
    with pytest.raises(ConfigurationError):
        provider.verify(unsigned({"alg": "none"}, claims_for(PROJECT)))


def test_verify_emulator_token_is_accepted_unsigned_but_not_expired(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(EMULATOR_VARIABLE, "127.0.0.1:9099")
    provider = FirebaseProvider("demo-pharus")
    header = {"alg": "none", "typ": "JWT"}
    assert provider.verify(unsigned(header, claims_for("demo-pharus"))).uid == "person-1"
    with pytest.raises(Unauthorized, match="expired"):
        provider.verify(unsigned(header, claims_for("demo-pharus", exp=int(time.time()) - 1)))
    with pytest.raises(Unauthorized, match="not valid"):
        provider.verify(unsigned(header, claims_for("demo-pharus", exp=None)))
    with pytest.raises(Unauthorized, match="not valid"):
        provider.verify(unsigned(header, claims_for("another-project")))


def test_import_of_providers_leaves_firebase_admin_alone() -> None:
    program = "import sys, pharus.providers, pharus.providers.firebase; sys.exit('firebase_admin' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
