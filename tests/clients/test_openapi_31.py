"""Tools that read OpenAPI 3.1 make the same of that document as of ours. Only run on request: make clients."""

import json
import re
from pathlib import Path

import pytest

from handlers.openapi_31 import converted
from tests.clients import tools
from tests.contract.judging import document

pytestmark = [pytest.mark.clients, pytest.mark.no_database, pytest.mark.xdist_group("clients")]


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("openapi") / "openapi-3.1.json"
    made.write_text(json.dumps(converted(document())), encoding="utf-8")
    return made


def test_linter_says_of_it_what_it_says_of_ours(file: Path) -> None:
    assert _problems(file) == _problems(tools.DOCUMENT)


def _problems(source: Path) -> list[str]:
    options = ("--config", str(tools.HERE / "redocly.yaml"), "--format", "json")
    problems = json.loads(tools.run("redocly", "lint", *options, str(source)).stdout)["problems"]
    return [f"{each['ruleId']}: {each['message']} {each['location'][0]['pointer']}" for each in problems]


def test_types_of_typescript_are_the_same(file: Path, tmp_path: Path) -> None:
    made = [_types(source, tmp_path / f"{number}.d.ts") for number, source in enumerate((tools.DOCUMENT, file))]
    assert len(made[0]) > 5000
    assert made[0] == made[1]


def _types(source: Path, target: Path) -> list[str]:
    """What openapi-typescript makes of it, without comments."""
    done = tools.run("openapi-typescript", str(source), "--output", str(target))
    assert done.returncode == 0, done.stderr
    text = re.sub(r"/\*\*.*?\*/", "", target.read_text(encoding="utf-8"), flags=re.DOTALL)
    return [line.strip() for line in text.splitlines() if line.strip()]
