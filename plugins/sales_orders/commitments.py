"""What sales orders hold in the ledger of finished goods: demand, allocations, and the goods that have left.

Every write for an order holds the order's lock; so what the ledger holds for its lines does not change meanwhile.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType

from plugins.inventory import reconciliation
from plugins.inventory.ledgers import FINISHED_GOODS, Ledger
from plugins.inventory.lot_parts import LotPart
from plugins.inventory.reconciliation import Commitment, Consumption
from plugins.inventory.reversal import reverse_entries
from plugins.inventory.rules import moment_of
from plugins.sales_orders import rules
from plugins.sales_orders.records import (
    StoredLine,
    StoredShipmentItem,
    items,
    shipment_items,
    shipments,
    stored_orders,
)
from plugins.sales_orders.schemas import SalesOrder, SalesOrderShipment

# What was shipped of each line, and of which lots each line of a shipment is.
_Shipped = Mapping[str, Sequence[Consumption]]
_Lots = Mapping[str, Sequence[LotPart]]


def lines_of(order_id: str) -> list[StoredLine]:
    """The lines of an order, as they were added."""
    return items.of("sales_order_id", order_id)


def reconcile(
    order: SalesOrder, effective_status: str, lines: Sequence[StoredLine], lots: _Lots = MappingProxyType({})
) -> None:
    """Make the ledger hold the commitments of these lines. Conflict when goods that should leave are not there. `lots`
    are those of a new shipment, by its lines."""
    shipped: _Shipped = {}
    if rules.has_shipped(lines):
        of_order = shipments.of("sales_order_id", order["id"])
        ids = [shipment["id"] for shipment in of_order]
        left = shipment_items.select("AND shipment_id = ANY(%s::uuid[]) ORDER BY id", (ids,))
        shipped = _shipped(of_order, left, lots)
    reconciliation.reconcile(
        FINISHED_GOODS,
        [_commitment(order, effective_status, line, shipped) for line in lines],
        consumed_at=moment_of(order["shippedAt"]),
    )


def release(line_ids: Sequence[str]) -> None:
    """Reverse everything that the lines hold; goods that have left come back."""
    reverse_entries(FINISHED_GOODS, "line_id", line_ids)


def all_commitments() -> Iterator[tuple[Ledger, Commitment]]:
    """The commitments of the lines of all orders."""
    shipped = _shipped(shipments.select(), shipment_items.select("ORDER BY id"))
    of_order: dict[str, list[StoredLine]] = {}
    for line in items.select():
        of_order.setdefault(line["salesOrderId"], []).append(line)
    for order in stored_orders.select():
        effective_status = rules.effective_status_of(order)
        for line in of_order.get(order["id"], ()):
            yield FINISHED_GOODS, _commitment(order, effective_status, line, shipped)


def _shipped(
    of_orders: Iterable[SalesOrderShipment],
    lines: Iterable[StoredShipmentItem],
    lots: _Lots = MappingProxyType({}),
) -> _Shipped:
    by_id = {shipment["id"]: shipment for shipment in of_orders}
    found: dict[str, list[Consumption]] = {}
    for line in lines:
        shipment = by_id[line["shipmentId"]]
        found.setdefault(line["soItemId"], []).append(
            Consumption(
                rules.SHIPMENT_SOURCE_TYPE,
                line["id"],
                shipment["locationId"],
                Decimal(line["quantity"]),
                moment_of(shipment["shippedAt"]),
                lots.get(line["id"], ()),
            )
        )
    return found


def _commitment(order: SalesOrder, effective_status: str, line: StoredLine, shipped: _Shipped) -> Commitment:
    return rules.commitment(
        line["id"],
        line["skuId"],
        line["quantity"],
        effective_status=effective_status,
        location_id=order["fulfillmentLocationId"],
        number=order["soNumber"],
        is_history=order["isHistory"],
        shipped=shipped.get(line["id"], ()),
    )
