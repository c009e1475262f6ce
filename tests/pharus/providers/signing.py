"""Real RSA keys, certificates and tokens that are as wrong as a test wants them to be."""

import base64
import datetime as dt
import functools
import json
import time
from typing import Any

import jwt
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID


@functools.cache
def private_key(name: str) -> rsa.RSAPrivateKey:
    """One key per name and process: making a key costs a tenth of a second."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def private_pem(key: Any) -> bytes:
    return key.private_bytes(  # type: ignore[no-any-return]
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def certificate_pem(name: str) -> str:
    """A self-signed X.509 certificate for the key of that name, as Google publishes them."""
    key = private_key(name)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "securetoken.system.gserviceaccount.com")])
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(hours=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    return certificate.public_bytes(serialization.Encoding.PEM).decode()


def claims_for(project: str, **changes: Any) -> dict[str, Any]:
    """The claims of a good token that lasts an hour; a change to None removes the claim."""
    now = int(time.time())
    claims = {
        "iss": f"https://securetoken.google.com/{project}",
        "aud": project,
        "sub": "person-1",
        "user_id": "person-1",
        "email": "ada@example.com",
        "email_verified": True,
        "auth_time": now,
        "iat": now,
        "exp": now + 3600,
    } | changes
    return {name: value for name, value in claims.items() if value is not None}


def sign(claims: dict[str, Any], *, key: str, kid: Any = "") -> str:
    return jwt.encode(claims, private_key(key), algorithm="RS256", headers={"kid": kid or key})


def unsigned(header: Any, payload: Any) -> str:
    """A token without signature from any two JSON values; strings are taken as JSON text."""
    return f"{segment(header)}.{segment(payload)}."


def segment(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value)
    return base64.urlsafe_b64encode(text.encode()).rstrip(b"=").decode()
