"""When a request is sent again, and after how long."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass

_TRY_AGAIN = (429, 500, 502, 503, 504)


@dataclass(frozen=True)
class Retries:
    """At most `attempts`, the first included. Waits double from `first_wait` to `longest_wait`, in seconds.

    A server that asks for a longer wait than the longest is not waited for: its refusal is raised.
    """

    attempts: int = 5
    first_wait: float = 0.2
    longest_wait: float = 20.0

    def wait_after(self, attempt: int, status: int | None, headers: Mapping[str, str]) -> float | None:
        """Seconds to wait before the next attempt, None for the last one. Without a status there was no answer."""
        if attempt >= self.attempts or not _is_passing(status, headers):
            return None
        # A random part, so that many clients of one server do not come back all at once.
        wait = min(self.first_wait * 2 ** (attempt - 1), self.longest_wait) * random.uniform(0.5, 1)  # noqa: S311 - no secret
        asked = headers.get("Retry-After", "")
        if asked.isdecimal():
            wait = max(wait, float(asked))
        return wait if wait <= self.longest_wait else None


def _is_passing(status: int | None, headers: Mapping[str, str]) -> bool:
    """A 409 with Retry-After says that the first attempt is still at work."""
    return status is None or status in _TRY_AGAIN or (status == 409 and "Retry-After" in headers)
