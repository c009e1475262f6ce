"""Reconcile the ledger with the commitments of orders: what is on order, demanded, reserved, consumed for their lines.

The caller says what a line commits at the order's status; that is compared with what the ledger holds open for the
line, and only the difference is posted, forward or as reversals. Running it twice writes nothing (docs/rules.md,
Orders, in common: the projection).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from plugins.inventory import engine
from plugins.inventory.engine import Entry
from plugins.inventory.ledgers import Ledger
from plugins.inventory.line_balances import LineBalance, LineBalances
from plugins.inventory.lot_parts import LotPart
from plugins.inventory.postings import ZERO, Key, Posting


@dataclass(frozen=True, slots=True)
class Consumption:
    """What a record of its own, such as a shipment, takes for a line: so much, from where, when (None: now), and of
    which lots, where somebody says so."""

    source_type: str
    source_id: str
    location_id: str
    quantity: Decimal
    consumed_at: datetime | None = None
    lots: Sequence[LotPart] = ()


@dataclass(frozen=True, slots=True)
class Commitment:
    """What one line commits: quantities on order, in demand, allocated (reserved), and consumed by the line itself.

    A reservation is a commitment with `demand` (not yet promised stock) or `allocated`. Without a location nothing can
    be committed; all that was is reversed. `consumptions` is all that records of their own consume for the line, what
    others have consumed is reversed; None where that is nobody's commitment, as of receipts that consume inputs.
    """

    line_id: str
    item_id: str
    location_id: str | None
    source_type: str
    ref: str
    on_order: Decimal = ZERO
    demand: Decimal = ZERO
    allocated: Decimal = ZERO
    consumed: Decimal = ZERO
    consumptions: Sequence[Consumption] | None = None


def reconcile(
    ledger: Ledger,
    lines: Sequence[Commitment],
    *,
    consumed_at: datetime | None = None,
    line_balances: LineBalances | None = None,
) -> list[Entry]:
    """Post what is missing or too much. Conflict when goods to be consumed are not on hand.

    `consumed_at` is when goods have left that the lines consume; None for now, as everything else.
    `line_balances` is what the ledger holds for the lines where that is known already; of new lines, nothing.
    """
    if line_balances is None:
        line_balances = LineBalances.read(ledger, (line.line_id for line in lines))
    return engine.post(ledger, differences(lines, line_balances, consumed_at=consumed_at), line_balances=line_balances)


def differences(
    lines: Sequence[Commitment], line_balances: LineBalances, *, consumed_at: datetime | None = None
) -> list[Posting]:
    """The postings after which the ledger holds each line's commitment; none when it does already."""
    return [
        posting
        for line in lines
        for key in _places(line, line_balances.of(line.line_id))
        for posting in _difference(line, key, line_balances.of(line.line_id).get(key, LineBalance()), consumed_at)
    ]


def initial_postings(lines: Sequence[Commitment]) -> list[Posting]:
    """What the projection posts for lines of which the ledger holds nothing yet."""
    return differences(lines, LineBalances())


def _places(line: Commitment, balances: Mapping[Key, LineBalance]) -> Iterator[Key]:
    """Where the line held something, then where it should: what moves is given back before it is taken anew."""
    named = [line.location_id, *(each.location_id for each in reversed(line.consumptions or ()))]
    expected = dict.fromkeys(Key(line.item_id, id) for id in named if id is not None)
    yield from (key for key in balances if key not in expected)
    yield from reversed(expected)


def _difference(line: Commitment, key: Key, balance: LineBalance, consumed_at: datetime | None) -> Iterator[Posting]:
    """Reversals first, then DEMAND, ALLOCATE, CONSUME: each takes from what the one before it made."""
    belongs = key == (line.item_id, line.location_id)
    on_order, demand, allocated, consumed = (
        (line.on_order, line.demand, line.allocated, line.consumed) if belongs else (ZERO, ZERO, ZERO, ZERO)
    )

    def forward(event_type: str, quantity: Decimal, moment: datetime | None = None) -> Iterator[Posting]:
        if quantity > 0:
            yield Posting(
                key.item_id,
                key.location_id,
                event_type,
                quantity,
                ref=line.ref,
                event_date=moment,
                source_type=line.source_type,
                source_id=line.line_id,
                line_id=line.line_id,
            )

    def backward(event_type: str, quantity: Decimal) -> Iterator[Posting]:
        yield from _reversals(balance, event_type, quantity, line.line_id)

    yield from backward("ORDER", balance.open.on_order - on_order)
    now_demand, now_allocated, now_consumed = balance.open.demand, balance.open.allocated, balance.consumed
    expected, returning = _consumptions(line, key, balance)
    if consumed < now_consumed:
        # Goods come back as they went, entry by entry; what should stay consumed is consumed anew.
        returning.append((line.line_id, now_consumed))
        now_consumed = ZERO
    came_back = _came_back(balance) | {source_id for source_id, _ in returning}
    for source_id, quantity in returning:
        for posting in _reversals(balance, "CONSUME", quantity, source_id):
            assert posting.reverses is not None
            now_allocated -= posting.reverses.effect.allocated
            yield posting
    to_consume = consumed - now_consumed
    to_allocate = allocated + to_consume + sum(each.quantity for each in expected) - now_allocated
    yield from backward("ALLOCATE", -to_allocate)
    now_demand += max(ZERO, -to_allocate)
    to_demand = demand + max(ZERO, to_allocate) - now_demand
    yield from backward("DEMAND", -to_demand)
    yield from forward("ORDER", on_order - balance.open.on_order)
    yield from forward("DEMAND", to_demand)
    yield from forward("ALLOCATE", to_allocate)
    # What leaves again leaves now: by the day of the first time, days that are past would have it twice.
    for each in expected:
        for posting in forward("CONSUME", each.quantity, None if each.source_id in came_back else each.consumed_at):
            yield replace(posting, source_type=each.source_type, source_id=each.source_id, lots=each.lots)
    yield from forward("CONSUME", to_consume, None if line.line_id in came_back else consumed_at)


def _consumptions(
    line: Commitment, key: Key, balance: LineBalance
) -> tuple[list[Consumption], list[tuple[str, Decimal]]]:
    """Of what records of their own consume here for the line: what is missing, and the sources with quantities of what
    is too much."""
    if line.consumptions is None:
        return [], []
    expected = {each.source_id: each for each in line.consumptions if key == (line.item_id, each.location_id)}
    held = {source_id: quantity for source_id, quantity in balance.consumed_by.items() if quantity > 0}
    returning = [
        (source_id, quantity)
        for source_id, quantity in held.items()
        if source_id != line.line_id and (source_id not in expected or expected[source_id].quantity != quantity)
    ]
    kept = held.keys() - {source_id for source_id, _ in returning}
    return [each for each in expected.values() if each.source_id not in kept], returning


def _came_back(balance: LineBalance) -> set[str | None]:
    """The sources of which something was consumed and came back."""
    return {
        posted.posting.source_id
        for posted in balance.entries
        if posted.posting.event_type == "CONSUME" and posted.reversed > 0
    }


def _reversals(balance: LineBalance, event_type: str, quantity: Decimal, source_id: str) -> Iterator[Posting]:
    """Take back `quantity` of the line's own entries of the type, the newest first."""
    left = quantity
    for posted in reversed(balance.entries):
        if left <= 0:
            return
        if posted.posting.event_type != event_type or posted.posting.source_id != source_id:
            continue
        part = min(left, posted.posting.quantity - posted.reversed)
        if part > 0:
            yield posted.reverse(part)
            left -= part
    assert left <= 0, f"the ledger holds less {event_type} than its effects say"
