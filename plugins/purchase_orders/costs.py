"""What receipts have cost is changed after the goods arrived: corrected, or made more by costs that came later
(docs/rules.md, Inventory: cost corrections).

Each line of a change has its REVALUE entry. Who writes for an order holds its lock.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from pharus.db import current, db
from pharus.errors import Conflict, Invalid, NotFound, Problem
from pharus.fields import canonical
from pharus.names import camel
from plugins.inventory import engine, entries
from plugins.inventory.postings import REVALUE, ZERO, Posted, Posting
from plugins.inventory.rules import event_date
from plugins.purchase_orders import line_units, rules
from plugins.purchase_orders.allocation import shares
from plugins.purchase_orders.records import cost_change_items, cost_changes, receipt_items
from plugins.purchase_orders.schemas import (
    PurchaseOrder,
    PurchaseOrderCostAllocationCreate,
    PurchaseOrderCostChange,
    PurchaseOrderCostChangeDetail,
    PurchaseOrderCostCorrectionCreate,
    PurchaseOrderCostsNotAllocated,
    PurchaseOrderReceiptItem,
)


class _Change(NamedTuple):
    """By how much a line of a receipt has cost more; the unit cost that it has from now on if it was corrected."""

    line: PurchaseOrderReceiptItem
    amount: Decimal
    unit_cost: Decimal | None = None


def correct(
    order: PurchaseOrder, receipt_id: str, body: PurchaseOrderCostCorrectionCreate
) -> PurchaseOrderCostChangeDetail:
    """Give lines of a receipt another unit cost. NotFound for a line of another one, Conflict if none changes."""
    moment = event_date(body.get("eventDate"), current().now)
    corrected = {item["receiptItemId"]: Decimal(item["unitCost"]) for item in body["items"]}
    _refuse_repeated([item["receiptItemId"] for item in body["items"]])
    lines = _named(receipt_items.of("receipt_id", receipt_id), corrected)
    changes = [
        _Change(line, line_units.cost(line, unit_cost) - line_units.cost(line, line["unitCost"]), unit_cost)
        for line in lines
        for unit_cost in (corrected[line["id"]],)
        if unit_cost != line["unitCost"]
    ]
    if not changes:
        raise Conflict("the lines cost that already")
    return _write(order, {"kind": "correction", "reason": body.get("reason")}, changes, moment)


def allocate(order: PurchaseOrder, body: PurchaseOrderCostAllocationCreate) -> PurchaseOrderCostChangeDetail:
    """Add a cost to what lines of the order's receipts have cost. NotFound for a line of another order, Conflict when
    less of the cost is left to be allocated, or there is nothing to allocate it to."""
    moment = event_date(body.get("eventDate"), current().now)
    cost, basis, items = body["cost"], body["basis"], body.get("items", [])
    rules.refuse_allocation(body)
    _refuse_repeated([item["receiptItemId"] for item in items])
    lines = _lines_of(order)
    if items:
        lines = _named(lines, [item["receiptItemId"] for item in items])
    if not lines:
        raise Conflict("no goods of the order have arrived")
    by_hand = {item["receiptItemId"]: Decimal(item["amount"]) for item in items if "amount" in item}
    amount = sum(by_hand.values(), ZERO) if basis == "hand" else body.get("amount")
    if cost != "additional":
        left = not_allocated(order)[cost]
        amount = left if amount is None else amount
        if left <= 0 or amount > left:
            raise Conflict("less of the cost is left to be allocated", details={"cost": cost, "left": canonical(left)})
    assert amount is not None, "refuse_allocation asks for an additional amount"
    if basis == "hand":
        amounts = [by_hand[line["id"]] for line in lines]
    else:
        weights = [line_units.cost(line, line["unitCost"]) if basis == "value" else line["quantity"] for line in lines]
        if not any(weights):
            raise Conflict("the lines cost nothing, so nothing can be allocated by their value")
        amounts = shares(Decimal(amount), weights)
    changes = [_Change(line, share) for line, share in zip(lines, amounts, strict=True) if share]
    values = {"kind": "allocation", "cost": cost, "basis": basis, "reason": body.get("reason")}
    return _write(order, values, changes, moment)


def reverse(order: PurchaseOrder, change: PurchaseOrderCostChange) -> None:
    """Take a change back and delete it. Conflict when a line of it was corrected again since, or would have cost less
    than nothing."""
    items = cost_change_items.of("cost_change_id", change["id"])
    lines = {line["id"]: line for line in _lines_of(order)}
    found = {posted.id: posted for posted in _entries(order, [item["receiptItemId"] for item in items])}
    for item in items:
        line = lines[item["receiptItemId"]]
        if item["unitCost"] is not None and item["unitCost"] != line["unitCost"]:
            raise Conflict(f"the line {line['id']} was corrected again since")
        inflow = found[item["ledgerEntryId"]].posting.corrects
        assert inflow is not None
        _refuse_negative(line, inflow, -item["amount"])
    engine.post(
        rules.LEDGERS[order["targetType"]],
        [found[item["ledgerEntryId"]].reverse() for item in items],
    )
    _set_unit_costs(
        {item["receiptItemId"]: item["unitCostBefore"] for item in items if item["unitCostBefore"] is not None}
    )
    cost_changes.delete(change["id"])


def detail(change: PurchaseOrderCostChange) -> PurchaseOrderCostChangeDetail:
    return {"costChange": change, "items": cost_change_items.of("cost_change_id", change["id"])}


def not_allocated(order: PurchaseOrder) -> PurchaseOrderCostsNotAllocated:
    """What of the order's three costs is left to be allocated."""
    allocated = _allocated(order["id"])
    return {
        "shippingCosts": order["shippingCosts"] - allocated.get("shippingCosts", ZERO),
        "setupCosts": order["setupCosts"] - allocated.get("setupCosts", ZERO),
        "otherCosts": order["otherCosts"] - allocated.get("otherCosts", ZERO),
    }


