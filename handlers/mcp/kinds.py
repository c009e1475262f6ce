"""The kinds of records that tools speak of: by which operations they are found and read, and where the console has
them."""

from dataclasses import dataclass
from typing import Any

# The first part of a link into the console, behind the address of the server.
_CONSOLE = "/#"


@dataclass(frozen=True, slots=True)
class Kind:
    """`path` is the last part of the path of its operations; `label` are the keys that people know it by. Of an order,
    `order` is the object of its answer that holds it, `open` the statuses in which something is still to be done, `due`
    the day by which."""

    list: str
    get: str
    path: str
    label: tuple[str, ...]
    order: str = ""
    status: str = "status"
    open: tuple[str, ...] = ()
    due: str = "expectedDeliveryDate"
    update: str = ""


_MAKING = ("Draft", "Entered", "Placed", "Production", "In Transit", "Partial")

KINDS = {
    "vendor": Kind("listVendors", "getVendor", "vendors", ("name",)),
    "customer": Kind("listCustomers", "getCustomer", "customers", ("name",)),
    "material": Kind("listMaterials", "getMaterial", "materials", ("materialCode", "name")),
    "sku": Kind("listSkus", "getSku", "skus", ("skuCode", "name")),
    "purchase_order": Kind(
        *("listPurchaseOrders", "getPurchaseOrder", "purchase-orders", ("poNumber", "vendorName"), "purchaseOrder"),
        open=("Planning", "Placed", "In Transit", "Partial"),
        update="updatePurchaseOrder",
    ),
    "sales_order": Kind(
        *("listSalesOrders", "getSalesOrder", "sales-orders", ("soNumber", "customerName"), "salesOrder"),
        status="orderStatus",
        open=("Received", "Entered", "In-Dispute"),
        due="mabd",
        update="updateSalesOrder",
    ),
    "production_order": Kind(
        *("listProductionOrders", "getProductionOrder", "production-orders", ("prodNumber",), "productionOrder"),
        open=_MAKING,
        update="updateProductionOrder",
    ),
    "work_order": Kind(
        *("listWorkOrders", "getWorkOrder", "work-orders", ("woNumber",), "workOrder"),
        open=_MAKING,
        update="updateWorkOrder",
    ),
}
ORDERS = tuple(name for name, kind in KINDS.items() if kind.order)

# Which ledger an item is in, and how its operations call it.
ITEMS = {
    "material": ("getMaterialsSummary", "listMaterialsLedgerEntries", "materialId"),
    "sku": ("getFinishedGoodsSummary", "listFinishedGoodsLedgerEntries", "skuId"),
}


def link(address: str, kind: str, id: str) -> str:
    """Where people see the record."""
    return f"{address}{_CONSOLE}/{KINDS[kind].path}/{id}"


def label(kind: Kind, record: dict[str, Any]) -> str:
    return " ".join(str(record[key]) for key in kind.label if record.get(key))
