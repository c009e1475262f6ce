"""Lines of orders that name no price take the one that holds (docs/rules.md, Prices)."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, Generic, NamedTuple, TypeVar

from pharus.names import camel
from pharus.schemas import AnswerWarning
from plugins.prices import price_units
from plugins.prices.pricing import Purchase, Sale, customer_prices_of, supplier_prices_of
from plugins.units.lines import PRICE

Deal = TypeVar("Deal", Purchase, Sale)

# What is to be said of the orders of a request, by their index in it.
Warnings = dict[int, list[AnswerWarning]]


class Found(NamedTuple):
    """A price, and how many stock units one of what it is the price of is; None for one of the stock unit."""

    price: Decimal
    factor: str | None


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
    return _fill(lines, "unit_cost", [price and Found(price["unitCost"], price["unitFactor"]) for price in found])


def fill_prices(lines: Sequence[Unpriced[Sale]]) -> Warnings:
    """Give the lines what their customers pay. Without any line there is no statement."""
    found = customer_prices_of([each.deal for each in lines]) if lines else []
    return _fill(lines, "unit_price", [price and Found(price["unitPrice"], price["unitFactor"]) for price in found])


def _fill(lines: Sequence[Unpriced[Deal]], column: str, prices: Iterable[Found | None]) -> Warnings:
    warnings: Warnings = {}
    for line, price in zip(lines, prices, strict=True):
        if price is not None:
            _take(line.values, column, price)
            continue
        warnings.setdefault(line.order, []).append(
            {
                "code": "price_not_found",
                "message": f"no price holds for this quantity on {line.deal.day}, so the line has 0",
                "path": f"{line.pointer}/{camel(column)}",
            }
        )
    return warnings


def _take(line: dict[str, Any], column: str, price: Found) -> None:
    """A line that speaks in a unit takes the price of that, where it is exact: its amount is what the price says. Any
    other takes that of the stock unit."""
    line[column] = price_units.per_stock_unit(price.factor, price.price)
    if price.factor is not None and line.get("unit_factor") is not None:
        in_unit = price_units.in_unit_of_line(price.factor, price.price, line["unit_factor"])
        if in_unit is not None:
            line[PRICE] = in_unit
