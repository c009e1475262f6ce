from __future__ import annotations

from typing import Any

import pytest

from codegen.components import component_files
from tests.codegen.documents import document, operation, ref

SCHEMAS: dict[str, Any] = {
    "Id": {"type": "string", "format": "uuid", "description": "A UUID. Those made here\nare version 7."},
    "Color": {"type": "string", "enum": ["red", "green"], "description": "A color."},
    "Thing": {"type": "object", "properties": {"id": ref("Id"), "color": ref("Color"), "other": ref("Id")}},
    "Wide": {"properties": {name: ref("Id") for name in "abcdefgh"}},
    "Unused": {"type": "integer"},
}


@pytest.fixture
def page() -> str:
    declared = operation("getThing", "Things", response="Thing") | {"security": [{"bearer": []}]}
    made = document(SCHEMAS, declared, *(operation(f"get{n}", "Things", response="Wide") for n in range(6)))
    made.content["paths"]["/getThing"]["parameters"] = [{"$ref": "#/components/parameters/IdPath"}]
    made.content["components"] |= {
        "parameters": {"IdPath": {"name": "id", "in": "path", "description": "Which | one.", "schema": ref("Id")}},
        "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer", "description": "A token."}},
    }
    return component_files(made)["docs/reference/components.md"]


def test_schema_has_its_form_first_sentence_and_keys(page: str) -> None:
    assert "| `Id` | string, uuid | A UUID. |" in page
    assert "| `Color` | enum | A color. `red`, `green` |" in page
    assert "| `Thing` | object | `id`, `color`, `other` | `getThing` |\n" in page
    assert "| `Wide` | object | `a`, `b`, `c`, `d`, `e`, `f` and 2 more |" in page
    assert "| `Unused` | integer | – | – |\n" in page


def test_parameter_has_its_place_and_name(page: str) -> None:
    assert "| `IdPath` | path `id` | Which \\| one. | `getThing` |\n" in page


def test_users_are_operations_and_components_each_once(page: str) -> None:
    assert "| `Color` | enum | A color. `red`, `green` | `Thing` |\n" in page
    assert "A UUID. | `Thing`, `Wide`, `IdPath` |\n" in page
    assert "and 2 more | `get0`, `get1`, `get2`, `get3`, 2 more |\n" in page
    assert "| `bearer` | http bearer | A token. | `getThing` |\n" in page


def test_page_is_marked_and_clean(page: str) -> None:
    assert "Generated from openapi.yaml by `make codegen`. Do not edit." in page
    assert "\n\n\n" not in page
    assert not [line for line in page.splitlines() if line != line.rstrip()]
