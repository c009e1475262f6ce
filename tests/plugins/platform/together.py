"""Requests that really run at the same time.

Threads alone meet only by luck. Here a connection of the test holds a lock until every request waits for it inside its
transaction; then all are let go at once.
"""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import psycopg2

from pharus.db import db

T = TypeVar("T")

# Requests that need no lock of the test's would wait for nothing: then they are simply done by this time.
_GATHERING_SECONDS = 3


def together(hold: str, parameters: Sequence[Any], *requests: Callable[[], T]) -> list[T]:
    """The responses to the requests, all begun while the statement `hold` holds its locks. It is rolled back."""
    connection = psycopg2.connect(db.database, **db.connect_params)
    try:
        with connection.cursor() as cursor, ThreadPoolExecutor(len(requests)) as pool:
            cursor.execute(hold, parameters)
            responses = [pool.submit(request) for request in requests]
            deadline = time.monotonic() + _GATHERING_SECONDS
            while _waiting(cursor) < len(requests) and time.monotonic() < deadline:
                if all(response.done() for response in responses):
                    break
                time.sleep(0.01)
            connection.rollback()
            return [response.result(timeout=30) for response in responses]
    finally:
        connection.close()


def _waiting(cursor: Any) -> int:
    """How many others wait for this connection, or for one that waits for it."""
    cursor.execute(
        "WITH RECURSIVE waiting(pid) AS (SELECT pg_backend_pid() UNION SELECT other.pid FROM pg_stat_activity other"
        " JOIN waiting ON waiting.pid = ANY (pg_blocking_pids(other.pid))) SELECT count(*) - 1 FROM waiting"
    )
    return int(cursor.fetchone()[0])
