"""The way of a batch in both directions: what it was made of, what was made of it, where it came from and went.

A receipt of a work or production order consumes batches and produces one; both carry the id of the receipt's line. What
was taken back adds up to nothing, and is on no way.
"""

from typing import Any

from pharus.db import current, db

from pharus_batches.records import batches
from pharus_batches.schemas import BatchesOrigin, BatchesShipment, BatchesTrace

_PRODUCTION = ("wo_receipt", "prod_receipt")

# Batches by which a receipt was fed, and those that it made, as far as they were not taken back.
_STEP = """
    SELECT {there}.batch_id FROM way
    JOIN batches_movement AS here ON here.org_id = %(org_id)s AND here.batch_id = way.batch_id
        AND here.source_type = ANY(%(production)s) AND here.event_type = '{from_type}'
    JOIN batches_movement AS {there} ON {there}.org_id = here.org_id AND {there}.source_id = here.source_id
        AND {there}.event_type = '{to_type}'
    WHERE (
        SELECT sum(quantity) FROM batches_movement AS each
        WHERE each.org_id = here.org_id AND each.source_id = here.source_id AND each.batch_id = here.batch_id
            AND each.event_type = '{from_type}'
    ) <> 0 AND (
        SELECT sum(quantity) FROM batches_movement AS each
        WHERE each.org_id = here.org_id AND each.source_id = here.source_id AND each.batch_id = {there}.batch_id
            AND each.event_type = '{to_type}'
    ) <> 0
"""

# UNION, not UNION ALL: a batch that is reached in two ways is followed once.
_WAY = "WITH RECURSIVE way (batch_id) AS (SELECT %(batch_id)s::uuid UNION {step}) SELECT batch_id FROM way"
_MADE_OF = _WAY.format(step=_STEP.format(there="below", from_type="PRODUCE", to_type="CONSUME"))
_MADE_INTO = _WAY.format(step=_STEP.format(there="above", from_type="CONSUME", to_type="PRODUCE"))

_ENDS = """
    SELECT batch_id, source_id, max(ref), sum(quantity), max(event_date) FROM batches_movement
    WHERE org_id = %s AND batch_id = ANY(%s::uuid[]) AND source_type = %s AND event_type = %s
    GROUP BY batch_id, source_id HAVING sum(quantity) <> 0 ORDER BY max(event_date), source_id, batch_id
"""


def trace(batch_id: str) -> BatchesTrace:
    """NotFound when there is no such batch."""
    batch = batches.get(batch_id)
    made_of, made_into = _way(_MADE_OF, batch["id"]), _way(_MADE_INTO, batch["id"])
    origins: list[BatchesOrigin] = [
        {"batchId": batch_id, "receiptItemId": source_id, "ref": ref, "quantity": quantity, "receivedAt": at}
        for batch_id, source_id, ref, quantity, at in _ends(made_of, "po_receipt", "RECEIVE")
    ]
    shipments: list[BatchesShipment] = [
        {"batchId": batch_id, "salesOrderItemId": source_id, "ref": ref, "quantity": -quantity, "shippedAt": at}
        for batch_id, source_id, ref, quantity, at in _ends(made_into, "so_item", "CONSUME")
    ]
    shown = {each["id"]: each for each in batches.select("AND id = ANY(%s::uuid[])", ([*made_of, *made_into],))}
    return {
        "batch": batch,
        "madeOf": [shown[id] for id in made_of if id != batch["id"]],
        "madeInto": [shown[id] for id in made_into if id != batch["id"]],
        "origins": origins,
        "shipments": shipments,
    }


def _way(text: str, batch_id: str) -> list[str]:
    """The batches on the way, the batch itself first."""
    parameters: Any = {"batch_id": batch_id, "org_id": current().org_id, "production": list(_PRODUCTION)}
    return [id for (id,) in db.execute_sql(text, parameters)]


def _ends(batch_ids: list[str], source_type: str, event_type: str) -> list[tuple[Any, ...]]:
    return db.execute_sql(_ENDS, (current().org_id, batch_ids, source_type, event_type)).fetchall()
