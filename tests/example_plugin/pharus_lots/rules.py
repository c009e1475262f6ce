"""Which lots goods come from and go to, as pure arithmetic: no database, no clock.

First expiry first out: what expires first goes first, what never expires last, among equals what came first.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Held:
    """So much of a lot lies at one place."""

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


def first_expiry_first_out(held: Iterable[Held], wanted: Decimal) -> list[Part]:
    """From which lots `wanted` is taken; less than that when the lots hold less."""
    parts = []
    for lot in sorted((lot for lot in held if lot.quantity > 0), key=lambda lot: lot.turn):
        if wanted <= 0:
            break
        taken = min(lot.quantity, wanted)
        parts.append(Part(lot.lot_id, taken))
        wanted -= taken
    return parts


def taken_back(moved: Sequence[Part], whole: Decimal, part: Decimal) -> list[Part]:
    """The opposite of what an entry of `whole` moved, as far as `part` of it is taken back: the last lots first."""
    left = sum((abs(each.quantity) for each in moved), ZERO) - (whole - part)
    parts = []
    for each in reversed(moved):
        if left <= 0:
            break
        quantity = min(abs(each.quantity), left)
        parts.append(Part(each.lot_id, quantity.copy_sign(-each.quantity)))
        left -= quantity
    return parts


def held_back(parts: Iterable[Part], held: Mapping[str, Held]) -> list[Part]:
    """The parts without what is there no more: a receipt is taken back, of which some was used already. Something else
    of the item must then go in its place."""
    possible: list[Part] = []
    missing = ZERO
    gone: dict[str, Decimal] = {}
    for part in parts:
        there = held[part.lot_id].quantity if part.lot_id in held else ZERO
        there -= gone.get(part.lot_id, ZERO)
        quantity = part.quantity if part.quantity > 0 else -min(-part.quantity, there)
        missing += quantity - part.quantity
        gone[part.lot_id] = gone.get(part.lot_id, ZERO) - quantity
        if quantity:
            possible.append(Part(part.lot_id, quantity))
    others = [
        Held(lot.lot_id, lot.number, lot.expires_on, lot.quantity - gone.get(lot.lot_id, ZERO)) for lot in held.values()
    ]
    return [*possible, *(Part(each.lot_id, -each.quantity) for each in first_expiry_first_out(others, missing))]
