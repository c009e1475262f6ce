"""The rules as units: the status that counts, what a line wants, lines that repeat."""

import pytest

from plugins.inventory.reconciliation import Commitment
from plugins.sales_orders import rules
from plugins.sales_orders.rules import LIFECYCLE


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
def test_wanted_is_what_is_open_at_the_status(
    effective_status: str, demand: int, allocated: int, consumed: int
) -> None:
    found = rules.commitment("line", "sku", 7, effective_status=effective_status, place="here", number="SO-2026-0001")
    assert found == Commitment(
        "line",
        "sku",
        "here",
        "so_item",
        "SO-2026-0001",
        0,
        demand,
        allocated,
        consumed,  # type: ignore[arg-type]
    )


def test_a_dispute_stands_where_it_began() -> None:
    for status in LIFECYCLE.way:
        assert rules.came_from(status, "In-Dispute") == status
        assert rules.effective_status("In-Dispute", rules.came_from(status, "In-Dispute")) == status
        assert rules.came_from("In-Dispute", status) is None
        assert rules.effective_status(status, None) == status


def test_every_status_is_open_gone_or_rejected() -> None:
    effective_status = LIFECYCLE.steps.keys() - {"In-Dispute"}
    assert effective_status == rules.OPEN | rules.GONE | {"Rejected"}


def test_repeated_skus_names_each_line_behind_the_first() -> None:
    items = [{"skuId": id} for id in ("aa", "bb", "AA", "aa", "cc")]
    assert [problem.path for problem in rules.repeated_skus(items)] == ["/items/2/skuId", "/items/3/skuId"]