def refuse_less(order: PurchaseOrder, values: Mapping[str, Decimal]) -> None:
    """Conflict when a cost of the order would become less than what was allocated of it."""
    before = {
        "shipping_costs": order["shippingCosts"],
        "setup_costs": order["setupCosts"],
        "other_costs": order["otherCosts"],
    }
    for column, amount in before.items():
        if values.get(column, amount) < amount:
            allocated = _allocated(order["id"]).get(camel(column), ZERO)
            if values[column] < allocated:
                raise Conflict(f"of the {camel(column)} {canonical(allocated)} are allocated to receipts")


def forget_empty(order: PurchaseOrder) -> None:
    """The lines of a receipt that is deleted take their part of each change along; nothing is left of some."""
    db.defer(
        """
        DELETE FROM purchase_order_cost_change AS change WHERE org_id = %s AND purchase_order_id = %s AND NOT EXISTS (
            SELECT FROM purchase_order_cost_change_item AS item
            WHERE item.org_id = change.org_id AND item.cost_change_id = change.id
        )
        """,
        (current().org_id, order["id"]),
    )


def _write(
    order: PurchaseOrder, values: Mapping[str, object], changes: Sequence[_Change], moment: datetime | None
) -> PurchaseOrderCostChangeDetail:
    """Store a change and post its entries."""
    ledger = rules.LEDGERS[order["targetType"]]
    inflows = {
        posted.posting.source_id: posted
        for posted in _entries(order, [change.line["id"] for change in changes])
        if posted.posting.event_type == "RECEIVE"
    }
    for change in changes:
        _refuse_negative(change.line, inflows[change.line["id"]], change.amount)
    locked = engine.lock(ledger, [inflow.posting.key for inflow in inflows.values()])
    stored = cost_changes.insert({**values, "purchase_order_id": order["id"], "event_date": moment or current().now})
    written = engine.post(
        ledger,
        [
            Posting(
                *inflow.posting.key,
                REVALUE,
                locked[inflow.posting.key].on_hand or inflow.posting.quantity,
                added_value=change.amount,
                ref=order["poNumber"],
                notes=stored["reason"],
                event_date=moment,
                source_type="po_receipt",
                source_id=change.line["id"],
                line_id=change.line["poItemId"],
                corrects=inflow,
            )
            for change in changes
            for inflow in (inflows[change.line["id"]],)
        ],
        locked=locked,
    )
    items = cost_change_items.insert_all(
        {
            "cost_change_id": stored["id"],
            "receipt_item_id": change.line["id"],
            "ledger_entry_id": entry.posted.id,
            "unit_cost_before": None if change.unit_cost is None else change.line["unitCost"],
            "unit_cost": change.unit_cost,
            "amount": change.amount,
        }
        for change, entry in zip(changes, written, strict=True)
    )
    _set_unit_costs({change.line["id"]: change.unit_cost for change in changes if change.unit_cost is not None})
    return {"costChange": stored, "items": items}


