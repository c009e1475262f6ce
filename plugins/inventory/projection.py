"""Commitments follow the status of an order through this one function.

The caller says what a line should hold open now; the projection compares that with what the ledger holds open for
the line and posts only the difference, forward or as reversals. Running it twice writes nothing (contract, rules.md,
Orders, in common).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from plugins.inventory import engine
from plugins.inventory.engine import Entry
from plugins.inventory.holdings import Held, Holdings
from plugins.inventory.ledgers import Ledger
from plugins.inventory.postings import ZERO, Key, Posting


@dataclass(frozen=True, slots=True)
class Wanted:
    """What one line should hold open: quantities on order, in demand, allocated, and consumed by the line itself.

    Without a place (location_id None) nothing can be held; all that was is reversed.
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


def project(
    ledger: Ledger,
    lines: Sequence[Wanted],
    *,
    event_date: datetime | None = None,
    holdings: Holdings | None = None,
) -> list[Entry]:
    """Post what is missing or too much. Conflict when goods to be consumed are not on hand.

    `holdings` is what the ledger holds for the lines where that is known already; of new lines, nothing.
    """
    if holdings is None:
        holdings = Holdings.read(ledger, (line.line_id for line in lines))
    return engine.post(ledger, differences(lines, holdings, event_date=event_date), holdings=holdings)


def differences(lines: Sequence[Wanted], holdings: Holdings, *, event_date: datetime | None = None) -> list[Posting]:
    """The postings after which each line holds what it wants; none when it does already."""
    return [
        posting
        for line in lines
        for key in _places(line, holdings.of(line.line_id))
        for posting in _difference(line, key, holdings.of(line.line_id).get(key, Held()), event_date)
    ]


def opening(lines: Sequence[Wanted]) -> list[Posting]:
    """What the projection posts for lines of which the ledger holds nothing yet."""
    return differences(lines, Holdings())


def _places(line: Wanted, held: Mapping[Key, Held]) -> Iterator[Key]:
    """Where the line held something, then where it should: what moves is given back before it is taken anew."""
    here = Key(line.item_id, line.location_id) if line.location_id is not None else None
    yield from (key for key in held if key != here)
    if here is not None:
        yield here


def _difference(line: Wanted, key: Key, held: Held, event_date: datetime | None) -> Iterator[Posting]:
    """Reversals first, then DEMAND, ALLOCATE, CONSUME: each takes from what the one before it made."""
    belongs = key == (line.item_id, line.location_id)
    on_order, demand, allocated, consumed = (
        (line.on_order, line.demand, line.allocated, line.consumed) if belongs else (ZERO, ZERO, ZERO, ZERO)
    )

    def forward(event_type: str, quantity: Decimal) -> Iterator[Posting]:
        if quantity > 0:
            yield Posting(
                key.item_id,
                key.location_id,
                event_type,
                quantity,
                ref=line.ref,
                event_date=event_date,
                source_type=line.source_type,
                source_id=line.line_id,
                line_id=line.line_id,
            )

    def backward(event_type: str, quantity: Decimal) -> Iterator[Posting]:
        yield from _reversals(held, event_type, quantity, event_date, line.line_id)

    yield from backward("ORDER", held.open.on_order - on_order)
    now_demand, now_allocated, now_consumed = held.open.demand, held.open.allocated, held.consumed
    if consumed < now_consumed:
        # Goods come back as they went, entry by entry; what should stay consumed is consumed anew.
        for posting in backward("CONSUME", now_consumed):
            assert posting.reverses is not None
            now_allocated -= posting.reverses.effect.allocated
            yield posting
        now_consumed = ZERO
    to_consume = consumed - now_consumed
    to_allocate = allocated + to_consume - now_allocated
    yield from backward("ALLOCATE", -to_allocate)
    now_demand += max(ZERO, -to_allocate)
    to_demand = demand + max(ZERO, to_allocate) - now_demand
    yield from backward("DEMAND", -to_demand)
    yield from forward("ORDER", on_order - held.open.on_order)
    yield from forward("DEMAND", to_demand)
    yield from forward("ALLOCATE", to_allocate)
    yield from forward("CONSUME", to_consume)


def _reversals(
    held: Held, event_type: str, quantity: Decimal, event_date: datetime | None, source_id: str
) -> Iterator[Posting]:
    """Take back `quantity` of the line's own entries of the type, the newest first."""
    left = quantity
    for posted in reversed(held.entries):
        if left <= 0:
            return
        if posted.posting.event_type != event_type or posted.posting.source_id != source_id:
            continue
        part = min(left, posted.posting.quantity - posted.reversed)
        if part > 0:
            yield posted.reverse(part, event_date)
            left -= part
    assert left <= 0, f"the ledger holds less {event_type} than its effects say"
