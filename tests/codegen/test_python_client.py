from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from codegen.python_client import PACKAGE, python_client_files
from pharus.openapi import Document

pytestmark = pytest.mark.no_database

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def files() -> dict[str, str]:
    found = python_client_files(Document.load(ROOT / "openapi.yaml"), "9.8.7")
    return {path.removeprefix(f"{PACKAGE}/"): text for path, text in found.items()}


def test_version_is_that_of_the_server(files: dict[str, str]) -> None:
    document = Document.load(ROOT / "openapi.yaml")
    assert f'VERSION = "9.8.7"\nAPI_VERSION = "{document.content["info"]["version"]}"' in files["version.py"]


def test_every_operation_is_a_method_of_both_clients(files: dict[str, str]) -> None:
    document = Document.load(ROOT / "openapi.yaml")
    count = sum("operationId" in each for item in document.content["paths"].values() for each in item.values())
    methods = "".join(text for path, text in files.items() if path.startswith("api/"))
    assert methods.count("self._transport.send(") == 2 * count


def test_request_takes_decimals_and_dates_and_answer_gives_them(files: dict[str, str]) -> None:
    models = files["models/inventory.py"]
    assert "    quantity: Decimal | int\n" in models
    assert "    eventDate: NotRequired[Moment]\n" in models
    assert "    onHand: Decimal\n" in models
    assert "    file: File\n" in files["models/documents.py"]


def test_values_that_have_a_name_are_called_by_it(files: dict[str, str]) -> None:
    assert "event_type: MaterialsEventType | None = None" in files["api/materials_inventory.py"]


def test_what_is_generated_needs_no_formatter(files: dict[str, str], tmp_path: Path) -> None:
    for path, text in files.items():
        target = tmp_path / "pharus_client" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    formatted = subprocess.run(
        [sys.executable, "-m", "ruff", "format", "--check", "--config", str(ROOT / "pyproject.toml"), str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert formatted.returncode == 0, formatted.stdout
