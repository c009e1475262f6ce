"""docs/specification.md as a program: every action on every state that a few events can reach.

The state is the specification's, in exact fractions; the engine's arithmetic goes along with one history to each state
and has to agree after each action. States that differ only in the names of items and locations are one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from itertools import permutations, product
from typing import NamedTuple, TypeVar

from plugins.inventory.postings import Balance, Key, Posted, Posting, apply

T = TypeVar("T")

ITEMS, LOCATIONS = (0, 1), (0, 1)
COSTS = (1, 3)
NOW = datetime(2026, 3, 1, tzinfo=UTC)


class Layer(NamedTuple):
    """One inflow that can be undone: what it brought, and the pieces of it that are left."""

    quantity: int
    value: Fraction
    left: Fraction


class Pool(NamedTuple):
    """One item at one location. `others` are the pieces of inflows that cannot be undone."""

    layers: tuple[Layer, ...] = ()
    on_hand: int = 0
    value: Fraction = Fraction(0)
    allocated: int = 0
    # What was consumed and can be taken back.
    consumed: tuple[Fraction, ...] = ()
    # What is on its way here: from which location, with which value.
    coming: tuple[tuple[int, Fraction], ...] = ()


State = tuple[tuple[Pool, ...], ...]
EMPTY: State = tuple(tuple(Pool() for _ in LOCATIONS) for _ in ITEMS)


@dataclass(frozen=True)
class Reached:
    """A state with one history of the engine that leads to it: its balances, and the entries it can still undo."""

    state: State
    balances: Mapping[Key, Balance]
    inflows: tuple[tuple[Key, Layer, Posted], ...] = ()
    outflows: tuple[tuple[Key, Fraction, Posted], ...] = ()
    sent: tuple[tuple[Key, int, Fraction, Posted], ...] = ()
    came: Fraction = Fraction(0)
    gone: Fraction = Fraction(0)


def key(item: int, location: int) -> Key:
    return Key(str(item), str(location))


START = Reached(EMPTY, {key(*each): Balance() for each in product(ITEMS, LOCATIONS)})


def successors(reached: Reached) -> Iterator[Reached]:
    """The state after each action that is enabled, with the engine's balances after the same action."""
    for item, location in product(ITEMS, LOCATIONS):
        pool = reached.state[item][location]
        for cost in COSTS:
            yield _receive(reached, item, location, cost)
        if pool.on_hand:
            yield _consume(reached, item, location)
            yield _send(reached, item, location, 1 - location)
        if not pool.allocated:
            yield _allocate(reached, item, location)
    for at in range(len(reached.sent)):
        yield _arrive(reached, at)
        yield _call_back(reached, at)
    for at in range(len(reached.outflows)):
        yield _bring_back(reached, at)
    for at, (place, layer, _) in enumerate(reached.inflows):
        if reached.balances[place].on_hand >= layer.quantity:
            yield _undo(reached, at)


def canonical(state: State) -> State:
    """The same for all ways to name the items and the locations."""
    return min(
        tuple(tuple(_renamed(state[item][location], locations) for location in locations) for item in items)
        for items in permutations(ITEMS)
        for locations in permutations(LOCATIONS)
    )


def _renamed(pool: Pool, locations: tuple[int, ...]) -> Pool:
    return pool._replace(
        layers=tuple(sorted(pool.layers)),
        consumed=tuple(sorted(pool.consumed)),
        coming=tuple(sorted((locations.index(source), value) for source, value in pool.coming)),
    )


def agrees(reached: Reached) -> bool:
    """The engine has the quantities and the values of the specification, and no value appeared or vanished."""
    for item, location in product(ITEMS, LOCATIONS):
        pool, balance = reached.state[item][location], reached.balances[key(item, location)]
        quantities = (balance.on_hand, balance.allocated, balance.in_transit)
        if quantities != (pool.on_hand, pool.allocated, len(pool.coming)):
            return False
        if abs(Fraction(balance.value) - pool.value) > Fraction(1, 10**9) or balance.value < 0:
            return False
        if pool.on_hand and not min(COSTS) <= pool.value / pool.on_hand <= max(COSTS):
            return False
        if not pool.on_hand and pool.value:
            return False
    there = sum((balance.value + balance.in_transit_value for balance in reached.balances.values()), Decimal(0))
    return Fraction(there) == reached.came - reached.gone


def _with(state: State, item: int, location: int, pool: Pool) -> State:
    return tuple(
        tuple(pool if (i, place) == (item, location) else each for place, each in enumerate(row))
        for i, row in enumerate(state)
    )


def _inflow(pool: Pool, quantity: int, value: Fraction) -> Pool:
    return pool._replace(on_hand=pool.on_hand + quantity, value=pool.value + value)


def _outflow(pool: Pool, left: int) -> tuple[Pool, Fraction]:
    """All layers shrink alike; the value that leaves is the average's."""
    part = Fraction(left, pool.on_hand)
    layers = tuple(layer._replace(left=layer.left * part) for layer in pool.layers)
    return pool._replace(layers=layers, on_hand=left, value=pool.value * part), pool.value * (1 - part)


def _receive(reached: Reached, item: int, location: int, cost: int) -> Reached:
    place = key(item, location)
    balances, posted = _post(reached, Posting(*place, "RECEIVE", Decimal(1), unit_cost=Decimal(cost)))
    layer = Layer(1, Fraction(cost), Fraction(1))
    pool = _inflow(reached.state[item][location], 1, Fraction(cost))
    pool = pool._replace(layers=(*pool.layers, layer))
    return replace(
        reached,
        state=_with(reached.state, item, location, pool),
        balances=balances,
        inflows=(*reached.inflows, (place, layer, posted)),
        came=reached.came + cost,
    )


