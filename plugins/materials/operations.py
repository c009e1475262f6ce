"""The operations of the materials domain, in the order of the document."""

from typing import Unpack

from pharus import bulk
from pharus.deactivation import with_what_it_holds
from pharus.listing import Listing, Order, Paging, Search, contains, either_flag, flag, name_of
from pharus.schemas import BulkImportResult, DeletedId, Lookup, LookupBulkImport, LookupCreate, LookupList, LookupUpdate
from plugins.materials.records import materials, types
from plugins.materials.rules import refuse_other_tracking, refuse_other_unit
from plugins.materials.schemas import (
    Material,
    MaterialBulkImport,
    MaterialCreate,
    MaterialPage,
    MaterialTypeInUse,
    MaterialUpdate,
)

_list = Listing(
    materials,
    Order(("sort_key", "id")),
    {
        "active": "is_active = %s",
        "type": "material_type_id = %s",
        "q": Search("material_code ILIKE %s OR name ILIKE %s", "find_ids('material', %s)"),
    },
    sorts={"materialCode": ("sort_key", "id"), "id": ("id",), "updatedAt": ("updated_at", "id")},
    names={
        "materialTypeName": name_of("material_type", "material", "material_type_id"),
    },
)


def create_material(body: MaterialCreate) -> Material:
    types.records.require([body["typeId"]])
    return materials.insert(materials.values_of(body))


def list_materials(
    is_active: str | None = None,
    active: str | None = None,
    type: str | None = None,
    q: str | None = None,
    **paging: Unpack[Paging],
) -> MaterialPage:
    return _list.page({"active": either_flag(is_active, active), "type": type, "q": contains(q)}, **paging)


def update_material(id: str, body: MaterialUpdate) -> Material:
    if "typeId" in body:
        types.records.require([body["typeId"]], kept=[materials.get(id)["materialTypeId"]])
    if "unit" in body:
        refuse_other_unit(materials, id, body["unit"])
    if "lotTracking" in body:
        refuse_other_tracking(materials, id, body["lotTracking"])
    return with_what_it_holds(materials.table, materials.update(id, materials.values_of(body)))


def delete_material(id: str) -> DeletedId:
    materials.delete(id)
    return {"deletedId": id}


def get_material(id: str) -> Material:
    return materials.get(id)


def bulk_import_materials(
    body: MaterialBulkImport, mode: str, dry_run: str, accept_deactivated: str = "false"
) -> BulkImportResult:
    rows = [materials.values_of(row) for row in body["rows"]]
    row_errors = [
        *bulk.wrong_references(materials, rows, {"material_type_id": types.records}, accept_deactivated),
        *bulk.duplicates(materials, rows, "material_code"),
    ]
    return bulk.import_records(materials, rows, mode=mode, dry_run=flag(dry_run) is True, row_errors=row_errors)


def create_material_type(body: LookupCreate) -> Lookup:
    return types.create(body)


def list_material_types() -> LookupList:
    return types.all()


def update_material_type(id: str, body: LookupUpdate) -> Lookup:
    return types.update(id, body)


def delete_material_type(id: str) -> DeletedId:
    return types.delete(id)


def bulk_import_material_types(body: LookupBulkImport, mode: str, dry_run: str) -> BulkImportResult:
    return types.bulk_import(body, mode, dry_run)


def check_material_type_in_use(id: str) -> MaterialTypeInUse:
    count, sample = types.usage(id, "material", "material_type_id")
    return {"inUse": count > 0, "materialCount": count, "sampleMaterialIds": sample}
