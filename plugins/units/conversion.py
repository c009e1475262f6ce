"""Quantities and prices in a unit, said in stock units, exactly (docs/adr/0059). No database.

Quantities in stock units are rounded half-even to 6 places; where only whole numbers are kept, nothing is rounded, and
what is not whole is refused. What was said in the other unit is kept as it was said.
"""

from collections.abc import Mapping
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Any, NamedTuple

from pharus.errors import Conflict
from pharus.fields import TOO_LARGE, canonical

# A record of a line: its `unit`, `unitQuantity`, `unitFactor`, `pricePerUnit` are null where it is in stock units.
Line = Mapping[str, Any]

_MILLIONTHS = 1_000_000
_ZERO = Decimal(0)
_LARGEST = TOO_LARGE - Decimal("0.000001")
# Of whole numbers no line has more.
MOST_PIECES = Decimal(1_000_000_000)


def factor_text(factor: Fraction | None) -> str | None:
    """The factor as it is kept and shown.

    >>> factor_text(Fraction(208)), factor_text(Fraction("191.36")), factor_text(None)
    ('208', '4784/25', None)
    """
    return None if factor is None else str(factor)


def rounded(exact: Fraction) -> Decimal:
    """Half-even to 6 places.

    >>> rounded(Fraction(1, 3)), rounded(Fraction(25, 10_000_000))
    (Decimal('0.333333'), Decimal('0.000002'))
    """
    return Decimal(round(exact * _MILLIONTHS)).scaleb(-6)


def quantity(factor: Fraction, unit: str, said: Decimal, *, places: int | None = None) -> Decimal:
    """So much of a unit in stock units. With `places` nothing is rounded. Conflict when it has more places, when it is
    nothing after rounding, or too large."""
    exact = factor * Fraction(said)
    if places is not None and (exact * 10**places).denominator != 1:
        kept = f"does not end within {places} places" if places else "is no whole number"
        raise Conflict(
            f"{canonical(said)} {unit} {kept} in the stock unit",
            details={"unit": unit, "unitQuantity": canonical(said), "factor": factor_text(factor)},
        )
    return _kept(rounded(exact), unit, MOST_PIECES if places == 0 else _LARGEST)


def price(factor: Fraction, per_unit: Decimal) -> Decimal:
    """The price per stock unit of one per unit: what it says is rounded, the amount of a line is not. Conflict."""
    return _kept_price(Fraction(per_unit) / factor)


def exact_price(exact: Fraction) -> Decimal | None:
    """A price that ends within 6 places; None for another, and for what is too much to keep.

    >>> exact_price(Fraction(1300, 208)), exact_price(Fraction(1, 3))
    (Decimal('6.250000'), None)
    """
    found = rounded(exact)
    return found if Fraction(found) == exact and found < TOO_LARGE else None


def part(
    line: Line, said: Decimal, *, before: Decimal = _ZERO, taken: Decimal = _ZERO, places: int | None = None
) -> Decimal:
    """A part of a line, said in the line's unit, in stock units. So much was said in it `before`, and that was `taken`:
    together they are what all that was said is, so that the last part takes exactly the rest. Conflict as `quantity`,
    and when the line is in stock units."""
    if line["unitFactor"] is None:
        raise Conflict("the line is in stock units: say the quantity")
    factor = Fraction(line["unitFactor"])
    if places is not None:
        return quantity(factor, line["unit"], said, places=places)
    return _kept(rounded(factor * Fraction(before + said)) - taken, line["unit"])


def cost_of_one(amount: Decimal, quantity: Decimal) -> Decimal:
    """What one stock unit costs, where so many cost this amount. Conflict.

    >>> cost_of_one(Decimal(650), Decimal(208))
    Decimal('3.125000')
    """
    return _kept_price(Fraction(amount) / Fraction(quantity))


def amount(line: Line, price_key: str) -> Decimal:
    """What a line costs in all, exactly; `price_key` is the key of its price per stock unit."""
    if line["pricePerUnit"] is not None:
        in_unit: Decimal = line["unitQuantity"] * line["pricePerUnit"]
        return in_unit
    in_stock_units: Decimal = line["quantity"] * line[price_key]
    return in_stock_units


class Priced(NamedTuple):
    quantity: Decimal
    unit: str
    price: Decimal


def priced(line: Line, stock_unit: str | None, price_key: str) -> Priced:
    """A line as it is printed with its price: what has its price per unit in that unit, so that the paper adds up."""
    if line["pricePerUnit"] is not None:
        return Priced(line["unitQuantity"], line["unit"], line["pricePerUnit"])
    return Priced(Decimal(line["quantity"]), stock_unit or "", line[price_key])


class Spoken(NamedTuple):
    """Quantities of a line as people say them, and of what."""

    quantities: tuple[Decimal, ...]
    unit: str


def spoken(line: Line, stock_unit: str | None, *quantities: Decimal | int) -> Spoken:
    """These quantities of a line, which are in stock units, in the line's unit, if it has one and all of them end
    within 6 places there; else as they are."""
    if line["unitFactor"] is not None:
        said = [_in_unit(line, quantity) for quantity in quantities]
        known = tuple(each for each in said if each is not None)
        if len(known) == len(quantities):
            return Spoken(known, line["unit"])
    return Spoken(tuple(map(Decimal, quantities)), stock_unit or "")


def _in_unit(line: Line, quantity: Decimal | int) -> Decimal | None:
    if quantity == line["quantity"]:
        all_of_it: Decimal = line["unitQuantity"]
        return all_of_it
    exact = Fraction(quantity) / Fraction(line["unitFactor"])
    return rounded(exact) if (exact * _MILLIONTHS).denominator == 1 else None


def share(line: Line, price_key: str, quantity: Decimal | int) -> Decimal:
    """What so much of a line costs, in stock units: its part of the line's amount."""
    with localcontext(prec=100):
        found: Decimal = amount(line, price_key) * quantity / line["quantity"]
    return found


def _kept(quantity: Decimal, unit: str, most: Decimal = _LARGEST) -> Decimal:
    if quantity <= 0:
        raise Conflict(f"so little of the unit {unit} is nothing in the stock unit")
    if quantity > most:
        raise Conflict("a quantity would grow larger than can be kept")
    return quantity


def _kept_price(exact: Fraction) -> Decimal:
    found = rounded(exact)
    if found >= TOO_LARGE:
        raise Conflict("an amount would grow larger than can be kept")
    return found
