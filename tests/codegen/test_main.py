from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from codegen.__main__ import CHECKOUT, main
from tests.codegen.documents import operation, response_document

THING = {"Thing": {"properties": {"id": {"type": "string"}}, "required": ["id"]}}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder with a document of one component."""
    (tmp_path / "openapi.yaml").write_text(yaml.safe_dump(response_document(THING).content))
    return tmp_path


def test_codegen_writes_and_check_then_finds_everything_fresh(root: Path) -> None:
    written = CliRunner().invoke(main, ["--root", str(root)])
    files = [
        *("docs/errors.md", "docs/reference/components.md", "docs/reference/operations.md", "docs/roles.md"),
        "plugins/things/schemas.py",
    ]
    assert (written.exit_code, written.output.splitlines()) == (0, files)
    checked = CliRunner().invoke(main, ["--check", "--root", str(root)])
    assert (checked.exit_code, checked.output) == (0, "")


def test_check_names_a_stale_file_and_exits_with_1(root: Path) -> None:
    CliRunner().invoke(main, ["--root", str(root)])
    target = root / "plugins/things/schemas.py"
    target.write_text(target.read_text().replace("id: str", "id: int"))
    checked = CliRunner().invoke(main, ["--check", "--root", str(root)])
    assert checked.exit_code == 1
    assert "plugins/things/schemas.py. Run `make codegen`" in checked.output
    assert "id: int" in target.read_text()


def test_stubs_adds_the_missing_functions_once(root: Path) -> None:
    for expected in ("plugins/things/operations.py\n", ""):
        added = CliRunner().invoke(main, ["--root", str(root), "stubs"])
        assert (added.exit_code, added.output) == (0, expected)
    assert "def get_thing() -> Thing:" in (root / "plugins/things/operations.py").read_text()


def test_stubs_refuses_what_it_cannot_read_with_a_sentence(root: Path) -> None:
    (root / "plugins/things").mkdir(parents=True)
    (root / "plugins/things/operations.py").write_text("def get_thing(:\n")
    refused = CliRunner().invoke(main, ["--root", str(root), "stubs"])
    assert refused.exit_code == 1
    assert "plugins.things.operations cannot be read: line 1" in refused.output


def test_codegen_refuses_an_unfit_document_with_a_sentence(root: Path) -> None:
    content = response_document(THING).content
    content["paths"]["/copy"] = {"get": operation("copyThing", "Things", request="Thing")}
    (root / "openapi.yaml").write_text(yaml.safe_dump(content))
    refused = CliRunner().invoke(main, ["--root", str(root)])
    assert refused.exit_code == 1
    assert refused.output.startswith("Error: openapi.yaml: Used in requests and in responses: Thing.")
    assert not (root / "plugins").exists()


def test_codegen_without_a_document_says_where_it_looked(tmp_path: Path) -> None:
    refused = CliRunner().invoke(main, ["--root", str(tmp_path)])
    assert refused.exit_code == 1
    assert f"There is no {tmp_path / 'openapi.yaml'}" in refused.output


def test_generated_files_of_the_repository_are_fresh() -> None:
    checked = CliRunner().invoke(main, ["--check"])
    assert checked.exit_code == 0, checked.output


def test_codegen_loads_nothing_of_the_packages_it_writes_for_but_the_reader() -> None:
    code = "import sys, codegen.__main__, codegen.released, codegen.scaffold; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], cwd=CHECKOUT, capture_output=True, text=True, check=True)
    loaded = {name for name in run.stdout.split() if name.split(".")[0] in ("pharus", "handlers", "plugins")}
    assert loaded == {"pharus", "pharus.openapi"}
