"""The operations of the customers domain, in the order of the document."""

from collections.abc import Mapping
from typing import Any, Unpack

from pharus import bulk
from pharus.hooks import references
from pharus.listing import Listing, Order, Paging, Search, contains, either_flag, flag, name_of
from pharus.lookups import Lookups
from pharus.records import Records
from pharus.required import newly_named, require_active
from pharus.schemas import BulkImportResult, DeletedId, Lookup, LookupBulkImport, LookupCreate, LookupList, LookupUpdate
from plugins.customers import rules
from plugins.customers.records import brokers, customers, segments, types
from plugins.customers.schemas import (
    BrokerInUse,
    Customer,
    CustomerBulkImport,
    CustomerCreate,
    CustomerLookupInUse,
    CustomerPage,
    CustomerUpdate,
)

_REFERENCES: Mapping[str, Records[Any]] = {
    "customer_type_id": types.records,
    "customer_segment_id": segments.records,
    "broker_id": brokers.records,
    "parent_customer_id": customers,
}
_list = Listing(
    customers,
    Order(("sort_key", "id")),
    {
        "active": "is_active = %s",
        "type": "customer_type_id = %s",
        "segment": "customer_segment_id = %s",
        "broker": "broker_id = %s",
        "parent_customer": "parent_customer_id = %s",
        "q": Search("name ILIKE %s", "find_ids('customer', %s)"),
    },
    sorts={"name": ("sort_key", "id"), "id": ("id",), "updatedAt": ("updated_at", "id")},
    names={
        "customerTypeName": name_of("customer_type", "customer", "customer_type_id"),
        "customerSegmentName": name_of("customer_segment", "customer", "customer_segment_id"),
        "brokerName": name_of("broker", "customer", "broker_id"),
        "parentCustomerName": name_of("customer", "customer", "parent_customer_id"),
    },
)


def create_customer(body: CustomerCreate) -> Customer:
    values = customers.values_of(body)
    _require_references(values)
    return customers.insert(values)


def list_customers(
    is_active: str | None = None,
    active: str | None = None,
    type: str | None = None,
    segment: str | None = None,
    broker: str | None = None,
    parent_customer: str | None = None,
    q: str | None = None,
    **paging: Unpack[Paging],
) -> CustomerPage:
    given = {
        "active": either_flag(is_active, active),
        "type": type,
        "segment": segment,
        "broker": broker,
        "parent_customer": parent_customer,
        "q": contains(q),
    }
    return _list.page(given, **paging)


def update_customer(id: str, body: CustomerUpdate) -> Customer:
    values = customers.values_of(body)
    parent_id = values.get("parent_customer_id")
    rules.refuse_own_parent(id, parent_id)
    if _REFERENCES.keys() & values.keys():
        _require_references(newly_named(values, customers.get(id)))
    if parent_id is not None:
        rules.refuse_loop(id, parent_id)
    return customers.update(id, values)


def delete_customer(id: str) -> DeletedId:
    customers.delete(id)
    return {"deletedId": id}


def get_customer(id: str) -> Customer:
    return customers.get(id)


def bulk_import_customers(
    body: CustomerBulkImport, mode: str, dry_run: str, accept_deactivated: str = "false"
) -> BulkImportResult:
    rows = [customers.values_of(row) for row in body["rows"]]
    row_errors = bulk.duplicates(customers, rows, "qbo_id")
    row_errors += bulk.wrong_references(customers, rows, _REFERENCES, accept_deactivated)
    return bulk.import_records(customers, rows, mode=mode, dry_run=flag(dry_run) is True, row_errors=row_errors)


def create_customer_type(body: LookupCreate) -> Lookup:
    return types.create(body)


def list_customer_types() -> LookupList:
    return types.all()


def update_customer_type(id: str, body: LookupUpdate) -> Lookup:
    return types.update(id, body)


def delete_customer_type(id: str) -> DeletedId:
    return types.delete(id)


def bulk_import_customer_types(body: LookupBulkImport, mode: str, dry_run: str) -> BulkImportResult:
    return types.bulk_import(body, mode, dry_run)


def create_customer_segment(body: LookupCreate) -> Lookup:
    return segments.create(body)


def list_customer_segments() -> LookupList:
    return segments.all()


def update_customer_segment(id: str, body: LookupUpdate) -> Lookup:
    return segments.update(id, body)


def delete_customer_segment(id: str) -> DeletedId:
    return segments.delete(id)


def bulk_import_customer_segments(body: LookupBulkImport, mode: str, dry_run: str) -> BulkImportResult:
    return segments.bulk_import(body, mode, dry_run)


def create_broker(body: LookupCreate) -> Lookup:
    return brokers.create(body)


def list_brokers() -> LookupList:
    return brokers.all()


def update_broker(id: str, body: LookupUpdate) -> Lookup:
    return brokers.update(id, body)


def delete_broker(id: str) -> DeletedId:
    return brokers.delete(id)


def bulk_import_brokers(body: LookupBulkImport, mode: str, dry_run: str) -> BulkImportResult:
    return brokers.bulk_import(body, mode, dry_run)


def check_customer_type_in_use(id: str) -> CustomerLookupInUse:
    return _lookup_in_use(types, "customer_type_id", id)


def check_customer_segment_in_use(id: str) -> CustomerLookupInUse:
    return _lookup_in_use(segments, "customer_segment_id", id)


def check_broker_in_use(id: str) -> BrokerInUse:
    brokers.records.get(id)
    counts = references("broker", id)
    return {
        "inUse": any(counts.values()),
        "customerCount": counts["customerCount"],
        "soCount": counts.get("soCount", 0),
    }


def _require_references(values: Mapping[str, Any]) -> None:
    require_active(*((records, values.get(column)) for column, records in _REFERENCES.items()))


def _lookup_in_use(lookups: Lookups, column: str, id: str) -> CustomerLookupInUse:
    count, sample = lookups.usage(id, "customer", column)
    return {"inUse": count > 0, "customerCount": count, "sampleCustomerIds": sample}