def _set_unit_costs(unit_costs: Mapping[str, Decimal]) -> None:
    """What the receipts' lines show from now on."""
    if unit_costs:
        db.defer(
            """
            UPDATE purchase_order_receipt_item AS line SET unit_cost = changed.unit_cost
            FROM unnest(%s::uuid[], %s::numeric[]) AS changed (id, unit_cost)
            WHERE line.org_id = %s AND line.id = changed.id
            """,
            (list(unit_costs), list(unit_costs.values()), current().org_id),
        )


def _entries(order: PurchaseOrder, receipt_item_ids: Sequence[str]) -> list[Posted]:
    """What was written for these lines: what they brought in, and what changed its cost."""
    return entries.read(rules.LEDGERS[order["targetType"]], "source_id = ANY(%s::uuid[])", (list(receipt_item_ids),))


def _lines_of(order: PurchaseOrder) -> list[PurchaseOrderReceiptItem]:
    """The lines of all receipts of the order, the oldest first."""
    return receipt_items.select(
        """
        AND receipt_id IN (SELECT id FROM purchase_order_receipt WHERE org_id = %s AND purchase_order_id = %s)
        ORDER BY id
        """,
        (current().org_id, order["id"]),
    )


def _named(
    lines: Sequence[PurchaseOrderReceiptItem], ids: Sequence[str] | Mapping[str, Decimal]
) -> list[PurchaseOrderReceiptItem]:
    """Those lines that are named, as they were. NotFound for one that is none of these."""
    by_id = {line["id"]: line for line in lines}
    for id in ids:
        if id not in by_id:
            raise NotFound(f"no line of a receipt with the id {id} here")
    return [by_id[id] for id in ids]


def _refuse_repeated(ids: Sequence[str]) -> None:
    seen: set[str] = set()
    for index, id in enumerate(ids):
        if id in seen:
            raise Invalid([Problem(f"/items/{index}/receiptItemId", "is in the list already")])
        seen.add(id)


def _refuse_negative(line: PurchaseOrderReceiptItem, inflow: Posted, change: Decimal) -> None:
    if inflow.brought + change < 0:
        raise Conflict(
            "the line would have cost less than nothing",
            details={"receiptItemId": line["id"], "cost": canonical(inflow.brought), "change": canonical(change)},
        )


def _allocated(order_id: str) -> dict[str, Decimal]:
    """What was allocated to receipts of an order, by cost."""
    rows = db.rows(
        """
        SELECT cost, sum(amount) FROM purchase_order_cost_change AS change
        JOIN purchase_order_cost_change_item AS item
            ON item.org_id = change.org_id AND item.cost_change_id = change.id
        WHERE change.org_id = %s AND purchase_order_id = %s AND cost IS NOT NULL GROUP BY cost
        """,
        (current().org_id, order_id),
    )
    return dict(rows)
