"""The records of purchase orders as the contract shows them."""

from pharus.details import Detail
from pharus.lifecycle import Ending
from pharus.records import Records
from plugins.purchase_orders import models
from plugins.purchase_orders.schemas import (
    PurchaseOrder,
    PurchaseOrderCostChange,
    PurchaseOrderCostChangeItem,
    PurchaseOrderItem,
    PurchaseOrderItemSummary,
    PurchaseOrderReceipt,
    PurchaseOrderReceiptItem,
)

orders = Records(models.PurchaseOrder, PurchaseOrder, requested={"history": "isHistory"})
endings = Records(models.PurchaseOrder, Ending)
items = Records(models.PurchaseOrderItem, PurchaseOrderItem)
details = Detail(orders, items, "purchase_order_id")
lines = Records(models.PurchaseOrderLine, PurchaseOrderItemSummary)
receipts = Records(models.PurchaseOrderReceipt, PurchaseOrderReceipt)
receipt_items = Records(models.PurchaseOrderReceiptItem, PurchaseOrderReceiptItem)
cost_changes = Records(models.PurchaseOrderCostChange, PurchaseOrderCostChange)
cost_change_items = Records(models.PurchaseOrderCostChangeItem, PurchaseOrderCostChangeItem)
