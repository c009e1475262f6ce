"""The document itself: an OpenAPI document by the schema of OpenAPI 3.0, whose examples are what it describes."""

from collections.abc import Iterator
from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV30SpecValidator

from handlers.http.validation import Schemas
from pharus import openapi
from pharus.openapi import JSON
from tests.contract import calls
from tests.contract.conformance import document, strict
from tests.contract.conftest import Tally

pytestmark = pytest.mark.no_database

_OPERATIONS = calls.operations()


def test_document_is_valid_by_the_schema_of_openapi() -> None:
    errors = [
        f"{list(error.absolute_path)}: {error.message}" for error in OpenAPIV30SpecValidator(document()).iter_errors()
    ]
    assert errors == []


@pytest.mark.parametrize("operation", _OPERATIONS, ids=lambda operation: operation.id)
def test_examples_are_what_the_schemas_describe(operation: calls.Operation, tally: Tally) -> None:
    schemas = Schemas(strict())
    found = list(_examples(operation))
    tally("examples", len(found))
    for place, schema, example in found:
        errors = [
            f"{place}{error.instance_path}: {error.message}" for error in schemas.compile(schema).iter_errors(example)
        ]
        assert errors == []
    assert any(place.startswith("2") for place, _, _ in found) or not _answers_json(operation), (
        "its answer has no example"
    )


def _examples(operation: calls.Operation) -> Iterator[tuple[str, Any, Any]]:
    for parameter in operation.parameters:
        yield f"{parameter['in']}/{parameter['name']}", parameter["schema"], calls.example_of(operation, parameter)
    if operation.media_type == JSON:
        for call in calls.examples(operation):
            yield "body", operation.body["schema"], call.body
    for status, answer in operation.declared["responses"].items():
        for media_type, content in openapi.dereference(document(), answer).get("content", {}).items():
            for example in calls.values(content) if media_type == JSON else ():
                yield str(status), content["schema"], example


def _answers_json(operation: calls.Operation) -> bool:
    return any(
        JSON in openapi.dereference(document(), answer).get("content", {})
        for status, answer in operation.declared["responses"].items()
        if str(status).startswith("2")
    )
