"""What the hooks before and behind a step hand on: an order enters a status, goods arrive, are made, leave, or move.

A domain makes the step, calls `begin` once nothing of its own refuses it and nothing is written, and `end` when
everything is. Where no plugin has the hooks both cost a look at an empty list.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pharus.hooks import hooks

# As the contract shows it.
Record = Mapping[str, Any]


@dataclass(slots=True)
class StatusChange:
    """An order enters a status, by hand or because of what was received or shipped.

    table   `purchase_order`, `work_order`, `production_order` or `sales_order`
    order   the order: as it was, in the hook before the step, as it is in the one behind it. A new one is as it is in
            both: it is written by then, and a refusal takes it back
    before  the status that it leaves; None for one that is new
    after   the status that it enters
    """

    table: str
    order: Record
    before: str | None
    after: str

    def begin(self) -> None:
        if self.after != self.before:
            hooks().before_status_changes(changes=[self])

    def end(self, order: Record) -> None:
        """`order` is what it is now."""
        if self.after != self.before:
            self.order = order
            hooks().after_status_changes(changes=[self])


class NewOrders:
    """The first statuses of orders that are new, all of them together. They are read where a plugin wants to see them:
    `orders` reads them; `key` is that of the status."""

    def __init__(self, table: str, orders: Callable[[], Sequence[Record]], key: str = "status") -> None:
        hook = hooks()
        is_watched = hook.before_status_changes.get_hookimpls() or hook.after_status_changes.get_hookimpls()
        self._changes = [StatusChange(table, each, None, each[key]) for each in orders()] if is_watched else []

    def begin(self) -> None:
        if self._changes:
            hooks().before_status_changes(changes=self._changes)

    def end(self) -> None:
        if self._changes:
            hooks().after_status_changes(changes=self._changes)


@dataclass(slots=True)
class Receipt:
    """Goods of a purchase order arrive, or those of a work or production order were made.

    table    of the order
    order    the order, locked: as it was before the step, as it is behind it
    request  the body of the request, as the document describes it
    receipt  what was written, and `items` its lines; None and empty before the step
    """

    table: str
    order: Record
    request: Record
    receipt: Record | None = None
    items: Sequence[Record] = ()

    def begin(self) -> None:
        hooks().before_receipt(receipt=self)

    def end(self, order: Record, receipt: Record, items: Sequence[Record]) -> None:
        self.order, self.receipt, self.items = order, receipt, items
        hooks().after_receipt(receipt=self)


@dataclass(slots=True)
class Shipment:
    """Goods of a sales order leave, in a shipment of its own. What the status of an order ships is a change of status.

    order     the order, locked: as it was before the step, as it is behind it
    request   the body of the request, as the document describes it
    shipment  what was written, and `items` its lines; None and empty before the step
    """

    order: Record
    request: Record
    shipment: Record | None = None
    items: Sequence[Record] = ()

    def begin(self) -> None:
        hooks().before_shipment(shipment=self)

    def end(self, order: Record, shipment: Record, items: Sequence[Record]) -> None:
        self.order, self.shipment, self.items = order, shipment, items
        hooks().after_shipment(shipment=self)


@dataclass(slots=True)
class Transfer:
    """Goods leave one place for another, arrive there, or come back.

    item        `material` or `sku`: of what `item_id` is an id
    stage       `sent`, `completed` or `cancelled`
    request     the body of the request, as the document describes it
    ref         the transfer's number; None before it was sent
    entry       what was written to the ledger; None before the step
    """

    item: str
    item_id: str
    source_id: str
    destination_id: str
    stage: Literal["sent", "completed", "cancelled"]
    request: Record
    ref: str | None = None
    entry: Record | None = None

    def begin(self) -> None:
        hooks().before_transfer(transfer=self)

    def end(self, ref: str, entry: Any) -> None:
        self.ref, self.entry = ref, entry
        hooks().after_transfer(transfer=self)
