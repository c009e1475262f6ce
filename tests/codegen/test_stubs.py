from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from codegen.project import Project, checkout
from codegen.stubs import add_stubs, function_name, stub_files
from tests.codegen.documents import document, operation

SCHEMAS = {
    "Thing": {"type": "object", "properties": {"id": {"type": "string"}}, "required": ["id"]},
    "ThingCreate": {"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"]},
}
NAMES = ("listThings", "createThing", "getThing", "updateThing", "deleteThing")


def project(folder: Path, *names: str, **changes: Any) -> Project:
    """A checkout in the folder whose domain `things` has the operations of these names."""
    made = [
        operation(name, "Things", request="ThingCreate" if name[:6] in ("create", "update") else None, response="Thing")
        | changes
        for name in names
    ]
    (folder / "openapi.yaml").write_text(yaml.safe_dump(document(SCHEMAS, *made).content, sort_keys=False))
    return checkout(folder)


def functions(text: str) -> list[str]:
    return [node.name for node in ast.parse(text).body if isinstance(node, ast.FunctionDef)]


def added(folder: Path, text: str, *names: str, **changes: Any) -> str:
    made = project(folder, *names, **changes)
    return add_stubs(made, made.operations, text, "plugins.things")


def test_stub_has_the_parameters_and_the_shapes_of_its_operation(tmp_path: Path) -> None:
    parameters = [
        {"name": "isActive", "in": "query", "schema": {"type": "string"}},
        {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}},
        {"name": "limit", "in": "query", "schema": {"type": "integer", "default": 100}},
        {"name": "most", "in": "query", "schema": {"type": "integer"}},
    ]
    text = added(tmp_path, "", "updateThing", parameters=parameters)
    assert text == (
        '"""The operations of plugins.things, in the order of the document."""\n'
        "\n"
        "from plugins.things.schemas import Thing, ThingCreate\n"
        "\n"
        "\n"
        "def update_thing(\n"
        "    id: str, body: ThingCreate, limit: int, is_active: str | None = None, most: int | None = None\n"
        ") -> Thing:\n"
        '    raise NotImplementedError("updateThing is not written yet")\n'
    )


def test_new_file_is_made_with_all_functions_in_the_order_of_the_document(tmp_path: Path) -> None:
    files = stub_files(project(tmp_path, *NAMES))
    assert list(files) == ["plugins/things/operations.py"]
    assert functions(files["plugins/things/operations.py"]) == [
        "list_things", "create_thing", "get_thing", "update_thing", "delete_thing",
    ]  # fmt: skip


def test_stub_stands_behind_the_operation_before_it(tmp_path: Path) -> None:
    text = '"""Mine."""\n\n\ndef list_things() -> Thing:\n    return 1\n\n\ndef get_thing() -> Thing:\n    return 2'
    assert functions(added(tmp_path, text, *NAMES)) == [
        "list_things", "create_thing", "get_thing", "update_thing", "delete_thing",
    ]  # fmt: skip


def test_only_names_that_are_not_imported_yet_are_imported(tmp_path: Path) -> None:
    text = '"""Mine."""\n\nfrom plugins.things.schemas import Thing\n\n\ndef get_thing() -> Thing: ...\n'
    assert "from plugins.things.schemas import ThingCreate\n" in added(tmp_path, text, "getThing", "createThing")
    assert added(tmp_path, text, "getThing") == text


def test_answer_without_a_name_is_annotated_with_what_says_least(tmp_path: Path) -> None:
    inline = {"200": {"content": {"application/json": {"schema": {"type": "array", "items": {}}}}}}
    assert "-> list[object]:" in added(tmp_path, "", "listThings", responses=inline)
    assert "-> None:" in added(tmp_path, "", "listThings", responses={"204": {"description": "Done."}})


HAND_WRITTEN = st.lists(
    st.sampled_from(
        [
            "import decimal\n",
            "from plugins.things.schemas import (\n    Thing,\n)\n",
            "# A comment of mine.\n",
            "\n",
            "LIMIT = 3\n",
            "def _private() -> int:\n    return 1  # for now\n",
            "class Listing:\n    def get_thing(self) -> None: ...\n",
            *(
                f"def {name}() -> int:\n    # by hand\n    return {n}\n"
                for n, name in enumerate(["get_thing", "list_things"])
            ),
        ]
    ),
    max_size=9,
)


@given(parts=HAND_WRITTEN, docstring=st.booleans(), names=st.permutations(NAMES), count=st.integers(1, 5))
def test_no_line_that_was_there_is_changed_or_moved(
    tmp_path_factory: pytest.TempPathFactory, parts: list[str], docstring: bool, names: list[str], count: int
) -> None:
    text = ('"""Mine."""\n' if docstring else "") + "".join(parts)
    result = added(tmp_path_factory.mktemp("p"), text, *names[:count])
    # A file without a word is as good as none.
    before, after = text.splitlines() if text.strip() else [], iter(result.splitlines())
    assert all(line in after for line in before), "a line is gone, or its place is another one"
    assert set(functions(result)) >= {
        function_name(one) for one in project(tmp_path_factory.mktemp("q"), *names[:count]).operations
    }
    assert added(tmp_path_factory.mktemp("r"), result, *names[:count]) == result
