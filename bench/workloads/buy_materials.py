"""A purchase order of five lines is placed, and all of it is received: two requests, of which the second names the
order and the lines that the first one made."""

import re
from typing import Any

from bench import entities
from bench.workloads import get_order, stock
from bench.workloads.workload import ID, INSTANT, VARIANT, Check, Step, Workload, taken

PATH = "/api/purchase-orders"
LINES = 5
# Each its own balances: who buys for one location waits for no other.
LOCATIONS = 20

_DAY = re.compile(r"\d{4}-\d\d-\d\d")

BODY = {
    "vendorId": get_order.VENDOR_ID,
    "targetType": "materials",
    "status": "Placed",
    "shipToLocationId": f"5a7e0000-0000-7000-8000-0000000002{VARIANT}",
    "expectedDeliveryDate": "2026-03-20",
    "shippingCosts": 45.5,
    "notes": "Deliver to the back door.",
    "items": [
        {"materialId": stock.material_id(f"{line:02d}"), "quantity": 2.5 + line, "unitCost": 1.25}
        for line in range(LINES)
    ],
}

_RECEIPT = {"items": [{"poItemId": taken(1 + line), "quantity": 2.5 + line} for line in range(LINES)]}

_PLACED = {**BODY, "shipToLocationId": stock.location_id(1)}
_LEAST = {key: _PLACED[key] for key in ("vendorId", "targetType", "status", "shipToLocationId", "items")}
_LINE_ID = "5a7e0000-0000-7000-8000-0000000006{:02d}"
_TO_RECEIVE = "5a7e0000-0000-7000-8000-000000000301"

_LOCATIONS_TEXT = """
INSERT INTO location (org_id, id, name, sort_order)
SELECT %s, ('5a7e0000-0000-7000-8000-0000000002' || lpad(n::text, 2, '0'))::uuid, 'Place ' || n, n
FROM generate_series(5, %s) AS n ON CONFLICT DO NOTHING"""

# Every run posts to balances that are open, also the first one on a new database.
_BALANCES = """
INSERT INTO materials_balance (org_id, item_id, location_id)
SELECT location.org_id, material.id, location.id FROM location
JOIN material ON material.org_id = location.org_id AND material.id = ANY(%s::uuid[])
WHERE location.org_id = %s ON CONFLICT DO NOTHING"""

# An order of two lines that hold nothing yet and of which nothing has arrived.
_ORDER = """
DELETE FROM purchase_order WHERE org_id = %(org)s AND id = %(order)s;
INSERT INTO purchase_order (org_id, id, po_number, vendor_id, target_type, status, ship_to_location_id, placed_at,
    created_at, updated_at)
VALUES (%(org)s, %(order)s, 'PO-2026-0002', %(vendor)s, 'materials', 'Placed', %(location)s, '2026-03-02',
    '2026-03-02 08:15:00Z', '2026-03-02 08:15:00Z');
INSERT INTO purchase_order_item (org_id, id, purchase_order_id, material_id, quantity, unit_cost)
SELECT %(org)s, ('5a7e0000-0000-7000-8000-0000000006' || lpad(n::text, 2, '0'))::uuid, %(order)s,
    ('5a7e0000-0000-7000-8000-0000000000' || lpad(n::text, 2, '0'))::uuid, 4, 2.5
FROM generate_series(0, 1) AS n"""


def prepare(cursor: Any, org_id: str) -> None:
    get_order.prepare(cursor, org_id)
    cursor.execute(_LOCATIONS_TEXT, (org_id, LOCATIONS - 1))
    cursor.execute(_BALANCES, ([stock.material_id(f"{line:02d}") for line in range(LINES)], org_id))
    names = {"order": _TO_RECEIVE, "vendor": get_order.VENDOR_ID, "location": stock.location_id(1)}
    cursor.execute(_ORDER, {"org": org_id, **names})
    cursor.execute(
        "INSERT INTO number_sequence (org_id, kind, year, last) VALUES (%s, 'PO', extract(year FROM now()), 9) "
        "ON CONFLICT DO NOTHING",
        (org_id,),
    )


def _order(name: str, status: int, **changes: Any) -> Check:
    return Check(name, status, "POST", PATH, {**_PLACED, **changes})


def _receipt(name: str, status: int, *items: dict[str, Any], order: str = _TO_RECEIVE) -> Check:
    return Check(name, status, "POST", f"{PATH}/{order}/receipts", {"items": list(items)})


def _arrived(line: int, quantity: Any, **more: Any) -> dict[str, Any]:
    return {"poItemId": _LINE_ID.format(line), "quantity": quantity, **more}


_UNKNOWN = stock.TYPE_ID

WORKLOAD = Workload(
    name="buy-materials",
    title="POST /api/purchase-orders (5 lines), POST …/receipts (all of it)",
    steps=(
        Step("POST", PATH, 201, BODY, ("/purchaseOrder/id", *(f"/items/{line}/id" for line in range(LINES)))),
        Step("POST", f"{PATH}/{taken(0)}/receipts", 201, _RECEIPT),
    ),
    prepare=prepare,
    tables=(*get_order.WORKLOAD.tables, "purchase_order_receipt", "purchase_order_receipt_item"),
    compared={
        "purchaseOrder": entities.PURCHASE_ORDER,
        "items": [entities.PURCHASE_ORDER_ITEM],
        "receipt": entities.RECEIPT,
        "receiptItems": [entities.RECEIPT_ITEM],
    },
    volatile={
        "id": ID,
        "purchaseOrderId": ID,
        "receiptId": ID,
        "createdAt": INSTANT,
        "updatedAt": INSTANT,
        "placedAt": _DAY,
        "poNumber": re.compile(r"PO-\d{4}-\d{4,}"),
    },
    variants=LOCATIONS,
    checks=(
        _order("all fields", 201),
        Check("only what is needed", 201, "POST", PATH, _LEAST),
        _order("a vendor nobody has", 404, vendorId=_UNKNOWN),
        _order("a location nobody has", 404, shipToLocationId=_UNKNOWN),
        _order("a material nobody has", 404, items=[{"materialId": _UNKNOWN, "quantity": 1}]),
        _order("no line", 422, items=[]),
        _order("nothing of a material", 422, items=[{"materialId": stock.material_id("00"), "quantity": 0}]),
        _order("a cost below nothing", 422, shippingCosts=-1),
        _order("an unknown key", 422, fax="none"),
        Check("no token", 401, "POST", PATH, _PLACED, caller="nobody"),
        Check("a viewer", 403, "POST", PATH, _PLACED, caller="viewer"),
        _receipt("a part", 201, _arrived(0, 1.5)),
        _receipt("the rest, dearer", 201, _arrived(0, 2.5), _arrived(1, 4, unitCost=3.125)),
        _receipt("more than was ordered", 201, _arrived(1, 0.000001)),
        _receipt("a line of another order", 404, {"poItemId": _UNKNOWN, "quantity": 1}),
        _receipt("an order nobody has", 404, _arrived(0, 1), order=_UNKNOWN),
        _receipt("no line", 422),
        _receipt("an id that is none", 422, {"poItemId": "7", "quantity": 1}),
    ),
)
