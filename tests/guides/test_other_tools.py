"""The workflows, linted and run by a tool that is not ours. Only on request: make clients."""

import json

import pytest

from codegen.arazzo import ORDER, SUFFIX
from tests.clients import tools
from tests.clients.relay import Relay
from tests.guides.people import Newcomers
from tests.guides.replay import outputs_of
from tests.guides.runner import FOLDER, stories
from tests.server import Server

pytestmark = [pytest.mark.clients, pytest.mark.xdist_group("clients")]


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
