"""What sales orders hold in the ledger of finished goods: demand, allocations, and the goods that have left.

Every write for an order holds the order's lock; so what the ledger holds for its lines does not change meanwhile.
"""

from collections.abc import Iterator, Sequence

from plugins.inventory import integrity, reconciliation
from plugins.inventory.ledgers import FINISHED_GOODS, Ledger
from plugins.inventory.reconciliation import Commitment
from plugins.inventory.reversal import reverse_entries
from plugins.inventory.rules import moment_of
from plugins.sales_orders import rules
from plugins.sales_orders.records import items, stored_orders
from plugins.sales_orders.schemas import SalesOrder, SalesOrderItem


def lines_of(order_id: str) -> list[SalesOrderItem]:
    """The lines of an order, as they were added."""
    return items.of("sales_order_id", order_id)


def reconcile(order: SalesOrder, effective_status: str, lines: Sequence[SalesOrderItem]) -> None:
    """Make the ledger hold the commitments of these lines. Conflict when goods that should leave are not there."""
    reconciliation.reconcile(
        FINISHED_GOODS,
        [_commitment(order, effective_status, line) for line in lines],
        consumed_at=moment_of(order["shippedAt"]),
    )


def release(line_ids: Sequence[str]) -> None:
    """Reverse everything that the lines hold; goods that have left come back."""
    reverse_entries(FINISHED_GOODS, "line_id", line_ids)


def check_integrity() -> list[str]:
    """Lines whose ledger entries differ from what the status of their order commits, also those that are gone."""
    return integrity.check_orders(all_commitments, rules.SOURCE_TYPE)


def all_commitments() -> Iterator[tuple[Ledger, Commitment]]:
    """The commitments of the lines of all orders."""
    of_order: dict[str, list[SalesOrderItem]] = {}
    for line in items.select():
        of_order.setdefault(line["salesOrderId"], []).append(line)
    for order in stored_orders.select():
        effective_status = rules.effective_status_of(order)
        for line in of_order.get(order["id"], ()):
            yield FINISHED_GOODS, _commitment(order, effective_status, line)


def _commitment(order: SalesOrder, effective_status: str, line: SalesOrderItem) -> Commitment:
    return rules.commitment(
        line["id"],
        line["skuId"],
        line["quantity"],
        effective_status=effective_status,
        location_id=order["fulfillmentLocationId"],
        number=order["soNumber"],
    )
