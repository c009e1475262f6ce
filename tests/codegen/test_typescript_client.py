from __future__ import annotations

import json
from pathlib import Path

import pytest

from codegen.source import LINE_LENGTH
from codegen.typescript_client import FOLDER, broken, comment, typescript_client_files
from pharus.openapi import Document, InvalidDocument
from tests.codegen.documents import document, operation, ref

pytestmark = pytest.mark.no_database

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def files() -> dict[str, str]:
    found = typescript_client_files(Document.load(ROOT / "openapi.yaml"), "9.8.7")
    return {path.removeprefix(f"{FOLDER}/"): text for path, text in found.items()}


def test_version_is_that_of_the_server(files: dict[str, str]) -> None:
    version = Document.load(ROOT / "openapi.yaml").content["info"]["version"]
    assert f' VERSION = "9.8.7";\nexport const API_VERSION = "{version}"' in files["src/version.ts"]
    assert json.loads(files["package.json"])["version"] == "9.8.7"


def test_every_operation_is_a_method(files: dict[str, str]) -> None:
    paths = Document.load(ROOT / "openapi.yaml").content["paths"]
    count = sum("operationId" in each for item in paths.values() for each in item.values())
    methods = "".join(text for path, text in files.items() if path.startswith("src/api/"))
    assert methods.count("this.#transport.send(") == count


def test_only_what_has_another_form_is_converted(files: dict[str, str]) -> None:
    shapes = files["src/shapes.ts"]
    assert '  MaterialsSummary: {\n    onHand: "decimal",\n' in shapes
    assert '  VendorPage: {\n    data: "Vendor",\n  },\n' in shapes
    assert "Lookup: {" in shapes
    assert "DeletedId" not in shapes
    assert "VendorCreate" not in shapes


def test_values_that_have_a_name_are_called_by_it(files: dict[str, str]) -> None:
    assert "eventType?: MaterialsEventType | undefined;" in files["src/api/materials-inventory.ts"]


def test_no_line_is_too_long(files: dict[str, str]) -> None:
    # A union of texts is one line, however many they are.
    lines = [line for text in files.values() for line in text.splitlines() if '" | "' not in line]
    assert max(map(len, lines)) <= LINE_LENGTH


def test_two_objects_of_one_name_are_refused() -> None:
    thing = {"properties": {"part": {"properties": {"id": {"type": "string"}}}}}
    of_both = document(
        {"Thing": thing, "ThingPart": {"properties": {"id": ref("Id")}}, "Id": {"type": "string"}},
        operation("getThing", "Things", response="Thing"),
        operation("getPart", "Parts", response="ThingPart"),
    )
    with pytest.raises(InvalidDocument, match="the same name: ThingPart"):
        typescript_client_files(of_both, "1.0.0")


def test_comment_is_one_line_or_many_and_cannot_end_early() -> None:
    assert comment([""]) == []
    assert comment(["A */ B."]) == ["/** A * / B. */"]
    assert comment(["One.", "Two."]) == ["/**", " * One.", " *", " * Two.", " */"]


def test_object_that_does_not_fit_is_broken() -> None:
    assert broken(["a: 1", "b"], 0) == ["{ a: 1, b },"]
    assert broken(["a: 1", "b"], 110) == ["{", "  a: 1,", "  b,", "},"]
    assert broken(["query: {\n  a,\n}"], 0) == ["{", "  query: {", "    a,", "  },", "},"]
