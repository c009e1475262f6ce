"""Goods arrive, all or in parts, and receipts that were wrong are taken back."""

from datetime import timedelta

import pytest

from pharus.fields import new_id
from tests import factories
from tests.api import error_code, pointers
from tests.conftest import AsRole
from tests.days import today
from tests.pharus.acting import at_once
from tests.plugins.purchase_orders.buying import Buying


def test_receipts_fill_the_order_and_move_what_was_on_order(buying: Buying) -> None:
    made = buying.order(buying.line(0, 10, 2), buying.line(1, 4, 3))
    first = buying.receive(made, 6, receiptDate=str(today() - timedelta(days=3)), notes="Two crates")
    assert first.status_code == 201
    body = first.json()
    assert (body["purchaseOrder"]["status"], body["purchaseOrder"]["partialAt"]) == (
        "Partial",
        str(today() - timedelta(days=3)),
    )
    assert body["receipt"]["receiptDate"] == str(today() - timedelta(days=3))
    assert [(item["quantity"], item["unitCost"]) for item in body["receiptItems"]] == [("6", "2")]
    assert buying.stock(0) == ("6", "4", "12")
    second = buying.receive(made, 4, 4).json()
    assert second["purchaseOrder"]["status"] == "Received"
    assert second["purchaseOrder"]["receivedAt"] == str(today())
    assert (buying.stock(0), buying.stock(1)) == (("10", "0", "20"), ("4", "0", "12"))
    row = buying.api.get("/api/materials-inventory/ledger", eventType="RECEIVE").json()["data"][-1]
    assert (row["notes"], row["sourceType"], row["sourceId"], row["eventDate"]) == (
        "Two crates",
        "po_receipt",
        body["receiptItems"][0]["id"],
        f"{today() - timedelta(days=3)}T00:00:00Z",
    )
    assert buying.discrepancies() == []


def test_receipt_may_bring_more_than_ordered_and_at_another_cost(buying: Buying) -> None:
    made = buying.order(buying.line(0, 10, 2))
    item = made["items"][0]["id"]
    path = f"/api/purchase-orders/{made['purchaseOrder']['id']}/receipts"
    lines = [{"poItemId": item, "quantity": 8, "unitCost": 2.5}, {"poItemId": item, "quantity": 7, "unitCost": 0}]
    response = buying.api.post(path, {"items": lines})
    assert response.json()["purchaseOrder"]["status"] == "Received"
    assert buying.stock() == ("15", "0", "20")
    assert buying.receive(made, 1).json()["purchaseOrder"]["status"] == "Received"
    assert buying.stock() == ("16", "0", "22")


def test_receipt_beyond_the_tolerance_is_refused_with_what_is_open(buying: Buying) -> None:
    made = buying.order(buying.line(0, 10), buying.line(1, 4))
    first, second = (item["id"] for item in made["items"])
    path = f"/api/purchase-orders/{made['purchaseOrder']['id']}/receipts"
    tolerate(buying, "2.5")
    assert buying.receive(made, 8).status_code == 201
    # In two parts: it is what a receipt brings of a line in all that counts.
    parts = [{"poItemId": first, "quantity": "2.2"}, {"poItemId": first, "quantity": "0.1"}]
    refused = buying.api.post(path, {"items": [*parts, {"poItemId": second, "quantity": 4}]})
    assert (refused.status_code, error_code(refused)) == (409, "conflict")
    assert refused.json()["error"]["details"]["lines"] == [
        {
            "poItemId": first,
            "ordered": "10",
            "received": "8",
            "open": "2",
            "accepted": "2.25",
            "requested": "2.3",
        }
    ]
    assert (buying.stock(0)[:2], buying.stock(1)[:2]) == (("8", "2"), ("0", "4"))
    accepted = [*parts[:1], {**parts[1], "acceptOver": True}]
    assert buying.api.post(path, {"items": accepted}).status_code == 201
    assert buying.receive(made, None, "4.1").status_code == 201
    assert (buying.stock(0)[:2], buying.stock(1)[:2]) == (("10.3", "0"), ("4.1", "0"))
    assert buying.receive(made, None, "0.000001").json()["error"]["details"]["lines"][0]["accepted"] == "0"
    tolerate(buying, None)
    assert buying.receive(made, 100, 100).status_code == 201


def test_tolerance_of_nothing_takes_what_was_ordered(buying: Buying) -> None:
    tolerate(buying, 0)
    made = buying.order()
    assert buying.receive(made, "10.000001").status_code == 409
    assert buying.receive(made, 10).status_code == 201


def tolerate(buying: Buying, percent: object) -> None:
    body = {"overReceiptTolerancePercent": percent}
    assert buying.api.patch("/api/organizations/current", body).status_code == 200


@pytest.mark.parametrize("status", ["Planning", "Paid", "Cancelled"])
def test_receipt_at_a_status_at_which_nothing_arrives_is_refused(buying: Buying, status: str) -> None:
    refused = buying.receive(buying.order(status=status), 1)
    assert (refused.status_code, error_code(refused)) == (409, "invalid_transition")


