"""Goods of a sales order leave in parts, and a shipment that was wrong is undone (docs/rules.md, Sales orders).

What the status of an order has shipped, all that was open then, is a shipment without a row: it has the id of the
order, and its lines have the ids of the order's lines (docs/adr/0057). Every write for an order holds its lock.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from pharus.db import current, db
from pharus.errors import Conflict, InvalidTransition, NotFound, refuse
from pharus.numbering import order_numbers
from pharus.steps import Shipment, StatusChange
from plugins.inventory import deactivated, lot_requests
from plugins.inventory.external_ids import refuse_second
from plugins.inventory.lot_parts import LotPart
from plugins.inventory.rules import event_day
from plugins.sales_orders import commitments, rules
from plugins.sales_orders.records import (
    StoredLine,
    StoredSalesOrder,
    items,
    orders,
    return_items,
    shipment_items,
    shipments,
    shown,
    stored_orders,
)
from plugins.sales_orders.schemas import (
    SalesOrder,
    SalesOrderShipment,
    SalesOrderShipmentCreate,
    SalesOrderShipmentDetail,
    SalesOrderShipmentItem,
    SalesOrderShipmentUpdate,
    SalesOrderShipped,
)
from plugins.sales_orders.statuses import LIFECYCLE
from plugins.units import conversion


def ship(order: StoredSalesOrder, body: SalesOrderShipmentCreate) -> SalesOrderShipped:
    """Write a shipment and let its goods leave. Invalid, InvalidTransition, Conflict, NotFound for a line of another
    order. The order is locked."""
    refuse(rules.repeated_lines(body["items"]))
    day, _ = event_day(body.get("shippedAt"), "/shippedAt")
    refuse_second(shipments, body.get("externalId"))
    rules.refuse_shipment(order)
    location_id = _location(order, body)
    lines = {line["id"]: line for line in commitments.lines_of(order["id"])}
    asked = [shipment_items.values_of(item) for item in body["items"]]
    for item in asked:
        line = lines.get(item["so_item_id"])
        if line is None:
            raise NotFound(f"the order has no line with the id {item['so_item_id']}")
        if item.get("unit_quantity") is not None:
            item["quantity"] = int(conversion.part(line, Decimal(item["unit_quantity"]), places=0))
        rules.refuse_more(line, item["quantity"])
    lots = [
        lot_requests.named(given, Decimal(item["quantity"]), f"/items/{index}")
        for index, (item, given) in enumerate(zip(asked, body["items"], strict=True))
    ]
    step = Shipment(shown(order), body)
    step.begin()
    (number,) = order_numbers("SHP", current().today.year)
    shipment = shipments.insert(
        {
            **shipments.values_of(body),
            "sales_order_id": order["id"],
            "shipment_number": number,
            "location_id": location_id,
            "shipped_at": day,
        }
    )
    left = shipment_items.insert_all({**item, "shipment_id": shipment["id"]} for item in asked)
    _count(shipment["id"], 1)
    for shipped in left:
        lines[shipped["soItemId"]]["shippedQuantity"] += shipped["quantity"]
    of_order = list(lines.values())
    status = order["orderStatus"] if rules.is_open(of_order) else "Shipped"
    after = _follow(order, status, of_order, day, {item["id"]: of for item, of in zip(left, lots, strict=True)})
    step.end(after, shipment, left)
    return {"salesOrder": after, "shipment": shipment, "items": [{**item, "returnedQuantity": 0} for item in left]}


def update(id: str, body: SalesOrderShipmentUpdate) -> SalesOrderShipment:
    """Change what is said of a shipment. NotFound, InvalidTransition when its order has ended or it has no row."""
    order = order_of(id, lock=True)
    if id == order["id"]:
        raise InvalidTransition("the status of the order has shipped this: there is nothing else to be changed")
    LIFECYCLE.refuse_ended(rules.effective_status_of(order), "its shipments cannot change")
    return shipments.update(id, shipments.values_of(body))


def undo(id: str) -> None:
    """Take a shipment back, with its goods. NotFound, InvalidTransition, Conflict."""
    order = order_of(id, lock=True)
    rules.refuse_undoing(order)
    lines = commitments.lines_of(order["id"])
    shipped = detail_of(order, id)
    rules.refuse_returned(shipped["items"])
    if id != order["id"]:
        if LIFECYCLE[order["orderStatus"]].needs_location and rules.is_open(lines):
            raise Conflict(
                "the status of the order has shipped the rest, which is undone first", details={"id": order["id"]}
            )
        taken = {item["soItemId"]: item["quantity"] for item in shipped["items"]}
        _count(id, -1)
        shipments.delete(id)
        for line in lines:
            line["shippedQuantity"] -= taken.get(line["id"], 0)
    _follow(order, "Entered", lines, current().today)


def shipments_of(order: StoredSalesOrder) -> list[SalesOrderShipment]:
    """All of the order, the newest first."""
    stored = shipments.of("sales_order_id", order["id"], order="shipped_at DESC, id DESC")
    by_status = _by_status(order, commitments.lines_of(order["id"]))
    return stored if by_status is None else [by_status["shipment"], *stored]


def detail(id: str) -> SalesOrderShipmentDetail:
    """A shipment with its lines. NotFound."""
    return detail_of(order_of(id), id)


def detail_of(order: StoredSalesOrder, id: str) -> SalesOrderShipmentDetail:
    """The same where its order is known."""
    if id == order["id"]:
        found = _by_status(order, commitments.lines_of(id))
        if found is None:
            raise shipments.not_found(id)
    else:
        stored = shipment_items.of("shipment_id", id)
        found = {"shipment": shipments.get(id), "items": [{**item, "returnedQuantity": 0} for item in stored]}
    if found["items"]:
        _show_returned(found["items"])
    return found


def _show_returned(of_shipment: Sequence[SalesOrderShipmentItem]) -> None:
    came = return_items.select("AND shipment_item_id = ANY(%s::uuid[])", ([item["id"] for item in of_shipment],))
    for item in of_shipment:
        item["returnedQuantity"] = sum(each["quantity"] for each in came if each["shipmentItemId"] == item["id"])


def _location(order: StoredSalesOrder, body: SalesOrderShipmentCreate) -> str:
    """Where the goods leave. A deactivated location may be emptied. NotFound, Conflict when the order has none itself:
    nobody knows what is promised of it then."""
    if order["fulfillmentLocationId"] is None:
        raise Conflict("the order has no fulfillmentLocationId: nobody knows where its goods leave")
    named = body.get("locationId")
    if named is not None:
        deactivated.require(emptied=named)
    return named or order["fulfillmentLocationId"]


def order_of(id: str, *, lock: bool = False) -> StoredSalesOrder:
    """The order of a shipment, which may have its id. NotFound."""
    stored = shipments.select("AND id = %s", (id,))
    if stored:
        return stored_orders.get(stored[0]["salesOrderId"], lock=lock)
    try:
        order = stored_orders.get(id, lock=lock)
    except NotFound:
        raise shipments.not_found(id) from None
    if order["isHistory"] or not LIFECYCLE[rules.effective_status_of(order)].needs_location:
        raise shipments.not_found(id)
    return order


def _by_status(order: StoredSalesOrder, lines: Sequence[StoredLine]) -> SalesOrderShipmentDetail | None:
    """What the status of the order has shipped; None when it has shipped nothing. What left before there was a ledger
    is no shipment of it: nothing of that can come back."""
    location_id = order["fulfillmentLocationId"]
    if order["isHistory"] or location_id is None or not LIFECYCLE[rules.effective_status_of(order)].needs_location:
        return None
    left: list[SalesOrderShipmentItem] = [
        {
            "id": line["id"],
            "orgId": line["orgId"],
            "shipmentId": order["id"],
            "soItemId": line["id"],
            "quantity": line["quantity"] - line["shippedQuantity"],
            "unitQuantity": None if line["shippedQuantity"] else line["unitQuantity"],
            "returnedQuantity": 0,
        }
        for line in lines
        if line["shippedQuantity"] < line["quantity"]
    ]
    if not left:
        return None
    shipment: SalesOrderShipment = {
        "id": order["id"],
        "orgId": order["orgId"],
        "salesOrderId": order["id"],
        "shipmentNumber": order["soNumber"],
        "locationId": location_id,
        "shippedAt": order["shippedAt"],
        "carrier": None,
        "trackingNumber": None,
        "notes": None,
        "externalId": None,
        "createdAt": order["createdAt"],
        "updatedAt": order["updatedAt"],
    }
    return {"shipment": shipment, "items": left}


def _count(shipment_id: str, sign: int) -> None:
    """Add what the shipment has shipped to its lines, or take it from them, along with the next statement."""
    org_id = current().org_id
    db.defer(
        f"""
        UPDATE {items.table} AS line SET shipped_quantity = line.shipped_quantity + %s * taken.quantity
        FROM {shipment_items.table} AS taken
        WHERE line.org_id = %s AND line.id = taken.so_item_id AND taken.org_id = %s AND taken.shipment_id = %s
        """,
        (sign, org_id, org_id, shipment_id),
    )


def _follow(
    order: StoredSalesOrder,
    status: str,
    lines: Sequence[StoredLine],
    day: date,
    lots: Mapping[str, Sequence[LotPart]] = MappingProxyType({}),
) -> SalesOrder:
    """The order at the status that follows from its shipments, with what is left of it allocated."""
    values: Mapping[str, Any] = {
        "order_status": status,
        "fulfillment_status": rules.fulfillment_status(lines),
        **LIFECYCLE.entering(order["orderStatus"], status, order, (), day),
    }
    step = StatusChange(orders.table, shown(order), order["orderStatus"], status)
    step.begin()
    after = orders.update_locked(order, values)
    commitments.reconcile(after, status, lines, lots)
    step.end(after)
    return after
