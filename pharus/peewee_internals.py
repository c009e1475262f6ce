"""What we use of peewee that its documentation does not promise, or its types leave out. pyproject.toml bounds the
version; tests/pharus/test_peewee_internals.py has a test for each name."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import peewee


def opened(database: peewee.Database) -> Any:
    """The connection of this thread; None when there is none. `Database.connection` would open one."""
    return database._state.conn  # type: ignore[attr-defined]  # noqa: SLF001 - see above


def adopt(database: peewee.Database, connection: Any) -> None:
    """Make it the connection of this thread, which has none."""
    database._state.set_connection(connection)  # type: ignore[attr-defined]  # noqa: SLF001 - see above
    if database.server_version is None:
        database.server_version = connection.server_version


@contextmanager
def peewee_errors() -> Iterator[None]:
    """The driver's exceptions leave the block as peewee's, with the driver's own in `orig`."""
    with peewee.__exception_wrapper__:  # type: ignore[attr-defined]
        yield


def count_transaction(database: peewee.Database, transaction: object) -> None:
    """Tell peewee of a transaction that it did not begin: `atomic` then makes a savepoint, and `close` refuses."""
    database.push_transaction(transaction)


def forget_transactions(database: peewee.Database) -> None:
    """Tell peewee that no transaction is open any more."""
    while database.in_transaction():
        database.pop_transaction()  # type: ignore[no-untyped-call]
