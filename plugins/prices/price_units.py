"""Prices of units that items know, such as a drum: they keep the factor that held when they were made
(docs/adr/0074)."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from pharus.bulk import RowError
from pharus.errors import Conflict
from plugins.materials.rules import unit_key
from plugins.units import conversion
from plugins.units.lines import factor_of, item_id_of, units_of


def with_factors(rows: Sequence[dict[str, Any]], price: str) -> tuple[list[dict[str, Any]], list[RowError]]:
    """The column values of new prices with the factors of their units; the stock unit by its name is no unit of its
    own. `price` is the column of the price. No round trip where all are of stock units, else one for each kind of item.
    What is refused has no unit, so that the rest of it can be looked at. An item that does not exist is left to whoever
    looks for it."""
    found = [{**row} for row in rows]
    refused: list[RowError] = []
    named = [index for index, row in enumerate(found) if row.get("unit") is not None]
    items = units_of(found[index] for index in named)
    for index in named:
        row = found[index]
        unit = row.pop("unit")
        item = items.get(item_id_of(row))
        if item is None or (item.unit is not None and unit_key(item.unit) == unit_key(unit)):
            continue
        try:
            factor = factor_of(item, unit)
            refuse_too_large(conversion.factor_text(factor), row[price])
        except Conflict as error:
            refused.append(RowError(index, "/unit", error))
        else:
            row.update(unit=unit, unit_factor=conversion.factor_text(factor))
    return found, refused


def refuse_too_large(factor: str | None, price: Any) -> None:
    """Conflict for a price of so little that one of a stock unit could not be kept."""
    if factor is not None:
        conversion.price(Fraction(factor), Decimal(price))


def per_stock_unit(factor: str | None, price: Decimal) -> Decimal:
    """What one stock unit costs, rounded half-even to 6 places."""
    return price if factor is None else conversion.price(Fraction(factor), price)


def in_unit_of_line(factor: str, price: Decimal, line_factor: str) -> Decimal | None:
    """What one unit of a line costs, exactly; None where that does not end within 6 places, or is too much to keep."""
    return conversion.exact_price(Fraction(price) * Fraction(line_factor) / Fraction(factor))


def cost_of(quantity: Fraction, factor: str | None, price: Decimal) -> Decimal:
    """What so many stock units cost: exactly, or where that does not end within 12 places, rounded half-even."""
    exact = quantity * Fraction(price) / Fraction(factor or 1)
    return Decimal(round(exact * 10**12)).scaleb(-12)
