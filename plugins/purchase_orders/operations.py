"""The operations of the purchase orders domain, in the order of the document."""

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any, Unpack, get_args

from pharus import bulk, own_numbers
from pharus.db import current
from pharus.errors import Conflict, refuse
from pharus.fields import business_date
from pharus.files import Rendering
from pharus.listing import Listing, Order, Paging, Search, contains, flag, name_of, newest_of
from pharus.names import camel
from pharus.records import Records
from pharus.required import Named, newly_named, require_active
from pharus.schemas import BulkImportResult, DeletedId
from pharus.steps import NewOrders, StatusChange
from plugins.inventory import historic_orders
from plugins.inventory.reversal import reverse_entries
from plugins.inventory.rules import event_day
from plugins.locations.records import locations
from plugins.materials.records import materials
from plugins.products.records import skus
from plugins.purchase_orders import commitments, costs, imports, line_costs, pdf, receiving, rules
from plugins.purchase_orders.printing import printed
from plugins.purchase_orders.records import cost_changes, details, items, lines, orders, receipts
from plugins.purchase_orders.schemas import (
    PurchaseOrder,
    PurchaseOrderBulkImport,
    PurchaseOrderCostAllocationCreate,
    PurchaseOrderCostChangeDetail,
    PurchaseOrderCostChangeList,
    PurchaseOrderCostCorrectionCreate,
    PurchaseOrderCreate,
    PurchaseOrderDetail,
    PurchaseOrderItem,
    PurchaseOrderItemCreate,
    PurchaseOrderItemList,
    PurchaseOrderItemPage,
    PurchaseOrderItemUpdate,
    PurchaseOrderPage,
    PurchaseOrderReceipt,
    PurchaseOrderReceiptCreate,
    PurchaseOrderReceiptDetail,
    PurchaseOrderReceiptList,
    PurchaseOrderReceiptUpdate,
    PurchaseOrderReceived,
    PurchaseOrderStatus,
    PurchaseOrderStatusList,
    PurchaseOrderUpdate,
)
from plugins.purchase_orders.statuses import HISTORY, LIFECYCLE
from plugins.units.lines import changed_line, in_stock_units
from plugins.vendors.records import vendors

_NEWEST_FIRST = Order(("id",), descending=True)
_ITEMS: Mapping[str, Records[Any]] = {"material_id": materials, "sku_id": skus}
_REFERENCES: Mapping[str, Records[Any]] = {"vendor_id": vendors, "ship_to_location_id": locations}

_list = Listing(
    orders,
    _NEWEST_FIRST,
    {
        "status": "status = %s",
        "vendor_id": "vendor_id = %s",
        "q": Search(
            """po_number ILIKE %s OR (
                SELECT name FROM vendor WHERE vendor.org_id = purchase_order.org_id AND vendor.id = vendor_id
            ) ILIKE %s""",
            "find_ids('purchase_order', %s) || "
            + newest_of("purchase_order", "vendor_id", "SELECT unnest(find_ids('vendor', %s))"),
        ),
        "date_from": "order_date >= %s",
        "date_to": "order_date <= %s",
    },
    sorts={"id": ("id",), "orderDate": ("order_date", "id"), "updatedAt": ("updated_at", "id")},
    names={
        "vendorName": name_of("vendor", "purchase_order", "vendor_id"),
        "shipToLocationName": name_of("location", "purchase_order", "ship_to_location_id"),
    },
)
_list_lines = Listing(
    lines,
    Order(("purchase_order_id", "id"), descending=True),
    {"material_id": "material_id = %s", "sku_id": "sku_id = %s", "status": "po_status = %s"},
    sorts={"purchaseOrderId": ("purchase_order_id", "id")},
    names={
        "materialCode": name_of("material", "purchase_order_line", "material_id", "material_code"),
        "materialName": name_of("material", "purchase_order_line", "material_id"),
        "skuCode": name_of("sku", "purchase_order_line", "sku_id", "sku_code"),
        "skuName": name_of("sku", "purchase_order_line", "sku_id"),
    },
)


def create_purchase_order(body: PurchaseOrderCreate) -> PurchaseOrderDetail:
    refuse(rules.wrong_item_types(body["targetType"], body["items"]))
    values = orders.values_of(body)
    rows = in_stock_units([items.values_of(item) for item in body["items"]], price="unit_cost")
    require_active(*_named(_REFERENCES, values), *(named for row in rows for named in _named(_ITEMS, row)))
    warnings = line_costs.fill([(values, rows)])
    (made,) = _insert([(values, rows)])
    return {**made, "warnings": warnings[0]} if warnings else made


def list_purchase_orders(
    status: str | None = None,
    vendor_id: str | None = None,
    q: str | None = None,
    date_from: str | None = None,
    date_to: str | None = None,
    **paging: Unpack[Paging],
) -> PurchaseOrderPage:
    given = {
        "status": status,
        "vendor_id": vendor_id,
        "q": contains(q),
        "date_from": date_from and business_date(date_from),
        "date_to": date_to and business_date(date_to),
    }
    return _list.page(given, **paging)


