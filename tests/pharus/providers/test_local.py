import base64
import concurrent.futures
import hashlib
import hmac
import json
import multiprocessing
import stat
import threading
import time
from pathlib import Path

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from pharus.errors import ConfigurationError, Unauthorized
from pharus.providers.local import AUDIENCE, KEY_FILE, LocalProvider
from tests.pharus.providers.signing import claims_for, private_key, private_pem, segment, unsigned


@pytest.fixture
def provider(tmp_path: Path) -> LocalProvider:
    """A provider whose key the test knows by the name `local`."""
    (tmp_path / KEY_FILE).write_bytes(private_pem(private_key("local")))
    return LocalProvider(tmp_path)


def sign_local(changes: dict[str, object] | None = None, *, algorithm: str = "RS256") -> str:
    return jwt.encode(claims_for(AUDIENCE, **(changes or {})), private_key("local"), algorithm=algorithm)


def test_issue_and_verify_round_trip(provider: LocalProvider) -> None:
    before = time.time()
    identity = provider.verify(provider.issue("ada@example.com", lifetime_seconds=600))
    assert identity.email == "ada@example.com"
    assert identity.email_verified is True
    assert before + 599 <= identity.expires_at <= time.time() + 600


def test_issue_has_the_shape_of_a_firebase_token(provider: LocalProvider) -> None:
    token = provider.issue("ada@example.com", name="Ada", uid="person-1")
    claims = jwt.decode(token, options={"verify_signature": False})
    assert set(claims) == {
        *("iss", "aud", "sub", "user_id", "auth_time", "iat", "exp", "email", "email_verified", "name", "firebase")
    }
    assert claims["iss"] == "https://securetoken.google.com/pharus-local"
    assert claims["aud"] == "pharus-local"
    assert claims["sub"] == claims["user_id"] == "person-1"
    assert claims["exp"] == claims["iat"] + 3600
    assert claims["firebase"] == {"identities": {"email": ["ada@example.com"]}, "sign_in_provider": "password"}
    header = jwt.get_unverified_header(token)
    assert header["alg"] == "RS256"
    assert len(header["kid"]) == 40


def test_issue_same_email_is_the_same_person(provider: LocalProvider) -> None:
    uids = {provider.verify(provider.issue(email)).uid for email in ("ada@example.com", "Ada@Example.COM")}
    assert len(uids) == 1
    assert provider.verify(provider.issue("bob@example.com")).uid not in uids


def test_issue_uid_and_unverified_email_are_kept(provider: LocalProvider) -> None:
    identity = provider.verify(provider.issue("ada@example.com", uid="chosen", email_verified=False))
    assert (identity.uid, identity.email_verified) == ("chosen", False)


def test_issue_without_email_gives_an_identity_without(provider: LocalProvider) -> None:
    identity = provider.verify(provider.issue(None, uid="person-1"))
    assert (identity.email, identity.email_verified) == (None, False)


@pytest.mark.parametrize(
    ("email", "uid"), [(None, None), ("", None), ("a@example.com", ""), ("a@example.com", "x" * 129)]
)
def test_issue_without_usable_uid_is_refused(provider: LocalProvider, email: str | None, uid: str | None) -> None:
    with pytest.raises(ValueError, match="uid"):
        provider.issue(email, uid=uid)


def test_verify_expired_token_says_so(provider: LocalProvider) -> None:
    for lifetime_seconds in (0, -1, -3600):
        with pytest.raises(Unauthorized, match="the token has expired"):
            provider.verify(provider.issue("ada@example.com", lifetime_seconds=lifetime_seconds))


def test_verify_good_claims_signed_by_the_test_are_accepted(provider: LocalProvider) -> None:
    """What every refusal below differs from by one thing."""
    assert provider.verify(sign_local()).uid == "person-1"
    assert provider.verify(sign_local({"iat": int(time.time()) + 4})).uid == "person-1"
    assert provider.verify(sign_local({"sub": "x" * 128})).uid == "x" * 128


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"aud": "another-project"}, id="audience"),
        pytest.param({"aud": [AUDIENCE, "another-project"]}, id="audience list"),
        pytest.param({"aud": None}, id="no audience"),
        pytest.param({"iss": "https://securetoken.google.com/another-project"}, id="issuer"),
        pytest.param({"iss": None}, id="no issuer"),
        pytest.param({"sub": ""}, id="empty subject"),
        pytest.param({"sub": None}, id="no subject"),
        pytest.param({"sub": "x" * 129}, id="long subject"),
        pytest.param({"sub": "person\0"}, id="NUL in subject"),
        pytest.param({"iat": int(time.time()) + 3600}, id="issued in the future"),
        pytest.param({"iat": None}, id="no issue time"),
        pytest.param({"exp": None}, id="no expiry"),
        pytest.param({"iat": True}, id="issue time is true"),
        pytest.param({"exp": 10**400}, id="expiry too large for a float"),
    ],
)
def test_verify_signed_token_with_wrong_claims_is_refused(provider: LocalProvider, changes: dict[str, object]) -> None:
    with pytest.raises(Unauthorized):
        provider.verify(sign_local(changes))


def test_verify_token_of_another_key_is_refused(provider: LocalProvider, tmp_path: Path) -> None:
    other = LocalProvider(tmp_path / "other")
    with pytest.raises(Unauthorized, match="not valid"):
        provider.verify(other.issue("ada@example.com"))


