"""The lots that entries of a ledger are about to move, as they are: one statement reads all that decides about them
(docs/adr/0067)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from pharus import rowsets
from pharus.db import current, db
from pharus.rowsets import array
from plugins.inventory.ledgers import Ledger
from plugins.inventory.lot_parts import ZERO, Lot, Stock, code_key
from plugins.inventory.postings import ARRIVAL, REVERSE, Key, Posted, Posting

_LOT = """lot.id, lot.item_id, lot.code, lot.status, lot.best_before, lot.allowed_until, lot.made_on,
    lot.supplier_lot, lot.is_opening"""
_LOT_KEYS = 9


@dataclass(frozen=True, slots=True)
class Item:
    """What an item says of its lots, or the organization where it says nothing."""

    tracking: str
    policy: str
    shelf_life_days: int | None
    received_status: str


class LotStock:
    """By their keys the items; by id and by code the lots that are known, with the one that an item got when it was
    switched to lots; and how much of each lot is

    on_hand       at a place where something goes out
    left          of what an entry or a line of a shipment has moved, and nothing has undone or brought back since
    taken_before  of what a line of a shipment took before that was undone

    `origin_of` says whose goods an entry moved (`LotEntry.origin_id`).
    """

    def __init__(self, ledger: Ledger, moving: Sequence[Posted]) -> None:
        self.items: dict[str, Item] = {}
        self.known: dict[str, Lot] = {}
        self.by_code: dict[tuple[str, str], Lot] = {}
        self.opening: dict[str, Lot] = {}
        self.on_hand: dict[Key, dict[str, Decimal]] = {}
        self.left: dict[str, dict[str, Decimal]] = {}
        self.origin_of: dict[str, str | None] = {}
        self.taken_before: dict[str, dict[str, Decimal]] = {}
        self._read(ledger, moving)

    def at(self, key: Key) -> list[Stock]:
        return [(self.known[id], quantity) for id, quantity in self.on_hand.get(key, {}).items() if quantity > 0]

    def know(self, lot: Lot) -> None:
        self.known[lot.id] = lot
        self.by_code[lot.item_id, code_key(lot.code)] = lot
        if lot.is_opening:
            self.opening[lot.item_id] = lot

    def _read(self, ledger: Ledger, moving: Sequence[Posted]) -> None:
        postings = [posted.posting for posted in moving]
        items = {posting.item_id for posting in postings}
        keys = sorted({posted.posting.key for posted in moving if posted.effect.on_hand < 0})
        named = [part for posting in postings for part in posting.lots]
        origins = {origin for posting in postings if (origin := origin_of(posting)) is not None}
        with_origin = {posting.item_id for posting in postings if origin_of(posting) is not None}
        shipping = {
            posting.source_id or ""
            for posting in postings
            if posting.event_type == "CONSUME" and not posting.lots and (posting.source_type or "").startswith("so_")
        }
        org_id, asked = current().org_id, array(origins)
        (row,) = db.prepared(
            _READ.format(item=ledger.item),
            (
                *(org_id, array(items)),
                *(array(key.item_id for key in keys), array(key.location_id for key in keys), org_id),
                *(org_id, array({part.lot_id for part in named if part.lot_id is not None})),
                *(org_id, array(with_origin)),
                rowsets.column_parameter(sorted({part.code for part in named if part.code is not None})),
                *(org_id, array(items)),
                *(org_id, asked, asked, asked, array(origins | shipping)),
            ),
        )
        of_items, at_places, by_id, by_code, entries = (part or () for part in row)
        self.items = {id: Item(*rest) for id, *rest in of_items}
        for location_id, on_hand, *lot in at_places:
            known = self._read_lot(lot)
            self.on_hand.setdefault(Key(known.item_id, location_id), {})[known.id] = Decimal(on_hand)
        for each in (*by_id, *by_code):
            self._read_lot(each)
        for entry in entries:
            self._note(entry, origins, shipping)

    def _read_lot(self, row: Sequence[Any]) -> Lot:
        id, item_id, code, status, best_before, allowed_until, made_on, supplier_lot, is_opening = row
        lot = Lot(
            id,
            item_id,
            code,
            status,
            best_before=_date(best_before),
            allowed_until=_date(allowed_until),
            made_on=_date(made_on),
            supplier_lot=supplier_lot,
            is_opening=is_opening,
        )
        self.know(lot)
        return lot

    def _note(self, row: Sequence[Any], origins: Collection[str], shipping: Collection[str]) -> None:
        """What an earlier entry of a lot says of what is left of an origin."""
        lot = self._read_lot(row[:_LOT_KEYS])
        entry_id, reverses_id, origin_id, source_id, event_type, text = row[_LOT_KEYS:]
        quantity = Decimal(text)
        is_undoing = reverses_id is not None
        for origin, sign in (
            (entry_id, 1),
            (reverses_id, -1),
            (origin_id, 1 if is_undoing else -1),
            (source_id if event_type.removeprefix(REVERSE) == "CONSUME" else None, -1 if is_undoing else 1),
        ):
            if origin is not None and origin in origins:
                left = self.left.setdefault(origin, {})
                left[lot.id] = left.get(lot.id, ZERO) + sign * quantity
        if entry_id in origins:
            self.origin_of[entry_id] = origin_id
        if source_id in shipping and event_type == REVERSE + "CONSUME":
            before = self.taken_before.setdefault(source_id, {})
            before[lot.id] = before.get(lot.id, ZERO) + quantity


def origin_of(posting: Posting) -> str | None:
    """Whose lots a posting moves, where that is not for it to say: an entry, or a line of a shipment."""
    if posting.reverses is not None:
        return posting.reverses.id
    return posting.source_id if posting.effect_name == ARRIVAL else posting.lots_of


def _date(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


_READ = f"""
SELECT
    (SELECT json_agg(json_build_array(
        item.id, item.lot_tracking, coalesce(item.lot_policy, settings.policy, 'fefo'), item.shelf_life_days,
        coalesce(settings.received_status, 'released')))
    FROM {{item}} AS item LEFT JOIN lot_settings AS settings ON settings.org_id = item.org_id
    WHERE item.org_id = %s AND item.id = ANY(%s::uuid[])),

    (SELECT json_agg(json_build_array(there.location_id, there.on_hand::text, {_LOT}))
    FROM unnest(%s::uuid[], %s::uuid[]) AS key (item_id, location_id)
    JOIN lot_balance AS there ON there.org_id = %s AND there.item_id = key.item_id
        AND there.location_id = key.location_id AND there.on_hand > 0
    JOIN lot ON lot.org_id = there.org_id AND lot.id = there.lot_id),

    (SELECT json_agg(json_build_array({_LOT})) FROM (
        SELECT * FROM lot WHERE org_id = %s AND id = ANY(%s::uuid[])
        UNION ALL
        SELECT * FROM lot WHERE org_id = %s AND item_id = ANY(%s::uuid[]) AND is_opening
    ) AS lot),

    (SELECT json_agg(json_build_array({_LOT})) FROM json_array_elements_text(%s::json) AS given (code)
    JOIN lot ON lot.org_id = %s AND lot.item_id = ANY(%s::uuid[]) AND lot.code_key = text_key(given.code)),

    (SELECT json_agg(json_build_array({_LOT}, entry.entry_id, entry.reverses_id, entry.origin_id, entry.source_id,
        entry.event_type, entry.quantity::text) ORDER BY entry.id)
    FROM lot_entry AS entry JOIN lot ON lot.org_id = entry.org_id AND lot.id = entry.lot_id
    WHERE entry.org_id = %s AND (entry.entry_id = ANY(%s::uuid[]) OR entry.reverses_id = ANY(%s::uuid[])
        OR entry.origin_id = ANY(%s::uuid[]) OR entry.source_id = ANY(%s::uuid[])))
"""