def update_purchase_order(id: str, body: PurchaseOrderUpdate) -> PurchaseOrder:
    before = orders.get(id, lock=True)
    values = orders.values_of(body)
    status = values.get("status", before["status"])
    changed = newly_named(values, before)
    locked = changed.keys() & rules.LOCKED
    received = bool(locked or not LIFECYCLE[status].entered_after_receipts) and receiving.has_receipts(id)
    LIFECYCLE.refuse_step(before["status"], status, refused=rules.NOT_AFTER_RECEIPTS if received else ())
    LIFECYCLE.refuse_changes(before["status"], changed, orders.model)
    if locked and received:
        raise Conflict(f"goods of the order have arrived: {', '.join(map(camel, sorted(locked)))} cannot change")
    rules.refuse_change(before, changed)
    costs.refuse_less(before, values)
    require_active(*_named(_REFERENCES, changed))
    entered = LIFECYCLE.entering(before["status"], status, before, values.keys(), current().today)
    step = StatusChange(orders.table, before, before["status"], status)
    step.begin()
    after = orders.update(id, {**values, **entered})
    if changed.keys() & {"status", "ship_to_location_id"}:
        commitments.reconcile(after, commitments.lines_of(id))
    step.end(after)
    return after


def delete_purchase_order(id: str) -> DeletedId:
    order = orders.get(id, lock=True)
    if not order["isHistory"]:
        LIFECYCLE.refuse_ended(order["status"], "it cannot be deleted")
    line_ids = [line["id"] for line in commitments.lines_of(id)]
    reverse_entries(rules.LEDGERS[order["targetType"]], "line_id", line_ids)
    orders.delete(id)
    return {"deletedId": id}


def get_purchase_order(id: str) -> PurchaseOrderDetail:
    order, shown = details.get(id)
    return {"purchaseOrder": order, "items": shown}


def reopen_purchase_order(id: str) -> PurchaseOrder:
    return receiving.reopen(orders.get(id, lock=True))


def bulk_import_purchase_orders(body: PurchaseOrderBulkImport, mode: str, dry_run: str) -> BulkImportResult:
    rows, is_trial = body["rows"], flag(dry_run) is True
    of_history = historic_orders.historic(rows)
    drafts, refused = imports.drafts(rows)
    warnings = line_costs.fill(drafts)

    def present(good: Sequence[int]) -> list[str]:
        return [each["purchaseOrder"]["id"] for each in _insert([drafts[index] for index in good])]

    def past(good: Sequence[int]) -> list[str]:
        ids = HISTORY.ids([rows[index] for index in good])
        return imports.insert_history([drafts[index] for index in good], ids)

    result = bulk.import_rows(
        len(drafts),
        lambda good: historic_orders.insert(good, of_history, present, past),
        mode=mode,
        dry_run=is_trial,
        row_errors=imports.row_errors(
            rows, drafts, _REFERENCES, _ITEMS, before=refused, stores=not is_trial, mode=mode
        ),
        check=imports.overflow_check(drafts),
    )
    historic_orders.note(result, of_history)
    return bulk.with_warnings(result, warnings)


def add_purchase_order_item(id: str, body: PurchaseOrderItemCreate) -> PurchaseOrderItem:
    order = _open_for_lines(id)
    refuse(rules.wrong_item_types(order["targetType"], [body], ""))
    (values,) = in_stock_units([items.values_of(body)], price="unit_cost", path="")
    require_active(*_named(_ITEMS, values))
    warnings = line_costs.fill_added(order, values)
    item = items.insert({**values, "purchase_order_id": id})
    commitments.reconcile(order, commitments.lines_of(order["id"]))
    return {**item, "warnings": warnings} if warnings else item


def list_purchase_order_items(id: str) -> PurchaseOrderItemList:
    orders.get(id)
    return {"data": _items_of(id)}


def list_all_purchase_order_items(
    material_id: str | None = None, sku_id: str | None = None, status: str | None = None, **paging: Unpack[Paging]
) -> PurchaseOrderItemPage:
    given = {"material_id": material_id, "sku_id": sku_id, "status": status}
    return _list_lines.page(given, **paging)


def update_purchase_order_item(id: str, body: PurchaseOrderItemUpdate) -> PurchaseOrderItem:
    order = _open_for_lines(items.get(id)["purchaseOrderId"])
    before = items.get(id)
    refuse(rules.wrong_item_types(order["targetType"], [{**before, **body}], ""))
    values = changed_line(before, items.values_of(body), price="unit_cost")
    require_active(*_named(_ITEMS, newly_named(values, before)))
    item = items.update(id, values)
    commitments.reconcile(order, commitments.lines_of(order["id"]))
    return item


