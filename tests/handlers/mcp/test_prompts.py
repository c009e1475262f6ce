import pytest
from mcp.shared.exceptions import MCPError

from tests.handlers.mcp.agent import Agent


def test_each_story_is_a_prompt_with_its_steps(agent: Agent) -> None:
    listed = agent.do(lambda client: client.list_prompts()).prompts
    assert [prompt.name for prompt in listed] == ["first-sign-in", "buy", "make", "sell", "undo"]
    for prompt in listed:
        text = agent.do(lambda client, name=prompt.name: client.get_prompt(name)).messages[0].content.text
        assert "before you confirm anything" in text
        assert text.count("\n") > 8
    assert "[createPurchaseOrderReceipt]" in agent.do(lambda client: client.get_prompt("buy")).messages[0].content.text


def test_prompt_that_there_is_not_is_an_error(agent: Agent) -> None:
    with pytest.raises(MCPError, match="no prompt"):
        agent.do(lambda client: client.get_prompt("steal"))
