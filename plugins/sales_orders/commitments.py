"""What sales orders hold in the ledger of finished goods: demand, allocations, and the goods that have left.

Whoever writes for an order holds its lock; so what the ledger holds for its lines does not change meanwhile.
"""

from plugins.inventory.ledgers import FINISHED_GOODS
from plugins.inventory.projection import project
from plugins.inventory.reversal import take_back
from plugins.sales_orders import rules
from plugins.sales_orders.schemas import SalesOrder, SalesOrderItem
from plugins.sales_orders.views import items


def lines_of(order_id: str) -> list[SalesOrderItem]:
    """The lines of an order, as they were added."""
    return items.select("AND sales_order_id = %s ORDER BY id", (order_id,))


def settle(order: SalesOrder, standing: str) -> None:
    """Make the ledger hold what the lines want now. Conflict when goods that should leave are not on hand."""
    project(
        FINISHED_GOODS,
        [
            rules.wanted(
                line["id"],
                line["skuId"],
                line["quantity"],
                standing=standing,
                place=order["fulfillmentLocationId"],
                number=order["soNumber"],
            )
            for line in lines_of(order["id"])
        ],
    )


def give_back(line_ids: list[str]) -> None:
    """Reverse everything that the lines hold; goods that have left come back."""
    take_back(FINISHED_GOODS, "line_id", line_ids)
