"""The operations of the manufacturing domain, in the order of the document: two kinds, done by the same functions."""

from typing import Any, TypeVar, Unpack, cast, get_args

from pharus.fields import business_date
from pharus.files import Rendering
from pharus.listing import Listing, Order, Paging, Search, contains, flag, name_of, newest_of
from pharus.pdf import printed
from pharus.records import Records
from pharus.schemas import BulkImportResult, DeletedId
from plugins.manufacturing import imports, orders, printing, receiving, records, schemas
from plugins.manufacturing.commitments import OrderSnapshot
from plugins.manufacturing.order_kinds import PRODUCTION, WORK

T = TypeVar("T")


def _listing(records: Records[T], location_name: str) -> Listing[T]:
    table = records.table
    named = "SELECT id FROM location WHERE name ILIKE %s"
    return Listing(
        records,
        Order(("id",), descending=True),
        {
            "status": "status = %s",
            # An organization has few locations: all of them are read.
            "q": Search(
                f"number ILIKE %s OR location_id IN ({named})",
                f"find_ids('{table}', %s) || {newest_of(table, 'location_id', named)}",
            ),
            "location_id": "location_id = %s",
            "date_from": "order_date >= %s",
            "date_to": "order_date <= %s",
        },
        sorts={"id": ("id",), "orderDate": ("order_date", "id"), "updatedAt": ("updated_at", "id")},
        names={location_name: name_of("location", table, "location_id")},
    )


_work_orders = _listing(records.work_orders, "workSiteName")
_production_orders = _listing(records.production_orders, "locationName")


# Work orders


def create_work_order(body: schemas.WorkOrderCreate) -> schemas.WorkOrderDetail:
    return _work_detail(orders.create(WORK, body))


def list_work_orders(
    status: str | None = None,
    q: str | None = None,
    work_site_location_id: str | None = None,
    date_from: str | None = None,
    date_to: str | None = None,
    **paging: Unpack[Paging],
) -> schemas.WorkOrderPage:
    return _work_orders.page(_given(status, q, work_site_location_id, date_from, date_to), **paging)


def update_work_order(id: str, body: schemas.WorkOrderUpdate) -> schemas.WorkOrder:
    return cast(schemas.WorkOrder, orders.update(WORK, id, body))


def delete_work_order(id: str) -> DeletedId:
    orders.delete(WORK, id)
    return {"deletedId": id}


def get_work_order(id: str) -> schemas.WorkOrderDetail:
    return _work_detail(orders.get(WORK, id))


def reopen_work_order(id: str) -> schemas.WorkOrder:
    return cast(schemas.WorkOrder, orders.reopen(WORK, id))


def get_work_order_pdf(id: str) -> Rendering:
    return printed.rendering(printing.sheet(orders.get(WORK, id)))


def bulk_import_work_orders(body: schemas.WorkOrderBulkImport, mode: str, dry_run: str) -> BulkImportResult:
    return imports.bulk_import(WORK, body["rows"], mode=mode, dry_run=flag(dry_run) is True)


def add_work_order_item(id: str, body: schemas.WorkOrderItemCreate) -> schemas.WorkOrderItemDetail:
    return _work_item_detail(orders.add_item(WORK, id, body))


def update_work_order_item(id: str, body: schemas.WorkOrderItemUpdate) -> schemas.WorkOrderItemDetail:
    return _work_item_detail(orders.update_item(WORK, id, body))


def remove_work_order_item(id: str) -> DeletedId:
    orders.remove_item(WORK, id)
    return {"deletedId": id}


def create_work_order_receipt(id: str, body: schemas.WorkOrderReceiptCreate) -> schemas.WorkOrderReceived:
    order, receipt, contents = receiving.receive(WORK, id, body)
    return {
        "workOrder": order,
        "receipt": receipt,
        "receiptItems": contents.items,
        "usages": contents.usages,
        "byProducts": contents.by_products,
    }


def list_work_order_receipts(id: str) -> schemas.WorkOrderReceiptList:
    return {"data": orders.receipts_of(WORK, id)}


def update_work_order_receipt(id: str, body: schemas.WorkOrderReceiptUpdate) -> schemas.WorkOrderReceipt:
    return cast(schemas.WorkOrderReceipt, orders.update_receipt(WORK, id, body))


def delete_work_order_receipt(id: str) -> DeletedId:
    orders.delete_receipt(WORK, id)
    return {"deletedId": id}


def get_work_order_receipt(id: str) -> schemas.WorkOrderReceiptDetail:
    receipt = WORK.receipts.get(id)
    contents = receiving.contents_of(WORK, id)
    return {
        "receipt": receipt,
        "items": contents.items,
        "usages": contents.usages,
        "byProducts": contents.by_products,
    }


def list_work_order_status_types() -> schemas.WorkOrderStatusList:
    return {"data": list(get_args(schemas.WorkOrderStatus))}


# Production orders


