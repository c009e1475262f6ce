"""The statuses of work orders and production orders (docs/rules.md, Orders, in common): all that depends on a status
is in its row."""

from pharus.lifecycle import Lifecycle
from pharus.names import camel
from plugins.inventory.historic_orders import HistoricKind
from plugins.inventory.order_statuses import Commits, ReceivingStatus

# Partial and Received are entered by receipts only. Production has begun once something was received, so there is no
# way back to Placed then.
LIFECYCLE = Lifecycle(
    {
        "Draft": ReceivingStatus(date_column="draft_at", next=("Entered", "Placed", "Cancelled")),
        "Entered": ReceivingStatus(
            date_column="entered_at",
            next=("Draft", "Placed", "Production", "Cancelled"),
            lines=Commits.ON_ORDER,
            inputs=Commits.DEMAND,
            receipts=True,
        ),
        "Placed": ReceivingStatus(
            date_column="placed_at",
            next=("Entered", "Production", "Cancelled"),
            lines=Commits.ON_ORDER,
            inputs=Commits.DEMAND,
            receipts=True,
            entered_after_receipts=False,
        ),
        "Production": ReceivingStatus(
            date_column="production_started_at",
            next=("Placed", "In Transit", "Cancelled"),
            lines=Commits.ON_ORDER,
            inputs=Commits.ALLOCATED,
            receipts=True,
        ),
        "In Transit": ReceivingStatus(
            date_column="in_transit_at",
            next=("Production", "Cancelled"),
            lines=Commits.ON_ORDER,
            inputs=Commits.ALLOCATED,
            receipts=True,
        ),
        "Partial": ReceivingStatus(
            date_column="partial_at",
            next=("In Transit", "Completed", "Cancelled"),
            lines=Commits.ON_ORDER,
            inputs=Commits.ALLOCATED,
            receipts=True,
        ),
        "Received": ReceivingStatus(date_column="received_at", next=("Completed",), receipts=True, ended=True),
        "Completed": ReceivingStatus(date_column="completed_at", ended=True),
        "Cancelled": ReceivingStatus(date_column="cancelled_at", aside=True, ended=True),
    }
)


def history(table: str, number_key: str) -> HistoricKind:
    """What holds for orders of history of a kind that has this table, and whose number has this key."""
    return HistoricKind(
        table,
        "number",
        number_key,
        tuple(LIFECYCLE.where(lambda status: status.ended)),
        tuple(camel(s.date_column) for s in LIFECYCLE.statuses.values() if s.date_column != "placed_at"),
        ("placedAt", "orderDate"),
    )
