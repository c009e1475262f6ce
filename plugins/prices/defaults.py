"""Lines of orders that name no price take the one that holds (docs/rules.md, Prices)."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, Generic, NamedTuple, TypeVar

from pharus.names import camel
from pharus.schemas import AnswerWarning
from plugins.prices.pricing import Purchase, Sale, customer_prices_of, supplier_prices_of

Deal = TypeVar("Deal", Purchase, Sale)

# What is to be said of the orders of a request, by their index in it.
Warnings = dict[int, list[AnswerWarning]]


class Unpriced(NamedTuple, Generic[Deal]):
    """A line that names no price: the index of its order, the pointer to the line, its column values, and what is
    bought or sold with it."""

    order: int
    pointer: str
    values: dict[str, Any]
    deal: Deal


def fill_costs(lines: Sequence[Unpriced[Purchase]]) -> Warnings:
    """Give the lines what their vendors charge. Without any line there is no statement."""
    found = supplier_prices_of([each.deal for each in lines]) if lines else []
    return _fill(lines, "unit_cost", [price and price["unitCost"] for price in found])


def fill_prices(lines: Sequence[Unpriced[Sale]]) -> Warnings:
    """Give the lines what their customers pay. Without any line there is no statement."""
    found = customer_prices_of([each.deal for each in lines]) if lines else []
    return _fill(lines, "unit_price", [price and price["unitPrice"] for price in found])


def _fill(lines: Sequence[Unpriced[Deal]], column: str, prices: Iterable[Decimal | None]) -> Warnings:
    warnings: Warnings = {}
    for line, price in zip(lines, prices, strict=True):
        if price is not None:
            line.values[column] = price
            continue
        warnings.setdefault(line.order, []).append(
            {
                "code": "price_not_found",
                "message": f"no price holds for this quantity on {line.deal.day}, so the line has 0",
                "path": f"{line.pointer}/{camel(column)}",
            }
        )
    return warnings
