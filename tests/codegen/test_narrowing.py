from __future__ import annotations

from typing import Any

import pytest

from codegen.narrowing import Comparison
from pharus.openapi import Document, Schema

pytestmark = pytest.mark.no_database

_TEXT = {"type": "string", "maxLength": 10}
_NUMBER = {"type": "number", "minimum": 0, "maximum": 9}


def _object(required: tuple[str, ...] = ("a",), **properties: Schema) -> Schema:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(required),
        "properties": {"a": _TEXT, **properties},
    }


def _compare(before: Schema, after: Schema, **components: tuple[Schema, Schema]) -> Comparison:
    documents = [
        Document({"components": {"schemas": {name: pair[side] for name, pair in components.items()}}})
        for side in (0, 1)
    ]
    return Comparison(*documents)


@pytest.mark.parametrize(
    ("before", "after", "pointer"),
    [
        (_TEXT, {"type": "integer"}, ""),
        ({"type": "number"}, {"type": "integer"}, ""),
        ({**_TEXT, "nullable": True}, _TEXT, ""),
        (_TEXT, {**_TEXT, "maxLength": 9}, ""),
        ({"type": "string"}, _TEXT, ""),
        (_TEXT, {**_TEXT, "minLength": 1}, ""),
        (_TEXT, {**_TEXT, "pattern": "^a"}, ""),
        (_TEXT, {**_TEXT, "format": "uuid"}, ""),
        (_TEXT, {**_TEXT, "enum": ["a"]}, ""),
        ({"enum": ["a", "b"]}, {"enum": ["b"]}, ""),
        (_NUMBER, {**_NUMBER, "minimum": 1}, ""),
        (_NUMBER, {**_NUMBER, "exclusiveMinimum": True}, ""),
        (_NUMBER, {**_NUMBER, "exclusiveMaximum": True}, ""),
        (_NUMBER, {**_NUMBER, "multipleOf": 0.01}, ""),
        ({**_NUMBER, "default": 1}, {**_NUMBER, "default": 2}, ""),
        (_object(b=_TEXT), _object(), "/b"),
        (_object(b=_TEXT), _object(("a", "b"), b=_TEXT), "/b"),
        (_object(), _object(("a", "b"), b=_TEXT), "/b"),
        (_object(b=_TEXT), {**_object(), "properties": {"a": _TEXT, "new": _TEXT, "b": _TEXT}}, "/new"),
        (_object(b=_TEXT), {**_object(), "properties": {"b": _TEXT, "a": _TEXT}}, "/b"),
        (_object(b=_object()), _object(b=_object(("a", "c"), c=_TEXT)), "/b/c"),
        ({"type": "object"}, {"type": "object", "additionalProperties": False}, ""),
        ({"type": "array", "items": _TEXT}, {"type": "array", "items": {**_TEXT, "maxLength": 1}}, "/-"),
        ({"type": "array", "items": _TEXT}, {"type": "array", "items": _TEXT, "maxItems": 5}, ""),
        ({"anyOf": [_TEXT, _NUMBER]}, {"anyOf": [_NUMBER]}, ""),
        ({"anyOf": [_TEXT, _NUMBER]}, _NUMBER, ""),
    ],
)
def test_narrowed_request_is_found(before: Schema, after: Schema, pointer: str) -> None:
    found = _compare(before, after).of_requests(before, after)
    assert pointer in [each for each, _ in found]
    assert _compare(before, before).of_requests(before, before) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (_TEXT, {**_TEXT, "nullable": True}),
        (_TEXT, {"type": "string"}),
        ({"type": "integer"}, {"type": "number"}),
        (_TEXT, {"anyOf": [_TEXT, _NUMBER]}),
        (_NUMBER, {"type": "number", "minimum": -1, "maximum": 10}),
        ({"enum": ["a"]}, {"enum": ["a", "b"]}),
        (_object(), _object(b=_TEXT)),
        (_object(("a", "b"), b=_TEXT), _object(b=_TEXT)),
        ({"anyOf": [_TEXT]}, {"anyOf": [_NUMBER, _TEXT]}),
    ],
)
def test_wider_request_is_none(before: Schema, after: Schema) -> None:
    assert _compare(before, after).of_requests(before, after) == []


@pytest.mark.parametrize(
    ("before", "after", "pointer"),
    [
        (_object(b=_TEXT), _object(), "/b"),
        (_object(("a", "b"), b=_TEXT), _object(b=_TEXT), "/b"),
        (_object(), _object(a={**_TEXT, "nullable": True}), "/a"),
        (_object(), _object(a={"type": "integer"}), "/a"),
        ({"type": "integer"}, {"type": "number"}, ""),
        ({"type": "string", "format": "uuid"}, {"type": "string"}, ""),
        ({"type": "array", "items": _object()}, {"type": "array", "items": _object(())}, "/-/a"),
        ({"anyOf": [_TEXT]}, {"anyOf": [_TEXT, _NUMBER]}, ""),
    ],
)
def test_poorer_response_is_found(before: Schema, after: Schema, pointer: str) -> None:
    found = _compare(before, after).of_responses(before, after)
    assert pointer in [each for each, _ in found]
    assert _compare(before, before).of_responses(before, before) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (_object(), _object(("a", "b"), b=_TEXT)),
        ({"type": "number"}, {"type": "integer"}),
        ({**_TEXT, "nullable": True}, _TEXT),
        ({"enum": ["a"], "type": "string"}, {"enum": ["a", "b"], "type": "string"}),
        ({"anyOf": [_TEXT, _NUMBER]}, {"anyOf": [_TEXT]}),
    ],
)
def test_richer_answer_is_none(before: Schema, after: Schema) -> None:
    assert _compare(before, after).of_responses(before, after) == []


def test_references_and_parts_are_followed_and_recursion_ends() -> None:
    reference: dict[str, Any] = {"$ref": "#/components/schemas/Node"}

    def node(most: int) -> Schema:
        own = {"type": "object", "properties": {"name": {"type": "string", "maxLength": most}}}
        return {"allOf": [own, {"properties": {"children": {"type": "array", "items": reference}}}]}

    compare = _compare(reference, reference, Node=(node(9), node(8)))
    assert compare.of_requests(reference, reference) == [("/name", "maxLength is 8 now, was 9")]
    compare = _compare(reference, reference, Node=(node(9), node(9)))
    assert compare.of_requests(reference, reference) == []
