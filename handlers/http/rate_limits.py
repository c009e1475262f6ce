"""How often an address may call an operation that must not be guessed at: `x-rate-limit` in the document.

The count is kept in the database, so that several processes and machines share it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from pharus.db import db, unit_of_work
from pharus.errors import RateLimited
from pharus.identity import ANONYMOUS

_COUNT = """
WITH expired AS (DELETE FROM rate_limit WHERE window_start < now() - interval '1 day')
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
            key = f"{self.operation_id}:{address}"[:200]
            requests, seconds_left = db.row(_COUNT, (key, window, window, window))
        if requests > self.requests:
            raise RateLimited("too many requests from this address; try again later", max(1, seconds_left))
