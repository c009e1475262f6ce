"""What lines cost that name no cost: what the vendor charges on the day of the order (docs/rules.md, Prices)."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from pharus.db import current
from pharus.records import Values
from pharus.schemas import AnswerWarning
from plugins.prices import defaults
from plugins.prices.defaults import Unpriced, Warnings
from plugins.prices.pricing import Purchase, Said
from plugins.purchase_orders.schemas import PurchaseOrder


def fill(drafts: Sequence[tuple[Values, Sequence[dict[str, Any]]]]) -> Warnings:
    """In the column values of the lines of orders that are not stored. What could not be filled in, by the index of
    the order."""
    today = current().today
    return defaults.fill_costs(
        [
            _unpriced(index, f"/items/{position}", line, order["vendor_id"], order.get("placed_at") or today)
            for index, (order, lines) in enumerate(drafts)
            for position, line in enumerate(lines)
            if "unit_cost" not in line and not order.get("is_history")
        ]
    )


def fill_added(order: PurchaseOrder, line: dict[str, Any]) -> list[AnswerWarning]:
    """In the column values of a line that the order will get."""
    if "unit_cost" in line:
        return []
    day = order["placedAt"] or current().today
    return defaults.fill_costs([_unpriced(0, "", line, order["vendorId"], day)]).get(0, [])


def _unpriced(index: int, pointer: str, line: dict[str, Any], vendor_id: str, day: date) -> Unpriced[Purchase]:
    item_id = line.get("material_id") or line["sku_id"]
    return Unpriced(index, pointer, line, Purchase(vendor_id, item_id, Said.by(line), day))
