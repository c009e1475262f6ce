"""The tables of the manufacturing domain: the same for both kinds of order, but for what the migration says."""

from decimal import Decimal

import peewee

from pharus.db import TenantModel
from pharus.fields import AmountField, BusinessDateField, IdField, InstantField, ValueField
from plugins.manufacturing.statuses import LIFECYCLE


class Order(TenantModel):
    number = peewee.CharField(max_length=40)
    status = peewee.CharField(max_length=20)
    is_history = peewee.BooleanField(default=False)
    location_id = IdField()
    expected_delivery_date = BusinessDateField(null=True)
    notes = peewee.TextField(null=True)
    created_at = InstantField()
    updated_at = InstantField()


LIFECYCLE.add_columns(Order)


class OrderItem(TenantModel):
    order_id = IdField()
    sku_id = IdField()
    quantity = peewee.IntegerField()
    unit = peewee.CharField(max_length=40, null=True)
    unit_quantity = AmountField(null=True)
    unit_factor = peewee.CharField(max_length=200, null=True)
    batch_size = AmountField(default=Decimal(1))
    yield_percent = AmountField(default=Decimal(100))
    by_product_count = peewee.IntegerField(default=0)
    created_at = InstantField()


class OrderInput(TenantModel):
    """What a line takes for its whole quantity, exactly for so many units, and by how much more receipts took of it
    than was planned."""

    item_id = IdField()
    per_unit = peewee.DecimalField()
    for_units = peewee.DecimalField(default=Decimal(1))
    quantity = AmountField()
    quantity_variance = AmountField(default=Decimal(0))


class OrderByProduct(TenantModel):
    """What comes out beside a line's SKU; otherwise as an input."""

    item_id = IdField()
    sku_id = IdField()
    per_unit = peewee.DecimalField()
    for_units = peewee.DecimalField(default=Decimal(1))
    quantity = AmountField()
    quantity_variance = AmountField(default=Decimal(0))
    cost_share_percent = AmountField()


class OrderReceipt(TenantModel):
    order_id = IdField()
    receipt_date = BusinessDateField()
    external_id = peewee.CharField(null=True)
    created_at = InstantField()


class OrderReceiptItem(TenantModel):
    receipt_id = IdField()
    order_id = IdField()
    sku_id = IdField()
    quantity = AmountField()
    unit_quantity = AmountField(null=True)
    unit_cost = AmountField()
    usage_count = peewee.IntegerField(default=0)
    by_product_count = peewee.IntegerField(default=0)


class OrderReceiptUsage(TenantModel):
    """What was really used of an input for an item of a receipt."""

    receipt_item_id = IdField()
    input_id = IdField()
    planned = AmountField()
    used = AmountField()
    scrapped = AmountField()
    scrap_reason = peewee.CharField(max_length=255, null=True)
    scrapped_value = ValueField()
    returned = AmountField()


class OrderReceiptByProduct(TenantModel):
    """What came out beside an item of a receipt."""

    receipt_item_id = IdField()
    by_product_id = IdField()
    planned = AmountField()
    quantity = AmountField()
    unit_cost = AmountField(null=True)


class WorkOrder(Order):
    pass


class WorkOrderItem(OrderItem):
    cost = AmountField(default=0)


class WorkOrderInput(OrderInput):
    material_id = IdField(null=True)
    input_sku_id = IdField(null=True)


class WorkOrderByProduct(OrderByProduct):
    pass


class WorkOrderReceipt(OrderReceipt):
    pass


class WorkOrderReceiptItem(OrderReceiptItem):
    pass


class WorkOrderReceiptUsage(OrderReceiptUsage):
    pass


class WorkOrderReceiptByProduct(OrderReceiptByProduct):
    pass


class ProductionOrder(Order):
    pass


class ProductionOrderItem(OrderItem):
    cost = AmountField(null=True)


class ProductionOrderInput(OrderInput):
    material_id = IdField()


class ProductionOrderByProduct(OrderByProduct):
    pass


class ProductionOrderReceipt(OrderReceipt):
    pass


class ProductionOrderReceiptItem(OrderReceiptItem):
    pass


class ProductionOrderReceiptUsage(OrderReceiptUsage):
    pass


class ProductionOrderReceiptByProduct(OrderReceiptByProduct):
    pass
