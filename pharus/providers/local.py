"""Identities without a provider: this server signs and verifies ID tokens with a key in its data folder.

For a laptop, for tests and for trying things out. The tokens have the shape of Firebase's, so that a client cannot
tell them apart.
"""

import contextlib
import hashlib
import os
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import jwt
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from pharus.email_addresses import canonical_email
from pharus.errors import ConfigurationError
from pharus.providers.claims import (
    MAXIMUM_UID_CHARACTERS,
    Identity,
    expired_token,
    identity_from_claims,
    invalid_token,
    refuse_implausible,
)

AUDIENCE = "pharus-local"
ISSUER = f"https://securetoken.google.com/{AUDIENCE}"
KEY_FILE = "local-auth.pem"
KEY_BITS = 2048


class LocalProvider:
    """Issues and verifies ID tokens. Every process with the same data folder uses the same key."""

    def __init__(self, data_dir: Path) -> None:
        """Raises ConfigurationError when the key file can be neither read nor created."""
        self._private_key = _load_or_create_key(data_dir / KEY_FILE)
        self._public_key = self._private_key.public_key()
        self._key_id = _key_id(self._public_key)

    def issue(
        self,
        email: str | None,
        *,
        name: str | None = None,
        lifetime_seconds: int = 3600,
        uid: str | None = None,
        email_verified: bool = True,
    ) -> str:
        """A signed ID token. Without `uid`, the same email (in whatever case) is always the same person.

        Raises ValueError when there is neither email nor uid, or when the uid is empty or longer than 128 characters.
        A lifetime of zero or less makes a token that has expired already.
        """
        if uid is None:
            if not email:
                raise ValueError("a token needs an email or a uid")
            uid = _uid_of(email)
        if not 0 < len(uid) <= MAXIMUM_UID_CHARACTERS:
            raise ValueError(f"a uid has 1 to {MAXIMUM_UID_CHARACTERS} characters")
        now = int(time.time())
        claims: dict[str, object] = {
            "iss": ISSUER,
            "aud": AUDIENCE,
            "sub": uid,
            "user_id": uid,
            "auth_time": now,
            "iat": now,
            "exp": now + lifetime_seconds,
            "firebase": {"identities": {"email": [email]} if email else {}, "sign_in_provider": "password"},
        }
        if email:
            claims |= {"email": email, "email_verified": email_verified}
        if name:
            claims["name"] = name
        return jwt.encode(claims, self._private_key, algorithm="RS256", headers={"kid": self._key_id})

    def verify(self, token: str) -> Identity:
        refuse_implausible(token)
        try:
            claims = jwt.decode(
                token,
                self._public_key,
                # Never from the token's header: `none`, or HS256 with the public key as the secret, would pass.
                algorithms=["RS256"],
                audience=AUDIENCE,
                issuer=ISSUER,
                # iat is judged by identity_from_claims, which allows for clock skew without stretching exp as well.
                options={"require": ["exp", "iat", "sub", "aud", "iss"], "strict_aud": True, "verify_iat": False},
            )
        except jwt.ExpiredSignatureError:
            raise expired_token() from None
        except (jwt.PyJWTError, ValueError, TypeError, RecursionError):
            # Not only PyJWT's own errors: the header is parsed before the signature is checked, so that anyone can
            # send one that is nested too deeply or whose members have the wrong types.
            raise invalid_token() from None
        return identity_from_claims(claims)

    def known(self, uids: Sequence[str]) -> set[str]:
        """All of them: local identities have no store, so that none can be disabled there."""
        return set(uids)

    def delete(self, uid: str) -> None:
        """Nothing to do: local identities have no store, so that there is nothing that could be left behind."""


def _uid_of(email: str) -> str:
    """28 characters, as long as Firebase's own."""
    return hashlib.sha256(canonical_email(email).encode()).hexdigest()[:28]


def _key_id(key: rsa.RSAPublicKey) -> str:
    encoded = key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return hashlib.sha256(encoded).hexdigest()[:40]


def _load_or_create_key(path: Path) -> rsa.RSAPrivateKey:
    try:
        if not path.exists():
            _create_key(path)
        # Read back even by the process that wrote a key: when several start at once, one key wins for all of them.
        encoded = path.read_bytes()
    except OSError as error:
        raise ConfigurationError(f"The key file {path} can be neither read nor created ({error.strerror}).") from error
    try:
        key = serialization.load_pem_private_key(encoded, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise _unusable(path) from error
    if not isinstance(key, rsa.RSAPrivateKey) or key.key_size < KEY_BITS:
        raise _unusable(path)
    return key


def _unusable(path: Path) -> ConfigurationError:
    return ConfigurationError(
        f"The key file {path} holds no unencrypted RSA private key of at least {KEY_BITS} bits; "
        "delete it to have a new one made (everybody signs in again)."
    )


def _create_key(path: Path) -> None:
    """Put a new key in place, unless another process was faster; nobody can ever see half of a file.

    A hard link fails where the name exists, while a rename would replace a key that another process already uses.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    encoded = rsa.generate_private_key(public_exponent=65537, key_size=KEY_BITS).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    # mkstemp gives mode 0600 from the first moment on, and the link shares it.
    descriptor, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(encoded)
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            path.hardlink_to(temporary)
    finally:
        Path(temporary).unlink()
