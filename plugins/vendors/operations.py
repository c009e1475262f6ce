"""The operations of the vendors domain, in the order of the document."""

from pharus import bulk
from pharus.listing import DEFAULT_LIMIT, Listing, Order, Search, contains, flag
from pharus.schemas import BulkImportResult, DeletedId
from plugins.vendors.records import vendors
from plugins.vendors.schemas import Vendor, VendorBulkImport, VendorCreate, VendorPage, VendorUpdate

_list = Listing(
    vendors,
    Order(("sort_key", "id")),
    {"is_active": "is_active = %s", "q": Search("name ILIKE %s", "find_ids('vendor', %s)")},
)


def create_vendor(body: VendorCreate) -> Vendor:
    return vendors.insert(vendors.values_of(body))


def list_vendors(
    is_active: str | None = None, q: str | None = None, cursor: str | None = None, limit: int = DEFAULT_LIMIT
) -> VendorPage:
    return _list.page({"is_active": flag(is_active), "q": contains(q)}, cursor=cursor, limit=limit)


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
