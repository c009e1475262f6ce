"""Which price holds for what is bought or sold: for any number of lines in one statement (docs/rules.md, Prices)."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from pharus import rowsets
from pharus.db import current, db
from plugins.prices.records import customer_prices, supplier_prices
from plugins.prices.schemas import CustomerPrice, SupplierPrice


class Said(NamedTuple):
    """How much it is, in stock units, exactly; and the unit in which that was said, if it was another one."""

    quantity: Fraction
    unit: str | None = None

    @classmethod
    def by(cls, line: Mapping[str, Any]) -> "Said":
        """By the column values of a line, which are in stock units, rounded, or say a unit with its factor."""
        factor = line.get("unit_factor")
        if factor is None:
            return cls(Fraction(line["quantity"]))
        return cls(Fraction(factor) * Fraction(line["unit_quantity"]), line["unit"])


class Purchase(NamedTuple):
    """So much of a material or a SKU, from a vendor, on a day."""

    vendor_id: str
    item_id: str
    said: Said
    day: date


class Sale(NamedTuple):
    """So much of a SKU, to a customer, on a day. Without a customer it is what everybody pays."""

    customer_id: str | None
    sku_id: str
    said: Said
    day: date


# How many stock units one unit of a price is: this by that.
_STOCK_UNITS = "coalesce(split_part(price.unit_factor, '/', 1), '1')::numeric"
_OF_UNITS = "coalesce(nullif(split_part(price.unit_factor, '/', 2), ''), '1')::numeric"
# Of the prices that fit a line: one in the unit of the line before others, one of the stock unit before those; one with
# an end before one without, then the one that began last, then the one that begins at the largest quantity.
_FITS = f"""
    price.min_quantity * {_STOCK_UNITS} * line.denominator <= line.numerator * {_OF_UNITS}
    AND price.valid_from <= line.day AND (price.valid_to IS NULL OR price.valid_to >= line.day)
"""
_FIRST = f"""
    price.unit_id <> md5(coalesce(text_key(line.unit), ''))::uuid, price.unit IS NOT NULL,
    price.valid_to IS NULL, price.valid_from DESC, price.min_quantity * {_STOCK_UNITS} / {_OF_UNITS} DESC, price.id
"""
# The columns of what was said (`_parameter`).
_SAID = "numerator numeric, denominator numeric, unit text, day date"

_SUPPLIER = f"""
    SELECT DISTINCT ON (line.number) {supplier_prices.selected_as("price")}, line.number
    FROM json_to_recordset(%s) AS line (number integer, vendor_id uuid, item_id uuid, {_SAID})
    JOIN supplier_price AS price
        ON price.org_id = %s AND price.item_id = line.item_id AND price.vendor_id = line.vendor_id
    WHERE {_FITS}
    ORDER BY line.number, {_FIRST}
"""

# Whose prices are a customer's: its own, those of its parents from the nearest up, of its segment, of everybody.
_EVERYBODY = "'00000000-0000-0000-0000-000000000000'::uuid"
_CUSTOMER = f"""
    WITH RECURSIVE line AS MATERIALIZED (
        SELECT number, coalesce(customer_id, {_EVERYBODY}) AS customer_id, sku_id, numerator, denominator, unit, day
        FROM json_to_recordset(%s) AS line (number integer, customer_id uuid, sku_id uuid, {_SAID})
    ), above (customer_id, payer_id, distance) AS (
        SELECT id, id, 0 FROM customer WHERE org_id = %s AND id IN (SELECT customer_id FROM line)
        UNION ALL
        SELECT above.customer_id, customer.parent_customer_id, distance + 1
        FROM above JOIN customer ON customer.org_id = %s AND customer.id = above.payer_id
        WHERE customer.parent_customer_id IS NOT NULL
    ), payer (customer_id, payer_id, segment, distance) AS (
        SELECT customer_id, payer_id, 0, distance FROM above
        UNION ALL
        SELECT id, customer_segment_id, 1, 0 FROM customer
        WHERE org_id = %s AND id IN (SELECT customer_id FROM line) AND customer_segment_id IS NOT NULL
        UNION ALL
        SELECT DISTINCT customer_id, {_EVERYBODY}, 2, 0 FROM line
    )
    SELECT DISTINCT ON (line.number) {customer_prices.selected_as("price")}, line.number
    FROM line
    JOIN payer ON payer.customer_id = line.customer_id
    JOIN customer_price AS price
        ON price.org_id = %s AND price.sku_id = line.sku_id AND price.payer_id = payer.payer_id
    WHERE {_FITS}
    ORDER BY line.number, payer.segment, payer.distance, {_FIRST}
"""


def supplier_prices_of(lines: Sequence[Purchase]) -> list[SupplierPrice | None]:
    """The price of each line, None where there is none."""
    rows = db.prepared(_SUPPLIER, (_parameter(lines), current().org_id))
    found = {row[-1]: supplier_prices.row(row) for row in rows}
    return [found.get(number) for number in range(len(lines))]


def customer_prices_of(lines: Sequence[Sale]) -> list[CustomerPrice | None]:
    """The price of each line, None where there is none."""
    org_id = current().org_id
    rows = db.prepared(_CUSTOMER, (_parameter(lines), org_id, org_id, org_id, org_id))
    found = {row[-1]: customer_prices.row(row) for row in rows}
    return [found.get(number) for number in range(len(lines))]


def _parameter(lines: Sequence[Purchase | Sale]) -> str:
    return rowsets.parameter(
        [
            {
                **line._asdict(),
                "number": number,
                "said": None,
                "numerator": Decimal(line.said.quantity.numerator),
                "denominator": Decimal(line.said.quantity.denominator),
                "unit": line.said.unit,
            }
            for number, line in enumerate(lines)
        ]
    )
