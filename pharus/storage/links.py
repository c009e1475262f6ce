"""Links to files that this server serves itself: they name one file, and hold until a time.

Everything a link says is in its own text and is signed, character by character: there is no second way to write
the same link, and so none that would pass after a change.
"""

import base64
import hashlib
import hmac
from datetime import UTC, datetime
from typing import NamedTuple

import orjson

from pharus import signing
from pharus.errors import Forbidden

_PURPOSE = b"pharus file link\0"


class Link(NamedTuple):
    path: str
    name: str
    media_type: str


def write(link: Link, expires: datetime) -> str:
    """The end of an address: `<what it names>?expires=…&signature=…`, in characters that no proxy rewrites."""
    token = _encode(orjson.dumps(list(link)))
    return f"{token}?{_query(token, str(int(expires.timestamp())))}"


def read(token: str, query: str, now: datetime | None = None) -> Link:
    """What the link names. Forbidden when anything of it was altered, or when it has expired."""
    expires = query.removeprefix("expires=").partition("&")[0]
    if not hmac.compare_digest(query.encode(), _query(token, expires).encode()):
        raise Forbidden("this link is not one that the server has made")
    if int(expires) <= (now or datetime.now(UTC)).timestamp():
        raise Forbidden("this link has expired; ask for a new one")
    return Link(*orjson.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))))


def _query(token: str, expires: str) -> str:
    signed = _PURPOSE + token.encode() + b"\0" + expires.encode()
    return f"expires={expires}&signature={_encode(hmac.digest(signing.secret(), signed, hashlib.sha256))}"


def _encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
