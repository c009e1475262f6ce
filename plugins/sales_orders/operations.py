"""The operations of the sales orders domain, in the order of the document."""

from collections.abc import Mapping, Sequence
from typing import Any, Unpack, get_args

from pharus import bulk
from pharus.db import current
from pharus.errors import Conflict, refuse
from pharus.fields import business_date
from pharus.files import Rendering
from pharus.hooks import references
from pharus.listing import Listing, Order, Paging, Search, contains, flag, name_of, newest_of
from pharus.pdf import printed
from pharus.records import Records
from pharus.required import newly_named, require_active
from pharus.schemas import BulkImportResult, DeletedId, Lookup, LookupBulkImport, LookupCreate, LookupList, LookupUpdate
from pharus.steps import StatusChange
from plugins.customers.records import brokers, customers
from plugins.inventory import historic_orders, order_rules
from plugins.locations.records import locations
from plugins.products.records import skus
from plugins.sales_orders import commitments, drafts, fees, imports, line_prices, printing, returning, rules, shipping
from plugins.sales_orders.records import (
    StoredLine,
    StoredSalesOrder,
    channels,
    items,
    notes,
    orders,
    return_items,
    returns,
    shown,
    stored_orders,
)
from plugins.sales_orders.schemas import (
    FulfillmentStatus,
    FulfillmentStatusList,
    OrderChannelInUse,
    SalesOrder,
    SalesOrderBulkImport,
    SalesOrderCreate,
    SalesOrderDetail,
    SalesOrderItem,
    SalesOrderItemCreate,
    SalesOrderItemList,
    SalesOrderItemUpdate,
    SalesOrderPage,
    SalesOrderReturnCreate,
    SalesOrderReturnDetail,
    SalesOrderReturnList,
    SalesOrderShipment,
    SalesOrderShipmentCreate,
    SalesOrderShipmentDetail,
    SalesOrderShipmentList,
    SalesOrderShipmentUpdate,
    SalesOrderShipped,
    SalesOrderStatus,
    SalesOrderStatusList,
    SalesOrderUpdate,
    TimelineNote,
    TimelineNoteCreate,
    TimelineNotePage,
)
from plugins.sales_orders.statuses import HISTORY, LIFECYCLE
from plugins.units.lines import changed_line, in_stock_units

_NEWEST_FIRST = Order(("id",), descending=True)
_REFERENCES: Mapping[str, Records[Any]] = {
    "customer_id": customers,
    "order_channel_id": channels.records,
    "fulfillment_location_id": locations,
    "broker_id": brokers.records,
}
# What changes what the lines hold in the ledger.
_COMMITTING = frozenset({"order_status", "fulfillment_location_id"})

_list = Listing(
    orders,
    _NEWEST_FIRST,
    {
        "status": "order_status = %s",
        "customer_id": "customer_id = %s",
        "q": Search(
            """so_number ILIKE %s OR (
                SELECT name FROM customer WHERE customer.org_id = sales_order.org_id AND customer.id = customer_id
            ) ILIKE %s""",
            "find_ids('sales_order', %s) || "
            + newest_of("sales_order", "customer_id", "SELECT unnest(find_ids('customer', %s))"),
        ),
        "date_from": "placed_at >= %s",
        "date_to": "placed_at <= %s",
    },
    sorts={"id": ("id",), "orderDate": ("placed_at", "id"), "updatedAt": ("updated_at", "id")},
    names={
        "customerName": name_of("customer", "sales_order", "customer_id"),
        "orderChannelName": name_of("order_channel", "sales_order", "order_channel_id"),
        "fulfillmentLocationName": name_of("location", "sales_order", "fulfillment_location_id"),
        "brokerName": name_of("broker", "sales_order", "broker_id"),
    },
)
_list_notes = Listing(
    notes,
    _NEWEST_FIRST,
    {"order": "sales_order_id = %s"},
    sorts={"id": ("id",), "createdAt": ("created_at", "id")},
)


def create_sales_order(body: SalesOrderCreate) -> SalesOrderDetail:
    refuse(order_rules.repeated_skus(body["items"]))
    rows = in_stock_units([items.values_of(item) for item in body["items"]], price="unit_price", whole=True)
    (draft,) = drafts.draft([body], [rows])
    _require_references(draft.order)
    skus.require([item["sku_id"] for item in draft.items])
    if refused := rules.missing_location(draft.effective_status, draft.location_id) or rules.too_large(
        draft.order["broker_fees"]
    ):
        raise refused
    (order_id,) = drafts.store([draft])
    made = get_sales_order(order_id)
    return {**made, "warnings": list(draft.warnings)} if draft.warnings else made


def list_sales_orders(
    status: str | None = None,
    customer_id: str | None = None,
    q: str | None = None,
    date_from: str | None = None,
    date_to: str | None = None,
    **paging: Unpack[Paging],
) -> SalesOrderPage:
    given = {
        "status": status,
        "customer_id": customer_id,
        "q": contains(q),
        "date_from": date_from and business_date(date_from),
        "date_to": date_to and business_date(date_to),
    }
    return _list.page(given, **paging)


