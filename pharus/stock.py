"""What the hooks `before_stock_posted` and `stock_posted` hand on, as far as a plugin may rely on it: what is
written to the inventory ledgers.

The inventory's own classes fit these; a plugin names these and imports no domain.
"""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Protocol, runtime_checkable


class StockLedger(Protocol):
    """`item` is `material` or `sku`: of what the item_ids of its entries are ids."""

    @property
    def item(self) -> str: ...


class StockPosting(Protocol):
    """The event: so much of an item, at a place, for a reason (docs/rules.md, Inventory).

    source_type  po_receipt, wo_receipt, prod_receipt, so_item, transfer, manual …; None where there is no such record
    source_id    the line or receipt line behind it; of a transfer's RECEIVE the TRANSFER entry
    ref          the number of the order or transfer, for people
    reverses     of REVERSE_… entries what they take back; its `id` is the entry's
    """

    @property
    def item_id(self) -> str: ...
    @property
    def location_id(self) -> str: ...
    @property
    def event_type(self) -> str: ...
    @property
    def quantity(self) -> Decimal: ...
    @property
    def to_location_id(self) -> str | None: ...
    @property
    def ref(self) -> str | None: ...
    @property
    def event_date(self) -> datetime | None: ...
    @property
    def source_type(self) -> str | None: ...
    @property
    def source_id(self) -> str | None: ...
    @property
    def line_id(self) -> str | None: ...
    @property
    def reverses(self) -> "StockPosted | None": ...


def reserves(posting: StockPosting) -> bool:
    """Whether it reserves for a line of an order: stock that is promised (ALLOCATE), or that is still to be (DEMAND).
    Goods that leave for an order without having been promised are promised first, by a posting of their own."""
    return posting.event_type in ("DEMAND", "ALLOCATE")


class StockEffect(Protocol):
    """The signed changes of the balance at (item_id, location_id); of in_transit, at (item_id, to_location_id)."""

    @property
    def on_hand(self) -> Decimal: ...
    @property
    def on_order(self) -> Decimal: ...
    @property
    def in_transit(self) -> Decimal: ...


class StockPosted(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def posting(self) -> StockPosting: ...
    @property
    def effect(self) -> StockEffect: ...


@runtime_checkable
class StockEntry(Protocol):
    """One entry that was just written. `code` is its code in the ledger (`MIL-000012`)."""

    @property
    def ledger(self) -> StockLedger: ...
    @property
    def code(self) -> str: ...
    @property
    def posted(self) -> StockPosted: ...


StockEntries = Sequence[StockEntry]
