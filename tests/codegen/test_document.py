from __future__ import annotations

from pathlib import Path

import pytest

from codegen.document import Document, Unfit


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
    with pytest.raises(Unfit, match="#/components/schemas/A refers to itself"):
        circle.follow({"$ref": "#/components/schemas/A"})


def test_component_refuses_a_missing_one() -> None:
    with pytest.raises(Unfit, match="#/components/schemas/Gone does not exist"):
        Document({"components": {"schemas": {}}}).component({"$ref": "#/components/schemas/Gone"})


def test_component_refuses_a_schema_that_refers_elsewhere() -> None:
    with pytest.raises(Unfit, match="#/info is no component schema"):
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
