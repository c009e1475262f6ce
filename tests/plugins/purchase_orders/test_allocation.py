"""Shares of an amount add up to it, and none is a unit away from its exact part."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.purchase_orders.allocation import shares

UNIT = Decimal("0.000001")
money = st.integers(-(10**18) + 1, 10**18 - 1).map(lambda units: units * UNIT)
weights = st.lists(st.integers(0, 10**30).map(lambda units: units * UNIT * UNIT), min_size=1, max_size=40).filter(any)

pytestmark = pytest.mark.no_database


@given(amount=money, by=weights)
def test_shares_add_up_and_are_as_near_as_can_be(amount: Decimal, by: list[Decimal]) -> None:
    found = shares(amount, by)
    assert sum(found) == amount
    total = sum(map(Fraction, by))
    for share, weight in zip(found, by, strict=True):
        assert abs(Fraction(share) - Fraction(amount) * Fraction(weight) / total) < Fraction(UNIT)
        assert share % UNIT == 0
        assert weight or not share


def test_what_is_left_over_goes_to_the_largest_remainders() -> None:
    assert shares(Decimal("0.00001"), [Decimal(1), Decimal(1), Decimal(1)]) == [4 * UNIT, 3 * UNIT, 3 * UNIT]
    assert shares(Decimal("-0.00001"), [Decimal(1), Decimal(1), Decimal(4)]) == [-2 * UNIT, -2 * UNIT, -6 * UNIT]
    assert shares(Decimal(1), [Decimal(0), Decimal(5)]) == [0, 1]
