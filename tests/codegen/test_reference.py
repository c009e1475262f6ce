from __future__ import annotations

from typing import Any

from codegen.operations import operations
from codegen.reference import reference_files
from tests.codegen.documents import document, operation


def refusing(name: str, tag: str, role: str, *statuses: str) -> dict[str, Any]:
    declared = operation(name, tag) | {"x-minimum-role": role, "summary": f"What {name}\ndoes | more"}
    declared["responses"] = {
        "200": {"description": "Done."},
        **{status: {"$ref": f"#/components/responses/R{status}"} for status in statuses},
    }
    return declared


def files(*declared: dict[str, Any], tags: list[dict[str, str]] | None = None) -> dict[str, str]:
    made = document({}, *declared, tags=tags)
    made.content["components"]["responses"] = {
        f"R{status}": {
            "description": f"`{code}`: Why\n{status}.",
            "content": {"application/json": {"example": {"error": {"code": code}}}},
        }
        for status, code in (("401", "unauthorized"), ("404", "not_found"), ("409", "conflict"))
    }
    return reference_files(made, operations(made), "Things")


def test_operations_are_listed_by_tag_with_path_role_and_summary() -> None:
    text = files(
        refusing("getThing", "Things", "viewer"),
        refusing("getPlace", "Places", "owner"),
        tags=[{"name": "Places", "description": "Where things are."}, {"name": "Unused"}],
    )["docs/reference/operations.md"]
    assert text.index("## Places") < text.index("Where things are.") < text.index("## Things")
    assert "| `getThing` | `GET /getThing` | viewer | `read:Things` | What getThing does \\| more |\n" in text
    assert "Unused" not in text
    assert "# Operations of Things\n" in text


def test_roles_count_and_list_the_operations_of_each_least_role() -> None:
    text = files(
        refusing("getThing", "Things", "viewer"),
        refusing("listThings", "Things", "viewer"),
        refusing("getPlace", "Places", "owner"),
    )["docs/roles.md"]
    assert "| | viewer | owner |\n|---|---:|---:|\n| Things | 2 | – |\n| Places | – | 1 |\n" in text
    assert "## viewer\n\n- Things: `getThing`, `listThings`\n\n## owner\n\n- Places: `getPlace`\n" in text


def test_errors_say_what_all_have_and_what_each_has_beside_it() -> None:
    text = files(
        refusing("getThing", "Things", "viewer", "401", "404"),
        refusing("createThing", "Things", "member", "401", "409"),
        refusing("listThings", "Things", "viewer", "401"),
        refusing("getHealth", "Things", "public", "404"),
    )["docs/errors.md"]
    assert "| 404 | `not_found` | Why 404. |\n" in text
    assert "Every operation that needs a token may answer 401. Beside these:" in text
    assert "| `getThing` | 200 | 404 |\n" in text
    assert "| `createThing` | 200 | 409 |\n" in text
    assert "| `listThings` | 200 | – |\n" in text
    assert "| `getHealth` | 200 | 404 |\n" in text


def test_generated_tables_say_that_they_are_generated() -> None:
    for text in files(refusing("getThing", "Things", "viewer")).values():
        assert "Generated from openapi.yaml by `make codegen`. Do not edit." in text
        assert "\n\n\n" not in text
        assert text.endswith("\n")
        assert not [line for line in text.splitlines() if line != line.rstrip()]
