"""The operations of the customers domain, in the order of the document."""

from collections.abc import Mapping
from typing import Any

from pharus import bulk
from pharus.hooks import references
from pharus.listing import DEFAULT_LIMIT, Listing, Order, contains, flag
from pharus.lookups import Lookups
from pharus.records import Records
from pharus.required import require_active
from pharus.schemas import BulkImportResult, DeletedId, Lookup, LookupCreate, LookupList, LookupUpdate
from plugins.customers import models, rules
from plugins.customers.schemas import (
    BrokerInUse,
    Customer,
    CustomerBulkImport,
    CustomerCreate,
    CustomerLookupInUse,
    CustomerPage,
    CustomerUpdate,
)

_types = Lookups(models.CustomerType)
_segments = Lookups(models.CustomerSegment)
_brokers = Lookups(models.Broker)
_customers = Records(
    models.Customer,
    Customer,
    requested={"typeId": "customerTypeId", "segmentId": "customerSegmentId", "parentId": "parentCustomerId"},
)
_REFERENCES: Mapping[str, Records[Any]] = {
    "customer_type_id": _types.records,
    "customer_segment_id": _segments.records,
    "broker_id": _brokers.records,
    "parent_customer_id": _customers,
}
_list = Listing(
    _customers,
    Order(('lower(name) COLLATE "C"', "id")),
    {
        "active": "is_active = %s",
        "type": "customer_type_id = %s",
        "segment": "customer_segment_id = %s",
        "broker": "broker_id = %s",
        "parent_customer": "parent_customer_id = %s",
        "q": "name ILIKE %s",
    },
)


def create_customer(body: CustomerCreate) -> Customer:
    values = _customers.values_of(body)
    _require_references(values)
    return _customers.insert(values)


def list_customers(
    active: str | None = None,
    type: str | None = None,
    segment: str | None = None,
    broker: str | None = None,
    parent_customer: str | None = None,
    q: str | None = None,
    cursor: str | None = None,
    limit: int = DEFAULT_LIMIT,
) -> CustomerPage:
    given = {
        "active": flag(active),
        "type": type,
        "segment": segment,
        "broker": broker,
        "parent_customer": parent_customer,
        "q": contains(q),
    }
    return _list.page(given, cursor=cursor, limit=limit)


def update_customer(id: str, body: CustomerUpdate) -> Customer:
    values = _customers.values_of(body)
    parent_id = values.get("parent_customer_id")
    rules.refuse_own_parent(id, parent_id)
    if _REFERENCES.keys() & values.keys():
        _require_references(rules.newly_named(values, _customers.get(id)))
    if parent_id is not None:
        rules.refuse_loop(id, parent_id)
    return _customers.update(id, values)


def delete_customer(id: str) -> DeletedId:
    _customers.delete(id)
    return {"deletedId": id}


def get_customer(id: str) -> Customer:
    return _customers.get(id)


def bulk_import_customers(body: CustomerBulkImport, mode: str, dry_run: str) -> BulkImportResult:
    rows = [_customers.values_of(row) for row in body["rows"]]
    faults = bulk.duplicates(_customers, rows, "qbo_id")
    for column, target in _REFERENCES.items():
        faults += bulk.unknown_references(_customers, rows, column, target)
    return bulk.import_records(_customers, rows, mode=mode, dry_run=flag(dry_run) is True, faults=faults)


def create_customer_type(body: LookupCreate) -> Lookup:
    return _types.create(body)


def list_customer_types() -> LookupList:
    return _types.all()


def update_customer_type(id: str, body: LookupUpdate) -> Lookup:
    return _types.update(id, body)


def delete_customer_type(id: str) -> DeletedId:
    return _types.delete(id)


def create_customer_segment(body: LookupCreate) -> Lookup:
    return _segments.create(body)


def list_customer_segments() -> LookupList:
    return _segments.all()


def update_customer_segment(id: str, body: LookupUpdate) -> Lookup:
    return _segments.update(id, body)


def delete_customer_segment(id: str) -> DeletedId:
    return _segments.delete(id)


def create_broker(body: LookupCreate) -> Lookup:
    return _brokers.create(body)


def list_brokers() -> LookupList:
    return _brokers.all()


def update_broker(id: str, body: LookupUpdate) -> Lookup:
    return _brokers.update(id, body)


def delete_broker(id: str) -> DeletedId:
    return _brokers.delete(id)


def check_customer_type_in_use(id: str) -> CustomerLookupInUse:
    return _lookup_in_use(_types, "customer_type_id", id)


def check_customer_segment_in_use(id: str) -> CustomerLookupInUse:
    return _lookup_in_use(_segments, "customer_segment_id", id)


def check_broker_in_use(id: str) -> BrokerInUse:
    _brokers.records.get(id)
    counts = references("broker", id)
    return {
        "inUse": any(counts.values()),
        "customerCount": counts["customerCount"],
        "soCount": counts.get("soCount", 0),
    }


def _require_references(values: Mapping[str, Any]) -> None:
    require_active(*((records, values.get(column)) for column, records in _REFERENCES.items()))


def _lookup_in_use(lookups: Lookups, column: str, id: str) -> CustomerLookupInUse:
    lookups.records.get(id)
    counts = references(lookups.records.table, id)
    return {
        "inUse": any(counts.values()),
        "customerCount": counts["customerCount"],
        "sampleCustomerIds": rules.sample_ids(column, id),
    }
