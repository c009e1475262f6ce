"""The only writer of the ledgers and of the balances.

`post` locks the balances it touches in one order, applies the postings one after the other to what it read, and
writes entries and balances with a number of statements that does not grow with the postings. Postings to different
balances do not wait for one another: the codes come from a connection of their own.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import psycopg2.extensions
from psycopg2.extras import execute_values

from pharus import numbering
from pharus.db import current, db
from pharus.errors import Conflict
from pharus.fields import canonical, new_id
from pharus.hooks import hooks
from plugins.inventory import postings
from plugins.inventory.ledgers import Ledger
from plugins.inventory.postings import ZERO, Amounts, Key, Posted, Posting

_AMOUNTS = ("on_hand", "on_order", "demand", "allocated", "in_transit", "value")
_COLUMNS = (
    *("org_id", "id", "code", "item_id", "location_id", "event_type", "quantity", "unit_cost", "ref"),
    *("to_location_id", "notes", "event_date", "source_type", "source_id", "line_id", "reverses_id"),
    *_AMOUNTS,
    "created_at",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry that was just written: the hook `stock_posted` hands these on. `stored` are the columns of its row."""

    ledger: Ledger
    code: str
    posted: Posted
    stored: Mapping[str, Any]


def post(
    ledger: Ledger,
    wanted: Sequence[Posting],
    *,
    unknown: Callable[[], object] | None = None,
    locked: Mapping[Key, Amounts] | None = None,
) -> list[Entry]:
    """Write the postings in their order, all or none. Conflict when one would take more than is on hand.

    `locked` are balances that this transaction has locked and not changed since.

    `unknown` is called before a balance is opened: whoever has not looked whether item and place exist does it there.
    Where there is a balance, both do.
    """
    if not wanted:
        return []
    touched = _touched(wanted)
    if locked is not None and touched <= locked.keys():
        balances = {key: locked[key] for key in touched}
    else:
        balances = lock(ledger, touched, unknown)
    settling = Settling(ledger, wanted)
    entries: list[Posted] = []
    for posting in wanted:
        settled = replace(posting, settled=settling.take(posting))
        entries.append(apply(settled, balances))
        settling.note(entries[-1])
    codes = [f"{ledger.code_prefix}-{number:06d}" for number in numbering.take(ledger.code_prefix, count=len(entries))]
    rows = [_row(entry, code) for entry, code in zip(entries, codes, strict=True)]
    _write(ledger, rows, balances)
    written = [
        Entry(ledger, code, posted, dict(zip(_COLUMNS, row, strict=True)))
        for code, posted, row in zip(codes, entries, rows, strict=True)
    ]
    hooks().stock_posted(entries=written)
    return written


def lock_existing(ledger: Ledger, keys: Iterable[Key]) -> dict[Key, Amounts]:
    """Lock those of the balances that are there, and say what they are. Nothing is written."""
    return _select_for_update(ledger, sorted(set(keys)))


def lock(ledger: Ledger, keys: Iterable[Key], unknown: Callable[[], object] | None = None) -> dict[Key, Amounts]:
    """Lock the balances until the transaction ends and say what they are. Everybody locks in the order of the keys."""
    ordered = sorted(set(keys))
    found = _select_for_update(ledger, ordered)
    if len(found) < len(ordered):
        if unknown is not None:
            unknown()
        # The first posting of an item at a place. Two may come at once: one inserts, both then lock the same row.
        missing = [(current().org_id, *key) for key in ordered if key not in found]
        execute_values(
            db.cursor(),
            f"INSERT INTO {ledger.balances} (org_id, item_id, location_id) VALUES %s ON CONFLICT DO NOTHING",
            missing,
            page_size=len(missing),
        )
        found = _select_for_update(ledger, ordered)
    return found


def read(ledger: Ledger, condition: str, parameters: Sequence[Any]) -> list[Posted]:
    """The entries of the organization that meet the condition, oldest first, with how much of each was reversed.

    Codes are given while the balances are locked, so their order is the order in which a balance changed."""
    rows = db.execute_sql(
        f"""
        SELECT id, item_id, location_id, event_type, quantity, unit_cost, ref, to_location_id, event_date,
            source_type, source_id, line_id, {", ".join(_AMOUNTS)}, reverses_id, coalesce((
                SELECT sum(undoing.quantity) FROM {ledger.entries} AS undoing
                WHERE undoing.org_id = entry.org_id AND undoing.reverses_id = entry.id
            ), 0)
        FROM {ledger.entries} AS entry WHERE org_id = %s AND {condition} ORDER BY length(code), code
        """,
        (current().org_id, *parameters),
    )
    return [_posted(row) for row in rows]


def _posted(row: Sequence[Any]) -> Posted:
    return Posted(
        id=row[0],
        posting=Posting(
            item_id=row[1],
            location_id=row[2],
            event_type=row[3],
            quantity=row[4],
            unit_cost=row[5],
            ref=row[6],
            to_location_id=row[7],
            event_date=row[8],
            source_type=row[9],
            source_id=row[10],
            line_id=row[11],
        ),
        effect=Amounts(*row[12:18]),
        reversed=row[19],
    )


def _touched(wanted: Iterable[Posting]) -> set[Key]:
    keys = {posting.key for posting in wanted}
    return keys | {posting.destination for posting in wanted if posting.destination is not None}


