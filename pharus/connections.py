"""Connections: what is deferred goes along with the next statement, rows come as tuples, one cursor serves all.

`pharus/db.py` has the one database of the process and the units of work on it.
"""

import hashlib
import os
import re
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from functools import lru_cache
from itertools import count
from typing import Any

import peewee
import psycopg2
import psycopg2.extensions
from psycopg2.extensions import (
    TRANSACTION_STATUS_IDLE,
    TRANSACTION_STATUS_INERROR,
    TRANSACTION_STATUS_INTRANS,
)

from pharus import instrumentation, peewee_internals, statements
from pharus.connecting import connect
from pharus.constraints import FORGOTTEN, OUTDATED, sqlstate
from pharus.deadlines import Deadline
from pharus.errors import ServiceUnavailable
from pharus.fields import canonical_instant, new_id
from pharus.joining import joinable

# peewee makes psycopg2 turn uuid columns into UUID objects. Ids go in and out as text; without a converter of its own a
# uuid stays what the server sent, which is a quarter of the time that a row takes.
psycopg2.extensions.string_types.pop(2950, None)
psycopg2.extensions.register_type(psycopg2.extensions.new_array_type((2951,), "UUID[]", psycopg2.STRING))


def _refuse_float(value: float) -> Any:
    raise TypeError(f"{value!r} is no exact number, and no column takes a float: use a Decimal")


# A float would be rounded to what a column keeps, and nobody would see that it never was exact.
psycopg2.extensions.register_adapter(float, _refuse_float)


def _shown_instant(text: Any, _: object) -> str | None:
    if text is None:
        return None
    # With all six digits behind the second, as nearly all are. A list has some hundreds.
    return f"{text[:10]}T{text[11:26]}Z" if len(text) == _FULL_LENGTH else canonical_instant(text)


_FULL_LENGTH = len("2026-03-29 12:00:00.250000+00")


# A timestamp as the text that an answer carries: to make an object of it takes twice as long.
SHOWN_INSTANT = psycopg2.extensions.new_type((1184,), "SHOWN_INSTANT", _shown_instant)

# The server keeps all of the text that a statement was prepared in: an import is not prepared.
_MOST_BYTES_KEPT = 64 * 1024

# Whether statements are allowed outside of a transaction; `pharus.db.maintenance` sets it.
outside_allowed: ContextVar[bool] = ContextVar("outside_allowed", default=False)


class Cursor(psycopg2.extensions.cursor):
    """Sends what was deferred along with its own statement, in one round trip.

    Outside of a transaction it sends nothing: the statement would run as the role that logs in, which row-level
    security does not hold back. What begins a transaction, `Connection.begin_with` has put before the statement.
    """

    def execute(self, query: Any, parameters: Any = None) -> None:
        connection: Any = self.connection
        if connection.deadline is not None:
            connection.deadline.check()
        deferred = connection.deferred
        # The driver knows the state from the server's last answer; no round trip is needed.
        status = connection.get_transaction_status()
        if deferred:
            # In a transaction that has failed nothing of it could be done.
            if status != TRANSACTION_STATUS_INERROR:
                # A comment at the end of one ends with its line.
                query, parameters = b"\n;".join([*deferred, self.mogrify(query, parameters)]), None
            else:
                connection.deferred_names.clear()
            deferred.clear()
        elif status == TRANSACTION_STATUS_IDLE and not outside_allowed.get():
            raise RuntimeError(
                "no unit of work is running here: open one (unit_of_work), or pharus.db.maintenance for what belongs "
                "to no organization"
            )
        try:
            super().execute(query, parameters)
            if connection.deferred_names:
                connection.prepared_names |= connection.deferred_names
        except psycopg2.Error as error:
            if sqlstate(error) in OUTDATED:
                connection.prepared_names.clear()
            raise
        finally:
            if connection.deferred_names:
                connection.deferred_names.clear()


