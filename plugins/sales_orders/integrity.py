"""What `pharus check` finds wrong with sales orders: lines whose ledger entries differ from what the status and the
shipments of their order commit, also those that are gone; and counts of lines that are not what was shipped of them.

Each organization is checked on its own, as a request of it would see it.
"""

from collections.abc import Iterator

from pharus.db import db, unit_of_work
from pharus.identity import Actor, Role
from plugins.inventory import integrity
from plugins.sales_orders import commitments, rules

_SOURCE_TYPES = (rules.SOURCE_TYPE, rules.SHIPMENT_SOURCE_TYPE)

_MISCOUNTED = """
SELECT so_number, line.id, line.shipped_quantity, coalesce(shipped.quantity, 0)
FROM sales_order_item AS line
JOIN sales_order AS placed ON placed.org_id = line.org_id AND placed.id = line.sales_order_id
LEFT JOIN (
    SELECT so_item_id, sum(quantity) AS quantity FROM sales_order_shipment_item WHERE org_id = %s GROUP BY so_item_id
) AS shipped ON shipped.so_item_id = line.id
WHERE line.org_id = %s AND line.shipped_quantity <> coalesce(shipped.quantity, 0) ORDER BY line.id
"""


def find() -> list[str]:
    """One sentence for each difference, in all organizations."""
    organizations = db.execute_sql(
        "SELECT id, name FROM organization WHERE purge_requested_at IS NULL ORDER BY id"
    ).fetchall()
    return [f"{name}: {discrepancy}" for org_id, name in organizations for discrepancy in of_organization(org_id)]


def of_organization(org_id: str) -> list[str]:
    return [
        *integrity.of_orders(org_id, commitments.all_commitments, *_SOURCE_TYPES),
        *_miscounted(org_id),
    ]


def _miscounted(org_id: str) -> Iterator[str]:
    with unit_of_work(Actor(org_id=org_id, role=Role.owner)):
        rows = db.rows(_MISCOUNTED, (org_id, org_id))
    for number, id, counted, shipped in rows:
        yield f"{number} counts {counted} as shipped of the line {id}, its shipments add up to {shipped}"
