"""What a posting does, as arithmetic: no database, no clock.

A posting is a small value: so much of an item, at a place, for a reason. `apply` says what it does to a balance. The
table `QUANTITIES` is the whole of it; everything else follows from cost (docs/rules.md, Inventory).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from pharus.errors import Conflict
from pharus.fields import canonical, new_id
from plugins.inventory.lot_parts import LotPart
from plugins.inventory.running_index import ONE, UNTOUCHED, RunningIndex

ZERO = Decimal(0)
# Places of quantities and unit costs, and of values: a value is the product of the two.
SIX_PLACES = Decimal("0.000001")
TWELVE_PLACES = Decimal("0.000000000001")

REVERSE = "REVERSE_"
# Changes what goods cost and moves none.
REVALUE = "REVALUE"
# Goods that a customer sent back are of no use: nothing moves, and what they have cost is no longer cost of goods.
WRITE_OFF = "WRITE_OFF"


class Key(NamedTuple):
    """Which balance: an item at a location. Balances are locked in the order of their keys."""

    item_id: str
    location_id: str


@dataclass(frozen=True, slots=True)
class Amounts:
    """The signed changes of a balance. Quantities have 6 places, value has up to 12."""

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


@dataclass(frozen=True, slots=True)
class Balance:
    """What there is of an item at a location, with the value of what is on its way there and the running index.
    `has_lots` is that of the item: whether it is told apart by lots."""

    on_hand: Decimal = ZERO
    on_order: Decimal = ZERO
    demand: Decimal = ZERO
    allocated: Decimal = ZERO
    in_transit: Decimal = ZERO
    value: Decimal = ZERO
    in_transit_value: Decimal = ZERO
    index: RunningIndex = UNTOUCHED
    has_lots: bool = False

    def after(self, effect: Amounts, index: RunningIndex | None = None) -> "Balance":
        """The balance after an effect at its own location."""
        return Balance(
            self.on_hand + effect.on_hand,
            self.on_order + effect.on_order,
            self.demand + effect.demand,
            self.allocated + effect.allocated,
            self.in_transit + effect.in_transit,
            self.value + effect.value,
            # What arrives has left the way with the value with which it is now on hand.
            self.in_transit_value - effect.value if effect.in_transit else self.in_transit_value,
            self.index if index is None else index,
            self.has_lots,
        )

    def expecting(self, effect: Amounts) -> "Balance":
        """The destination's balance after a transfer to it has left, or was called back."""
        return replace(
            self,
            in_transit=self.in_transit + effect.in_transit,
            in_transit_value=self.in_transit_value - effect.value,
        )


@dataclass(frozen=True, slots=True)
class Costing:
    """The value of a movement of goods: the signed change of the balance's value, what of a correction is variance,
    and the running index afterwards."""

    value: Decimal
    variance: Decimal
    index: RunningIndex


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
    REVALUE: Signs(),
    WRITE_OFF: Signs(),
}

# The amount of its line's commitment that an event fulfils.
_FULFILS = {"RECEIVE": "on_order", "PRODUCE": "on_order", "CONSUME": "allocated"}

# A REVALUE is reversed by itself, not with what a line or a receipt wrote: it corrects that.
REVERSIBLE = frozenset(QUANTITIES) - {ARRIVAL, "ADJUST", "DISPOSE", REVALUE}


