"""One connection per worker thread, one transaction per request, three round trips: begin and authenticate, the
statement, commit."""

import hashlib
import os
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

import psycopg2
from psycopg2 import errors

from bench.peers import keys
from bench.peers.floor.refusals import Refusal, invalid

Path = Mapping[str, str]

# More threads only wait for the interpreter's lock.
executor = ThreadPoolExecutor(4)

_RANKS = {"viewer": 1, "member": 2, "admin": 3, "owner": 4}

_BEGIN = """
BEGIN; SET LOCAL ROLE pharus_platform;
SELECT m.org_id, m.role, t.id, m.user_id, now(),
    m.last_active_at IS NULL OR m.last_active_at < now() - interval '1 minute',
    set_config('pharus.org_id', m.org_id::text, true), set_config('role', 'pharus_app', true)
FROM api_token t
JOIN app_user u ON u.id = t.user_id AND u.is_active
JOIN membership m ON m.org_id = t.org_id AND m.user_id = t.user_id AND m.is_active
WHERE t.token_hash = %s AND t.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > now())"""

_BEGIN_WITH_KEY = _BEGIN.replace("\nFROM", ", k.fingerprint, k.body\nFROM", 1).replace(
    "\nWHERE", "\nLEFT JOIN idempotency_key k ON k.digest = %s\nWHERE", 1
)

_NOTE_ACTIVITY = """
BEGIN; SET LOCAL ROLE pharus_platform;
UPDATE api_token SET last_used_at = now() WHERE org_id = %s AND id = %s
    AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute');
UPDATE membership SET last_active_at = now() WHERE org_id = %s AND user_id = %s
    AND (last_active_at IS NULL OR last_active_at < now() - interval '1 minute');
COMMIT"""

# The commit need not wait for the disk: the one of the record that carries the number does.
_NUMBER = """
SET LOCAL synchronous_commit = off; SET LOCAL ROLE pharus_app;
SELECT set_config('pharus.org_id', %s, true);
INSERT INTO number_sequence AS taken (org_id, kind, year, last) VALUES (%s, %s, %s, %s)
ON CONFLICT (org_id, kind, year) DO UPDATE SET last = taken.last + excluded.last RETURNING last"""

_thread = threading.local()


@dataclass(frozen=True, slots=True)
class Caller:
    org_id: str
    now: datetime


# A cursor in the caller's transaction, the caller, the query, the body, and the parameters of the path.
Work = Callable[[Any, "Caller", bytes, bytes, "Path"], bytes]


def run(
    authorization: str | None,
    minimum: str,
    work: Work,
    query: bytes,
    content: bytes,
    path: Path,
    operation: str,
    sent_key: str | None,
) -> tuple[bytes, bool]:
    """What `work` returns in the transaction of the caller, who needs at least the role `minimum`, or returned when the
    key was sent first, and whether that is so. Returning commits."""
    scheme, _, token = (authorization or "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise Refusal(401, "unauthorized", "a bearer token is needed")
    token_hash = hashlib.sha256(token.strip().encode("latin-1")).digest()
    key = None
    if sent_key is not None:
        key = keys.read(sent_key, token_hash, operation, query + b"\0" + content)
        if key is None:
            raise invalid([(keys.POINTER, keys.NO_KEY)])
    cursor = _begin(token_hash, key)
    row = None
    try:
        row = cursor.fetchone()
        if row is None:
            raise Refusal(401, "unauthorized", "the token is unknown, revoked or expired")
        if _RANKS[row[1]] < _RANKS[minimum]:
            raise Refusal(403, "forbidden", f"this needs the role {minimum}")
        is_replayed = key is not None and row[8] is not None
        if key is not None and is_replayed:
            if bytes(row[8]) != key.fingerprint:
                raise invalid([(keys.POINTER, keys.OTHER_REQUEST)])
            result = bytes(row[9])
        else:
            result = work(cursor, Caller(row[0], row[4]), query, content, path)
            if key is not None:
                cursor.execute(keys.KEEP, key.row(row[0], result))
        cursor.execute("COMMIT")
    except errors.UniqueViolation:
        cursor.execute("ROLLBACK")
        raise Refusal(409, "conflict", "another record has the same value") from None
    except BaseException:
        cursor.execute("ROLLBACK")
        raise
    finally:
        if row is not None and row[5]:
            cursor.execute(_NOTE_ACTIVITY, (row[0], row[2], row[0], row[3]))
    return result, is_replayed


def take_numbers(org_id: str, sequence: str, year: int, count: int) -> range:
    """The next numbers of a sequence, on a connection of its own: nobody waits for the transaction that uses them."""
    numbers = getattr(_thread, "numbers", None)
    if numbers is None:
        numbers = _thread.numbers = _connect().cursor()
    numbers.execute(_NUMBER, (org_id, org_id, sequence, year, count))
    last = int(numbers.fetchone()[0])
    return range(last - count + 1, last + 1)


@cache
def signing_secret() -> bytes:
    with _connect().cursor() as cursor:
        cursor.execute("SELECT installation_secret()")
        return bytes(cursor.fetchone()[0])


def _begin(token_hash: bytes, key: keys.Key | None) -> Any:
    """A cursor whose transaction has begun; a connection that broke while it idled is replaced."""
    begin = (_BEGIN, (token_hash,)) if key is None else (_BEGIN_WITH_KEY, (key.digest, token_hash))
    cursor = getattr(_thread, "cursor", None)
    if cursor is not None:
        try:
            cursor.execute(*begin)
        except psycopg2.OperationalError:
            pass
        else:
            return cursor
    cursor = _thread.cursor = _connect().cursor()
    cursor.execute(*begin)
    return cursor


def _connect() -> Any:
    options = "-c timezone=UTC -c statement_timeout=30000"
    connection = psycopg2.connect(os.environ["BENCH_DATABASE_URL"], options=options)
    # Or else psycopg2 would send a BEGIN of its own, as one more round trip.
    connection.autocommit = True
    return connection
