"""What receipts have cost is corrected and made more, and each such change can be taken back."""

from decimal import Decimal
from typing import Any

import httpx
import pytest

from pharus.fields import new_id
from tests import factories
from tests.api import Api, error_code, pointers
from tests.conftest import AsRole
from tests.plugins.purchase_orders.buying import Buying, Json


def receive(buying: Buying, order: Json, *quantities: object) -> tuple[str, list[str]]:
    """The ids of a receipt and of its lines."""
    received = buying.receive(order, *quantities).json()
    return received["receipt"]["id"], [item["id"] for item in received["receiptItems"]]


def correct(buying: Buying, receipt: str, costs: dict[str, object], **more: Any) -> httpx.Response:
    items = [{"receiptItemId": id, "unitCost": cost} for id, cost in costs.items()]
    return buying.api.post(f"/api/purchase-order-receipts/{receipt}/cost-corrections", {"items": items, **more})


def allocate(buying: Buying, order: Json, cost: str, basis: str, **more: Any) -> httpx.Response:
    path = f"/api/purchase-orders/{order['purchaseOrder']['id']}/cost-allocations"
    return buying.api.post(path, {"cost": cost, "basis": basis, **more})


def delete(buying: Buying, change: Json) -> httpx.Response:
    return buying.api.delete(f"/api/purchase-order-cost-changes/{change['costChange']['id']}")


def changes(buying: Buying, order: Json) -> Json:
    return dict(buying.api.get(f"/api/purchase-orders/{order['purchaseOrder']['id']}/cost-changes").json())


def dispose(buying: Buying, quantity: object, material: int = 0) -> None:
    body = {"materialId": buying.materials[material], "locationId": buying.location, "quantity": quantity}
    assert buying.api.post("/api/materials-inventory/disposals", body).status_code == 201


def revaluations(buying: Buying) -> list[tuple[str, str, str]]:
    """Quantity, value and variance of the REVALUE and REVERSE_REVALUE rows, the oldest first."""
    rows = buying.api.get("/api/materials-inventory/ledger").json()["data"]
    return [(row["quantity"], row["value"], row["variance"]) for row in reversed(rows) if "REVALUE" in row["eventType"]]


def unit_costs(buying: Buying, receipt: str) -> list[str]:
    return [item["unitCost"] for item in buying.api.get(f"/api/purchase-order-receipts/{receipt}").json()["items"]]


def test_correction_changes_what_is_there_and_says_what_is_gone(buying: Buying) -> None:
    made = buying.order(buying.line(0, 10, 10))
    receipt, (line,) = receive(buying, made, 10)
    buying.receive(buying.order(buying.line(0, 10, 2)), 10)
    dispose(buying, 8)
    answer = correct(buying, receipt, {line: 11}, reason="The invoice", eventDate="2026-03-20")
    assert answer.status_code == 201, answer.text
    body = answer.json()
    assert [body["costChange"][key] for key in ("kind", "cost", "basis", "reason", "eventDate")] == [
        "correction",
        None,
        None,
        "The invoice",
        "2026-03-20T00:00:00Z",
    ]
    (item,) = body["items"]
    assert (item["unitCostBefore"], item["unitCost"], item["amount"]) == ("10", "11", "10")
    # 6 of the 10 are left.
    assert buying.stock() == ("12", "0", "78")
    entry = buying.api.get(f"/api/materials-inventory/ledger/{item['ledgerEntryId']}").json()
    assert (entry["eventType"], entry["quantity"], entry["value"], entry["variance"]) == ("REVALUE", "12", "6", "-4")
    assert (entry["sourceType"], entry["sourceId"], entry["notes"]) == ("po_receipt", line, "The invoice")
    assert (entry["ref"], entry["unitCost"]) == (made["purchaseOrder"]["poNumber"], None)
    assert unit_costs(buying, receipt) == ["11"]
    assert buying.get(made)["items"][0]["unitCost"] == "10"
    path = f"/api/purchase-order-cost-changes/{body['costChange']['id']}"
    assert buying.api.get(path).json() == body
    assert changes(buying, made)["data"] == [body["costChange"]]
    assert buying.discrepancies() == []


def test_correction_of_goods_that_are_all_gone_is_variance(buying: Buying) -> None:
    receipt, (line,) = receive(buying, buying.order(buying.line(0, 4, 1)), 4)
    dispose(buying, 4)
    assert correct(buying, receipt, {line: 0.5}).status_code == 201
    assert revaluations(buying) == [("4", "0", "2")]
    assert buying.discrepancies() == []


