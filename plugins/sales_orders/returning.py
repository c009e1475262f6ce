"""Customers send goods of a shipment back, and a return that was wrong is undone (docs/rules.md, Sales orders).

What comes back has the cost with which it left: its part of what the shipment took, and all that is left of that with
the last piece. Every write for an order holds the order's lock.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from pharus.currency import Currency, currency_of
from pharus.db import current, db
from pharus.errors import Conflict, NotFound, refuse
from pharus.fields import TOO_LARGE
from pharus.numbering import order_numbers
from plugins.inventory import deactivated, engine, entries, lot_requests
from plugins.inventory.external_ids import refuse_second
from plugins.inventory.ledgers import FINISHED_GOODS
from plugins.inventory.lot_parts import LotPart
from plugins.inventory.postings import WRITE_OFF, ZERO, Posting, value_of_part
from plugins.inventory.reversal import reverse_entries
from plugins.inventory.rules import event_day, moment_of
from plugins.platform import organizations
from plugins.sales_orders import rules, shipping
from plugins.sales_orders.records import (
    StoredLine,
    StoredSalesOrder,
    items,
    return_items,
    returns,
    stored_orders,
)
from plugins.sales_orders.schemas import (
    SalesOrderReturn,
    SalesOrderReturnCreate,
    SalesOrderReturnDetail,
    SalesOrderReturnItem,
    SalesOrderShipmentItem,
)
from plugins.sales_orders.statuses import LIFECYCLE
from plugins.units import conversion


def return_goods(shipment_id: str, body: SalesOrderReturnCreate) -> SalesOrderReturnDetail:
    """Write a return of a shipment and bring its goods back. Invalid, InvalidTransition, Conflict, NotFound for a line
    that is not in the shipment."""
    refuse(rules.repeated_lines(body["items"], "writtenOff"))
    day, _ = event_day(body.get("returnedAt"), "/returnedAt")
    refuse_second(returns, body.get("externalId"))
    order = shipping.order_of(shipment_id, lock=True)
    LIFECYCLE.refuse_ended(rules.effective_status_of(order), "its goods come back after it was reopened")
    shipped = shipping.detail_of(order, shipment_id)
    location_id = _location(body, shipped["shipment"]["locationId"])
    left = {item["soItemId"]: item for item in shipped["items"]}
    of_order, code = organizations.with_setting(items, "sales_order_id", order["id"], "currency")
    lines, currency = {line["id"]: line for line in of_order}, currency_of(code)
    asked = [return_items.values_of(item) for item in body["items"]]
    for item in asked:
        if item["so_item_id"] not in left:
            raise NotFound(f"the shipment has no line of the order's line {item['so_item_id']}")
        if item.get("unit_quantity") is not None:
            in_unit = Decimal(item["unit_quantity"])
            item["quantity"] = int(conversion.part(lines[item["so_item_id"]], in_unit, places=0))
    lots = [
        lot_requests.named(given, Decimal(item["quantity"]), f"/items/{index}")
        for index, (item, given) in enumerate(zip(asked, body["items"], strict=True))
    ]
    _refuse_more(asked, left)
    rows = [_row(item, lines[item["so_item_id"]], left[item["so_item_id"]], currency) for item in asked]
    amount = sum((row["amount"] for row in rows), ZERO)
    if amount >= TOO_LARGE:
        raise Conflict("the amount would grow larger than can be kept")
    year = current().today.year
    (number,) = order_numbers("RET", year)
    credited = body.get("creditNote", True)
    made = returns.insert(
        {
            **returns.values_of(body),
            "sales_order_id": order["id"],
            "shipment_id": shipped["shipment"]["id"],
            "return_number": number,
            "credit_note_number": order_numbers("CN", year)[0] if credited else None,
            "location_id": location_id,
            "returned_at": day,
            "amount": amount,
            "broker_fees": _fees(order, list(lines.values()), amount),
        }
    )
    came = return_items.insert_all({**row, "return_id": made["id"]} for row in rows)
    _count(made["id"], 1)
    _post(order, made, came, lines, lots)
    return {"salesOrderReturn": made, "items": came}


def undo(id: str) -> None:
    """Take a return back, with its goods. NotFound, InvalidTransition, Conflict when they are no longer there."""
    order = stored_orders.get(returns.get(id)["salesOrderId"], lock=True)
    found = returns.get(id)
    LIFECYCLE.refuse_ended(rules.effective_status_of(order), "its returns can be undone after it was reopened")
    _count(id, -1)
    reverse_entries(FINISHED_GOODS, "source_id", [item["id"] for item in return_items.of("return_id", found["id"])])
    returns.delete(id)


def _location(body: SalesOrderReturnCreate, shipped_from: str) -> str:
    """Where the goods come. Conflict where nothing may lie any more: what is written off does not lie anywhere."""
    location_id = body.get("locationId") or shipped_from
    if all(item.get("writtenOff") for item in body["items"]):
        deactivated.require(emptied=location_id)
    else:
        deactivated.require(filled=location_id)
    return location_id


def _refuse_more(asked: Iterable[Mapping[str, Any]], left: Mapping[str, SalesOrderShipmentItem]) -> None:
    """Conflict when less of a line is still with the customer."""
    requested: dict[str, int] = {}
    for item in asked:
        id = item["so_item_id"]
        requested[id] = requested.get(id, 0) + item["quantity"]
    for id, quantity in requested.items():
        returnable = left[id]["quantity"] - left[id]["returnedQuantity"]
        if quantity > returnable:
            raise Conflict(
                "less of the line is still with the customer",
                details={"soItemId": id, "returnable": returnable, "requested": quantity},
            )


def _row(
    item: Mapping[str, Any], line: StoredLine, shipped: SalesOrderShipmentItem, currency: Currency
) -> dict[str, Any]:
    return {
        **item,
        "shipment_item_id": shipped["id"],
        "unit_price": line["unitPrice"],
        "price_per_unit": line["pricePerUnit"],
        "amount": currency.rounded(conversion.share(line, "unitPrice", item["quantity"])),
    }


def _fees(order: StoredSalesOrder, lines: Iterable[StoredLine], amount: Decimal) -> Decimal:
    """What of the broker's fees goes with the amount. The shares of all returns are those of their sum."""
    before = returns.of("sales_order_id", order["id"])
    returned = sum((each["amount"] for each in before), ZERO)
    given_back = sum((each["brokerFees"] for each in before), ZERO)
    return rules.returned_fees(order["brokerFees"], lines, returned + amount, given_back)


