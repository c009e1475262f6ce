"""The only writer of the ledgers and of the balances.

`post` locks the balances it touches in one order, applies the postings one after the other to what it read, and
writes entries and balances with a number of statements that does not grow with the postings. Postings to different
balances do not wait for one another: the codes come from a connection of their own.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Any

from pharus import instrumentation, numbering, rowsets
from pharus.db import current, db
from pharus.hooks import hooks
from pharus.rowsets import array
from plugins.inventory import lot_postings, postings, rules
from plugins.inventory.entries import AMOUNTS
from plugins.inventory.ledgers import Ledger
from plugins.inventory.line_balances import LineBalances
from plugins.inventory.postings import Amounts, Balance, Key, Posted, Posting
from plugins.inventory.running_index import RunningIndex

_BALANCE = (*AMOUNTS, "in_transit_value", "index_mantissa", "index_exponent")
_values = attrgetter(*AMOUNTS)
_ASSIGNMENTS = ", ".join(f"{column} = written.{column}" for column in _BALANCE)


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry that was just written: the hook `stock_posted` hands these on. `stored` are the columns of its row."""

    ledger: Ledger
    code: str
    posted: Posted
    stored: Mapping[str, Any]


def post(
    ledger: Ledger,
    requested: Sequence[Posting],
    *,
    unknown: Callable[[], object] | None = None,
    locked: Mapping[Key, Balance] | None = None,
    line_balances: LineBalances | None = None,
) -> list[Entry]:
    """Write the postings in their order, all or none. Conflict when one would take more than is on hand,
    PeriodClosed when one is dated in a closed period.

    `locked` are balances that this transaction has locked and not changed since; `line_balances` what it has read
    of all lines that the postings belong to. What is written is noted there.

    `unknown` is called before a balance is opened: a caller that has not looked whether item and location exist does it
    there. Where there is a balance, both do.
    """
    if not requested:
        return []
    rules.refuse_closed(requested)
    touched = _touched(requested)
    if locked is not None and touched <= locked.keys():
        balances = {key: locked[key] for key in touched}
    else:
        balances = lock(ledger, touched, unknown)
    hooks().before_stock_posted(ledger=ledger, postings=requested)
    if line_balances is None:
        line_balances = LineBalances.read(ledger, (posting.line_id for posting in requested if posting.fulfils))
    entries: list[Posted] = []
    lot_postings.refuse_named(requested, balances)
    now = current().now
    for posting in requested:
        fulfilled = line_balances.fulfilled_by(posting)
        # To copy a posting takes as long as to compute what it does.
        complete = posting if fulfilled == posting.fulfilled else replace(posting, fulfilled=fulfilled)
        entries.append(postings.apply(complete, balances, now))
        line_balances.note(entries[-1])
    codes = [f"{ledger.code_prefix}-{number:06d}" for number in numbering.take(ledger.code_prefix, count=len(entries))]
    written = [Entry(ledger, code, posted, _stored(posted, code)) for code, posted in zip(codes, entries, strict=True)]
    tracked = {key.item_id for key, balance in balances.items() if balance.has_lots}
    _write(ledger, [entry.stored for entry in written], balances, with_lots=bool(tracked))
    if tracked:
        lot_postings.post(ledger, list(zip(codes, entries, strict=True)), tracked)
    hooks().stock_posted(entries=written)
    current().after_commit(lambda: instrumentation.count("ledger_entries", len(written), ledger.code_prefix))
    return written


def lock_existing(ledger: Ledger, keys: Iterable[Key]) -> dict[Key, Balance]:
    """Lock those of the balances that are there, and say what they are. Nothing is written."""
    return _select_for_update(ledger, sorted(set(keys)))


def lock(ledger: Ledger, keys: Iterable[Key], unknown: Callable[[], object] | None = None) -> dict[Key, Balance]:
    """Lock the balances until the transaction ends and say what they are. Everybody locks in the order of the keys."""
    ordered = sorted(set(keys))
    found = _select_for_update(ledger, ordered)
    if len(found) < len(ordered):
        if unknown is not None:
            unknown()
        # The first posting of an item at a place. Two may come at once: one inserts, both then lock the same row.
        missing = [{"org_id": current().org_id, **key._asdict()} for key in ordered if key not in found]
        db.send(
            rowsets.insertion(ledger.balances, missing[0]) + " ON CONFLICT DO NOTHING",
            (rowsets.parameter(missing),),
        )
        found = _select_for_update(ledger, ordered)
    return found


