"""What one unit of a SKU takes, by the BOMs as they are now: the lines of its own BOM, or the raw materials below it.

However many SKUs are asked for and however deep their BOMs are, it is one statement. Quantities are exact: each level
adds six decimals, and nothing is rounded on the way down.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal, Inexact, localcontext
from graphlib import TopologicalSorter
from typing import NamedTuple

from pharus.db import current, db

# Sums and products of any length. Everything that would be rounded raises instead.
EXACT = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN, traps=[Inexact])

_LINES = (
    "SELECT sku_id, material_id, input_sku_id, quantity FROM bom_item WHERE org_id = %s AND sku_id = ANY(%s::uuid[])"
)

# Every SKU below is visited once, however many ways lead to it.
_LINES_BELOW = """
WITH RECURSIVE reached (id) AS (
    SELECT unnest(%s::uuid[])
    UNION
    SELECT line.input_sku_id
    FROM reached JOIN bom_item AS line ON line.org_id = %s AND line.sku_id = reached.id
    WHERE line.input_sku_id IS NOT NULL
)
SELECT line.sku_id, line.material_id, line.input_sku_id, line.quantity
FROM reached JOIN bom_item AS line ON line.org_id = %s AND line.sku_id = reached.id
"""


class Input(NamedTuple):
    """What is taken: a material or, where the BOM is not followed further, a SKU."""

    material_id: str | None
    sku_id: str | None


# How much of each input one unit takes.
Recipe = Mapping[Input, Decimal]


@dataclass(frozen=True, slots=True)
class Explosion:
    """The recipe of each SKU that has one. `missing` names for each of the others a SKU, itself or one below it, that
    has no BOM."""

    recipes: dict[str, Recipe] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)


def one_level(sku_ids: Iterable[str]) -> Explosion:
    """The lines of the SKUs' own BOMs: materials and sub-assemblies."""
    outputs = list(dict.fromkeys(sku_ids))
    boms = _boms(f"{_LINES} ORDER BY sku_id, position", (current().org_id, outputs))
    return Explosion(
        {id: boms[id] for id in outputs if id in boms},
        {id: id for id in outputs if id not in boms},
    )


def raw_materials(sku_ids: Iterable[str]) -> Explosion:
    """The SKUs' BOMs followed through all sub-assemblies down to materials, equal ones summed."""
    outputs = list(dict.fromkeys(sku_ids))
    org_id = current().org_id
    return explode(outputs, _boms(f"{_LINES_BELOW} ORDER BY line.sku_id, line.position", (outputs, org_id, org_id)))


def explode(outputs: Iterable[str], boms: Mapping[str, Recipe]) -> Explosion:
    """The raw materials of these SKUs, of BOMs that make no loop and hold every SKU below that has one."""
    below = {id: [part.sku_id for part in recipe if part.sku_id is not None] for id, recipe in boms.items()}
    found = Explosion()
    with localcontext(EXACT):
        for id in TopologicalSorter({**dict.fromkeys(outputs, ()), **below}).static_order():
            if id not in boms:
                found.missing[id] = id
                continue
            unknown = next((found.missing[part] for part in below[id] if part in found.missing), None)
            if unknown is not None:
                found.missing[id] = unknown
            else:
                found.recipes[id] = _materials(boms[id], found.recipes)
    return found


def _materials(recipe: Recipe, known: Mapping[str, Recipe]) -> Recipe:
    """The recipe with each SKU in it replaced by what that takes."""
    sums: dict[Input, Decimal] = {}
    for part, quantity in recipe.items():
        below = {part: Decimal(1)} if part.sku_id is None else known[part.sku_id]
        for material, per_unit in below.items():
            sums[material] = (sums.get(material, Decimal(0)) + quantity * per_unit).normalize()
    return sums


def _boms(statement: str, parameters: tuple[object, ...]) -> dict[str, Recipe]:
    boms: dict[str, dict[Input, Decimal]] = {}
    for sku_id, material_id, input_sku_id, quantity in db.execute_sql(statement, parameters):
        boms.setdefault(sku_id, {})[Input(material_id, input_sku_id)] = quantity
    return dict(boms)