def test_corrections_follow_one_another_and_are_taken_back_in_turn(buying: Buying) -> None:
    receipt, (line,) = receive(buying, buying.order(buying.line(0, 3, 1)), 3)
    first = correct(buying, receipt, {line: 0.333333}).json()
    second = correct(buying, receipt, {line: 7}).json()
    assert (buying.stock()[2], unit_costs(buying, receipt)) == ("21", ["7"])
    refused = delete(buying, first)
    assert (refused.status_code, error_code(refused)) == (409, "conflict")
    assert delete(buying, second).json() == {"deletedId": second["costChange"]["id"]}
    assert (buying.stock()[2], unit_costs(buying, receipt)) == ("0.999999", ["0.333333"])
    assert delete(buying, first).status_code == 200
    assert (buying.stock()[2], unit_costs(buying, receipt)) == ("3", ["1"])
    assert delete(buying, first).status_code == 404
    assert changes(buying, made_of(buying, receipt))["data"] == []
    assert buying.discrepancies() == []


def made_of(buying: Buying, receipt: str) -> Json:
    order = buying.api.get(f"/api/purchase-order-receipts/{receipt}").json()["receipt"]["purchaseOrderId"]
    return {"purchaseOrder": {"id": order}}


def test_correction_to_the_same_cost_is_no_change(buying: Buying) -> None:
    made = buying.order(buying.line(0, 3, 1), buying.line(1, 3, 1))
    receipt, (first, second) = receive(buying, made, 3, 3)
    same = correct(buying, receipt, {first: 1})
    assert (same.status_code, error_code(same)) == (409, "conflict")
    changed = correct(buying, receipt, {first: 1, second: 2}).json()
    assert [item["receiptItemId"] for item in changed["items"]] == [second]


def test_correction_refuses_lines_of_others(buying: Buying) -> None:
    made = buying.order()
    receipt, (line,) = receive(buying, made, 1)
    _, (other,) = receive(buying, made, 1)
    for id in (other, new_id()):
        assert correct(buying, receipt, {line: 3, id: 3}).status_code == 404
    assert correct(buying, new_id(), {line: 3}).status_code == 404
    items = [{"receiptItemId": id, "unitCost": 3} for id in (line, line.upper())]
    twice = buying.api.post(f"/api/purchase-order-receipts/{receipt}/cost-corrections", {"items": items})
    assert (twice.status_code, pointers(twice)) == (422, ["/items/1/receiptItemId"])
    assert pointers(correct(buying, receipt, {line: -1})) == ["/items/0/unitCost"]
    assert correct(buying, receipt, {line: 3}, reason="\0").status_code == 400
    assert buying.stock()[2] == "5"


@pytest.mark.parametrize("status", ["Paid", "Cancelled"])
def test_correction_of_an_ended_order_is_possible(buying: Buying, status: str) -> None:
    made = buying.order()
    receipt, (line,) = receive(buying, made, 10 if status == "Paid" else 4)
    assert buying.update(made, status=status).status_code == 200
    assert correct(buying, receipt, {line: 3}).status_code == 201
    assert buying.status(made) == status
    assert buying.discrepancies() == []


@pytest.mark.parametrize(("basis", "expected"), [("value", ["6.666667", "3.333333"]), ("quantity", ["5", "5"])])
def test_allocation_divides_what_is_left_of_a_cost(buying: Buying, basis: str, expected: list[str]) -> None:
    made = buying.order(buying.line(0, 5, 2), buying.line(1, 5, 1), shippingCosts=10, otherCosts=0.5)
    receive(buying, made, 5, 5)
    answer = allocate(buying, made, "shippingCosts", basis)
    assert answer.status_code == 201, answer.text
    assert [item["amount"] for item in answer.json()["items"]] == expected
    assert Decimal(buying.stock(0)[2]) + Decimal(buying.stock(1)[2]) == 25
    assert changes(buying, made)["notAllocated"] == {"shippingCosts": "0", "setupCosts": "0", "otherCosts": "0.5"}
    again = allocate(buying, made, "shippingCosts", basis)
    assert (again.status_code, again.json()["error"]["details"]) == (409, {"cost": "shippingCosts", "left": "0"})
    assert buying.discrepancies() == []


def test_allocation_in_parts_and_to_some_lines_allocates_nothing_twice(buying: Buying) -> None:
    made = buying.order(buying.line(0, 6, 2), buying.line(1, 5, 1), setupCosts=10)
    _, (first, second) = receive(buying, made, 5, 5)
    part = allocate(buying, made, "setupCosts", "quantity", amount=4, items=[{"receiptItemId": first}]).json()
    assert [(item["receiptItemId"], item["amount"]) for item in part["items"]] == [(first, "4")]
    too_much = allocate(buying, made, "setupCosts", "value", amount=6.000001)
    assert too_much.json()["error"]["details"] == {"cost": "setupCosts", "left": "6"}
    by_hand = [{"receiptItemId": second, "amount": 5.5}, {"receiptItemId": first.upper(), "amount": 0.5}]
    assert allocate(buying, made, "setupCosts", "hand", items=by_hand).status_code == 201
    assert (buying.stock(0)[2], buying.stock(1)[2]) == ("14.5", "10.5")
    less = buying.update(made, setupCosts=9.99)
    assert (less.status_code, error_code(less)) == (409, "conflict")
    assert buying.update(made, setupCosts=10.01).status_code == 200
    assert delete(buying, part).status_code == 200
    assert changes(buying, made)["notAllocated"]["setupCosts"] == "4.01"
    assert (buying.stock(0)[2], buying.stock(1)[2]) == ("10.5", "10.5")
    assert buying.discrepancies() == []


