from typing import Any

import pytest

from pharus.openapi import Document
from pharus.spreadsheets.columns import Table, Type, table_of, table_of_answer, table_of_rows

pytestmark = pytest.mark.no_database

DOCUMENT = Document(
    {
        "components": {
            "schemas": {
                "Decimal": {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"},
                "Line": {"type": "object", "properties": {"account": {"type": "string"}, "amount": {"type": "number"}}},
                "Status": {"type": "string", "enum": ["Draft", "Paid"]},
                "Page": {
                    "type": "object",
                    "properties": {"data": {"type": "array", "items": {"$ref": "#/components/schemas/Line"}}},
                },
            }
        }
    }
)


def row(*optional: str, **properties: Any) -> Table:
    required = [name for name in properties if name not in optional]
    return table_of(DOCUMENT, {"type": "object", "properties": properties, "required": required})


def columns(table: Table) -> dict[str, Type]:
    return {column.name: column.type for column in table.columns}


def ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def test_columns_are_the_keys_in_their_order_with_what_they_hold() -> None:
    table = row(
        name={"type": "string", "nullable": True},
        status=ref("Status"),
        code={"type": "string", "pattern": "^[A-Z0-9]+$"},
        factor={"type": "string", "pattern": "^[0-9]+(/[0-9]+)?$"},
        quantity={"allOf": [ref("Decimal")], "nullable": True},
        amount={"type": "number"},
        count={"type": "integer"},
        isActive={"type": "boolean"},
        placedAt={"type": "string", "format": "date", "nullable": True},
        createdAt={"type": "string", "format": "date-time"},
        tags={"type": "array", "items": {"type": "string"}},
        after={"type": "object", "additionalProperties": True},
        either={"oneOf": [{"type": "string"}, {"type": "integer"}]},
    )
    assert columns(table) == {
        "name": Type.TEXT,
        "status": Type.TEXT,
        "code": Type.TEXT,
        "factor": Type.TEXT,
        "quantity": Type.DECIMAL,
        "amount": Type.DECIMAL,
        "count": Type.INTEGER,
        "isActive": Type.BOOLEAN,
        "placedAt": Type.DATE,
        "createdAt": Type.INSTANT,
        "tags": Type.LIST,
        "after": Type.JSON,
        "either": Type.JSON,
    }
    assert list(table.records([{"name": "a", "tags": ["x"]}])) == [["a", *[None] * 9, ["x"], None, None]]


def test_object_inside_of_a_row_is_flattened() -> None:
    table = row(id={"type": "string"}, line=ref("Line"))
    assert list(columns(table)) == ["id", "line.account", "line.amount"]
    assert list(table.records([{"id": "1", "line": {"account": "a", "amount": 2}}])) == [["1", "a", 2]]
    assert list(table.records([{"id": "1", "line": None}])) == [["1", None, None]]


def test_each_entry_of_an_array_of_objects_is_a_row() -> None:
    lines = {"type": "array", "items": ref("Line")}
    table = row(id={"type": "string"}, lines=lines, more=lines, end={"type": "string"})
    assert list(columns(table)) == ["id", "lines.account", "lines.amount", "more", "end"]
    assert columns(table)["more"] is Type.JSON
    entries = [{"account": "a", "amount": 1}, {"account": "b", "amount": 2}]
    found = list(table.records([{"id": "1", "lines": entries, "more": entries, "end": "z"}]))
    assert found == [["1", "a", 1, entries, "z"], ["1", "b", 2, entries, "z"]]
    assert list(table.records([{"id": "1", "lines": [], "end": "z"}])) == [["1", None, None, None, "z"]]


def test_array_that_a_row_may_lack_has_its_entries_where_it_is() -> None:
    table = row("lines", id={"type": "string"}, lines={"type": "array", "items": ref("Line")})
    found = list(table.records([{"id": "1"}, {"id": "2", "lines": [{"account": "a"}]}]))
    assert found == [["1", None, None], ["2", "a", None]]


def test_rows_that_are_no_objects_have_one_column() -> None:
    table = table_of(DOCUMENT, ref("Status"))
    assert columns(table) == {"value": Type.TEXT}
    assert list(table.records(["Draft"])) == [["Draft"]]


@pytest.mark.parametrize(
    ("content", "names"),
    [
        ({"application/json": {"schema": ref("Page")}}, ["account", "amount"]),
        ({"application/json": {"schema": ref("Line")}}, None),
        ({"application/json": {"schema": {"properties": {"data": ref("Status")}}}}, None),
        ({"application/pdf": {"schema": {}}}, None),
    ],
)
def test_table_of_an_operation_is_what_it_answers_as_data(content: Any, names: list[str] | None) -> None:
    table = table_of_answer(DOCUMENT, {"responses": {"200": {"content": content}}})
    assert (None if table is None else list(columns(table))) == names


def test_what_only_one_record_says_is_no_column() -> None:
    table = row(id={"type": "string"}, warnings={"type": "array", "x-not-in-lists": True, "items": ref("Line")})
    assert list(columns(table)) == ["id"]


@pytest.mark.parametrize("key", [None, "number"])
def test_table_of_an_import_says_by_which_column_its_lines_are_one_row(key: str | None) -> None:
    items = {"type": "object", "properties": {"number": {"type": "string"}}} | ({"x-group": key} if key else {})
    body = {"schema": {"properties": {"rows": {"type": "array", "items": items}}}}
    table = table_of_rows(DOCUMENT, {"requestBody": {"content": {"application/json": body}}})
    assert table is not None
    assert table.group == key
