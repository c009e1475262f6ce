"""What a posting does, as pure arithmetic: no database, no clock.

A posting is a small value: so much of an item, at a place, for a reason. `apply` says what it does to a balance. The
table `QUANTITIES` is the whole of it; everything else follows from cost (docs/rules.md, Inventory).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

ZERO = Decimal(0)
SIX_PLACES = Decimal("0.000001")

REVERSE = "REVERSE_"


class Key(NamedTuple):
    """Where a balance stands. Balances are locked in the order of their keys."""

    item_id: str
    location_id: str


@dataclass(frozen=True, slots=True)
class Amounts:
    """A balance, or the signed change of one. Quantities have 6 places, value has up to 12."""

    on_hand: Decimal = ZERO
    on_order: Decimal = ZERO
    demand: Decimal = ZERO
    allocated: Decimal = ZERO
    in_transit: Decimal = ZERO
    value: Decimal = ZERO

    def __add__(self, other: "Amounts") -> "Amounts":
        return Amounts(
            self.on_hand + other.on_hand,
            self.on_order + other.on_order,
            self.demand + other.demand,
            self.allocated + other.allocated,
            self.in_transit + other.in_transit,
            self.value + other.value,
        )


class Signs(NamedTuple):
    """How often the quantity, or the part of it that fulfils the line's commitment, counts in each amount."""

    on_hand: int = 0
    on_order: int = 0
    demand: int = 0
    allocated: int = 0
    in_transit: int = 0
    fulfilled_on_order: int = 0
    fulfilled_allocated: int = 0


# The transfer's arrival is a RECEIVE, too; it takes from what is on its way instead of from what is on order.
ARRIVAL = "ARRIVAL"

QUANTITIES: Mapping[str, Signs] = {
    "ORDER": Signs(on_order=1),
    "RECEIVE": Signs(on_hand=1, fulfilled_on_order=-1),
    ARRIVAL: Signs(on_hand=1, in_transit=-1),
    "PRODUCE": Signs(on_hand=1, fulfilled_on_order=-1),
    "DEMAND": Signs(demand=1),
    "ALLOCATE": Signs(demand=-1, allocated=1),
    "CONSUME": Signs(on_hand=-1, fulfilled_allocated=-1),
    "TRANSFER": Signs(on_hand=-1, in_transit=1),
    "ADJUST": Signs(on_hand=1),
    "DISPOSE": Signs(on_hand=-1),
}

# The amount of its line's commitment that an event fulfils.
_FULFILS = {"RECEIVE": "on_order", "PRODUCE": "on_order", "CONSUME": "allocated"}

REVERSIBLE = frozenset(QUANTITIES) - {ARRIVAL, "ADJUST", "DISPOSE"}


@dataclass(frozen=True, slots=True)
class Posting:
    """One event to be written.

    unit_cost  of an inflow from outside (a receipt's); None: the engine says what the goods cost
    value      of an inflow whose value is known as a whole: what left on a transfer, what a production consumed
    fulfilled    how much of the line's commitment the quantity fulfils; the engine finds it out
    """

    item_id: str
    location_id: str
    event_type: str
    quantity: Decimal
    unit_cost: Decimal | None = None
    value: Decimal | None = None
    fulfilled: Decimal = ZERO
    ref: str | None = None
    to_location_id: str | None = None
    notes: str | None = None
    event_date: datetime | None = None
    source_type: str | None = None
    source_id: str | None = None
    line_id: str | None = None
    reverses: "Posted | None" = None

    @property
    def key(self) -> Key:
        return Key(self.item_id, self.location_id)

    @property
    def destination(self) -> Key | None:
        return Key(self.item_id, self.to_location_id) if self.to_location_id else None

    @property
    def fulfils(self) -> str | None:
        """The amount that the line holds open and the posting takes from; None where there is none."""
        return _FULFILS.get(self.effect_name)

    @property
    def effect_name(self) -> str:
        arrives = self.event_type == "RECEIVE" and self.source_type == "transfer"
        return ARRIVAL if arrives else self.event_type


@dataclass(frozen=True, slots=True)
class Posted:
    """An entry of the ledger as the engine needs it again: to reverse it, to see what a line holds."""

    id: str
    posting: Posting
    effect: Amounts
    # How much of it later entries have reversed.
    reversed: Decimal = field(default=ZERO)

    def reverse(self, quantity: Decimal | None = None, event_date: datetime | None = None) -> Posting:
        """The posting that takes back all that is left of this entry, or a part of a commitment."""
        return replace(
            self.posting,
            event_type=REVERSE + self.posting.event_type,
            quantity=self.posting.quantity - self.reversed if quantity is None else quantity,
            unit_cost=None,
            value=None,
            fulfilled=ZERO,
            notes=None,
            event_date=event_date,
            reverses=self,
        )


def quantities(posting: Posting) -> Amounts:
    """The change of the quantities; for a reversal the exact negative of the part that it takes back."""
    if posting.reverses is not None:
        effect, whole = posting.reverses.effect, posting.reverses.posting.quantity
        if posting.quantity == whole:
            return Amounts(-effect.on_hand, -effect.on_order, -effect.demand, -effect.allocated, -effect.in_transit)
        signs = QUANTITIES[posting.reverses.posting.event_type]
        part = -posting.quantity
        return Amounts(on_order=part * signs.on_order, demand=part * signs.demand, allocated=part * signs.allocated)
    signs = QUANTITIES[posting.effect_name]
    quantity, fulfilled = posting.quantity, posting.fulfilled
    return Amounts(
        on_hand=quantity * signs.on_hand,
        on_order=quantity * signs.on_order + fulfilled * signs.fulfilled_on_order,
        demand=quantity * signs.demand,
        allocated=quantity * signs.allocated + fulfilled * signs.fulfilled_allocated,
        in_transit=quantity * signs.in_transit,
    )


def value_change(posting: Posting, balance: Amounts, on_hand: Decimal) -> Decimal:
    """The change of value that goes with a change of on_hand, at moving average.

    What goes out takes its share of what is there, and all of it when nothing is left: so value is never lost and
    never stays behind. Taking an inflow back takes what it brought, as far as that is still there.
    """
    if on_hand == 0:
        return ZERO
    if on_hand > 0:
        return _value_in(posting, balance)
    if balance.on_hand + on_hand == 0:
        return -balance.value
    if posting.reverses is not None:
        return -min(posting.reverses.effect.value, balance.value)
    share = (balance.value * -on_hand / balance.on_hand).quantize(SIX_PLACES, ROUND_HALF_UP)
    return -min(share, balance.value)


def unit_cost(posting: Posting, value: Decimal, on_hand: Decimal) -> Decimal | None:
    """What the entry shows as unit cost: as given, else its value by its quantity; None where no goods move."""
    if on_hand == 0:
        return None
    if posting.unit_cost is not None:
        return posting.unit_cost
    return (abs(value) / posting.quantity).quantize(SIX_PLACES, ROUND_HALF_UP)


def _value_in(posting: Posting, balance: Amounts) -> Decimal:
    if posting.reverses is not None:
        return -posting.reverses.effect.value
    if posting.value is not None:
        return posting.value
    if posting.unit_cost is not None:
        return posting.quantity * posting.unit_cost
    if balance.on_hand == 0:
        return ZERO
    return (balance.value * posting.quantity / balance.on_hand).quantize(SIX_PLACES, ROUND_HALF_UP)
