"""Signed keyset cursors, as Pharus makes them: the sort key of the last row behind a keyed hash of it."""

import base64
import hashlib
import hmac
from collections.abc import Sequence
from typing import Any

import orjson

_SIGNATURE_BYTES = 12


def write_cursor(secret: bytes, name: str, key: Sequence[Any]) -> str:
    body = orjson.dumps(list(key), default=str, option=orjson.OPT_UTC_Z)
    return _encode(_signature(secret, name, body) + body)


def read_cursor(secret: bytes, name: str, cursor: str) -> list[Any] | None:
    """The sort key, or None for a text that is no cursor of this list."""
    try:
        raw = base64.b64decode(cursor.encode() + b"=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
    except ValueError:
        return None
    signature, body = raw[:_SIGNATURE_BYTES], raw[_SIGNATURE_BYTES:]
    if not hmac.compare_digest(signature, _signature(secret, name, body)) or _encode(raw) != cursor:
        return None
    return list(orjson.loads(body))


def _encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _signature(secret: bytes, name: str, body: bytes) -> bytes:
    return hashlib.blake2b(name.encode() + b"\0" + body, digest_size=_SIGNATURE_BYTES, key=secret).digest()
