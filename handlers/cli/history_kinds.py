"""The kinds of entries in a file of `pharus import-history`: their imports, and further names of columns."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from plugins.inventory import opening
from plugins.inventory import operations as inventory
from plugins.inventory.ledgers import FINISHED_GOODS, MATERIALS
from plugins.manufacturing import operations as manufacturing
from plugins.manufacturing.order_kinds import PRODUCTION, WORK
from plugins.purchase_orders import operations as purchase_orders
from plugins.purchase_orders.statuses import HISTORY as PURCHASES
from plugins.sales_orders import operations as sales_orders
from plugins.sales_orders.statuses import HISTORY as SALES

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Kind:
    """`store` is the operation, `keys` those of a row by which two are told apart, and `stored` says which of the rows
    there are already. `names` are what files call keys of the row."""

    store: Callable[..., Any]
    keys: tuple[str, ...]
    stored: Callable[[Sequence[Row]], set[int]]
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def operation(self) -> str:
        """The function's name, which is that of the operation (`pharus.names`)."""
        return self.store.__name__

    @property
    def number_key(self) -> str | None:
        """Of an order."""
        return self.names.get("number")


OPENING_BALANCE = "opening_balance"
# By `kind` of an entry; of several the first that has all of its keys.
KINDS: Mapping[str, tuple[Kind, ...]] = {
    "purchase_order": (
        Kind(
            purchase_orders.bulk_import_purchase_orders,
            ("poNumber",),
            PURCHASES.stored,
            {"number": "poNumber", "location": "shipToLocationId"},
        ),
    ),
    "work_order": (
        Kind(
            manufacturing.bulk_import_work_orders,
            ("woNumber",),
            WORK.history.stored,
            {"number": "woNumber", "location": "workSiteLocationId"},
        ),
    ),
    "production_order": (
        Kind(
            manufacturing.bulk_import_production_orders,
            ("prodNumber",),
            PRODUCTION.history.stored,
            {"number": "prodNumber"},
        ),
    ),
    "sales_order": (
        Kind(
            sales_orders.bulk_import_sales_orders,
            ("soNumber",),
            SALES.stored,
            {"number": "soNumber", "location": "fulfillmentLocationId"},
        ),
    ),
    OPENING_BALANCE: tuple(
        Kind(store, (ledger.item_key, "locationId"), partial(opening.stored, ledger), {"date": "eventDate"})
        for store, ledger in (
            (inventory.bulk_import_materials_opening_balances, MATERIALS),
            (inventory.bulk_import_finished_goods_opening_balances, FINISHED_GOODS),
        )
    ),
}
