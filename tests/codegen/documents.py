"""Small documents for the tests of the generator."""

from __future__ import annotations

from typing import Any

from pharus.openapi import Document

REF = "#/components/schemas/"


def operation(
    operation_id: str, tag: str, *, request: str | None = None, response: str | None = None, error: str | None = None
) -> dict[str, Any]:
    """An operation whose body, 200 and 422 are the components of these names."""
    found: dict[str, Any] = {"operationId": operation_id, "tags": [tag], "responses": {}}
    if request:
        found["requestBody"] = _json(request)
    if response:
        found["responses"]["200"] = {"description": "Done.", **_json(response)}
    if error:
        found["responses"]["422"] = {"description": "Refused.", **_json(error)}
    return found


def document(
    schemas: dict[str, Any], *operations: dict[str, Any], tags: list[dict[str, str]] | None = None
) -> Document:
    """A document in which each operation is the GET of a path of its own."""
    paths = {f"/{one['operationId']}": {"get": one} for one in operations}
    return Document({"openapi": "3.0.3", "tags": tags or [], "paths": paths, "components": {"schemas": schemas}})


def response_document(schemas: dict[str, Any]) -> Document:
    """A document whose one operation, of the domain `things`, answers with the first of the components."""
    return document(schemas, operation("getThing", "Things", response=next(iter(schemas))))


def request_document(schemas: dict[str, Any]) -> Document:
    """A document whose one operation, of the domain `things`, takes the first of the components."""
    return document(schemas, operation("createThing", "Things", request=next(iter(schemas))))


def ref(name: str) -> dict[str, str]:
    """A reference to the component schema."""
    return {"$ref": REF + name}


def _json(component: str) -> dict[str, Any]:
    return {"content": {"application/json": {"schema": ref(component)}}}
