from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from codegen.schemas import schema_files
from pharus.openapi import InvalidDocument
from tests.codegen.documents import document, operation, ref, request_document, response_document

STRING = {"type": "string"}


def test_component_of_one_domain_stands_there_and_one_of_two_in_the_kernel() -> None:
    schemas = {
        "Thing": {"properties": {"id": STRING, "kind": ref("Kind")}, "required": ["id", "kind"]},
        "Place": {"properties": {"kind": ref("Kind")}, "required": ["kind"]},
        "Kind": {"type": "string", "enum": ["a"]},
    }
    first = operation("getThing", "Things", response="Thing")
    second = operation("getPlace", "Places", response="Place")
    files = schema_files(document(schemas, first, second))
    assert list(files) == ["pharus/schemas.py", "plugins/things/schemas.py", "plugins/places/schemas.py"]
    assert 'Kind = Literal["a"]' in files["pharus/schemas.py"]
    assert "from pharus.schemas import Kind" in files["plugins/things/schemas.py"]
    assert "class Thing(TypedDict):\n    id: str\n    kind: Kind\n" in files["plugins/things/schemas.py"]
    assert "Thing" not in files["plugins/places/schemas.py"]


def test_component_of_two_operations_of_one_domain_stays_there() -> None:
    schemas = {"Thing": {"properties": {"id": STRING}}}
    first = operation("getThing", "Things", response="Thing")
    second = operation("findThing", "Things", response="Thing")
    assert list(schema_files(document(schemas, first, second))) == ["plugins/things/schemas.py"]


def test_unused_components_and_errors_are_not_generated() -> None:
    schemas = {"Error": {"properties": {"code": STRING}}, "Unused": {"properties": {"id": STRING}}}
    assert schema_files(document(schemas, operation("getThing", "Things", error="Error"))) == {}


def test_object_in_both_directions_is_refused_by_name() -> None:
    schemas = {"Thing": {"properties": {"id": STRING}}}
    with pytest.raises(InvalidDocument, match=r"^Used in requests and in responses: Thing\."):
        schema_files(document(schemas, operation("copyThing", "Things", request="Thing", response="Thing")))


def test_enum_in_both_directions_is_one_literal() -> None:
    schemas = {"Kind": {"type": "string", "enum": ["a"]}}
    files = schema_files(document(schemas, operation("copyKind", "Things", request="Kind", response="Kind")))
    assert files["plugins/things/schemas.py"].count("Kind =") == 1


def test_same_name_for_two_parts_written_in_place_is_refused() -> None:
    inner = {"properties": {"id": STRING}}
    schemas = {
        "Owner": {"properties": {"aB": inner, "other": ref("OwnerA")}},
        "OwnerA": {"properties": {"b": inner}},
    }
    with pytest.raises(InvalidDocument, match="OwnerAB"):
        schema_files(response_document(schemas))


def test_description_becomes_its_first_sentence() -> None:
    thing = {"description": "What is\nkept, e.g. soap. And more.", "properties": {"id": STRING}}
    text = schema_files(response_document({"Thing": thing}))["plugins/things/schemas.py"]
    assert '    """What is kept, e.g. soap."""\n\n    id: ' in text


def awkward_schemas() -> dict[str, Any]:
    """What a formatter could want otherwise: long lines, quotes, one-line and many-line lists, every import."""
    words = "word " * 60
    names = [f"AComponentWithQuiteALongName{n}" for n in range(6)]
    return {
        "Everything": {
            "description": f'{words}ends with a "quote"',
            "properties": {
                "at": {"type": "string", "format": "date-time"},
                "sum": {"type": "number", "nullable": True},
                "either": ref("Either"),
                "short": ref("Short"),
                "long": ref("Long"),
                "inPlace": {"type": "string", "enum": [f"value_{n}_{'x' * 20}" for n in range(6)]},
                **{name[0].lower() + name[1:]: ref(name) for name in names},
            },
            "required": ["at"],
        },
        "Short": {"type": "string", "enum": ["it's", 'say "x"', "back\\slash", "tab\t", "ü"], "description": words},
        "Long": {"type": "string", "enum": [f"value_{n}_{'x' * 20}" for n in range(6)]},
        "Either": {"oneOf": [ref(name) for name in names], "description": "One of the\\six."},
        **{name: {"description": f'"{n}" it is', "properties": {"id": STRING}} for n, name in enumerate(names)},
    }


@pytest.mark.parametrize("shared", [False, True], ids=["one_domain", "two_domains"])
@pytest.mark.parametrize("first", ["Everything", "Short", "Either"])
def test_generated_files_are_as_the_formatter_and_the_linter_want_them(
    tmp_path: Path, first: str, shared: bool
) -> None:
    schemas = awkward_schemas()
    ordered = {first: schemas[first], **schemas}
    operations = [operation("getEverything", "Things", response="Everything")]
    if shared:
        others = {f"Other{n}": {"properties": {"x": ref(name)}} for n, name in enumerate(schemas)}
        ordered |= {**others, "Others": {"properties": {name[0].lower() + name[1:]: ref(name) for name in others}}}
        operations.append(operation("getOthers", "Others", response="Others"))
    files = schema_files(document(ordered, *operations))
    assert len(files) == (2 if shared else 1)
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
        compile(text, path, "exec")
    config = Path(__file__).parents[2] / "pyproject.toml"
    for command in (["format", "--diff"], ["check"]):
        ruff = [sys.executable, "-m", "ruff", *command, "--no-cache", "--config", str(config), str(tmp_path)]
        done = subprocess.run(ruff, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr


def test_file_of_a_request_is_what_the_kernel_calls_an_upload() -> None:
    thing = {"properties": {"file": {"type": "string", "format": "binary"}}, "required": ["file"]}
    text = schema_files(request_document({"Thing": thing}))["plugins/things/schemas.py"]
    assert "\nfrom pharus.uploads import Upload\n" in text
    assert "\n    file: Upload\n" in text


def test_generated_types_are_what_python_reads_from_them() -> None:
    thing = {"properties": {"id": STRING, "note": {"type": "string", "nullable": True}}, "required": ["id"]}
    text = schema_files(request_document({"Thing": thing}))["plugins/things/schemas.py"]
    module: dict[str, Any] = {"__name__": "generated"}
    exec(text, module)
    assert module["Thing"](id="1") == {"id": "1"}
    assert list(module["Thing"].__annotations__) == ["id", "note"]
