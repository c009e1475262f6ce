"""The plugin's part of the demo organization: what arrived there has passed, but for the last."""

from pharus.db import current, db
from pharus.demo_data import DemoData

from pharus_inspections.records import inspections

_RECEIPTS = """
SELECT receipt.id, line.material_id, sum(item.quantity) FROM purchase_order_receipt AS receipt
JOIN purchase_order_receipt_item AS item ON item.org_id = receipt.org_id AND item.receipt_id = receipt.id
JOIN purchase_order_item AS line ON line.org_id = item.org_id AND line.id = item.po_item_id
WHERE receipt.org_id = %s AND line.material_id IS NOT NULL
    AND NOT EXISTS (SELECT FROM inspections_inspection AS made WHERE made.receipt_id = receipt.id)
GROUP BY receipt.id, line.material_id"""


def fill(demo_data: DemoData) -> None:
    unit = current()
    inspections.insert_many(
        {"receipt_id": receipt_id, "material_id": material_id, "quantity": quantity}
        for receipt_id, material_id, quantity in db.rows(_RECEIPTS, (unit.org_id,))
    )
    db.send(
        "UPDATE inspections_inspection SET status = 'passed', decided_at = %s "
        "WHERE id <> (SELECT max(id::text)::uuid FROM inspections_inspection)",
        (unit.now,),
    )
