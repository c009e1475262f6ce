"""The statuses of sales orders (docs/rules.md, Orders, in common): all that depends on a status is in its row."""

from dataclasses import dataclass

from pharus.lifecycle import Lifecycle, Status
from plugins.inventory.historic_orders import HistoricKind
from plugins.inventory.order_statuses import Commits


@dataclass(frozen=True, slots=True, kw_only=True)
class SalesStatus(Status):
    """`lines` is what a line commits. `editable` says whether lines and fulfillment location may change, `fees_follow`
    whether broker fees that nobody set still follow the order. `ships` says whether goods may leave in parts,
    `undoes_shipments` whether they may be taken back, `holds_shipments` whether what left in parts is gone.

    What an order in dispute commits, and what of it may change, is said by the status that the dispute interrupts.
    """

    lines: Commits = Commits.NOTHING
    editable: bool = False
    fees_follow: bool = False
    ships: bool = False
    undoes_shipments: bool = False
    holds_shipments: bool = True

    @property
    def needs_location(self) -> bool:
        """Goods that have left have left from somewhere."""
        return self.lines is Commits.CONSUMED


DISPUTE = "In-Dispute"

LIFECYCLE = Lifecycle(
    {
        "Received": SalesStatus(
            date_column="received_at",
            next=("Entered", "Rejected", DISPUTE),
            lines=Commits.DEMAND,
            editable=True,
            fees_follow=True,
        ),
        "Entered": SalesStatus(
            date_column="entered_at",
            next=("Received", "Shipped", "Rejected", DISPUTE),
            lines=Commits.ALLOCATED,
            editable=True,
            fees_follow=True,
            ships=True,
            undoes_shipments=True,
        ),
        "Shipped": SalesStatus(
            date_column="shipped_at",
            next=("Invoiced", "Rejected", DISPUTE),
            lines=Commits.CONSUMED,
            fees_follow=True,
            undoes_shipments=True,
        ),
        "Invoiced": SalesStatus(date_column="invoiced_at", next=("Paid", "Rejected", DISPUTE), lines=Commits.CONSUMED),
        "Paid": SalesStatus(date_column="paid_at", next=("Completed", DISPUTE), lines=Commits.CONSUMED, ended=True),
        "Rejected": SalesStatus(date_column="rejected_at", aside=True, ended=True, holds_shipments=False),
        # The status that a dispute interrupts may follow, too.
        DISPUTE: SalesStatus(date_column="in_dispute_at", next=("Rejected",), aside=True),
        "Completed": SalesStatus(date_column="completed_at", lines=Commits.CONSUMED, ended=True),
    }
)

# Its goods have left, or never will.
HISTORY = HistoricKind(
    "sales_order",
    "so_number",
    "soNumber",
    tuple(LIFECYCLE.where(lambda status: status.needs_location or (status.aside and status.ended))),
    ("receivedAt", "enteredAt", "shippedAt", "invoicedAt", "paidAt", "rejectedAt", "completedAt"),
)
