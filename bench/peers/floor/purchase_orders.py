"""Purchase orders. PostgreSQL writes the decimals as they are shown."""

from typing import Any

import orjson

from bench.peers.floor import bodies
from bench.peers.floor.refusals import Refusal, invalid
from bench.peers.floor.transactions import Caller, Path

ORDER_KEYS = (
    *("id", "orgId", "poNumber", "vendorId", "targetType", "status", "shipToLocationId", "planningAt", "placedAt"),
    *("shipDate", "inTransitAt", "partialAt", "expectedDeliveryDate", "receivedAt", "paidAt", "cancelledAt"),
    *("shippingCosts", "setupCosts", "otherCosts", "notes", "createdAt", "updatedAt"),
)
ORDER_COLUMNS = (
    "id, org_id, po_number, vendor_id, target_type, status, ship_to_location_id, planning_at, placed_at, ship_date, "
    "in_transit_at, partial_at, expected_delivery_date, received_at, paid_at, cancelled_at, "
    "trim_scale(shipping_costs)::text, trim_scale(setup_costs)::text, trim_scale(other_costs)::text, notes, "
    "created_at, updated_at"
)
ORDER = f"SELECT {ORDER_COLUMNS} FROM purchase_order WHERE org_id = %s AND id = %s"

ITEM_KEYS = ("id", "orgId", "purchaseOrderId", "materialId", "skuId", "quantity", "unitCost")
_ITEMS = """
SELECT id, org_id, purchase_order_id, material_id, sku_id, trim_scale(quantity)::text, trim_scale(unit_cost)::text
FROM purchase_order_item WHERE org_id = %s AND purchase_order_id = %s ORDER BY id"""


def get_purchase_order(cursor: Any, caller: Caller, query: bytes, _: bytes, path: Path) -> bytes:
    """The JSON of an order with its lines."""
    _, problems = bodies.read_query(query, {})
    id = path["id"]
    if bodies.one_id(id) is None:
        problems.append(("path/id", "is no id"))
    if problems:
        raise invalid(problems)
    cursor.execute(ORDER, (caller.org_id, id))
    order = cursor.fetchone()
    if order is None:
        raise Refusal(404, "not_found", "no purchase order with this id")
    cursor.execute(_ITEMS, (caller.org_id, id))
    items = [dict(zip(ITEM_KEYS, row, strict=True)) for row in cursor.fetchall()]
    answer = {"purchaseOrder": dict(zip(ORDER_KEYS, order, strict=True)), "items": items}
    return orjson.dumps(answer, option=orjson.OPT_UTC_Z)
