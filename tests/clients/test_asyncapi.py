"""The document of the events, read by the official parser. Only run on request: make clients."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.clients import tools

pytestmark = [pytest.mark.clients, pytest.mark.xdist_group("clients")]

DOCUMENT = tools.HERE.parents[1] / "docs" / "reference" / "asyncapi.json"
# That there is a newer version of AsyncAPI; most tools know 3.0 only.
_NO_MATTER = {"asyncapi-latest-version"}


def parsed(document: Path) -> dict[str, Any]:
    script = tools.installed() / "asyncapi.mjs"
    shutil.copy(tools.HERE / "asyncapi.mjs", script)
    result = subprocess.run(["node", script, document], capture_output=True, text=True, timeout=120, check=True)
    return dict(json.loads(result.stdout))


def test_parser_finds_every_type_and_nothing_wrong() -> None:
    found = parsed(DOCUMENT)
    assert [each for each in found["diagnostics"] if each["code"] not in _NO_MATTER] == []
    declared = json.loads(DOCUMENT.read_text(encoding="utf-8"))["components"]["messages"]
    assert sorted(set(found["messages"])) == sorted(declared)


def test_parser_finds_what_is_wrong(tmp_path: Path) -> None:
    document = json.loads(DOCUMENT.read_text(encoding="utf-8"))
    document["components"]["messages"]["vendor.created"]["payload"]["type"] = "record"
    file = tmp_path / "asyncapi.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    assert [each for each in parsed(file)["diagnostics"] if each["severity"] == 0] != []
