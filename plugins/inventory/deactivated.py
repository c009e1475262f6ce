"""What is deactivated can be emptied, and not filled; and what of stock it still holds (docs/rules.md, Inventory)."""

from collections.abc import Mapping
from typing import Any

from pharus.db import current, db
from pharus.fields import canonical
from pharus.records import Records
from plugins.inventory.ledgers import FINISHED_GOODS, LEDGERS, MATERIALS, Ledger
from plugins.locations.records import locations

# As many balances are shown; the others are counted.
_MOST = 100
_AMOUNTS = ("on_hand", "on_order", "demand", "allocated", "in_transit", "value")


def require(
    *,
    emptied: str | None = None,
    filled: str | None = None,
    item_id: str | None = None,
    items: Records[Any] | None = None,
) -> None:
    """NotFound for a location or an item that does not exist. Conflict for one that is deactivated and would be filled:
    the location `filled`, and the item, of which there is more unless another location is `emptied` of it."""
    if items is not None and item_id is not None:
        items.require([item_id], active=emptied is None)
    locations.require([id for id in (emptied, filled) if id is not None], kept=() if emptied is None else (emptied,))


def still_holds(table: str, id: str) -> Mapping[str, Any]:
    """What of stock an item holds at its locations, or a location of its items; nothing of other records."""
    parts = [_held(ledger, column) for ledger in LEDGERS for column in _columns(ledger, table)]
    if not parts:
        return {}
    rows = db.rows(
        f"SELECT *, count(*) OVER () FROM ({' UNION ALL '.join(parts)}) AS held ORDER BY 1, 2, 3 LIMIT {_MOST}",
        [value for _ in parts for value in (current().org_id, id)],
    )
    return {"stockCount": rows[0][-1], "stock": [_shown(*row[:-1]) for row in rows]} if rows else {}


def _columns(ledger: Ledger, table: str) -> tuple[str, ...]:
    return {"location": ("location_id",), ledger.item: ("item_id",)}.get(table, ())


def _held(ledger: Ledger, column: str) -> str:
    item = {MATERIALS: "item_id, NULL::uuid", FINISHED_GOODS: "NULL::uuid, item_id"}[ledger]
    return (
        f"SELECT {item}, location_id, {', '.join(_AMOUNTS)} FROM {ledger.balances} "
        f"WHERE org_id = %s AND {column} = %s AND NOT (on_hand = 0 AND on_order = 0 AND demand = 0 "
        "AND allocated = 0 AND in_transit = 0)"
    )


def _shown(material_id: str | None, sku_id: str | None, location_id: str, *amounts: Any) -> Mapping[str, Any]:
    on_hand, on_order, demand, allocated, in_transit, value = map(canonical, amounts)
    return {
        "materialId": material_id,
        "skuId": sku_id,
        "locationId": location_id,
        "onHand": on_hand,
        "onOrder": on_order,
        "demand": demand,
        "allocated": allocated,
        "inTransit": in_transit,
        "value": value,
    }
