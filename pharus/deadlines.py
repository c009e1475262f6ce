"""A piece of work that is given up when it takes too long, and with it the statement that PostgreSQL runs for it.

The thread that works enters each connection that it uses, and closes the deadline before it sends COMMIT. Another
thread passes the deadline and cancels. One lock keeps the two apart: what is committed is never given up, and a
connection is left only when no cancellation is under way to it, so that none meets the work that comes after.
"""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol

import psycopg2

from pharus.errors import ServiceUnavailable

log = logging.getLogger("pharus.deadlines")

_RETRY_SECONDS = 5


class Cancellable(Protocol):
    """A connection, to whom another thread can tell that its statement is wanted no more."""

    deadline: "Deadline | None"

    def cancel_statement(self) -> None: ...


class Deadline:
    __slots__ = ("_cancelling", "_closed", "_connection", "_lock", "passed")

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._connection: Cancellable | None = None
        self._closed = False
        self._cancelling = False
        self.passed = False

    # For the thread that works

    def enter(self, connection: Cancellable) -> None:
        """From now on statements on this connection may be cancelled. ServiceUnavailable when it is too late."""
        with self._lock:
            self.check()
            self._connection = connection
            connection.deadline = self

    def leave(self) -> None:
        """The connection has nothing to do with the deadline any more. Waits for a cancellation that is under way."""
        with self._lock:
            if self._connection is not None:
                self._connection.deadline = None
                self._connection = None

    def check(self) -> None:
        """ServiceUnavailable when the work has been given up."""
        if self.passed:
            raise ServiceUnavailable("the request took too long; nothing of it was stored", _RETRY_SECONDS)

    def close(self) -> None:
        """Behind this the work is not given up any more: its COMMIT comes next. ServiceUnavailable when it was."""
        with self._lock:
            self.check()
            self._closed = True

    def reopen(self) -> None:
        """Nothing was committed, and PostgreSQL has said so."""
        with self._lock:
            self._closed = False

    # For the thread that watches

    def expire(self) -> bool:
        """Give the work up: it sends nothing any more. False when it is too late for that."""
        with self._lock:
            if not self._closed:
                self.passed = True
            return self.passed

    def cancel(self) -> None:
        """Cancel what PostgreSQL does for it, in a thread of its own: a server that hangs must not hold up the caller.

        One that comes between two statements is lost, so that it is sent again and again until the work has ended.
        """
        if self._connection is not None and not self._cancelling:
            self._cancelling = True
            threading.Thread(target=self._cancel, name="cancel", daemon=True).start()

    def _cancel(self) -> None:
        try:
            with self._lock:
                if self._connection is not None:
                    self._connection.cancel_statement()
        except psycopg2.Error as error:
            log.warning("a statement could not be cancelled: %s", str(error).strip())
        finally:
            self._cancelling = False


# Of the work that this thread does; None where nobody waits for it.
current: ContextVar[Deadline | None] = ContextVar("deadline", default=None)


@contextmanager
def suspended() -> Iterator[None]:
    """For what commits by itself, ahead of the work that may still be given up."""
    token = current.set(None)
    try:
        yield
    finally:
        current.reset(token)
