"""Where a page begins: the sort key of the last row seen, with a signature.

A cursor that was tampered with, or that belongs to another list or to another order of it, is refused with 422.
"""

import base64
import hashlib
import hmac
from collections.abc import Sequence
from typing import Any

import orjson

from pharus import signing
from pharus.errors import Invalid, Problem

_SIGNATURE_BYTES = 12


def write_cursor(name: str, key: Sequence[Any]) -> str:
    body = orjson.dumps(list(key), default=str, option=orjson.OPT_UTC_Z)
    return _encode(_signature(name, body) + body)


def read_cursor(name: str, cursor: str, length: int, parameter: str = "cursor") -> list[Any]:
    """The sort key in a cursor that `write_cursor` made for the same list; Invalid for any other text."""
    try:
        raw = base64.b64decode(cursor.encode() + b"=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
    except ValueError:
        raw = b""
    signature, body = raw[:_SIGNATURE_BYTES], raw[_SIGNATURE_BYTES:]
    # A text that decodes to the same bytes without being the one we wrote was tampered with, too.
    if not hmac.compare_digest(signature, _signature(name, body)) or _encode(raw) != cursor:
        raise Invalid([Problem(f"query/{parameter}", "is not a cursor of this list")])
    key = orjson.loads(body)
    if len(key) != length:
        raise Invalid([Problem(f"query/{parameter}", "is not a cursor of this list")])
    return list(key)


def _encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _signature(name: str, body: bytes) -> bytes:
    return hashlib.blake2b(name.encode() + b"\0" + body, digest_size=_SIGNATURE_BYTES, key=signing.secret()).digest()
