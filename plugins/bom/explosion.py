"""What one unit of a SKU takes, by the BOMs as they are now: the lines of its own BOM, or the raw materials below it.

A BOM says what a batch takes, and how much of the batch comes out; at each level a unit takes its part of that, and
what is planned to be lost (docs/adr/0060).

However many SKUs are asked for and however deep their BOMs are, it is one statement, and each line of a BOM is
multiplied once for 256 SKUs that are asked for, however many ways lead to it. Quantities are exact: nothing is rounded
on the way down.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal, Inexact
from fractions import Fraction
from functools import lru_cache
from graphlib import TopologicalSorter
from itertools import islice
from math import gcd, lcm
from typing import Any, NamedTuple

from pharus.db import current, db
from pharus.errors import Conflict

# Sums and products of any length. Everything that would be rounded raises instead.
EXACT = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN, traps=[Inexact])

# What is below the SKUs of one request: so many lines of BOMs are read at most, so many levels followed.
MOST_LINES = 100_000
MOST_LEVELS = 100

_BATCH = 256

# The lines of BOMs and, of the SKUs that are asked for, their by-products, each with what its BOM says of a batch.
_SELECTED = """
SELECT line.sku_id, line.material_id, line.input_sku_id, line.quantity, line.scrap_percent, header.batch_size,
    header.yield_percent, NULL::numeric AS cost_share_percent, line.position
"""
_HEADERS = "LEFT JOIN bom_header AS header ON header.org_id = line.org_id AND header.id = line.sku_id"
_BY_PRODUCTS = f"""
SELECT line.sku_id, NULL, line.by_product_sku_id, line.quantity, 0, header.batch_size, header.yield_percent,
    line.cost_share_percent, line.position
FROM bom_by_product AS line {_HEADERS} WHERE line.org_id = %s AND line.sku_id = ANY(%s::uuid[])
"""

_LINES = f"""
SELECT * FROM (
    {_SELECTED} FROM bom_item AS line {_HEADERS} WHERE line.org_id = %s AND line.sku_id = ANY(%s::uuid[]) LIMIT %s
) AS line
UNION ALL {_BY_PRODUCTS}
ORDER BY sku_id, position
"""

# Every SKU below is visited once, however many ways lead to it. When there are enough lines nothing more is read.
_LINES_BELOW = f"""
WITH RECURSIVE reached (id) AS (
    SELECT unnest(%s::uuid[])
    UNION
    SELECT line.input_sku_id
    FROM reached JOIN bom_item AS line ON line.org_id = %s AND line.sku_id = reached.id
    WHERE line.input_sku_id IS NOT NULL
)
SELECT * FROM (
    {_SELECTED} FROM reached JOIN bom_item AS line ON line.org_id = %s AND line.sku_id = reached.id {_HEADERS}
    LIMIT %s
) AS line
UNION ALL {_BY_PRODUCTS}
ORDER BY sku_id, position
"""


class Input(NamedTuple):
    """What is taken: a material or, where the BOM is not followed further, a SKU."""

    material_id: str | None
    sku_id: str | None


class Rate(NamedTuple):
    """So much for so many units: exact, also where one unit has no finite part of it. `units` is 1 where it has, and
    shares no factor with 10 where not."""

    quantity: Decimal
    units: int = 1


# How much of each input goes into the units that come out.
Recipe = Mapping[Input, Rate]


class Batch(NamedTuple):
    """So much is begun at a time, and so much of that comes out."""

    size: Decimal = Decimal(1)
    yield_percent: Decimal = Decimal(100)


class ByProduct(NamedTuple):
    """What comes out beside the SKU, with its part of the cost of all that comes out."""

    sku_id: str
    rate: Rate
    cost_share_percent: Decimal


# A line of a BOM: what it takes, how much as a whole number, the decimal places of that, and for how many units.
_Line = tuple[Input, int, int, int]


@dataclass(frozen=True, slots=True)
class Explosion:
    """The recipe of each SKU that has one. `missing` names for each of the others a SKU, itself or one below it, that
    has no BOM. `batches` and `by_products` are what a SKU's own BOM says, where it does."""

    recipes: dict[str, Recipe] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)
    batches: dict[str, Batch] = field(default_factory=dict)
    by_products: dict[str, list[ByProduct]] = field(default_factory=dict)


def one_level(sku_ids: Iterable[str]) -> Explosion:
    """The lines of the SKUs' own BOMs: materials and sub-assemblies. Conflict when there are more than one request may
    read."""
    outputs = list(dict.fromkeys(sku_ids))
    org_id = current().org_id
    read = _read(_LINES, (org_id, outputs, MOST_LINES + 1, org_id, outputs))
    return replace(
        read,
        recipes={id: read.recipes[id] for id in outputs if id in read.recipes},
        missing={id: id for id in outputs if id not in read.recipes},
    )


