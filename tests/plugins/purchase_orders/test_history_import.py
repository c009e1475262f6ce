"""Purchase orders of the years before, imported with their numbers, dates and ends."""

from decimal import Decimal
from typing import Any

from pharus.db import unit_of_work
from plugins.purchase_orders import operations
from tests import factories
from tests.api import Api, pointers
from tests.pharus.acting import at_once, owner_of
from tests.plugins.purchase_orders.buying import Buying, Json
from tests.statements import statements

PATH = "/api/purchase-orders/bulk-import"


def past(buying: Buying, number: str, **values: Any) -> Json:
    return buying.body(
        **{"history": True, "status": "Paid", "poNumber": number, "placedAt": "2021-03-04", "paidAt": "2021-05-01"}
        | values
    )


def test_history_keeps_number_dates_and_end_and_moves_no_stock(buying: Buying, admin: Api) -> None:
    rows = [past(buying, "PO-2021-0007", receivedAt="2021-04-02"), past(buying, "B 17/4", status="Cancelled")]
    imported = admin.post(PATH, {"rows": rows})
    assert imported.status_code == 200, imported.text
    assert [each["history"] for each in imported.json()["results"]] == [True, True]
    first, second = (admin.get(f"/api/purchase-orders/{id}").json() for id in imported.json()["ids"])
    assert first["purchaseOrder"] == first["purchaseOrder"] | {
        "poNumber": "PO-2021-0007",
        "isHistory": True,
        "status": "Paid",
        "placedAt": "2021-03-04",
        "receivedAt": "2021-04-02",
        "paidAt": "2021-05-01",
        "inTransitAt": None,
    }
    assert [item["quantity"] for item in first["items"]] == ["10"]
    assert second["purchaseOrder"]["poNumber"] == "B 17/4"
    assert second["purchaseOrder"]["cancelledAt"] is None
    assert buying.stock() == ("0", "0", "0")
    assert admin.get("/api/materials-inventory/ledger").json()["data"] == []
    assert buying.discrepancies() == []
    lines = admin.get("/api/purchase-order-items").json()["data"]
    assert {line["poNumber"]: line["receivedQuantity"] for line in lines} == {"PO-2021-0007": "10", "B 17/4": "0"}


def test_history_names_what_is_deactivated(buying: Buying, admin: Api) -> None:
    vendor = factories.make_vendor(buying.organization.id, is_active=False)
    material = factories.make_material(buying.organization.id, is_active=False)
    place = factories.make_location(buying.organization.id, is_active=False)
    named = {
        "vendorId": vendor,
        "shipToLocationId": place,
        "items": [{"materialId": material, "quantity": 1, "unitCost": 1}],
    }
    assert admin.post(PATH, {"rows": [past(buying, "1") | named]}).status_code == 200
    refused = admin.post(PATH, {"rows": [buying.body() | named]})
    assert pointers(refused) == ["/rows/0/items/0/materialId", "/rows/0/shipToLocationId", "/rows/0/vendorId"]


def test_history_lists_below_what_is_newer(buying: Buying, admin: Api) -> None:
    present = buying.order()["purchaseOrder"]["poNumber"]
    rows = [past(buying, number, placedAt=day) for number, day in (("c", "2023-01-01"), ("a", "2020-01-01"))]
    rows += [past(buying, "b", placedAt="2020-01-01")]
    assert admin.post(PATH, {"rows": rows}).status_code == 200
    shown = admin.get("/api/purchase-orders").json()["data"]
    assert [order["poNumber"] for order in shown] == [present, "c", "b", "a"]


def test_history_has_what_it_needs_and_nothing_else_has_its_dates(buying: Buying, admin: Api) -> None:
    rows = [
        past(buying, "1", status="Placed"),
        {key: value for key, value in past(buying, "2").items() if key not in ("poNumber", "placedAt")},
        buying.body(receivedAt="2021-01-01"),
        past(buying, "po-2021-1"),
        past(buying, "PO-2021-0000"),
    ]
    refused = admin.post(PATH, {"rows": rows})
    assert refused.status_code == 422
    assert pointers(refused) == [
        "/rows/0/status",
        "/rows/1/placedAt",
        "/rows/1/poNumber",
        "/rows/2/receivedAt",
        "/rows/3/poNumber",
        "/rows/4/poNumber",
    ]
    partial = admin.request("POST", PATH, json={"rows": [*rows, past(buying, "6")]}, params={"mode": "partial"}).json()
    assert [result["status"] for result in partial["results"]] == ["error"] * 5 + ["ok"]


