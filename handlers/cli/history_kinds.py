"""The kinds of entries in a file of `pharus import-history`: which body each becomes, and which names stand for ids."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from plugins.inventory import operations as inventory
from plugins.manufacturing import operations as manufacturing
from plugins.purchase_orders import operations as purchase_orders
from plugins.sales_orders import operations as sales_orders


@dataclass(frozen=True, slots=True)
class Naming:
    """Names of records of a table: by `column`, compared as PostgreSQL compares them (`key`: the column of their key,
    where they are unique)."""

    table: str
    column: str
    key: str | None = None


VENDOR = Naming("vendor", "name")
CUSTOMER = Naming("customer", "name")
LOCATION = Naming("location", "name", "name_key")
CHANNEL = Naming("order_channel", "name", "name_key")
BROKER = Naming("broker", "name", "name_key")
MATERIAL = Naming("material", "material_code", "material_code_key")
SKU = Naming("sku", "sku_code", "sku_code_key")

# The key of a file, the key of the body, and whose names they are.
Names = Mapping[str, tuple[str, Naming]]
ITEM_NAMES: Names = {"material": ("materialId", MATERIAL), "sku": ("skuId", SKU)}


@dataclass(frozen=True, slots=True)
class Kind:
    """`schema` is the component of the body of the operation, `store` the operation. Orders have a number, in `column`
    of `table`, and `number_key` in the body."""

    schema: str
    store: Callable[..., Any]
    names: Names
    table: str = ""
    column: str = ""
    number_key: str = ""
    # Of a ledger: the key of the item.
    item_key: str = ""
    other: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_order(self) -> bool:
        return bool(self.number_key)


ORDERS: Mapping[str, Kind] = {
    "purchase_order": Kind(
        "PurchaseOrderBulkImport",
        purchase_orders.bulk_import_purchase_orders,
        {"vendor": ("vendorId", VENDOR), "location": ("shipToLocationId", LOCATION)},
        table="purchase_order",
        column="po_number",
        number_key="poNumber",
    ),
    "work_order": Kind(
        "WorkOrderBulkImport",
        manufacturing.bulk_import_work_orders,
        {"location": ("workSiteLocationId", LOCATION)},
        table="work_order",
        column="number",
        number_key="woNumber",
    ),
    "production_order": Kind(
        "ProductionOrderBulkImport",
        manufacturing.bulk_import_production_orders,
        {"location": ("locationId", LOCATION)},
        table="production_order",
        column="number",
        number_key="prodNumber",
    ),
    "sales_order": Kind(
        "SalesOrderBulkImport",
        sales_orders.bulk_import_sales_orders,
        {
            "customer": ("customerId", CUSTOMER),
            "channel": ("channelId", CHANNEL),
            "location": ("fulfillmentLocationId", LOCATION),
            "broker": ("brokerId", BROKER),
        },
        table="sales_order",
        column="so_number",
        number_key="soNumber",
    ),
}
_opening = partial(Kind, names={**ITEM_NAMES, "location": ("locationId", LOCATION)}, other={"date": "eventDate"})
# By the key of the item.
OPENING_BALANCES: Mapping[str, Kind] = {
    "materialId": _opening(
        schema="MaterialsOpeningBalanceBulkImport",
        store=inventory.bulk_import_materials_opening_balances,
        table="materials_ledger_entry",
        item_key="materialId",
    ),
    "skuId": _opening(
        schema="FinishedGoodsOpeningBalanceBulkImport",
        store=inventory.bulk_import_finished_goods_opening_balances,
        table="finished_goods_ledger_entry",
        item_key="skuId",
    ),
}
