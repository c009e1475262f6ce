"""What purchase orders hold in the ledgers: on order while goods are awaited, nothing before and after."""

from collections.abc import Iterator, Sequence

from plugins.inventory import engine, faults
from plugins.inventory.holdings import Holdings
from plugins.inventory.ledgers import Ledger
from plugins.inventory.postings import Amounts, Key
from plugins.inventory.projection import Wanted, project
from plugins.purchase_orders import rules
from plugins.purchase_orders.records import lines, orders
from plugins.purchase_orders.schemas import PurchaseOrder, PurchaseOrderDetail, PurchaseOrderItemSummary


def lines_of(order_id: str) -> list[PurchaseOrderItemSummary]:
    """The lines of an order with what has arrived of each, as they were added."""
    return lines.of("purchase_order_id", order_id)


def settle(
    order: PurchaseOrder, of_order: Sequence[PurchaseOrderItemSummary], holdings: Holdings | None = None
) -> None:
    """Make the ledger hold what the lines want now; `holdings` is what it holds, where that is known."""
    project(
        rules.LEDGERS[order["targetType"]],
        [rules.wanted(order, line, line["receivedQuantity"]) for line in of_order],
        holdings=holdings,
    )


def settle_new(new: Sequence[PurchaseOrderDetail]) -> None:
    """The same for any number of orders of which nothing is in the ledgers yet, materials before finished goods."""
    for target, ledger in rules.LEDGERS.items():
        project(
            ledger,
            [
                rules.wanted(each["purchaseOrder"], item)
                for each in new
                if each["purchaseOrder"]["targetType"] == target
                for item in each["items"]
            ],
            holdings=Holdings(),
        )


def lock_balances(order: PurchaseOrder, of_order: Sequence[PurchaseOrderItemSummary]) -> dict[Key, Amounts]:
    """Lock everything that a receipt of the order may change at once: all who lock balances do so in one order."""
    place = order["shipToLocationId"]
    if place is None:
        return {}
    return engine.lock(rules.LEDGERS[order["targetType"]], [Key(rules.item_id(line), place) for line in of_order])


def find_faults() -> list[str]:
    """Lines that hold something else in the ledgers than their order's status wants."""
    return faults.find_in_orders(wanted_by_all, "po_item", "po_receipt")


def wanted_by_all() -> Iterator[tuple[Ledger, Wanted]]:
    """What the lines of all orders want."""
    of_order: dict[str, list[PurchaseOrderItemSummary]] = {}
    for line in lines.select():
        of_order.setdefault(line["purchaseOrderId"], []).append(line)
    for order in orders.select():
        for line in of_order.get(order["id"], ()):
            yield rules.LEDGERS[order["targetType"]], rules.wanted(order, line, line["receivedQuantity"])
