"""The two kinds of order, and all that is different between them.

A work order is contract assembly: it takes the lines of the BOM of its output, materials and sub-assemblies. A
production order is full manufacture: it takes the raw materials at the bottom of it (docs/rules.md, Work orders
and production orders).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pharus.lifecycle import Ending
from pharus.records import Records
from plugins.inventory.historic_orders import HistoricKind
from plugins.manufacturing import records, statuses

# A record of an order, a line, an input: a TypedDict of the schemas, whose keys differ by kind.
Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class OrderKind:
    """`prefix` begins the numbers, `source` the source types of ledger entries (`wo_item`). `from_raw_materials` says
    how deep the BOM is taken. The keys are those of the records that are named differently."""

    prefix: str
    source: str
    from_raw_materials: bool
    number_key: str
    location_key: str
    cost_key: str
    order_key: str
    item_key: str
    history: HistoricKind
    orders: Records[Any]
    endings: Records[Ending]
    items: Records[Any]
    inputs: Records[Any]
    by_products: Records[Any]
    receipts: Records[Any]
    receipt_items: Records[Any]
    receipt_usages: Records[Any]
    receipt_by_products: Records[Any]

    def number(self, order: Record) -> str:
        number: str = order[self.number_key]
        return number

    def location_id(self, order: Record) -> str:
        id: str = order[self.location_key]
        return id

    def cost(self, line: Record) -> Decimal | None:
        """What making one unit costs beside its inputs; None while it is not known."""
        cost: Decimal | None = line[self.cost_key]
        return cost


WORK = OrderKind(
    prefix="WO",
    source="wo",
    from_raw_materials=False,
    number_key="woNumber",
    location_key="workSiteId",
    cost_key="conversionCost",
    order_key="workOrderId",
    item_key="workOrderItemId",
    history=statuses.history("work_order", "woNumber"),
    orders=records.work_orders,
    endings=records.work_order_endings,
    items=records.work_order_items,
    inputs=records.work_order_inputs,
    by_products=records.work_order_by_products,
    receipts=records.work_order_receipts,
    receipt_items=records.work_order_receipt_items,
    receipt_usages=records.work_order_receipt_usages,
    receipt_by_products=records.work_order_receipt_by_products,
)
PRODUCTION = OrderKind(
    prefix="PROD",
    source="prod",
    from_raw_materials=True,
    number_key="prodNumber",
    location_key="locationId",
    cost_key="productionCost",
    order_key="productionOrderId",
    item_key="productionOrderItemId",
    history=statuses.history("production_order", "prodNumber"),
    orders=records.production_orders,
    endings=records.production_order_endings,
    items=records.production_order_items,
    inputs=records.production_order_inputs,
    by_products=records.production_order_by_products,
    receipts=records.production_order_receipts,
    receipt_items=records.production_order_receipt_items,
    receipt_usages=records.production_order_receipt_usages,
    receipt_by_products=records.production_order_receipt_by_products,
)
KINDS = (WORK, PRODUCTION)
