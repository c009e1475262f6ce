"""Where a request names a record: its path, its query, its body and the rows of it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

# openapi.yaml begins the ids of its examples so.
EXAMPLE_PREFIX = "01935d6c-7b1a-7c3e-8f00-"

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-([0-9a-f])[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)

# What the id of a path is the id of: by what stands before it.
_IN_PATH = {
    "locations": "location",
    "vendors": "vendor",
    "customers": "customer",
    "customer-types": "customer_type",
    "customer-segments": "customer_segment",
    "brokers": "broker",
    "contacts": "contact",
    "contact-methods": "contact_method",
    "contact-links": "contact_link",
    "materials": "material",
    "material-types": "material_type",
    "skus": "sku",
    "sku-types": "sku_type",
    "boms": "bom",
    "purchase-orders": "purchase_order",
    "purchase-order-items": "purchase_order_item",
    "purchase-order-receipts": "purchase_order_receipt",
    "work-orders": "work_order",
    "work-order-items": "work_order_item",
    "work-order-receipts": "work_order_receipt",
    "production-orders": "production_order",
    "production-order-items": "production_order_item",
    "production-order-receipts": "production_order_receipt",
    "sales-orders": "sales_order",
    "sales-order-items": "sales_order_item",
    "sales-order-timeline-notes": "timeline_note",
    "order-channels": "order_channel",
    "materials-inventory": "materials_ledger_entry",
    "finished-goods-inventory": "finished_goods_ledger_entry",
    "documents": "document",
}
# What contacts are linked to, and what documents are kept with.
_ENTITIES = frozenset({"customer", "vendor", "purchase_order", "sales_order", "work_order"})
_TYPES = {"customers": "customer_type", "materials": "material_type", "skus": "sku_type"}
_BY_KEY = {
    "vendorId": "vendor",
    "shipToLocationId": "location",
    "workSiteLocationId": "location",
    "poItemId": "purchase_order_item",
    "customerId": "customer",
    "channelId": "order_channel",
    "fulfillmentLocationId": "location",
    "segmentId": "customer_segment",
    "segment": "customer_segment",
    "brokerId": "broker",
    "broker": "broker",
    "parentId": "customer",
    "parentCustomer": "customer",
    "materialId": "material",
    "skuId": "sku",
    "inputSkuId": "sku",
    "outputSkuId": "bom",
    "locationId": "location",
    "sourceLocationId": "location",
    "destinationLocationId": "location",
}
# Rows beyond these keep what was generated.
_ROWS = 30


@dataclass(frozen=True)
class Slot:
    """`container[key]` is the id of a record of this kind, or is meant to be one."""

    container: dict[str, Any]
    key: str
    kind: str
    place: str

    @property
    def value(self) -> str:
        return str(self.container[self.key])

    @property
    def is_example(self) -> bool:
        return self.value.startswith(EXAMPLE_PREFIX)

    @property
    def may_be_real(self) -> bool:
        """Version 7, as the server makes them: a sequence of steps has it from an answer."""
        found = _UUID.fullmatch(self.value)
        return found is not None and found[1] == "7" and not self.is_example


def find(path: str, case: Any) -> list[Slot]:
    """Those with a UUID in them: what is no UUID is wrong on purpose."""
    return [slot for slot in _all(path, case) if _UUID.fullmatch(slot.value)]


def rows_of(body: Any) -> list[Any]:
    """What stands in the lists of a body: the rows of an import, the lines of an order, the lines of its rows."""
    if not isinstance(body, dict):
        return []
    found = [row for key in ("rows", "items") if isinstance(rows := body.get(key), list) for row in rows[:_ROWS]]
    return [*found, *(line for row in found for line in rows_of(row))]


def _all(path: str, case: Any) -> Iterator[Slot]:
    # /api/skus/{id}/bom
    _, _, first, *rest = path.split("/")
    if "{id}" in rest and first in _IN_PATH and "id" in (case.path_parameters or {}):
        yield Slot(case.path_parameters, "id", "bom" if rest[-1] == "bom" else _IN_PATH[first], "path")
    containers = [("query", case.query), ("body", case.body)]
    containers += [("body", row) for row in rows_of(case.body)]
    for place, container in containers:
        if not isinstance(container, dict):
            continue
        for key, value in container.items():
            kind = _kind(first, key, container)
            if kind is not None and isinstance(value, str):
                yield Slot(container, key, kind, place)


def _kind(first: str, key: str, container: dict[str, Any]) -> str | None:
    if key in ("type", "typeId"):
        return _TYPES.get(first)
    # What is made has a BOM.
    if key == "skuId" and first in ("work-orders", "production-orders"):
        return "bom"
    if key == "entityId":
        entity = container.get("entityType")
        return entity if isinstance(entity, str) and entity in _ENTITIES else None
    return _BY_KEY.get(key)
