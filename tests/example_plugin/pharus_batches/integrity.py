"""What `pharus check` finds wrong: batches that hold what their movements do not add up to, or more than is on hand.

Each organization is looked at as a request of it would see it: its rows are hidden from everybody else.
"""

from pharus.db import db, unit_of_work
from pharus.identity import Actor, Role

_SUMS = """
    SELECT batch.number, compared.quantity, compared.moved FROM (
        SELECT batch_id, coalesce(stock.quantity, 0) AS quantity, coalesce(moved.quantity, 0) AS moved
        FROM batches_stock AS stock FULL JOIN (
            SELECT batch_id, location_id, sum(quantity) AS quantity FROM batches_movement GROUP BY batch_id, location_id
        ) AS moved USING (batch_id, location_id)
    ) AS compared
    JOIN batches_batch AS batch ON batch.id = compared.batch_id
    WHERE compared.quantity <> compared.moved ORDER BY batch.number
"""

_MORE_THAN_ON_HAND = """
    SELECT of_batches.item_id, of_batches.location_id, of_batches.quantity, coalesce(on_hand, 0) FROM (
        SELECT item_id, location_id, sum(quantity) AS quantity
        FROM batches_stock JOIN batches_batch AS batch ON batch.id = batch_id
        WHERE item_type = '{item}' GROUP BY item_id, location_id
    ) AS of_batches
    LEFT JOIN {ledger}_balance AS balance USING (item_id, location_id)
    WHERE of_batches.quantity > coalesce(on_hand, 0)
"""


def find() -> list[str]:
    organizations = db.execute_sql("SELECT id, name FROM organization ORDER BY id").fetchall()
    return [f"{name}: {discrepancy}" for org_id, name in organizations for discrepancy in _of_organization(org_id)]


def _of_organization(org_id: str) -> list[str]:
    with unit_of_work(Actor(org_id=org_id, role=Role.owner)):
        found = [
            f"the batch {number} holds {stock} by its stock and {moved} by its movements"
            for number, stock, moved in db.execute_sql(_SUMS)
        ]
        for item, ledger in (("material", "materials"), ("sku", "finished_goods")):
            found += [
                f"the batches of the {item} {item_id} at {location_id} hold {quantity}, and only {on_hand} is on hand"
                for item_id, location_id, quantity, on_hand in db.execute_sql(
                    _MORE_THAN_ON_HAND.format(item=item, ledger=ledger)
                )
            ]
        return found
