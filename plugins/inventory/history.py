"""Balances as they were at any moment, by the date of the events or by the time of writing.

The end of each day is kept (`<ledger>_history`), so that the past costs the same however long the ledger is: the last
day before the moment, the entries of the moment's own day, and those that are not counted in the history yet. These
stand in a queue from the transaction on that wrote them; `aggregate` counts them, and nobody who posts waits for it. An
entry is in the queue or in the history, never in both, so the sum is exact at any time. One that is dated back adds to
every later day.
"""

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from datetime import time as time_of_day
from typing import Any, Literal

from pharus.db import current, db, unit_of_work
from pharus.errors import ServiceUnavailable
from pharus.identity import ANONYMOUS, Actor, Role
from pharus.locks import advisory_lock
from pharus.sweeping import requested
from plugins.inventory.ledgers import LEDGERS, Ledger

Basis = Literal["event", "written"]

# What each basis takes for the time of an entry.
TIMES = {"event": "event_date", "written": "created_at"}

AMOUNTS = (
    "on_hand",
    "on_order",
    "demand",
    "allocated",
    "in_transit",
    "value",
    "in_transit_value",
    "sold",
    "cost_of_goods",
    "variance",
)


def sold(entry: str) -> str:
    """How many pieces were sold by an entry, in SQL: those that left for a line of a sales order, less those that came
    back, whatever became of them."""
    return _of_sales(entry, f"-{entry}.on_hand", f"-{entry}.quantity", f"{entry}.quantity")


def cost_of_goods(entry: str) -> str:
    """What these have cost. Of what came back, that with which it left."""
    of_write_off = f"-{entry}.added_value"
    return _of_sales(entry, f"{entry}.variance - {entry}.value", of_write_off, of_write_off)


def _of_sales(entry: str, moved: str, written_off: str, regained: str) -> str:
    return f"""CASE
        WHEN {entry}.source_type IN ('so_item', 'so_shipment') AND {entry}.event_type IN ('CONSUME', 'REVERSE_CONSUME')
            OR {entry}.source_type = 'so_return' AND {entry}.event_type IN ('RECEIVE', 'REVERSE_RECEIVE') THEN {moved}
        WHEN {entry}.event_type = 'WRITE_OFF' THEN {written_off}
        WHEN {entry}.event_type = 'REVERSE_WRITE_OFF' THEN {regained}
        ELSE 0 END"""


# What an entry changes at its own location, and what is on its way to another one: on the way goes what has left.
_OWN = {
    **{amount: amount for amount in ("on_hand", "on_order", "demand", "allocated", "value", "variance")},
    "in_transit": "CASE WHEN to_location_id IS NULL THEN in_transit ELSE 0 END",
    "in_transit_value": "CASE WHEN to_location_id IS NULL AND in_transit <> 0 THEN -value ELSE 0 END",
    "sold": sold("entry"),
    "cost_of_goods": cost_of_goods("entry"),
}
_ON_THE_WAY = {"in_transit": "in_transit", "in_transit_value": "-value"}

# A step takes about so long; of how many entries, the first one and the largest.
_STEP_SECONDS = 2.0
_FIRST, _MOST = 5_000, 50_000
# How long one round of the sweeper counts.
_TURN_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class AsOf:
    """A moment to look back to: everything before `end` counts."""

    end: datetime
    basis: Basis = "event"

    @property
    def midnight(self) -> datetime:
        """When the last day begins that is not counted whole."""
        return datetime.combine(self.end.astimezone(UTC).date(), time_of_day(), UTC)


def past(
    ledger: Ledger, several: Sequence[AsOf], item_id: str | None = None, location_id: str | None = None
) -> tuple[str, list[Any]]:
    """A WITH clause and its parameters: `past` has each balance of the current organization, or those of the item or
    the location, as of each of the moments: number (from 1), org_id, item_id, location_id and AMOUNTS. A balance that
    had not begun by then is not among them. All moments have the same basis.

    It is computed once, whatever it is joined with and whatever the planner knows of that.
    """
    given = "unnest(%s::timestamptz[], %s::timestamptz[]) WITH ORDINALITY AS given (midnight, before, number)"
    return (
        f"""
        WITH past AS MATERIALIZED (
            SELECT moment.number, balance.* FROM (SELECT * FROM {given}) AS moment
            CROSS JOIN LATERAL ({_balances(ledger, several[0].basis)}) AS balance
            WHERE (%s::uuid IS NULL OR item_id = %s) AND (%s::uuid IS NULL OR location_id = %s)
        )
        """,
        [
            [each.midnight for each in several],
            [each.end for each in several],
            *(item_id, item_id, location_id, location_id),
        ],
    )


