"""The operations of the plugin, in the order of the document."""

from decimal import Decimal
from typing import Unpack

from pharus.db import current, db
from pharus.errors import Conflict, NotFound
from pharus.listing import DEFAULT_LIMIT, Listing, Order, Paging, flag, name_of
from pharus.schemas import DeletedId

from pharus_lots import rules, store, tracing
from pharus_lots.records import arrivals, lots
from pharus_lots.schemas import (
    LotsArrival,
    LotsArrivalCreate,
    LotsArrivalPage,
    LotsLot,
    LotsLotPage,
    LotsLotUpdate,
    LotsLotWithLocations,
    LotsSuggestion,
    LotsTrace,
)

_NEWEST = Order(("created_at", "id"), descending=True)
_lots = Listing(
    lots,
    _NEWEST,
    {
        "item_id": "item_id = %s",
        "location_id": "EXISTS (SELECT FROM lots_stock AS stock WHERE stock.org_id = lots_lot.org_id "
        "AND stock.lot_id = lots_lot.id AND stock.location_id = %s AND stock.quantity > 0)",
    },
    sorts={"createdAt": ("created_at", "id")},
    names={
        "itemName": f"coalesce({name_of('material', 'lots_lot', 'item_id')}, {name_of('sku', 'lots_lot', 'item_id')})"
    },
)
_arrivals = Listing(arrivals, _NEWEST, {"awaited": "(lot_id IS NULL) = %s"})


def lots_create_arrival(body: LotsArrivalCreate) -> LotsArrival:
    _require_item(body["itemType"], body["itemId"])
    return arrivals.insert(arrivals.values_of(body))


def lots_list_arrivals(
    awaited: str | None = None, cursor: str | None = None, limit: int = DEFAULT_LIMIT
) -> LotsArrivalPage:
    return _arrivals.page({"awaited": flag(awaited)}, cursor=cursor, limit=limit)


def lots_delete_arrival(id: str) -> DeletedId:
    if arrivals.get(id, lock=True)["lotId"] is not None:
        raise Conflict("the goods have arrived already")
    arrivals.delete(id)
    return {"deletedId": id}


def lots_list_lots(item_id: str | None = None, location_id: str | None = None, **paging: Unpack[Paging]) -> LotsLotPage:
    return _lots.page({"item_id": item_id, "location_id": location_id}, **paging)


def lots_get_lot(id: str) -> LotsLotWithLocations:
    lot = lots.get(id)
    rows = db.execute_sql(
        "SELECT location_id, quantity FROM lots_stock WHERE org_id = %s AND lot_id = %s AND quantity > 0 "
        "ORDER BY location_id",
        (current().org_id, id),
    )
    return {**lot, "locations": [{"locationId": location_id, "quantity": quantity} for location_id, quantity in rows]}


def lots_update_lot(id: str, body: LotsLotUpdate) -> LotsLot:
    return lots.update(id, lots.values_of(body))


def lots_trace_lot(id: str) -> LotsTrace:
    return tracing.trace(id)


def lots_suggest_lots(item_type: str, item_id: str, location_id: str, quantity: str) -> LotsSuggestion:
    _require_item(item_type, item_id)
    _require("location", location_id)
    requested = Decimal(quantity)
    key = (item_id, location_id)
    balances = store.read_balances([key])[key]
    parts = rules.first_expiry_first_out(balances.values(), requested)
    return {
        "lots": [
            {
                "lotId": part.lot_id,
                "number": balances[part.lot_id].number,
                "expiresOn": balances[part.lot_id].expires_on,
                "quantity": part.quantity,
            }
            for part in parts
        ],
        "missing": requested - sum((part.quantity for part in parts), rules.ZERO),
    }


def _require_item(item_type: str, item_id: str) -> None:
    _require("material" if item_type == "material" else "sku", item_id)


def _require(table: str, id: str) -> None:
    """NotFound unless the record is one of the organization's."""
    found = db.execute_sql(f"SELECT FROM {table} WHERE org_id = %s AND id = %s", (current().org_id, id))
    if found.fetchone() is None:
        raise NotFound(f"no {table} with the id {id}")
