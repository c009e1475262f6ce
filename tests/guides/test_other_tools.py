"""What needs node: the workflows linted and run by a tool that is not ours, and the samples in TypeScript. Only on
request: make clients."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from codegen.arazzo import ORDER, SUFFIX
from codegen.guide_samples import variable
from tests.clients import tools
from tests.clients.relay import Relay
from tests.guides.people import Newcomers
from tests.guides.replay import outputs_of
from tests.guides.runner import FOLDER, ROOT, stories
from tests.guides.test_samples import samples
from tests.server import Server

pytestmark = [pytest.mark.clients, pytest.mark.xdist_group("clients")]

_CLIENT = ROOT / "clients" / "typescript"
_COMPILE = ("--strict", "--noUncheckedIndexedAccess", "--target", "es2022", "--module", "nodenext", "--types", "node")


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """It tells nobody that it ran."""
    monkeypatch.setenv("REDOCLY_TELEMETRY", "off")
    monkeypatch.setenv("REDOCLY_SUPPRESS_UPDATE_NOTICE", "true")


@pytest.mark.parametrize("name", ORDER)
def test_redocly_finds_nothing_in_the_workflow(name: str) -> None:
    options = ("--config", str(tools.HERE / "redocly.yaml"), "--format", "json")
    result = tools.run("redocly", "lint", *options, str(FOLDER / f"{name}{SUFFIX}"))
    assert json.loads(result.stdout)["problems"] == []
    assert result.returncode == 0, result.stderr


def test_redocly_respect_runs_the_workflows_to_the_last_figure(server: Server, newcomers: Newcomers) -> None:
    inputs = newcomers.inputs()
    for name in ORDER:
        with Relay(server.address) as relay:
            ran = tools.run(
                *("redocly", "respect", str(FOLDER / f"{name}{SUFFIX}")),
                *("--server", f"pharus={relay.address}", "--input", json.dumps(inputs)),
            )
        inputs |= outputs_of(stories()[name], inputs, relay.exchanges(), server)
        # Its own judgement, of the criteria and of the answers by openapi.yaml.
        assert ran.returncode == 0, ran.stdout + ran.stderr


@pytest.fixture(scope="module")
def project() -> Path:
    """A folder with our client, as a user of it has one."""
    folder = tools.FOLDER / "guides"
    shutil.rmtree(folder, ignore_errors=True)
    modules = tools.installed() / "node_modules"
    client = folder / "node_modules" / "pharus-client"
    shutil.copytree(_CLIENT, client, ignore=shutil.ignore_patterns("dist", "node_modules"))
    for name in ("decimal.js", "@types", "undici-types"):
        (folder / "node_modules" / name).symlink_to(modules / name)
    (folder / "package.json").write_text('{"type": "module"}\n', encoding="utf-8")
    _node(str(modules / ".bin" / "tsc"), "--project", ".", cwd=client)
    for name in ORDER:
        (folder / f"{name}.ts").write_text(samples(name, "ts"), encoding="utf-8")
    _node(str(modules / ".bin" / "tsc"), *_COMPILE, *(f"{name}.ts" for name in ORDER), cwd=folder)
    return folder


def test_typescript_samples_tell_the_stories_to_the_last_figure(
    project: Path, server: Server, newcomers: Newcomers
) -> None:
    inputs = newcomers.inputs()
    for name in ORDER:
        with Relay(server.address) as relay:
            environment = {variable(each): value for each, value in inputs.items()}
            _node("node", f"{name}.js", cwd=project, PHARUS_URL=relay.address, **environment)
        inputs |= outputs_of(stories()[name], inputs, relay.exchanges(), server)


def _node(*command: str, cwd: Path, **environment: str) -> None:
    ran = subprocess.run(
        command,
        cwd=cwd,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
