"""The commands for those who write plugins, as they would use them: in a folder of their own."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests import launcher

CHECKOUT = Path(__file__).parents[3]


def pharus(folder: Path, *arguments: str, path: tuple[Path, ...] = ()) -> subprocess.CompletedProcess[str]:
    return launcher.run(*arguments, environment=seen(path), cwd=folder, timeout=300)


def python(
    folder: Path, *arguments: str, path: tuple[Path, ...] = (), **environment: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        env={**seen(path), **environment},
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def seen(path: tuple[Path, ...]) -> dict[str, str]:
    """An environment that holds nothing else; `path` is where installed plugins lie."""
    inherited = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
    return {**inherited, "PYTHONPATH": os.pathsep.join(map(str, (CHECKOUT, *path)))}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new plugin `labels`, as the command makes it."""
    folder = tmp_path_factory.mktemp("made")
    made = pharus(folder, "new-plugin", "labels")
    assert made.returncode == 0, made.stderr
    assert "cd pharus-labels\n" in made.stdout
    return folder / "pharus-labels"


@pytest.fixture
def labels(made: Path, tmp_path: Path) -> Path:
    """The same, to be changed."""
    return Path(shutil.copytree(made, tmp_path / "pharus-labels"))


@pytest.mark.long
def test_new_plugin_installs_starts_and_passes_its_own_tests(labels: Path, tmp_path: Path, database_url: str) -> None:
    """Its tests hold schemathesis, roles and isolation; they run on a new database."""
    site = tmp_path / "site"
    installed = python(
        tmp_path,
        *("-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--no-build-isolation"),
        *("--disable-pip-version-check", "--target", str(site), str(labels)),
    )
    assert installed.returncode == 0, installed.stderr
    listed = pharus(tmp_path, "plugins", path=(site,))
    assert listed.stdout.splitlines()[-1].split() == ["pharus_labels", "pharus-labels", "0.1.0", "fill_demo"]
    # Of generated requests some: how many its authors send is theirs.
    contract = labels / "tests" / "test_contract.py"
    text = contract.read_text()
    assert text.count('include=("/api/x/labels/",)') == 1
    contract.write_text(text.replace('("/api/x/labels/",)', '("/api/x/labels/",), examples=4'))
    tested = python(labels, "-m", "pytest", "-q", path=(site,), PHARUS_TEST_DATABASE_URL=database_url)
    assert tested.returncode == 0, tested.stdout
    assert "11 passed" in tested.stdout


def test_new_plugin_is_typed_and_its_generated_files_are_fresh(labels: Path) -> None:
    assert pharus(labels, "codegen", "--check").returncode == 0
    typed = python(labels, "-m", "mypy")
    assert typed.returncode == 0, typed.stdout


def test_new_plugin_refuses_names_and_folders_that_will_not_do(tmp_path: Path) -> None:
    assert "No plugin can be called 'Labels'" in pharus(tmp_path, "new-plugin", "Labels").stderr
    (tmp_path / "pharus-labels").mkdir()
    (tmp_path / "pharus-labels" / "mine.txt").touch()
    refused = pharus(tmp_path, "new-plugin", "labels")
    assert refused.returncode == 1
    assert "pharus-labels is there already, and not empty: name another folder with --into" in refused.stderr
    assert pharus(tmp_path, "new-plugin", "labels", "--into", "elsewhere").returncode == 0
    assert (tmp_path / "elsewhere" / "pyproject.toml").exists()


def test_codegen_of_a_plugin_writes_types_tables_and_stubs(labels: Path) -> None:
    document = labels / "pharus_labels" / "openapi.yaml"
    text = document.read_text()
    reading = text[text.index("    get:\n      operationId: labelsListItems") : text.index("\ncomponents:")]
    counting = reading.replace("labelsListItems", "labelsCountItems").replace("ItemPage", "Count")
    count = "    LabelsCount: {type: object, required: [n], properties: {n: {type: integer}}}\n"
    text = text.replace("\ncomponents:", f"\n  /api/x/labels/count:\n{counting}\ncomponents:") + count
    document.write_text(text)
    stale = pharus(labels, "codegen", "--check")
    assert stale.returncode == 1
    assert (
        "docs/errors.md, docs/reference/operations.md, docs/roles.md, pharus_labels/schemas.py. Run `make"
        in stale.stderr
    )
    before = (labels / "pharus_labels" / "operations.py").read_text()
    assert "pharus_labels/schemas.py\n" in pharus(labels, "codegen").stdout
    assert pharus(labels, "codegen", "stubs").stdout == "pharus_labels/operations.py\n"
    after = (labels / "pharus_labels" / "operations.py").read_text()
    assert "def labels_count_items(" in after
    assert ") -> LabelsCount:\n" in after or "-> LabelsCount:" in after
    lines = iter(after.splitlines())
    assert all(line in lines for line in before.splitlines())
    assert pharus(labels, "codegen", "stubs").stdout == ""
    assert "`labelsCountItems`" in (labels / "docs" / "reference" / "operations.md").read_text()


def test_codegen_says_what_is_wrong_with_the_plugin(labels: Path, tmp_path: Path) -> None:
    assert "There is no" in pharus(tmp_path, "codegen").stderr
    document = labels / "pharus_labels" / "openapi.yaml"
    document.write_text(document.read_text().replace("/api/x/labels/items", "/api/labels/items"))
    refused = pharus(labels, "codegen", "--check")
    assert refused.returncode == 1
    assert "The plugin labels defines /api/labels/items; its paths must begin with /api/x/labels/." in refused.stderr
    project = labels / "pyproject.toml"
    project.write_text(project.read_text().replace("entry-points.pharus", "entry-points.other"))
    assert "must name one plugin: [project.entry-points.pharus]" in pharus(labels, "codegen").stderr


def test_codegen_of_the_checkout_is_that_of_make_codegen() -> None:
    checked = pharus(CHECKOUT, "codegen", "--check")
    assert (checked.returncode, checked.stdout) == (0, "")


def test_test_contract_says_what_it_needs(tmp_path: Path) -> None:
    unreachable = pharus(tmp_path, "test-contract", "--url", "http://127.0.0.1:9")
    assert unreachable.returncode == 2
    assert "http://127.0.0.1:9 cannot be checked:" in unreachable.stderr
