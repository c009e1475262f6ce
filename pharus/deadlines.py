"""A piece of work that is given up when it takes too long, whatever the database does.

The thread that works enters each connection that it uses, and closes the deadline before it sends COMMIT. Another
thread passes the deadline, and severs the connections that are entered: the thread that waits for the server at their
other end is free at once, also when that server hangs or cannot be reached. One lock keeps the two apart: what is
committed is never given up, and no connection is severed that the work has left.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol

from pharus.errors import ServiceUnavailable

_RETRY_SECONDS = 5

# A COMMIT that is under way when the deadline passes has so long, from its beginning on, to be answered.
COMMIT_SECONDS = 2.0


class Severable(Protocol):
    """A connection that another thread can end."""

    deadline: "Deadline | None"

    def sever(self) -> None: ...


class Deadline:
    __slots__ = ("_closed_at", "_connections", "_is_suspended", "_lock", "caller_has_left", "passed")

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._connections: list[Severable] = []
        self._closed_at: float | None = None
        self._is_suspended = False
        self.passed = False
        # Nobody waits for the result any more. What has begun is finished; what has not, is not begun.
        self.caller_has_left = False

    # For the thread that works

    def enter(self, connection: Severable) -> None:
        """From now on this connection may be severed. ServiceUnavailable when it is too late."""
        with self._lock:
            self.check()
            if connection.deadline is not self:
                self._connections.append(connection)
                connection.deadline = self

    def leave(self, connection: Severable) -> None:
        """The connection has nothing to do with the deadline any more."""
        with self._lock:
            connection.deadline = None
            self._connections.remove(connection)

    def check(self) -> None:
        """ServiceUnavailable when the work has been given up."""
        if self.passed:
            raise ServiceUnavailable("the request took too long; nothing of it was stored", _RETRY_SECONDS)

    def begin(self) -> None:
        """Between the opening of the work and the work itself. ServiceUnavailable when nobody waits for it any more."""
        if self.caller_has_left and self._closed_at is None:
            raise ServiceUnavailable("the caller has left; nothing was begun", _RETRY_SECONDS)

    def close(self) -> None:
        """Behind this the work is not given up any more: its COMMIT comes next. ServiceUnavailable when it was."""
        with self._lock:
            self.check()
            if not self._is_suspended:
                self._closed_at = time.monotonic()

    def reopen(self) -> None:
        """Nothing was committed, and PostgreSQL has said so."""
        with self._lock:
            self._closed_at = None

    @contextmanager
    def suspended(self) -> Iterator[None]:
        """For what commits by itself, ahead of the work that may still be given up."""
        self._is_suspended = True
        try:
            yield
        finally:
            self._is_suspended = False

    # For the thread that watches

    def expire(self, tell: Callable[[], object] | None = None) -> bool:
        """Give the work up: it sends nothing any more. False when it is too late for that.

        `tell` is called, the first time, before the thread that works can notice: what it would say of a connection
        that is gone is not what has happened.

        A COMMIT that the server does not answer is severed all the same. Whether it was done, nobody can say then.
        """
        with self._lock:
            if self._closed_at is None:
                if tell is not None and not self.passed:
                    tell()
                self.passed = True
            elif time.monotonic() - self._closed_at < COMMIT_SECONDS:
                return False
            for connection in self._connections:
                connection.sever()
            return self.passed


# Of the work that this thread does; None where nobody waits for it.
current: ContextVar[Deadline | None] = ContextVar("deadline", default=None)


@contextmanager
def suspended() -> Iterator[None]:
    """What is committed within does not end the time in which the work of this thread may be given up."""
    deadline = current.get()
    if deadline is None:
        yield
        return
    with deadline.suspended():
        yield
