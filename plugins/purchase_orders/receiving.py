"""Goods arrive, and a receipt that was wrong is reversed (docs/rules.md, Purchase orders).

Every write for an order holds the order's lock, so that its receipts come one after another.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from pharus.db import current
from pharus.errors import NotFound
from pharus.steps import Receipt, StatusChange
from plugins.inventory import engine, historic_orders, lot_requests, order_rules
from plugins.inventory.external_ids import refuse_second
from plugins.inventory.line_balances import LineBalances
from plugins.inventory.over_receipts import Arrival, refuse_over_receipt
from plugins.inventory.postings import Posting
from plugins.inventory.reversal import reverse_entries
from plugins.inventory.rules import event_day
from plugins.platform import organizations
from plugins.purchase_orders import commitments, costs, line_units, records, rules
from plugins.purchase_orders.records import endings, orders, receipt_items, receipts
from plugins.purchase_orders.schemas import (
    PurchaseOrder,
    PurchaseOrderItemSummary,
    PurchaseOrderReceiptCreate,
    PurchaseOrderReceiptItem,
    PurchaseOrderReceived,
)
from plugins.purchase_orders.statuses import LIFECYCLE


def receive(order: PurchaseOrder, body: PurchaseOrderReceiptCreate) -> PurchaseOrderReceived:
    """Write a receipt and what it brings in. InvalidTransition, Conflict, NotFound for a line of another order."""
    day, moment = event_day(body.get("receiptDate"), "/receiptDate")
    external_id = body.get("externalId")
    refuse_second(receipts, external_id)
    historic_orders.refuse(order, "nothing is received")
    location_id = rules.receipt_location(order)
    of_order, tolerance = organizations.with_setting(
        records.lines, "purchase_order_id", order["id"], "over_receipt_tolerance_percent"
    )
    lines = {line["id"]: line for line in of_order}
    asked = [receipt_items.values_of(item) for item in body["items"]]
    for item in asked:
        if item["po_item_id"] not in lines:
            raise NotFound(f"the order has no line with the id {item['po_item_id']}")
    line_units.fill_in(asked, body["items"], lines)
    lots = [
        lot_requests.named(given, Decimal(item["quantity"]), f"/items/{index}")
        for index, (item, given) in enumerate(zip(asked, body["items"], strict=True))
    ]
    refuse_over_receipt(
        (
            Arrival(id, line["quantity"], line["receivedQuantity"], item["quantity"], given.get("acceptOver", False))
            for item, given in zip(asked, body["items"], strict=True)
            for id in (item["po_item_id"],)
            for line in (lines[id],)
        ),
        "poItemId",
        tolerance,
    )
    step = Receipt(orders.table, order, body)
    step.begin()
    receipt = receipts.insert({"purchase_order_id": order["id"], "receipt_date": day, "external_id": external_id})
    arrived = receipt_items.insert_all({**item, "receipt_id": receipt["id"]} for item in asked)
    locked = commitments.lock_balances(order, list(lines.values()))
    ledger = rules.LEDGERS[order["targetType"]]
    line_balances = LineBalances.read(ledger, lines)
    engine.post(
        ledger,
        [
            Posting(
                rules.item_id(lines[item["poItemId"]]),
                location_id,
                "RECEIVE",
                item["quantity"],
                unit_cost=item["unitCost"],
                value=item["amount"],
                added_value=item["amount"],
                ref=order["poNumber"],
                notes=body.get("notes"),
                event_date=moment,
                source_type="po_receipt",
                source_id=item["id"],
                line_id=item["poItemId"],
                lots=of_lots,
            )
            for item, of_lots in zip(arrived, lots, strict=True)
        ],
        locked=locked,
        line_balances=line_balances,
    )
    for received in arrived:
        lines[received["poItemId"]]["receivedQuantity"] += received["quantity"]
    after = _follow(order, list(lines.values()), day, any_left=True, more=True, line_balances=line_balances)
    step.end(after, receipt, arrived)
    return {"purchaseOrder": after, "receipt": receipt, "receiptItems": arrived}


def reverse_receipt(order: PurchaseOrder, receipt_id: str) -> None:
    """Reverse what a receipt brought in and delete it. InvalidTransition once the order is closed to receipts, Conflict
    when the goods are no longer there."""
    order_rules.refuse_deletion_of_receipt(LIFECYCLE, order["status"])
    commitments.lock_balances(order, commitments.lines_of(order["id"]))
    written = [item["id"] for item in items_of(receipt_id)]
    reverse_entries(rules.LEDGERS[order["targetType"]], "source_id", written)
    receipts.delete(receipt_id)
    costs.forget_empty(order)
    _follow(order, commitments.lines_of(order["id"]), current().today, any_left=has_receipts(order["id"]))


def reopen(order: PurchaseOrder) -> PurchaseOrder:
    """The order back at the status from which it ended, with what is still to come on order. InvalidTransition,
    Conflict when nothing of it is open."""
    historic_orders.refuse(order, "it is not opened again")
    lines = commitments.lines_of(order["id"])
    came_from = LIFECYCLE.before_end(order["status"], endings.get(order["id"]), order)
    status = order_rules.status_reopened(
        order["status"], came_from, any_left=has_receipts(order["id"]), is_full=rules.is_full(lines)
    )
    return _enter(order, status, lines, current().today)


def has_receipts(order_id: str) -> bool:
    return bool(receipts.select("AND purchase_order_id = %s LIMIT 1", (order_id,)))


def items_of(receipt_id: str) -> list[PurchaseOrderReceiptItem]:
    return receipt_items.of("receipt_id", receipt_id)


def _follow(
    order: PurchaseOrder,
    lines: Sequence[PurchaseOrderItemSummary],
    day: date,
    *,
    any_left: bool,
    more: bool = False,
    line_balances: LineBalances | None = None,
) -> PurchaseOrder:
    """The order at the status that follows from its receipts, with what is still to come on order."""
    status = rules.status_after_receipts(order, lines, any_left=any_left, more=more)
    return _enter(order, status, lines, day, line_balances)


def _enter(
    order: PurchaseOrder,
    status: str,
    lines: Sequence[PurchaseOrderItemSummary],
    day: date,
    line_balances: LineBalances | None = None,
) -> PurchaseOrder:
    entered = LIFECYCLE.entering(order["status"], status, order, (), day)
    step = StatusChange(orders.table, order, order["status"], status)
    step.begin()
    after = orders.update_locked(order, {"status": status, **entered})
    commitments.reconcile(after, lines, line_balances)
    step.end(after)
    return after