def _balances(ledger: Ledger, basis: Basis) -> str:
    """Each balance as of the row `moment` beside which the query stands."""
    column = TIMES[basis]
    sums = ", ".join(f"sum({amount}) AS {amount}" for amount in AMOUNTS)
    rest = effects(
        f"""
        SELECT * FROM {ledger.entries} AS entry
        WHERE org_id = current_org() AND {column} >= moment.midnight AND {column} < moment.before
        UNION ALL
        SELECT entry.* FROM {ledger.history_queue} AS waiting
        JOIN {ledger.entries} AS entry ON entry.org_id = waiting.org_id AND entry.id = waiting.entry_id
        WHERE waiting.org_id = current_org() AND entry.{column} < moment.midnight
        """
    )
    # Added up and not joined: nobody knows beforehand how many entries the rest has.
    return f"""
        SELECT current_org() AS org_id, item_id, location_id, {sums} FROM (
            SELECT past.item_id, past.location_id, {_columns("past")} FROM {ledger.balances} AS balance
            CROSS JOIN LATERAL (
                SELECT * FROM {ledger.history} AS history
                WHERE history.org_id = balance.org_id AND history.basis = '{basis}'
                    AND history.item_id = balance.item_id AND history.location_id = balance.location_id
                    AND history.day < (moment.midnight AT TIME ZONE 'UTC')::date
                ORDER BY history.day DESC LIMIT 1
            ) AS past WHERE balance.org_id = current_org()
            UNION ALL
            SELECT rest.item_id, rest.location_id, {_columns("rest")} FROM ({rest}) AS rest
        ) AS part GROUP BY item_id, location_id
    """


def effects(entries: str) -> str:
    """A query for what each of the entries changes, at which location."""
    own = ", ".join(f"{_OWN[amount]} AS {amount}" for amount in AMOUNTS)
    on_the_way = ", ".join(f"{_ON_THE_WAY.get(amount, '0')} AS {amount}" for amount in AMOUNTS)
    return f"""
        SELECT place.item_id, place.location_id, place.event_date, place.created_at, {_columns("place")}
        FROM ({entries}) AS entry CROSS JOIN LATERAL (
            SELECT item_id, location_id, event_date, created_at, {own}
            UNION ALL
            SELECT item_id, to_location_id, event_date, created_at, {on_the_way} WHERE to_location_id IS NOT NULL
        ) AS place
    """


def carry_on(is_ended: Callable[[], bool]) -> None:
    """What the sweeper does each time. After a while others have their turn; a next time is asked for at once."""
    aggregate(is_ended, _TURN_SECONDS)


def aggregate(is_ended: Callable[[], bool] = lambda: False, seconds: float = math.inf) -> int:
    """Count the entries that wait in the histories, and say how many they were: all of them, unless it is ended or the
    time is over before. Runs outside of any unit of work.

    Organizations take turns in steps that are short, so that none waits for the long queue of another one."""
    counted_in_all, end = 0, time.monotonic() + seconds
    queues = _queues()
    while queues and not is_ended():
        if time.monotonic() > end:
            requested.set()
            break
        for queue in list(queues):
            size = queue.batch
            counted = queue.step()
            counted_in_all += counted or 0
            if counted is not None and counted < size:
                queues.remove(queue)
            if is_ended():
                break
    return counted_in_all