def raw_materials(sku_ids: Iterable[str]) -> Explosion:
    """The SKUs' BOMs followed through all sub-assemblies down to materials, equal ones summed. Conflict when there is
    more below them than one request may follow."""
    outputs = list(dict.fromkeys(sku_ids))
    org_id = current().org_id
    read = _read(_LINES_BELOW, (outputs, org_id, org_id, MOST_LINES + 1, org_id, outputs))
    return replace(explode(outputs, read.recipes), batches=read.batches, by_products=read.by_products)


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
    lines = {
        id: [(part, *_units(rate.quantity), rate.units) for part, rate in recipe.items()] for id, recipe in boms.items()
    }
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
    recipes: list[dict[Input, Rate]] = [{} for _ in outputs]
    for part, (packed, places, units) in sums.items():
        octets = packed.to_bytes(width * len(outputs), "little")
        for at, recipe in enumerate(recipes):
            amount = int.from_bytes(octets[width * at : width * (at + 1)], "little")
            if amount:
                shared = gcd(amount, units)
                exact = Decimal(amount // shared).scaleb(-places, EXACT).normalize(EXACT)
                recipe[part] = Rate(exact, units // shared)
    return list(recipes)


def _descend(
    taken: Mapping[str, int], assemblies: Sequence[str], lines: Mapping[str, Sequence[_Line]]
) -> tuple[dict[Input, tuple[int, int, int]], int]:
    """How much of each material so much of these SKUs takes, as a whole number, its decimal places and the units that
    it is for, and the largest of all numbers on the way."""
    sums = {Input(None, id): (amount, 0, 1) for id, amount in taken.items()}
    largest = 0
    for id in assemblies:
        amount, places, units = sums.pop(Input(None, id), (0, 0, 1))
        if not amount:
            continue
        largest = max(largest, amount)
        for part, takes, decimals, of_units in lines[id]:
            added, finer, larger = amount * takes, places + decimals, units * of_units
            so_far, known, known_units = sums.get(part, (0, finer, larger))
            if known < finer:
                so_far, known = so_far * 10 ** (finer - known), finer
            if known_units != larger:
                common = lcm(known_units, larger)
                so_far, added, known_units = so_far * (common // known_units), added * (common // larger), common
            sums[part] = so_far + added * 10 ** (known - finer), known, known_units
    return sums, max(largest, *(amount for amount, _, _ in sums.values()))


@lru_cache(maxsize=1000)
def rate_of(quantity: Decimal, scrap_percent: Decimal, batch: Batch) -> Rate:
    """What a unit that comes out takes of an input of which a batch needs `quantity`, and so much more for what is lost
    of it.

    >>> rate_of(Decimal(10), Decimal(5), Batch(Decimal(200), Decimal(75)))
    Rate(quantity=Decimal('0.21'), units=3)
    """
    if not scrap_percent and batch == Batch():
        return Rate(quantity)
    exact = Fraction(quantity) * (100 + Fraction(scrap_percent)) / Fraction(batch.size) / Fraction(batch.yield_percent)
    units, places = exact.denominator, 0
    while gcd(units, 10) > 1:
        units, places = units // gcd(units, 10), places + 1
    amount = exact.numerator * 10**places * units // exact.denominator
    return Rate(Decimal(amount).scaleb(-places, EXACT).normalize(EXACT), units)


@lru_cache(maxsize=1000)
def _units(quantity: Decimal) -> tuple[int, int]:
    """The quantity as a whole number and its decimal places.

    >>> _units(Decimal("2.50"))
    (25, 1)
    """
    places = max(0, -int(quantity.normalize(EXACT).as_tuple().exponent))
    return int(quantity.scaleb(places, EXACT)), places


def _read(statement: str, parameters: tuple[object, ...]) -> Explosion:
    """The BOMs as they are, none followed further."""
    boms: dict[str, dict[Input, Rate]] = {}
    found = Explosion()
    row: tuple[Any, ...]
    for row in db.execute_sql(statement, parameters):
        sku_id, material_id, input_sku_id, quantity, scrap_percent, size, yield_percent, cost_share, _ = row
        batch = Batch() if size is None else Batch(size, yield_percent)
        rate = rate_of(quantity, scrap_percent, batch)
        if cost_share is not None:
            found.by_products.setdefault(sku_id, []).append(ByProduct(input_sku_id, rate, cost_share))
            continue
        if size is not None:
            found.batches[sku_id] = batch
        boms.setdefault(sku_id, {})[Input(material_id, input_sku_id)] = rate
    if sum(map(len, boms.values())) > MOST_LINES:
        raise Conflict(f"the BOMs of these SKUs have more than {MOST_LINES} lines: order fewer of them at once")
    found.recipes.update(boms)
    return found
