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
from plugins.events.search import Filter
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
    # The operationId, or the command as `pharus demo`.
    operation: str | None
    occurred_at: datetime
    before: dict[str, Any] | None
    after: dict[str, Any] | None

    @property
    def table(self) -> str:
        return self.type.partition(".")[0]


class Found(NamedTuple):
    """Events, and how far the log is complete: all events before the horizon can be read, and none will appear there
    later. What is not behind `kept_after` is not kept any more."""

    events: list[Event]
    horizon: Position
    kept_after: Position


# Rows until enough events are among them. The texts are read of these rows alone. One row at least, in one snapshot: an
# event that is not seen is behind the horizon that is, and one that was deleted before the position that is.
_PAGE = """
SELECT event_horizon(), coalesce(chain.kept_after_transaction_id, 0), coalesce(chain.kept_after_seq, 0),
    coalesce(chain.kept_after_number, 0), page.transaction_id, page.seq, id, type, record_id, record_ids, parent_type,
    parent_id, parent_ids, user_id, token_id, request_id, encode(key_hash, 'hex'), operation, occurred_at, before, after
FROM (SELECT) AS one LEFT JOIN event_chain AS chain ON chain.org_id = current_org() LEFT JOIN (
    SELECT *, sum(size) OVER (ORDER BY transaction_id {way}, seq {way}) - size AS behind FROM ({rows}) AS next
) AS page ON page.behind < %s
ORDER BY page.transaction_id {way}, page.seq {way}"""

_LEDGERS: dict[str, type[TenantModel]] = {
    f"{model._meta.table_name}.created": model for model in (MaterialsLedgerEntry, FinishedGoodsLedgerEntry)
}
# The tables whose events show the entries themselves, with their lots.
LEDGER_ENTRIES = frozenset(type.partition(".")[0] for type in _LEDGERS)
# What only the engine needs to undo an entry, and what every event has.
NOT_OF_ENTRIES = {"org_id", "id", "created_at", "index_mantissa", "index_exponent"}
# What an entry did to the lots of an item that is told apart by them (docs/rules.md, Lots); where, the entry says.
_LOTS = f"""(
    SELECT json_agg(json_build_object(
        'lotId', lot_id, 'onHand', {canonical_sql("on_hand")}, 'inTransit', {canonical_sql("in_transit")}
    ) ORDER BY id)::text
    FROM lot_entry WHERE lot_entry.org_id = entry.org_id AND lot_entry.entry_id = entry.id
)"""
# A packed row has no more events.
_MOST_PACKED = 256


def read(asked: Filter, after: Position | None, limit: int, *, newest_first: bool = False) -> Found:
    """The next events behind a position, at most so many; from the one end or from the other."""
    way = "DESC" if newest_first else "ASC"
    # Of a row at the position, those events that were seen are read again.
    seen = 0 if after is None else _MOST_PACKED if newest_first else after.number
    rows, values = asked.rows(None if after is None else after[:2], way, limit + 1)
    found = db.rows(_PAGE.format(rows=rows, way=way), [*values, limit + seen])
    horizon, *kept = found[0][:4]
    events: list[Event] = []
    for row in found:
        if row[4] is not None:
            unpacked = list(_unpacked(row[4:]))
            events += reversed(unpacked) if newest_first else unpacked
    if after is not None:
        events = [each for each in events if (each.position < after if newest_first else each.position > after)]
    if asked.record_id is not None:
        record_id, family = asked.record_id, set(asked.family)
        events = [each for each in events if each.record_id == record_id or each.parent_id in family]
    return Found(_with_entries(events[:limit]), Position(horizon), Position(*kept))


def of_transaction() -> list[Event]:
    """What the running transaction has written so far, in its order."""
    rows = db.rows(
        """
        SELECT transaction_id, seq, id, type, record_id, record_ids, parent_type, parent_id, parent_ids, user_id,
            token_id, request_id, encode(key_hash, 'hex'), operation, occurred_at, before, after
        FROM event WHERE org_id = current_org() AND transaction_id = event_transaction(pg_current_xact_id())
        ORDER BY seq
        """,
        (),
    )
    return _with_entries([event for row in rows for event in _unpacked(row)])


def horizon() -> Position:
    """All events before it can be read, and none will appear there later."""
    (transaction_id,) = db.row("SELECT event_horizon()")
    return Position(transaction_id)


def family_of(record_id: str) -> list[str]:
    """The ids of a record and of what belongs to it, by the log."""
    (family,) = db.row("SELECT event_family(%s)", (record_id,))
    return list(family)


def _unpacked(row: Sequence[Any]) -> Iterator[Event]:
    transaction_id, seq, id, type, record_id, record_ids, parent_type, parent_id, parent_ids, *origin = row[:15]
    before, after = row[15:]
    was, became = (None if text is None else orjson.loads(text) for text in (before, after))
    if record_ids is None:
        position = Position(transaction_id, seq, 1)
        yield Event._make((position, id, type, record_id, parent_type, parent_id, *origin, was, became))
        return
    for number, each in enumerate(record_ids):
        # The same each time that it is read.
        own_id = str(uuid.uuid5(uuid.UUID(id), str(number)))
        values = (_of_record(many, number) for many in (was, became))
        position = Position(transaction_id, seq, number + 1)
        yield Event._make((position, own_id, type, each, parent_type, parent_ids[number], *origin, *values))


def _of_record(many: Any, number: int) -> Any:
    """What a packed row has of one record: an object of its own, or its place in the list of each column."""
    if isinstance(many, dict):
        return {name: values[number] for name, values in many.items() if values[number] is not None}
    return None if many is None else many[number]


def _with_entries(events: list[Event]) -> list[Event]:
    """The entries of ledgers, which the log only names."""
    entries: dict[str, dict[str, Any]] = {}
    for type, model in _LEDGERS.items():
        ids = [event.record_id for event in events if event.type == type]
        if ids:
            columns: dict[str, Any] = model._meta.columns
            names = [name for name in columns if name not in NOT_OF_ENTRIES]
            shown = [canonical_sql(name) if isinstance(columns[name], DecimalField) else name for name in names]
            table = model._meta.table_name
            rows = db.shown_rows(
                f"""
                SELECT id, {_LOTS}, {", ".join(shown)} FROM {table} AS entry
                WHERE org_id = %s AND id = ANY(%s::uuid[])
                """,
                (current().org_id, ids),
            )
            keys = [camel(name) for name in names]
            for id, lots, *values in rows:
                entries[id] = {key: value for key, value in zip(keys, values, strict=True) if value is not None}
                if lots is not None:
                    entries[id]["lots"] = orjson.loads(lots)
    if not entries:
        return events
    return [event._replace(after=entries[event.record_id]) if event.type in _LEDGERS else event for event in events]
