from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from codegen.project import Project, plugin
from codegen.stubs import stub_files
from pharus.openapi import InvalidDocument
from tests.codegen.documents import document, operation, ref

BASE = document(
    {
        "Thing": {"properties": {"id": {"type": "string"}}, "required": ["id"]},
        "Kind": {"type": "string", "enum": ["a"]},
        "Deleted": {"properties": {"deletedId": {"type": "string"}}},
    },
    operation("getThing", "Things", response="Thing"),
    operation("deleteThing", "Things", response="Deleted"),
    operation("deletePlace", "Places", response="Deleted"),
).content


def labels(root: Path, schemas: dict[str, Any], *operations: dict[str, Any]) -> Project:
    """The plugin `labels` in the package `pharus_labels`, with these components and operations beside those of ours."""
    merged = copy.deepcopy(BASE)
    merged["components"]["schemas"] |= schemas
    merged["paths"] |= {f"/api/x/labels/{one['operationId']}": {"get": one} for one in operations}
    return plugin(root, "pharus_labels", "/api/x/labels", merged, BASE)


LABEL = {"LabelsLabel": {"properties": {"thing": ref("Thing"), "text": {"type": "string"}}, "required": ["thing"]}}


def test_plugin_has_its_own_shapes_and_imports_ours(tmp_path: Path) -> None:
    made = labels(
        tmp_path,
        LABEL,
        operation("labelsGet", "Labels", response="LabelsLabel"),
        operation("labelsDelete", "Labels", response="Deleted"),
    )
    text = made.files["pharus_labels/schemas.py"]
    assert "class LabelsLabel(TypedDict):\n    thing: Thing\n    text: NotRequired[str]\n" in text
    assert "\nfrom plugins.things.schemas import Thing\n" in text
    assert "class Thing" not in text
    assert "Deleted" not in text
    assert set(made.files) == {
        "pharus_labels/schemas.py",
        "docs/reference/operations.md",
        "docs/roles.md",
        "docs/errors.md",
    }


def test_parts_of_a_plugin_in_what_is_ours_have_shapes_but_for_those_in_both_directions(tmp_path: Path) -> None:
    part = {"properties": {"text": {"type": "string"}}}
    thing = {"properties": {"id": {"type": "string"}, "x-labels": ref("LabelsPart"), "x-more": ref("LabelsBoth")}}
    taken = {"properties": {"x-more": ref("LabelsBoth"), "x-own": ref("LabelsAsked")}}
    merged = copy.deepcopy(BASE)
    shapes = {"LabelsPart": part, "LabelsBoth": part, "LabelsAsked": part, "Thing": thing, "ThingCreate": taken}
    merged["components"]["schemas"] |= shapes
    merged["paths"]["/api/things"] = {"post": operation("createThing", "Things", request="ThingCreate")}
    base = copy.deepcopy(BASE)
    base["components"]["schemas"]["ThingCreate"] = {"properties": {}}
    text = plugin(tmp_path, "pharus_labels", "/api/x/labels", merged, base).files["pharus_labels/schemas.py"]
    assert "class LabelsPart(TypedDict):\n    text: NotRequired[str]\n" in text
    assert "class LabelsAsked(TypedDict):" in text
    assert "LabelsBoth" not in text
    assert "Thing" not in text


def test_tables_of_a_plugin_list_its_own_operations_whatever_its_tag(tmp_path: Path) -> None:
    made = labels(tmp_path, LABEL, operation("labelsGet", "Things", response="LabelsLabel"))
    text = made.files["docs/reference/operations.md"]
    assert text.startswith("# Operations of the plugin labels\n")
    assert "`labelsGet`" in text
    assert "`getThing`" not in text


def test_stubs_of_a_plugin_import_from_where_the_shapes_stand(tmp_path: Path) -> None:
    made = labels(
        tmp_path,
        LABEL,
        operation("labelsGet", "Labels", response="LabelsLabel"),
        operation("labelsDelete", "Labels", response="Deleted"),
        operation("labelsThing", "Labels", response="Thing"),
    )
    (text,) = stub_files(made).values()
    assert "from pharus.schemas import Deleted\n" in text
    assert "from pharus_labels.schemas import LabelsLabel\n" in text
    assert "from plugins.things.schemas import Thing\n" in text
    assert "def labels_delete() -> Deleted:\n" in text


def test_plugin_that_takes_what_we_answer_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidDocument, match="Used in requests and in responses: Thing"):
        labels(tmp_path, {}, operation("labelsCopy", "Labels", request="Thing"))


def test_plugin_without_shapes_of_its_own_has_no_schemas(tmp_path: Path) -> None:
    made = labels(tmp_path, {}, operation("labelsDelete", "Labels", response="Deleted"))
    assert "pharus_labels/schemas.py" not in made.files
