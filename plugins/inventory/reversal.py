"""Taking back what an order or a receipt wrote: REVERSE_ rows for all that is left of its entries, and for what it
disposed of, which has no reverse, the opposite."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal

from plugins.inventory import engine, entries
from plugins.inventory.engine import Entry
from plugins.inventory.ledgers import Ledger
from plugins.inventory.postings import REVERSIBLE, Posted, Posting


def reverse_entries(ledger: Ledger, by: Literal["line_id", "source_id"], ids: Sequence[str]) -> list[Entry]:
    """Reverse whatever is left of the entries of these lines, or of those that these sources wrote, newest first.

    Conflict when goods they brought in are no longer there. The caller holds the lock of the order, so that nobody
    writes for it meanwhile. Running it twice writes nothing.
    """
    if not ids:
        return []
    written = entries.read(ledger, f"{by} = ANY(%s::uuid[])", (list(ids),))
    return engine.post(ledger, list(_opposites(written)))


def _opposites(written: Sequence[Posted]) -> Iterator[Posting]:
    """A source disposes once for a line, and what it has disposed of comes back whole, at the value with which it
    left."""
    back = {
        (entry.posting.source_id, entry.posting.line_id) for entry in written if entry.posting.event_type == "ADJUST"
    }
    for posted in reversed(written):
        posting = posted.posting
        if posting.event_type in REVERSIBLE and posted.reversed < posting.quantity:
            yield posted.reverse()
        elif posting.event_type == "DISPOSE" and (posting.source_id, posting.line_id) not in back:
            value = -posted.effect.value
            yield replace(
                posting,
                event_type="ADJUST",
                unit_cost=None,
                event_date=None,
                value=value,
                added_value=value,
                lots_of=posted.id,
            )
