"""An amount is divided into shares that add up to it, to the last digit."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

# Shares have the places of money.
_UNIT = Decimal("0.000001")


def shares(amount: Decimal, weights: Sequence[Decimal]) -> list[Decimal]:
    """The amount by weight: each share is cut off, and what is left over goes to the largest remainders, one unit
    each, the first of equal ones first. The amount may be negative; of the weights none is, and one is above 0."""
    units, total = int(abs(amount) / _UNIT), Fraction(sum(weights))
    exact = [units * Fraction(weight) / total for weight in weights]
    whole = [int(share) for share in exact]
    by_remainder = sorted(range(len(exact)), key=lambda index: whole[index] - exact[index])
    for index in by_remainder[: units - sum(whole)]:
        whole[index] += 1
    unit = _UNIT.copy_sign(amount)
    return [share * unit for share in whole]
