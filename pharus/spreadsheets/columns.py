"""From the schema of a row to the columns of a table (docs/spreadsheets.md).

Objects inside of a row are flattened: their keys get the name of the object and a dot before them. Of the first array
of objects each entry is a row of the table, beside which the rest of the row is repeated. What rows of a list never
have, such as the warnings of a single answer, says so (`x-not-in-lists`), and is none of the table.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from pharus.openapi import DATE_OR_DATE_TIME, JSON, Document, Schema, request_body, success

# The one column of rows that are no objects.
VALUE = "value"


class Type(Enum):
    """What a cell holds."""

    TEXT = "text"
    # Of any number of digits, a whole one included; a text in JSON, or a number.
    DECIMAL = "decimal"
    INTEGER = "integer"
    BOOLEAN = "boolean"
    DATE = "date"
    INSTANT = "instant"
    # Values in one cell, with a separator.
    LIST = "list"
    # The id of a record; in a file it may be its code or its name instead.
    REFERENCE = "reference"
    # What has no columns of its own.
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    path: tuple[str, ...]
    type: Type
    # It is for those alone who see what things cost.
    is_cost: bool = False


# On a key in the document that rows of a list never have.
NOT_IN_LISTS = "x-not-in-lists"
# On a schema in the document, those of its keys that say what things cost.
COSTS = "x-costs"


# On the schema of a row in the document: the key by which a file says which of its lines are one row.
GROUP = "x-group"


@dataclass(frozen=True, slots=True)
class Table:
    """`repeated` is the key of the array whose entries are rows; `group` the column that has the same value in all that
    are of one row."""

    columns: tuple[Column, ...]
    repeated: str | None = None
    group: str | None = None

    def without_costs(self) -> "Table":
        return replace(self, columns=tuple(column for column in self.columns if not column.is_cost))

    def records(self, rows: Iterable[Any]) -> Iterator[list[Any]]:
        """The values of the columns, in each row that the table has of these rows of the answer."""
        if self.repeated is None and all(len(column.path) == 1 for column in self.columns):
            names = [column.name for column in self.columns]
            for row in rows:
                get = row.get
                yield [get(name) for name in names]
            return
        for row in rows:
            entries = row.get(self.repeated) if self.repeated is not None else None
            for entry in entries or (None,):
                whole = row if self.repeated is None else {**row, self.repeated: entry}
                yield [_value(whole, column.path) for column in self.columns]


def table_of(document: Document, schema: Schema) -> Table:
    """The table of rows of this schema."""
    row = resolved(document, schema)
    if "properties" not in row:
        return Table((Column(VALUE, (), _type(row)),))
    columns: list[Column] = []
    repeated: list[str] = []
    _collect(document, row, (), columns, repeated)
    return Table(tuple(columns), repeated[0] if repeated else None)


def table_of_answer(document: Document, operation: Mapping[str, Any]) -> Table | None:
    """The table of what an operation answers as `data`; None for one that answers no rows."""
    answer = success(document.content, operation).get("content", {}).get(JSON)
    data = resolved(document, answer["schema"]).get("properties", {}).get("data") if answer else None
    array = resolved(document, data) if data is not None else {}
    return table_of(document, array["items"]) if array.get("type") == "array" else None


def table_of_rows(document: Document, operation: Mapping[str, Any]) -> Table | None:
    """The table of what an operation takes as `rows`, each a record; None for one that takes none."""
    body = request_body(document.content, operation).get("content", {}).get(JSON)
    rows = resolved(document, body["schema"]).get("properties", {}).get("rows") if body else None
    if rows is None:
        return None
    array = resolved(document, rows)
    table = table_of(document, array["items"])
    return replace(
        table,
        columns=tuple(_referring(document, array["items"], column) for column in table.columns),
        group=resolved(document, array["items"]).get(GROUP),
    )


def resolved(document: Document, schema: Schema) -> Schema:
    """The schema, through references and allOf."""
    while "$ref" in schema or "allOf" in schema:
        schema = document.fold(document.follow(schema))
    return schema


def _referring(document: Document, row: Schema, column: Column) -> Column:
    schema = row
    for key in column.path:
        schema = resolved(document, schema)
        schema = resolved(document, schema["items"]) if schema.get("type") == "array" else schema
        schema = schema["properties"][key]
    is_id = resolved(document, schema).get("format") == "uuid"
    return replace(column, type=Type.REFERENCE) if is_id else column


def _collect(
    document: Document, row: Schema, above: tuple[str, ...], columns: list[Column], repeated: list[str]
) -> None:
    for key, each in row["properties"].items():
        if NOT_IN_LISTS in each:
            continue
        schema, path = resolved(document, each), (*above, key)
        is_cost = key in row.get(COSTS, ())
        name = ".".join(path)
        items = resolved(document, schema["items"]) if schema.get("type") == "array" else {}
        if "properties" in schema:
            _collect(document, schema, path, columns, repeated)
        elif "properties" in items and not above and not repeated:
            repeated.append(key)
            _collect(document, items, path, columns, repeated)
        elif schema.get("type") == "array":
            is_plain = _type(items) not in (Type.JSON, Type.LIST)
            columns.append(Column(name, path, Type.LIST if is_plain else Type.JSON, is_cost))
        else:
            columns.append(Column(name, path, _type(schema), is_cost))


_TYPES = {"integer": Type.INTEGER, "number": Type.DECIMAL, "boolean": Type.BOOLEAN}
_FORMATS = {"date": Type.DATE, "date-time": Type.INSTANT, DATE_OR_DATE_TIME: Type.DATE}


def _type(schema: Schema) -> Type:
    # A number that a request may write as a text, too.
    if any(form.get("type") == "number" for form in schema.get("oneOf", ())):
        return Type.DECIMAL
    if schema.get("type") in _TYPES:
        return _TYPES[schema["type"]]
    if schema.get("type") != "string":
        return Type.JSON
    if schema.get("format") in _FORMATS:
        return _FORMATS[schema["format"]]
    pattern = schema.get("pattern")
    is_number = pattern is not None and [bool(re.search(pattern, each)) for each in ("7", "x", "X", "7/2")] == [
        True, False, False, False,
    ]  # fmt: skip
    return Type.DECIMAL if is_number else Type.TEXT


def _value(row: Any, path: tuple[str, ...]) -> Any:
    for key in path:
        if row is None:
            return None
        row = row.get(key)
    return row
