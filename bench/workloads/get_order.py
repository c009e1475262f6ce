"""A purchase order with its ten lines."""

from typing import Any

from bench import entities
from bench.workloads import stock
from bench.workloads.workload import Check, Step, Workload

ORDER_ID = "5a7e0000-0000-7000-8000-000000000300"
VENDOR_ID = "5a7e0000-0000-7000-8000-000000000400"

PATH = f"/api/purchase-orders/{ORDER_ID}"

_ORDER = """
INSERT INTO vendor (org_id, id, name) VALUES (%(org)s, %(vendor)s, 'Sample Oils and Butters');
INSERT INTO purchase_order (org_id, id, po_number, vendor_id, target_type, status, ship_to_location_id, placed_at,
    expected_delivery_date, shipping_costs, setup_costs, other_costs, notes, created_at, updated_at)
VALUES (%(org)s, %(order)s, 'PO-2026-0001', %(vendor)s, 'materials', 'Placed', %(location)s, '2026-03-02',
    '2026-03-20', 45.5, 0, 0.000001, 'Deliver to the back door.', '2026-03-02 08:15:00.123456Z', '2026-03-02');
INSERT INTO purchase_order_item (org_id, id, purchase_order_id, material_id, quantity, unit_cost)
SELECT %(org)s, ('5a7e0000-0000-7000-8000-0000000005' || lpad(n::text, 2, '0'))::uuid, %(order)s,
    ('5a7e0000-0000-7000-8000-0000000000' || lpad(n::text, 2, '0'))::uuid, n + 0.25, 2.5 * n
FROM generate_series(0, 9) AS n"""


def prepare(cursor: Any, org_id: str) -> None:
    stock.prepare(cursor, org_id, 1_000)
    cursor.execute("SELECT EXISTS (SELECT FROM purchase_order WHERE org_id = %s)", (org_id,))
    if not cursor.fetchone()[0]:
        names = {"order": ORDER_ID, "vendor": VENDOR_ID, "location": stock.location_id(1)}
        cursor.execute(_ORDER, {"org": org_id, **names})


WORKLOAD = Workload(
    name="get-order",
    title="GET /api/purchase-orders/{id} (10 lines)",
    steps=(Step("GET", PATH, 200),),
    prepare=prepare,
    tables=(*stock.TABLES, "vendor", "purchase_order", "purchase_order_item"),
    compared={"purchaseOrder": entities.PURCHASE_ORDER, "items": [entities.PURCHASE_ORDER_ITEM]},
    checks=(
        Check("an order", 200, "GET", PATH),
        Check("for a viewer", 200, "GET", PATH, caller="viewer"),
        Check("an order nobody has", 404, "GET", f"/api/purchase-orders/{VENDOR_ID}"),
        Check("no token", 401, "GET", PATH, caller="nobody"),
        Check("an id that is none", 422, "GET", "/api/purchase-orders/7"),
        Check("an unknown parameter", 422, "GET", f"{PATH}?limit=7"),
    ),
)
