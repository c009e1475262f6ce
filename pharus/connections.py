"""Connections: what is deferred goes along with the next statement, rows come as tuples, one cursor serves all.

`pharus/db.py` has the one database of the process and the units of work on it.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from typing import Any, cast

import peewee
import psycopg2
import psycopg2.extensions

from pharus.constraints import OUTDATED, sqlstate
from pharus.errors import ServiceUnavailable
from pharus.fields import new_id

# peewee makes psycopg2 turn uuid columns into UUID objects. Ids go in and out as text; without a converter of its own a
# uuid stays what the server sent, which is a quarter of the time that a row takes.
psycopg2.extensions.string_types.pop(2950, None)
psycopg2.extensions.register_type(psycopg2.extensions.new_array_type((2951,), "UUID[]", psycopg2.STRING))


class Cursor(psycopg2.extensions.cursor):
    """Sends what was deferred along with its own statement, in one round trip."""

    def execute(self, query: Any, parameters: Any = None) -> None:
        deferred = cast(Connection, self.connection).deferred
        if deferred:
            # What would be rolled back at once need not be sent; in a transaction that has failed it could not be.
            if not query.startswith("ROLLBACK" if isinstance(query, str) else b"ROLLBACK"):
                query, parameters = b";".join([*deferred, self.mogrify(query, parameters)]), None
            deferred.clear()
        super().execute(query, parameters)


class Connection(psycopg2.extensions.connection):
    """A connection with a cursor of its own, for statements whose rows are taken before anything else is sent: to make
    a cursor for each statement takes longer than to read one row."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.cursor_factory = Cursor
        self.kept: psycopg2.extensions.cursor = self.cursor()
        self.deferred: list[bytes] = []
        self._prepared: dict[str, str] = {}
        self._names = count(1)

    def defer(self, sql: str, params: Sequence[Any] | None = None) -> None:
        """A statement without rows that goes along with the next one."""
        self.deferred.append(self.kept.mogrify(sql, params))

    def send(self, sql: str | bytes, params: Sequence[Any] | None = None) -> psycopg2.extensions.cursor:
        """The cursor behind a statement."""
        return _execute(self.kept, sql, params)

    def send_prepared(self, sql: str, params: Sequence[Any]) -> psycopg2.extensions.cursor:
        """The same for a text that comes again and again: the server reads and plans it only once. Row-level security
        makes that the larger part of a short statement.

        ServiceUnavailable when that has become outdated: begun anew, the unit of work has it prepared anew.
        """
        name = self._prepared.get(sql)
        marks = f"({', '.join(['%s'] * len(params))})" if params else ""
        if name is None:
            # Never the name of another text, not even in a session that a pooler hands out to several of us.
            name = f"p{next(self._names)}_{hashlib.sha256(sql.encode()).hexdigest()[:20]}"
            numbers = count(1)
            numbered = re.sub("%s", lambda _: f"${next(numbers)}", sql)
            cursor = self.send(f"PREPARE {name} AS {numbered}; EXECUTE {name} {marks}", params)
            self._prepared[sql] = name
            return cursor
        try:
            return self.send(f"EXECUTE {name} {marks}", params)
        except peewee.PeeweeException as error:
            if sqlstate(error) not in OUTDATED:
                raise
            self._prepared.clear()
            raise ServiceUnavailable("the database has changed meanwhile; try again") from error


class Database(peewee.PostgresqlDatabase):
    """peewee's database, with the driver's types. Rows come as tuples from the cursor.

    peewee's own types leave out its connection, its cursor and its state; they are given here, once for all callers.
    """

    def execute_sql(self, sql: str, params: Sequence[Any] | None = None) -> psycopg2.extensions.cursor:
        return _execute(self.cursor(), sql, params)

    def rows(self, sql: str, params: Sequence[Any] | None = None) -> list[tuple[Any, ...]]:
        """All rows of a statement."""
        return self._opened().send(sql, params).fetchall()

    def row(self, sql: str, params: Sequence[Any] | None = None) -> tuple[Any, ...]:
        """The one row of a statement that always has one."""
        row = self._opened().send(sql, params).fetchone()
        assert row is not None
        return row

    def prepared(self, sql: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
        """All rows of a statement that the server plans once for each connection and not each time: for texts that are
        often the same and look for few rows by a key. `params` are no lists."""
        return self._opened().send_prepared(sql, params).fetchall()

    def send(self, sql: str, params: Sequence[Any] | None = None) -> None:
        """A statement whose rows, if it has any, nobody wants."""
        self._opened().send(sql, params)

    def defer(self, sql: str, params: Sequence[Any] | None = None) -> None:
        """A statement without rows that goes along with the next one, at the latest with COMMIT.

        What it refuses is raised there. Whoever has to catch that sends it, or wraps it in `tentative`.
        """
        self._opened().defer(sql, params)

    def flush(self) -> None:
        """Send what was deferred now. Without a connection nothing was."""
        if not self.is_closed() and (deferred := self._opened().deferred):
            self._opened().send(deferred.pop())

    @contextmanager
    def tentative(self) -> Iterator[None]:
        """Undo the block when it raises, and go on from there. What it refuses is raised at its end at the latest."""
        deferred, name = self._opened().deferred, f"s{new_id().replace('-', '')}"
        self.flush()
        self.defer(f"SAVEPOINT {name}")
        begun = deferred[0]
        try:
            yield
            if deferred == [begun]:
                deferred.clear()
                return
            self.flush()
        except BaseException:
            if begun in deferred:
                deferred.clear()
            else:
                self.send(f"ROLLBACK TO SAVEPOINT {name}")
            raise
        self.defer(f"RELEASE SAVEPOINT {name}")

    def connection(self) -> psycopg2.extensions.connection:
        return super().connection()  # type: ignore[no-untyped-call, no-any-return]

    def cursor(self, named_cursor: str | None = None) -> psycopg2.extensions.cursor:
        return super().cursor(named_cursor)  # type: ignore[no-untyped-call, no-any-return]

    def _opened(self) -> Connection:
        connection: Connection | None = self._state.conn  # type: ignore[attr-defined]
        if connection is None:
            raise peewee.InterfaceError("no connection is open on this thread")
        return connection


def _execute(
    cursor: psycopg2.extensions.cursor, sql: str | bytes, params: Sequence[Any] | None = None
) -> psycopg2.extensions.cursor:
    try:
        cursor.execute(sql, params)
    except psycopg2.Error:
        # peewee's own exceptions are what its callers know; only a failure pays for the way there. Its types do not
        # name what turns the driver's into them.
        with peewee.__exception_wrapper__:  # type: ignore[attr-defined]
            raise
    return cursor
