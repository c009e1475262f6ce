"""Tools about what things cost: their figures are in the story (test_server_story.py)."""

import pytest

from tests import factories
from tests.factories import Organization
from tests.handlers.mcp.conftest import AsAgent


def test_item_says_what_it_costs_and_where_that_came_from(as_agent: AsAgent, organization: Organization) -> None:
    agent = as_agent("admin", skips_confirmation=True)
    place, material = factories.make_location(organization.id), factories.make_material(organization.id)
    for quantity, cost in ((10, "2"), (30, "4")):
        body = {"materialId": material, "locationId": place, "quantity": quantity, "unitCost": cost}
        agent.call("call_operation", operationId="adjustMaterialsInventory", body=body)
    told = agent.call("what_did_it_cost", kind="material", id=material)
    assert [(row["onHand"], row["averageCost"], row["value"]) for row in told["balances"]] == [("40", "3.5", "140")]
    assert [(each["quantity"], each["value"]) for each in told["newestInflows"]] == [("30", "120"), ("10", "20")]
    worth = agent.call("valuation", locationId=place)
    assert (worth["total"]["materials"], worth["most"][0]["itemId"]) == ("140", material)


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [("valuation", {}), ("cost_of_goods", {"groupBy": "sku"})],
)
def test_without_the_scope_it_is_refused(as_agent: AsAgent, tool: str, arguments: dict[str, str]) -> None:
    refused = as_agent(scopes=["read"]).answer(tool, **arguments)
    assert (refused["error"]["code"], "costs" in refused["error"]["message"]) == ("forbidden", True)


def test_costs_of_an_order_are_refused_without_the_scope(as_agent: AsAgent, organization: Organization) -> None:
    order = factories.make_purchase_order(organization.id)
    material = factories.make_material(organization.id)
    factories.make_purchase_order_item(organization.id, purchase_order_id=order, material_id=material)
    agent = as_agent(scopes=["read"])
    refused = agent.answer("what_did_it_cost", kind="purchase_order", id=order)
    assert (refused["error"]["code"], "costs" in refused["error"]["message"]) == ("forbidden", True)
