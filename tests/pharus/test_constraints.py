from collections.abc import Callable

import peewee
import psycopg2
import pytest
from psycopg2 import errors

from pharus import db
from pharus.constraints import is_disconnect, refusal, sqlstate
from pharus.errors import Conflict, ServiceUnavailable


def refused_by(sql: str) -> peewee.PeeweeException:
    """What peewee raises when PostgreSQL refuses the statement."""
    with pytest.raises(peewee.PeeweeException) as raised, db.db.atomic():
        db.db.execute_sql(sql)
    return raised.value


def raising(state: str) -> str:
    return f"DO $$ BEGIN RAISE SQLSTATE '{state}'; END $$"


@pytest.mark.parametrize(
    ("table", "index", "message"),
    [
        ("vendor", "vendor_qbo_id_key", "another vendor has this qboId"),
        ("purchase_order", "purchase_order_number_key", "another purchase order has this number"),
        ("location", "location_name_key", "another location has this name"),
    ],
)
def test_duplicate_is_a_conflict_in_words_made_of_the_names(table: str, index: str, message: str) -> None:
    error = refused_by(
        f"""
        CREATE TEMPORARY TABLE {table} (org_id int, value int) ON COMMIT DROP;
        CREATE UNIQUE INDEX {index} ON pg_temp.{table} (org_id, value);
        INSERT INTO pg_temp.{table} VALUES (1, 1), (1, 1);
        """
    )
    assert sqlstate(error) == "23505"
    refused = refusal(error)
    assert isinstance(refused, Conflict)
    assert refused.message == message
    assert "Key (" not in str(refused), "the row's values are shown"


def test_overlap_is_a_conflict_in_words_made_of_the_names() -> None:
    error = refused_by(
        """
        CREATE TEMPORARY TABLE supplier_price (
            validity daterange, CONSTRAINT supplier_price_validity_excl EXCLUDE USING gist (validity WITH &&)
        ) ON COMMIT DROP;
        INSERT INTO pg_temp.supplier_price VALUES ('[2026-01-01,2026-02-01)'), ('[2026-01-31,)');
        """
    )
    assert sqlstate(error) == "23P01"
    refused = refusal(error)
    assert isinstance(refused, Conflict)
    assert refused.message == "its validity overlaps that of another supplier price"


@pytest.mark.parametrize(
    ("state", "kind"),
    [
        ("23503", Conflict),
        ("40001", Conflict),
        ("40P01", Conflict),
        ("57014", ServiceUnavailable),
        ("55P03", ServiceUnavailable),
        ("53300", ServiceUnavailable),
        ("57P01", ServiceUnavailable),
        ("25P03", ServiceUnavailable),
        ("25006", ServiceUnavailable),
        ("53100", ServiceUnavailable),
        ("53200", ServiceUnavailable),
        ("53400", ServiceUnavailable),
        ("58030", ServiceUnavailable),
    ],
)
def test_refusal_of_a_state_that_a_caller_may_meet(state: str, kind: type[Exception]) -> None:
    assert isinstance(refusal(refused_by(raising(state))), kind)


def test_refusal_of_a_number_too_large_to_be_kept_is_a_conflict() -> None:
    refused = refusal(refused_by(raising("22003")))
    assert isinstance(refused, Conflict)
    assert "larger than can be kept" in refused.message


@pytest.mark.parametrize("sql", [raising("23514"), raising("23502"), "SELECT no_such_column"])
def test_refusal_of_a_defect_of_ours_is_none(sql: str) -> None:
    error = refused_by(sql)
    assert refusal(error) is None
    assert not is_disconnect(error)


def test_refusal_of_an_error_that_is_not_of_the_database_is_none() -> None:
    assert refusal(RuntimeError("a defect")) is None
    assert refusal(peewee.InterfaceError("peewee's own")) is None


@pytest.mark.parametrize(
    ("make", "gone"),
    [
        (lambda: psycopg2.OperationalError("server closed the connection unexpectedly"), True),
        (lambda: psycopg2.InterfaceError("connection already closed"), True),
        # In the middle of an answer, over a UNIX socket.
        (lambda: psycopg2.DatabaseError("server closed the connection unexpectedly"), True),
        (lambda: errors.UniqueViolation("duplicate"), False),
        (lambda: RuntimeError("a defect"), False),
    ],
)
def test_is_disconnect_knows_a_connection_that_is_gone(make: Callable[[], Exception], gone: bool) -> None:
    error = make()
    assert is_disconnect(error) is gone
    assert is_disconnect(peewee.OperationalError(error, "wrapped")) is gone
    if gone:
        assert isinstance(refusal(error), ServiceUnavailable)


def test_is_disconnect_of_a_refused_connection() -> None:
    with pytest.raises(psycopg2.OperationalError) as raised:
        psycopg2.connect("postgresql:///nothing?host=/nonexistent")
    assert is_disconnect(raised.value)
