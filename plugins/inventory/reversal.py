"""Taking back what an order or a receipt wrote: REVERSE_ rows for all that is left of its entries."""

from collections.abc import Sequence
from typing import Literal

from plugins.inventory import engine, entries
from plugins.inventory.engine import Entry
from plugins.inventory.ledgers import Ledger
from plugins.inventory.postings import REVERSIBLE


def reverse_entries(ledger: Ledger, by: Literal["line_id", "source_id"], ids: Sequence[str]) -> list[Entry]:
    """Reverse whatever is left of the entries of these lines, or of those that these sources wrote, newest first.

    Conflict when goods they brought in are no longer there. The caller holds the lock of the order, so that nobody
    writes for it meanwhile. Running it twice writes nothing.
    """
    if not ids:
        return []
    written = entries.read(ledger, f"{by} = ANY(%s::uuid[])", (list(ids),))
    return engine.post(
        ledger,
        [
            posted.reverse()
            for posted in reversed(written)
            if posted.posting.event_type in REVERSIBLE and posted.reversed < posted.posting.quantity
        ],
    )