@dataclass(frozen=True, slots=True)
class Posting:
    """One event to be written.

    unit_cost    of an inflow from outside (a receipt's, an opening stock's); None: the engine says what the goods cost
    value        of an inflow whose value is known as a whole: what left on a transfer or by a sale, what a
                 production consumed
    added_value  the part of the value that comes from outside where it is not quantity × unit cost: of a PRODUCE what
                 making it cost beside its inputs, less what its by-products bear, of that of a by-product all that it
                 bears, of a REVALUE the change of what the goods have cost in all, of what a customer sent back the
                 cost with which it left
    inputs_value of a PRODUCE beside by-products, and of one: what of the value its inputs were worth, for the journal;
                 None where that is all that was not added
    fulfilled    how much of the line's commitment the quantity fulfils; the engine finds it out
    corrects     of a REVALUE: the inflow whose cost was wrong; None where a balance is revalued by hand
    external_id  the caller's own name of what was done by hand
    lots         which lots of the item, where the caller says so; together they are the quantity
    lots_of      whose lots come back: the entry, or the line of a shipment, with which they left
    process_id   the line of a receipt that something was used or made for: what its lots have in common
    """

    item_id: str
    location_id: str
    event_type: str
    quantity: Decimal
    unit_cost: Decimal | None = None
    value: Decimal | None = None
    added_value: Decimal | None = None
    inputs_value: Decimal | None = None
    fulfilled: Decimal = ZERO
    ref: str | None = None
    to_location_id: str | None = None
    notes: str | None = None
    event_date: datetime | None = None
    source_type: str | None = None
    source_id: str | None = None
    line_id: str | None = None
    reverses: "Posted | None" = None
    corrects: "Posted | None" = None
    external_id: str | None = None
    lots: Sequence[LotPart] = ()
    lots_of: str | None = None
    process_id: str | None = None

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
    """An entry of the ledger as the engine needs it again: to reverse it, to correct it, to see what a line holds.

    index      of an inflow, and of a revaluation, the running index right after it
    reversed   how much of its quantity later entries have reversed
    corrected  by how much later entries have changed what it brought
    """

    id: str
    posting: Posting
    effect: Amounts
    variance: Decimal = ZERO
    index: RunningIndex | None = None
    reversed: Decimal = ZERO
    corrected: Decimal = ZERO

    @property
    def brought(self) -> Decimal:
        """What an inflow has cost in all, corrections included."""
        return self.effect.value + self.corrected

    def share_left(self, balance: Balance) -> Decimal:
        """The part of an inflow that is still there."""
        return ZERO if self.index is None else balance.index.share_since(self.index)

    def reverse(
        self, quantity: Decimal | None = None, event_date: datetime | None = None, *, value: Decimal | None = None
    ) -> Posting:
        """The posting that takes back all that is left of this entry, or a part of a commitment or a transfer.

        `value` is what comes back of a part of an outflow; all of it brings back all that left.
        """
        return replace(
            self.posting,
            event_type=REVERSE + self.posting.event_type,
            quantity=self.posting.quantity - self.reversed if quantity is None else quantity,
            unit_cost=None,
            value=value,
            added_value=-(self.posting.added_value or ZERO)
            if self.posting.event_type in (REVALUE, WRITE_OFF)
            else None,
            fulfilled=ZERO,
            notes=None,
            event_date=event_date,
            reverses=self,
            external_id=None,
            lots=(),
            lots_of=None,
            process_id=None,
        )


def apply(posting: Posting, balances: dict[Key, Balance], now: datetime) -> Posted:
    """One posting on balances in memory, which it changes. Conflict when it would take more than is on hand."""
    balance = balances[posting.key]
    change = quantities(posting)
    if change.on_hand < 0 and balance.on_hand + change.on_hand < 0:
        raise Conflict(
            "there is not enough on hand",
            details={
                "itemId": posting.item_id,
                "locationId": posting.location_id,
                "onHand": canonical(balance.on_hand),
                "requested": canonical(-change.on_hand),
            },
        )
    cost = costing(posting, balance, change.on_hand)
    effect = Amounts(change.on_hand, change.on_order, change.demand, change.allocated, change.in_transit, cost.value)
    if posting.destination is None:
        balances[posting.key] = balance.after(effect, cost.index)
    else:
        balances[posting.key] = balance.after(replace(effect, in_transit=ZERO), cost.index)
        balances[posting.destination] = balances[posting.destination].expecting(effect)
        if balances[posting.destination].in_transit < 0:
            raise Conflict("the goods have arrived already")
    posting = replace(
        posting,
        event_date=posting.event_date or now,
        unit_cost=unit_cost(posting, cost.value, change.on_hand),
    )
    is_layer = change.on_hand > 0 or posting.event_type == REVALUE
    return Posted(new_id(), posting, effect, cost.variance, cost.index if is_layer else None)


