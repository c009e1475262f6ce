"""The operations of the products domain, in the order of the document."""

from decimal import Decimal
from typing import Unpack

from pharus import bulk
from pharus.deactivation import with_what_it_holds
from pharus.listing import Listing, Order, Paging, Search, contains, either_flag, flag, name_of
from pharus.schemas import BulkImportResult, DeletedId, Lookup, LookupBulkImport, LookupCreate, LookupList, LookupUpdate
from plugins.materials.rules import refuse_other_tracking, refuse_other_unit
from plugins.products.records import skus, types
from plugins.products.schemas import Sku, SkuBulkImport, SkuCreate, SkuPage, SkuTypeInUse, SkuUpdate

_list = Listing(
    skus,
    Order(("sort_key", "id")),
    {
        "active": "is_active = %s",
        "type": "sku_type_id = %s",
        "items_per_unit_min": "items_per_unit >= %s",
        "items_per_unit_max": "items_per_unit <= %s",
        # In millionths; no column has more of them than the greatest whole number.
        "oz_per_item_min": "millionths_of_oz >= least(ceil(%s::numeric * 1000000), 9223372036854775807)::bigint",
        "oz_per_item_max": "millionths_of_oz <= least(floor(%s::numeric * 1000000), 9223372036854775807)::bigint",
        "q": Search("sku_code ILIKE %s OR name ILIKE %s", "find_ids('sku', %s)"),
    },
    sorts={"skuCode": ("sort_key", "id"), "id": ("id",), "updatedAt": ("updated_at", "id")},
    names={
        "skuTypeName": name_of("sku_type", "sku", "sku_type_id"),
    },
)


def create_sku(body: SkuCreate) -> Sku:
    types.records.require([body["typeId"]])
    return skus.insert(skus.values_of(body))


def list_skus(
    is_active: str | None = None,
    active: str | None = None,
    type: str | None = None,
    items_per_unit_min: str | None = None,
    items_per_unit_max: str | None = None,
    oz_per_item_min: str | None = None,
    oz_per_item_max: str | None = None,
    q: str | None = None,
    **paging: Unpack[Paging],
) -> SkuPage:
    filters = {
        "active": either_flag(is_active, active),
        "type": type,
        "items_per_unit_min": _number(items_per_unit_min),
        "items_per_unit_max": _number(items_per_unit_max),
        "oz_per_item_min": _number(oz_per_item_min),
        "oz_per_item_max": _number(oz_per_item_max),
        "q": contains(q),
    }
    return _list.page(filters, **paging)


def update_sku(id: str, body: SkuUpdate) -> Sku:
    if "typeId" in body:
        types.records.require([body["typeId"]], kept=[skus.get(id)["skuTypeId"]])
    if "unit" in body:
        refuse_other_unit(skus, id, body["unit"])
    if "lotTracking" in body:
        refuse_other_tracking(skus, id, body["lotTracking"])
    return with_what_it_holds(skus.table, skus.update(id, skus.values_of(body)))


def delete_sku(id: str) -> DeletedId:
    skus.delete(id)
    return {"deletedId": id}


def get_sku(id: str) -> Sku:
    return skus.get(id)


def bulk_import_skus(
    body: SkuBulkImport, mode: str, dry_run: str, accept_deactivated: str = "false"
) -> BulkImportResult:
    rows = [skus.values_of(row) for row in body["rows"]]
    row_errors = [
        *bulk.wrong_references(skus, rows, {"sku_type_id": types.records}, accept_deactivated),
        *bulk.duplicates(skus, rows, "sku_code", "qbo_id"),
    ]
    return bulk.import_records(skus, rows, mode=mode, dry_run=flag(dry_run) is True, row_errors=row_errors)


def create_sku_type(body: LookupCreate) -> Lookup:
    return types.create(body)


def list_sku_types() -> LookupList:
    return types.all()


def update_sku_type(id: str, body: LookupUpdate) -> Lookup:
    return types.update(id, body)


def delete_sku_type(id: str) -> DeletedId:
    return types.delete(id)


def bulk_import_sku_types(body: LookupBulkImport, mode: str, dry_run: str) -> BulkImportResult:
    return types.bulk_import(body, mode, dry_run)


def check_sku_type_in_use(id: str) -> SkuTypeInUse:
    count, sample = types.usage(id, "sku", "sku_type_id")
    return {"inUse": count > 0, "skuCount": count, "sampleSkuIds": sample}


def _number(text: str | None) -> Decimal | None:
    """The bound of a range. As a number, not as text: a bound beyond the column's largest value is no error."""
    return None if text is None else Decimal(text)
