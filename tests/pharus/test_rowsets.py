from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import peewee
import pytest

from pharus import db, rowsets

ALL_KINDS: tuple[tuple[str, str, Any, Any], ...] = (
    ("text", "text", 'so "it" is, 50 % \u00e4 \\ \n\t\U0001f6a2', None),
    ("cut", "varchar(5)", "5 % '", None),
    ("nothing", "text", None, None),
    ("exact", "numeric(18, 6)", Decimal("123456789012.123456"), None),
    ("tiny", "numeric", Decimal("1E-12"), Decimal("0.000000000001")),
    ("huge", "numeric", Decimal("1E+30"), Decimal(10) ** 30),
    ("whole", "bigint", 2**62, None),
    ("flag", "boolean", False, None),
    ("day", "date", date(2026, 3, 2), None),
    ("moment", "timestamptz", datetime(2026, 3, 2, 23, 59, 59, 999999, UTC), None),
    (
        "elsewhere",
        "timestamptz",
        datetime(2026, 3, 2, 8, 0, tzinfo=timezone(timedelta(hours=-8))),
        datetime(2026, 3, 2, 16, tzinfo=UTC),
    ),
    ("id", "uuid", "0193a0f2-8f60-7000-8000-00000000000a", None),
    ("bytes", "bytea", b"\x00\xff'\\", None),
    ("texts", "text[]", ["a,b", '"', "NULL", None], None),
    ("nested", "jsonb", {"a": [1, "b", None]}, None),
)


def test_rows_arrive_in_their_order_with_every_value_as_it_was(unit: db.Unit) -> None:
    columns = [name for name, *_ in ALL_KINDS]
    db.db.send(f"CREATE TEMPORARY TABLE kinds ({', '.join(f'{name} {kind}' for name, kind, *_ in ALL_KINDS)})")
    rows = [{name: value for name, _, value, _ in ALL_KINDS}, {}]
    db.db.send(rowsets.insertion("kinds", columns), (rowsets.parameter(rows),))
    stored, empty = db.db.rows("SELECT * FROM kinds ORDER BY ctid")
    for (name, _, value, other), found in zip(ALL_KINDS, stored, strict=True):
        assert (bytes(found) if name == "bytes" else found) == (value if other is None else other), name
    assert set(empty) == {None}


def test_columns_arrive_in_their_order_with_every_value_as_it_was(unit: db.Unit) -> None:
    kinds = [each for each in ALL_KINDS if each[0] not in ("texts", "nested")]
    db.db.send(f"CREATE TEMPORARY TABLE columns ({', '.join(f'{name} {kind}' for name, kind, *_ in kinds)}, same date)")
    text = rowsets.column_insertion("columns", {name: kind.partition("(")[0] for name, kind, *_ in kinds}, ["same"])
    columns = [rowsets.column_parameter([value, None]) for _, _, value, _ in kinds]
    db.db.send(text, (date(2026, 3, 3), *columns))
    stored, empty = db.db.rows("SELECT * FROM columns ORDER BY ctid")
    for (name, _, value, other), found in zip(kinds, stored[:-1], strict=True):
        assert (bytes(found) if name == "bytes" else found) == (value if other is None else other), name
    assert set(empty[:-1]) == {None}
    assert stored[-1] == empty[-1] == date(2026, 3, 3)


def test_text_that_does_not_fit_is_refused_in_a_column_too(unit: db.Unit) -> None:
    db.db.send("CREATE TEMPORARY TABLE narrow (name varchar(5))")
    with pytest.raises(peewee.DataError, match="too long"), db.db.savepoint():
        db.db.send(rowsets.column_insertion("narrow", {"name": "text"}, []), (rowsets.column_parameter(["123456"]),))


def test_source_has_the_rows_where_they_are_read(unit: db.Unit) -> None:
    given = rowsets.parameter([{"name": "first", "is_active": True}, {"is_active": False, "name": "second"}])
    rows = db.db.rows(f"SELECT name, is_active, city FROM {rowsets.source('vendor')} AS given", (given,))
    assert rows == [("first", True, None), ("second", False, None)]


def test_value_that_no_column_takes_is_refused_before_anything_is_sent() -> None:
    for value in (object(), 0.5, float("nan"), Decimal("NaN"), Decimal("Infinity")):
        with pytest.raises(TypeError, match=r"no column takes a|not JSON"):
            rowsets.parameter([{"name": "first"}, {"name": value}])
        with pytest.raises(TypeError, match=r"no column takes a|not JSON"):
            rowsets.column_parameter(["first", value])
