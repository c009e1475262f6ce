"""Bulk imports of purchase orders with their lines."""

from decimal import Decimal

from pharus.db import unit_of_work
from pharus.fields import new_id
from plugins.purchase_orders import operations
from tests.api import Api, pointers
from tests.pharus.acting import owner_of
from tests.plugins.purchase_orders.buying import Buying
from tests.statements import statements

PATH = "/api/purchase-orders/bulk-import"


def test_bulk_import_stores_orders_with_lines_and_what_they_hold(buying: Buying, admin: Api) -> None:
    rows = [
        buying.body(buying.line(0, 3), buying.line(1, 4)),
        buying.body({"skuId": buying.skus[0], "quantity": 7}, targetType="finished_goods", status="In Transit"),
        buying.body(status="Paid", placedAt="2024-05-06"),
        buying.body(buying.line(0, 2), shipToLocationId=None),
    ]
    response = admin.post(PATH, {"rows": rows})
    assert response.status_code == 200
    ids = response.json()["ids"]
    shown = [admin.get(f"/api/purchase-orders/{id}").json() for id in ids]
    numbers = [order["purchaseOrder"]["poNumber"] for order in shown]
    assert numbers == sorted(set(numbers))
    assert [[item["quantity"] for item in order["items"]] for order in shown] == [["3", "4"], ["7"], ["10"], ["2"]]
    assert shown[2]["purchaseOrder"]["placedAt"] == "2024-05-06"
    assert (buying.stock(0)[1], buying.stock(1)[1]) == ("3", "4")
    assert buying.discrepancies() == []


def test_bulk_import_sends_as_many_statements_for_many_rows(buying: Buying) -> None:
    counted = []
    for count in (2, 2, 60):
        with unit_of_work(owner_of(buying.organization.id)), statements() as executed:
            rows = [
                buying.body(*(buying.line(each, unit_cost=Decimal("2.5")) for each in range(3))) for _ in range(count)
            ]
            operations.bulk_import_purchase_orders({"rows": rows}, "atomic", "false")  # type: ignore[typeddict-item]
        counted.append(len(executed))
    assert counted[1] == counted[2] <= 15


def test_bulk_import_names_every_bad_row_and_stores_none(buying: Buying, admin: Api) -> None:
    unknown = new_id()
    rows = [
        buying.body(),
        buying.body(vendorId=unknown),
        buying.body(buying.line(), {"materialId": unknown, "quantity": 1}),
        buying.body(buying.line(), {"skuId": buying.skus[0], "quantity": 1}),
        buying.body(shipToLocationId=unknown),
    ]
    refused = admin.post(PATH, {"rows": rows})
    assert refused.status_code == 422
    assert pointers(refused) == [
        "/rows/1/vendorId",
        "/rows/2/items/1/materialId",
        "/rows/3/items/1/skuId",
        "/rows/4/shipToLocationId",
    ]
    assert admin.get("/api/purchase-orders").json()["data"] == []
    partial = admin.request("POST", PATH, json={"rows": rows}, params={"mode": "partial"}).json()
    assert [result["status"] for result in partial["results"]] == ["ok", "error", "error", "error", "error"]
    assert [result["error"]["code"] for result in partial["results"][1:]] == [
        "not_found",
        "not_found",
        "validation_failed",
        "not_found",
    ]
    assert [order["id"] for order in admin.get("/api/purchase-orders").json()["data"]] == partial["ids"]


def test_bulk_import_dry_run_stores_nothing(buying: Buying, admin: Api) -> None:
    response = admin.request("POST", PATH, json={"rows": [buying.body()]}, params={"dryRun": "true"}).json()
    assert response == {"ids": [], "results": [{"index": 0, "status": "ok"}]}
    assert admin.get("/api/purchase-orders").json()["data"] == []
    assert buying.stock() == ("0", "0", "0")


def test_bulk_import_refuses_the_row_after_which_a_balance_could_not_be_kept(buying: Buying, admin: Api) -> None:
    much = buying.body(buying.line(0, 600000000000))
    rows = [much, much, buying.body(buying.line(0, 1)), buying.body(buying.line(1, 600000000000))]
    refused = admin.post(PATH, {"rows": rows})
    assert (refused.status_code, pointers(refused)) == (422, ["/rows/1/items"])
    partial = admin.request("POST", PATH, json={"rows": rows}, params={"mode": "partial"}).json()
    assert [result["status"] for result in partial["results"]] == ["ok", "error", "ok", "ok"]
    assert (buying.stock(0)[1], buying.stock(1)[1]) == ("600000000001", "600000000000")