def _post(
    order: StoredSalesOrder,
    made: SalesOrderReturn,
    came: Sequence[SalesOrderReturnItem],
    lines: Mapping[str, StoredLine],
    lots: Sequence[Sequence[LotPart]],
) -> None:
    with_customer = _with_customer([item["soItemId"] for item in came], {item["id"] for item in came})
    moment = moment_of(made["returnedAt"])
    requested = []
    for item, of_lots in zip(came, lots, strict=True):
        quantity, (whole, value) = Decimal(item["quantity"]), with_customer[item["shipmentItemId"]]
        cost = value_of_part(value, quantity, whole)
        with_customer[item["shipmentItemId"]] = (whole - quantity, value - cost)
        requested.append(
            Posting(
                lines[item["soItemId"]]["skuId"],
                made["locationId"],
                WRITE_OFF if item["writtenOff"] else "RECEIVE",
                quantity,
                value=cost,
                added_value=cost,
                ref=order["soNumber"],
                notes=made["notes"],
                event_date=moment,
                source_type=rules.RETURN_SOURCE_TYPE,
                source_id=item["id"],
                line_id=item["soItemId"],
                lots=of_lots,
                lots_of=item["shipmentItemId"],
            )
        )
    engine.post(FINISHED_GOODS, requested)


def _with_customer(line_ids: Sequence[str], new: set[str]) -> dict[str, tuple[Decimal, Decimal]]:
    """How much of each line of a shipment is with the customer, and what it has cost, by the ledger."""
    before = return_items.select("AND so_item_id = ANY(%s::uuid[])", (list(line_ids),))
    shipment_item = {item["id"]: item["shipmentItemId"] for item in before if item["id"] not in new}
    found: dict[str, tuple[Decimal, Decimal]] = {}
    for entry in entries.read(FINISHED_GOODS, "line_id = ANY(%s::uuid[])", (list(line_ids),)):
        posting, id = entry.posting, entry.posting.source_id or ""
        if posting.event_type in ("CONSUME", "REVERSE_CONSUME"):
            quantity, cost = -entry.effect.on_hand, -entry.effect.value
        elif id in shipment_item:
            id, quantity, cost = shipment_item[id], -posting.quantity, -(posting.added_value or ZERO)
        else:
            continue
        whole, value = found.get(id, (ZERO, ZERO))
        found[id] = (whole + quantity, value + cost)
    return found


def _count(return_id: str, sign: int) -> None:
    """Add what came back to the lines of the order, or take it from them, along with the next statement."""
    org_id = current().org_id
    db.defer(
        f"""
        UPDATE {items.table} AS line SET returned_quantity = line.returned_quantity + %s * came.quantity
        FROM (
            SELECT so_item_id, sum(quantity) AS quantity FROM {return_items.table}
            WHERE org_id = %s AND return_id = %s GROUP BY so_item_id
        ) AS came WHERE line.org_id = %s AND line.id = came.so_item_id
        """,
        (sign, org_id, return_id, org_id),
    )
