"""How many statements a piece of work sends to PostgreSQL."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

import psycopg2.extensions

from pharus.db import db


@contextmanager
def statements() -> Iterator[list[str]]:
    """The texts of all statements that this thread executes meanwhile, also of those that go past peewee."""
    executed: list[str] = []

    class Listening(psycopg2.extensions.cursor):
        def execute(self, query: Any, vars: Any = None) -> None:  # noqa: A002 - psycopg2's own name
            executed.append(str(query)[:200])
            super().execute(query, vars)

    connection: Any = db.connection()

    def cursor(named_cursor: str | None = None) -> Listening:
        return connection.cursor(cursor_factory=Listening)  # type: ignore[no-any-return]

    with mock.patch.object(db, "cursor", cursor), mock.patch.object(connection, "kept", cursor()):
        yield executed
