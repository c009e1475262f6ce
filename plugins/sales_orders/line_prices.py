"""What lines are sold for that name no price: what the customer pays on their order's day (docs/rules.md, Prices)."""

from collections.abc import Sequence
from typing import Any

from pharus.db import current
from pharus.records import Values
from pharus.schemas import AnswerWarning
from plugins.prices import defaults
from plugins.prices.defaults import Unpriced, Warnings
from plugins.prices.pricing import Said, Sale
from plugins.sales_orders.records import StoredSalesOrder


def fill(orders: Sequence[Values], lines: Sequence[Sequence[dict[str, Any]]]) -> Warnings:
    """In the column values of the lines of orders that are not stored. What could not be filled in, by the index of
    the order."""
    today = current().today
    return defaults.fill_prices(
        [
            Unpriced(
                index,
                f"/items/{position}",
                line,
                Sale(order["customer_id"], line["sku_id"], Said.by(line), order.get("placed_at") or today),
            )
            for index, (order, of_order) in enumerate(zip(orders, lines, strict=True))
            for position, line in enumerate(of_order)
            if "unit_price" not in line and not order.get("is_history")
        ]
    )


def fill_added(order: StoredSalesOrder, line: dict[str, Any]) -> list[AnswerWarning]:
    """In the column values of a line that the order will get."""
    if "unit_price" in line:
        return []
    sale = Sale(order["customerId"], line["sku_id"], Said.by(line), order["placedAt"])
    return defaults.fill_prices([Unpriced(0, "", line, sale)]).get(0, [])
