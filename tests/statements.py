"""How many statements a piece of work sends to PostgreSQL."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

from psycopg2.extensions import register_type

from pharus.connections import SHOWN_INSTANT, Cursor
from pharus.db import db


@contextmanager
def statements() -> Iterator[list[str]]:
    """The texts of all statements that this thread sends meanwhile, also of those that go past peewee.

    What was deferred goes along with another and does not count.
    """
    executed: list[str] = []

    class Listening(Cursor):
        def execute(self, query: Any, parameters: Any = None) -> None:
            executed.append(str(query)[:200])
            super().execute(query, parameters)

    connection: Any = db.connection()

    def cursor(named_cursor: str | None = None) -> Listening:
        return connection.cursor(cursor_factory=Listening)  # type: ignore[no-any-return]

    shown = cursor()
    register_type(SHOWN_INSTANT, shown)
    with (
        mock.patch.object(db, "cursor", cursor),
        mock.patch.object(connection, "kept", cursor()),
        mock.patch.object(connection, "shown", shown),
    ):
        yield executed