def test_receipt_without_a_location_is_refused(buying: Buying) -> None:
    refused = buying.receive(buying.order(shipToLocationId=None), 1)
    assert (refused.status_code, error_code(refused)) == (409, "conflict")


def test_receipt_of_a_line_that_is_not_the_order_s_is_404(buying: Buying) -> None:
    made, other = buying.order(), buying.order()
    path = f"/api/purchase-orders/{made['purchaseOrder']['id']}/receipts"
    for id in (new_id(), other["items"][0]["id"]):
        body = {"items": [{"poItemId": made["items"][0]["id"], "quantity": 1}, {"poItemId": id, "quantity": 1}]}
        assert buying.api.post(path, body).status_code == 404
    assert buying.stock() == ("0", "20", "0")


def test_receipt_of_tomorrow_s_tomorrow_is_refused(buying: Buying) -> None:
    refused = buying.receive(buying.order(), 1, receiptDate=str(today() + timedelta(days=2)))
    assert (refused.status_code, pointers(refused)) == (422, ["/receiptDate"])


def test_receipts_are_listed_shown_and_redated(buying: Buying) -> None:
    made = buying.order()
    order_id = made["purchaseOrder"]["id"]
    old = buying.receive(made, 1, receiptDate="2026-01-02").json()
    new = buying.receive(made, 2, receiptDate="2026-01-03").json()
    listed = buying.api.get(f"/api/purchase-orders/{order_id}/receipts").json()["data"]
    assert listed == [new["receipt"], old["receipt"]]
    path = f"/api/purchase-order-receipts/{old['receipt']['id']}"
    assert buying.api.get(path).json() == {"receipt": old["receipt"], "items": old["receiptItems"]}
    changed = buying.api.patch(path, {"receiptDate": "2026-01-04"}).json()
    assert changed["receiptDate"] == "2026-01-04"
    assert buying.api.patch(path, {}).json() == changed
    events = buying.api.get("/api/materials-inventory/ledger", eventType="RECEIVE").json()["data"]
    assert [row["eventDate"][:10] for row in events] == ["2026-01-03", "2026-01-02"]


def test_lines_vendor_and_location_are_locked_once_goods_arrived(buying: Buying) -> None:
    made = buying.order(buying.line(0), buying.line(1))
    receipt = buying.receive(made, 1).json()["receipt"]["id"]
    order_id, item = made["purchaseOrder"]["id"], made["items"][0]["id"]
    other_vendor = factories.make_vendor(buying.organization.id)
    for refused in (
        buying.update(made, vendorId=other_vendor),
        buying.update(made, shipToLocationId=None),
        buying.api.post(f"/api/purchase-orders/{order_id}/items", buying.line(2)),
        buying.api.patch(f"/api/purchase-order-items/{item}", {"quantity": 11}),
        buying.api.delete(f"/api/purchase-order-items/{item}"),
    ):
        assert (refused.status_code, error_code(refused)) == (409, "conflict")
    assert buying.update(made, vendorId=buying.vendor, notes="the same vendor").status_code == 200
    assert buying.api.delete(f"/api/purchase-order-receipts/{receipt}").status_code == 200
    assert buying.update(made, vendorId=other_vendor).status_code == 200


def test_order_with_receipts_cannot_go_back_to_planning(buying: Buying) -> None:
    made = buying.order()
    buying.receive(made, 1)
    for status in ("In Transit", "Placed"):
        assert buying.update(made, status=status).json()["status"] == status
    refused = buying.update(made, status="Planning")
    assert refused.json()["error"]["details"]["allowed"] == ["In Transit", "Cancelled"]
    assert buying.stock()[:2] == ("1", "9")


@pytest.mark.parametrize(("status", "on_order"), [("Received", "0"), ("Cancelled", "0"), ("In Transit", "7")])
def test_partial_order_closed_short_keeps_what_has_arrived(buying: Buying, status: str, on_order: str) -> None:
    made = buying.order()
    buying.receive(made, 3)
    assert buying.update(made, status=status).status_code == 200
    assert buying.stock()[:2] == ("3", on_order)
    assert buying.discrepancies() == []


def test_deleting_receipts_reopens_the_order_step_by_step(buying: Buying) -> None:
    made = buying.order()
    first, second = (buying.receive(made, 5).json()["receipt"]["id"] for _ in range(2))
    assert buying.status(made) == "Received"
    response = buying.api.delete(f"/api/purchase-order-receipts/{first}")
    assert response.json() == {"deletedId": first}
    order = buying.get(made)["purchaseOrder"]
    assert (order["status"], order["receivedAt"], order["partialAt"]) == ("Partial", None, str(today()))
    assert buying.stock()[:2] == ("5", "5")
    assert buying.api.delete(f"/api/purchase-order-receipts/{second}").status_code == 200
    order = buying.get(made)["purchaseOrder"]
    assert (order["status"], order["partialAt"]) == ("Placed", None)
    assert buying.stock() == ("0", "10", "0")
    assert buying.api.get(f"/api/purchase-order-receipts/{second}").status_code == 404
    assert buying.discrepancies() == []


