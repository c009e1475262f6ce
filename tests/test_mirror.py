"""The tests mirror the tree: who knows a module's name knows where its tests are, and the other way round."""

from pathlib import Path

import pytest

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


@pytest.mark.parametrize("module", MODULES, ids=_name)
def test_module_has_its_tests(module: Path) -> None:
    place = TESTS / module.relative_to(ROOT).parent
    assert (place / f"test_{module.stem}.py").exists() or any((place / module.stem).glob("test_*.py")), (
        f"{_name(module)} has no tests in tests/{module.relative_to(ROOT).parent}/test_{module.stem}.py"
    )


@pytest.mark.parametrize("domain", DOMAINS, ids=_name)
def test_domain_has_its_tests(domain: Path) -> None:
    assert any((TESTS / "plugins" / domain.name).glob("test_*.py"))


@pytest.mark.parametrize("file", TEST_FILES, ids=_name)
def test_test_file_has_its_module(file: Path) -> None:
    """In a domain's folder each file tests one rule or operation; elsewhere a module, or a part of one.

    A file beside the domains' folders may test a module of the kernel as the domains use it.
    """
    package, *folders = file.relative_to(TESTS).parent.parts
    if package == "plugins" and folders:
        assert (ROOT / "plugins" / folders[0] / "__init__.py").exists()
        return
    place = ROOT.joinpath(package, *folders)
    name = file.stem.removeprefix("test_")
    named = [place / f"{name}.py", place / name / "__init__.py", place / f"__{name}__.py"]
    if package == "plugins":
        named.append(ROOT / "pharus" / f"{name}.py")
    assert any(module.exists() for module in named) or _is_part(place, name), f"{_name(file)} mirrors nothing"


def _is_part(place: Path, name: str) -> bool:
    """`test_db_tenancy.py` tests a part of `db.py`: a module's tests may fill more than one file."""
    parts = [name[:end] for end in range(1, len(name)) if name[end] == "_"]
    return any((place / f"{part}.py").exists() or (place / part / "__init__.py").exists() for part in parts)


@pytest.mark.parametrize(
    "folder",
    sorted({file.parent for file in TESTS.rglob("*.py") if "node_modules" not in file.parts}),
    ids=_name,
)
def test_folder_of_tests_is_a_package(folder: Path) -> None:
    assert (folder / "__init__.py").exists(), "without it, tests/plugins would hide plugins"
