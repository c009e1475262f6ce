"""The operations of the bom domain, in the order of the document."""

from collections.abc import Sequence
from typing import Unpack

from pharus.db import current, db
from pharus.errors import Conflict, NotFound, Problem, refuse
from pharus.listing import Listing, Order, Paging, Search, contains
from pharus.locks import advisory_lock
from pharus.schemas import DeletedId
from plugins.bom import rules
from plugins.bom.records import boms, lines
from plugins.bom.schemas import Bom, BomCreate, BomItem, BomItemInput, BomPage, BomReplace
from plugins.materials.records import materials
from plugins.products.records import skus

_list = Listing(
    boms,
    Order(("sort_key", "id")),
    {"q": Search("sku_code ILIKE %s OR name ILIKE %s", "find_ids('sku', %s)")},
    sorts={"outputSkuId": ("id",)},
    names={"skuCode": "sku_code", "skuName": "name"},
)


def create_bom(body: BomCreate) -> Bom:
    output_sku_id, items = body["outputSkuId"], body["items"]
    refuse(rules.problems(output_sku_id, items))
    advisory_lock("bom_item")
    if _lines(output_sku_id):
        raise Conflict(f"the sku {output_sku_id} has a BOM already")
    return _store(output_sku_id, items)


def list_boms(q: str | None = None, **paging: Unpack[Paging]) -> BomPage:
    return _list.page({"q": contains(q)}, **paging)


def replace_bom(id: str, body: BomReplace) -> Bom:
    items = body["items"]
    found = rules.problems(id, items)
    if body["outputSkuId"] != id:
        found.insert(0, Problem("/outputSkuId", "must equal the id in the path"))
    refuse(found)
    advisory_lock("bom_item")
    _delete_lines(id)
    return _store(id, items)


def delete_bom(id: str) -> DeletedId:
    # Without the turn, lines that a replacement is about to store would be overlooked.
    advisory_lock("bom_item")
    _delete_lines(id)
    return {"deletedId": id}


def get_sku_bom(id: str) -> Bom:
    if current().locks_reads:
        advisory_lock("bom_item")
    found = _lines(id)
    if not found:
        raise NotFound(f"no BOM of a sku with the id {id}")
    return {"outputSkuId": found[0]["skuId"], "items": found}


def _store(output_sku_id: str, items: Sequence[BomItemInput]) -> Bom:
    """Store the lines of a SKU that has none, unless they name what they must not or close a loop."""
    inputs = rules.input_skus(items)
    skus.require([output_sku_id, *inputs])
    materials.require(rules.materials(items))
    loop = rules.find_loop(output_sku_id, inputs)
    if loop is not None:
        found = skus.require(loop, active=False)
        raise Conflict("the BOM would close a loop", details={"path": [found[id]["skuCode"] for id in loop]})
    lines.insert_many(
        {**lines.values_of(item), "sku_id": output_sku_id, "position": position} for position, item in enumerate(items)
    )
    return get_sku_bom(output_sku_id)


def _lines(output_sku_id: str) -> list[BomItem]:
    return lines.of("sku_id", output_sku_id, order="position")


def _delete_lines(output_sku_id: str) -> None:
    """NotFound when there are none."""
    deleted = db.execute_sql(
        "DELETE FROM bom_item WHERE org_id = %s AND sku_id = %s", (current().org_id, output_sku_id)
    )
    if deleted.rowcount == 0:
        raise NotFound(f"no BOM of a sku with the id {output_sku_id}")
