"""The compiled schemas of responses, held against openapi-core's: they must never accept what that refuses."""

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from openapi_core.validation.schemas import oas30_read_schema_validators_factory as openapi_core

from contract.response_schemas import ResponseSchemas
from pharus import openapi
from tests.contract.judging import strict

_VALUES = [
    *(None, True, 0, -1, 5, 4.5, 0.0000001, 10**13, [], {}, "", "x", "x" * 20000, "12.5", "-3", "USD"),
    *("2026-03-02", "2026-02-30", "2026-03-02T10:00:00Z", "2026-03-02T25:00:00Z", "2026-03-02 10:00:00"),
    *("a@example.com", "a@", "https://example.com/", "no uri", str(uuid.UUID(int=5)), uuid.UUID(int=5).hex),
]


def _schemas() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every schema that a response leads to, and every one inside of these, each once."""
    seen: set[int] = set()

    def inside(name: str, schema: Any) -> Iterator[tuple[str, dict[str, Any]]]:
        if not isinstance(schema, dict) or id(schema) in seen:
            return
        seen.add(id(schema))
        yield name, schema
        if "$ref" in schema:
            yield from inside(schema["$ref"], openapi.dereference(strict(), schema))
        for key, value in schema.get("properties", {}).items():
            yield from inside(f"{name}/{key}", value)
        for key in ("items", "additionalProperties", "not"):
            yield from inside(f"{name}/{key}", schema.get(key))
        for key in ("allOf", "anyOf", "oneOf"):
            for each in schema.get(key, ()):
                yield from inside(f"{name}/{key}", each)

    for _, _, operation in openapi.operations(strict()):
        for status, response in operation["responses"].items():
            content = openapi.dereference(strict(), response).get("content", {})
            if openapi.JSON in content:
                yield from inside(f"{operation['operationId']} {status}", content[openapi.JSON]["schema"])


def _examples() -> Iterator[tuple[str, dict[str, Any], Any]]:
    """The examples of responses, one for each schema."""
    seen: set[str] = set()
    for _, _, operation in openapi.operations(strict()):
        for status, response in operation["responses"].items():
            content = openapi.dereference(strict(), response).get("content", {}).get(openapi.JSON)
            if content is not None and str(content["schema"]) not in seen:
                seen.add(str(content["schema"]))
                for example in openapi.examples(content):
                    yield f"{operation['operationId']} {status}", content["schema"], example


def _library(schema: dict[str, Any]) -> Any:
    complete = {**schema, "components": strict()["components"]}
    factory = openapi_core
    return factory.schema_validator_cls(complete, format_checker=factory.format_checker)


def test_nothing_is_accepted_that_openapi_core_refuses() -> None:
    compiled = ResponseSchemas(strict())
    accepted = refused = 0
    for name, schema in _schemas():
        library = _library(schema)
        for value in _VALUES:
            if compiled.accepts(schema, value):
                accepted += 1
                assert library.is_valid(value), f"{name}: {value!r}"
            else:
                refused += 1
    assert accepted > 1000
    assert refused > 10000


def test_every_example_is_accepted_and_none_with_a_key_less_or_more() -> None:
    compiled = ResponseSchemas(strict())
    for name, schema, example in _examples():
        assert compiled.accepts(schema, example), name
        if isinstance(example, dict):
            assert not compiled.accepts(schema, {**example, "surprise": 1}), name
            for key in openapi.dereference(strict(), schema).get("required", ()):
                less = {each: value for each, value in example.items() if each != key}
                assert not compiled.accepts(schema, less), f"{name} without {key}"


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        ({"type": "string", "nullable": True}, None),
        ({"type": "number", "minimum": 0, "exclusiveMinimum": True}, 1),
        ({"type": "number", "minimum": 0, "exclusiveMinimum": False}, 0),
    ],
)
def test_words_of_openapi_are_kept(schema: dict[str, Any], value: object) -> None:
    assert ResponseSchemas({}).accepts(schema, value)


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        ({"type": "string"}, None),
        ({"type": "string", "nullable": True, "enum": ["a"]}, None),
        ({"type": "number", "minimum": 0, "exclusiveMinimum": True}, 0),
        ({"type": "number", "maximum": 0, "exclusiveMaximum": True}, 0),
        ({"type": "string", "format": "uuid"}, "no-uuid"),
        ({"type": "string", "format": "date-time"}, "2026-03-02"),
    ],
)
def test_what_they_forbid_is_refused(schema: dict[str, Any], value: object) -> None:
    assert not ResponseSchemas({}).accepts(schema, value)