def update_sales_order(id: str, body: SalesOrderUpdate) -> SalesOrder:
    before = stored_orders.get(id, lock=True)
    values = orders.values_of(body)
    values |= fees.defaults(before, values)
    status = values.get("order_status", before["orderStatus"])
    rules.refuse_step(before, status)
    changed = newly_named(values, before)
    rules.refuse_changes(before, changed)
    if "fulfillment_location_id" in changed:
        rules.refuse_locked(before, "the fulfillment location")
    _require_references(changed)
    disputed_from: str | None = before["disputedFrom"]
    if "order_status" in changed:
        disputed_from = rules.came_from(before["orderStatus"], status)
        values["disputed_from"] = disputed_from
        values |= LIFECYCLE.entering(before["orderStatus"], status, before, values.keys(), current().today)
        if "ended_from" in values:
            values["ended_from"] = rules.effective_status_of(before)
    effective_status = rules.effective_status(status, disputed_from)
    if refused := rules.missing_location(
        effective_status,
        values.get("fulfillment_location_id", before["fulfillmentLocationId"]),
        is_history=before["isHistory"],
    ):
        raise refused
    values |= fees.changes(before, values, effective_status)
    step = StatusChange(orders.table, shown(before), before["orderStatus"], status)
    step.begin()
    after = orders.update(id, values)
    if changed.keys() & _COMMITTING:
        lines = commitments.lines_of(id)
        if not LIFECYCLE[effective_status].holds_shipments:
            rules.refuse_rejection(lines)
        commitments.reconcile(after, effective_status, lines)
    step.end(after)
    return after


def delete_sales_order(id: str) -> DeletedId:
    rules.refuse_deletion(stored_orders.get(id, lock=True))
    commitments.release([line["id"] for line in commitments.lines_of(id)])
    orders.delete(id)
    return {"deletedId": id}


def get_sales_order(id: str) -> SalesOrderDetail:
    order = stored_orders.get(id)
    return {"salesOrder": shown(order), "items": _shown_lines(order)}


def reopen_sales_order(id: str) -> SalesOrder:
    before = stored_orders.get(id, lock=True)
    historic_orders.refuse(before, "it is not opened again")
    status = LIFECYCLE.before_end(before["orderStatus"], before, before)
    if refused := rules.missing_location(status, before["fulfillmentLocationId"]):
        raise refused
    entered = LIFECYCLE.entering(before["orderStatus"], status, before, (), current().today)
    step = StatusChange(orders.table, shown(before), before["orderStatus"], status)
    step.begin()
    after = orders.update(id, {"order_status": status, **entered})
    commitments.reconcile(after, status, commitments.lines_of(id))
    step.end(after)
    return after


def get_sales_order_confirmation_pdf(id: str) -> Rendering:
    return printed.rendering(printing.confirmation(stored_orders.get(id)))


def bulk_import_sales_orders(body: SalesOrderBulkImport, mode: str, dry_run: str) -> BulkImportResult:
    rows, is_trial = body["rows"], flag(dry_run) is True
    of_history = historic_orders.historic(rows)
    lines, refused = imports.lines(rows)
    new = drafts.draft(rows, lines)

    def past(good: Sequence[int]) -> list[str]:
        return drafts.store_history([new[index] for index in good], HISTORY.ids([rows[index] for index in good]))

    result = bulk.import_rows(
        len(rows),
        lambda good: historic_orders.insert(
            good, of_history, lambda part: drafts.store([new[index] for index in part]), past
        ),
        mode=mode,
        dry_run=is_trial,
        row_errors=imports.row_errors(rows, new, _REFERENCES, before=refused, stores=not is_trial, mode=mode),
        check=imports.stock_check(new),
    )
    historic_orders.note(result, of_history)
    return bulk.with_warnings(result, {index: each.warnings for index, each in enumerate(new) if each.warnings})


def add_sales_order_item(id: str, body: SalesOrderItemCreate) -> SalesOrderItem:
    order = _open_for_lines(id)
    (values,) = in_stock_units([items.values_of(body)], price="unit_price", whole=True, path="")
    skus.require([values["sku_id"]])
    _refuse_second_line(id, values["sku_id"])
    warnings = line_prices.fill_added(order, values)
    item = items.insert({**values, "sales_order_id": id})
    fees.follow_lines(order)
    _reconcile(order, item)
    line = _shown_line(order, item)
    return {**line, "warnings": warnings} if warnings else line


def list_sales_order_items(id: str) -> SalesOrderItemList:
    return {"data": _shown_lines(stored_orders.get(id))}


def update_sales_order_item(id: str, body: SalesOrderItemUpdate) -> SalesOrderItem:
    order = _open_for_lines(items.get(id)["salesOrderId"])
    before = items.get(id)
    values = changed_line(before, items.values_of(body), price="unit_price", whole=True)
    changed = newly_named(values, before)
    rules.refuse_less(before, values.get("quantity", before["quantity"]), values.get("sku_id", before["skuId"]))
    if "sku_id" in changed:
        skus.require([changed["sku_id"]])
        _refuse_second_line(order["id"], changed["sku_id"])
    item = items.update(id, values)
    if changed.keys() & {"quantity", "unit_price", "unit_quantity", "price_per_unit"}:
        fees.follow_lines(order)
    if changed.keys() & {"sku_id", "quantity"}:
        _reconcile(order, item)
    return _shown_line(order, item)


