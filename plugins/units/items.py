"""The units of items as they are stored, and what one of a unit is in the stock unit."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from pharus.db import current, db
from pharus.records import Records
from pharus.rowsets import array
from plugins.materials.records import materials
from plugins.materials.rules import unit_key
from plugins.products.records import skus
from plugins.units import measures
from plugins.units.records import Stored, material_units, sku_units

# The items by their table, with their further units and the column by which those name the item.
ITEMS: Mapping[str, tuple[Records[Any], Records[Stored], str]] = {
    "material": (materials, material_units, "material_id"),
    "sku": (skus, sku_units, "sku_id"),
}


@dataclass(frozen=True, slots=True)
class ItemUnits:
    """The stock unit of an item, which nobody may have named yet, its density, and its further units."""

    unit: str | None
    density: Decimal | None
    further: Sequence[Stored] = ()

    def factor(self, unit: str) -> Fraction | None:
        """How many stock units one `unit` is; None where nothing tells. What the item says of a unit goes before what
        is built in."""
        if self.unit is None:
            return None
        own = next((each for each in self.further if unit_key(each["unit"]) == unit_key(unit)), None)
        return self.factor_built_in(unit) if own is None else self.factor_of(own)

    def factor_of(self, own: Stored) -> Fraction | None:
        """The same of one of its further units."""
        base = self.factor_built_in(own["baseUnit"])
        return None if base is None else base * Fraction(own["numerator"]) / Fraction(own["denominator"])

    def factor_built_in(self, unit: str) -> Fraction | None:
        """The same without its further units."""
        density = None if self.density is None else Fraction(self.density)
        return None if self.unit is None else measures.factor(unit, self.unit, density)


def read(table: str, ids: Iterable[str]) -> dict[str, ItemUnits]:
    """The units of these items, by id; those that there are not are absent. One round trip.

    Until the transaction ends nobody can give one of them another stock unit or other factors: what is written by these
    is written before that.
    """
    items, units, column = ITEMS[table]
    org_id, asked = current().org_id, array(sorted(set(ids)))
    db.defer(
        f"SELECT FROM {items.table} WHERE org_id = %s AND id = ANY(%s::uuid[]) ORDER BY id FOR KEY SHARE",
        (org_id, asked),
    )
    rows = db.rows(
        f"""
        SELECT item.id, item.unit, item.density, own.unit, own.numerator, own.denominator, own.base_unit
        FROM {items.table} AS item
        LEFT JOIN {units.table} AS own ON own.org_id = item.org_id AND own.{column} = item.id
        WHERE item.org_id = %s AND item.id = ANY(%s::uuid[]) ORDER BY item.id, own.id
        """,
        (org_id, asked),
    )
    found: dict[str, ItemUnits] = {}
    for id, unit, density, *own in rows:
        before = found.get(id, ItemUnits(unit, density))
        further = () if own[0] is None else (units.row(own),)
        found[id] = ItemUnits(unit, density, (*before.further, *further))
    return found