class Connection(psycopg2.extensions.connection):
    """A connection with a cursor of its own, for statements whose rows are taken before anything else is sent: to make
    a cursor for each statement takes longer than to read one row."""

    # None is open yet.
    _descriptor = -1

    def __init__(self, dsn: str, *arguments: Any, **options: Any) -> None:
        super().__init__(dsn, *arguments, **options)
        # The same socket: the driver closes its own when it likes, and then its number may soon be another's.
        self._descriptor = os.dup(self.fileno())
        self.cursor_factory = Cursor
        self.kept: psycopg2.extensions.cursor = self.cursor()
        # For rows that are only shown.
        self.shown: psycopg2.extensions.cursor = self.cursor()
        psycopg2.extensions.register_type(SHOWN_INSTANT, self.shown)
        self.deferred: list[bytes] = []
        # The names of the prepared statements by their texts, and of those that what is deferred prepares.
        self.prepared_names: dict[str, str] = {}
        self.deferred_names: dict[str, str] = {}
        self.deadline: Deadline | None = None
        instrumentation.note_connection(self)
        # Whether the next transaction may be another session's, and what each transaction is set to.
        self.is_pooled = False
        self.local_settings = b""
        self._names = count(1)

    def defer(self, sql: str, params: Sequence[Any] | None = None) -> None:
        """A statement without rows that goes along with the next one. ValueError when its text could take in or end
        what goes along with it."""
        if self.get_transaction_status() == TRANSACTION_STATUS_IDLE and not self.deferred:
            raise RuntimeError("no unit of work is running here: nothing can be deferred")
        text = joinable(sql, has_parameters=params is not None)
        self.deferred.append(text.encode() if params is None else self.kept.mogrify(text, params))

    def defer_prepared(self, sql: str, params: Sequence[Any]) -> None:
        """The same for a text that comes again and again (`send_prepared`)."""
        if self.is_pooled:
            self.defer(sql, params)
            return
        name = self.prepared_names.get(sql) or self.deferred_names.get(sql)
        if name is not None:
            self.defer(_execution(name, len(params)), params)
            return
        # The name is known once the text has been sent.
        preparation, name = self._preparation(joinable(sql, has_parameters=True))
        self.defer(_execution(name, len(params)), params)
        if sum(map(len, self.deferred)) > _MOST_BYTES_KEPT:
            self.deferred.pop()
            self.defer(sql, params)
            return
        self.deferred.insert(-1, preparation.encode())
        self.deferred_names[sql] = name

    def begin_with(self, sql: str, params: Sequence[Any] | None = None) -> None:
        """The next statement, outside of a transaction, begins with this one."""
        if self.get_transaction_status() in (TRANSACTION_STATUS_INTRANS, TRANSACTION_STATUS_INERROR):
            raise RuntimeError("a transaction is open already")
        self.drop_deferred()
        self.deferred.append(sql.encode() if params is None else self.kept.mogrify(sql, params))
        if self.local_settings:
            self.deferred.append(self.local_settings)

    def name_point(self, sql: str) -> bytes:
        """Defer what makes or releases a savepoint; what was deferred."""
        self.deferred.append(sql.encode())
        return self.deferred[-1]

    def drop_deferred(self) -> None:
        """Send nothing of what was deferred."""
        self.deferred.clear()
        self.deferred_names.clear()

    def send(self, sql: str | bytes, params: Sequence[Any] | None = None) -> psycopg2.extensions.cursor:
        """The cursor behind a statement."""
        return _execute(self.kept, sql, params)

    def leave_deadline(self) -> None:
        """From now on nobody severs the connection."""
        if self.deadline is not None:
            self.deadline.leave(self)

    def sever(self) -> None:
        """For other threads, while a deadline keeps the connection open: whoever waits for the server is told at once
        that it is gone, whether it is or not."""
        with suppress(OSError), socket.socket(fileno=os.dup(self._descriptor)) as duplicate:
            duplicate.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self.leave_deadline()
        self._release()
        super().close()

    def __del__(self) -> None:
        self._release()

    def _release(self) -> None:
        descriptor, self._descriptor = self._descriptor, -1
        if descriptor >= 0:
            os.close(descriptor)

    def send_prepared(self, sql: str, params: Sequence[Any]) -> psycopg2.extensions.cursor:
        """The same for a text that comes again and again: the server reads and plans it only once. Row-level security
        makes that the larger part of a short statement.

        ServiceUnavailable when that has become outdated: begun anew, the unit of work has it prepared anew.
        """
        if self.is_pooled:
            return self.send(sql, params)
        name = self.prepared_names.get(sql)
        if name is None:
            preparation, name = self._preparation(sql)
            cursor = self.send(f"{preparation}\n; {_execution(name, len(params))}", params)
            self.prepared_names[sql] = name
            return cursor
        try:
            return self.send(_execution(name, len(params)), params)
        except peewee.PeeweeException as error:
            if sqlstate(error) not in OUTDATED:
                raise
            raise ServiceUnavailable(FORGOTTEN) from error

    def _preparation(self, sql: str) -> tuple[str, str]:
        """The statement that prepares a text, and the name that it gives to it."""
        # Never the name of another text.
        name = f"p{next(self._names)}_{hashlib.sha256(sql.encode()).hexdigest()[:20]}"
        numbers = count(1)
        numbered = re.sub("%[%s]", lambda mark: f"${next(numbers)}" if mark[0] == "%s" else "%%", sql)
        return f"PREPARE {name} AS {numbered}", name


