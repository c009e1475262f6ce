"""Sales orders that have ended stay as they are, until an admin opens them again."""

import pytest

from tests import factories
from tests.api import error_code
from tests.plugins.sales_orders.selling import ALLOCATED, DEMAND, GONE, NOTHING, Selling

WAY = ("Received", "Entered", "Shipped", "Invoiced")
HELD = dict(zip(WAY, (DEMAND, ALLOCATED, GONE, GONE), strict=True))


@pytest.mark.parametrize(
    "statuses",
    [(*WAY, "Paid"), (*WAY, "Paid", "Completed"), ("Received", "Rejected"), (*WAY, "Paid", "In-Dispute")],
    ids=lambda statuses: statuses[-1],
)
def test_nothing_but_notes_and_dates_of_a_closed_order_changes(selling: Selling, statuses: tuple[str, ...]) -> None:
    made = selling.at(*statuses)
    stock = selling.stock()
    for refused in (
        selling.update(made, customerId=factories.make_customer(selling.organization.id)),
        selling.update(made, freightCosts=1, notes="Both or none"),
        selling.update(made, fulfillmentStatus="Fulfilled"),
        selling.api.post(f"{selling.path(made)}/items", selling.line(1)),
        selling.api.delete(selling.path(made)),
    ):
        assert (refused.status_code, error_code(refused)) == (409, "invalid_transition"), refused.text
    assert (selling.get(made), selling.stock()) == (made, stock)
    changed = selling.update(made, notes="In the blue folder", mabd="2026-12-02", qboId="1042")
    assert (changed.status_code, changed.json()["qboId"]) == (200, "1042")


@pytest.mark.parametrize("number", range(len(WAY)))
@pytest.mark.parametrize("disputed", [False, True])
def test_rejected_order_goes_back_to_where_it_was(selling: Selling, number: int, disputed: bool) -> None:
    made = selling.at(*WAY[: number + 1], *(["In-Dispute"] if disputed else []), "Rejected")
    assert selling.stock() == NOTHING
    reopened = selling.reopen(made)
    assert reopened.status_code == 200, reopened.text
    # A dispute is over once it has ended in a rejection.
    assert (reopened.json()["orderStatus"], reopened.json()["rejectedAt"]) == (WAY[number], None)
    assert selling.stock() == HELD[WAY[number]]
    assert selling.discrepancies() == []


def test_completed_order_goes_back_step_by_step(selling: Selling) -> None:
    made = selling.at(*WAY, "Paid", "Completed")
    assert [selling.reopen(made).json()["orderStatus"] for _ in range(2)] == ["Paid", "Invoiced"]
    refused = selling.reopen(made)
    assert (refused.status_code, error_code(refused)) == (409, "invalid_transition")
    assert selling.stock() == GONE


def test_goods_that_are_gone_do_not_leave_again(selling: Selling) -> None:
    made = selling.at("Received", "Entered", "Shipped", "Rejected")
    selling.at("Received", "Entered", "Shipped")
    more = selling.order(selling.line(0, 85))
    assert selling.update(more, status="Entered").status_code == 200
    assert selling.update(more, status="Shipped").status_code == 200
    refused = selling.reopen(made)
    assert (refused.status_code, error_code(refused)) == (409, "conflict")
    assert selling.get(made)["salesOrder"]["orderStatus"] == "Rejected"
    assert selling.discrepancies() == []
