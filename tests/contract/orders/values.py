"""An accountant who reads the ledgers of a history from the first entry to the last, with fractions and by brute force.

What each entry moved and its variance are computed from what came in from outside alone, and held against what is
stored. Nothing of the engine's arithmetic is used.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from math import floor
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
    ref: str | None = None


@dataclass
class Accountant:
    """Is shown the ledger of materials first, because goods are made of them. `making_costs` is what a piece costs to
    make, by the type of the source. By-products come right behind what they come out with."""

    making_costs: Mapping[str | None, Decimal]
    # Of each item that has by-products, in percent, what those bear of the cost.
    shares: Mapping[str, Mapping[str, Decimal]] = field(default_factory=dict)
    pools: dict[tuple[str, str], Pool] = field(default_factory=dict)
    layers: dict[str, Layer] = field(default_factory=dict)
    # What left with an entry, and what a receipt's line has taken.
    left: dict[str, Fraction] = field(default_factory=dict)
    taken: dict[str | None, Fraction] = field(default_factory=dict)
    # What a receipt's line has disposed of, by item, and what by-products bear, by the ids of their entries.
    disposed: dict[tuple[str | None, str], Fraction] = field(default_factory=dict)
    borne: dict[str, Fraction] = field(default_factory=dict)
    found: list[str] = field(default_factory=list)

    def read(self, entries: list[Entry]) -> None:
        """Note each entry that says something else."""
        for number, entry in enumerate(entries):
            if entry.event_type == "PRODUCE" and entry.id not in self.borne:
                self._part(entry, entries[number + 1 :])
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
            case "ADJUST" if entry.source_type in self.making_costs:
                # What was scrapped comes back as it went.
                return self._bring(entry, pool, self.disposed[entry.source_id, entry.item]), nothing
            case "RECEIVE" | "ADJUST":
                assert entry.stated is not None
                return self._bring(entry, pool, Fraction(entry.stated)), nothing
            case "PRODUCE":
                return self._bring(entry, pool, self.borne[entry.id]), nothing
            case "CONSUME" | "DISPOSE":
                value = pool.take(quantity)
                self.left[entry.id] = value
                if entry.event_type == "CONSUME":
                    self.taken[entry.source_id] = self.taken.get(entry.source_id, nothing) + value
                else:
                    self.disposed[entry.source_id, entry.item] = value
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

    def _part(self, entry: Entry, behind: list[Entry]) -> None:
        """What was taken and what making it cost, parted among what came out: in 12 places, half up, the rest to what
        was made."""
        making = Fraction(entry.quantity) * Fraction(self.making_costs[entry.source_type])
        left = cost = self.taken.get(entry.source_id, Fraction(0)) + making
        shares = self.shares.get(entry.item, {})
        for besides in behind:
            if besides.event_type != "PRODUCE" or besides.item not in shares or besides.ref != entry.ref:
                break
            part = cost * Fraction(shares[besides.item]) / 100
            self.borne[besides.id] = Fraction(floor(part * 10**12 + Fraction(1, 2)), 10**12)
            left -= self.borne[besides.id]
        self.borne[entry.id] = left

    def _bring(self, entry: Entry, pool: Pool, value: Fraction) -> Fraction:
        self.layers[entry.id] = pool.receive(Fraction(entry.quantity), value)
        return value
