"""Where the organization says so, what is not inspected yet is not used, and what failed is not paid for."""

from collections.abc import Sequence

from pharus import plugin_settings
from pharus.db import current, db
from pharus.errors import Vetoed
from pharus.steps import StatusChange
from pharus.stock import StockLedger, StockPosting

from pharus_inspections.rules import OPEN

_WAITING = """
SELECT material.material_code FROM inspections_inspection AS inspection
JOIN material ON material.org_id = inspection.org_id AND material.id = inspection.material_id
WHERE inspection.org_id = %s AND inspection.material_id = ANY(%s::uuid[]) AND inspection.status = ANY(%s)
ORDER BY material.material_code LIMIT 1"""

_FAILED = """
SELECT 1 FROM inspections_inspection AS inspection
JOIN purchase_order_receipt AS receipt ON receipt.org_id = inspection.org_id AND receipt.id = inspection.receipt_id
WHERE inspection.org_id = %s AND receipt.purchase_order_id = ANY(%s::uuid[]) AND inspection.status <> 'passed'
LIMIT 1"""


def refuse_use(ledger: StockLedger, postings: Sequence[StockPosting]) -> None:
    """One question for all of them, whatever they are for."""
    used = [each.item_id for each in postings if each.event_type in ("CONSUME", "TRANSFER")]
    if ledger.item != "material" or not used or not _holds_back():
        return
    waiting = db.rows(_WAITING, (current().org_id, used, list(OPEN)))
    if waiting:
        code = waiting[0][0]
        raise Vetoed(f"{code} waits for its inspection", "not_inspected", details={"materialCode": code})


def refuse_payment(changes: Sequence[StatusChange]) -> None:
    paid = [each.order["id"] for each in changes if (each.table, each.after) == ("purchase_order", "Paid")]
    if paid and _holds_back() and db.rows(_FAILED, (current().org_id, paid)):
        raise Vetoed("what arrived of the order has not passed its inspection", "not_passed")


def _holds_back() -> bool:
    return bool(plugin_settings.of("inspections")["holdsBack"])