@pytest.mark.parametrize("status", ["Paid", "Cancelled"])
def test_receipt_of_a_closed_order_is_deleted_after_it_was_reopened(buying: Buying, status: str) -> None:
    made = buying.order()
    receipt = buying.receive(made, 10 if status == "Paid" else 4).json()["receipt"]["id"]
    assert buying.update(made, status=status).status_code == 200
    before = buying.stock()
    refused = buying.api.delete(f"/api/purchase-order-receipts/{receipt}")
    assert (refused.status_code, error_code(refused)) == (409, "invalid_transition")
    assert (buying.status(made), buying.stock()) == (status, before)
    assert buying.reopen(made).status_code == 200
    assert buying.api.delete(f"/api/purchase-order-receipts/{receipt}").status_code == 200
    assert (buying.status(made), buying.stock()) == ("Placed", ("0", "10", "0"))


def test_deleting_a_receipt_whose_goods_are_gone_is_409(buying: Buying) -> None:
    made = buying.order()
    receipt = buying.receive(made, 10).json()["receipt"]["id"]
    gone = {"materialId": buying.materials[0], "locationId": buying.location, "quantity": 10}
    assert buying.api.post("/api/materials-inventory/disposals", gone).status_code == 201
    refused = buying.api.delete(f"/api/purchase-order-receipts/{receipt}")
    assert (refused.status_code, error_code(refused)) == (409, "conflict")
    assert buying.api.get(f"/api/purchase-order-receipts/{receipt}").status_code == 200


def test_receipts_at_once_are_all_counted_once(buying: Buying) -> None:
    made = buying.order(buying.line(0, 80), buying.line(1, 80))
    responses = at_once(8, lambda number: buying.receive(made, 10, 10).status_code)
    assert responses == [201] * 8
    assert (buying.status(made), buying.stock(0), buying.stock(1)) == (
        "Received",
        ("80", "0", "200"),
        ("80", "0", "200"),
    )
    assert buying.discrepancies() == []


def test_receipt_against_its_order_s_deletion_leaves_nothing_behind(buying: Buying) -> None:
    orders = [buying.order() for _ in range(4)]

    def race(number: int) -> int:
        order = orders[number // 2]
        if number % 2:
            return buying.api.delete(f"/api/purchase-orders/{order['purchaseOrder']['id']}").status_code
        return buying.receive(order, 9).status_code

    responses = at_once(8, race)
    assert set(responses[1::2]) == {200}
    assert set(responses[::2]) <= {201, 404}
    assert buying.stock() == ("0", "0", "0")
    assert buying.discrepancies() == []


def test_orders_sharing_materials_in_opposite_order_do_not_stand_in_each_other_s_way(buying: Buying) -> None:
    forth = [buying.order(buying.line(0, 5), buying.line(1, 5), buying.line(2, 5)) for _ in range(4)]
    back = [buying.order(buying.line(2, 5), buying.line(1, 5), buying.line(0, 5)) for _ in range(4)]
    responses = at_once(8, lambda number: buying.receive((forth + back)[number], 5, 5, 5).status_code)
    assert responses == [201] * 8
    assert [buying.stock(material)[0] for material in range(3)] == ["40"] * 3


def test_delivery_that_was_recorded_under_its_name_is_not_recorded_again(buying: Buying) -> None:
    order = buying.order()
    first = buying.receive(order, 4, externalId="DN-4711")
    receipt = first.json()["receipt"]
    assert (first.status_code, receipt["externalId"]) == (201, "DN-4711")
    for again in (
        buying.receive(order, 4, externalId="DN-4711"),
        buying.receive(buying.order(), 4, externalId="DN-4711"),
    ):
        assert (again.status_code, error_code(again)) == (409, "conflict")
        assert again.json()["error"]["details"] == {"id": receipt["id"]}
    assert buying.stock()[0] == "4"
    assert buying.receive(order, 1).json()["receipt"]["externalId"] is None
    # Undone, it may come again.
    assert buying.api.delete(f"/api/purchase-order-receipts/{receipt['id']}").status_code == 200
    assert buying.receive(order, 4, externalId="DN-4711").status_code == 201


def test_delivery_sent_many_times_at_once_is_recorded_once(buying: Buying) -> None:
    orders = [buying.order() for _ in range(4)]
    responses = at_once(4, lambda number: buying.receive(orders[number], 4, externalId="DN-1"))
    assert sorted(response.status_code for response in responses) == [201, 409, 409, 409]
    assert buying.stock()[0] == "4"


def test_external_id_is_of_one_organization(buying: Buying, as_role: AsRole) -> None:
    other = factories.make_organization()
    elsewhere = Buying(other, as_role(other, "admin"))
    statuses = [each.receive(each.order(), 4, externalId="DN-1").status_code for each in (buying, elsewhere)]
    assert statuses == [201, 201]
