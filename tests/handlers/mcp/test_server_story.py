"""The maker's story through tools alone, by a script in the place of a model: the figures are those of docs/guides, and
were worked out by hand there."""

from typing import Any

import pytest

from tests.handlers.mcp.agent import Agent
from tests.handlers.mcp.conftest import AsAgent


@pytest.mark.long
def test_maker_buys_makes_and_sells_with_exact_figures(as_agent: AsAgent) -> None:
    agent = as_agent("admin")
    place = _made(agent, "createLocation", name="Workshop", city="Sampleton", country="US")
    vendor = _made(agent, "createVendor", name="Sample Oils and Butters")
    type_id = _made(agent, "createMaterialType", name="Raw materials")
    _made(agent, "createMaterial", code="OIL-OLIVE", name="Olive oil", typeId=type_id, unit="kg")
    _made(agent, "createMaterial", code="LYE", name="Lye", typeId=type_id, unit="kg")

    # What was made is found again, by words.
    oil, lye = (agent.call("find", text=text, kinds=["material"])["found"][0]["id"] for text in ("olive", "LYE"))
    assert agent.call("find", text="Oils")["found"][0] == {
        "kind": "vendor",
        "id": vendor,
        "label": "⟦Sample Oils and Butters⟧",
        "link": f"{agent.address}/#/vendors/{vendor}",
    }

    # Buy.
    planned = agent.call(
        "plan_purchase",
        vendorId=vendor,
        targetType="materials",
        status="Placed",
        shipToLocationId=place,
        shippingCosts="52.5",
        items=[
            {"materialId": oil, "quantity": "100", "unitCost": "4.75"},
            {"materialId": lye, "quantity": "20", "unitCost": "1.5"},
        ],
    )
    assert planned["wouldChange"]["records"]["purchase_order_item.created"] == 2
    assert planned["wouldChange"]["money"] == {"stockValue": "0", "purchase_order_items": "505"}
    assert planned["wouldChange"]["stock"] == [
        {"materialId": oil, "locationId": place, "onOrder": "100"},
        {"materialId": lye, "locationId": place, "onOrder": "20"},
    ]
    assert agent.call("open_orders", kind="purchase_order")["open"] == 0
    order = agent.confirm(
        "plan_purchase",
        vendorId=vendor,
        targetType="materials",
        status="Placed",
        shipToLocationId=place,
        shippingCosts="52.5",
        items=[
            {"materialId": oil, "quantity": "100", "unitCost": "4.75"},
            {"materialId": lye, "quantity": "20", "unitCost": "1.5"},
        ],
    )["answer"]
    order_id = order["purchaseOrder"]["id"]
    oil_line, lye_line = (item["id"] for item in order["items"])
    agent.confirm("receive_delivery", orderId=order_id, items=[{"poItemId": oil_line, "quantity": "60"}])
    received = agent.confirm(
        "receive_delivery",
        orderId=order_id,
        items=[
            {"poItemId": oil_line, "quantity": "40", "unitCost": "5.25"},
            {"poItemId": lye_line, "quantity": "20"},
        ],
    )
    assert received["changed"]["money"]["stockValue"] == "240"
    _done(
        agent,
        "createPurchaseOrderCostAllocation",
        path={"id": order_id},
        body={"cost": "shippingCosts", "basis": "value"},
    )
    stock = agent.call("stock", item="material", itemId=oil)["stock"]
    assert [(row["onHand"], row["averageCost"], row["value"]) for row in stock] == [("100", "5.445", "544.5")]
    agent.confirm("move_order", kind="purchase_order", orderId=order_id, status="Paid")

    # Make.
    sku_type = _made(agent, "createSkuType", name="Soaps")
    soap = _made(
        agent, "createSku", code="SOAP-OLIVE", name="Olive soap", typeId=sku_type, itemsPerUnit=1, ozPerItem="4.5"
    )
    _done(
        agent,
        "createBom",
        body={
            "outputSkuId": soap,
            "items": [{"materialId": oil, "quantity": "0.25"}, {"materialId": lye, "quantity": "0.04"}],
        },
    )
    can = agent.call("what_can_i_make", skuId=soap, locationId=place, quantity=500)
    assert can["canMake"] == 400
    assert {each["id"]: (each["needed"], each["lacks"], each["enoughFor"]) for each in can["inputs"]} == {
        oil: ("125", "25", 400),
        lye: ("20", "0", 500),
    }
    production = agent.confirm(
        "plan_production",
        status="Production",
        locationId=place,
        items=[{"skuId": soap, "quantity": 200, "productionCost": "0.5"}],
    )["answer"]["productionOrder"]["id"]
    assert agent.call("stock", item="material", itemId=oil)["stock"][0]["available"] == "50"
    for quantity in ("120", "80"):
        agent.confirm(
            "make_batch", kind="production_order", orderId=production, items=[{"skuId": soap, "quantity": quantity}]
        )
    made = agent.call("stock", item="sku", itemId=soap)["stock"][0]
    assert (made["onHand"], made["value"], made["averageCost"]) == ("200", "385.45", "1.92725")

    # Sell.
    customer_type = _made(agent, "createCustomerType", name="Shops")
    customer = _made(agent, "createCustomer", name="Sample Corner Shop", typeId=customer_type)
    channel = _made(agent, "createOrderChannel", name="Web shop")
    sale = agent.confirm(
        "take_order",
        customerId=customer,
        channelId=channel,
        status="Entered",
        fulfillmentStatus="Pending",
        fulfillmentLocationId=place,
        mabd="2026-12-24",
        items=[{"skuId": soap, "quantity": 40, "unitPrice": "6.5"}],
    )["answer"]
    sale_id, line = sale["salesOrder"]["id"], sale["items"][0]["id"]
    shipped = agent.confirm("ship_order", orderId=sale_id, items=[{"soItemId": line, "quantity": 40}])
    assert shipped["changed"]["money"]["stockValue"] == "-77.09"
    assert shipped["changed"]["stock"] == [{"skuId": soap, "locationId": place, "onHand": "-40", "allocated": "-40"}]
    cost = agent.call("what_did_it_cost", kind="sales_order", id=sale_id)
    assert cost["lines"] == "260"
    assert [(flow["event"], flow["quantity"], flow["value"]) for flow in cost["finishedGoods"]] == [
        ("CONSUME", "40", "-77.09")
    ]
    goods = agent.call("cost_of_goods", groupBy="order")
    assert (goods["total"]["costOfGoods"], goods["total"]["quantity"]) == ("77.09", "40")
    worth = agent.call("valuation")["total"]
    # 50 kg of oil at 5.445 and 12 kg of lye at 1.65, and 160 bars.
    assert (worth["materials"], worth["finishedGoods"], worth["total"]) == ("292.05", "308.36", "600.41")
    explained = agent.call("explain_balance", item="sku", itemId=soap)
    assert {each["ref"][:3] for each in explained["byOrderOrTransfer"]} == {"PRO", "SO-"}

    # A count finds two bars less.
    counted = agent.confirm("count_stock", item="sku", itemId=soap, locationId=place, counted=158, notes="two broken")
    assert counted["changed"]["stock"] == [{"skuId": soap, "locationId": place, "onHand": "-2"}]
    assert counted["changed"]["money"]["stockValue"] == "-3.8545"
    history = agent.call("history_of", id=sale_id, limit=50)["events"]
    assert {event.get("agent") for event in history} == {"take_order", "ship_order"}
    assert agent.call("what_is_short") == {"short": [], "items": 0}


def _done(agent: Agent, operation: str, **arguments: Any) -> dict[str, Any]:
    return agent.confirm("call_operation", operationId=operation, **arguments)


def _made(agent: Agent, operation: str, **body: Any) -> str:
    """The id of a new record."""
    return str(_done(agent, operation, body=body)["answer"]["id"])
