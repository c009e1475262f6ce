"""What a status of an order means for the ledgers: what a line commits at it, and whether goods may be received."""

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import TypedDict, cast

from pharus.lifecycle import Status


class Commits(Enum):
    """What a line commits at a status: the name of a quantity of `Commitment`."""

    NOTHING = None
    ON_ORDER = "on_order"
    DEMAND = "demand"
    ALLOCATED = "allocated"
    CONSUMED = "consumed"

    def of(self, quantity: Decimal) -> "Quantities":
        """The quantities of the `Commitment` of a line."""
        return cast(Quantities, {} if self.value is None else {self.value: quantity})


class Quantities(TypedDict, total=False):
    """Of a `Commitment`, under its names."""

    on_order: Decimal
    demand: Decimal
    allocated: Decimal
    consumed: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivingStatus(Status):
    """A status of an order against which goods are received.

    `lines` is what a line commits of what was not received yet, `inputs` what the inputs of the line commit of what was
    not consumed yet. `receipts` says whether goods may be received. `entered_after_receipts` is False for a status that
    the order cannot go back to once something was received.
    """

    lines: Commits = Commits.NOTHING
    inputs: Commits = Commits.NOTHING
    receipts: bool = False
    entered_after_receipts: bool = True
