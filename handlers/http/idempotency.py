"""Idempotency-Key: a request that its caller repeats is carried out once, and its response given again
(docs/rules.md, Safe retries). What is kept, and where, plugins/platform/idempotency.py knows.

Only what was done is kept: a refusal rolls back, the row of the key with it, and the next request is a first one again.
"""

import hashlib
import logging
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from handlers.http.responses import Response, to_json
from pharus import db
from pharus.errors import Conflict, Invalid, Problem, UnderWay
from pharus.files import Rendering
from pharus.openapi import IDEMPOTENCY_KEY
from pharus.uploads import Upload
from plugins.platform.access import ByIdentity, ByToken
from plugins.platform.idempotency import Key, Keyed

if TYPE_CHECKING:
    from handlers.http.operation import Request

log = logging.getLogger("pharus.idempotency")

T = TypeVar("T")

REPLAYED = ("Idempotency-Replayed", "true")

_FORM = re.compile(rb"[!-~]{1,255}")
_UNDER_WAY = "the first request with this key is still being carried out"
_RETRY_SECONDS = 1
# An upload takes longer.
_RETRY_BEHIND_SECONDS = 5
_PIECE_BYTES = 64 * 1024


class Once:
    """One request with a key."""

    def __init__(self, operation: str, status: int, key: bytes, opening: db.Opening, request: "Request") -> None:
        self._status = status
        self._opening = opening
        self._keyed: Keyed | None = None
        self._has_work_behind = False
        if _FORM.fullmatch(key) and isinstance(opening, ByIdentity | ByToken):
            self._keyed = Keyed(opening, Key(key, opening, operation, _fingerprint(request)))

    @property
    def has_changed_the_caller(self) -> bool:
        """Whether the first request has ended, or changed, what its caller is in the organization: who has left it gets
        the answer to that all the same."""
        found = self._keyed.found if self._keyed is not None else None
        return found is not None and found.status is not None and found.org_id is None

    def run(self, work: Callable[[db.Unit], T]) -> T:
        """`work`, which calls `answer`, in a unit that begins with a look for the key."""
        if self._keyed is None:
            return db.run(self._opening, work)
        key = self._keyed.key
        try:
            result = db.run(self._keyed, work)
            if self._has_work_behind:
                key.complete_alone()
        except BaseException:
            if self._has_work_behind:
                _forget(key)
            raise
        return result

    def answer(self, unit: db.Unit, call: Callable[[], Any]) -> bytes | Rendering | Response:
        """The response of the first request with this key; or what `call` returns, if this is the first one, kept with
        the work. Invalid for a key that is none, or that was used for something else; UnderWay."""
        if self._keyed is None:
            raise _refused("must be 1 to 255 visible characters of ASCII")
        key, found = self._keyed.key, self._keyed.found
        self._has_work_behind = False
        if found is not None and (found.operation, found.fingerprint) != (key.operation, key.fingerprint):
            raise _refused("was sent with another request before; take a new key for each")
        if found is not None and found.status is not None:
            return _replay(key, found.status, found.body)
        if found is not None and not found.is_abandoned:
            raise UnderWay(_UNDER_WAY, _RETRY_BEHIND_SECONDS)
        if not self._keyed.is_free:
            raise UnderWay(_UNDER_WAY, _RETRY_SECONDS)
        unit.key = key
        result = call()
        body = None if isinstance(result, Rendering) else to_json(result)
        self._has_work_behind = unit.has_work_behind
        key.keep(unit, self._status, body)
        return result if body is None else body


def _replay(key: Key, status: int, sealed: bytes | None) -> Response:
    if sealed is None:
        raise Conflict("this was done, and the file that answered it was not kept; ask for it with a new key")
    return Response(status, key.open(sealed), headers=[REPLAYED])


def _forget(key: Key) -> None:
    """What failed behind the commit was undone there: the next request with the key is a first one."""
    try:
        key.forget_alone()
    except Exception:
        log.warning("an idempotency key could not be released; it is free a minute later", exc_info=True)


def _refused(message: str) -> Invalid:
    return Invalid([Problem(f"header/{IDEMPOTENCY_KEY}", message)])


def _fingerprint(request: "Request") -> bytes:
    """Of all that a repetition must say again. The parts of a form count, and not the boundaries between them."""
    asked = (sorted(request.path.items()), request.query, request.headers.get(b"if-match"))
    digest = hashlib.sha256(repr(asked).encode())
    if request.body is not None:
        for chunk in request.body.chunks:
            digest.update(chunk)
    for name, value in sorted(request.parts.values.items()) if request.parts is not None else ():
        if not isinstance(value, Upload):
            digest.update(repr((name, value)).encode())
            continue
        digest.update(repr((name, value.name, value.media_type, value.size)).encode())
        value.content.seek(0)
        while piece := value.content.read(_PIECE_BYTES):
            digest.update(piece)
    return digest.digest()