def test_verify_token_without_signature_is_refused(provider: LocalProvider) -> None:
    for algorithm in ("none", "None", "RS256"):
        with pytest.raises(Unauthorized, match="not valid"):
            provider.verify(unsigned({"alg": algorithm, "typ": "JWT"}, claims_for(AUDIENCE)))


def test_verify_other_rsa_algorithms_are_refused(provider: LocalProvider) -> None:
    for algorithm in ("RS384", "RS512", "PS256"):
        with pytest.raises(Unauthorized, match="not valid"):
            provider.verify(sign_local(algorithm=algorithm))


def test_verify_hs256_with_the_public_key_as_secret_is_refused(provider: LocalProvider) -> None:
    public_pem = (
        private_key("local")
        .public_key()
        .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    )
    # Signed by hand: PyJWT refuses to use a public key as a secret, an attacker does not.
    signed = f"{segment({'alg': 'HS256', 'typ': 'JWT'})}.{segment(claims_for(AUDIENCE))}"
    signature = base64.urlsafe_b64encode(hmac.digest(public_pem, signed.encode(), hashlib.sha256)).rstrip(b"=").decode()
    with pytest.raises(Unauthorized, match="not valid"):
        provider.verify(f"{signed}.{signature}")


def test_verify_tampered_payload_is_refused(provider: LocalProvider) -> None:
    header, payload, signature = provider.issue("ada@example.com").split(".")
    claims = json.loads(base64.urlsafe_b64decode(payload + "=="))
    assert provider.verify(f"{header}.{payload}.{signature}").email == "ada@example.com"
    with pytest.raises(Unauthorized, match="not valid"):
        provider.verify(f"{header}.{segment(claims | {'email': 'eve@example.com'})}.{signature}")


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
        pytest.param(unsigned({"alg": ["RS256"]}, {}), id="algorithm is a list"),
        pytest.param(unsigned({"alg": "RS256", "kid": 5}, {}), id="key id is a number"),
        pytest.param(unsigned("[" * 5000, "{}"), id="deep nesting"),
        pytest.param(unsigned("1" * 5000, "{}"), id="endless number"),
    ],
)
def test_verify_what_is_no_token_is_refused(provider: LocalProvider, token: str) -> None:
    with pytest.raises(Unauthorized, match="not valid"):
        provider.verify(token)


def test_verify_huge_token_is_refused_although_it_is_signed(provider: LocalProvider) -> None:
    with pytest.raises(Unauthorized, match="not valid"):
        provider.verify(provider.issue("ada@example.com", name="x" * 10_000))


def test_delete_leaves_nothing_to_do(provider: LocalProvider) -> None:
    token = provider.issue("ada@example.com")
    provider.delete(provider.verify(token).uid)
    provider.delete("nobody")
    assert provider.verify(token).email == "ada@example.com"


def test_create_makes_a_private_key_file_and_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / "not" / "yet"
    token = LocalProvider(folder).issue("ada@example.com")
    assert [path.name for path in folder.iterdir()] == [KEY_FILE]
    assert stat.S_IMODE((folder / KEY_FILE).stat().st_mode) == 0o600
    assert LocalProvider(folder).verify(token).email == "ada@example.com"


def test_create_in_four_processes_at_once_yields_one_key(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    with context.Manager() as manager, concurrent.futures.ProcessPoolExecutor(4, mp_context=context) as pool:
        everybody_is_ready = manager.Barrier(4)
        tokens = list(pool.map(_issue_at_once, [tmp_path] * 4, [everybody_is_ready] * 4, timeout=60))
    provider = LocalProvider(tmp_path)
    assert {provider.verify(token).email for token in tokens} == {"ada@example.com"}
    assert [path.name for path in tmp_path.iterdir()] == [KEY_FILE]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"\x00\xff not a key", id="corrupt"),
        pytest.param(private_pem(private_key("cut"))[:900], id="cut off"),
        pytest.param(private_pem(ec.generate_private_key(ec.SECP256R1())), id="not RSA"),
        pytest.param(private_pem(rsa.generate_private_key(public_exponent=65537, key_size=1024)), id="short"),
        pytest.param(
            private_key("local").private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.BestAvailableEncryption(b"secret"),
            ),
            id="encrypted",
        ),
    ],
)
def test_create_with_unusable_key_file_is_refused_and_keeps_the_file(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / KEY_FILE
    path.write_bytes(content)
    with pytest.raises(ConfigurationError, match=f"{KEY_FILE} holds no .* delete it"):
        LocalProvider(tmp_path)
    assert path.read_bytes() == content


def test_create_with_unreadable_key_file_is_refused(tmp_path: Path) -> None:
    # A folder in the file's place: unlike missing permissions, it stops the superuser too.
    (tmp_path / KEY_FILE).mkdir()
    with pytest.raises(ConfigurationError, match="can be neither read nor created"):
        LocalProvider(tmp_path)


def test_create_where_no_folder_can_be_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigurationError, match="can be neither read nor created"):
        LocalProvider(tmp_path / "file" / "data")


def _issue_at_once(data_dir: Path, everybody_is_ready: threading.Barrier) -> str:
    everybody_is_ready.wait(timeout=60)
    return LocalProvider(data_dir).issue("ada@example.com")


def test_known_are_all_because_nobody_can_be_disabled(tmp_path: Path) -> None:
    assert LocalProvider(tmp_path).known(["a", "b"]) == {"a", "b"}
