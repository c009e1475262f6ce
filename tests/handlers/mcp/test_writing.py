"""Tools that write. What their two steps promise is in test_confirmations.py, their figures in test_server_story.py."""

from tests import factories
from tests.factories import Organization
from tests.handlers.mcp.conftest import AsAgent


def test_what_was_shipped_is_taken_back_and_stock_is_moved(as_agent: AsAgent, organization: Organization) -> None:
    agent = as_agent("admin", skips_confirmation=True)
    org_id = organization.id
    place, other = factories.make_location(org_id), factories.make_location(org_id)
    sku, material = factories.make_sku(org_id), factories.make_material(org_id)
    for operation, item in (
        ("adjustFinishedGoodsInventory", {"skuId": sku}),
        ("adjustMaterialsInventory", {"materialId": material}),
    ):
        body = {**item, "locationId": place, "quantity": 10, "unitCost": "1.5"}
        agent.call("call_operation", operationId=operation, body=body)
    order = agent.call(
        "take_order",
        customerId=factories.make_customer(org_id),
        channelId=factories.make_order_channel(org_id),
        status="Entered",
        fulfillmentStatus="Pending",
        fulfillmentLocationId=place,
        mabd="2026-12-24",
        items=[{"skuId": sku, "quantity": 4, "unitPrice": "3"}],
    )
    id, line = order["answer"]["salesOrder"]["id"], order["answer"]["items"][0]["id"]
    assert order["link"].endswith(f"/#/sales-orders/{id}")
    shipped = agent.call("ship_order", orderId=id, items=[{"soItemId": line, "quantity": 4}])
    shipment = shipped["answer"]["shipment"]["id"]
    back = agent.call("take_back", shipmentId=shipment, items=[{"soItemId": line, "quantity": 1}])
    assert back["changed"]["money"]["stockValue"] == "1.5"
    assert agent.call("stock", item="sku", itemId=sku)["stock"][0]["onHand"] == "7"
    moved = agent.call(
        "move_stock", materialId=material, sourceLocationId=place, destinationLocationId=other, quantity="2.5"
    )
    assert moved["done"]
    rows = agent.call("stock", item="material", itemId=material)["stock"]
    assert {row["locationId"]: (row["onHand"], row["inTransit"]) for row in rows} == {
        place: ("7.5", "0"),
        other: ("0", "2.5"),
    }