def _consume(reached: Reached, item: int, location: int) -> Reached:
    place, pool = key(item, location), reached.state[item][location]
    fulfilled = Decimal(min(pool.allocated, 1))
    balances, posted = _post(reached, Posting(*place, "CONSUME", Decimal(1), fulfilled=fulfilled))
    after, value = _outflow(pool, pool.on_hand - 1)
    after = after._replace(allocated=max(0, pool.allocated - 1), consumed=(*pool.consumed, value))
    return replace(
        reached,
        state=_with(reached.state, item, location, after),
        balances=balances,
        outflows=(*reached.outflows, (place, value, posted)),
        gone=reached.gone - Fraction(posted.effect.value),
    )


def _allocate(reached: Reached, item: int, location: int) -> Reached:
    """Demand that becomes a reservation; it may exceed what is on hand."""
    balances, _ = _post(reached, Posting(*key(item, location), "DEMAND", Decimal(1)))
    balances, _ = _post(replace(reached, balances=balances), Posting(*key(item, location), "ALLOCATE", Decimal(1)))
    pool = reached.state[item][location]
    return replace(
        reached,
        state=_with(reached.state, item, location, pool._replace(allocated=pool.allocated + 1)),
        balances=balances,
    )


def _send(reached: Reached, item: int, source: int, destination: int) -> Reached:
    posting = Posting(
        *key(item, source), "TRANSFER", Decimal(1), to_location_id=str(destination), source_type="transfer"
    )
    balances, posted = _post(reached, posting)
    pool = reached.state[item][source]
    after, value = _outflow(pool, pool.on_hand - 1)
    state = _with(reached.state, item, source, after)
    there = state[item][destination]
    state = _with(state, item, destination, there._replace(coming=(*there.coming, (source, value))))
    sent = (*reached.sent, (key(item, source), destination, value, posted))
    return replace(reached, state=state, balances=balances, sent=sent)


def _arrive(reached: Reached, at: int) -> Reached:
    place, destination, value, sent = reached.sent[at]
    item = int(place.item_id)
    balances, _ = _post(
        reached,
        Posting(*key(item, destination), "RECEIVE", Decimal(1), value=-sent.effect.value, source_type="transfer"),
    )
    there = _without_coming(reached.state[item][destination], int(place.location_id), value)
    state = _with(reached.state, item, destination, _inflow(there, 1, value))
    return replace(reached, state=state, balances=balances, sent=_without(reached.sent, at))


def _call_back(reached: Reached, at: int) -> Reached:
    place, destination, value, sent = reached.sent[at]
    item, source = int(place.item_id), int(place.location_id)
    balances, _ = _post(reached, sent.reverse())
    there = _without_coming(reached.state[item][destination], source, value)
    state = _with(reached.state, item, destination, there)
    state = _with(state, item, source, _inflow(state[item][source], 1, value))
    return replace(reached, state=state, balances=balances, sent=_without(reached.sent, at))


def _bring_back(reached: Reached, at: int) -> Reached:
    place, value, posted = reached.outflows[at]
    item, location = int(place.item_id), int(place.location_id)
    balances, _ = _post(reached, posted.reverse())
    pool = _inflow(reached.state[item][location], 1, value)
    consumed = list(pool.consumed)
    consumed.remove(value)
    allocated = pool.allocated - int(posted.effect.allocated)
    pool = pool._replace(consumed=tuple(consumed), allocated=allocated)
    return replace(
        reached,
        state=_with(reached.state, item, location, pool),
        balances=balances,
        outflows=_without(reached.outflows, at),
        gone=reached.gone + Fraction(posted.effect.value),
    )


def _undo(reached: Reached, at: int) -> Reached:
    """What is left of the inflow goes at what it brought, the rest at the average of what then remains."""
    place, layer, posted = reached.inflows[at]
    item, location = int(place.item_id), int(place.location_id)
    pool = reached.state[item][location]
    order = [layer for other, layer, _ in reached.inflows[:at] if other == place]
    own = pool.layers[len(order)]
    left = own.left
    rest, rest_value = pool.on_hand - left, pool.value - left * layer.value
    missing = layer.quantity - left
    taken = left * layer.value + (rest_value * missing / rest if missing else 0)
    others = pool.layers[: len(order)] + pool.layers[len(order) + 1 :]
    part = Fraction(pool.on_hand - layer.quantity, 1) / rest if rest else Fraction(0)
    after = pool._replace(
        layers=tuple(each._replace(left=each.left * part) for each in others),
        on_hand=pool.on_hand - layer.quantity,
        value=pool.value - taken,
    )
    balances, undo = _post(reached, posted.reverse())
    return replace(
        reached,
        state=_with(reached.state, item, location, after),
        balances=balances,
        inflows=_without(reached.inflows, at),
        came=reached.came - layer.value,
        gone=reached.gone - Fraction(undo.variance),
    )


def _post(reached: Reached, posting: Posting) -> tuple[dict[Key, Balance], Posted]:
    balances = dict(reached.balances)
    return balances, apply(posting, balances, NOW)


def _without_coming(pool: Pool, source: int, value: Fraction) -> Pool:
    coming = list(pool.coming)
    coming.remove((source, value))
    return pool._replace(coming=tuple(coming))


def _without(rows: tuple[T, ...], at: int) -> tuple[T, ...]:
    return rows[:at] + rows[at + 1 :]