def test_numbers_go_on_behind_those_that_were_brought_along(buying: Buying, admin: Api) -> None:
    year = buying.order()["purchaseOrder"]["poNumber"][3:7]
    brought = f"PO-{year}-0041"
    # One that is still open keeps its number, and is on order.
    assert admin.post(PATH, {"rows": [buying.body(poNumber=brought), buying.body()]}).status_code == 200
    numbers = [order["poNumber"] for order in admin.get("/api/purchase-orders").json()["data"]]
    assert sorted(numbers) == [f"PO-{year}-0001", brought, f"PO-{year}-0042"]
    assert buying.stock()[1] == "30"
    # What was passed over may come later; what was given here, or is there, may not.
    rows = [past(buying, f"PO-{year}-{number:04d}") for number in (20, 1, 41, 42, 43, 43)]
    refused = admin.post(PATH, {"rows": rows})
    assert pointers(refused) == [f"/rows/{index}/poNumber" for index in (1, 2, 3, 5)]
    gone = buying.order()
    assert gone["purchaseOrder"]["poNumber"] == f"PO-{year}-0043"
    admin.delete(f"/api/purchase-orders/{gone['purchaseOrder']['id']}")
    rows = [past(buying, f"PO-{year}-{number:04d}") for number in (20, 44, 43)]
    partial = admin.request("POST", PATH, json={"rows": rows}, params={"mode": "partial"}).json()
    assert [result["status"] for result in partial["results"]] == ["ok", "ok", "error"]
    assert partial["results"][2]["error"]["message"] == "a purchase order was given this number here"


def test_dry_run_of_history_neither_stores_nor_moves_the_numbering(buying: Buying, admin: Api) -> None:
    year = buying.order()["purchaseOrder"]["poNumber"][3:7]
    rows = [past(buying, f"PO-{year}-0900"), past(buying, f"PO-{year}-0001")]
    tried = admin.request("POST", PATH, json={"rows": rows}, params={"mode": "partial", "dryRun": "true"}).json()
    assert [result["status"] for result in tried["results"]] == ["ok", "error"]
    assert tried["results"][0] == {"index": 0, "status": "ok", "history": True}
    assert buying.order()["purchaseOrder"]["poNumber"] == f"PO-{year}-0002"


def test_what_would_move_goods_of_history_is_refused(buying: Buying, admin: Api) -> None:
    received = {"status": "Received", "paidAt": None}
    [id] = admin.post(PATH, {"rows": [past(buying, "1", **received)]}).json()["ids"]
    order = admin.get(f"/api/purchase-orders/{id}").json()
    for refused in (
        buying.receive(order, 1),
        buying.reopen(order),
        buying.update(order, status="Placed"),
        admin.post(f"/api/purchase-orders/{id}/items", buying.line(1)),
        admin.patch(f"/api/purchase-order-items/{order['items'][0]['id']}", {"quantity": 3}),
    ):
        assert refused.status_code in (404, 409), refused.text
    assert "is history" in buying.receive(order, 1).json()["error"]["message"]
    assert buying.update(order, status="Paid", notes="Paid late").json()["isHistory"] is True
    assert buying.discrepancies() == []
    # Imported wrong: it goes, and comes again under its number.
    assert admin.delete(f"/api/purchase-orders/{id}").status_code == 200
    assert admin.post(PATH, {"rows": [past(buying, "1")]}).status_code == 200


def test_history_sends_as_many_statements_for_many_rows(buying: Buying) -> None:
    counted = []
    for number, count in enumerate((2, 2, 60)):
        with unit_of_work(owner_of(buying.organization.id)), statements() as executed:
            line = buying.line(unit_cost=Decimal("2.5"))
            rows = [past(buying, f"PO-2020-{100 * number + each + 1:04d}", items=[line]) for each in range(count)]
            operations.bulk_import_purchase_orders({"rows": rows}, "atomic", "false")  # type: ignore[typeddict-item]
        counted.append(len(executed))
    assert 0 < counted[1] == counted[2] <= 16


def test_imports_and_creations_at_once_never_have_the_same_number(buying: Buying, admin: Api) -> None:
    """Imports bring numbers of this year along, in no order, while others order."""
    year = buying.order()["purchaseOrder"]["poNumber"][3:7]

    def work(caller: int) -> int:
        if caller % 2:
            return sum(admin.post("/api/purchase-orders", buying.body()).status_code == 201 for _ in range(6))
        numbers = [f"PO-{year}-{2 + caller + 4 * each:04d}" for each in (3, 1, 5, 0, 4, 2)]
        imports = [
            admin.request("POST", PATH, json={"rows": [past(buying, number)]}, params={"mode": "partial"})
            for number in numbers
        ]
        return sum(response.json()["results"][0]["status"] == "ok" for response in imports)

    counts = at_once(4, work)
    # Whoever orders always gets a number; whoever brings one along may come too late.
    assert counts[1] == counts[3] == 6
    shown = admin.request("GET", "/api/purchase-orders", params={"limit": "500"}).json()["data"]
    assert len(shown) == 1 + sum(counts)
    assert len({order["poNumber"] for order in shown}) == len(shown)
    assert buying.discrepancies() == []
