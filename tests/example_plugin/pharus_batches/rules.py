"""Which batches goods come from and go to, as pure arithmetic: no database, no clock.

First expiry first out: what expires first goes first, what never expires last, among equals what came first.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class BatchBalance:
    """How much of a batch is at one location."""

    batch_id: str
    number: str
    expires_on: date | None
    quantity: Decimal

    @property
    def turn(self) -> tuple[bool, date, int, str]:
        # Codes are counted up: the shorter number is the earlier one.
        return (self.expires_on is None, self.expires_on or date.max, len(self.number), self.number)


@dataclass(frozen=True, slots=True)
class Part:
    batch_id: str
    quantity: Decimal


def first_expiry_first_out(balances: Iterable[BatchBalance], quantity: Decimal) -> list[Part]:
    """From which batches `quantity` is taken; less than that when the batches have less."""
    parts = []
    for batch in sorted((batch for batch in balances if batch.quantity > 0), key=lambda batch: batch.turn):
        if quantity <= 0:
            break
        taken = min(batch.quantity, quantity)
        parts.append(Part(batch.batch_id, taken))
        quantity -= taken
    return parts


def reverse_parts(moved: Sequence[Part], whole: Decimal, part: Decimal) -> list[Part]:
    """The opposite of what an entry of `whole` moved, as far as `part` of it is reversed: the last batches first."""
    left = sum((abs(each.quantity) for each in moved), ZERO) - (whole - part)
    parts = []
    for each in reversed(moved):
        if left <= 0:
            break
        quantity = min(abs(each.quantity), left)
        parts.append(Part(each.batch_id, quantity.copy_sign(-each.quantity)))
        left -= quantity
    return parts


def available_parts(parts: Iterable[Part], balances: Mapping[str, BatchBalance]) -> list[Part]:
    """The parts without what is no longer there: a receipt is reversed, of which some was used already. Other batches
    of the item go instead."""
    possible: list[Part] = []
    missing = ZERO
    gone: dict[str, Decimal] = {}
    for part in parts:
        there = balances[part.batch_id].quantity if part.batch_id in balances else ZERO
        there -= gone.get(part.batch_id, ZERO)
        quantity = part.quantity if part.quantity > 0 else -min(-part.quantity, there)
        missing += quantity - part.quantity
        gone[part.batch_id] = gone.get(part.batch_id, ZERO) - quantity
        if quantity:
            possible.append(Part(part.batch_id, quantity))
    others = [replace(batch, quantity=batch.quantity - gone.get(batch.batch_id, ZERO)) for batch in balances.values()]
    return [*possible, *(Part(each.batch_id, -each.quantity) for each in first_expiry_first_out(others, missing))]
