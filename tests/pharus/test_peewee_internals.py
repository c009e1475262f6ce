"""Each name of peewee that is ours to watch, one test."""

import peewee
import psycopg2
import pytest

from pharus import peewee_internals
from pharus.connections import Connection
from pharus.db import db, disconnect


def test_opened_is_this_threads_connection_and_opens_none() -> None:
    assert isinstance(peewee_internals.opened(db), Connection)
    assert peewee_internals.opened(db) is db.connection()
    disconnect()
    assert peewee_internals.opened(db) is None
    db.connect()


def test_connection_that_was_adopted_is_this_threads() -> None:
    disconnect()
    connection = db.another()
    peewee_internals.adopt(db, connection)
    assert db.connection() is connection
    assert not db.is_closed()
    assert db.server_version == connection.server_version


def test_errors_of_the_driver_become_peewees_and_keep_the_drivers() -> None:
    raised = psycopg2.errors.UniqueViolation("twice")
    with pytest.raises(peewee.IntegrityError) as caught, peewee_internals.peewee_errors():
        raise raised
    assert caught.value.orig is raised  # type: ignore[attr-defined]


def test_counted_transaction_is_peewees_too_and_is_forgotten() -> None:
    assert not db.in_transaction()
    peewee_internals.count_transaction(db, object())
    peewee_internals.count_transaction(db, object())
    assert db.in_transaction()
    with pytest.raises(peewee.OperationalError, match="transaction is open"):
        db.close()
    peewee_internals.forget_transactions(db)
    assert not db.in_transaction()
    peewee_internals.forget_transactions(db)


def test_atomic_inside_a_counted_transaction_is_a_savepoint() -> None:
    db.send("BEGIN")
    peewee_internals.count_transaction(db, object())
    with pytest.raises(peewee.ProgrammingError), db.atomic():
        db.execute_sql("SELECT no_such_column")
    assert db.row("SELECT 1") == (1,)
    db.send("ROLLBACK")
    peewee_internals.forget_transactions(db)
