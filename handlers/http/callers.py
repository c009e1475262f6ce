"""Whose request it is, before its transaction says so: for its turn in the queue and for its share of what the server
can take in. Never for what it may do.

What a token means is known only behind the first statement of a request. It is remembered then, by a digest of the
token and the organization asked for, so that nobody can name another's share. All whom nobody knows yet have one small
share together, and each address its part of it.
"""

import hashlib
from dataclasses import dataclass

from handlers.http.addresses import network
from handlers.workers.fair_queue import Flow
from pharus.identity import Actor

_MOST_REMEMBERED = 10_000

_UNKNOWN = "unknown"
_SHARE_OF_UNKNOWN = 0.25


@dataclass(frozen=True, slots=True)
class Caller:
    """`token` names the token or, of ID tokens, the person; None for one whom nobody knows."""

    flow: Flow
    token: str | None = None

    @property
    def is_known(self) -> bool:
        return self.token is not None


class Callers:
    """Those of one process. Used by the event loop alone."""

    def __init__(self) -> None:
        # Whoever came first is forgotten first, and remembered anew with the next request.
        self._remembered: dict[bytes, Caller] = {}

    def find(self, key: bytes | None, address: str) -> Caller:
        caller = self._remembered.get(key) if key is not None else None
        return caller if caller is not None else unknown(address)

    def learn(self, key: bytes | None, actor: Actor | None, *, is_refused: bool) -> None:
        """What a request has shown: the actor whom it let in, or that it let in nobody."""
        if key is None:
            return
        if actor is None:
            if is_refused:
                self._remembered.pop(key, None)
        elif key not in self._remembered:
            if len(self._remembered) >= _MOST_REMEMBERED:
                del self._remembered[next(iter(self._remembered))]
            self._remembered[key] = known(actor)


def key(token: str, organization: bytes) -> bytes:
    """What is remembered instead of the token; `organization` is the header, where the operation reads it."""
    return hashlib.sha256(token.encode("latin-1") + b"\0" + organization).digest()


def known(actor: Actor) -> Caller:
    """Outside of organizations each person is one."""
    person = actor.user_id or actor.uid
    return Caller(Flow(actor.org_id or f"person {person}", person), actor.token_id or person)


def unknown(address: str) -> Caller:
    return Caller(Flow(_UNKNOWN, address and network(address), _SHARE_OF_UNKNOWN, is_known=False))
