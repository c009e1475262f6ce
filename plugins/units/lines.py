"""Lines of orders and BOMs that speak in other units: the one place where their quantities and prices become those of
the stock unit (docs/adr/0059). They keep what was said and the factor that held then.

Lines are column values here, as `Records.values_of` makes them of a request.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import chain, islice
from typing import Any

from pharus.bulk import RowError, in_lines, wrong_by_itself
from pharus.errors import Conflict, Invalid, Problem, refuse
from pharus.names import camel
from pharus.required import newly_named
from plugins.units import conversion
from plugins.units.items import ITEMS, ItemUnits, read

Values = Mapping[str, Any]

PRICE = "price_per_unit"
# By which column a line names its item, and of which table that is.
_ITEM_COLUMNS = {"material_id": "material", "input_sku_id": "sku", "sku_id": "sku"}


# What only a line that speaks in another unit has.
_SPEAKING = frozenset({"unit", "unit_quantity", PRICE})


def in_stock_units(
    lines: Sequence[Values], *, price: str | None = None, whole: bool = False, path: str = "/items/{}"
) -> list[dict[str, Any]]:
    """New lines with their quantities in stock units: no round trip where no line speaks in another unit, else one for
    each kind of item. `price` is the column of the price per stock unit; `whole`: quantities are whole numbers; `path`
    is the pointer of a line, with its index in it.

    Invalid with all that is wrong by itself, else the first Conflict. An item that does not exist is left to whoever
    looks for it."""
    found, refused = try_in_stock_units(lines, price=price, whole=whole)
    problems = [
        Problem(path.format(each.row) + each.pointer, each.error.message)
        for each in refused
        if isinstance(each.error, Invalid)
    ]
    if problems:
        raise Invalid(problems)
    if refused:
        raise refused[0].error
    return found


def try_in_stock_units(
    lines: Sequence[Values], *, price: str | None = None, whole: bool = False
) -> tuple[list[dict[str, Any]], list[RowError]]:
    """The same with the refusals, each with the index of its line. A line that is refused has the quantity 1 and no
    price per unit, so that the rest of it can be looked at; it is not to be stored."""
    found = [{**line} for line in lines]
    if all(line.get("quantity") is not None and _SPEAKING.isdisjoint(line) for line in found):
        return found, []
    refused = [error for index, line in enumerate(found) for error in wrong_by_itself(index, _wrong(line, price))]
    wrong = {each.row for each in refused}
    speaking = [index for index, line in enumerate(found) if line.get("unit") is not None and index not in wrong]
    items = units_of(found[index] for index in speaking)
    for index in speaking:
        item = items.get(item_id_of(found[index]))
        if item is None:
            found[index]["quantity"] = 1
            continue
        try:
            _convert(found[index], factor_of(item, found[index]["unit"]), price, whole=whole)
        except Conflict as error:
            refused.append(RowError(index, "/unit", error))
    for each in refused:
        found[each.row]["quantity"] = 1
        found[each.row].pop(PRICE, None)
    return found, refused


def orders_in_stock_units(
    orders: Sequence[Sequence[Values]], *, price: str | None = None, whole: bool = False
) -> tuple[list[list[dict[str, Any]]], list[RowError]]:
    """The same of the lines of each order of an import: the refusals are those of its rows."""
    positions = [(row, position) for row, lines in enumerate(orders) for position in range(len(lines))]
    found, refused = try_in_stock_units(list(chain.from_iterable(orders)), price=price, whole=whole)
    left = iter(found)
    return [list(islice(left, len(lines))) for lines in orders], in_lines(refused, positions)


def changed_line(
    before: Mapping[str, Any], values: Values, *, price: str | None = None, whole: bool = False
) -> dict[str, Any]:
    """A change of a line (`before` is its record) with the quantity in stock units.

    A quantity says the line anew in stock units. A quantity in its unit keeps the line's factor; a unit that it did not
    have takes the factor of now. Invalid, Conflict."""
    columns = ("unit", "unit_quantity", "unit_factor", *((PRICE,) if price is not None else ()))
    if before["unit"] is None and all(values.get(column) is None for column in columns):
        return {**values}
    said = newly_named(values, before)
    speaks = any(said.get(column) is not None for column in columns)
    if not speaks and ("quantity" in said or "unit" in said):
        return {**dict.fromkeys(columns), **said}
    if before["unit"] is None and said.get("unit") is None:
        raise Conflict("the line is in stock units: name the unit")
    is_other_item = any(said.get(column) is not None for column in _ITEM_COLUMNS)
    if is_other_item and "unit_quantity" not in said:
        raise Conflict("the line speaks in a unit of its item: say how much of the other one")
    line = {
        **{column: before[camel(column)] for column in (*_ITEM_COLUMNS, *columns) if camel(column) in before},
        # So much of another unit is something else.
        **({"unit_quantity": None} if "unit" in said else {}),
        # A price per stock unit takes the place of the one per unit.
        **({PRICE: None} if price is not None and price in said else {}),
        **said,
    }
    refuse(list(_wrong(line, price)))
    factor = Fraction(before["unitFactor"]) if before["unitFactor"] is not None else None
    if factor is None or "unit" in said or is_other_item:
        item = units_of([line]).get(item_id_of(line))
        if item is None:
            return said
        factor = factor_of(item, line["unit"])
    _convert(line, factor, price, whole=whole)
    changed = ("quantity", *columns, *((price,) if price is not None else ()))
    return {**said, **{column: line[column] for column in changed if column in line}}


def _wrong(line: Values, price: str | None) -> Iterator[Problem]:
    """What is wrong with a line by itself."""
    quantity, unit, said = (line.get(column) for column in ("quantity", "unit", "unit_quantity"))
    if quantity is None and unit is None and said is None:
        yield Problem("/quantity", "is missing: say it, or unit and unitQuantity")
    elif unit is None and said is not None:
        yield Problem("/unit", "is missing: of what is unitQuantity?")
    elif unit is not None and said is None:
        yield Problem("/unitQuantity", "is missing: how much of the unit is it?")
    elif quantity is not None and said is not None:
        yield Problem("/unitQuantity", "is said by quantity already: name one of the two")
    if price is not None and line.get(PRICE) is not None:
        if unit is None:
            yield Problem("/pricePerUnit", "has no unit: name it")
        elif line.get(price) is not None:
            yield Problem("/pricePerUnit", f"is said by {camel(price)} already: name one of the two")


def units_of(lines: Iterable[Values]) -> dict[str, ItemUnits]:
    """The units of the items that the lines name, by id."""
    ids: dict[str, set[str]] = {}
    for line in lines:
        for column, table in _ITEM_COLUMNS.items():
            if line.get(column) is not None:
                ids.setdefault(table, set()).add(line[column].lower())
    return {id: item for table in ITEMS if table in ids for id, item in read(table, ids[table]).items()}


def item_id_of(line: Values) -> str:
    """A request may write an id in capitals."""
    return str(next((line[column] for column in _ITEM_COLUMNS if line.get(column) is not None), "")).lower()


def factor_of(item: ItemUnits, unit: str) -> Fraction:
    """How many stock units one `unit` of the item is. Conflict when nobody knows."""
    factor = item.factor(unit)
    if factor is not None:
        return factor
    details = {"unit": unit, "stockUnit": item.unit, "units": [each["unit"] for each in item.further]}
    if item.unit is None:
        raise Conflict("the item has no stock unit: nobody knows how its units convert", details=details)
    raise Conflict(f"nobody knows what the unit {unit} of the item is in {item.unit}", details=details)


def _convert(line: dict[str, Any], factor: Fraction, price: str | None, *, whole: bool) -> None:
    """Fill in what follows from the line's unit. Conflict."""
    line["unit_factor"] = conversion.factor_text(factor)
    quantity = conversion.quantity(factor, line["unit"], Decimal(line["unit_quantity"]), places=0 if whole else None)
    line["quantity"] = int(quantity) if whole else quantity
    if price is not None and line.get(PRICE) is not None:
        line[price] = conversion.price(factor, Decimal(line[PRICE]))
