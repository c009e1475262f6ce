"""The tables of the prices domain."""

import peewee

from pharus.db import TenantModel
from pharus.fields import AmountField, BusinessDateField, IdField, InstantField


class SupplierPrice(TenantModel):
    vendor_id = IdField()
    material_id = IdField(null=True)
    sku_id = IdField(null=True)
    supplier_item_code = peewee.CharField(max_length=100, null=True)
    min_quantity = AmountField(default=0)
    unit_cost = AmountField()
    valid_from = BusinessDateField()
    valid_to = BusinessDateField(null=True)
    notes = peewee.TextField(null=True)
    created_at = InstantField()
    updated_at = InstantField()
    unit = peewee.CharField(max_length=40, null=True)
    unit_factor = peewee.CharField(max_length=200, null=True)


class CustomerPrice(TenantModel):
    sku_id = IdField()
    customer_id = IdField(null=True)
    customer_segment_id = IdField(null=True)
    min_quantity = AmountField(default=0)
    unit_price = AmountField()
    valid_from = BusinessDateField()
    valid_to = BusinessDateField(null=True)
    notes = peewee.TextField(null=True)
    created_at = InstantField()
    updated_at = InstantField()
    unit = peewee.CharField(max_length=40, null=True)
    unit_factor = peewee.CharField(max_length=200, null=True)