def test_additional_cost_and_credit(buying: Buying) -> None:
    made = buying.order(buying.line(0, 3, 1))
    _, (line,) = receive(buying, made, 3)
    assert allocate(buying, made, "additional", "value", amount=2, reason="Duty").status_code == 201
    credit = allocate(buying, made, "additional", "hand", items=[{"receiptItemId": line, "amount": -4.5}])
    assert credit.status_code == 201
    assert buying.stock()[2] == "0.5"
    for amount in (-0.500001, -1):
        refused = allocate(buying, made, "additional", "quantity", amount=amount)
        assert (refused.status_code, error_code(refused)) == (409, "conflict")
        assert refused.json()["error"]["details"]["cost"] == "0.5"
    (duty,) = [each for each in changes(buying, made)["data"] if each["reason"] == "Duty"]
    assert delete(buying, {"costChange": duty}).status_code == 409
    assert delete(buying, credit.json()).status_code == 200
    assert delete(buying, {"costChange": duty}).status_code == 200
    assert buying.stock()[2] == "3"
    assert buying.discrepancies() == []


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"cost": "additional", "basis": "value"}, "/amount"),
        ({"cost": "additional", "basis": "value", "amount": 0}, "/amount"),
        ({"cost": "shippingCosts", "basis": "value", "amount": -1}, "/amount"),
        ({"cost": "additional", "basis": "hand", "amount": 3}, "/items"),
        ({"cost": "additional", "basis": "hand", "items": [{}]}, "/items/0/amount"),
        ({"cost": "additional", "basis": "hand", "amount": 3, "items": [{"amount": 2}]}, "/amount"),
        ({"cost": "shippingCosts", "basis": "hand", "items": [{"amount": -2}]}, "/items/0/amount"),
        ({"cost": "additional", "basis": "value", "amount": 3, "items": [{"amount": 3}]}, "/items/0/amount"),
        ({"cost": "additional", "basis": "value", "amount": 3, "items": [{}, {}]}, "/items/1/receiptItemId"),
        ({"cost": "tips", "basis": "value"}, "/cost"),
        ({"cost": "additional", "basis": "value", "amount": 10**12}, "/amount"),
    ],
)
def test_allocation_refuses_what_is_wrong_by_itself(buying: Buying, body: Json, pointer: str) -> None:
    made = buying.order()
    _, (line,) = receive(buying, made, 3)
    items = {"items": [{"receiptItemId": line, **item} for item in body["items"]]} if "items" in body else {}
    refused = allocate(buying, made, **{**body, **items})
    assert (refused.status_code, pointers(refused)) == (422, [pointer])


def test_allocation_refuses_what_the_records_do_not_allow(buying: Buying) -> None:
    made = buying.order(buying.line(0, 3, 0), shippingCosts=5)
    assert error_code(allocate(buying, made, "shippingCosts", "quantity")) == "conflict"
    receive(buying, made, 3)
    _, (other,) = receive(buying, buying.order(), 1)
    assert error_code(allocate(buying, made, "shippingCosts", "value")) == "conflict"
    for id in (other, new_id()):
        unknown = allocate(buying, made, "shippingCosts", "quantity", items=[{"receiptItemId": id}])
        assert unknown.status_code == 404
    assert allocate(buying, made, "shippingCosts", "quantity").status_code == 201
    assert buying.stock()[2] == "7.5"


def test_deleting_a_receipt_takes_back_what_it_brought_with_its_corrections(buying: Buying) -> None:
    made = buying.order(buying.line(0, 10, 3), buying.line(1, 4, 1), shippingCosts=12)
    buying.receive(buying.order(buying.line(0, 10, 1)), 10)
    first, (line, _) = receive(buying, made, 6, 4)
    second, _ = receive(buying, made, 4)
    correction = correct(buying, first, {line: 5}).json()
    shared = allocate(buying, made, "shippingCosts", "quantity", amount=7).json()
    dispose(buying, 10)
    assert buying.api.delete(f"/api/purchase-order-receipts/{first}").status_code == 200
    assert delete(buying, correction).status_code == 404
    # The shares of the first receipt are open again; the one of the second stays.
    assert [item["amount"] for item in detail(buying, shared)["items"]] == ["2"]
    assert changes(buying, made)["notAllocated"]["shippingCosts"] == "10"
    # Without the first receipt there are 14 pieces worth 24, of which 10 of 20 are gone.
    assert buying.stock(0)[0] == "4"
    assert buying.discrepancies() == []
    assert delete(buying, shared).status_code == 200
    assert buying.api.delete(f"/api/purchase-order-receipts/{second}").status_code == 200
    assert changes(buying, made) == {
        "data": [],
        "notAllocated": {"shippingCosts": "12", "setupCosts": "0", "otherCosts": "0"},
    }
    assert buying.stock(0)[0] == "0"
    assert buying.discrepancies() == []


