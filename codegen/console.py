"""console/src/generated/: who may call each operation, and the fields of its body; pages are descriptions of both."""

from __future__ import annotations

import json
from typing import Any

from codegen.client_operations import ClientOperation, camel_group, groups
from codegen.rendering import templates
from codegen.schema_types import alternatives, enum_values, is_nullable, is_object
from codegen.source import first_sentence
from codegen.typescript_types import MOMENTS
from pharus import openapi
from pharus.openapi import Document, Schema

FOLDER = "console"
GENERATED = (f"{FOLDER}/src/generated/*.ts",)

# Longer texts get more than one line.
_LONG = 10_000


def console_files(document: Document) -> dict[str, str]:
    """The text of the file by its path from the project's root."""
    calls = {
        each.operation.operation_id: _call(document, each, camel_group(group.tag))
        for group in groups(document)
        for each in group.operations
    }
    schemas: dict[str, list[dict[str, Any]]] = {}
    for call in calls.values():
        if "body" in call:
            _collect(document, call["body"], schemas)
    text = (
        templates()
        .get_template("console/operations.ts.j2")
        .render(
            calls={name: _line(call) for name, call in calls.items()},
            schemas={name: [_line(each) for each in fields] for name, fields in sorted(schemas.items())},
        )
    )
    return {f"{FOLDER}/src/generated/operations.ts": text}


def _call(document: Document, each: ClientOperation, group: str) -> dict[str, Any]:
    operation = each.operation
    call: dict[str, Any] = {"group": group, "path": operation.path, "role": operation.role}
    if operation.declared.get("x-id-token-only"):
        call["idTokenOnly"] = True
    if each.query:
        call["query"] = [query.name for query in each.query]
    if each.body is not None:
        call["body"] = each.body
    if openapi.parameters_of_files(document.content, operation.declared):
        call["isFile"] = True
    return call


def _collect(document: Document, component: str, schemas: dict[str, list[dict[str, Any]]]) -> None:
    """The fields of the component, and of those that are within it."""
    if component in schemas:
        return
    schema = document.fold(document.schemas[component])
    required = schema.get("required", [])
    fields = schemas[component] = []
    for key, declared in schema.get("properties", {}).items():
        field = {"key": key, **_field(document, declared)}
        if key in required:
            field["required"] = True
        fields.append(field)
        if "of" in field:
            _collect(document, field["of"], schemas)


def _field(document: Document, declared: Schema) -> dict[str, Any]:
    component = document.component(document.fold(declared))
    schema = document.fold(document.follow(document.fold(declared)))
    field: dict[str, Any] = {"kind": _kind(document, schema)}
    if is_nullable(schema) or any(is_nullable(each) for each in alternatives(schema)):
        field["nullable"] = True
    if values := enum_values(schema):
        field["choices"] = values
    if "maxLength" in schema:
        field["longest"] = schema["maxLength"]
    items = document.fold(schema.get("items", {}))
    nested = document.component(items) if items else component if field["kind"] == "object" else None
    if nested is not None and is_object(document, document.schemas[nested]):
        field["of"] = nested
    if hint := first_sentence(str(declared.get("description", ""))):
        field["hint"] = hint
    return field


def _kind(document: Document, schema: Schema) -> str:
    if any(document.follow(each).get("x-decimal") for each in [schema, *alternatives(schema)]):
        return "decimal"
    if enum_values(schema):
        return "choice"
    if schema.get("type") in ("integer", "boolean", "array"):
        return {"integer": "integer", "boolean": "flag", "array": "list"}[schema["type"]]
    if is_object(document, schema):
        return "object"
    form = schema.get("format")
    if form in MOMENTS:
        return "day"
    if form == "uuid":
        return "reference"
    return "long" if schema.get("maxLength", 0) >= _LONG else "text"


def _line(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False)
