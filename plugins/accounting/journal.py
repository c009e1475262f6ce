"""The journal: each movement of value in a ledger as a double entry, oldest first (docs/rules.md, Accounting)."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, cast

from pharus.cursors import read_cursor, write_cursor
from pharus.db import current, db
from pharus.shown import Shown
from plugins.accounting import accounts, rules
from plugins.accounting.schemas import JournalEntry, JournalLine, JournalPage
from plugins.inventory.ledgers import LEDGERS, Ledger
from plugins.inventory.postings import REVERSE, WRITE_OFF

_CURSOR = "journal"


def page(start: datetime | None, before: datetime | None, cursor: str | None, limit: int) -> JournalPage:
    """The entries with an event date from `start` on and before `before`, which come after the cursor."""
    after = read_cursor(_CURSOR, cursor, 2) if cursor else None
    rows = db.rows(*_query(start, before, after, limit + 1))
    next_cursor = None
    if len(rows) > limit:
        del rows[limit:]
        next_cursor = write_cursor(_CURSOR, [rows[-1][2], rows[-1][1]])
    names = cast(dict[str, str], accounts.names())
    return {"data": [cast(Shown[JournalEntry], _entry(row, names)) for row in rows], "nextCursor": next_cursor}


def _query(
    start: datetime | None, before: datetime | None, after: Sequence[Any] | None, limit: int
) -> tuple[str, list[Any]]:
    parameters: list[Any] = []
    selects = []
    for ledger in LEDGERS:
        conditions = ["entry.org_id = %s"]
        parameters.append(current().org_id)
        for condition, values in (
            ("entry.event_date >= %s", [start]),
            ("entry.event_date < %s", [before]),
            ("(entry.event_date, entry.id) > (%s, %s)", after or [None]),
        ):
            if values[0] is not None:
                conditions.append(condition)
                parameters.extend(values)
        parameters.append(limit)
        selects.append(_select(ledger, " AND ".join(conditions)))
    return f"SELECT * FROM ({' UNION ALL '.join(selects)}) AS moved ORDER BY event_date, id LIMIT %s", [
        *parameters,
        limit,
    ]


def _select(ledger: Ledger, condition: str) -> str:
    return f"""(
        SELECT '{ledger.name}' AS ledger, entry.id, entry.event_date, entry.created_at, entry.code, entry.event_type,
            entry.source_type, entry.source_id, entry.ref, entry.item_id, entry.location_id, entry.reverses_id,
            entry.value, entry.variance, entry.added_value, made.inputs
        FROM (
            -- OFFSET 0: in the order of the index, and only then by value, of which the planner knows nothing here.
            -- The key of the production is a column here: of an expression behind row-level security no index is used.
            SELECT *, coalesce(reverses_id, id) AS made_id FROM (
                SELECT * FROM {ledger.entries} AS entry WHERE {condition} ORDER BY event_date, id OFFSET 0
            ) AS ordered
            WHERE value <> 0 OR variance <> 0
                OR (event_type IN ('{WRITE_OFF}', '{REVERSE}{WRITE_OFF}') AND added_value <> 0)
            ORDER BY event_date, id LIMIT %s
        ) AS entry
        LEFT JOIN LATERAL (
            -- By its key alone (OFFSET 0): an index by event type may look as good, and is long.
            SELECT coalesce(inputs_value, value - added_value) AS inputs FROM (
                SELECT value, added_value, inputs_value, event_type FROM {ledger.entries}
                WHERE org_id = entry.org_id AND id = entry.made_id OFFSET 0
            ) AS made WHERE event_type = 'PRODUCE'
            LIMIT 1
        ) AS made ON true
    )"""


def _entry(row: Sequence[Any], names: dict[str, str]) -> JournalEntry:
    ledger, id, event_date, created_at, code, event_type, source_type, source_id, ref, item_id, location_id = row[:11]
    reverses_id, value, variance, added_value, inputs = row[11:]
    movement = rules.Movement(ledger, event_type, source_type, value, variance, inputs, added_value)
    return {
        "id": id,
        "code": code,
        "date": current().calendar.day_of(event_date),
        "eventDate": event_date,
        "eventType": event_type,
        "ledger": ledger,
        "itemId": item_id,
        "locationId": location_id,
        "ref": ref,
        "sourceType": source_type,
        "sourceId": source_id,
        "reversesId": reverses_id,
        "createdAt": created_at,
        "lines": [_line(account, amount, names) for account, amount in rules.debits(movement).items()],
    }


def _line(account: Any, amount: Decimal, names: dict[str, str]) -> JournalLine:
    return {
        "account": account,
        "name": names[account],
        "debit": max(amount, Decimal(0)),
        "credit": max(-amount, Decimal(0)),
    }