def remove_purchase_order_item(id: str) -> DeletedId:
    order = _open_for_lines(items.get(id)["purchaseOrderId"])
    items.get(id)
    if len(_items_of(order["id"])) == 1:
        raise Conflict("the last line of an order cannot be removed")
    reverse_entries(rules.LEDGERS[order["targetType"]], "line_id", [id])
    items.delete(id)
    return {"deletedId": id}


def create_purchase_order_receipt(id: str, body: PurchaseOrderReceiptCreate) -> PurchaseOrderReceived:
    return receiving.receive(orders.get(id, lock=True), body)


def list_purchase_order_receipts(id: str) -> PurchaseOrderReceiptList:
    orders.get(id)
    return {"data": receipts.of("purchase_order_id", id, order="receipt_date DESC, id DESC")}


def update_purchase_order_receipt(id: str, body: PurchaseOrderReceiptUpdate) -> PurchaseOrderReceipt:
    if "receiptDate" not in body:
        return receipts.get(id)
    day, _ = event_day(body["receiptDate"], "/receiptDate")
    return receipts.update(id, {"receipt_date": day})


def delete_purchase_order_receipt(id: str) -> DeletedId:
    order = orders.get(receipts.get(id)["purchaseOrderId"], lock=True)
    receiving.reverse_receipt(order, receipts.get(id)["id"])
    return {"deletedId": id}


def get_purchase_order_receipt(id: str) -> PurchaseOrderReceiptDetail:
    return {"receipt": receipts.get(id), "items": receiving.items_of(id)}


def create_purchase_order_cost_correction(
    id: str, body: PurchaseOrderCostCorrectionCreate
) -> PurchaseOrderCostChangeDetail:
    order = orders.get(receipts.get(id)["purchaseOrderId"], lock=True)
    return costs.correct(order, receipts.get(id)["id"], body)


def create_purchase_order_cost_allocation(
    id: str, body: PurchaseOrderCostAllocationCreate
) -> PurchaseOrderCostChangeDetail:
    return costs.allocate(orders.get(id, lock=True), body)


def list_purchase_order_cost_changes(id: str) -> PurchaseOrderCostChangeList:
    order = orders.get(id)
    changes = cost_changes.of("purchase_order_id", order["id"], order="created_at DESC, id DESC")
    return {"data": changes, "notAllocated": costs.not_allocated(order)}


def get_purchase_order_cost_change(id: str) -> PurchaseOrderCostChangeDetail:
    return costs.detail(cost_changes.get(id))


def delete_purchase_order_cost_change(id: str) -> DeletedId:
    order = orders.get(cost_changes.get(id)["purchaseOrderId"], lock=True)
    costs.reverse(order, cost_changes.get(id))
    return {"deletedId": id}


def get_purchase_order_pdf(id: str) -> Rendering:
    return pdf.rendering(printed(orders.get(id)))


def list_purchase_order_status_types() -> PurchaseOrderStatusList:
    return {"data": list(get_args(PurchaseOrderStatus))}


def _insert(drafts: Sequence[imports.Draft]) -> list[PurchaseOrderDetail]:
    """Store orders with their lines and what they hold, in a number of statements that does not grow with them."""
    today = current().today
    numbers = own_numbers.order_numbers("PO", today.year, [order.get("po_number") for order, _ in drafts])
    made = orders.insert_all(
        {**order, "po_number": number, **LIFECYCLE.entering(None, order["status"], {}, order.keys(), today)}
        for (order, _), number in zip(drafts, numbers, strict=True)
    )
    stored = iter(
        items.insert_all(
            {**line, "purchase_order_id": order["id"]}
            for order, (_, lines) in zip(made, drafts, strict=True)
            for line in lines
        )
    )
    details: list[PurchaseOrderDetail] = [
        {"purchaseOrder": order, "items": list(islice(stored, len(lines)))}
        for order, (_, lines) in zip(made, drafts, strict=True)
    ]
    step = NewOrders(orders.table, lambda: made)
    step.begin()
    commitments.reconcile_new(details)
    step.end()
    return details


def _items_of(order_id: str) -> list[PurchaseOrderItem]:
    return items.of("purchase_order_id", order_id)


def _named(columns: Mapping[str, Records[Any]], values: Mapping[str, Any]) -> list[Named]:
    return [(records, values.get(column)) for column, records in columns.items()]


def _open_for_lines(order_id: str) -> PurchaseOrder:
    """The order, locked, whose lines may change. InvalidTransition once it has ended, Conflict once goods have
    arrived."""
    order = orders.get(order_id, lock=True)
    LIFECYCLE.refuse_ended(order["status"], "its lines cannot change")
    if receiving.has_receipts(order_id):
        raise Conflict("goods of the order have arrived: its lines cannot change")
    return order
