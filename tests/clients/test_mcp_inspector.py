"""MCP's own inspector, whose client is the SDK for TypeScript, over `pharus mcp`. Only on request: make clients."""

import json
import sys
from typing import Any

import pytest

from tests import factories
from tests.clients import tools
from tests.factories import Organization
from tests.server import Server

pytestmark = [pytest.mark.clients, pytest.mark.xdist_group("clients")]


def inspect(server: Server, token: str, *asked: str) -> Any:
    command = (sys.executable, "-m", "handlers.cli", "mcp", "--address", server.address)
    ran = tools.run("mcp-inspector", "--cli", "-e", f"PHARUS_MCP_TOKEN={token}", *command, *asked)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return json.loads(ran.stdout)


def test_inspector_lists_and_calls(server: Server, organization: Organization) -> None:
    user = factories.make_user()
    factories.make_membership(organization.id, user.id, "member")
    token = factories.make_api_token(organization.id, user.id)
    vendor = factories.make_vendor(organization.id, name="Alder & Ash")
    listed = inspect(server, token, "--method", "tools/list")["tools"]
    assert {"find", "receive_delivery", "call_operation"} <= {tool["name"] for tool in listed}
    assert len(inspect(server, token, "--method", "prompts/list")["prompts"]) == 5
    assert inspect(server, token, "--method", "resources/templates/list")["resourceTemplates"]
    found = inspect(server, token, "--method", "tools/call", "--tool-name", "find", "--tool-arg", "text=alder")
    assert [each["id"] for each in json.loads(found["content"][0]["text"])["found"]] == [vendor]
