"""Long work in smaller steps while other organizations are there.

A commit waits until all that anybody has written to PostgreSQL's log before it is on the disk. What an import of
thousands of rows writes are megabytes, and a short request that commits at the same time would wait for all of them.
"""

from collections.abc import Callable, Iterator, Sequence
from contextvars import ContextVar
from typing import TypeVar

from pharus.db import db

T = TypeVar("T")

# Some megabyte of PostgreSQL's log, and some milliseconds of Python.
_ROWS = 250

# The first version whose function can wait for the disk.
_KNOWS_FLUSH = 170000
_FLUSH = "SELECT pg_logical_emit_message(false, 'pharus', '', true)"

# Says whether others are there; None where nobody is asked.
others: ContextVar[Callable[[], bool] | None] = ContextVar("others", default=None)


def steps(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    """All rows, or in several parts; between two of them what was written reaches the disk."""
    are_there = others.get()
    if len(rows) <= _ROWS or are_there is None or not are_there():
        yield rows
        return
    for start in range(0, len(rows), _ROWS):
        if start:
            _write_out()
        yield rows[start : start + _ROWS]


def _write_out() -> None:
    if db.opened().info.server_version >= _KNOWS_FLUSH:
        db.send(_FLUSH)
    else:
        db.flush()
