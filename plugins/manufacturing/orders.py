"""Writing orders of either kind: everything but the names in requests and responses is the same."""

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any

from pharus import own_numbers
from pharus.db import current
from pharus.errors import Conflict, refuse
from pharus.records import Values
from pharus.required import require_active
from pharus.steps import NewOrders, StatusChange
from plugins.inventory import historic_orders, order_rules
from plugins.inventory.rules import event_day
from plugins.locations.records import locations
from plugins.manufacturing import commitments, receiving, rules
from plugins.manufacturing.commitments import OrderSnapshot
from plugins.manufacturing.order_kinds import OrderKind, Record
from plugins.manufacturing.recipes import Line, Recipes, rescale
from plugins.manufacturing.statuses import LIFECYCLE
from plugins.products.records import skus
from plugins.units.lines import changed_line, in_stock_units

# An order to be stored: its column values, and its lines.
New = tuple[Values, Sequence[Line]]


def create(kind: OrderKind, body: Mapping[str, Any]) -> OrderSnapshot:
    refuse(order_rules.repeated_skus(body["items"]))
    values = kind.orders.values_of(body)
    rows = in_stock_units([kind.items.values_of(item) for item in body["items"]], whole=True)
    locations.require([values["location_id"]])
    (snapshot,) = store(kind, [(values, _with_inputs(kind, rows))])
    return snapshot


def update(kind: OrderKind, id: str, body: Mapping[str, Any]) -> Any:
    before = kind.orders.get(id, lock=True)
    values = kind.orders.values_of(rules.without_alias(body))
    status = values.get("status", before["status"])
    location_id = values.get("location_id", kind.location_id(before))
    moves = location_id != kind.location_id(before)
    received = (moves or not LIFECYCLE[status].entered_after_receipts) and receiving.has_receipts(kind, id)
    LIFECYCLE.refuse_step(before["status"], status, refused=rules.NOT_AFTER_RECEIPTS if received else ())
    if moves:
        LIFECYCLE.refuse_ended(before["status"], "where it is made cannot change")
    if moves and received:
        raise Conflict("something of the order was received: where it is made cannot change")
    if moves:
        require_active((locations, location_id))
    entered = LIFECYCLE.entering(before["status"], status, before, values.keys(), current().today)
    step = StatusChange(kind.orders.table, before, before["status"], status)
    step.begin()
    after = kind.orders.update(id, {**values, **entered})
    if moves or status != before["status"]:
        commitments.reconcile(commitments.read(kind, after))
    step.end(after)
    return after


def delete(kind: OrderKind, id: str) -> None:
    order = kind.orders.get(id, lock=True)
    if not order["isHistory"]:
        LIFECYCLE.refuse_ended(order["status"], "it cannot be deleted")
    commitments.release(kind, commitments.lines_of(kind, id))
    kind.orders.delete(id)


def reopen(kind: OrderKind, id: str) -> Any:
    return receiving.reopen(kind, kind.orders.get(id, lock=True))


def get(kind: OrderKind, id: str) -> OrderSnapshot:
    """The order with its lines, inputs and by-products; of what was done for it nothing."""
    order = kind.orders.get(id)
    lines = commitments.lines_of(kind, id)
    return OrderSnapshot(
        kind, order, lines, commitments.inputs_of(kind, lines), commitments.by_products_of(kind, lines)
    )


def add_item(kind: OrderKind, order_id: str, body: Mapping[str, Any]) -> OrderSnapshot:
    """The order with the new line alone, its inputs and by-products."""
    order = _open_for_lines(kind, order_id)
    (item,) = in_stock_units([kind.items.values_of(body)], whole=True, path="")
    if any(line["skuId"] == item["sku_id"] for line in commitments.lines_of(kind, order_id)):
        raise Conflict("the sku is in a line of the order already")
    (new,) = _with_inputs(kind, [item])
    line = kind.items.insert({**new.item, "order_id": order_id})
    inputs = kind.inputs.insert_all({**taken, "item_id": line["id"]} for taken in new.inputs)
    by_products = kind.by_products.insert_all({**each, "item_id": line["id"]} for each in new.by_products)
    snapshot = OrderSnapshot(kind, order, [line], inputs, by_products)
    commitments.reconcile(snapshot)
    return snapshot


