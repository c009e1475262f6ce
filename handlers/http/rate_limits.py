"""How often somebody may call.

`RateLimit`: an address, an operation that must not be guessed at (`x-rate-limit` in the document). The count is kept in
the database, so that several processes and machines share it.

`Throttle`: a token and an organization, any operation, where the settings say so. It is counted in memory, by each
process for itself: it keeps load away, and must cost none.
"""

import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from cachetools import LRUCache

from handlers.http.addresses import network
from handlers.http.callers import Caller
from pharus.db import db, unit_of_work
from pharus.errors import RateLimited
from pharus.identity import ANONYMOUS

_COUNT = """
INSERT INTO rate_limit AS counted (key, window_start, requests)
VALUES (%s, to_timestamp(floor(extract(epoch FROM now()) / %s) * %s), 1)
ON CONFLICT (key, window_start) DO UPDATE SET requests = counted.requests + 1
RETURNING requests, ceil(extract(epoch FROM window_start + make_interval(secs => %s) - now()))::integer
"""


@dataclass(frozen=True, slots=True)
class RateLimit:
    """At most `requests` in each window of `window_seconds`, for each operation and address."""

    operation_id: str
    requests: int
    window_seconds: int

    @classmethod
    def of(cls, operation_id: str, declared: Mapping[str, int]) -> "RateLimit":
        return cls(operation_id, declared["requests"], declared["windowSeconds"])

    def count(self, address: str) -> None:
        """Count one request, in a transaction of its own: it counts even when the request fails. RateLimited."""
        window = self.window_seconds
        with unit_of_work(ANONYMOUS):
            key = f"{self.operation_id}:{network(address)}"[:200]
            requests, seconds_left = db.row(_COUNT, (key, window, window, window))
        if requests > self.requests:
            raise RateLimited("too many requests from this address; try again later", max(1, seconds_left))


_WINDOW_SECONDS = 60
_MOST_COUNTED = 20_000


class Verdict(NamedTuple):
    """The headers that tell the caller what is left, and when to try again if this request may not be done."""

    headers: tuple[tuple[bytes, bytes], ...] = ()
    retry_after: int | None = None


NO_LIMIT = Verdict()


class Throttle:
    """So many requests a minute of a token and of an organization; 0 is any number.

    Each request moves the time at which all of the minute's requests would be free again (GCRA): a caller may send them
    all at once, or evenly, and never more than that within a minute that follows. The headers are those of
    draft-ietf-httpapi-ratelimit-headers.
    """

    def __init__(self, of_token: int, of_organization: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._limits = [
            (name, limit) for name, limit in (("token", of_token), ("organization", of_organization)) if limit
        ]
        self._full_at: LRUCache[tuple[str, object], float] = LRUCache(_MOST_COUNTED)
        self._clock = clock
        policies = ", ".join(f'"{name}";q={limit};w={_WINDOW_SECONDS}' for name, limit in self._limits)
        self._policy = (b"ratelimit-policy", policies.encode())

    def count(self, caller: Caller) -> Verdict:
        """Count one request of a caller who is known. One that is refused is not counted."""
        if not self._limits or not caller.is_known:
            return NO_LIMIT
        now = self._clock()
        wait = 0.0
        left: list[str] = []
        counted: list[tuple[tuple[str, object], float]] = []
        for name, limit in self._limits:
            key = (name, caller.token if name == "token" else caller.flow.organization)
            each = _WINDOW_SECONDS / limit
            full_at = max(self._full_at.get(key, now), now)
            wait = max(wait, full_at + each - now - _WINDOW_SECONDS)
            counted.append((key, full_at + each))
            # What is left and when it is whole again, with this request.
            remaining = max(0, math.floor((_WINDOW_SECONDS - (full_at + each - now)) / each + 1e-6))
            left.append(f'"{name}";r={remaining};t={math.ceil(full_at + each - now)}')
        headers = (self._policy, (b"ratelimit", ", ".join(left).encode()))
        if wait > 1e-6:
            return Verdict(headers, max(1, math.ceil(wait)))
        self._full_at.update(counted)
        return Verdict(headers)
