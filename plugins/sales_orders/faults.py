"""What `pharus check` finds wrong with sales orders: lines that hold something else than their order's status wants."""

from pharus.db import current, db, unit_of_work
from pharus.fields import canonical
from pharus.identity import Actor, Role
from plugins.inventory.ledgers import FINISHED_GOODS
from plugins.sales_orders import rules

# Rejected orders, and those without a place, want nothing. Lines that were deleted are not there to want anything.
_DIFFERENCES = f"""
WITH line AS (
    SELECT item.id AS line_id, item.sku_id AS item_id, sales_order.fulfillment_location_id AS location_id, so_number,
        item.quantity, coalesce(disputed_from, order_status) AS standing
    FROM sales_order_item AS item
    JOIN sales_order ON sales_order.org_id = item.org_id AND sales_order.id = item.sales_order_id
    WHERE item.org_id = %(org_id)s AND fulfillment_location_id IS NOT NULL
), wanted AS (
    SELECT line_id, item_id, location_id, so_number,
        CASE WHEN standing = 'Received' THEN quantity ELSE 0 END AS demand,
        CASE WHEN standing = 'Entered' THEN quantity ELSE 0 END AS allocated,
        CASE WHEN standing = ANY(%(gone)s) THEN quantity ELSE 0 END AS consumed
    FROM line
), held AS (
    SELECT line_id, item_id, location_id, max(ref) AS ref,
        sum(demand) AS demand, sum(allocated) AS allocated, -sum(on_hand) AS consumed
    FROM {FINISHED_GOODS.entries} WHERE org_id = %(org_id)s AND source_type = 'so_item'
    GROUP BY line_id, item_id, location_id
), compared AS (
    SELECT coalesce(so_number, ref) AS number, item_id, location_id,
        coalesce(held.demand, 0) AS demand, coalesce(wanted.demand, 0) AS wanted_demand,
        coalesce(held.allocated, 0) AS allocated, coalesce(wanted.allocated, 0) AS wanted_allocated,
        coalesce(held.consumed, 0) AS consumed, coalesce(wanted.consumed, 0) AS wanted_consumed
    FROM wanted FULL JOIN held USING (line_id, item_id, location_id)
)
SELECT * FROM compared
WHERE (demand, allocated, consumed) <> (wanted_demand, wanted_allocated, wanted_consumed)
ORDER BY number, item_id, location_id
"""


def find() -> list[str]:
    """One sentence for each line and amount, in all organizations."""
    organizations = db.execute_sql("SELECT id, name FROM organization ORDER BY id").fetchall()
    return [f"{name}: sales orders: {fault}" for org_id, name in organizations for fault in of_organization(org_id)]


def of_organization(org_id: str) -> list[str]:
    """As a request of the organization would see it: row-level security would hide the rows from the owner."""
    with unit_of_work(Actor(org_id=org_id, role=Role.owner)):
        rows = db.cursor()
        rows.execute(_DIFFERENCES, {"org_id": current().org_id, "gone": sorted(rules.GONE)})
        found = rows.fetchall()
    return [
        f"{number} holds {canonical(held)} {amount} of {item_id} at {location_id}, its status wants {canonical(wanted)}"
        for number, item_id, location_id, *amounts in found
        for amount, held, wanted in zip(("demand", "allocated", "consumed"), amounts[::2], amounts[1::2], strict=True)
        if held != wanted
    ]
