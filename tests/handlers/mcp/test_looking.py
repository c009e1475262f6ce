"""Tools that look things up."""

from tests import factories
from tests.factories import Organization
from tests.handlers.mcp.conftest import AsAgent


def test_find_looks_through_all_kinds_that_the_token_may_read(as_agent: AsAgent, organization: Organization) -> None:
    name = factories.unique("Cedar")
    vendor = factories.make_vendor(organization.id, name=name)
    customer = factories.make_customer(organization.id, name=name)
    material = factories.make_material(organization.id, name=name)
    found = as_agent().call("find", text=name)
    assert [(each["kind"], each["id"]) for each in found["found"]] == [
        ("vendor", vendor),
        ("customer", customer),
        ("material", material),
    ]
    assert "notAllowed" not in found
    narrow = as_agent(scopes=["read:Vendors"])
    found = narrow.call("find", text=name)
    assert [each["id"] for each in found["found"]] == [vendor]
    assert {"customer", "material", "sales_order"} <= set(found["notAllowed"])
    assert narrow.answer("find", text=name, kinds=["customer"])["error"]["code"] == "forbidden"


def test_what_is_short_says_what_nobody_has_ordered(as_agent: AsAgent, organization: Organization) -> None:
    agent = as_agent("admin", skips_confirmation=True)
    org_id = organization.id
    place, customer, channel = (
        factories.make_location(org_id),
        factories.make_customer(org_id),
        factories.make_order_channel(org_id),
    )
    sku = factories.make_sku(org_id)
    agent.call(
        "call_operation",
        operationId="adjustFinishedGoodsInventory",
        body={"skuId": sku, "locationId": place, "quantity": 10, "unitCost": 1},
    )
    for quantity in (8, 25):
        agent.call(
            "take_order",
            customerId=customer,
            channelId=channel,
            status="Entered",
            fulfillmentStatus="Pending",
            fulfillmentLocationId=place,
            mabd="2026-01-02",
            items=[{"skuId": sku, "quantity": quantity, "unitPrice": 1}],
        )
    (short,) = agent.call("what_is_short")["short"]
    assert (short["skuId"], short["onHand"], short["missing"], short["toGet"]) == (sku, "10", "23", "23")
    vendor = factories.make_vendor(org_id)
    agent.call(
        "plan_purchase",
        vendorId=vendor,
        targetType="finished_goods",
        status="Placed",
        shipToLocationId=place,
        items=[{"skuId": sku, "quantity": 20, "unitCost": 1}],
    )
    (short,) = agent.call("what_is_short", item="sku", locationId=place)["short"]
    assert (short["missing"], short["onOrder"], short["toGet"]) == ("23", "20", "3")
    late = agent.call("open_orders", kind="sales_order", late=True)
    assert (late["open"], len(late["orders"])) == (2, 2)
    assert agent.call("open_orders", kind="production_order") == {"open": 0, "orders": []}


def test_what_can_be_made_counts_scrap_and_yield(as_agent: AsAgent, organization: Organization) -> None:
    """100 kg; a batch of 50 begins with 20 kg, of which a quarter is lost besides, and 80 % come out: 25 kg for 40."""
    agent = as_agent("admin", skips_confirmation=True)
    place, material = factories.make_location(organization.id), factories.make_material(organization.id)
    sku = factories.make_sku(organization.id)
    assert agent.answer("what_can_i_make", skuId=sku, locationId=place)["error"]["code"] == "not_found"
    bom = {
        "outputSkuId": sku,
        "batchSize": 50,
        "yieldPercent": 80,
        "items": [{"materialId": material, "quantity": 20, "scrapPercent": 25}],
    }
    agent.call("call_operation", operationId="createBom", body=bom)
    stock = {"materialId": material, "locationId": place, "quantity": 100, "unitCost": 2}
    agent.call("call_operation", operationId="adjustMaterialsInventory", body=stock)
    can = agent.call("what_can_i_make", skuId=sku, locationId=place, quantity=200)
    assert can == {
        "canMake": 160,
        "inputs": [{"id": material, "available": "100", "enoughFor": 160, "needed": "125", "lacks": "25"}],
    }
