"""What does not answer is named once when that begins, with its cause, and once more when it is over.

Every request that meets it is refused, and says so in its own line. The cause is the same for all of them.
"""

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from psycopg2 import errorcodes

from pharus.constraints import is_disconnect, sqlstate
from pharus.errors import PharusError, ServiceUnavailable

log = logging.getLogger("pharus.outages")

# One success does not end it: with a full disk reads succeed between the writes that fail.
_QUIET_SECONDS = 5.0
_MOST_CAUSES = 20
_LONGEST_CAUSE = 500

# The database answers, and says that it can do nothing for anybody, or write nothing.
_OF_ALL = frozenset(
    {
        errorcodes.TOO_MANY_CONNECTIONS,
        errorcodes.CANNOT_CONNECT_NOW,
        errorcodes.CONFIGURATION_LIMIT_EXCEEDED,
        errorcodes.DISK_FULL,
        errorcodes.IO_ERROR,
        errorcodes.OUT_OF_MEMORY,
        errorcodes.READ_ONLY_SQL_TRANSACTION,
    }
)


class Outage:
    """Of one thing that this process needs."""

    def __init__(self, what: str, quiet_seconds: float = _QUIET_SECONDS) -> None:
        self._what = what
        self._quiet_seconds = quiet_seconds
        self._lock = threading.Lock()
        self._causes: set[str] = set()
        self._began = self._latest = 0.0
        self._failures = 0
        # Read without the lock, by each statement that succeeds.
        self.is_on = False

    def failed(self, error: BaseException) -> None:
        """It was needed and did not do its work."""
        cause = " ".join(str(error.__cause__ or error).split())[:_LONGEST_CAUSE]
        with self._lock:
            self._latest = time.monotonic()
            self._failures += 1
            if not self.is_on:
                self.is_on, self._began = True, self._latest
            if cause in self._causes or len(self._causes) >= _MOST_CAUSES:
                return
            self._causes.add(cause)
        log.error("%s does not do its work: %s", self._what, cause)

    def answered(self) -> None:
        """It did its work."""
        with self._lock:
            now = time.monotonic()
            if not self.is_on or now - self._latest < self._quiet_seconds:
                return
            seconds, failures = now - self._began, self._failures
            self.is_on, self._failures = False, 0
            self._causes.clear()
        log.warning("%s does its work again, after %.1f seconds and %d failures", self._what, seconds, failures)

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Around what it is needed for. A refusal is an answer."""
        try:
            yield
        except Exception as error:
            if isinstance(error, ServiceUnavailable) or not isinstance(error, PharusError):
                self.failed(error)
            elif self.is_on:
                self.answered()
            raise
        if self.is_on:
            self.answered()


database = Outage("the database")
store = Outage("the store of files")
identities = Outage("the identity provider")


def is_of_database(error: BaseException | None) -> bool:
    """Whether the database is away, or what was raised in its place says so: then it is named already."""
    return error is not None and (is_disconnect(error) or sqlstate(error) in _OF_ALL or is_of_database(error.__cause__))


def note(error: BaseException) -> None:
    """An error of the database, of whatever kind."""
    if is_of_database(error):
        database.failed(error)
