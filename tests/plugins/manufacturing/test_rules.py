"""Decisions of the domain on plain values."""

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pharus.errors import Conflict
from plugins.manufacturing import rules
from plugins.manufacturing.statuses import LIFECYCLE

AMOUNTS = st.decimals("0.000001", "999999.999999", places=6)


@pytest.mark.parametrize(
    ("per_unit", "quantity", "expected"),
    [
        ("0.5", 10, "5"),
        ("0.0000005", 1, "0.000001"),
        ("0.0000015", 1, "0.000002"),
        ("0.0000025", 1, "0.000003"),
        ("0.00000249999999999999999999999999999999999999999999999999999999999999999999", 1, "0.000002"),
        ("1E-300", 10**9, "0.000001"),
        ("1E+11", 9, "900000000000"),
        ("999999999999.9999994", 1, "999999999999.999999"),
    ],
)
def test_scaled_rounds_half_up_once_and_never_to_nothing(per_unit: str, quantity: int, expected: str) -> None:
    assert rules.scaled(Decimal(per_unit), quantity) == Decimal(expected)


@pytest.mark.parametrize(
    ("per_unit", "quantity"), [("999999999999.9999995", 1), ("1000", 10**9), ("1E+400", 1), ("0.1" + "1" * 300, 10**14)]
)
def test_scaled_refuses_what_cannot_be_kept(per_unit: str, quantity: int) -> None:
    with pytest.raises(Conflict):
        rules.scaled(Decimal(per_unit), quantity)


@given(AMOUNTS, st.integers(1, 10**9), st.lists(AMOUNTS, min_size=1, max_size=8))
def test_parts_are_due_exactly_the_snapshot_once_all_is_received(
    snapshot: Decimal, ordered: int, parts: list[Decimal]
) -> None:
    """However it is received: no part takes back, and the sum is the snapshot, whatever was rounded between."""
    assume(sum(parts) < ordered)
    received, consumed = Decimal(0), Decimal(0)
    for part in [*parts, ordered - sum(parts)]:
        received += part
        due = rules.due(snapshot, received, ordered)
        assert due >= consumed
        consumed = due
    assert consumed == snapshot


def order(status: str) -> dict[str, object]:
    return {"id": "o", "status": status, "woNumber": "WO-2026-0001", "workSiteId": "l"}


@pytest.mark.parametrize(
    ("received", "any_left", "expected"),
    [
        ({}, False, "Production"),
        ({"a": 1}, True, "Partial"),
        ({"a": 2}, True, "Partial"),
        ({"a": 2, "b": "2.999999"}, True, "Partial"),
        ({"a": 2, "b": 3}, True, "Received"),
        ({"a": 9, "b": 3}, True, "Received"),
    ],
)
def test_status_after_receipts(received: dict[str, object], any_left: bool, expected: str) -> None:
    lines = [{"skuId": "a", "quantity": 2}, {"skuId": "b", "quantity": 3}]
    amounts = {sku: Decimal(str(quantity)) for sku, quantity in received.items()}
    for status in ("Production", "In Transit", "Partial", "Received"):
        assert rules.status_after_receipts(order(status), lines, amounts, any_left=any_left, more=False) == expected
    for status in ("Completed", "Cancelled"):
        assert rules.status_after_receipts(order(status), lines, amounts, any_left=any_left, more=False) == status


def test_order_that_was_closed_short_stays_so_when_more_is_received() -> None:
    lines = [{"skuId": "a", "quantity": 2}]
    received = {"a": Decimal(1)}
    assert rules.status_after_receipts(order("Received"), lines, received, any_left=True, more=True) == "Received"
    assert rules.status_after_receipts(order("Partial"), lines, received, any_left=True, more=True) == "Partial"


def test_partial_and_received_come_from_receipts_only() -> None:
    reached = {step for status in LIFECYCLE.statuses.values() for step in status.next}
    assert LIFECYCLE.statuses.keys() - reached == {"Partial", "Received"}
    assert LIFECYCLE.where(lambda status: not status.next) == ["Completed", "Cancelled"]
