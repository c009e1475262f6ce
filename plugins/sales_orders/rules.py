"""Decisions on sales orders (docs/rules.md, Orders, in common; Sales orders)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal, localcontext
from typing import Any, cast

from pharus.errors import Conflict, InvalidTransition, Problem
from pharus.fields import TOO_LARGE, to_cents
from plugins.inventory import historic_orders
from plugins.inventory.postings import ZERO
from plugins.inventory.reconciliation import Commitment, Consumption
from plugins.sales_orders.models import SalesOrder
from plugins.sales_orders.records import StoredLine, StoredSalesOrder
from plugins.sales_orders.schemas import FulfillmentStatus, SalesOrderItem, SalesOrderShipmentItem
from plugins.sales_orders.statuses import DISPUTE, LIFECYCLE
from plugins.units.conversion import amount

# What ledger entries have for their source that the lines write, their shipments and their returns.
SOURCE_TYPE = "so_item"
SHIPMENT_SOURCE_TYPE = "so_shipment"
RETURN_SOURCE_TYPE = "so_return"

_CENT = Decimal("0.01")


def came_from(effective_status: str, status: str) -> str | None:
    """What an order that enters the status keeps in mind: the status that a dispute interrupts. One that begins in
    dispute came from Received."""
    return effective_status if status == DISPUTE else None


def effective_status(status: str, disputed_from: str | None) -> str:
    """The status that counts for stock and for what may change: a dispute leaves everything as it was."""
    return status if disputed_from is None else disputed_from


def effective_status_of(order: StoredSalesOrder) -> str:
    return effective_status(order["orderStatus"], order["disputedFrom"])


def refuse_step(order: StoredSalesOrder, status: str) -> None:
    """InvalidTransition unless the status may follow the order's."""
    LIFECYCLE.refuse_step(order["orderStatus"], status, back_to=order["disputedFrom"])
    if status != order["orderStatus"] and not LIFECYCLE[status].holds_shipments:
        historic_orders.refuse(order, "what comes back of it is adjusted by hand")


def refuse_locked(order: StoredSalesOrder, what: str) -> None:
    """InvalidTransition when the goods of the order have left, or came back."""
    now = effective_status_of(order)
    if not LIFECYCLE[now].editable:
        raise InvalidTransition(f"{what} of an order that is {now} cannot change")


def refuse_changes(order: StoredSalesOrder, changed: Collection[str]) -> None:
    """InvalidTransition when something of a closed order changes that does not stay open."""
    LIFECYCLE.refuse_changes(effective_status_of(order), changed, SalesOrder)


def refuse_deletion(order: StoredSalesOrder) -> None:
    """InvalidTransition when the order has ended; one of history holds nothing, and may go."""
    if not order["isHistory"]:
        LIFECYCLE.refuse_ended(effective_status_of(order), "it cannot be deleted")


def missing_location(effective_status: str, location_id: str | None, *, is_history: bool = False) -> Conflict | None:
    """The refusal when goods should have left and nobody says from where. Of history nobody need know it."""
    if is_history or location_id is not None or not LIFECYCLE[effective_status].needs_location:
        return None
    return Conflict("the order has no fulfillmentLocationId: nobody knows where its goods leave")


def broker_fees(items: Iterable[Mapping[str, Any]], broker_id: str | None, percent: Decimal | int | None) -> Decimal:
    """The percent of the lines' value, rounded half up to cents; without a broker none. `items` are column values."""
    if broker_id is None:
        return Decimal(0)
    # Exact up to the one rounding, as PostgreSQL does it where fees follow a changed line (`fees.follow_lines`).
    with localcontext(prec=100):
        value = sum(map(_amount, items), ZERO)
        return to_cents(value * Decimal(percent or 0) * _CENT)


def _amount(item: Mapping[str, Any]) -> Decimal:
    """What a line costs, by its column values."""
    if item.get("price_per_unit") is not None:
        return Decimal(item["unit_quantity"]) * Decimal(item["price_per_unit"])
    return Decimal(item["quantity"]) * Decimal(item.get("unit_price", 0))


def returned_fees(fees: Decimal, lines: Iterable[StoredLine], returned: Decimal, given_back: Decimal) -> Decimal:
    """What of a broker's fees goes with goods that came back, where so much has come back in all (`returned`, at the
    prices of the order), and so much of the fees has gone with what came before: the parts add up."""
    with localcontext(prec=100):
        value = sum((amount(line, "unitPrice") for line in lines), ZERO)
        share = min(returned / value, Decimal(1)) if value else ZERO
        return max(to_cents(fees * share) - given_back, ZERO)


