"""Decisions on BOMs (docs/rules.md, Master data): each input once, never the SKU itself, never a loop.

A BOM has no header: it is the lines of an output SKU.
"""

from collections.abc import Iterable, Sequence
from graphlib import CycleError, TopologicalSorter

from pharus.db import current, db
from pharus.errors import Problem
from plugins.bom.schemas import BomItemInput

# An assembly and one of its inputs, both ids of SKUs.
Edge = tuple[str, str]

# Every SKU below the inputs is visited once, however many ways lead to it. Without a way back to the output there is
# no loop, and then no row is sent.
_BELOW = """
WITH RECURSIVE reached (id) AS (
    SELECT unnest(%s::uuid[])
    UNION
    SELECT line.input_sku_id
    FROM reached JOIN bom_item AS line ON line.org_id = %s AND line.sku_id = reached.id
    WHERE line.input_sku_id IS NOT NULL
)
SELECT line.sku_id, line.input_sku_id
FROM reached JOIN bom_item AS line ON line.org_id = %s AND line.sku_id = reached.id
WHERE line.input_sku_id IS NOT NULL AND EXISTS (SELECT FROM reached WHERE id = %s)
"""


def input_skus(items: Iterable[BomItemInput]) -> list[str]:
    return [item["inputSkuId"] for item in items if "inputSkuId" in item]


def materials(items: Iterable[BomItemInput]) -> list[str]:
    return [item["materialId"] for item in items if "materialId" in item]


def problems(output_sku_id: str, items: Sequence[BomItemInput]) -> list[Problem]:
    """Every line that is wrong by itself: its input is in an earlier line, or is the output SKU."""
    found: list[Problem] = []
    seen: set[tuple[str, str]] = set()
    for index, item in enumerate(items):
        key = "materialId" if "materialId" in item else "inputSkuId"
        # A request may write an id in capitals.
        id = item.get("materialId") or item.get("inputSkuId") or ""
        if key == "inputSkuId" and id == output_sku_id:
            found.append(Problem(f"/items/{index}/{key}", "is the SKU that the BOM is for"))
        elif (key, id) in seen:
            found.append(Problem(f"/items/{index}/{key}", "is in a line before this one"))
        seen.add((key, id))
    return found


def find_loop(output_sku_id: str, inputs: Sequence[str]) -> list[str] | None:
    """The loop that lines with these input SKUs would close, as ids from the output back to it; None without one.

    The output must have no lines stored, and the caller holds the turn of the table: otherwise another edit could
    close the same loop from its other end.
    """
    if not inputs:
        return None
    output = output_sku_id
    org_id = current().org_id
    below: list[Edge] = db.execute_sql(_BELOW, (list(inputs), org_id, org_id, output)).fetchall()
    return loop_through(output, [*((output, id) for id in inputs), *below]) if below else None


def loop_through(output: str, edges: Iterable[Edge]) -> list[str] | None:
    """The loop among the edges, from `output` back to it; None without one. All loops must lead through it."""
    assemblies: dict[str, list[str]] = {}
    for assembly, used in edges:
        assemblies.setdefault(used, []).append(assembly)
    try:
        TopologicalSorter(assemblies).prepare()
    except CycleError as error:
        loop: list[str] = error.args[1][1:]
        start = loop.index(output)
        return [*loop[start:], *loop[:start], output]
    return None
