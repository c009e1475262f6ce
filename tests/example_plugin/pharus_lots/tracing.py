"""The way of a lot in both directions: what it was made of, what was made of it, where it came from and went.

A receipt of a work or production order consumes lots and produces one; both carry the id of the receipt's line. What
was taken back adds up to nothing, and is on no way.
"""

from typing import Any

from pharus.db import current, db

from pharus_lots.records import lots
from pharus_lots.schemas import LotsOrigin, LotsShipment, LotsTrace

_PRODUCTION = ("wo_receipt", "prod_receipt")

# Lots by which a receipt was fed, and those that it made, as far as they were not taken back.
_STEP = """
    SELECT {there}.lot_id FROM way
    JOIN lots_movement AS here ON here.org_id = %(org_id)s AND here.lot_id = way.lot_id
        AND here.source_type = ANY(%(production)s) AND here.event_type = '{from_type}'
    JOIN lots_movement AS {there} ON {there}.org_id = here.org_id AND {there}.source_id = here.source_id
        AND {there}.event_type = '{to_type}'
    WHERE (
        SELECT sum(quantity) FROM lots_movement AS each
        WHERE each.org_id = here.org_id AND each.source_id = here.source_id AND each.lot_id = here.lot_id
            AND each.event_type = '{from_type}'
    ) <> 0 AND (
        SELECT sum(quantity) FROM lots_movement AS each
        WHERE each.org_id = here.org_id AND each.source_id = here.source_id AND each.lot_id = {there}.lot_id
            AND each.event_type = '{to_type}'
    ) <> 0
"""

# UNION, not UNION ALL: a lot that is reached in two ways is followed once.
_WAY = "WITH RECURSIVE way (lot_id) AS (SELECT %(lot_id)s::uuid UNION {step}) SELECT lot_id FROM way"
_MADE_OF = _WAY.format(step=_STEP.format(there="below", from_type="PRODUCE", to_type="CONSUME"))
_MADE_INTO = _WAY.format(step=_STEP.format(there="above", from_type="CONSUME", to_type="PRODUCE"))

_ENDS = """
    SELECT lot_id, source_id, max(ref), sum(quantity), max(event_date) FROM lots_movement
    WHERE org_id = %s AND lot_id = ANY(%s::uuid[]) AND source_type = %s AND event_type = %s
    GROUP BY lot_id, source_id HAVING sum(quantity) <> 0 ORDER BY max(event_date), source_id, lot_id
"""


def trace(lot_id: str) -> LotsTrace:
    """NotFound when there is no such lot."""
    lot = lots.get(lot_id)
    made_of, made_into = _way(_MADE_OF, lot["id"]), _way(_MADE_INTO, lot["id"])
    origins: list[LotsOrigin] = [
        {"lotId": lot_id, "receiptItemId": source_id, "ref": ref, "quantity": quantity, "receivedAt": at}
        for lot_id, source_id, ref, quantity, at in _ends(made_of, "po_receipt", "RECEIVE")
    ]
    shipments: list[LotsShipment] = [
        {"lotId": lot_id, "salesOrderItemId": source_id, "ref": ref, "quantity": -quantity, "shippedAt": at}
        for lot_id, source_id, ref, quantity, at in _ends(made_into, "so_item", "CONSUME")
    ]
    shown = {each["id"]: each for each in lots.select("AND id = ANY(%s::uuid[])", ([*made_of, *made_into],))}
    return {
        "lot": lot,
        "madeOf": [shown[id] for id in made_of if id != lot["id"]],
        "madeInto": [shown[id] for id in made_into if id != lot["id"]],
        "origins": origins,
        "shipments": shipments,
    }


def _way(text: str, lot_id: str) -> list[str]:
    """The lots on the way, the lot itself first."""
    parameters: Any = {"lot_id": lot_id, "org_id": current().org_id, "production": list(_PRODUCTION)}
    return [id for (id,) in db.execute_sql(text, parameters)]


def _ends(lot_ids: list[str], source_type: str, event_type: str) -> list[tuple[Any, ...]]:
    return db.execute_sql(_ENDS, (current().org_id, lot_ids, source_type, event_type)).fetchall()
