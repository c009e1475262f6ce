"""Webhooks by hand, as each peer sends them: the event is a row of the transaction that does the work; a thread of the
server looks each second for rows that were committed, sends some at a time, signed by Standard Webhooks, and deletes
those that were taken. The others come again later. As much at a time as Pharus sends to an endpoint.

It notes no attempt, keeps no order among the events of a record, and sends to the one receiver that is configured.
"""

import http.client
import os
import threading
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from datetime import UTC, datetime
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import orjson
import psycopg2
import uuid_utils
from standardwebhooks import Webhook

_URL = os.environ.get("BENCH_WEBHOOK_URL", "")
_SECRET = os.environ.get("BENCH_WEBHOOK_SECRET", "")
IS_USED = bool(_URL)

TABLE = """
CREATE TABLE IF NOT EXISTS bench_outbox (
    id uuid PRIMARY KEY,
    body text NOT NULL,
    attempts integer NOT NULL DEFAULT 0,
    due_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX IF NOT EXISTS bench_outbox_due ON bench_outbox (due_at, id);
GRANT INSERT ON bench_outbox TO pharus_app;
"""
INSERT = "INSERT INTO bench_outbox (id, body) VALUES (%s, %s)"

_CONNECTIONS = 4
_BATCH = 32
_LOOK_SECONDS = 1.0
_TIMEOUT_SECONDS = 15.0

_NEXT = """
SELECT id::text, body FROM bench_outbox WHERE due_at <= now() ORDER BY due_at, id LIMIT %s FOR UPDATE SKIP LOCKED"""
_TAKEN = "DELETE FROM bench_outbox WHERE id = ANY(%s::uuid[])"
_NOT_TAKEN = """
UPDATE bench_outbox SET attempts = attempts + 1, due_at = now() + interval '5 seconds' * 2 ^ attempts
WHERE id = ANY(%s::uuid[])"""

# What the event's own keys say, or the organization that it is sent for.
_NOT_SHOWN = ("id", "orgId", "createdAt", "updatedAt")

_ended = threading.Event()
_thread = threading.local()


class Row(NamedTuple):
    """What INSERT takes."""

    id: str
    body: str


def created(entity: str, shown: Mapping[str, Any], now: datetime) -> Row:
    """The row that says of a new record how it is shown, without what it has not."""
    id, type = str(uuid_utils.uuid7()), f"{entity}.created"
    after = {key: value for key, value in shown.items() if value is not None and key not in _NOT_SHOWN}
    data = {"id": id, "type": type, "recordId": shown["id"], "occurredAt": now, "before": None, "after": after}
    body = {"type": type, "timestamp": now, "data": data}
    return Row(id, orjson.dumps(body, option=orjson.OPT_UTC_Z).decode())


def start() -> None:
    """Send, from now on, if there is a receiver."""
    if IS_USED:
        threading.Thread(target=_run, name="outbox", daemon=True).start()


def stop() -> None:
    _ended.set()


def _run() -> None:
    with (
        closing(psycopg2.connect(os.environ["BENCH_DATABASE_URL"])) as connection,
        ThreadPoolExecutor(_CONNECTIONS, "outbox-send") as pool,
    ):
        while not _ended.is_set():
            with connection, connection.cursor() as cursor:
                count = _send_some(cursor, pool)
            if count < _BATCH:
                _ended.wait(_LOOK_SECONDS)


def _send_some(cursor: Any, pool: ThreadPoolExecutor) -> int:
    """Send the next rows, which nobody else takes meanwhile. How many there were."""
    cursor.execute(_NEXT, (_BATCH,))
    rows = [Row(*each) for each in cursor.fetchall()]
    taken: dict[bool, list[str]] = {True: [], False: []}
    for row, is_taken in zip(rows, pool.map(_send, rows), strict=True):
        taken[is_taken].append(row.id)
    for statement, ids in ((_TAKEN, taken[True]), (_NOT_TAKEN, taken[False])):
        if ids:
            cursor.execute(statement, (ids,))
    return len(rows)


def _send(row: Row) -> bool:
    """Whether the receiver has taken it. Each thread has a connection, which is opened anew when it broke."""
    now = datetime.now(UTC)
    headers = {
        "content-type": "application/json",
        "webhook-id": row.id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": Webhook(_SECRET).sign(row.id, now, row.body),
    }
    target = urlsplit(_URL)
    connection = getattr(_thread, "connection", None)
    if connection is None:
        connection = _thread.connection = http.client.HTTPConnection(target.netloc, timeout=_TIMEOUT_SECONDS)
    with suppress(OSError, http.client.HTTPException):
        connection.request("POST", target.path, row.body.encode(), headers)
        response = connection.getresponse()
        response.read()
        return 200 <= int(response.status) < 300
    connection.close()
    return False
