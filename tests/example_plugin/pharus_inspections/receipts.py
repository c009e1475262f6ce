"""What arrives: it needs a certificate where the organization demands one, and waits for an inspection."""

from collections.abc import Mapping, Sequence
from typing import Any

from pharus import extensions, plugin_settings
from pharus.db import current, db
from pharus.errors import Vetoed
from pharus.steps import Receipt

from pharus_inspections import rules
from pharus_inspections.records import inspections
from pharus_inspections.schemas import InspectionsReceipt, InspectionsReceiptCreate

_ARRIVED = """
SELECT line.material_id, sum(item.quantity) FROM purchase_order_receipt_item AS item
JOIN purchase_order_item AS line ON line.org_id = item.org_id AND line.id = item.po_item_id
WHERE item.org_id = %s AND item.receipt_id = %s AND line.material_id IS NOT NULL GROUP BY line.material_id"""

_SHOWN = """
SELECT receipt.id, certificate.certificate, array_agg(inspection.status) FILTER (WHERE inspection.id IS NOT NULL)
FROM purchase_order_receipt AS receipt
LEFT JOIN inspections_certificate AS certificate
    ON certificate.org_id = receipt.org_id AND certificate.receipt_id = receipt.id
LEFT JOIN inspections_inspection AS inspection
    ON inspection.org_id = receipt.org_id AND inspection.receipt_id = receipt.id
WHERE receipt.org_id = %s AND receipt.id = ANY(%s::uuid[]) GROUP BY receipt.id, certificate.certificate"""


def require_certificate(receipt: Receipt) -> None:
    given = extensions.given("inspections") or {}
    if receipt.table != "purchase_order" or "certificate" in given:
        return
    if plugin_settings.of("inspections")["certificateRequired"]:
        raise Vetoed("goods are received with the certificate that came with them", "certificate_required")


def begin_inspections(receipt: Receipt) -> None:
    if receipt.table != "purchase_order" or receipt.receipt is None:
        return
    receipt_id = receipt.receipt["id"]
    arrived = db.rows(_ARRIVED, (current().org_id, receipt_id))
    inspections.insert_many(
        {"receipt_id": receipt_id, "material_id": material_id, "quantity": quantity}
        for material_id, quantity in arrived
    )


def keep_certificate(operation_id: str, part: InspectionsReceiptCreate, answer: Mapping[str, Any]) -> None:
    db.defer(
        "INSERT INTO inspections_certificate (org_id, receipt_id, certificate) VALUES (%s, %s, %s)",
        (current().org_id, answer["receipt"]["id"], part["certificate"]),
    )


def show(component: str, records: Sequence[Mapping[str, Any]]) -> dict[str, InspectionsReceipt]:
    """Of all receipts of an answer together."""
    rows = db.rows(_SHOWN, (current().org_id, [record["id"] for record in records]))
    return {
        id: {"certificate": certificate, "result": rules.summary(statuses or ())} for id, certificate, statuses in rows
    }
