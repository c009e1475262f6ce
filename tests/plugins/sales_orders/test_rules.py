"""The rules as units: the status that counts, what a line commits."""

from decimal import Decimal

import pytest

from plugins.inventory.reconciliation import Commitment
from plugins.sales_orders import rules
from plugins.sales_orders.statuses import DISPUTE, LIFECYCLE


@pytest.mark.parametrize(
    ("effective_status", "demand", "allocated", "consumed"),
    [
        ("Received", 7, 0, 0),
        ("Entered", 0, 7, 0),
        ("Shipped", 0, 0, 7),
        ("Invoiced", 0, 0, 7),
        ("Paid", 0, 0, 7),
        ("Completed", 0, 0, 7),
        ("Rejected", 0, 0, 0),
    ],
)
def test_commitment_is_what_is_open_at_the_status(
    effective_status: str, demand: int, allocated: int, consumed: int
) -> None:
    found = rules.commitment(
        "line", "sku", 7, effective_status=effective_status, location_id="here", number="SO-2026-0001"
    )
    assert found == Commitment(
        "line",
        "sku",
        "here",
        "so_item",
        "SO-2026-0001",
        demand=Decimal(demand),
        allocated=Decimal(allocated),
        consumed=Decimal(consumed),
        consumptions=(),
    )


@pytest.mark.parametrize("status", [status for status in LIFECYCLE.statuses if status != DISPUTE])
def test_a_dispute_keeps_the_status_that_it_interrupts(status: str) -> None:
    assert rules.came_from(status, DISPUTE) == status
    assert rules.effective_status(DISPUTE, rules.came_from(status, DISPUTE)) == status
    assert rules.came_from(DISPUTE, status) is None
    assert rules.effective_status(status, None) == status
