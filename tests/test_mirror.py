"""The tests mirror the tree: who knows a module's name knows where its tests are, and the other way round."""

import ast
from pathlib import Path

import pytest

from tests.conftest import ON_REQUEST

pytestmark = pytest.mark.no_database

TESTS = Path(__file__).parent
ROOT = TESTS.parent

# Tested by using them: tables and generated shapes in every test of their domain, demo data where it is filled.
NEEDS_NO_FILE = {"models", "schemas", "demo", "demo_data", "__init__", "__main__"}

# The packages inside of `handlers` sort its modules; each module in them has tests of its own.
PACKAGES = sorted(init.parent for init in (ROOT / "handlers").glob("*/__init__.py"))
MODULES = [
    module
    for folder in (ROOT / "pharus", ROOT / "handlers", *PACKAGES)
    for module in sorted(folder.iterdir())
    if (module.suffix == ".py" or (module / "__init__.py").exists()) and module.stem not in NEEDS_NO_FILE
]
DOMAINS = sorted(folder for folder in (ROOT / "plugins").iterdir() if (folder / "__init__.py").exists())
TEST_FILES = [
    file
    for package in ("pharus", "handlers", "plugins", "codegen")
    for file in sorted((TESTS / package).rglob("test_*.py"))
]


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_modules_have_their_tests() -> None:
    places = {module: TESTS / module.relative_to(ROOT).parent / f"test_{module.stem}.py" for module in MODULES}
    assert len(places) > 100
    missing = [
        f"{_name(module)} has no tests in {_name(place)}"
        for module, place in places.items()
        if not (place.exists() or any((place.parent / module.stem).glob("test_*.py")))
    ]
    assert missing == []


def test_domains_have_their_tests() -> None:
    assert len(DOMAINS) > 10
    assert [each for each in DOMAINS if not any((TESTS / "plugins" / each.name).glob("test_*.py"))] == []


def test_test_files_have_their_modules() -> None:
    assert len(TEST_FILES) > 200
    assert [f"{_name(file)} mirrors nothing" for file in TEST_FILES if not _mirrors_something(file)] == []


def _mirrors_something(file: Path) -> bool:
    """In a domain's folder each file tests one rule or operation; elsewhere a module, or a part of one.

    A file beside the domains' folders may test a module of the kernel as the domains use it.
    """
    package, *folders = file.relative_to(TESTS).parent.parts
    if package == "plugins" and folders:
        return (ROOT / "plugins" / folders[0] / "__init__.py").exists()
    place = ROOT.joinpath(package, *folders)
    name = file.stem.removeprefix("test_")
    named = [place / f"{name}.py", place / name / "__init__.py", place / f"__{name}__.py"]
    if package == "plugins":
        named.append(ROOT / "pharus" / f"{name}.py")
    return any(module.exists() for module in named) or _is_part(place, name)


def _is_part(place: Path, name: str) -> bool:
    """`test_db_tenancy.py` tests a part of `db.py`: a module's tests may fill more than one file."""
    parts = [name[:end] for end in range(1, len(name)) if name[end] == "_"]
    return any((place / f"{part}.py").exists() or (place / part / "__init__.py").exists() for part in parts)


def test_what_runs_on_request_is_marked() -> None:
    """Else it would not run at all: `make test` leaves these folders out, and the others choose by the marker."""
    files = [(folder.name, file) for folder in ON_REQUEST for file in folder.rglob("test_*.py")]
    assert {name for name, _ in files} == {folder.name for folder in ON_REQUEST}
    assert [_name(file) for name, file in files if f"pytest.mark.{name}" not in _marks(file)] == []


def _marks(file: Path) -> str:
    """What a module says of all its tests."""
    for node in ast.parse(file.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "pytestmark":
            return ast.unparse(node.value)
    return ""


def test_folders_of_tests_are_packages() -> None:
    """Without an `__init__.py`, tests/plugins would hide plugins."""
    folders = {file.parent for file in TESTS.rglob("*.py") if "node_modules" not in file.parts}
    assert sorted(_name(folder) for folder in folders if not (folder / "__init__.py").exists()) == []
