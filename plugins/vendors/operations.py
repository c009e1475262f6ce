"""The operations of the vendors domain, in the order of the document."""

from typing import Unpack

from pharus import bulk
from pharus.listing import Listing, Order, Paging, Search, contains, either_flag, flag
from pharus.schemas import BulkImportResult, DeletedId
from plugins.vendors.records import vendors
from plugins.vendors.schemas import Vendor, VendorBulkImport, VendorCreate, VendorPage, VendorUpdate

_list = Listing(
    vendors,
    Order(("sort_key", "id")),
    {"is_active": "is_active = %s", "q": Search("name ILIKE %s", "find_ids('vendor', %s)")},
    sorts={"name": ("sort_key", "id"), "id": ("id",), "updatedAt": ("updated_at", "id")},
)


def create_vendor(body: VendorCreate) -> Vendor:
    return vendors.insert(vendors.values_of(body))


def list_vendors(
    is_active: str | None = None, active: str | None = None, q: str | None = None, **paging: Unpack[Paging]
) -> VendorPage:
    return _list.page({"is_active": either_flag(is_active, active), "q": contains(q)}, **paging)


def update_vendor(id: str, body: VendorUpdate) -> Vendor:
    return vendors.update(id, vendors.values_of(body))


def delete_vendor(id: str) -> DeletedId:
    vendors.delete(id)
    return {"deletedId": id}


def get_vendor(id: str) -> Vendor:
    return vendors.get(id)


def bulk_import_vendors(body: VendorBulkImport, mode: str, dry_run: str) -> BulkImportResult:
    rows = [vendors.values_of(row) for row in body["rows"]]
    row_errors = bulk.duplicates(vendors, rows, "qbo_id")
    return bulk.import_records(vendors, rows, mode=mode, dry_run=flag(dry_run) is True, row_errors=row_errors)
