"""The document itself: an OpenAPI document by the schema of OpenAPI 3.0, whose examples are what it describes."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV30SpecValidator

from contract.calling import examples
from contract.document import Operation
from handlers.http.validation import BodyValidator, Schemas
from pharus import openapi
from pharus.openapi import JSON
from tests.contract import calls
from tests.contract.conftest import Tally
from tests.contract.judging import document, strict
from tests.contract.stumbling_blocks import stumbling_blocks

pytestmark = pytest.mark.no_database

_OPERATIONS = calls.operations()


@cache
def _schemas() -> Schemas:
    return Schemas(strict())


def test_document_is_valid_by_the_schema_of_openapi() -> None:
    errors = [
        f"{list(error.absolute_path)}: {error.message}" for error in OpenAPIV30SpecValidator(document()).iter_errors()
    ]
    assert errors == []


@pytest.mark.parametrize("operation", _OPERATIONS, ids=lambda operation: operation.id)
def test_examples_are_what_the_schemas_describe(operation: Operation, tally: Tally) -> None:
    found = list(_examples(operation))
    tally("examples", len(found))
    for place, schema, example in found:
        validator = BodyValidator(_schemas(), schema)
        problems = validator.problems(validator.convert(example))
        assert [f"{place}{problem.path}: {problem.message}" for problem in problems] == []
    assert any(place.startswith("2") for place, _, _ in found) or not _answers_json(operation), (
        "its answer has no example"
    )


def test_document_has_nothing_that_generators_of_clients_stumble_over() -> None:
    """The words of our own for these are at the top of openapi.yaml; `openapi.in_standard_words` knows them."""
    assert stumbling_blocks(document()) == []


def _examples(operation: Operation) -> Iterator[tuple[str, Any, Any]]:
    for parameter in operation.parameters:
        yield f"{parameter['in']}/{parameter['name']}", parameter["schema"], _example_of(operation, parameter)
    if operation.media_type == JSON:
        found = examples(operation)
        assert found, f"{operation.id}: its body has no example in openapi.yaml; give it one that is served"
        for call in found:
            yield "body", operation.body["schema"], call.body
    for status, answer in operation.declared["responses"].items():
        for media_type, content in openapi.dereference(document(), answer).get("content", {}).items():
            for example in _values(content) if media_type == JSON else ():
                yield str(status), content["schema"], example


def _answers_json(operation: Operation) -> bool:
    return any(
        JSON in openapi.dereference(document(), answer).get("content", {})
        for status, answer in operation.declared["responses"].items()
        if str(status).startswith("2")
    )


def _example_of(operation: Operation, parameter: Mapping[str, Any]) -> Any:
    found = _values(parameter)
    assert found, f"{operation.id}: the parameter {parameter['name']} has no example in openapi.yaml; give it one"
    return found[0]


def _values(node: Mapping[str, Any]) -> list[Any]:
    """The examples that are beside a schema."""
    if "example" in node:
        return [node["example"]]
    return [openapi.dereference(document(), each)["value"] for each in node.get("examples", {}).values()]
