"""The valuation: what is on hand and on its way, summed up for each place and in all."""

import re
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from pharus.db import db, unit_of_work
from plugins.inventory import history
from plugins.inventory.history import AsOf
from tests.api import Api
from tests.plugins.inventory.stock import make_stock
from tests.plugins.purchase_orders.buying import Buying

VALUATION = "/api/accounting/valuation"


def test_valuation_adds_up_by_place_and_in_all(organization: Any, admin: Api, viewer: Api) -> None:
    buying = Buying(organization, admin)
    other = admin.post("/api/locations", {"name": "The other place"}).json()["id"]
    buying.receive(buying.order(), 10, receiptDate="2026-01-05")
    order = buying.order(targetType="finished_goods", items=[{"skuId": buying.skus[0], "quantity": 2, "unitCost": 7}])
    buying.receive(order, 2, receiptDate="2026-02-05")
    transfer = {
        "materialId": buying.materials[0],
        "sourceLocationId": buying.location,
        "destinationLocationId": other,
        "quantity": 4,
        "eventDate": "2026-03-05",
    }
    assert admin.post("/api/materials-inventory/transfers", transfer).status_code == 201

    body = viewer.get(VALUATION).json()
    assert body["total"] == {"materials": "15", "finishedGoods": "14", "inTransitValue": "10", "total": "39"}
    assert {row["locationId"]: row["total"] for row in body["locations"]} == {buying.location: "29", other: "10"}
    assert [(row["ledger"], row["onHand"], row["value"], row["inTransitValue"]) for row in body["data"]] == [
        ("materials", "6", "15", "0"),
        ("materials", "0", "0", "10"),
        ("finished_goods", "2", "14", "0"),
    ]
    (row,) = viewer.get(VALUATION, locationId=other).json()["data"]
    assert (row["inTransit"], row["inTransitValue"]) == ("4", "10")
    assert viewer.get(VALUATION, asOf="2026-01-31").json()["total"]["total"] == "25"
    assert viewer.get(VALUATION, asOf="2026-01-04").json()["data"] == []
    assert viewer.get(VALUATION, asOf="2026-01-31", asOfBasis="written").json()["data"] == []
    refused = viewer.get(VALUATION, asOf="2026-02-30")
    assert (refused.status_code, refused.json()["error"]["details"][0]["path"]) == (422, "query/asOf")


def test_past_is_computed_once_whatever_it_is_joined_with() -> None:
    """A planner without statistics takes it for cheap to compute again for each item."""
    stock = make_stock(items=3, places=1)
    stock.post("RECEIVE", 5, unit_cost=Decimal(2))
    text, parameters = history.past(stock.ledger, [AsOf(datetime(2026, 1, 1, tzinfo=UTC))])
    with unit_of_work(stock.owner):
        db.send("SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off; SET LOCAL enable_material = off")
        lines = db.rows(
            f"EXPLAIN (ANALYZE, TIMING OFF, SUMMARY OFF) {text} SELECT * FROM material LEFT JOIN past ON item_id = id",
            parameters,
        )
    plan = "\n".join(line for (line,) in lines)
    assert re.findall(r"(?:Hash|Group)Aggregate .*loops=(\d+)", plan) == ["1"], plan
