from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from codegen.__main__ import main
from tests.codegen.documents import response_document

THING = {"Thing": {"properties": {"id": {"type": "string"}}, "required": ["id"]}}
FILE = "plugins/things/operations.py"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A domain of one operation, whose files are fresh."""
    (tmp_path / "openapi.yaml").write_text(yaml.safe_dump(response_document(THING).content))
    CliRunner().invoke(main, ["--root", str(tmp_path)])
    CliRunner().invoke(main, ["--root", str(tmp_path), "stubs"])
    return tmp_path


def test_check_takes_functions_that_fit(root: Path) -> None:
    (root / FILE).write_text((root / FILE).read_text() + "\n\ndef _helper(id: str) -> None: ...\n")
    checked = CliRunner().invoke(main, ["--check", "--root", str(root)])
    assert (checked.exit_code, checked.output) == (0, "")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "def get_thing() -> None: ...\ndef old_thing() -> None: ...",
            "old_thing belongs to no operation of the document.",
        ),
        ("def get_thing(id: str) -> None: ...", "get_thing takes id, which its operation does not have."),
        ("X = 1", "plugins.things.operations has no get_thing for the operation getThing."),
        ("def get_thing(:", "plugins.things.operations cannot be read: line 1"),
    ],
)
def test_check_names_functions_that_do_not_fit(root: Path, text: str, sentence: str) -> None:
    (root / FILE).write_text(text)
    checked = CliRunner().invoke(main, ["--check", "--root", str(root)])
    assert checked.exit_code == 1
    assert sentence in checked.output


def test_check_of_the_checkout_compares_every_function() -> None:
    from codegen.__main__ import CHECKOUT
    from codegen.functions import unfit_functions
    from codegen.project import checkout

    project = checkout(CHECKOUT)
    assert unfit_functions(project) == []
    (domain,) = {each.domain for each in project.operations if each.operation_id == "createVendor"}
    changed = [each for each in project.operations if each.operation_id != "createVendor"]
    object.__setattr__(project, "operations", changed)
    assert unfit_functions(project) == [
        f"plugins.{domain}.operations.create_vendor belongs to no operation of the document."
    ]
