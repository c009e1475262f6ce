"""Purchase orders that have ended stay as they are, until an admin opens them again."""

import pytest

from pharus.db import db
from tests import factories
from tests.api import error_code
from tests.plugins.purchase_orders.buying import Buying, Json

ENDS = ["Received", "Paid", "Cancelled"]


def at(buying: Buying, status: str) -> Json:
    """An order that reached the status by hand or by its receipts."""
    made = buying.order(status="Planning" if status == "Planning" else "Placed")
    if status in ("Received", "Paid"):
        assert buying.receive(made, 10).status_code == 201
    if status == "Partial":
        assert buying.receive(made, 4).status_code == 201
    if status in ("In Transit", "Paid", "Cancelled"):
        assert buying.update(made, status=status).status_code == 200
    return made


@pytest.mark.parametrize("status", ENDS)
def test_nothing_but_notes_and_dates_of_a_closed_order_changes(buying: Buying, status: str) -> None:
    made = at(buying, status)
    id, line = made["purchaseOrder"]["id"], made["items"][0]
    before, stock = buying.get(made), buying.stock()
    item = {"materialId": buying.materials[1], "quantity": 1, "unitCost": 1}
    for refused in (
        buying.update(made, vendorId=factories.make_vendor(buying.organization.id)),
        buying.update(made, shippingCosts=1, notes="Both or none"),
        buying.update(made, shipToLocationId=None),
        buying.api.post(f"/api/purchase-orders/{id}/items", item),
        buying.api.patch(f"/api/purchase-order-items/{line['id']}", {"quantity": 11}),
        buying.api.delete(f"/api/purchase-order-items/{line['id']}"),
        buying.api.delete(f"/api/purchase-orders/{id}"),
    ):
        assert (refused.status_code, error_code(refused)) == (409, "invalid_transition"), refused.text
        assert status in refused.json()["error"]["message"]
    assert (buying.get(made), buying.stock()) == (before, stock)
    # What it has already may be said again.
    kept = before["purchaseOrder"]
    assert buying.update(made, vendorId=kept["vendorId"], shippingCosts=kept["shippingCosts"]).status_code == 200
    changed = buying.update(made, notes="Paper is in the blue folder", shipDate="2026-01-02", placedAt="2026-01-01")
    assert (changed.status_code, changed.json()["shipDate"], changed.json()["status"]) == (200, "2026-01-02", status)


@pytest.mark.parametrize("status", ["Planning", "Placed", "In Transit", "Partial"])
@pytest.mark.parametrize("remembers", [True, False])
def test_cancelled_order_goes_back_to_where_it_was(buying: Buying, status: str, remembers: bool) -> None:
    made = at(buying, status)
    before, stock = buying.get(made)["purchaseOrder"], buying.stock()
    assert buying.update(made, status="Cancelled").status_code == 200
    assert buying.stock()[1] == "0"
    if not remembers:
        # One that was cancelled before orders kept in mind what they had been.
        db.execute_sql("UPDATE purchase_order SET ended_from = NULL WHERE id = %s", (before["id"],))
    reopened = buying.reopen(made)
    assert reopened.status_code == 200, reopened.text
    assert {**reopened.json(), "updatedAt": before["updatedAt"]} == before
    assert buying.stock() == stock
    assert buying.discrepancies() == []


def test_dates_that_are_planned_ahead_say_nothing_of_where_an_order_was(buying: Buying) -> None:
    made = buying.order(status="Planning", placedAt="2026-12-24")
    assert buying.update(made, status="Cancelled").status_code == 200
    assert buying.reopen(made).json()["status"] == "Planning"


def test_order_that_was_closed_short_is_on_order_again(buying: Buying) -> None:
    made = at(buying, "Partial")
    assert buying.update(made, status="Received").status_code == 200
    assert buying.stock()[:2] == ("4", "0")
    # More may arrive; what was closed stays closed.
    assert buying.receive(made, 1).json()["purchaseOrder"]["status"] == "Received"
    assert buying.stock()[:2] == ("5", "0")
    assert buying.update(made, status="Paid").status_code == 200
    assert buying.reopen(made).json()["status"] == "Received"
    reopened = buying.reopen(made).json()
    assert (reopened["status"], reopened["receivedAt"], reopened["paidAt"]) == ("Partial", None, None)
    assert buying.stock()[:2] == ("5", "5")
    assert buying.receive(made, 5).json()["purchaseOrder"]["status"] == "Received"
    assert buying.discrepancies() == []


def test_order_that_has_arrived_in_full_is_opened_by_deleting_a_receipt(buying: Buying) -> None:
    made = at(buying, "Received")
    refused = buying.reopen(made)
    assert (refused.status_code, error_code(refused)) == (409, "conflict")


def test_order_that_was_made_at_its_end_is_reopened_at_the_status_before_it(buying: Buying) -> None:
    made = buying.order(status="Paid")
    assert [buying.reopen(made).json()["status"] for _ in range(2)] == ["Received", "In Transit"]
    assert buying.stock()[1] == "10"
    assert buying.reopen(buying.order(status="Cancelled")).json()["status"] == "Planning"
    assert buying.discrepancies() == []


def test_cancelled_order_goes_back_to_a_partial_one_without_receipts(buying: Buying) -> None:
    """It may be made so; and what it was is what it goes back to."""
    made = buying.order(status="Partial")
    assert buying.update(made, status="Cancelled").status_code == 200
    assert buying.reopen(made).json()["status"] == "Partial"
    assert buying.stock()[1] == "10"
    assert buying.discrepancies() == []


@pytest.mark.parametrize("status", ["Planning", "Placed", "In Transit", "Partial"])
def test_order_that_has_not_ended_is_not_reopened(buying: Buying, status: str) -> None:
    refused = buying.reopen(at(buying, status))
    assert (refused.status_code, error_code(refused)) == (409, "invalid_transition")
