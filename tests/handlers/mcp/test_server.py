"""The protocol, as the official client speaks it."""

import json

import pytest
from mcp.shared.exceptions import MCPError

from tests.handlers.mcp.agent import Agent


@pytest.mark.parametrize("mode", ["auto", "legacy", "2026-07-28"])
def test_client_of_each_age_lists_and_calls(agent: Agent, mode: str) -> None:
    async def work(client):  # type: ignore[no-untyped-def]
        listed = await client.list_tools()
        answer = await client.call_tool("places", {})
        return listed, answer

    listed, answer = agent.do(work, mode)
    assert len(listed.tools) > 20
    assert json.loads(answer.content[0].text) == {"places": []}


def test_tool_that_there_is_not_is_an_error_of_the_protocol(agent: Agent) -> None:
    with pytest.raises(MCPError, match="no tool"):
        agent.do(lambda client: client.call_tool("destroy_everything", {}))


def test_wrong_arguments_are_an_answer_that_says_where(agent: Agent) -> None:
    told = agent.answer("look_at", kind="vendor", id="7")
    assert told["error"]["code"] == "validation_failed"
    assert told["error"]["details"][0]["path"] == "/id"
    assert agent.answer("find")["error"]["details"]
    assert agent.answer("find", text="x", more=1)["error"]["details"]
