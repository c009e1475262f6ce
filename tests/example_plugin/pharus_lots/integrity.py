"""What `pharus check` finds wrong: lots that hold what their movements do not add up to, or more than is on hand.

Each organization is looked at as a request of it would see it: its rows are hidden from everybody else.
"""

from pharus.db import db, unit_of_work
from pharus.identity import Actor, Role

_SUMS = """
    SELECT lot.number, compared.quantity, compared.moved FROM (
        SELECT lot_id, coalesce(stock.quantity, 0) AS quantity, coalesce(moved.quantity, 0) AS moved
        FROM lots_stock AS stock FULL JOIN (
            SELECT lot_id, location_id, sum(quantity) AS quantity FROM lots_movement GROUP BY lot_id, location_id
        ) AS moved USING (lot_id, location_id)
    ) AS compared
    JOIN lots_lot AS lot ON lot.id = compared.lot_id
    WHERE compared.quantity <> compared.moved ORDER BY lot.number
"""

_MORE_THAN_ON_HAND = """
    SELECT of_lots.item_id, of_lots.location_id, of_lots.quantity, coalesce(on_hand, 0) FROM (
        SELECT item_id, location_id, sum(quantity) AS quantity
        FROM lots_stock JOIN lots_lot AS lot ON lot.id = lot_id
        WHERE item_type = '{item}' GROUP BY item_id, location_id
    ) AS of_lots
    LEFT JOIN {ledger}_balance AS balance USING (item_id, location_id)
    WHERE of_lots.quantity > coalesce(on_hand, 0)
"""


def find() -> list[str]:
    organizations = db.execute_sql("SELECT id, name FROM organization ORDER BY id").fetchall()
    return [f"{name}: {discrepancy}" for org_id, name in organizations for discrepancy in _of_organization(org_id)]


def _of_organization(org_id: str) -> list[str]:
    with unit_of_work(Actor(org_id=org_id, role=Role.owner)):
        found = [
            f"the lot {number} holds {stock} by its stock and {moved} by its movements"
            for number, stock, moved in db.execute_sql(_SUMS)
        ]
        for item, ledger in (("material", "materials"), ("sku", "finished_goods")):
            found += [
                f"the lots of the {item} {item_id} at {location_id} hold {quantity}, and only {on_hand} is on hand"
                for item_id, location_id, quantity, on_hand in db.execute_sql(
                    _MORE_THAN_ON_HAND.format(item=item, ledger=ledger)
                )
            ]
        return found
