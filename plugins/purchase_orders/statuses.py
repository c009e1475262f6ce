"""The statuses of purchase orders (docs/rules.md, Orders, in common): all that depends on a status is in its row."""

from pharus.lifecycle import Lifecycle
from plugins.inventory.historic_orders import HistoricKind
from plugins.inventory.order_statuses import Commits, ReceivingStatus

# Partial and Received are entered by receipts; by hand only to close an order short.
LIFECYCLE = Lifecycle(
    {
        "Planning": ReceivingStatus(
            date_column="planning_at", next=("Placed", "Cancelled"), entered_after_receipts=False
        ),
        "Placed": ReceivingStatus(
            date_column="placed_at",
            next=("Planning", "In Transit", "Cancelled"),
            lines=Commits.ON_ORDER,
            receipts=True,
        ),
        "In Transit": ReceivingStatus(
            date_column="in_transit_at", next=("Placed", "Cancelled"), lines=Commits.ON_ORDER, receipts=True
        ),
        "Partial": ReceivingStatus(
            date_column="partial_at",
            next=("In Transit", "Received", "Cancelled"),
            lines=Commits.ON_ORDER,
            receipts=True,
        ),
        "Received": ReceivingStatus(date_column="received_at", next=("Paid",), receipts=True, ended=True),
        "Paid": ReceivingStatus(date_column="paid_at", ended=True),
        "Cancelled": ReceivingStatus(date_column="cancelled_at", aside=True, ended=True),
    }
)

HISTORY = HistoricKind(
    "purchase_order",
    "po_number",
    "poNumber",
    tuple(LIFECYCLE.where(lambda status: status.ended)),
    ("planningAt", "inTransitAt", "partialAt", "receivedAt", "paidAt", "cancelledAt"),
)
