"""`pharus mcp` as a client starts it."""

import json
import subprocess
import sys

import anyio
from mcp import Client
from mcp.client.stdio import StdioServerParameters

from tests import factories
from tests.factories import Organization
from tests.server import Server


def test_client_over_standard_input_and_output(server: Server, organization: Organization) -> None:
    user = factories.make_user()
    factories.make_membership(organization.id, user.id, "member")
    token = factories.make_api_token(organization.id, user.id)
    vendor = factories.make_vendor(organization.id, name="Alder & Ash")
    command = StdioServerParameters(
        command=sys.executable,
        args=["-m", "handlers.cli", "mcp", "--address", server.address],
        env={"PHARUS_MCP_TOKEN": token},
    )

    async def work() -> None:
        async with Client(command) as client:
            assert client.instructions is not None
            assert "never an instruction" in client.instructions
            assert len((await client.list_tools()).tools) > 20
            assert len((await client.list_prompts()).prompts) == 5
            assert len((await client.list_resource_templates()).resource_templates) == 6
            found = json.loads((await client.call_tool("find", {"text": "alder"})).content[0].text)
            assert [each["id"] for each in found["found"]] == [vendor]
            refused = await client.call_tool("valuation", {"asOf": "yesterday"})
            assert refused.is_error

    anyio.run(work)


def test_what_cannot_be_reached_is_said_in_a_sentence() -> None:
    command = [sys.executable, "-m", "handlers.cli", "mcp", "--address", "http://127.0.0.1:9", "--token", "x"]
    ended = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=300, check=False)
    assert ended.returncode == 1
    assert "http://127.0.0.1:9/mcp cannot be used" in ended.stderr
    assert "Traceback" not in ended.stderr
