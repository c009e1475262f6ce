"""The bulk imports of the document: their columns in words for people. Read once, when the server starts."""

from collections.abc import Iterator, Mapping
from typing import Any

from pharus import openapi
from pharus.openapi import Document, Schema
from pharus.spreadsheets.columns import Column, Table, Type, resolved, table_of_rows
from plugins.imports.schemas import Import, ImportColumn

_TYPES = {
    Type.TEXT: "text",
    Type.DECIMAL: "number",
    Type.INTEGER: "wholeNumber",
    Type.BOOLEAN: "truth",
    Type.DATE: "date",
    Type.INSTANT: "moment",
    Type.LIST: "list",
    Type.REFERENCE: "reference",
    Type.JSON: "json",
}
_imports: dict[str, Import] = {}


def configure(document: Mapping[str, Any]) -> None:
    """Read the document that the server serves, plugins included."""
    _imports.clear()
    _imports.update((each["operation"], each) for each in imports_of(document))


def imports() -> Mapping[str, Import]:
    """By operation, in the order of the document."""
    return _imports


def imports_of(document: Mapping[str, Any]) -> Iterator[Import]:
    known = Document(document)
    for path, _, operation in openapi.operations(document):
        content = openapi.media_types(openapi.request_body(document, operation))
        table = table_of_rows(known, operation) if openapi.CSV in content else None
        if table is not None:
            row = resolved(known, content[openapi.JSON]["schema"])["properties"]["rows"]
            yield {
                "operation": operation["operationId"],
                "path": path,
                "title": operation["summary"],
                "columns": list(_columns(known, resolved(known, row)["items"], table)),
            }


def _columns(document: Document, row: Schema, table: Table) -> Iterator[ImportColumn]:
    heads = [_head(column) for column in table.columns]
    for column, head in zip(table.columns, heads, strict=True):
        holder, written = _schema(document, row, column)
        schema = resolved(document, written)
        exactly_one = holder.get("x-exactly-one", ())
        others = [key for key in exactly_one if key != column.path[-1]]
        # Of an id the component says only what form it has.
        said = written if column.type is Type.REFERENCE else schema
        texts = [str(said.get("description", "")).strip()]
        if column.path[-1] in exactly_one:
            texts.insert(0, f"Either this or {' or '.join(others)}.")
        yield {
            "name": column.name,
            # Two columns of one name keep the name of the array.
            "head": head if heads.count(head) == 1 else column.name,
            "type": _TYPES[column.type],  # type: ignore[typeddict-item]
            "isRequired": column.path[-1] in holder.get("required", ()),
            "isOfLines": column.path[0] == table.repeated,
            "isGroup": column.name == table.group,
            "description": " ".join(filter(None, texts)),
            "values": [str(each) for each in schema.get("enum", ()) if each is not None],
        }


def _head(column: Column) -> str:
    """A reference is called without `Id`: a file has its code or its name."""
    last = column.path[-1]
    return last.removesuffix("Id") if column.type is Type.REFERENCE else last


def _schema(document: Document, row: Schema, column: Column) -> tuple[Schema, Schema]:
    """The schema of what has the column as a key, and that of the key as it is written."""
    holder, schema = row, row
    for key in column.path:
        holder = resolved(document, schema)
        if holder.get("type") == "array":
            holder = resolved(document, holder["items"])
        schema = holder["properties"][key]
    return holder, schema
