"""An accountant who reads the ledgers of a history from the first entry to the last, with fractions and by brute force.

What each entry moved and its variance are computed from what came in from outside alone, and held against what is
stored. Nothing of the engine's arithmetic is used.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from tests.plugins.inventory.layers import Layer, Pool


class Entry(NamedTuple):
    """A row of a ledger. `stated` is the value that it was given: that of its unit cost, or of what came back."""

    id: str
    code: str
    item: str
    location: str
    event_type: str
    quantity: Decimal
    stated: Decimal | None
    value: Decimal
    variance: Decimal
    source_type: str | None
    source_id: str | None
    reverses_id: str | None


@dataclass
class Accountant:
    """Is shown the ledger of materials first, because goods are made of them. `making_costs` is what a piece costs to
    make, by the type of the source."""

    making_costs: Mapping[str | None, Decimal]
    pools: dict[tuple[str, str], Pool] = field(default_factory=dict)
    layers: dict[str, Layer] = field(default_factory=dict)
    # What left with an entry, and what a receipt's line has taken.
    left: dict[str, Fraction] = field(default_factory=dict)
    taken: dict[str | None, Fraction] = field(default_factory=dict)
    found: list[str] = field(default_factory=list)

    def read(self, entries: list[Entry]) -> None:
        """Note each entry that says something else."""
        for entry in entries:
            value, variance = self._move(entry)
            if (Fraction(entry.value), Fraction(entry.variance)) != (value, variance):
                self.found.append(
                    f"{entry.code}, {entry.event_type} of {entry.quantity}: {entry.value} with the variance "
                    f"{entry.variance}, not {float(value)} with {float(variance)}"
                )

    def _move(self, entry: Entry) -> tuple[Fraction, Fraction]:
        pool = self.pools.setdefault((entry.item, entry.location), Pool())
        quantity, nothing = Fraction(entry.quantity), Fraction(0)
        match entry.event_type:
            case "RECEIVE" | "ADJUST":
                assert entry.stated is not None
                return self._bring(entry, pool, Fraction(entry.stated)), nothing
            case "PRODUCE":
                cost = self.taken.get(entry.source_id, nothing) + quantity * Fraction(
                    self.making_costs[entry.source_type]
                )
                return self._bring(entry, pool, cost), nothing
            case "CONSUME" | "DISPOSE":
                value = pool.take(quantity)
                self.left[entry.id] = value
                if entry.event_type == "CONSUME":
                    self.taken[entry.source_id] = self.taken.get(entry.source_id, nothing) + value
                return -value, nothing
            case "REVERSE_CONSUME":
                assert entry.reverses_id is not None
                value = self.left[entry.reverses_id]
                pool.receive(quantity, value)
                return value, nothing
            case "REVERSE_RECEIVE" | "REVERSE_PRODUCE":
                assert entry.reverses_id is not None
                value, variance = pool.undo(self.layers[entry.reverses_id], -Fraction(entry.value))
                return -value, variance
            case _:
                return nothing, nothing

    def _bring(self, entry: Entry, pool: Pool, value: Fraction) -> Fraction:
        self.layers[entry.id] = pool.receive(Fraction(entry.quantity), value)
        return value