def detail(buying: Buying, change: Json) -> Json:
    return dict(buying.api.get(f"/api/purchase-order-cost-changes/{change['costChange']['id']}").json())


def test_undo_right_after_a_correction_is_the_exact_negative_of_both(buying: Buying) -> None:
    made = buying.order(buying.line(0, 7, 0.333333), otherCosts=1)
    buying.receive(buying.order(buying.line(0, 3, 1)), 3)
    before = buying.stock()
    receipt, (line,) = receive(buying, made, 7)
    correct(buying, receipt, {line: 0.777777})
    allocate(buying, made, "otherCosts", "value")
    assert buying.api.delete(f"/api/purchase-order-receipts/{receipt}").status_code == 200
    assert buying.stock() == (before[0], "7", before[2])
    rows = buying.api.get("/api/materials-inventory/ledger", eventType="REVERSE_RECEIVE").json()["data"]
    assert [(row["value"], row["variance"]) for row in rows] == [("-6.444439", "0")]
    assert buying.discrepancies() == []


def test_deleting_an_order_with_corrections_takes_everything_back(buying: Buying) -> None:
    made = buying.order(buying.line(0, 6, 2), shippingCosts=5)
    receipt, (line,) = receive(buying, made, 5)
    correct(buying, receipt, {line: 3})
    change = allocate(buying, made, "shippingCosts", "value").json()
    assert buying.stock()[2] == "20"
    assert buying.api.delete(f"/api/purchase-orders/{made['purchaseOrder']['id']}").status_code == 200
    assert buying.stock() == ("0", "0", "0")
    assert delete(buying, change).status_code == 404
    assert buying.discrepancies() == []


def test_order_of_skus_is_corrected_in_the_other_ledger(buying: Buying) -> None:
    line = {"skuId": buying.skus[0], "quantity": 4, "unitCost": 2}
    made = buying.order(line, targetType="finished_goods", setupCosts=1)
    receipt, (id,) = receive(buying, made, 4)
    change = correct(buying, receipt, {id: 2.5}).json()
    assert allocate(buying, made, "setupCosts", "quantity").status_code == 201
    (row,) = buying.api.get("/api/finished-goods-inventory/summary").json()["data"]
    assert row["value"] == "11"
    assert delete(buying, change).status_code == 200
    assert buying.discrepancies() == []


def test_changes_of_costs_need_an_admin_and_are_seen_by_viewers(buying: Buying, member: Api, viewer: Api) -> None:
    made = buying.order(shippingCosts=1)
    receipt, (line,) = receive(buying, made, 1)
    change = correct(buying, receipt, {line: 3}).json()
    assert viewer.get(f"/api/purchase-order-cost-changes/{change['costChange']['id']}").json() == change
    body = {"items": [{"receiptItemId": line, "unitCost": 4}]}
    assert member.post(f"/api/purchase-order-receipts/{receipt}/cost-corrections", body).status_code == 403
    path = f"/api/purchase-orders/{made['purchaseOrder']['id']}/cost-allocations"
    assert member.post(path, {"cost": "shippingCosts", "basis": "value"}).status_code == 403
    assert member.delete(f"/api/purchase-order-cost-changes/{change['costChange']['id']}").status_code == 403


def test_changes_of_another_organization_do_not_exist(buying: Buying, as_role: AsRole) -> None:
    made = buying.order(shippingCosts=1)
    receipt, (line,) = receive(buying, made, 1)
    change = correct(buying, receipt, {line: 3}).json()
    organization = factories.make_organization()
    other = Buying(organization, as_role(organization, "admin"))
    assert correct(other, receipt, {line: 4}).status_code == 404
    assert allocate(other, made, "shippingCosts", "value").status_code == 404
    assert delete(other, change).status_code == 404
    theirs = other.order()
    their_receipt, _ = receive(other, theirs, 1)
    assert correct(other, their_receipt, {line: 4}).status_code == 404
    assert allocate(other, theirs, "additional", "value", amount=1, items=[{"receiptItemId": line}]).status_code == 404
    assert detail(buying, change) == change
