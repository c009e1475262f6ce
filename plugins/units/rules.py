"""Decisions on the further units of an item (docs/rules.md, Master data: units)."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from pharus.errors import Conflict, Problem
from plugins.materials.rules import unit_key
from plugins.units import measures
from plugins.units.items import ItemUnits
from plugins.units.records import Stored
from plugins.units.schemas import ItemUnitInput


def problems(given: Sequence[ItemUnitInput]) -> list[Problem]:
    """Units that come twice or are their own base."""
    found: list[Problem] = []
    seen: set[str] = set()
    for index, each in enumerate(given):
        key = unit_key(each["unit"])
        if key in seen:
            found.append(Problem(f"/units/{index}/unit", "is in the list before this one"))
        if key == unit_key(each.get("baseUnit", "")):
            found.append(Problem(f"/units/{index}/baseUnit", "is the unit itself"))
        seen.add(key)
    return found


def further_units(item: ItemUnits, given: Sequence[ItemUnitInput]) -> list[Stored]:
    """The units as they are stored. Conflict for one that says what is known, or what leads nowhere; of an item without
    a stock unit, for one that names no base."""
    return [further_unit(item, each) for each in given]


def further_unit(item: ItemUnits, given: Mapping[str, Any]) -> Stored:
    """The same of one of them, a row of `ItemUnitInput` or of an import."""
    unit, base = given["unit"], given.get("baseUnit", item.unit)
    if base is None:
        raise Conflict("the item has no stock unit: name a baseUnit", details={"unit": unit})
    stored: Stored = {
        "unit": unit,
        "numerator": Decimal(given["numerator"]),
        "denominator": Decimal(given.get("denominator", 1)),
        "baseUnit": base,
    }
    if item.unit is not None:
        if measures.factor(unit, item.unit) is not None:
            raise Conflict(f"what the unit {unit} is in {item.unit} is known already", details={"unit": unit})
        if item.factor_of(stored) is None:
            message = f"nobody knows what the unit {base} of the item is in {item.unit}"
            raise Conflict(message, details={"unit": unit, "baseUnit": base})
    return stored
