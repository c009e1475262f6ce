"""The operations of the plugin, in the order of the document."""

from decimal import Decimal
from typing import Unpack

from pharus.db import current, db
from pharus.errors import Conflict, NotFound
from pharus.listing import DEFAULT_LIMIT, Listing, Order, Paging, flag, name_of
from pharus.schemas import DeletedId

from pharus_batches import rules, store, tracing
from pharus_batches.records import arrivals, batches
from pharus_batches.schemas import (
    BatchesArrival,
    BatchesArrivalCreate,
    BatchesArrivalPage,
    BatchesBatch,
    BatchesBatchPage,
    BatchesBatchUpdate,
    BatchesBatchWithLocations,
    BatchesSuggestion,
    BatchesTrace,
)

_NEWEST = Order(("created_at", "id"), descending=True)
_batches = Listing(
    batches,
    _NEWEST,
    {
        "item_id": "item_id = %s",
        "location_id": "EXISTS (SELECT FROM batches_stock AS stock WHERE stock.org_id = batches_batch.org_id "
        "AND stock.batch_id = batches_batch.id AND stock.location_id = %s AND stock.quantity > 0)",
    },
    sorts={"createdAt": ("created_at", "id")},
    names={
        "itemName": (
            f"coalesce({name_of('material', 'batches_batch', 'item_id')}, {name_of('sku', 'batches_batch', 'item_id')})"
        )
    },
)
_arrivals = Listing(arrivals, _NEWEST, {"awaited": "(batch_id IS NULL) = %s"})


def batches_create_arrival(body: BatchesArrivalCreate) -> BatchesArrival:
    _require_item(body["itemType"], body["itemId"])
    return arrivals.insert(arrivals.values_of(body))


def batches_list_arrivals(
    awaited: str | None = None, cursor: str | None = None, limit: int = DEFAULT_LIMIT
) -> BatchesArrivalPage:
    return _arrivals.page({"awaited": flag(awaited)}, cursor=cursor, limit=limit)


def batches_delete_arrival(id: str) -> DeletedId:
    if arrivals.get(id, lock=True)["batchId"] is not None:
        raise Conflict("the goods have arrived already")
    arrivals.delete(id)
    return {"deletedId": id}


def batches_list_batches(
    item_id: str | None = None, location_id: str | None = None, **paging: Unpack[Paging]
) -> BatchesBatchPage:
    return _batches.page({"item_id": item_id, "location_id": location_id}, **paging)


def batches_get_batch(id: str) -> BatchesBatchWithLocations:
    batch = batches.get(id)
    rows = db.execute_sql(
        "SELECT location_id, quantity FROM batches_stock WHERE org_id = %s AND batch_id = %s AND quantity > 0 "
        "ORDER BY location_id",
        (current().org_id, id),
    )
    return {**batch, "locations": [{"locationId": location_id, "quantity": quantity} for location_id, quantity in rows]}


def batches_update_batch(id: str, body: BatchesBatchUpdate) -> BatchesBatch:
    return batches.update(id, batches.values_of(body))


def batches_trace_batch(id: str) -> BatchesTrace:
    return tracing.trace(id)


def batches_suggest_batches(item_type: str, item_id: str, location_id: str, quantity: str) -> BatchesSuggestion:
    _require_item(item_type, item_id)
    _require("location", location_id)
    requested = Decimal(quantity)
    key = (item_id, location_id)
    balances = store.read_balances([key])[key]
    parts = rules.first_expiry_first_out(balances.values(), requested)
    return {
        "batches": [
            {
                "batchId": part.batch_id,
                "number": balances[part.batch_id].number,
                "expiresOn": balances[part.batch_id].expires_on,
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
