"""Decisions on BOMs (docs/rules.md, Master data): each input and by-product once, never the SKU itself, never a loop.

A BOM is the lines of an output SKU; it has a header where it says more than that.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from graphlib import CycleError, TopologicalSorter
from typing import Any

from pharus.db import current, db
from pharus.errors import Problem
from pharus.fields import canonical
from plugins.bom.schemas import BomByProductInput, BomItemInput

# An assembly and one of its inputs, both ids of SKUs. A by-product is an assembly of the same inputs.
Edge = tuple[str, str]

_WHOLE = Decimal(100)

# What the SKU `reached.id` is made of: by its own BOM, and by those of which it is a by-product.
_MADE_OF = """
    SELECT line.sku_id, line.input_sku_id FROM bom_item AS line
    WHERE line.org_id = %s AND line.sku_id = reached.id AND line.input_sku_id IS NOT NULL
    UNION ALL
    SELECT besides.by_product_sku_id, line.input_sku_id
    FROM bom_by_product AS besides
    JOIN bom_item AS line ON line.org_id = besides.org_id AND line.sku_id = besides.sku_id
    WHERE besides.org_id = %s AND besides.by_product_sku_id = reached.id AND line.input_sku_id IS NOT NULL
"""
# Every SKU below the inputs is visited once, however many ways lead to it.
_ALL_BELOW = f"""
WITH RECURSIVE reached (id) AS (
    SELECT unnest(%s::uuid[])
    UNION
    SELECT used.input_sku_id FROM reached CROSS JOIN LATERAL ({_MADE_OF}) AS used
)
SELECT used.sku_id, used.input_sku_id FROM reached CROSS JOIN LATERAL ({_MADE_OF}) AS used
"""
# Without a way back to one of the outputs there is no loop, and then no row is sent.
_BELOW = f"{_ALL_BELOW} WHERE EXISTS (SELECT FROM reached WHERE id = ANY(%s::uuid[]))"


def input_skus(items: Iterable[BomItemInput]) -> list[str]:
    return [item["inputSkuId"] for item in items if "inputSkuId" in item]


def materials(items: Iterable[BomItemInput]) -> list[str]:
    return [item["materialId"] for item in items if "materialId" in item]


def problems(
    output_sku_id: str, items: Sequence[BomItemInput], by_products: Sequence[BomByProductInput] = ()
) -> list[Problem]:
    """Every line that is wrong by itself: its input is in an earlier line, or is the output SKU; and by-products that
    are in an earlier line, an input, or the output SKU."""
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
    besides: set[str] = set()
    for index, by_product in enumerate(by_products):
        id = by_product["byProductSkuId"]
        path = f"/byProducts/{index}/byProductSkuId"
        if id == output_sku_id:
            found.append(Problem(path, "is the SKU that the BOM is for"))
        elif id in besides:
            found.append(Problem(path, "is in a by-product before this one"))
        elif ("inputSkuId", id) in seen:
            found.append(Problem(path, "is an input of the BOM"))
        besides.add(id)
    return found


def share_problems(body: Mapping[str, Any], shares: Iterable[Decimal | int]) -> list[Problem]:
    """The parts of the cost that the by-products bear, and the SKU's if it is named, must be the whole."""
    others = sum(map(Decimal, shares), Decimal(0))
    if others > _WHOLE:
        return [Problem("/byProducts", "bear more than 100 percent of the cost")]
    own = body.get("costSharePercent")
    if own is not None and own + others != _WHOLE:
        return [Problem("/costSharePercent", f"must be {canonical(_WHOLE - others)}: with the by-products' it is 100")]
    return []


def find_loop(outputs: Sequence[str], inputs: Sequence[str]) -> list[str] | None:
    """The loop that lines with these input SKUs would close, as ids from one of the outputs back to it; None without
    one. The outputs are the SKU of the BOM and its by-products.

    The SKU must have no lines stored, and the caller holds the turn of the table: otherwise another edit could close
    the same loop from its other end.
    """
    if not inputs:
        return None
    org_id = current().org_id
    parameters = (list(inputs), org_id, org_id, org_id, org_id, list(outputs))
    below: list[Edge] = db.execute_sql(_BELOW, parameters).fetchall()
    if not below and not set(inputs) & set(outputs):
        return None
    return loop_through(outputs, [*((output, id) for output in outputs for id in inputs), *below])


def edges_below(inputs: Iterable[str]) -> list[Edge]:
    """What these SKUs are made of, and what that is, all the way down."""
    org_id = current().org_id
    edges: list[Edge] = db.execute_sql(_ALL_BELOW, (list(inputs), org_id, org_id, org_id, org_id)).fetchall()
    return edges


def loop_through(outputs: Sequence[str], edges: Iterable[Edge]) -> list[str] | None:
    """A loop among the edges, from one of the outputs back to it; None without one. All must lead through one."""
    assemblies: dict[str, list[str]] = {}
    for assembly, used in edges:
        assemblies.setdefault(used, []).append(assembly)
    try:
        TopologicalSorter(assemblies).prepare()
    except CycleError as error:
        loop: list[str] = error.args[1][1:]
        start = next(at for at, id in enumerate(loop) if id in outputs)
        return [*loop[start:], *loop[:start], loop[start]]
    return None