def update_item(kind: OrderKind, id: str, body: Mapping[str, Any]) -> OrderSnapshot:
    """The order with the line alone as it is now, its inputs and by-products."""
    order = _open_for_lines(kind, kind.items.get(id)[kind.order_key])
    before = kind.items.get(id)
    line = kind.items.update(id, changed_line(before, kind.items.values_of(body), whole=True))
    if line["quantity"] != before["quantity"]:
        rescale(kind, line)
    inputs, by_products = commitments.inputs_of(kind, [line]), commitments.by_products_of(kind, [line])
    balances = commitments.line_balances_of([line], inputs, by_products)
    snapshot = OrderSnapshot(kind, order, [line], inputs, by_products, line_balances=balances)
    commitments.reconcile(snapshot)
    return snapshot


def remove_item(kind: OrderKind, id: str) -> None:
    order = _open_for_lines(kind, kind.items.get(id)[kind.order_key])
    line = kind.items.get(id)
    if len(commitments.lines_of(kind, order["id"])) == 1:
        raise Conflict("the last line of an order cannot be removed")
    commitments.release(kind, [line])
    kind.items.delete(id)


def receipts_of(kind: OrderKind, order_id: str) -> list[Any]:
    """Newest first."""
    kind.orders.get(order_id)
    return kind.receipts.of("order_id", order_id, order="receipt_date DESC, id DESC")


def update_receipt(kind: OrderKind, id: str, body: Mapping[str, Any]) -> Any:
    """It moves no quantity, and the rows of the ledgers keep their own date."""
    if "receiptDate" not in body:
        return kind.receipts.get(id)
    day, _ = event_day(body["receiptDate"], "/receiptDate")
    return kind.receipts.update(id, {"receipt_date": day})


def delete_receipt(kind: OrderKind, id: str) -> None:
    order = kind.orders.get(kind.receipts.get(id)[kind.order_key], lock=True)
    receiving.reverse_receipt(kind, order, kind.receipts.get(id)["id"])


def store(kind: OrderKind, new: Sequence[New]) -> list[OrderSnapshot]:
    """Store orders with their lines and inputs and what they hold, in a number of statements that does not grow with
    them. Nothing was done for them yet."""
    today = current().today
    numbers = own_numbers.order_numbers(kind.prefix, today.year, [order.get("number") for order, _ in new])
    orders = kind.orders.insert_all(
        {**order, "number": number, **LIFECYCLE.entering(None, order["status"], {}, order.keys(), today)}
        for (order, _), number in zip(new, numbers, strict=True)
    )
    all_lines = [line for _, of_order in new for line in of_order]
    lines = kind.items.insert_all(
        {**line.item, "order_id": order["id"]}
        for order, (_, of_order) in zip(orders, new, strict=True)
        for line in of_order
    )
    inputs, by_products = (
        records.insert_all(
            {**part, "item_id": line["id"]} for line, of_line in zip(lines, parts, strict=True) for part in of_line
        )
        for records, parts in (
            (kind.inputs, [line.inputs for line in all_lines]),
            (kind.by_products, [line.by_products for line in all_lines]),
        )
    )
    lines_left, inputs_left, by_products_left = iter(lines), iter(inputs), iter(by_products)
    snapshots = [
        OrderSnapshot(
            kind,
            order,
            list(islice(lines_left, len(of_order))),
            list(islice(inputs_left, sum(len(line.inputs) for line in of_order))),
            list(islice(by_products_left, sum(len(line.by_products) for line in of_order))),
        )
        for order, (_, of_order) in zip(orders, new, strict=True)
    ]
    step = NewOrders(kind.orders.table, lambda: orders)
    step.begin()
    commitments.reconcile_new(snapshots)
    step.end()
    return snapshots


def store_history(kind: OrderKind, orders: Sequence[tuple[Values, Sequence[Values]]], ids: Sequence[str]) -> list[str]:
    """Store orders of history with their lines, and return their ids. What was consumed for them is not known."""
    return historic_orders.store(kind.orders, kind.items, "order_id", orders, ids)


def _with_inputs(kind: OrderKind, items: Sequence[Values]) -> list[Line]:
    """The lines with what they take and what comes out besides. NotFound, Conflict for a SKU that is deactivated or has
    no BOM."""
    ids = [item["sku_id"] for item in items]
    skus.require(ids)
    recipes = Recipes(kind, ids)
    return [recipes.line(item) for item in items]


def _open_for_lines(kind: OrderKind, order_id: str) -> Record:
    """The order, locked, whose lines may change. InvalidTransition once it has ended, Conflict once something was
    received."""
    order: Record = kind.orders.get(order_id, lock=True)
    LIFECYCLE.refuse_ended(order["status"], "its lines cannot change")
    if receiving.has_receipts(kind, order_id):
        raise Conflict("something of the order was received: its lines cannot change")
    return order
