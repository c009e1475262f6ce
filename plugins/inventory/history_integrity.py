"""Is the history what the entries say? Part of the integrity check: every day of every balance, by both dates.

An entry counts in the history or waits in the queue, so the days are compared with the entries that do not wait; one
that is neither, or both, is a difference from its day on. One statement sees all of it at one moment.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from pharus.db import db
from pharus.fields import canonical
from plugins.inventory.history import AMOUNTS, TIMES, dated, effects
from plugins.inventory.ledgers import Ledger

# A lost entry shows on every later day: so many sentences about one ledger are enough.
_MOST = 20


def find(ledger: Ledger) -> Iterator[str]:
    """One sentence for each balance and day that differ, in the current organization."""
    for item_id, location_id, basis, day, *numbers in db.rows(_differences(ledger), (_MOST,)):
        for name, is_, should in _pairs(numbers):
            if is_ != should:
                yield (
                    f"the history of {item_id} at {location_id} on {day} by {TIMES[basis]} has {name} "
                    f"{canonical(is_)}, its entries add up to {canonical(should)}"
                )
    for (entry_id,) in db.rows(
        f"""
        SELECT entry_id FROM {ledger.history_queue} AS waiting WHERE NOT EXISTS (
            SELECT FROM {ledger.entries} AS entry WHERE entry.org_id = waiting.org_id AND entry.id = waiting.entry_id
        ) LIMIT %s
        """,
        (_MOST,),
    ):
        yield f"the history waits for the entry {entry_id}, which is not there"


def _pairs(numbers: Sequence[Any]) -> Iterator[tuple[str, Any, Any]]:
    return zip(AMOUNTS, numbers[: len(AMOUNTS)], numbers[len(AMOUNTS) :], strict=True)


def _differences(ledger: Ledger) -> str:
    kept = ", ".join(f"coalesce(history.{amount}, 0)" for amount in AMOUNTS)
    expected = ", ".join(f"coalesce(expected.{amount}, 0)" for amount in AMOUNTS)
    return f"""
        WITH effect AS (
            {
        effects(f'''
                SELECT * FROM {ledger.entries} AS entry WHERE NOT EXISTS (
                    SELECT FROM {ledger.history_queue} AS waiting
                    WHERE waiting.org_id = entry.org_id AND waiting.entry_id = entry.id
                )''')
    }
        ), of_day AS (
            SELECT basis, item_id, location_id, day, {", ".join(f"sum({amount}) AS {amount}" for amount in AMOUNTS)}
            FROM ({dated("effect")}) AS dated GROUP BY basis, item_id, location_id, day
        ), expected AS (
            SELECT basis, item_id, location_id, day,
                {", ".join(f"sum({amount}) OVER days AS {amount}" for amount in AMOUNTS)}
            FROM of_day WINDOW days AS (PARTITION BY basis, item_id, location_id ORDER BY day)
        )
        SELECT item_id, location_id, basis, day, {kept}, {expected}
        FROM expected FULL JOIN {ledger.history} AS history USING (basis, item_id, location_id, day)
        WHERE ({kept}) IS DISTINCT FROM ({expected}) ORDER BY item_id, location_id, basis, day LIMIT %s
    """
