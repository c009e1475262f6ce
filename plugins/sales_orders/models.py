"""The tables of the sales orders domain."""

import peewee

from pharus.db import TenantModel
from pharus.fields import AmountField, BusinessDateField, IdField, InstantField
from pharus.lookups import LookupModel
from plugins.sales_orders.statuses import LIFECYCLE


class OrderChannel(LookupModel):
    pass


class SalesOrder(TenantModel):
    so_number = peewee.CharField(max_length=40)
    customer_id = IdField()
    order_channel_id = IdField()
    order_status = peewee.CharField(max_length=20)
    is_history = peewee.BooleanField(default=False)
    disputed_from = peewee.CharField(max_length=20, null=True)
    fulfillment_status = peewee.CharField(max_length=20)
    fulfillment_location_id = IdField(null=True)
    broker_id = IdField(null=True)
    broker_fee_percent = AmountField(null=True)
    broker_fees = AmountField(default=0)
    fees_given = peewee.BooleanField(default=False)
    fulfillment_costs = AmountField(default=0)
    freight_costs = AmountField(default=0)
    promo_costs = AmountField(default=0)
    other_costs = AmountField(default=0)
    mabd = BusinessDateField()
    placed_at = BusinessDateField()
    customer_reference = peewee.CharField(max_length=255, null=True)
    terms = peewee.CharField(max_length=255, null=True)
    notes = peewee.TextField(null=True)
    qbo_id = peewee.CharField(max_length=100, null=True)
    created_at = InstantField()
    updated_at = InstantField()


LIFECYCLE.add_columns(SalesOrder)


class SalesOrderItem(TenantModel):
    sales_order_id = IdField()
    sku_id = IdField()
    quantity = peewee.IntegerField()
    unit_price = AmountField(default=0)
    unit = peewee.CharField(max_length=40, null=True)
    unit_quantity = AmountField(null=True)
    unit_factor = peewee.CharField(max_length=200, null=True)
    price_per_unit = AmountField(null=True)
    shipped_quantity = peewee.IntegerField(default=0)
    returned_quantity = peewee.IntegerField(default=0)


class SalesOrderShipment(TenantModel):
    sales_order_id = IdField()
    shipment_number = peewee.CharField(max_length=40)
    location_id = IdField()
    shipped_at = BusinessDateField()
    carrier = peewee.CharField(max_length=255, null=True)
    tracking_number = peewee.CharField(max_length=255, null=True)
    notes = peewee.TextField(null=True)
    external_id = peewee.CharField(max_length=255, null=True)
    created_at = InstantField()
    updated_at = InstantField()


class SalesOrderShipmentItem(TenantModel):
    shipment_id = IdField()
    so_item_id = IdField()
    quantity = peewee.IntegerField()
    unit_quantity = AmountField(null=True)


class SalesOrderReturn(TenantModel):
    sales_order_id = IdField()
    shipment_id = IdField()
    return_number = peewee.CharField(max_length=40)
    credit_note_number = peewee.CharField(max_length=40, null=True)
    location_id = IdField()
    returned_at = BusinessDateField()
    notes = peewee.TextField(null=True)
    external_id = peewee.CharField(max_length=255, null=True)
    amount = AmountField()
    broker_fees = AmountField()
    created_at = InstantField()
    updated_at = InstantField()


class SalesOrderReturnItem(TenantModel):
    return_id = IdField()
    so_item_id = IdField()
    shipment_item_id = IdField()
    quantity = peewee.IntegerField()
    written_off = peewee.BooleanField(default=False)
    unit_price = AmountField()
    amount = AmountField()
    unit_quantity = AmountField(null=True)
    price_per_unit = AmountField(null=True)


class TimelineNote(TenantModel):
    sales_order_id = IdField()
    order_status = peewee.CharField(max_length=20)
    note = peewee.TextField()
    created_at = InstantField()
