"""The only writer of the ledgers and of the balances.

`post` locks the balances it touches in one order, applies the postings one after the other to what it read, and
writes entries and balances with a number of statements that does not grow with the postings. Postings to different
balances do not wait for one another: the codes come from a connection of their own.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pharus import numbering, rowsets
from pharus.db import current, db
from pharus.errors import Conflict
from pharus.fields import canonical, new_id
from pharus.hooks import hooks
from plugins.inventory import postings
from plugins.inventory.entries import AMOUNTS
from plugins.inventory.ledgers import Ledger
from plugins.inventory.line_balances import LineBalances
from plugins.inventory.postings import ZERO, Amounts, Key, Posted, Posting

_ASSIGNMENTS = ", ".join(f"{column} = written.{column}" for column in AMOUNTS)


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
    locked: Mapping[Key, Amounts] | None = None,
    line_balances: LineBalances | None = None,
) -> list[Entry]:
    """Write the postings in their order, all or none. Conflict when one would take more than is on hand.

    `locked` are balances that this transaction has locked and not changed since; `line_balances` what it has read
    of all lines that the postings belong to. What is written is noted there.

    `unknown` is called before a balance is opened: whoever has not looked whether item and place exist does it there.
    Where there is a balance, both do.
    """
    if not requested:
        return []
    touched = _touched(requested)
    if locked is not None and touched <= locked.keys():
        balances = {key: locked[key] for key in touched}
    else:
        balances = lock(ledger, touched, unknown)
    if line_balances is None:
        line_balances = LineBalances.read(ledger, (posting.line_id for posting in requested if posting.fulfils))
    entries: list[Posted] = []
    for posting in requested:
        fulfilled = replace(posting, fulfilled=line_balances.fulfilled_by(posting))
        entries.append(apply(fulfilled, balances))
        line_balances.note(entries[-1])
    codes = [f"{ledger.code_prefix}-{number:06d}" for number in numbering.take(ledger.code_prefix, count=len(entries))]
    written = [Entry(ledger, code, posted, _stored(posted, code)) for code, posted in zip(codes, entries, strict=True)]
    _write(ledger, [entry.stored for entry in written], balances)
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


def _select_for_update(ledger: Ledger, keys: Sequence[Key]) -> dict[Key, Amounts]:
    # One balance, or several at one place, are the usual case: PostgreSQL finds those in the index, where it would else
    # look through all that the organization has.
    items, places = [key.item_id for key in keys], [key.location_id for key in keys]
    given: Sequence[Any]
    named, given = "(item_id, location_id) IN (SELECT * FROM unnest(%s::uuid[], %s::uuid[]))", (items, places)
    if len(keys) == 1:
        named, given = "item_id = %s AND location_id = %s", keys[0]
    elif len(set(places)) == 1:
        named, given = "item_id = ANY(%s::uuid[]) AND location_id = %s", (items, places[0])
    rows = db.rows(
        f"""
        SELECT item_id, location_id, {", ".join(AMOUNTS)} FROM {ledger.balances}
        WHERE org_id = %s AND {named} ORDER BY item_id, location_id FOR UPDATE
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
        **_amounts(entry.effect),
        "created_at": unit.now,
    }


def _amounts(amounts: Amounts) -> dict[str, Any]:
    return {column: getattr(amounts, column) for column in AMOUNTS}


def _write(ledger: Ledger, entries: Sequence[Mapping[str, Any]], balances: Mapping[Key, Amounts]) -> None:
    """Entries and balances, along with the next statement. The balances are locked, so what was computed from them is
    still true then."""
    changed = rowsets.parameter([{**key._asdict(), **_amounts(amounts)} for key, amounts in balances.items()])
    db.defer(
        f"""
        UPDATE {ledger.balances} AS balance SET {_ASSIGNMENTS} FROM {rowsets.source(ledger.balances)} AS written
        WHERE balance.org_id = %s AND balance.item_id = ANY(%s::uuid[]) AND balance.item_id = written.item_id
            AND balance.location_id = written.location_id;
        {rowsets.insertion(ledger.entries, entries[0])}
        """,
        (changed, current().org_id, list({key.item_id for key in balances}), rowsets.parameter(entries)),
    )