def create_production_order(body: schemas.ProductionOrderCreate) -> schemas.ProductionOrderDetail:
    return _production_detail(orders.create(PRODUCTION, body))


def list_production_orders(
    status: str | None = None,
    q: str | None = None,
    location_id: str | None = None,
    date_from: str | None = None,
    date_to: str | None = None,
    **paging: Unpack[Paging],
) -> schemas.ProductionOrderPage:
    return _production_orders.page(_given(status, q, location_id, date_from, date_to), **paging)


def update_production_order(id: str, body: schemas.ProductionOrderUpdate) -> schemas.ProductionOrder:
    return cast(schemas.ProductionOrder, orders.update(PRODUCTION, id, body))


def delete_production_order(id: str) -> DeletedId:
    orders.delete(PRODUCTION, id)
    return {"deletedId": id}


def get_production_order(id: str) -> schemas.ProductionOrderDetail:
    return _production_detail(orders.get(PRODUCTION, id))


def reopen_production_order(id: str) -> schemas.ProductionOrder:
    return cast(schemas.ProductionOrder, orders.reopen(PRODUCTION, id))


def get_production_order_pdf(id: str) -> Rendering:
    return printed.rendering(printing.sheet(orders.get(PRODUCTION, id)))


def bulk_import_production_orders(body: schemas.ProductionOrderBulkImport, mode: str, dry_run: str) -> BulkImportResult:
    return imports.bulk_import(PRODUCTION, body["rows"], mode=mode, dry_run=flag(dry_run) is True)


def add_production_order_item(id: str, body: schemas.ProductionOrderItemCreate) -> schemas.ProductionOrderItemDetail:
    return _production_item_detail(orders.add_item(PRODUCTION, id, body))


def update_production_order_item(id: str, body: schemas.ProductionOrderItemUpdate) -> schemas.ProductionOrderItemDetail:
    return _production_item_detail(orders.update_item(PRODUCTION, id, body))


def remove_production_order_item(id: str) -> DeletedId:
    orders.remove_item(PRODUCTION, id)
    return {"deletedId": id}


def create_production_order_receipt(
    id: str, body: schemas.ProductionOrderReceiptCreate
) -> schemas.ProductionOrderReceived:
    order, receipt, contents = receiving.receive(PRODUCTION, id, body)
    return {
        "productionOrder": order,
        "receipt": receipt,
        "receiptItems": contents.items,
        "usages": contents.usages,
        "byProducts": contents.by_products,
    }


def list_production_order_receipts(id: str) -> schemas.ProductionOrderReceiptList:
    return {"data": orders.receipts_of(PRODUCTION, id)}


def update_production_order_receipt(
    id: str, body: schemas.ProductionOrderReceiptUpdate
) -> schemas.ProductionOrderReceipt:
    return cast(schemas.ProductionOrderReceipt, orders.update_receipt(PRODUCTION, id, body))


def delete_production_order_receipt(id: str) -> DeletedId:
    orders.delete_receipt(PRODUCTION, id)
    return {"deletedId": id}


def get_production_order_receipt(id: str) -> schemas.ProductionOrderReceiptDetail:
    receipt = PRODUCTION.receipts.get(id)
    contents = receiving.contents_of(PRODUCTION, id)
    return {
        "receipt": receipt,
        "items": contents.items,
        "usages": contents.usages,
        "byProducts": contents.by_products,
    }


def list_production_order_status_types() -> schemas.ProductionOrderStatusList:
    return {"data": list(get_args(schemas.ProductionOrderStatus))}


def _work_detail(snapshot: OrderSnapshot) -> schemas.WorkOrderDetail:
    return cast(schemas.WorkOrderDetail, {"workOrder": snapshot.order, **_lines(snapshot)})


def _production_detail(snapshot: OrderSnapshot) -> schemas.ProductionOrderDetail:
    return cast(schemas.ProductionOrderDetail, {"productionOrder": snapshot.order, **_lines(snapshot)})


def _lines(snapshot: OrderSnapshot) -> dict[str, Any]:
    return {"items": snapshot.lines, "inputs": snapshot.inputs, "byProducts": snapshot.by_products}


def _work_item_detail(snapshot: OrderSnapshot) -> schemas.WorkOrderItemDetail:
    return cast(schemas.WorkOrderItemDetail, _one_line(snapshot))


def _production_item_detail(snapshot: OrderSnapshot) -> schemas.ProductionOrderItemDetail:
    return cast(schemas.ProductionOrderItemDetail, _one_line(snapshot))


def _one_line(snapshot: OrderSnapshot) -> dict[str, Any]:
    (item,) = snapshot.lines
    return {"item": item, "inputs": snapshot.inputs, "byProducts": snapshot.by_products}


def _given(
    status: str | None, q: str | None, location_id: str | None, date_from: str | None, date_to: str | None
) -> dict[str, Any]:
    return {
        "status": status,
        "q": contains(q),
        "location_id": location_id,
        "date_from": date_from and business_date(date_from),
        "date_to": date_to and business_date(date_to),
    }
