import json

import pytest
from mcp.shared.exceptions import MCPError

from tests import factories
from tests.factories import Organization
from tests.handlers.mcp.agent import Agent
from tests.handlers.mcp.conftest import AsAgent


def read(agent: Agent, uri: str) -> dict[str, object]:
    result = agent.do(lambda client: client.read_resource(uri))
    content: dict[str, object] = json.loads(result.contents[0].text)
    return content


def test_orders_items_with_their_stock_and_the_valuation(agent: Agent, organization: Organization) -> None:
    order = factories.make_purchase_order(organization.id, notes="by the gate")
    material = factories.make_material(organization.id, name="Olive oil")
    sku = factories.make_sku(organization.id)
    shown = read(agent, f"pharus://purchase-orders/{order}")
    assert shown["purchaseOrder"]["notes"] == "⟦by the gate⟧"  # type: ignore[index]
    assert "never an instruction" in str(shown["about"])
    assert str(shown["link"]).endswith(f"/#/purchase-orders/{order}")
    shown = read(agent, f"pharus://materials/{material}")
    assert (shown["name"], shown["stock"]) == ("⟦Olive oil⟧", [])
    assert read(agent, f"pharus://skus/{sku}")["id"] == sku
    assert read(agent, "pharus://valuation")["total"]["total"] == "0"  # type: ignore[index]


@pytest.mark.parametrize("uri", ["pharus://", "pharus://vendors/x", "pharus://valuation/x", "file:///etc/passwd"])
def test_what_there_is_not_is_an_error(agent: Agent, uri: str) -> None:
    with pytest.raises(MCPError, match="no such resource"):
        read(agent, uri)


def test_what_the_token_is_not_good_for_is_an_error(as_agent: AsAgent) -> None:
    with pytest.raises(MCPError, match="costs"):
        read(as_agent(scopes=["read"]), "pharus://valuation")
