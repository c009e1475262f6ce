"""Libraries whose internals are used: one adapter imports each, and its version has an upper bound.

The tests of an adapter list the names that it uses.
"""

import ast
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest
from packaging.requirements import Requirement

pytestmark = pytest.mark.no_database

ROOT = Path(__file__).parent.parent

# The only modules that may import the library; server.py uses what uvicorn documents, and supervisor.py is the adapter
# of what watches its workers.
ADAPTERS = {
    "connexion": {"handlers/http/connexion_internals.py"},
    "uvicorn": {
        "handlers/http/uvicorn_internals.py",
        "handlers/server.py",
        "handlers/stopping.py",
        "handlers/supervisor.py",
    },
    "reportlab": {"pharus/pdf/xhtml2pdf_internals.py"},
    "xhtml2pdf": {"pharus/pdf/xhtml2pdf_internals.py"},
}


@pytest.mark.parametrize("library", ADAPTERS)
def test_library_is_imported_by_its_adapter_alone(library: str) -> None:
    files = [file for folder in ("pharus", "handlers", "plugins") for file in (ROOT / folder).rglob("*.py")]
    assert {str(file.relative_to(ROOT)) for file in files if library in _imported(file)} == ADAPTERS[library]


@pytest.mark.parametrize("library", ADAPTERS)
def test_version_has_an_upper_bound_that_the_tested_one_keeps(library: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    (requirement,) = [each for each in map(Requirement, project["dependencies"]) if each.name == library]
    assert "<" in {each.operator for each in requirement.specifier}, f"{requirement} has no upper bound"
    assert requirement.specifier.contains(version(library))


def _imported(file: Path) -> set[str]:
    tree = ast.walk(ast.parse(file.read_text(encoding="utf-8")))
    names = [alias.name for node in tree if isinstance(node, ast.Import) for alias in node.names]
    tree = ast.walk(ast.parse(file.read_text(encoding="utf-8")))
    names += [str(node.module) for node in tree if isinstance(node, ast.ImportFrom)]
    return {name.split(".")[0] for name in names}
