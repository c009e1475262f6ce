"""The log of events as its readers see it: one event for each change of a record, in an order that hides none.

A reader keeps the position of the last event that it has seen and asks for those behind it. What is behind the horizon,
the oldest transaction that is still under way, waits until that has ended: then no event can appear before one that was
read already (docs/adr/0044). In a unit of work of the organization.
"""

import uuid
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import orjson
from peewee import DecimalField

from pharus.db import TenantModel, current, db
from pharus.fields import canonical_sql
from pharus.names import camel
from plugins.inventory.models import FinishedGoodsLedgerEntry, MaterialsLedgerEntry


class Position(NamedTuple):
    """Of an event in the log: the transaction, its change, and the record among those of a packed row."""

    transaction_id: int = 0
    seq: int = 0
    number: int = 0


BEGINNING = Position()


class Event(NamedTuple):
    """One change of one record. `before` and `after` have only what has changed; a created record has no `before`, a
    deleted one no `after`, and a key that is missing in one that has no other one is null."""

    position: Position
    id: str
    type: str
    record_id: str
    parent_type: str | None
    parent_id: str | None
    user_id: str | None
    token_id: str | None
    request_id: str | None
    # SHA-256 of the Idempotency-Key, in hexadecimal digits.
    key_hash: str | None
    occurred_at: datetime
    before: dict[str, Any] | None
    after: dict[str, Any] | None

    @property
    def table(self) -> str:
        return self.type.partition(".")[0]


# Rows until enough events are among them: what is packed counts as many. The texts are read of these rows alone.
_PAGE = """
SELECT transaction_id, seq, id, type, record_id, record_ids, parent_type, parent_id, parent_ids, user_id, token_id,
    request_id, encode(key_hash, 'hex'), occurred_at, before, after
FROM (
    SELECT *, sum(size) OVER (ORDER BY transaction_id, seq) - size AS behind FROM (
        SELECT *, coalesce(cardinality(record_ids), 1) - CASE WHEN seq = %s THEN %s ELSE 0 END AS size
        FROM event
        WHERE org_id = %s AND (transaction_id, seq) >= (%s, %s) AND transaction_id < event_horizon() {condition}
        ORDER BY transaction_id, seq LIMIT %s
    ) AS next
) AS counted
WHERE behind < %s ORDER BY transaction_id, seq"""

_LEDGERS: dict[str, type[TenantModel]] = {
    f"{model._meta.table_name}.created": model for model in (MaterialsLedgerEntry, FinishedGoodsLedgerEntry)
}
# What only the engine needs to undo an entry, and what every event has.
_NOT_OF_ENTRIES = {"org_id", "id", "created_at", "index_mantissa", "index_exponent"}


def read(after: Position, limit: int, types: Sequence[str] | None = None, *, hidden: Sequence[str] = ()) -> list[Event]:
    """The next events behind a position, at most so many. `types` narrows them: `sales_order.shipped`, or all of a
    table as `sales_order.*`; `hidden` are tables that are left out."""
    condition, parameters = "", list[list[str]]()
    if hidden:
        condition, parameters = "AND split_part(type, '.', 1) <> ALL(%s)", [list(hidden)]
    if types is not None:
        exact = [each for each in types if not each.endswith(".*")]
        tables = [each[:-2] for each in types if each.endswith(".*")]
        condition += " AND (type = ANY(%s) OR split_part(type, '.', 1) = ANY(%s))"
        parameters += [exact, tables]
    rows = db.rows(
        _PAGE.format(condition=condition),
        (
            *(after.seq, after.number, current().org_id, after.transaction_id, after.seq),
            *(*parameters, limit + 1, limit),
        ),
    )
    events = [event for row in rows for event in _unpacked(row) if event.position > after][:limit]
    return _with_entries(events)


def horizon() -> Position:
    """All events before it can be read, and none will appear there later."""
    (transaction_id,) = db.row("SELECT event_horizon()")
    return Position(transaction_id)


def _unpacked(row: tuple[Any, ...]) -> Iterator[Event]:
    transaction_id, seq, id, type, record_id, record_ids, parent_type, parent_id, parent_ids, *origin = row[:14]
    before, after = row[14:]
    was, became = (None if text is None else orjson.loads(text) for text in (before, after))
    if record_ids is None:
        position = Position(transaction_id, seq, 1)
        yield Event._make((position, id, type, record_id, parent_type, parent_id, *origin, was, became))
        return
    for number, each in enumerate(record_ids):
        # The same each time that it is read.
        own_id = str(uuid.uuid5(uuid.UUID(id), str(number)))
        values = (None if many is None else many[number] for many in (was, became))
        position = Position(transaction_id, seq, number + 1)
        yield Event._make((position, own_id, type, each, parent_type, parent_ids[number], *origin, *values))


def _with_entries(events: list[Event]) -> list[Event]:
    """The entries of ledgers, which the log only names."""
    entries: dict[str, dict[str, Any]] = {}
    for type, model in _LEDGERS.items():
        ids = [event.record_id for event in events if event.type == type]
        if ids:
            columns: dict[str, Any] = model._meta.columns
            names = [name for name in columns if name not in _NOT_OF_ENTRIES]
            shown = [canonical_sql(name) if isinstance(columns[name], DecimalField) else name for name in names]
            table = model._meta.table_name
            rows = db.shown_rows(
                f"SELECT id, {', '.join(shown)} FROM {table} WHERE org_id = %s AND id = ANY(%s::uuid[])",
                (current().org_id, ids),
            )
            keys = [camel(name) for name in names]
            for id, *values in rows:
                entries[id] = {key: value for key, value in zip(keys, values, strict=True) if value is not None}
    if not entries:
        return events
    return [event._replace(after=entries[event.record_id]) if event.type in _LEDGERS else event for event in events]