def refuse_rejection(lines: Iterable[StoredLine]) -> None:
    """Conflict when goods of the order came back by returns: then they cannot come back all at once."""
    if any(line["returnedQuantity"] for line in lines):
        raise Conflict("goods of the order have come back: what is left comes back by a return, too")


def refuse_returned(items: Iterable[SalesOrderShipmentItem]) -> None:
    """Conflict when something of a shipment that should be undone has come back."""
    if any(item["returnedQuantity"] for item in items):
        raise Conflict("goods of the shipment have come back: its returns are undone first")


def too_large(fees: Decimal) -> Conflict | None:
    """The refusal when fees that follow from the lines cannot be kept."""
    return Conflict("brokerFees would grow larger than can be kept") if fees >= TOO_LARGE else None


def commitment(
    line_id: str,
    sku_id: str,
    quantity: int,
    *,
    effective_status: str,
    location_id: str | None,
    number: str,
    shipped: Sequence[Consumption] = (),
    is_history: bool = False,
) -> Commitment:
    """What a line holds: demand, then an allocation, then what was consumed; nothing once it is rejected, and never
    anything of an order of history. `shipped` is what shipments have taken of it; the rest is the line's own."""
    if is_history:
        return Commitment(line_id, sku_id, None, SOURCE_TYPE, number, consumptions=())
    status = LIFECYCLE[effective_status]
    taken = shipped if status.holds_shipments else ()
    rest = Decimal(quantity) - sum(each.quantity for each in taken)
    return Commitment(line_id, sku_id, location_id, SOURCE_TYPE, number, **status.lines.of(rest), consumptions=taken)


def shown_line(line: StoredLine, effective_status: str) -> SalesOrderItem:
    """A line as the contract shows it: at a status at which goods have left, all of it has, by shipments or by that."""
    status = LIFECYCLE[effective_status]
    shipped = line["shippedQuantity"] if status.holds_shipments else 0
    if status.needs_location:
        shipped = line["quantity"]
    is_open = status.editable
    rest = line["quantity"] - shipped if is_open else 0
    return cast(SalesOrderItem, {**line, "shippedQuantity": shipped, "openQuantity": rest})


def has_shipped(lines: Iterable[StoredLine]) -> bool:
    """Whether shipments have shipped something of the order."""
    return any(line["shippedQuantity"] for line in lines)


def is_open(lines: Iterable[StoredLine]) -> bool:
    """Whether shipments have left something of the order."""
    return any(line["shippedQuantity"] < line["quantity"] for line in lines)


def fulfillment_status(lines: Sequence[StoredLine]) -> FulfillmentStatus:
    """What follows from the shipments of an order."""
    if not is_open(lines):
        return "Fulfilled"
    return "Partial" if has_shipped(lines) else "Pending"


def repeated_lines(items: Sequence[Mapping[str, Any]], apart: str = "") -> list[Problem]:
    """The lines of a shipment or return that name a line of the order for a second time. Those that differ in the key
    `apart` are not the same."""
    problems: list[Problem] = []
    seen: set[tuple[str, bool]] = set()
    for index, item in enumerate(items):
        named = item["soItemId"], bool(item.get(apart))
        if named in seen:
            problems.append(Problem(f"/items/{index}/soItemId", "is in a line before this one"))
        seen.add(named)
    return problems


def refuse_shipment(order: StoredSalesOrder) -> None:
    """InvalidTransition unless goods of the order may leave in parts."""
    if not LIFECYCLE[order["orderStatus"]].ships:
        raise InvalidTransition(f"goods of an order that is {order['orderStatus']} are not shipped: it must be Entered")


def refuse_more(line: StoredLine, quantity: int) -> None:
    """Conflict when less of the line is open."""
    still_open = line["quantity"] - line["shippedQuantity"]
    if quantity > still_open:
        raise Conflict(
            "less of the line is open",
            details={"soItemId": line["id"], "openQuantity": still_open, "requested": quantity},
        )


def refuse_undoing(order: StoredSalesOrder) -> None:
    """InvalidTransition when shipments of the order stay as they are."""
    if not LIFECYCLE[order["orderStatus"]].undoes_shipments:
        raise InvalidTransition(f"a shipment of an order that is {order['orderStatus']} cannot be undone")


def refuse_less(line: StoredLine, quantity: int, sku_id: str) -> None:
    """Conflict when a line would become less than was shipped of it, or something else."""
    shipped = line["shippedQuantity"]
    if quantity < shipped or (shipped and sku_id != line["skuId"]):
        raise Conflict(
            "goods of the line have been shipped", details={"soItemId": line["id"], "shippedQuantity": shipped}
        )
