"""Decisions of the domain on plain values."""

from decimal import Decimal
from fractions import Fraction
from math import floor

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


@given(AMOUNTS, st.integers(1, 10**6), st.one_of(st.sampled_from([1, 3, 7, 19 * 32]), st.integers(1, 10**30)))
def test_scaled_is_the_nearest_of_what_can_be_kept(per_unit: Decimal, quantity: int, for_units: int) -> None:
    exact = Fraction(per_unit) * quantity / for_units
    assume(Fraction(1, 10**6) <= exact < 10**12 - 1)
    scaled = Fraction(rules.scaled(per_unit, quantity, for_units))
    assert scaled == Fraction(floor(exact * 10**6 + Fraction(1, 2)), 10**6)


@given(
    st.decimals("0", "999999999999999", places=12),
    st.lists(st.decimals("0", "100", places=6), max_size=6).filter(lambda shares: sum(shares) <= 100),
)
def test_parts_of_a_value_are_exactly_the_value(value: Decimal, shares: list[Decimal]) -> None:
    *parts, left = rules.shared_value(value, shares)
    assert sum(parts) + left == value
    assert left >= 0
    for part, share in zip(parts, shares, strict=True):
        assert abs(Fraction(part) - Fraction(value) * Fraction(share) / 100) <= Fraction(len(shares), 10**12)


def test_by_products_that_bear_all_of_it_leave_nothing_and_take_no_more() -> None:
    thirds = [Decimal("33.333333"), Decimal("33.333333"), Decimal("33.333334")]
    assert rules.shared_value(Decimal("0.000000000001"), [Decimal(50), Decimal(50)]) == [Decimal("1E-12"), 0, 0]
    assert rules.shared_value(Decimal(1), thirds) == [Decimal("0.33333333"), Decimal("0.33333333"), thirds[2] / 100, 0]
    assert rules.shared_value(Decimal(7), []) == [7]


@pytest.mark.parametrize(
    ("usage", "expected"),
    [
        (None, "4"),
        ({}, "4"),
        ({"used": 5}, "5"),
        ({"used": 0}, "0"),
        ({"returned": "1.5"}, "2.5"),
        ({"returned": 4}, "0"),
    ],
)
def test_what_is_not_said_to_be_used_was_planned(usage: dict[str, object] | None, expected: str) -> None:
    assert rules.used(Decimal(4), usage) == Decimal(expected)


def test_more_cannot_come_back_than_was_planned() -> None:
    with pytest.raises(Conflict):
        rules.used(Decimal(4), {"returned": "4.000001"})
    assert rules.used(Decimal(4), {"returned": 5, "used": 1}) == 1


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
