"""Decisions on sales orders (docs/rules.md, Orders, in common; Sales orders)."""

from collections.abc import Collection, Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import Any

from pharus.errors import Conflict, InvalidTransition
from pharus.fields import TOO_LARGE
from plugins.inventory.postings import ZERO
from plugins.inventory.reconciliation import Commitment
from plugins.sales_orders.models import SalesOrder
from plugins.sales_orders.records import StoredSalesOrder
from plugins.sales_orders.statuses import DISPUTE, LIFECYCLE

# What ledger entries that the lines write have for their source.
SOURCE_TYPE = "so_item"

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


def refuse_locked(order: StoredSalesOrder, what: str) -> None:
    """InvalidTransition when the goods of the order have left, or came back."""
    now = effective_status_of(order)
    if not LIFECYCLE[now].editable:
        raise InvalidTransition(f"{what} of an order that is {now} cannot change")


def refuse_changes(order: StoredSalesOrder, changed: Collection[str]) -> None:
    """InvalidTransition when something of a closed order changes that does not stay open."""
    LIFECYCLE.refuse_changes(effective_status_of(order), changed, SalesOrder)


def refuse_deletion(order: StoredSalesOrder) -> None:
    """InvalidTransition when the order has ended."""
    LIFECYCLE.refuse_ended(effective_status_of(order), "it cannot be deleted")


def missing_location(effective_status: str, location_id: str | None) -> Conflict | None:
    """The refusal when goods should have left and nobody says from where."""
    if location_id is not None or not LIFECYCLE[effective_status].needs_location:
        return None
    return Conflict("the order has no fulfillmentLocationId: nobody knows where its goods leave")


def broker_fees(items: Iterable[Mapping[str, Any]], broker_id: str | None, percent: Decimal | int | None) -> Decimal:
    """The percent of the lines' value, rounded half up to cents; without a broker none. `items` are column values."""
    if broker_id is None:
        return Decimal(0)
    # Exact up to the one rounding, as PostgreSQL does it where fees follow a changed line (`fees.follow_lines`).
    with localcontext(prec=100):
        value = sum((Decimal(item["quantity"]) * Decimal(item.get("unit_price", 0)) for item in items), ZERO)
        return (value * Decimal(percent or 0) * _CENT).quantize(_CENT, ROUND_HALF_UP)


def too_large(fees: Decimal) -> Conflict | None:
    """The refusal when fees that follow from the lines cannot be kept."""
    return Conflict("brokerFees would grow larger than can be kept") if fees >= TOO_LARGE else None


def commitment(
    line_id: str, sku_id: str, quantity: int, *, effective_status: str, location_id: str | None, number: str
) -> Commitment:
    """What a line holds: demand, then an allocation, then what was consumed; nothing once it is rejected."""
    commits = LIFECYCLE[effective_status].lines
    return Commitment(line_id, sku_id, location_id, SOURCE_TYPE, number, **commits.of(Decimal(quantity)))
