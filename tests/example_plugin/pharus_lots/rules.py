"""Which lots goods come from and go to, as pure arithmetic: no database, no clock.

First expiry first out: what expires first goes first, what never expires last, among equals what came first.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class LotBalance:
    """How much of a lot is at one location."""

    lot_id: str
    number: str
    expires_on: date | None
    quantity: Decimal

    @property
    def turn(self) -> tuple[bool, date, int, str]:
        # Codes are counted up: the shorter number is the earlier one.
        return (self.expires_on is None, self.expires_on or date.max, len(self.number), self.number)


@dataclass(frozen=True, slots=True)
class Part:
    lot_id: str
    quantity: Decimal


def first_expiry_first_out(balances: Iterable[LotBalance], quantity: Decimal) -> list[Part]:
    """From which lots `quantity` is taken; less than that when the lots have less."""
    parts = []
    for lot in sorted((lot for lot in balances if lot.quantity > 0), key=lambda lot: lot.turn):
        if quantity <= 0:
            break
        taken = min(lot.quantity, quantity)
        parts.append(Part(lot.lot_id, taken))
        quantity -= taken
    return parts


def reverse_parts(moved: Sequence[Part], whole: Decimal, part: Decimal) -> list[Part]:
    """The opposite of what an entry of `whole` moved, as far as `part` of it is reversed: the last lots first."""
    left = sum((abs(each.quantity) for each in moved), ZERO) - (whole - part)
    parts = []
    for each in reversed(moved):
        if left <= 0:
            break
        quantity = min(abs(each.quantity), left)
        parts.append(Part(each.lot_id, quantity.copy_sign(-each.quantity)))
        left -= quantity
    return parts


def available_parts(parts: Iterable[Part], balances: Mapping[str, LotBalance]) -> list[Part]:
    """The parts without what is no longer there: a receipt is reversed, of which some was used already. Other lots of
    the item go instead."""
    possible: list[Part] = []
    missing = ZERO
    gone: dict[str, Decimal] = {}
    for part in parts:
        there = balances[part.lot_id].quantity if part.lot_id in balances else ZERO
        there -= gone.get(part.lot_id, ZERO)
        quantity = part.quantity if part.quantity > 0 else -min(-part.quantity, there)
        missing += quantity - part.quantity
        gone[part.lot_id] = gone.get(part.lot_id, ZERO) - quantity
        if quantity:
            possible.append(Part(part.lot_id, quantity))
    others = [replace(lot, quantity=lot.quantity - gone.get(lot.lot_id, ZERO)) for lot in balances.values()]
    return [*possible, *(Part(each.lot_id, -each.quantity) for each in first_expiry_first_out(others, missing))]
