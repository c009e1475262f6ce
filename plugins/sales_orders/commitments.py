"""What sales orders hold in the ledger of finished goods: demand, allocations, and the goods that have left.

Whoever writes for an order holds its lock; so what the ledger holds for its lines does not change meanwhile.
"""

from collections.abc import Iterator, Sequence

from plugins.inventory import faults
from plugins.inventory.ledgers import FINISHED_GOODS, Ledger
from plugins.inventory.projection import Wanted, project
from plugins.inventory.reversal import take_back
from plugins.sales_orders import rules
from plugins.sales_orders.records import items, stored_orders
from plugins.sales_orders.schemas import SalesOrder, SalesOrderItem


def lines_of(order_id: str) -> list[SalesOrderItem]:
    """The lines of an order, as they were added."""
    return items.of("sales_order_id", order_id)


def settle(order: SalesOrder, standing: str, lines: Sequence[SalesOrderItem]) -> None:
    """Make the ledger hold what these lines of the order want. Conflict when goods that should leave are not there."""
    project(FINISHED_GOODS, [_wanted(order, standing, line) for line in lines])


def give_back(line_ids: Sequence[str]) -> None:
    """Reverse everything that the lines hold; goods that have left come back."""
    take_back(FINISHED_GOODS, "line_id", line_ids)


def find_faults() -> list[str]:
    """Lines that hold something else in the ledger than their order's status wants, also those that are gone."""
    return faults.find_in_orders(wanted_by_all, rules.SOURCE_TYPE)


def wanted_by_all() -> Iterator[tuple[Ledger, Wanted]]:
    """What the lines of all orders want."""
    of_order: dict[str, list[SalesOrderItem]] = {}
    for line in items.select():
        of_order.setdefault(line["salesOrderId"], []).append(line)
    for order in stored_orders.select():
        standing = rules.standing(order["orderStatus"], order["disputedFrom"])
        for line in of_order.get(order["id"], ()):
            yield FINISHED_GOODS, _wanted(order, standing, line)


def _wanted(order: SalesOrder, standing: str, line: SalesOrderItem) -> Wanted:
    return rules.wanted(
        line["id"],
        line["skuId"],
        line["quantity"],
        standing=standing,
        place=order["fulfillmentLocationId"],
        number=order["soNumber"],
    )
