from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

from codegen.scaffold import PARTS, plugin_files
from codegen.write import write


def names(name: str, prefix: str) -> dict[str, str]:
    return {
        "name": name,
        "package": f"pharus_{name}",
        "distribution": f"pharus-{name.replace('_', '-')}",
        "path": f"/api/x/{name.replace('_', '-')}",
        "operation_prefix": prefix,
        "snake_prefix": name,
        "prefix": prefix[0].upper() + prefix[1:],
        "version": "0.1.0",
    }


SHORT = names("a", "a")
LONG = names("quality_checks_of_makers", "qualityChecksOfMakers")


def test_plugin_is_a_distribution_with_its_entry_point() -> None:
    files = plugin_files(LONG)
    project = tomllib.loads(files["pyproject.toml"])
    assert project["project"]["name"] == "pharus-quality-checks-of-makers"
    assert project["project"]["entry-points"]["pharus"] == {
        "quality_checks_of_makers": "pharus_quality_checks_of_makers"
    }
    assert "pharus_quality_checks_of_makers/py.typed" in files
    assert {".gitignore", ".github/workflows/ci.yml", "Makefile", "README.md"} <= set(files)
    assert yaml.safe_load(files[".github/workflows/ci.yml"])["name"] == "ci"


def test_document_of_the_plugin_carries_its_name() -> None:
    document = yaml.safe_load(plugin_files(LONG)["pharus_quality_checks_of_makers/openapi.yaml"])
    (path,) = document["paths"]
    assert path == "/api/x/quality-checks-of-makers/items"
    ids = {operation["operationId"] for operation in document["paths"][path].values()}
    assert ids == {"qualityChecksOfMakersCreateItem", "qualityChecksOfMakersListItems"}
    assert all(name.startswith("QualityChecksOfMakers") for name in document["components"]["schemas"])


@pytest.mark.parametrize("part", PARTS)
def test_part_adds_files_with_a_test_and_leaves_the_others_out(part: str) -> None:
    without, files = plugin_files(SHORT), plugin_files(SHORT, [part])
    added = files.keys() - without.keys()
    assert any(path.startswith("tests/test_") for path in added)
    whole = plugin_files(SHORT, PARTS)
    assert added < whole.keys() - without.keys()
    document = yaml.safe_load(whole["pharus_a/openapi.yaml"])
    assert document["x-settings"]["$ref"].rpartition("/")[2] in document["components"]["schemas"]
    assert "x-settings" not in yaml.safe_load(without["pharus_a/openapi.yaml"])


@pytest.mark.parametrize("parts", [(), PARTS])
def test_nothing_of_the_templates_is_left_over(parts: tuple[str, ...]) -> None:
    for path, text in plugin_files(SHORT, parts).items():
        assert "{%" not in text, path
        assert "{{" not in text.replace("${{", ""), path
        if path.endswith(".py"):
            ast.parse(text)


@pytest.mark.parametrize("of", [SHORT, LONG], ids=lambda of: of["name"])
def test_what_is_written_needs_no_formatter(of: dict[str, str], tmp_path: Path) -> None:
    write(tmp_path, plugin_files(of), ())
    for command in (["check", "--quiet"], ["format", "--check", "--quiet", "--diff"]):
        result = subprocess.run(
            [sys.executable, "-m", "ruff", *command, "--no-cache", "."],
            cwd=tmp_path, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert result.returncode == 0, result.stdout
