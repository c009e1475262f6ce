"""An item is switched to lots: what there is of it becomes one lot, in the transaction that switches (docs/rules.md,
Lots)."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from pharus import rowsets
from pharus.db import current, db
from pharus.errors import Conflict, Invalid, Problem
from pharus.fields import new_id
from pharus.records import Records
from plugins.inventory.ledgers import FINISHED_GOODS, MATERIALS, Ledger
from plugins.lots.records import lots
from plugins.lots.schemas import Lot, LotTrackingStart
from plugins.materials.records import materials
from plugins.products.records import skus

_ITEMS: Mapping[str, tuple[Ledger, Records[Any]]] = {
    "materialId": (MATERIALS, materials),
    "skuId": (FINISHED_GOODS, skus),
}


def start(body: LotTrackingStart) -> Lot:
    """NotFound, Conflict when the item has lots already, Invalid without the day until which it is good where it needs
    one.

    The item stays locked, and so do all its balances: nothing of it moves meanwhile, and who opens a balance of it
    waits. What was on its way arrives, and what was posted before is undone, as a part of this lot."""
    key = "materialId" if body.get("materialId") is not None else "skuId"
    ledger, items = _ITEMS[key]
    named: Mapping[str, Any] = body
    item_id: str = named[key]
    if body["lotTracking"] == "lots_with_expiry" and body.get("bestBefore") is None:
        raise Invalid([Problem("/bestBefore", "each lot of the item needs it")])
    # In the order of those who post: balances, then the item that their entries name. What was opened in between is
    # locked then.
    _lock_balances(ledger, item_id)
    if items.get(item_id, lock=True)["lotTracking"] != "none":
        raise Conflict(f"the {items.entity} is told apart by lots already")
    there = _lock_balances(ledger, item_id)
    items.update(item_id, {"lot_tracking": body["lotTracking"]})
    # Behind the locks, not when the request began: what was written meanwhile is older than the lot.
    (now,) = db.row("SELECT clock_timestamp()")
    # Records would date it to when the request began.
    lot_id = new_id()
    of_lot = lots.values_of({name: value for name, value in body.items() if name != "lotTracking"})
    given = {"org_id": current().org_id, "id": lot_id, **of_lot, "is_opening": True}
    _insert("lot", [{**given, "created_at": now, "updated_at": now}])
    rows = [*_on_hand(there), *_on_their_way(ledger, item_id)]
    _insert("lot_entry", ({**_shared(lot_id, now), **row} for row in rows))
    _insert(
        "lot_balance",
        (
            {
                "org_id": current().org_id,
                "lot_id": lot_id,
                "location_id": location_id,
                "item_id": item_id,
                "on_hand": on_hand,
                "in_transit": in_transit,
            }
            for location_id, on_hand, in_transit in there
            if on_hand or in_transit
        ),
    )
    return lots.get(lot_id)


def _lock_balances(ledger: Ledger, item_id: str) -> list[tuple[str, Decimal, Decimal]]:
    return db.rows(
        f"""
        SELECT location_id, on_hand, in_transit FROM {ledger.balances}
        WHERE org_id = %s AND item_id = %s ORDER BY item_id, location_id FOR UPDATE
        """,
        (current().org_id, item_id),
    )


def _shared(lot_id: str, now: Any) -> dict[str, Any]:
    return {
        "org_id": current().org_id,
        "id": new_id(),
        "lot_id": lot_id,
        "event_type": "OPENING",
        "event_date": now,
        "created_at": now,
    }


def _on_hand(there: Iterable[tuple[str, Decimal, Decimal]]) -> Iterator[dict[str, Any]]:
    for location_id, on_hand, _ in there:
        if on_hand:
            yield {
                "entry_id": None,
                "location_id": location_id,
                "to_location_id": None,
                "quantity": on_hand,
                "on_hand": on_hand,
                "in_transit": Decimal(0),
                "ref": None,
            }


def _on_their_way(ledger: Ledger, item_id: str) -> Iterator[dict[str, Any]]:
    """Of each transfer what has neither arrived nor come back."""
    rows = db.rows(
        f"""
        SELECT sent.id, sent.location_id, sent.to_location_id, sent.ref, sent.quantity - coalesce((
            SELECT sum(came.quantity) FROM {ledger.entries} AS came
            WHERE came.org_id = sent.org_id AND (
                came.source_id = sent.id AND came.event_type = 'RECEIVE' OR came.reverses_id = sent.id
            )
        ), 0)
        FROM {ledger.entries} AS sent
        WHERE sent.org_id = %s AND sent.item_id = %s AND sent.event_type = 'TRANSFER'
        """,
        (current().org_id, item_id),
    )
    for entry_id, location_id, to_location_id, ref, left in rows:
        if left:
            yield {
                "entry_id": entry_id,
                "location_id": location_id,
                "to_location_id": to_location_id,
                "quantity": left,
                "on_hand": Decimal(0),
                "in_transit": left,
                "ref": ref,
            }


def _insert(table: str, rows: Iterable[Mapping[str, Any]]) -> None:
    if given := list(rows):
        db.defer(rowsets.insertion(table, given[0]), (rowsets.parameter(given),))