@dataclass(slots=True)
class _Queue:
    """The waiting entries of one organization; `batch` is how many of them the next step takes."""

    ledger: Ledger
    org_id: str
    batch: int = field(default_factory=lambda: _FIRST)

    def step(self) -> int | None:
        """How many were counted; None when they were too many for the time that a statement may take.

        How long a step takes nobody knows beforehand: an entry that is dated back changes all later days.
        """
        try:
            with unit_of_work(Actor(org_id=self.org_id, role=Role.owner)):
                # Ahead of the clock: another process may have it.
                advisory_lock(self.ledger.history)
                started = time.monotonic()
                counted = aggregate_some(self.ledger, self.batch)
                taken = time.monotonic() - started
        except ServiceUnavailable:
            if self.batch == 1:
                raise
            self.batch = max(1, self.batch // 8)
            return None
        if taken > _STEP_SECONDS:
            self.batch = max(1, self.batch // 2)
        elif taken < _STEP_SECONDS / 4:
            self.batch = min(self.batch * 2, _MOST)
        return counted


def _queues() -> list[_Queue]:
    with unit_of_work(ANONYMOUS):
        return [
            _Queue(ledger, org_id)
            for ledger in LEDGERS
            for (org_id,) in db.rows(f"SELECT DISTINCT org_id FROM {ledger.history_queue}", ())
        ]


def dated(source: str) -> str:
    """A query for the rows of `source` (of `effects`), once with each basis and its day."""
    return " UNION ALL ".join(
        f"SELECT '{basis}' AS basis, ({column} AT TIME ZONE 'UTC')::date AS day, {source}.* FROM {source}"
        for basis, column in TIMES.items()
    )


def aggregate_some(ledger: Ledger, most: int) -> int:
    """Count the entries of the current organization that wait longest, at most so many."""
    advisory_lock(ledger.history)
    (counted,) = db.row(_aggregation(ledger), (current().org_id, current().org_id, most))
    return int(counted)


def _aggregation(ledger: Ledger) -> str:
    # By row and by key, whatever the statistics say of a queue that may have been empty a moment ago.
    key = ("basis", "item_id", "location_id")
    same = " AND ".join(f"history.{column} = change.{column}" for column in key)
    own = "history.org_id = current_org()"
    return f"""
        WITH taken AS MATERIALIZED (
            DELETE FROM {ledger.history_queue} WHERE org_id = %s AND ctid = ANY(ARRAY(
                SELECT ctid FROM {ledger.history_queue} WHERE org_id = %s ORDER BY entry_id LIMIT %s
            )) RETURNING org_id, entry_id
        ), effect AS MATERIALIZED (
            {
        effects(f'''SELECT entry.* FROM taken CROSS JOIN LATERAL (
                    SELECT * FROM {ledger.entries} WHERE org_id = taken.org_id AND id = taken.entry_id LIMIT 1
                ) AS entry''')
    }
        ), of_day AS (
            SELECT basis, item_id, location_id, day, {", ".join(f"sum({amount}) AS {amount}" for amount in AMOUNTS)}
            FROM ({dated("effect")}) AS dated GROUP BY basis, item_id, location_id, day
        ), change AS MATERIALIZED (
            SELECT basis, item_id, location_id, day, lead(day) OVER days AS until,
                {", ".join(f"sum({amount}) OVER days AS {amount}" for amount in AMOUNTS)}
            FROM of_day WINDOW days AS (PARTITION BY basis, item_id, location_id ORDER BY day)
        ), later AS (
            UPDATE {ledger.history} AS history SET {
        ", ".join(f"{amount} = history.{amount} + change.{amount}" for amount in AMOUNTS)
    }
            FROM change WHERE {own} AND {same}
                AND history.day >= change.day AND (change.until IS NULL OR history.day < change.until)
        ), added AS (
            INSERT INTO {ledger.history} (org_id, basis, item_id, location_id, day, {", ".join(AMOUNTS)})
            SELECT current_org(), change.basis, change.item_id, change.location_id, change.day, {
        ", ".join(f"coalesce(before.{amount}, 0) + change.{amount}" for amount in AMOUNTS)
    }
            FROM change LEFT JOIN LATERAL (
                SELECT * FROM {ledger.history} AS history
                WHERE {own} AND {same} AND history.day <= change.day ORDER BY history.day DESC LIMIT 1
            ) AS before ON true
            WHERE before.day IS DISTINCT FROM change.day
        )
        SELECT count(*) FROM taken
    """


def _columns(source: str) -> str:
    return ", ".join(f"{source}.{amount}" for amount in AMOUNTS)
