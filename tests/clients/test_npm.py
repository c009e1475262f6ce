"""Linters and a TypeScript client. Only run on request: make clients."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import factories
from tests.clients import tools
from tests.contract.judging import judge
from tests.server import Server

pytestmark = [pytest.mark.clients, pytest.mark.xdist_group("clients")]


@pytest.fixture
def own(environment: dict[str, str], tmp_path: Path) -> Iterator[Server]:
    running = Server(environment, tmp_path / "log")
    yield running
    assert running.stop() == 0


def test_redocly_recommends_nothing() -> None:
    result = tools.run(
        "redocly", "lint", "--config", str(tools.HERE / "redocly.yaml"), "--format", "json", *_document()
    )
    found = json.loads(result.stdout)["problems"]
    assert [f"{each['ruleId']}: {each['message']} {each['location'][0]['pointer']}" for each in found] == []
    assert result.returncode == 0, result.stderr


def test_spectral_recommends_nothing() -> None:
    options = ("--ruleset", str(tools.HERE / "spectral.yaml"), "--fail-severity", "hint", "--quiet")
    result = tools.run("spectral", "lint", *options, *_document())
    assert result.returncode == 0, result.stdout + result.stderr


def test_typescript_client_compiles_and_is_served_as_typed(
    own: Server, organization: factories.Organization, tmp_path: Path
) -> None:
    """The compiler holds the story against the generated types, and the story runs against the server."""
    folder = tools.installed()
    generated = tools.run("openapi-typescript", str(tools.DOCUMENT), "--output", str(folder / "schema.d.ts"))
    assert generated.returncode == 0, generated.stderr
    shutil.copy(tools.HERE / "story.ts", folder / "story.ts")
    compiled = tools.run(
        "tsc",
        *("--strict", "--target", "es2022", "--module", "nodenext", "--exactOptionalPropertyTypes"),
        *("--noUncheckedIndexedAccess", "--types", "node", "--outDir", "compiled", "schema.d.ts", "story.ts"),
    )
    assert compiled.returncode == 0, compiled.stdout
    user = factories.make_user()
    factories.make_membership(organization.id, user.id, "admin")
    ran = subprocess.run(
        ["node", "compiled/story.js", own.address, factories.make_api_token(organization.id, user.id)],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    answers = [json.loads(line) for line in ran.stdout.splitlines()]
    assert len(answers) >= 5
    for answer in answers:
        content = answer["body"].encode()
        judge(answer["method"], answer["path"], answer["status"], answer["headers"], content, address=own.address)


def _document() -> tuple[str, ...]:
    return (str(tools.DOCUMENT),)