@lru_cache(maxsize=4096)
def _execution(name: str, params: int) -> str:
    return f"EXECUTE {name} ({', '.join(['%s'] * params)})" if params else f"EXECUTE {name}"


class Database(peewee.PostgresqlDatabase):
    """peewee's database, with the driver's types. Rows come as tuples from the cursor.

    peewee's own types leave out its connection, its cursor and its state; they are given here, once for all callers.
    """

    local_settings = ""

    def connect(self, reuse_if_open: bool = False) -> bool:
        """As peewee's, which would hold a lock of the whole process until the server has answered."""
        if not self.is_closed():
            if reuse_if_open:
                return False
            raise peewee.OperationalError("a connection is open on this thread already")
        with peewee_internals.peewee_errors():
            peewee_internals.adopt(self, self.another())
        return True

    def another(self) -> Connection:
        """A connection beside that of this thread. The caller closes it."""
        connection = connect(self.database, self.connect_params)
        if connection.is_pooled:
            # It would refuse them again, or lose them.
            self.connect_params.pop("options", None)
        if "options" not in self.connect_params:
            connection.local_settings = self.local_settings.encode()
        return connection

    def execute_sql(self, sql: str, params: Sequence[Any] | None = None) -> psycopg2.extensions.cursor:
        return _execute(self.cursor(), sql, params)

    def rows(self, sql: str, params: Sequence[Any] | None = None) -> list[tuple[Any, ...]]:
        """All rows of a statement."""
        return self.opened().send(sql, params).fetchall()

    def shown_rows(self, sql: str, params: Sequence[Any] | None = None) -> list[tuple[Any, ...]]:
        """The same for rows that are only to be shown: a timestamp is the text that an answer carries."""
        return _execute(self.opened().shown, sql, params).fetchall()

    def row(self, sql: str, params: Sequence[Any] | None = None) -> tuple[Any, ...]:
        """The one row of a statement that always has one."""
        row = self.opened().send(sql, params).fetchone()
        assert row is not None
        return row

    def prepared(self, sql: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
        """All rows of a statement that the server plans once for each connection and not each time: for texts that are
        often the same and look for few rows by a key. `params` are no lists."""
        return self.opened().send_prepared(sql, params).fetchall()

    def send(self, sql: str, params: Sequence[Any] | None = None) -> None:
        """A statement whose rows, if it has any, nobody wants."""
        self.opened().send(sql, params)

    def defer(self, sql: str, params: Sequence[Any] | None = None) -> None:
        """A statement without rows that goes along with the next one, at the latest with COMMIT.

        What it refuses is raised there. A caller that has to catch that sends it, or wraps it in `savepoint`.
        """
        self.opened().defer(sql, params)

    def defer_prepared(self, sql: str, params: Sequence[Any]) -> None:
        """The same for one statement that the server plans once for each connection (`prepared`)."""
        self.opened().defer_prepared(sql, params)

    def flush(self) -> None:
        """Send what was deferred now. Without a connection nothing was."""
        if not self.is_closed() and (deferred := self.opened().deferred):
            last = deferred.pop()
            self.opened().send(last)

    @contextmanager
    def savepoint(self) -> Iterator[None]:  # type: ignore[override]  # in peewee's place: its own sends each step
        """Undo the block when it raises, and go on from there. What it refuses is raised at its end at the latest."""
        connection, name = self.opened(), f"s{new_id().replace('-', '')}"
        deferred = connection.deferred
        self.flush()
        begun = connection.name_point(f"SAVEPOINT {name}")
        try:
            yield
            if deferred == [begun]:
                deferred.clear()
                return
            self.flush()
        except BaseException:
            sent = begun not in deferred
            connection.drop_deferred()
            if sent:
                self.send(f"ROLLBACK TO SAVEPOINT {name}")
            raise
        connection.name_point(f"RELEASE SAVEPOINT {name}")

    def connection(self) -> psycopg2.extensions.connection:
        return super().connection()  # type: ignore[no-untyped-call, no-any-return]

    def cursor(self, named_cursor: str | None = None) -> psycopg2.extensions.cursor:
        return super().cursor(named_cursor)  # type: ignore[no-untyped-call, no-any-return]

    def opened(self) -> Connection:
        """This thread's connection; InterfaceError when it has none."""
        connection: Connection | None = peewee_internals.opened(self)
        if connection is None:
            raise peewee.InterfaceError("no connection is open on this thread")
        return connection


def _execute(
    cursor: psycopg2.extensions.cursor, sql: str | bytes, params: Sequence[Any] | None = None
) -> psycopg2.extensions.cursor:
    try:
        statements.run(cursor, sql, params)
    except psycopg2.Error:
        # peewee's own exceptions are what its callers know; only a failure pays for the way there.
        with peewee_internals.peewee_errors():
            raise
    return cursor
