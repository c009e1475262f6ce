"""What receipts say in the unit of their line, and what lines with a price per unit cost, exactly (docs/adr/0059)."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from pharus.db import current, db
from pharus.errors import Conflict, Problem, refuse
from plugins.inventory.postings import TWELVE_PLACES, ZERO
from plugins.purchase_orders.records import receipt_items
from plugins.purchase_orders.schemas import (
    PurchaseOrderItemSummary,
    PurchaseOrderReceiptItem,
    PurchaseOrderReceiptItemCreate,
)
from plugins.units import conversion


def fill_in(
    asked: Sequence[dict[str, Any]],
    given: Sequence[PurchaseOrderReceiptItemCreate],
    lines: Mapping[str, PurchaseOrderItemSummary],
) -> None:
    """Quantities and costs in stock units in the column values of a receipt's lines; `lines` are those of the order.
    Invalid, Conflict."""
    refuse(
        [
            Problem(f"/items/{index}/pricePerUnit", "is said by unitCost already: name one of the two")
            for index, item in enumerate(given)
            if "pricePerUnit" in item and "unitCost" in item
        ]
    )
    said = _said_before(item["po_item_id"] for item in asked if item.get("unit_quantity") is not None)
    for values, item in zip(asked, given, strict=True):
        line = lines[values["po_item_id"]]
        in_unit = values.get("unit_quantity")
        if in_unit is not None:
            before, taken = said.get(line["id"], (ZERO, ZERO))
            values["quantity"] = conversion.part(line, Decimal(in_unit), before=before, taken=taken)
            said[line["id"]] = before + in_unit, taken + values["quantity"]
        price = item.get("pricePerUnit", line["pricePerUnit"])
        if "unit_cost" not in values and price is not None:
            values["amount"] = _amount(line, values, Decimal(price))
            values["unit_cost"] = conversion.cost_of_one(values["amount"], Decimal(values["quantity"]))
        values.setdefault("unit_cost", line["unitCost"])


def cost(line: PurchaseOrderReceiptItem, unit_cost: Decimal) -> Decimal:
    """What the line of a receipt costs in all at a unit cost: at the one with which it came, its exact amount."""
    amount = line["amount"]
    if amount is not None and conversion.cost_of_one(amount, line["quantity"]) == unit_cost:
        return amount
    return line["quantity"] * unit_cost


def _amount(line: PurchaseOrderItemSummary, values: Mapping[str, Any], price: Decimal) -> Decimal:
    """What a part of a line costs: what was said in the unit, exactly; of what was said in stock units, its share."""
    if values.get("unit_quantity") is not None:
        return Decimal(values["unit_quantity"]) * price
    if line["unitQuantity"] is None:
        raise Conflict("the line is in stock units: say the unitCost")
    at_price = {**line, "pricePerUnit": price}
    return conversion.share(at_price, "unitCost", values["quantity"]).quantize(TWELVE_PLACES, ROUND_HALF_UP)


def _said_before(line_ids: Iterable[str]) -> dict[str, tuple[Decimal, Decimal]]:
    """How much of each line its receipts have said in its unit, and how much of the stock unit that was."""
    ids = sorted(set(line_ids))
    if not ids:
        return {}
    rows = db.rows(
        f"""
        SELECT po_item_id, sum(unit_quantity), sum(quantity) FROM {receipt_items.table}
        WHERE org_id = %s AND po_item_id = ANY(%s::uuid[]) AND unit_quantity IS NOT NULL GROUP BY po_item_id
        """,
        (current().org_id, ids),
    )
    return {id: (said, taken) for id, said, taken in rows}