def _touched(requested: Iterable[Posting]) -> set[Key]:
    keys = {posting.key for posting in requested}
    return keys | {posting.destination for posting in requested if posting.destination is not None}


def _select_for_update(ledger: Ledger, keys: Sequence[Key]) -> dict[Key, Balance]:
    # One balance, or several at one place, are the usual case: PostgreSQL finds those in the index, where it would else
    # look through all that the organization has.
    items, places = array(key.item_id for key in keys), array(key.location_id for key in keys)
    given: Sequence[Any]
    named, given = "(item_id, location_id) IN (SELECT * FROM unnest(%s::uuid[], %s::uuid[]))", (items, places)
    if len(keys) == 1:
        named, given = "item_id = %s AND location_id = %s", keys[0]
    elif len({key.location_id for key in keys}) == 1:
        named, given = "item_id = ANY(%s::uuid[]) AND location_id = %s", (items, keys[0].location_id)
    rows = db.prepared(
        f"""
        SELECT item_id, location_id, {", ".join(_BALANCE)}, in_lots IS NOT NULL FROM {ledger.balances}
        WHERE org_id = %s AND {named} ORDER BY item_id, location_id FOR UPDATE
        """,
        (current().org_id, *given),
    )
    return {Key(row[0], row[1]): _read_balance(row[2:]) for row in rows}


def _stored(entry: Posted, code: str) -> dict[str, Any]:
    """The columns of the entry's row."""
    unit, posting = current(), entry.posting
    return {
        "org_id": unit.org_id,
        "id": entry.id,
        "code": code,
        "item_id": posting.item_id,
        "location_id": posting.location_id,
        "event_type": posting.event_type,
        "quantity": posting.quantity,
        "unit_cost": posting.unit_cost,
        "ref": posting.ref,
        "to_location_id": posting.to_location_id,
        "notes": posting.notes,
        "event_date": posting.event_date,
        "source_type": posting.source_type,
        "source_id": posting.source_id,
        "line_id": posting.line_id,
        "reverses_id": posting.reverses.id if posting.reverses is not None else None,
        "corrects_id": posting.corrects.id if posting.corrects is not None else None,
        "external_id": posting.external_id,
        "added_value": posting.added_value,
        "inputs_value": posting.inputs_value,
        **_amounts(entry.effect),
        "variance": entry.variance,
        "index_mantissa": entry.index.mantissa if entry.index is not None else None,
        "index_exponent": entry.index.exponent if entry.index is not None else None,
        "created_at": unit.now,
    }


def _amounts(amounts: Amounts | Balance) -> dict[str, Any]:
    return dict(zip(AMOUNTS, _values(amounts), strict=True))


def _read_balance(row: Sequence[Any]) -> Balance:
    on_hand, on_order, demand, allocated, in_transit, value, in_transit_value, *index, has_lots = row
    return Balance(
        on_hand, on_order, demand, allocated, in_transit, value, in_transit_value, RunningIndex(*index), has_lots
    )


def _balance(balance: Balance) -> dict[str, Any]:
    return {
        **_amounts(balance),
        "in_transit_value": balance.in_transit_value,
        "index_mantissa": balance.index.mantissa,
        "index_exponent": balance.index.exponent,
    }


def _write(
    ledger: Ledger, entries: Sequence[Mapping[str, Any]], balances: Mapping[Key, Balance], *, with_lots: bool
) -> None:
    """Entries and balances, along with the next statement. The balances are locked, so what was computed from them is
    still true then."""
    in_lots = ", in_lots = CASE WHEN balance.in_lots IS NOT NULL THEN written.on_hand END" if with_lots else ""
    changed = rowsets.parameter([{**key._asdict(), **_balance(balance)} for key, balance in balances.items()])
    db.defer_prepared(
        f"""
        UPDATE {ledger.balances} AS balance SET {_ASSIGNMENTS}{in_lots}
        FROM {rowsets.source(ledger.balances)} AS written
        WHERE balance.org_id = %s AND balance.item_id = ANY(%s::uuid[]) AND balance.item_id = written.item_id
            AND balance.location_id = written.location_id
        """,
        (changed, current().org_id, array({key.item_id for key in balances})),
    )
    db.defer_prepared(rowsets.insertion(ledger.entries, entries[0]), (rowsets.parameter(entries),))
