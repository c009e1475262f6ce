"""What one unit of a SKU takes, by the BOMs as they are now: the lines of its own BOM, or the raw materials below it.

However many SKUs are asked for and however deep their BOMs are, it is one statement, and each line of a BOM is
multiplied once for 256 SKUs that are asked for, however many ways lead to it. Quantities are exact: nothing is rounded
on the way down.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal, Inexact
from functools import lru_cache
from graphlib import TopologicalSorter
from itertools import islice
from typing import NamedTuple

from pharus.db import current, db
from pharus.errors import Conflict

# Sums and products of any length. Everything that would be rounded raises instead.
EXACT = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN, traps=[Inexact])

# What is below the SKUs of one request: so many lines of BOMs are read at most, so many levels followed.
MOST_LINES = 100_000
MOST_LEVELS = 100

_BATCH = 256

_LINES = """
SELECT sku_id, material_id, input_sku_id, quantity FROM bom_item
WHERE org_id = %s AND sku_id = ANY(%s::uuid[]) ORDER BY sku_id, position LIMIT %s
"""

# Every SKU below is visited once, however many ways lead to it. When there are enough lines nothing more is read.
_LINES_BELOW = """
WITH RECURSIVE reached (id) AS (
    SELECT unnest(%s::uuid[])
    UNION
    SELECT line.input_sku_id
    FROM reached JOIN bom_item AS line ON line.org_id = %s AND line.sku_id = reached.id
    WHERE line.input_sku_id IS NOT NULL
)
SELECT sku_id, material_id, input_sku_id, quantity FROM (
    SELECT line.sku_id, line.position, line.material_id, line.input_sku_id, line.quantity
    FROM reached JOIN bom_item AS line ON line.org_id = %s AND line.sku_id = reached.id
    LIMIT %s
) AS line
ORDER BY sku_id, position
"""


class Input(NamedTuple):
    """What is taken: a material or, where the BOM is not followed further, a SKU."""

    material_id: str | None
    sku_id: str | None


# How much of each input one unit takes.
Recipe = Mapping[Input, Decimal]

# A line of a BOM: what it takes, how much as a whole number, and the decimal places of that.
_Line = tuple[Input, int, int]


@dataclass(frozen=True, slots=True)
class Explosion:
    """The recipe of each SKU that has one. `missing` names for each of the others a SKU, itself or one below it, that
    has no BOM."""

    recipes: dict[str, Recipe] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)


def one_level(sku_ids: Iterable[str]) -> Explosion:
    """The lines of the SKUs' own BOMs: materials and sub-assemblies. Conflict when there are more than one request may
    read."""
    outputs = list(dict.fromkeys(sku_ids))
    boms = _boms(_LINES, (current().org_id, outputs, MOST_LINES + 1))
    return Explosion(
        {id: boms[id] for id in outputs if id in boms},
        {id: id for id in outputs if id not in boms},
    )


def raw_materials(sku_ids: Iterable[str]) -> Explosion:
    """The SKUs' BOMs followed through all sub-assemblies down to materials, equal ones summed. Conflict when there is
    more below them than one request may follow."""
    outputs = list(dict.fromkeys(sku_ids))
    org_id = current().org_id
    return explode(outputs, _boms(_LINES_BELOW, (outputs, org_id, org_id, MOST_LINES + 1)))


def explode(outputs: Iterable[str], boms: Mapping[str, Recipe]) -> Explosion:
    """The raw materials of these SKUs, of BOMs that make no loop and hold every SKU below that has one."""
    asked = list(dict.fromkeys(outputs))
    below = {id: [part.sku_id for part in recipe if part.sku_id is not None] for id, recipe in boms.items()}
    # Inputs come before what is made of them.
    sequence = list(TopologicalSorter({**dict.fromkeys(asked, ()), **below}).static_order())
    missing: dict[str, str] = {}
    levels: dict[str, int] = {}
    for id in sequence:
        unknown = id if id not in boms else next((missing[part] for part in below[id] if part in missing), None)
        if unknown is not None:
            missing[id] = unknown
        levels[id] = 1 + max((levels[part] for part in below.get(id, ())), default=0)
    deep = next((id for id in asked if levels[id] > MOST_LEVELS), None)
    if deep is not None:
        raise Conflict(f"the BOMs below the sku {deep} are more than {MOST_LEVELS} levels deep")
    found = Explosion(missing={id: missing[id] for id in asked if id in missing})
    known = iter([id for id in asked if id not in missing])
    assemblies = [id for id in reversed(sequence) if id in boms]
    lines = {id: [(part, *_units(quantity)) for part, quantity in recipe.items()] for id, recipe in boms.items()}
    while batch := list(islice(known, _BATCH)):
        found.recipes.update(zip(batch, _materials(batch, assemblies, lines), strict=True))
    return found


def _materials(outputs: Sequence[str], assemblies: Sequence[str], lines: Mapping[str, Sequence[_Line]]) -> list[Recipe]:
    """The recipe of each output, in their order. `assemblies` come before their inputs.

    It goes down once for all outputs: their numbers stand beside one another in one large integer, so that to multiply
    them by the quantity of a line is one operation. The way down with all of them in one sum says how much room each
    number needs.
    """
    sums, largest = _descend(dict.fromkeys(outputs, 1), assemblies, lines)
    width = largest.bit_length() // 8 + 1
    if len(outputs) > 1:
        sums, _ = _descend({id: 1 << 8 * width * at for at, id in enumerate(outputs)}, assemblies, lines)
    recipes: list[dict[Input, Decimal]] = [{} for _ in outputs]
    for part, (packed, places) in sums.items():
        octets = packed.to_bytes(width * len(outputs), "little")
        for at, recipe in enumerate(recipes):
            units = int.from_bytes(octets[width * at : width * (at + 1)], "little")
            if units:
                recipe[part] = Decimal(units).scaleb(-places, EXACT).normalize(EXACT)
    return list(recipes)


def _descend(
    taken: Mapping[str, int], assemblies: Sequence[str], lines: Mapping[str, Sequence[_Line]]
) -> tuple[dict[Input, tuple[int, int]], int]:
    """How much of each material so much of these SKUs takes, as a whole number and its decimal places, and the largest
    of all numbers on the way."""
    sums = {Input(None, id): (amount, 0) for id, amount in taken.items()}
    largest = 0
    for id in assemblies:
        amount, places = sums.pop(Input(None, id), (0, 0))
        if not amount:
            continue
        largest = max(largest, amount)
        for part, units, decimals in lines[id]:
            finer = places + decimals
            so_far, known = sums.get(part, (0, finer))
            if known < finer:
                so_far, known = so_far * 10 ** (finer - known), finer
            sums[part] = so_far + amount * units * 10 ** (known - finer), known
    return sums, max(largest, *(amount for amount, _ in sums.values()))


@lru_cache(maxsize=1000)
def _units(quantity: Decimal) -> tuple[int, int]:
    """The quantity as a whole number and its decimal places.

    >>> _units(Decimal("2.50"))
    (25, 1)
    """
    places = max(0, -int(quantity.normalize(EXACT).as_tuple().exponent))
    return int(quantity.scaleb(places, EXACT)), places


def _boms(statement: str, parameters: tuple[object, ...]) -> dict[str, Recipe]:
    boms: dict[str, dict[Input, Decimal]] = {}
    for sku_id, material_id, input_sku_id, quantity in db.execute_sql(statement, parameters):
        boms.setdefault(sku_id, {})[Input(material_id, input_sku_id)] = quantity
    if sum(map(len, boms.values())) > MOST_LINES:
        raise Conflict(f"the BOMs of these SKUs have more than {MOST_LINES} lines: order fewer of them at once")
    return dict(boms)
