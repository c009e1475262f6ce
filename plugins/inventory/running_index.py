"""The running index of a balance: how much of what once came in is still there, without looking back.

Goods of one item at one location are a pool at one average cost. An outflow takes the same fraction of every earlier
inflow, so of each inflow the part Π(1 - outflow / on hand before it) is left. The index is that product since the pool
was last empty; an inflow remembers the index as it was then, and the quotient of the two is the part that is left
(docs/rules.md, Inventory: undoing an inflow).

The index shrinks with every turnover of a pool that is never empty, so it keeps significant digits and an exponent.
"""

from decimal import Decimal, localcontext
from typing import NamedTuple

ONE = Decimal(1)
ZERO = Decimal(0)

# A share below this counts as gone.
LEAST_SHARE = Decimal("1e-12")

# What is kept of an index: as many digits as the column has places.
_DIGITS = 38
# More than any share that counts has: what came in before a pool was empty is gone for good.
_EMPTIED = 20


class RunningIndex(NamedTuple):
    """mantissa × 10 ** -exponent; the mantissa is above 0.1 and at most 1."""

    mantissa: Decimal = ONE
    exponent: int = 0

    def after(self, left: Decimal, before: Decimal) -> "RunningIndex":
        """The index when of `before` pieces only `left` stay; none left, and all that came in before is gone."""
        if left == 0:
            return RunningIndex(ONE, self.exponent + _EMPTIED)
        with localcontext(prec=_DIGITS + 20):
            product = self.mantissa * left / before
        with localcontext(prec=_DIGITS):
            shift = -1 - product.adjusted() if product < ONE else 0
            return RunningIndex(+product.scaleb(shift), self.exponent + shift)

    def share_since(self, then: "RunningIndex") -> Decimal:
        """The part, from 0 to 1, of what came in at the index `then` that is there at this one."""
        if self == then:
            return ONE
        shift = self.exponent - then.exponent
        if shift >= _EMPTIED:
            return ZERO
        with localcontext(prec=_DIGITS):
            share = (self.mantissa / then.mantissa).scaleb(-shift)
        return min(share, ONE) if share >= LEAST_SHARE else ZERO


UNTOUCHED = RunningIndex()
