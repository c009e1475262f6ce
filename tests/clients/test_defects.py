"""Would a defect of the document be noticed? Only run on request: make clients."""

import copy
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.clients import matrix, tools
from tests.clients.defects import DEFECTS
from tests.contract.judging import document
from tests.contract.stumbling_blocks import stumbling_blocks

pytestmark = [pytest.mark.clients, pytest.mark.no_database, pytest.mark.xdist_group("clients")]


def _redocly(file: Path) -> list[str]:
    options = ("--config", str(tools.HERE / "redocly.yaml"), "--format", "json", "--max-problems", "10000")
    said = tools.run("redocly", "lint", *options, str(file))
    problems = json.loads(said.stdout)["problems"]
    return [f"{each['ruleId']} {each['message']} {each['location'][0].get('pointer', '')}" for each in problems]


def _compiler(file: Path) -> list[str]:
    """What TypeScript says of the story, when its client is made of the file."""
    (client,) = (each for each in matrix.clients() if each.name == "openapi-typescript")
    matrix.generate(client)
    schema = client.folder / "schema.d.ts"
    made = tools.run("openapi-typescript", str(file), "--output", str(schema))
    assert made.returncode == 0, made.stderr
    said = tools.run("tsc", "--pretty", "false", cwd=client.folder).stdout
    lines = (client.folder / "adapter.ts").read_text(encoding="utf-8").splitlines()
    # With the line of the adapter that the compiler does not take.
    return [_with_source(line, lines) for line in said.splitlines()]


def _with_source(message: str, lines: list[str]) -> str:
    place = message.partition("adapter.ts(")[2].partition(",")[0]
    return f"{message} {lines[int(place) - 1]}" if place else message


def _our_lint(file: Path) -> list[str]:
    return stumbling_blocks(json.loads(file.read_text(encoding="utf-8")))


_TOOLS: dict[str, Callable[[Path], list[str]]] = {"redocly": _redocly, "compiler": _compiler, "our lint": _our_lint}


@pytest.mark.parametrize("tool", _TOOLS)
def test_every_defect_is_noticed(tool: str, tmp_path: Path, record_property: Callable[[str, object], None]) -> None:
    defects = [each for each in DEFECTS if each.tool == tool]
    broken = copy.deepcopy(dict(document()))
    for defect in defects:
        defect.change(broken)
    file = tmp_path / "openapi.json"
    file.write_text(json.dumps(broken), encoding="utf-8")
    said = _TOOLS[tool](file)
    survived = [each.name for each in defects if not any(all(word in line for word in each.noticed) for line in said)]
    assert survived == [], "\n".join(said[:60])
    record_property("cases: defects of the document", len(defects))


def test_there_are_twenty() -> None:
    assert len({each.name for each in DEFECTS}) == len(DEFECTS) >= 20
    assert {each.tool for each in DEFECTS} == set(_TOOLS)
