"""The tables of the manufacturing domain: the same for both kinds of order, but for what the migration says."""

import peewee

from pharus.db import TenantModel
from pharus.fields import AmountField, BusinessDateField, IdField, InstantField
from plugins.manufacturing.statuses import LIFECYCLE


class Order(TenantModel):
    number = peewee.CharField(max_length=40)
    status = peewee.CharField(max_length=20)
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
    created_at = InstantField()


class OrderInput(TenantModel):
    """What a line takes for its whole quantity, and exactly for one unit."""

    item_id = IdField()
    per_unit = peewee.DecimalField()
    quantity = AmountField()


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
    unit_cost = AmountField()


class WorkOrder(Order):
    pass


class WorkOrderItem(OrderItem):
    cost = AmountField(default=0)


class WorkOrderInput(OrderInput):
    material_id = IdField(null=True)
    input_sku_id = IdField(null=True)


class WorkOrderReceipt(OrderReceipt):
    pass


class WorkOrderReceiptItem(OrderReceiptItem):
    pass


class ProductionOrder(Order):
    pass


class ProductionOrderItem(OrderItem):
    cost = AmountField(null=True)


class ProductionOrderInput(OrderInput):
    material_id = IdField()


class ProductionOrderReceipt(OrderReceipt):
    pass


class ProductionOrderReceiptItem(OrderReceiptItem):
    pass