def _select_for_update(ledger: Ledger, keys: Sequence[Key]) -> dict[Key, Amounts]:
    # One balance is by far the usual case, and PostgreSQL plans it in half the time when it sees that.
    named = "= (%s, %s)" if len(keys) == 1 else "IN (SELECT * FROM unnest(%s::uuid[], %s::uuid[]))"
    given = keys[0] if len(keys) == 1 else ([key.item_id for key in keys], [key.location_id for key in keys])
    rows = db.rows(
        f"""
        SELECT item_id, location_id, {", ".join(_AMOUNTS)} FROM {ledger.balances}
        WHERE org_id = %s AND (item_id, location_id) {named} ORDER BY item_id, location_id FOR UPDATE
        """,
        (current().org_id, *given),
    )
    return {Key(row[0], row[1]): Amounts(*row[2:]) for row in rows}


def apply(posting: Posting, balances: dict[Key, Amounts]) -> Posted:
    """One posting on the balances in memory."""
    balance = balances[posting.key]
    change = postings.quantities(posting)
    if change.on_hand < 0 and balance.on_hand + change.on_hand < 0:
        raise Conflict(
            "there is not enough on hand",
            details={
                "itemId": posting.item_id,
                "locationId": posting.location_id,
                "onHand": canonical(balance.on_hand),
                "requested": canonical(-change.on_hand),
            },
        )
    value = postings.value_change(posting, balance, change.on_hand)
    effect = replace(change, value=value)
    if posting.destination is None:
        balances[posting.key] = balance + effect
    else:
        balances[posting.key] = balance + replace(effect, in_transit=ZERO)
        balances[posting.destination] += Amounts(in_transit=effect.in_transit)
        if balances[posting.destination].in_transit < 0:
            raise Conflict("the goods have arrived already")
    posting = replace(
        posting,
        event_date=posting.event_date or current().now,
        unit_cost=postings.unit_cost(posting, value, change.on_hand),
    )
    return Posted(new_id(), posting, effect)


class Settling:
    """What the lines still hold open while a batch is posted: a receipt settles no more than that."""

    _COLUMN = {"RECEIVE": "on_order", "PRODUCE": "on_order", "CONSUME": "allocated"}  # noqa: RUF012 - never changed

    def __init__(self, ledger: Ledger, wanted: Sequence[Posting]) -> None:
        self._open: dict[tuple[str, Key], Amounts] = {}
        lines = list({posting.line_id for posting in wanted if posting.line_id and posting.event_type in self._COLUMN})
        if not lines:
            return
        rows = db.execute_sql(
            f"""
            SELECT line_id, item_id, location_id, sum(on_order), sum(allocated) FROM {ledger.entries}
            WHERE org_id = %s AND line_id = ANY(%s::uuid[]) GROUP BY line_id, item_id, location_id
            """,
            (current().org_id, lines),
        )
        for line_id, item_id, location_id, on_order, allocated in rows:
            self._open[line_id, Key(item_id, location_id)] = Amounts(on_order=on_order, allocated=allocated)

    def take(self, posting: Posting) -> Decimal:
        column = self._COLUMN.get(posting.event_type)
        if column is None or posting.line_id is None or posting.source_type == "transfer":
            return ZERO
        still_open: Decimal = getattr(self._open.get((posting.line_id, posting.key), Amounts()), column)
        return max(ZERO, min(posting.quantity, still_open))

    def note(self, entry: Posted) -> None:
        if entry.posting.line_id is not None:
            at = (entry.posting.line_id, entry.posting.key)
            self._open[at] = self._open.get(at, Amounts()) + entry.effect


def _row(entry: Posted, code: str) -> tuple[Any, ...]:
    """The entry's columns, in the order of _COLUMNS."""
    unit, posting = current(), entry.posting
    return (
        *(unit.org_id, entry.id, code, posting.item_id, posting.location_id, posting.event_type),
        *(posting.quantity, posting.unit_cost, posting.ref, posting.to_location_id, posting.notes),
        *(posting.event_date, posting.source_type, posting.source_id, posting.line_id),
        posting.reverses.id if posting.reverses is not None else None,
        *(getattr(entry.effect, column) for column in _AMOUNTS),
        unit.now,
    )


def _write(ledger: Ledger, entries: Sequence[tuple[Any, ...]], balances: Mapping[Key, Amounts]) -> None:
    """Entries and balances in one round trip. The balances are locked, so what was computed from them is still true."""
    cursor, org_id = db.cursor(), current().org_id
    assignments = ", ".join(f"{column} = written.{column}" for column in _AMOUNTS)
    changed = [(org_id, *key, *(getattr(amounts, column) for column in _AMOUNTS)) for key, amounts in balances.items()]
    typed = "(%s::uuid, %s::uuid, %s::uuid, %s, %s, %s, %s, %s, %s::numeric)"
    marks = f"({', '.join(['%s'] * len(_COLUMNS))})"
    cursor.execute(
        f"""
        UPDATE {ledger.balances} AS balance SET {assignments}
        FROM (VALUES {_values(cursor, typed, changed)}) AS written (org_id, item_id, location_id, {", ".join(_AMOUNTS)})
        WHERE balance.org_id = written.org_id AND balance.item_id = written.item_id
            AND balance.location_id = written.location_id;
        INSERT INTO {ledger.entries} ({", ".join(_COLUMNS)}) VALUES {_values(cursor, marks, entries)}
        """
    )


def _values(cursor: psycopg2.extensions.cursor, marks: str, rows: Iterable[tuple[Any, ...]]) -> str:
    """The rows as SQL, every value quoted by the driver."""
    return ", ".join(cursor.mogrify(marks, row).decode() for row in rows)
