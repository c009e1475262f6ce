"""Every statement goes through `run`: it is counted and timed for the request that it belongs to, and named when it is
slow. No line and no span shows what a caller has sent: values are left out of the texts."""

import logging
import re
from collections.abc import Sequence
from functools import lru_cache
from time import perf_counter
from typing import Any

import psycopg2.extensions

from pharus import instrumentation, outages

log = logging.getLogger("pharus.statements")

_LONGEST_TEXT = 2000
_LONGEST_READ = 20_000
# A text as PostgreSQL quotes it, up to the end when it was cut; a number that is no part of a name.
_VALUES = re.compile(r"[eE]'(?:[^'\\]|\\.|'')*(?:'|$)|'(?:[^']|'')*(?:'|$)|(?<![\w$.])\d+(?:\.\d+)?\b", re.DOTALL)
_PREPARATION = re.compile(r"PREPARE \w+ AS (.*)\n; EXECUTE ", re.DOTALL)
_EXECUTION = re.compile(r"EXECUTE (\w+)")

# What takes longer is named; infinity: nothing is.
_slow_seconds = float("inf")


def configure(slow_milliseconds: int) -> None:
    """Name the statements that take longer; 0: none."""
    global _slow_seconds
    _slow_seconds = slow_milliseconds / 1000 if slow_milliseconds else float("inf")


def run(cursor: psycopg2.extensions.cursor, sql: str | bytes, params: Sequence[Any] | None) -> None:
    """`cursor.execute`: one round trip, with whatever was deferred to it."""
    connection: Any = cursor.connection
    deferred = tuple(connection.deferred)
    started = perf_counter()
    failed: BaseException | None = None
    try:
        cursor.execute(sql, params)
    except BaseException as error:
        failed = error
        raise
    finally:
        seconds = perf_counter() - started
        work = instrumentation.current.get()
        if work is not None:
            work.round_trips += 1
            work.sql_seconds += seconds
            work.rows += max(0, cursor.rowcount)
        if seconds >= _slow_seconds or instrumentation.statement_observers:
            _tell(cursor, (*deferred, sql), seconds, failed)
    if outages.database.is_on:
        outages.database.answered()


def _tell(
    cursor: psycopg2.extensions.cursor, texts: Sequence[str | bytes], seconds: float, error: BaseException | None
) -> None:
    rows = cursor.rowcount
    connection: Any = cursor.connection

    def describe() -> str:
        return "; ".join(described(text, connection.prepared_names) for text in texts)[:_LONGEST_TEXT]

    for observer in instrumentation.statement_observers:
        observer.statement_ended(describe, seconds, error)
    if seconds >= _slow_seconds:
        outcome = f"{max(0, rows)} rows" if error is None else type(error).__name__
        log.warning("slow statement, %.0f ms, %s: %s", seconds * 1000, outcome, describe())


def described(sql: str | bytes, prepared_names: dict[str, str]) -> str:
    """A statement on one line, without the values of callers. `prepared_names` are the names of texts that the
    connection has prepared: instead of a name the text is shown."""
    # What was deferred holds its values. Of a large import the beginning says enough.
    text = _VALUES.sub("?", sql[:_LONGEST_READ].decode(errors="replace")) if isinstance(sql, bytes) else sql
    execution = _EXECUTION.match(text)
    if execution is not None:
        name = execution[1]
        text = next((known for known, given in prepared_names.items() if given == name), text)
    return _on_one_line(text)


@lru_cache(maxsize=4096)
def _on_one_line(text: str) -> str:
    preparation = _PREPARATION.match(text)
    return " ".join((preparation[1] if preparation else text).split())[:_LONGEST_TEXT]
