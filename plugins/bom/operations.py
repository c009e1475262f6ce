"""The operations of the bom domain, in the order of the document."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Unpack

from pharus.db import current, db
from pharus.errors import Conflict, NotFound, Problem, refuse
from pharus.listing import DEFAULT_LIMIT, Listing, Order, Paging, Search, contains, flag
from pharus.locks import advisory_lock
from pharus.schemas import BulkImportResult, DeletedId
from plugins.bom import imports, rules, whole
from plugins.bom.records import boms, by_products, lines
from plugins.bom.schemas import Bom, BomBulkImport, BomCreate, BomLinePage, BomPage, BomReplace
from plugins.materials.records import materials
from plugins.products.records import skus
from plugins.units.lines import in_stock_units

_list = Listing(
    boms,
    Order(("sort_key", "id")),
    {"q": Search("sku_code ILIKE %s OR name ILIKE %s", "find_ids('sku', %s)")},
    sorts={"outputSkuId": ("id",)},
    names={"skuCode": "sku_code", "skuName": "name"},
)


def create_bom(body: BomCreate) -> Bom:
    output_sku_id = body["outputSkuId"]
    by_products = body.get("byProducts", [])
    refuse(rules.problems(output_sku_id, body["items"], by_products))
    refuse(rules.share_problems(body, (each["costSharePercent"] for each in by_products)))
    advisory_lock("bom_item")
    if _lines(output_sku_id):
        raise Conflict(f"the sku {output_sku_id} has a BOM already")
    return _store(output_sku_id, body, ())


def list_boms(q: str | None = None, **paging: Unpack[Paging]) -> BomPage:
    return _list.page({"q": contains(q)}, **paging)


def bulk_import_boms(
    body: BomBulkImport, mode: str, dry_run: str, accept_deactivated: str = "false"
) -> BulkImportResult:
    return imports.boms(body["rows"], accept_deactivated, mode=mode, dry_run=flag(dry_run) is True)


def list_bom_lines(cursor: str | None = None, limit: int = DEFAULT_LIMIT, expand: str | None = None) -> BomLinePage:
    page: Any = _list.page({"q": None}, cursor=cursor, limit=limit, expand="names")
    found = whole.of_skus([each["outputSkuId"] for each in page["data"]], with_names=expand is not None)
    for each in page["data"]:
        bom = found[each["outputSkuId"]]
        if expand is not None:
            bom.update(outputSkuCode=each["skuCode"], outputSkuName=each["skuName"])
    return {"data": [found[each["outputSkuId"]] for each in page["data"]], "nextCursor": page["nextCursor"]}


def replace_bom(id: str, body: BomReplace) -> Bom:
    by_products = body.get("byProducts")
    found = rules.problems(id, body["items"], by_products or ())
    if body["outputSkuId"] != id:
        found.insert(0, Problem("/outputSkuId", "must equal the id in the path"))
    if by_products is not None:
        found += rules.share_problems(body, (each["costSharePercent"] for each in by_products))
    refuse(found)
    advisory_lock("bom_item")
    kept = _take_lines(id)
    if by_products is None:
        refuse(rules.share_problems(body, kept.values()))
    return _store(id, body, [*kept])


def delete_bom(id: str) -> DeletedId:
    # Without the turn, lines that a replacement is about to store would be overlooked.
    advisory_lock("bom_item")
    _delete_all(id)
    return {"deletedId": id}


def get_sku_bom(id: str) -> Bom:
    if current().locks_reads:
        advisory_lock("bom_item")
    rows = _lines(id)
    if not rows:
        raise NotFound(f"no BOM of a sku with the id {id}")
    batch_size, yield_percent = rows[0][-2:]
    # What has no header has no by-products.
    besides = [] if batch_size is None else by_products.of("sku_id", id, order="position")
    items = lines.records_of(rows)
    return {
        "outputSkuId": items[0]["skuId"],
        "batchSize": Decimal(1) if batch_size is None else batch_size,
        "yieldPercent": Decimal(100) if yield_percent is None else yield_percent,
        "costSharePercent": Decimal(100) - sum(each["costSharePercent"] for each in besides),
        "items": items,
        "byProducts": besides,
    }


def _store(output_sku_id: str, body: BomCreate | BomReplace, kept: Sequence[str]) -> Bom:
    """Store the lines of a SKU that has none, unless they name what they must not or close a loop, and what the body
    says beside them. `kept` are the by-products that the SKU has, where the body names none."""
    items, inputs = body["items"], rules.input_skus(body["items"])
    besides = [each["byProductSkuId"] for each in body.get("byProducts", ())]
    skus.require([output_sku_id, *inputs, *besides])
    materials.require(rules.materials(items))
    loop = rules.find_loop([output_sku_id, *(besides if "byProducts" in body else kept)], inputs)
    if loop is not None:
        found = skus.require(loop, active=False)
        raise Conflict("the BOM would close a loop", details={"path": [found[id]["skuCode"] for id in loop]})
    lines.insert_many(
        {**line, "sku_id": output_sku_id, "position": position}
        for position, line in enumerate(in_stock_units([lines.values_of(item) for item in items]))
    )
    _store_header(output_sku_id, body)
    return get_sku_bom(output_sku_id)


def _store_header(output_sku_id: str, body: BomCreate | BomReplace) -> None:
    batch_size, yield_percent = body.get("batchSize"), body.get("yieldPercent")
    if batch_size is not None or yield_percent is not None or body.get("byProducts"):
        db.defer(
            """
            INSERT INTO bom_header AS header (org_id, id, batch_size, yield_percent)
            VALUES (%s, %s, coalesce(%s, 1), coalesce(%s, 100))
            ON CONFLICT (org_id, id) DO UPDATE SET batch_size = coalesce(%s, header.batch_size),
                yield_percent = coalesce(%s, header.yield_percent)
            """,
            (current().org_id, output_sku_id, batch_size, yield_percent, batch_size, yield_percent),
        )
    if "byProducts" in body:
        db.defer("DELETE FROM bom_by_product WHERE org_id = %s AND sku_id = %s", (current().org_id, output_sku_id))
        by_products.insert_many(
            {**by_products.values_of(each), "sku_id": output_sku_id, "position": position}
            for position, each in enumerate(body["byProducts"])
        )


def _lines(output_sku_id: str) -> Sequence[Sequence[Any]]:
    """The lines, as `lines` reads them, and behind each what the header says, NULL without one."""
    return db.prepared(
        f"""
        SELECT {lines.selected_as("line")}, header.batch_size, header.yield_percent
        FROM bom_item AS line LEFT JOIN bom_header AS header ON header.org_id = line.org_id AND header.id = line.sku_id
        WHERE line.org_id = %s AND line.sku_id = %s ORDER BY line.position
        """,
        (current().org_id, output_sku_id),
    )


def _take_lines(output_sku_id: str) -> dict[str, Decimal]:
    """Delete the lines, and say which by-products there are, with their parts of the cost. NotFound without lines."""
    deleted, besides, shares = db.row(
        """
        WITH gone AS (DELETE FROM bom_item WHERE org_id = %s AND sku_id = %s RETURNING id)
        SELECT (SELECT count(*) FROM gone), coalesce(array_agg(by_product_sku_id::text), '{}'),
            coalesce(array_agg(cost_share_percent), '{}')
        FROM bom_by_product WHERE org_id = %s AND sku_id = %s
        """,
        (current().org_id, output_sku_id) * 2,
    )
    if deleted == 0:
        raise NotFound(f"no BOM of a sku with the id {output_sku_id}")
    return dict(zip(besides, shares, strict=True))


def _delete_all(output_sku_id: str) -> None:
    """NotFound when there is no BOM."""
    deleted = db.execute_sql(
        """
        WITH header AS (DELETE FROM bom_header WHERE org_id = %s AND id = %s),
            besides AS (DELETE FROM bom_by_product WHERE org_id = %s AND sku_id = %s)
        DELETE FROM bom_item WHERE org_id = %s AND sku_id = %s
        """,
        (current().org_id, output_sku_id) * 3,
    )
    if deleted.rowcount == 0:
        raise NotFound(f"no BOM of a sku with the id {output_sku_id}")
