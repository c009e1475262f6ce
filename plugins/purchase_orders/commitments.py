"""What purchase orders hold in the ledgers: on order while goods are awaited, nothing before and after."""

from collections.abc import Mapping, Sequence
from typing import Any

from plugins.inventory import engine
from plugins.inventory.ledgers import LEDGERS
from plugins.inventory.postings import Key
from plugins.inventory.projection import Wanted, project
from plugins.purchase_orders import rules
from plugins.purchase_orders.schemas import PurchaseOrder, PurchaseOrderItemSummary
from plugins.purchase_orders.views import lines


def lines_of(order_id: str) -> list[PurchaseOrderItemSummary]:
    """The lines of an order with what has arrived of each, as they were added."""
    return lines.select("AND purchase_order_id = %s ORDER BY id", (order_id,))


def settle(order: PurchaseOrder) -> list[PurchaseOrderItemSummary]:
    """Make the ledger hold what the lines want now, and return them."""
    found = lines_of(order["id"])
    project(
        rules.LEDGERS[order["targetType"]],
        [rules.wanted(order, line, line["receivedQuantity"]) for line in found],
    )
    return found


def settle_new(orders: Sequence[tuple[PurchaseOrder, Sequence[Mapping[str, Any]]]]) -> None:
    """The same for any number of orders of which nothing is in the ledgers yet, materials before finished goods."""
    wanted: dict[str, list[Wanted]] = {ledger.name: [] for ledger in LEDGERS}
    for order, items in orders:
        wanted[order["targetType"]] += [rules.wanted(order, item) for item in items]
    for ledger in LEDGERS:
        project(ledger, wanted[ledger.name])


def lock_balances(order: PurchaseOrder) -> None:
    """Lock everything that a receipt of the order may change at once: all who lock balances do so in one order."""
    place = order["shipToLocationId"]
    if place is not None:
        keys = [Key(rules.item_id(line), place) for line in lines_of(order["id"])]
        engine.lock(rules.LEDGERS[order["targetType"]], keys)
