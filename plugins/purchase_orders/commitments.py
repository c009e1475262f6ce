"""What purchase orders hold in the ledgers: on order while goods are awaited, nothing before and after."""

from collections.abc import Iterator, Sequence

from plugins.inventory import engine, integrity, reconciliation
from plugins.inventory.ledgers import Ledger
from plugins.inventory.line_balances import LineBalances
from plugins.inventory.postings import Balance, Key
from plugins.inventory.reconciliation import Commitment
from plugins.purchase_orders import rules
from plugins.purchase_orders.records import lines, orders
from plugins.purchase_orders.schemas import PurchaseOrder, PurchaseOrderDetail, PurchaseOrderItemSummary


def lines_of(order_id: str) -> list[PurchaseOrderItemSummary]:
    """The lines of an order with what has arrived of each, as they were added."""
    return lines.of("purchase_order_id", order_id)


def reconcile(
    order: PurchaseOrder, of_order: Sequence[PurchaseOrderItemSummary], line_balances: LineBalances | None = None
) -> None:
    """Make the ledger hold the commitments of the lines; `line_balances` is what it holds, where that is known."""
    reconciliation.reconcile(
        rules.LEDGERS[order["targetType"]],
        [rules.commitment(order, line, line["receivedQuantity"]) for line in of_order],
        line_balances=line_balances,
    )


def reconcile_new(new: Sequence[PurchaseOrderDetail]) -> None:
    """The same for any number of orders of which nothing is in the ledgers yet, materials before finished goods."""
    for target, ledger in rules.LEDGERS.items():
        reconciliation.reconcile(
            ledger,
            [
                rules.commitment(each["purchaseOrder"], item)
                for each in new
                if each["purchaseOrder"]["targetType"] == target
                for item in each["items"]
            ],
            line_balances=LineBalances(),
        )


def lock_balances(order: PurchaseOrder, of_order: Sequence[PurchaseOrderItemSummary]) -> dict[Key, Balance]:
    """Lock everything that a receipt of the order may change at once: all who lock balances do so in one order."""
    location_id = order["shipToLocationId"]
    if location_id is None:
        return {}
    return engine.lock(rules.LEDGERS[order["targetType"]], [Key(rules.item_id(line), location_id) for line in of_order])


def check_integrity() -> list[str]:
    """Lines whose ledger entries differ from what the status of their order commits."""
    return integrity.check_orders(all_commitments, "po_item", "po_receipt")


def all_commitments() -> Iterator[tuple[Ledger, Commitment]]:
    """The commitments of the lines of all orders."""
    of_order: dict[str, list[PurchaseOrderItemSummary]] = {}
    for line in lines.select():
        of_order.setdefault(line["purchaseOrderId"], []).append(line)
    for order in orders.select():
        for line in of_order.get(order["id"], ()):
            yield rules.LEDGERS[order["targetType"]], rules.commitment(order, line, line["receivedQuantity"])
