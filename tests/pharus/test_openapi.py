from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pharus import openapi
from pharus.openapi import Document, InvalidDocument

pytestmark = pytest.mark.no_database


def test_load_reads_components_in_the_order_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "openapi.yaml"
    path.write_text("components:\n  schemas:\n    Zebra: {type: string}\n    Ant: {type: string, description: Größe}\n")
    loaded = Document.load(path)
    assert list(loaded.schemas) == ["Zebra", "Ant"]
    assert loaded.schemas["Ant"]["description"] == "Größe"


def test_follow_goes_through_a_chain_of_references() -> None:
    chain = Document({"components": {"schemas": {"A": {"$ref": "#/components/schemas/B"}, "B": {"type": "string"}}}})
    assert chain.follow({"$ref": "#/components/schemas/A"}) == {"type": "string"}


def test_follow_reads_escaped_names() -> None:
    escaped = Document({"paths": {"/a~b": {"get": {"operationId": "x"}}}})
    assert escaped.follow({"$ref": "#/paths/~1a~0b/get"}) == {"operationId": "x"}


def test_follow_refuses_a_circle() -> None:
    circle = Document({"components": {"schemas": {"A": {"$ref": "#/components/schemas/A"}}}})
    with pytest.raises(InvalidDocument, match="#/components/schemas/A refers to itself"):
        circle.follow({"$ref": "#/components/schemas/A"})


def test_component_refuses_a_missing_one() -> None:
    with pytest.raises(InvalidDocument, match="#/components/schemas/Gone does not exist"):
        Document({"components": {"schemas": {}}}).component({"$ref": "#/components/schemas/Gone"})


def test_component_refuses_a_schema_that_refers_elsewhere() -> None:
    with pytest.raises(InvalidDocument, match="#/info is no component schema"):
        Document({"info": {}}).component({"$ref": "#/info"})


def test_fold_merges_properties_and_required_of_all_parts() -> None:
    base = {"properties": {"id": {"type": "string"}}, "required": ["id"]}
    whole = {
        "description": "The whole.",
        "allOf": [
            {"$ref": "#/components/schemas/Base"},
            {"properties": {"note": {"type": "string"}}, "required": ["note"]},
        ],
    }
    folded = Document({"components": {"schemas": {"Base": base}}}).fold(whole)
    assert list(folded["properties"]) == ["id", "note"]
    assert folded["required"] == ["id", "note"]
    assert folded["description"] == "The whole."


def test_fold_keeps_the_reference_of_a_single_part() -> None:
    folded = Document({}).fold({"allOf": [{"$ref": "#/components/schemas/Base"}], "nullable": True})
    assert folded == {"$ref": "#/components/schemas/Base", "nullable": True}


def test_references_are_found_with_their_places() -> None:
    node = {"get": {"parameters": [{"$ref": "#/a"}, {"name": "x"}]}, "post": {"$ref": "#/b", "more": {"$ref": "#/c"}}}
    assert list(openapi.placed_references(node)) == [
        ("/get/parameters/0", "#/a"),
        ("/post", "#/b"),
        ("/post/more", "#/c"),
    ]
    assert list(openapi.references(node)) == ["#/a", "#/b", "#/c"]


DOCUMENT = {
    "paths": {
        "/things/{id}": {
            "summary": "no method",
            "parameters": [],
            "get": {
                "operationId": "getThing",
                "parameters": [{"$ref": "#/components/parameters/Id"}, {"name": "limit", "in": "query"}],
                "responses": {"default": {}, "204": {}, 200: {}, "404": {}},
            },
            "put": {
                "operationId": "replaceThing",
                "requestBody": {"$ref": "#/components/requestBodies/Thing"},
                "responses": {"200": {}},
            },
        },
        "/things": {"post": {"operationId": "createThing", "responses": {"201": {}}}},
    },
    "components": {
        "parameters": {"Id": {"name": "id", "in": "path"}},
        "requestBodies": {"Thing": {"required": True, "content": {}}},
    },
}
GET = DOCUMENT["paths"]["/things/{id}"]["get"]
PUT = DOCUMENT["paths"]["/things/{id}"]["put"]


def test_operations_are_those_of_the_methods_in_the_order_of_the_document() -> None:
    found = [(path, method, operation["operationId"]) for path, method, operation in openapi.operations(DOCUMENT)]
    assert found == [
        ("/things/{id}", "get", "getThing"),
        ("/things/{id}", "put", "replaceThing"),
        ("/things", "post", "createThing"),
    ]