def remove_sales_order_item(id: str) -> DeletedId:
    order = _open_for_lines(items.get(id)["salesOrderId"])
    before = items.get(id)
    rules.refuse_less(before, 0, before["skuId"])
    if len(commitments.lines_of(order["id"])) == 1:
        raise Conflict("the last line of an order cannot be removed")
    commitments.release([id])
    items.delete(id)
    fees.follow_lines(order)
    return {"deletedId": id}


def create_sales_order_shipment(id: str, body: SalesOrderShipmentCreate) -> SalesOrderShipped:
    return shipping.ship(stored_orders.get(id, lock=True), body)


def list_sales_order_shipments(id: str) -> SalesOrderShipmentList:
    return {"data": shipping.shipments_of(stored_orders.get(id))}


def get_sales_order_shipment(id: str) -> SalesOrderShipmentDetail:
    return shipping.detail(id)


def update_sales_order_shipment(id: str, body: SalesOrderShipmentUpdate) -> SalesOrderShipment:
    return shipping.update(id, body)


def delete_sales_order_shipment(id: str) -> DeletedId:
    shipping.undo(id)
    return {"deletedId": id}


def get_sales_order_packing_slip_pdf(id: str) -> Rendering:
    return printed.rendering(printing.packing_slip(id))


def get_sales_order_delivery_note_pdf(id: str) -> Rendering:
    return printed.rendering(printing.delivery_note(id))


def create_sales_order_return(id: str, body: SalesOrderReturnCreate) -> SalesOrderReturnDetail:
    return returning.return_goods(id, body)


def list_sales_order_returns(id: str) -> SalesOrderReturnList:
    orders.get(id)
    return {"data": returns.of("sales_order_id", id, order="returned_at DESC, id DESC")}


def get_sales_order_return(id: str) -> SalesOrderReturnDetail:
    return {"salesOrderReturn": returns.get(id), "items": return_items.of("return_id", id)}


def delete_sales_order_return(id: str) -> DeletedId:
    returning.undo(id)
    return {"deletedId": id}


def get_sales_order_credit_note_pdf(id: str) -> Rendering:
    return printed.rendering(printing.credit_note(id))


def add_sales_order_note(id: str, body: TimelineNoteCreate) -> TimelineNote:
    order = orders.get(id)
    return notes.insert({"order_status": order["orderStatus"], **notes.values_of(body), "sales_order_id": id})


def list_sales_order_notes(id: str, **paging: Unpack[Paging]) -> TimelineNotePage:
    orders.get(id)
    return _list_notes.page({"order": id}, **paging)


def delete_sales_order_note(id: str) -> DeletedId:
    notes.delete(id)
    return {"deletedId": id}


def create_order_channel(body: LookupCreate) -> Lookup:
    return channels.create(body)


def list_order_channels() -> LookupList:
    return channels.all()


def update_order_channel(id: str, body: LookupUpdate) -> Lookup:
    return channels.update(id, body)


def delete_order_channel(id: str) -> DeletedId:
    return channels.delete(id)


def bulk_import_order_channels(body: LookupBulkImport, mode: str, dry_run: str) -> BulkImportResult:
    return channels.bulk_import(body, mode, dry_run)


def reactivate_order_channel(id: str) -> Lookup:
    return channels.reactivate(id)


def check_order_channel_in_use(id: str) -> OrderChannelInUse:
    channels.records.get(id)
    count = references("order_channel", id)["soCount"]
    return {"inUse": count > 0, "soCount": count}


def list_order_status_types() -> SalesOrderStatusList:
    return {"data": list(get_args(SalesOrderStatus))}


def list_fulfillment_status_types() -> FulfillmentStatusList:
    return {"data": list(get_args(FulfillmentStatus))}


def _require_references(values: Mapping[str, Any]) -> None:
    require_active(*((records, values.get(column)) for column, records in _REFERENCES.items()))


def _open_for_lines(order_id: str) -> StoredSalesOrder:
    """The order, locked, whose lines may change. InvalidTransition once its goods have left or came back."""
    order = stored_orders.get(order_id, lock=True)
    rules.refuse_locked(order, "the lines")
    return order


def _refuse_second_line(order_id: str, sku_id: str) -> None:
    if any(line["skuId"] == sku_id for line in commitments.lines_of(order_id)):
        raise Conflict("the SKU is on another line of the order")


def _shown_line(order: StoredSalesOrder, line: StoredLine) -> SalesOrderItem:
    return rules.shown_line(line, rules.effective_status_of(order))


def _shown_lines(order: StoredSalesOrder) -> list[SalesOrderItem]:
    return [_shown_line(order, line) for line in commitments.lines_of(order["id"])]


def _reconcile(order: StoredSalesOrder, line: StoredLine) -> None:
    commitments.reconcile(order, rules.effective_status_of(order), [line])
