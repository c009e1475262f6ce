"""Any number of rows as one parameter of a statement.

They go as one JSON text, which PostgreSQL reads by the types of a table's own columns, without a rounding on the way:
decimals go as texts. To quote each value by itself, row by row, takes Python five times as long, and PostgreSQL twice
as long to read.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import chain
from operator import methodcaller
from typing import Any

import orjson

_values = methodcaller("values")

_NO_FLOAT = "no column takes a float: use a Decimal"


def parameter(rows: Sequence[Mapping[str, Any]]) -> str:
    """The parameter: of each row the values by the names of their columns; what a row does not name is NULL.

    TypeError for a float: it would be rounded to what a column keeps, and nobody would see that it never was exact.

    >>> parameter([{"id": "a", "quantity": Decimal("2.50")}, {"id": "b"}])
    '[{"id":"a","quantity":"2.50"},{"id":"b"}]'
    """
    if float in map(type, chain.from_iterable(map(_values, rows))):
        raise TypeError(_NO_FLOAT)
    return orjson.dumps(rows, default=_text).decode()


def source(table: str) -> str:
    """What a FROM clause names to have the rows, with the columns of `table`."""
    return f"json_populate_recordset(NULL::{table}, %s)"


def insertion(table: str, columns: Iterable[str]) -> str:
    """The statement that inserts the rows, in their order."""
    names = ", ".join(columns)
    return f"INSERT INTO {table} ({names}) SELECT {names} FROM {source(table)}"


def column_insertion(table: str, types: Mapping[str, str], same: Iterable[str]) -> str:
    """The statement that inserts many rows in less time: `types` are the columns of which each row has its own value,
    with their types, `same` those of which all have one. Its parameters are the latter's values, then a
    `column_parameter` for each of the former."""
    same = list(same)
    values = [*(f"{column}::{type}" for column, type in types.items()), *("%s" for _ in same)]
    arrays = ", ".join("json_array_elements_text(%s)" for _ in types)
    return (
        f"INSERT INTO {table} ({', '.join([*types, *same])}) SELECT {', '.join(values)} "
        f"FROM ROWS FROM ({arrays}) AS given ({', '.join(types)})"
    )


def column_parameter(values: Sequence[Any]) -> str:
    """The values of one column, none of them a list. TypeError as for `parameter`.

    >>> column_parameter([Decimal("2.50"), None])
    '["2.50",null]'
    """
    if float in map(type, values):
        raise TypeError(_NO_FLOAT)
    return orjson.dumps(values, default=_text).decode()


def array(ids: Iterable[str]) -> str:
    """Ids as PostgreSQL writes an array of them: a prepared statement takes no list."""
    return "{" + ",".join(ids) + "}"


def _text(value: Any) -> str:
    if isinstance(value, Decimal) and value.is_finite():
        return str(value)
    if isinstance(value, bytes):
        return f"\\x{value.hex()}"
    raise TypeError(f"no column takes a {type(value).__name__}")