def test_parameters_and_body_are_dereferenced() -> None:
    assert [each["name"] for each in openapi.parameters(DOCUMENT, GET)] == ["id", "limit"]
    assert openapi.request_body(DOCUMENT, PUT) == {"required": True, "content": {}}
    assert openapi.request_body(DOCUMENT, GET) == {}


def test_successes_are_the_2xx_statuses_as_numbers() -> None:
    assert openapi.successes(GET) == [200, 204]


def test_references_finds_them_at_any_depth() -> None:
    node = {"a": [{"$ref": "#/x"}, {"allOf": [{"$ref": "#/y"}]}], "$ref": "#/z", "properties": {"$ref": {"b": 1}}}
    assert sorted(openapi.references(node)) == ["#/x", "#/y", "#/z"]


def test_dereference_refuses_what_does_not_exist() -> None:
    with pytest.raises(InvalidDocument, match=r"#/components/parameters/Id/name/x does not exist"):
        openapi.dereference(DOCUMENT, {"$ref": "#/components/parameters/Id/name/x"})


@pytest.mark.parametrize(
    ("node", "found"),
    [
        ({"example": 1, "examples": {"other": {"value": 2}}}, [1]),
        ({"examples": {"one": {"value": 2}, "elsewhere": {"externalValue": "https://example.com"}}}, [2]),
        ({}, []),
    ],
)
def test_examples_of_one_and_of_several(node: dict[str, object], found: list[object]) -> None:
    assert openapi.examples(node) == found


FILES: dict[str, Any] = {
    "parameters": [{"name": "limit"}],
    "x-parameters": [{"name": "format"}],
    "answer": {"content": {"application/json": {}}, "x-content": {"text/csv": {}}},
    "alone": {"x-content": {"text/csv": {}}},
}
IN_STANDARD_WORDS: dict[str, Any] = {
    "parameters": [{"name": "limit"}, {"name": "format"}],
    "answer": {"content": {"application/json": {}, "text/csv": {}}},
    "alone": {"content": {"text/csv": {}}},
}


def test_words_of_our_own_become_standard_ones() -> None:
    ours = {
        "type": "object",
        "properties": {
            "a": {"type": "string", "nullable": True, "format": "date-or-date-time", "maxLength": 9},
            "file": {"type": "string", "format": "binary", "x-min-bytes": 1},
            "kind": {"type": "string", "enum": ["A"], "x-enum-also": ["B"]},
        },
        "x-exactly-one": ["a", "kind"],
        "links": {"Next": {"operationId": "next", "x-request-body": {"a": 1}}},
        **FILES,
    }
    null = {"type": "string", "nullable": True, "enum": [None]}
    assert openapi.in_standard_words(ours) == {
        "type": "object",
        "properties": {
            "a": {
                "type": "string",
                "nullable": True,
                "maxLength": 9,
                "anyOf": [
                    {"type": "string", "nullable": True, "format": "date"},
                    {"type": "string", "nullable": True, "format": "date-time"},
                ],
            },
            "file": {"type": "string", "format": "binary", "minLength": 1},
            "kind": {"type": "string", "enum": ["A", "B"]},
        },
        "oneOf": [
            {"required": ["a"], "not": {"properties": {"a": null}}},
            {"required": ["kind"], "not": {"properties": {"kind": null}}},
        ],
        "links": {"Next": {"operationId": "next", "requestBody": {"a": 1}}},
        **IN_STANDARD_WORDS,
    }
    assert "x-exactly-one" in ours


def test_what_is_for_files_alone_stands_beside_the_rest() -> None:
    node = {"x-min-bytes": 1, "get": [FILES]}
    assert openapi.with_files(node) == {"x-min-bytes": 1, "get": [IN_STANDARD_WORDS]}
    assert openapi.media_types(FILES["answer"]) == IN_STANDARD_WORDS["answer"]["content"]
    assert [each["name"] for each in openapi.parameters({}, FILES)] == ["limit"]
    assert [each["name"] for each in openapi.parameters_of_files({}, FILES)] == ["format"]
    assert [each["name"] for each in openapi.all_parameters({}, FILES)] == ["limit", "format"]
    assert "content" not in FILES["alone"]