def quantities(posting: Posting) -> Amounts:
    """The change of the quantities; for a reversal the exact negative of the part that it takes back."""
    if posting.reverses is not None:
        effect, whole = posting.reverses.effect, posting.reverses.posting.quantity
        if posting.quantity == whole:
            return Amounts(-effect.on_hand, -effect.on_order, -effect.demand, -effect.allocated, -effect.in_transit)
        signs = QUANTITIES[posting.reverses.posting.event_type]
        part = -posting.quantity
        return Amounts(
            on_hand=part * signs.on_hand,
            on_order=part * signs.on_order,
            demand=part * signs.demand,
            allocated=part * signs.allocated,
            in_transit=part * signs.in_transit,
        )
    signs = QUANTITIES[posting.effect_name]
    quantity, fulfilled = posting.quantity, posting.fulfilled
    return Amounts(
        on_hand=quantity * signs.on_hand,
        on_order=quantity * signs.on_order + fulfilled * signs.fulfilled_on_order,
        demand=quantity * signs.demand,
        allocated=quantity * signs.allocated + fulfilled * signs.fulfilled_allocated,
        in_transit=quantity * signs.in_transit,
    )


def costing(posting: Posting, balance: Balance, on_hand: Decimal) -> Costing:
    """What a posting does to the value of a balance, at moving average (docs/rules.md, Inventory: Cost).

    What goes out takes its share of what is there, and all of it when nothing is left: so value is never lost and
    never stays behind.
    """
    if on_hand > 0:
        return Costing(_value_in(posting, balance), ZERO, balance.index)
    if on_hand < 0:
        undone = posting.reverses
        return _outflow(balance, -on_hand) if undone is None else _undo(undone, balance, -on_hand)
    if posting.added_value is not None and posting.event_type.removeprefix(REVERSE) == REVALUE:
        return _revaluation(posting, balance, posting.added_value)
    return Costing(ZERO, ZERO, balance.index)


def _outflow(balance: Balance, quantity: Decimal) -> Costing:
    left = balance.on_hand - quantity
    index = balance.index.after(left, balance.on_hand)
    return Costing(-value_of_part(balance.value, quantity, balance.on_hand), ZERO, index)


def _undo(inflow: Posted, balance: Balance, quantity: Decimal) -> Costing:
    """Takes an inflow back as if it had never been: its own pieces that are left first, at what they brought, the
    others at the average of what then remains. What it brought and did not take back is variance: so much was cost of
    goods charged too much."""
    share, brought = inflow.share_left(balance), inflow.brought
    left = balance.on_hand - quantity
    others = balance.on_hand - share * quantity
    own_value = share * brought
    if share == ONE:
        value = min(brought, balance.value)
    else:
        missing = quantity - share * quantity
        value = _rounded(own_value + (balance.value - own_value) * missing / others, balance.value)
    if left == 0:
        value = balance.value
    return Costing(-value, brought - value, balance.index.after(left, others))


def _revaluation(posting: Posting, balance: Balance, change: Decimal) -> Costing:
    """The part of the goods that is still there changes its value, the part that is gone is variance.

    Once a balance was revalued by hand, all that lies there has one cost: no part of an earlier inflow can be known.
    """
    about = posting.corrects or posting.reverses
    share = ONE if about is None else about.share_left(balance)
    value = max(_rounded(share * change), -balance.value) if balance.on_hand > 0 else ZERO
    index = balance.index if posting.corrects is not None else balance.index.after(ZERO, balance.on_hand)
    return Costing(value, value - change, index)


def unit_cost(posting: Posting, value: Decimal, on_hand: Decimal) -> Decimal | None:
    """What the entry shows as unit cost: as given, else its value by its quantity; None where no goods move."""
    if on_hand == 0:
        return None
    if posting.unit_cost is not None:
        return posting.unit_cost
    return (abs(value) / posting.quantity).quantize(SIX_PLACES, ROUND_HALF_UP)


def _value_in(posting: Posting, balance: Balance) -> Decimal:
    if posting.value is not None:
        return posting.value
    if posting.reverses is not None:
        return -posting.reverses.effect.value
    if posting.unit_cost is not None:
        return posting.quantity * posting.unit_cost
    if balance.on_hand == 0:
        return ZERO
    # At the average as it is shown: so the value follows from the event alone.
    return posting.quantity * (balance.value / balance.on_hand).quantize(SIX_PLACES, ROUND_HALF_UP)


def value_of_part(value: Decimal, quantity: Decimal, whole: Decimal) -> Decimal:
    """The part of a value that goes with a part of a quantity; all of it with the last piece."""
    return value if quantity == whole else _rounded(value * quantity / whole, value)


def _rounded(value: Decimal, most: Decimal | None = None) -> Decimal:
    rounded = value.quantize(TWELVE_PLACES, ROUND_HALF_UP)
    return rounded if most is None else min(rounded, most)
