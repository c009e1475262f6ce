"""The document as OpenAPI 3.1: valid, and says of every example what the original says."""

import json
from collections.abc import Iterator
from typing import Any

import httpx
import jsonschema_rs
import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from handlers.openapi_31 import converted
from pharus import openapi
from tests.contract.judging import document
from tests.server import Server


@pytest.fixture(scope="module")
def modern() -> dict[str, Any]:
    return converted(document())


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"type": "string", "nullable": True}, {"type": ["string", "null"]}),
        ({"type": "string", "nullable": False}, {"type": "string"}),
        (
            {"type": "number", "minimum": 0, "exclusiveMinimum": True, "maximum": 9},
            {"type": "number", "exclusiveMinimum": 0, "maximum": 9},
        ),
        (
            {"type": "number", "minimum": 0, "exclusiveMinimum": False, "maximum": 9, "exclusiveMaximum": True},
            {"type": "number", "minimum": 0, "exclusiveMaximum": 9},
        ),
        ({"type": "string", "example": "a"}, {"type": "string", "examples": ["a"]}),
        (
            {"type": "string", "format": "binary"},
            {"type": "string", "contentMediaType": "application/octet-stream"},
        ),
        ({"type": "string", "format": "byte"}, {"type": "string", "contentEncoding": "base64"}),
        ({"type": "string", "format": "date"}, {"type": "string", "format": "date"}),
        (
            {"type": "object", "properties": {"example": {"type": "string", "nullable": True}, "nullable": {}}},
            {"type": "object", "properties": {"example": {"type": ["string", "null"]}, "nullable": {}}},
        ),
        (
            {"oneOf": [{"type": "array", "items": {"type": "string", "nullable": True}}, {"$ref": "#/a"}]},
            {"oneOf": [{"type": "array", "items": {"type": ["string", "null"]}}, {"$ref": "#/a"}]},
        ),
        (
            {"type": "object", "additionalProperties": {"type": "string", "nullable": True}},
            {"type": "object", "additionalProperties": {"type": ["string", "null"]}},
        ),
        ({"type": "object", "additionalProperties": False}, {"type": "object", "additionalProperties": False}),
    ],
)
def test_schema_says_the_same(schema: dict[str, Any], expected: dict[str, Any]) -> None:
    before = json.dumps(schema)
    assert converted({"components": {"schemas": {"A": schema}}})["components"]["schemas"]["A"] == expected
    assert json.dumps(schema) == before, "the original stays as it is"


def test_document_is_valid(modern: dict[str, Any]) -> None:
    assert [error.message for error in OpenAPIV31SpecValidator(modern).iter_errors()] == []
    assert modern["openapi"].startswith("3.1.")
    assert set(modern["paths"]) == set(document()["paths"])
    assert _keys(modern) & {"nullable"} == set()


def _keys(node: Any) -> set[str]:
    if isinstance(node, list):
        return set().union(*map(_keys, node))
    return set(node).union(*map(_keys, node.values())) if isinstance(node, dict) else set()


def test_every_schema_refuses_and_takes_what_the_original_does(modern: dict[str, Any]) -> None:
    """Every example as it is, and with each of its values in turn null, of another type and left out."""
    count = 0
    cases = list(_examples(modern))
    # The words that both documents share are no JSON Schema: what they mean is judged elsewhere.
    original = _as_json_schema(document()["components"]["schemas"])
    all_before = _validators(original, [_as_json_schema(was) for _, was, _, _ in cases])
    all_after = _validators(modern["components"]["schemas"], [now for _, _, now, _ in cases])
    for (name, _, _, value), before, after in zip(cases, all_before, all_after, strict=True):
        assert after.is_valid(value), name
        for changed in _changes(value):
            assert before.is_valid(changed) == after.is_valid(changed), (name, changed)
            count += 1
    assert count > 5000


def _examples(modern: dict[str, Any]) -> Iterator[tuple[str, Any, Any, Any]]:
    """(where, original schema, schema in 3.1, example) of every JSON body of a request or a success."""
    for path, method, operation in openapi.operations(document()):
        other = modern["paths"][path][method]
        pairs = [(openapi.request_body(document(), operation), openapi.request_body(modern, other))]
        pairs += [(openapi.success(document(), operation), openapi.success(modern, other))]
        for was, now in pairs:
            if openapi.JSON in was.get("content", {}):
                before, after = was["content"][openapi.JSON], now["content"][openapi.JSON]
                for value in openapi.examples(after):
                    yield operation["operationId"], before["schema"], after["schema"], value


def _changes(value: Any) -> Iterator[Any]:
    if not isinstance(value, dict):
        return
    for key in value:
        for other in (None, [], "", -1, True):
            yield {**value, key: other}
        yield {name: each for name, each in value.items() if name != key}


def _validators(components: Any, schemas: list[Any]) -> Iterator[jsonschema_rs.Draft202012Validator]:
    """One of each schema. All are in one document, which is read once."""
    whole = {"components": {"schemas": components}, "all": schemas}
    registry = jsonschema_rs.Registry([("urn:document", whole)], draft=jsonschema_rs.Draft202012)
    for number in range(len(schemas)):
        yield jsonschema_rs.Draft202012Validator({"$ref": f"urn:document#/all/{number}"}, registry=registry)


_MADE: dict[int, Any] = {}


def _as_json_schema(node: Any) -> Any:
    """As the server itself reads OpenAPI 3.0 (handlers/http/validation.py), in words of its own."""
    if id(node) in _MADE:
        return _MADE[id(node)]
    found: Any = node
    if isinstance(node, list):
        found = [_as_json_schema(each) for each in node]
    elif isinstance(node, dict):
        found = {key: _as_json_schema(each) for key, each in node.items() if key not in ("example", "nullable")}
        for exclusive, bound in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
            if found.get(exclusive) is True:
                found[exclusive] = found.pop(bound)
        if node.get("nullable") is True:
            found = {"anyOf": [found, {"type": "null"}]}
    _MADE[id(node)] = found
    return found


def test_it_is_served_with_an_etag_and_compressed(server: Server, modern: dict[str, Any]) -> None:
    address = f"{server.address}/api/openapi-3.1.json"
    response = httpx.get(address, trust_env=False)
    assert response.json() == modern
    assert (response.headers["content-type"], response.headers["content-encoding"]) == ("application/json", "gzip")
    again = httpx.get(address, headers={"If-None-Match": response.headers["etag"]}, trust_env=False)
    assert (again.status_code, again.content) == (304, b"")
