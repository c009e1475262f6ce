"""The records of work orders and production orders as the contract shows them."""

from pharus.lifecycle import Ending
from pharus.records import Records
from plugins.manufacturing import models, schemas

# orderDate is another name for placedAt.
work_orders = Records(
    models.WorkOrder,
    schemas.WorkOrder,
    renamed={"woNumber": "number", "workSiteId": "location_id"},
    requested={"workSiteLocationId": "workSiteId", "orderDate": "placedAt", "history": "isHistory"},
)
work_order_endings = Records(models.WorkOrder, Ending)
work_order_items = Records(
    models.WorkOrderItem,
    schemas.WorkOrderItem,
    renamed={"workOrderId": "order_id", "conversionCost": "cost"},
)
work_order_inputs = Records(models.WorkOrderInput, schemas.WorkOrderInput, renamed={"workOrderItemId": "item_id"})
work_order_receipts = Records(models.WorkOrderReceipt, schemas.WorkOrderReceipt, renamed={"workOrderId": "order_id"})
work_order_receipt_items = Records(models.WorkOrderReceiptItem, schemas.WorkOrderReceiptItem)

production_orders = Records(
    models.ProductionOrder,
    schemas.ProductionOrder,
    renamed={"prodNumber": "number"},
    requested={"orderDate": "placedAt", "history": "isHistory"},
)
production_order_endings = Records(models.ProductionOrder, Ending)
production_order_items = Records(
    models.ProductionOrderItem,
    schemas.ProductionOrderItem,
    renamed={"productionOrderId": "order_id", "productionCost": "cost"},
)
production_order_inputs = Records(
    models.ProductionOrderInput, schemas.ProductionOrderInput, renamed={"productionOrderItemId": "item_id"}
)
production_order_receipts = Records(
    models.ProductionOrderReceipt, schemas.ProductionOrderReceipt, renamed={"productionOrderId": "order_id"}
)
production_order_receipt_items = Records(models.ProductionOrderReceiptItem, schemas.ProductionOrderReceiptItem)
work_order_by_products = Records(
    models.WorkOrderByProduct,
    schemas.WorkOrderByProduct,
    renamed={"workOrderItemId": "item_id", "byProductSkuId": "sku_id"},
)
work_order_receipt_usages = Records(models.WorkOrderReceiptUsage, schemas.WorkOrderReceiptUsage)
work_order_receipt_by_products = Records(models.WorkOrderReceiptByProduct, schemas.WorkOrderReceiptByProduct)
production_order_by_products = Records(
    models.ProductionOrderByProduct,
    schemas.ProductionOrderByProduct,
    renamed={"productionOrderItemId": "item_id", "byProductSkuId": "sku_id"},
)
production_order_receipt_usages = Records(models.ProductionOrderReceiptUsage, schemas.ProductionOrderReceiptUsage)
production_order_receipt_by_products = Records(
    models.ProductionOrderReceiptByProduct, schemas.ProductionOrderReceiptByProduct
)
