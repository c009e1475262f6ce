"""How far the logs of organizations reach, for those who wait for more (handlers/workers/waiters.py)."""

from collections.abc import Sequence

from pharus.db import db, unit_of_work
from pharus.identity import ANONYMOUS
from plugins.events.reading import Position


def read(org_ids: Sequence[str]) -> dict[str, Position]:
    """The position of the last event that can be read, of each that has one. Outside of any unit of work."""
    with unit_of_work(ANONYMOUS):
        rows = db.rows("SELECT * FROM event_heads(%s::uuid[])", (list(org_ids),))
    return {org_id: Position(transaction_id, seq, 1) for org_id, transaction_id, seq in rows}
