"""The tables of the products domain."""

import peewee

from pharus.db import TenantModel
from pharus.fields import AmountField, IdField, InstantField
from pharus.lookups import LookupModel


class SkuType(LookupModel):
    pass


class Sku(TenantModel):
    sku_code = peewee.CharField(max_length=100)
    name = peewee.CharField(max_length=255)
    sku_type_id = IdField()
    items_per_unit = peewee.IntegerField(default=1)
    oz_per_item = AmountField(null=True)
    unit = peewee.CharField(max_length=40, null=True)
    density = AmountField(null=True)
    lot_tracking = peewee.CharField(max_length=20, default="none")
    lot_policy = peewee.CharField(max_length=10, null=True)
    shelf_life_days = peewee.IntegerField(null=True)
    gtin = peewee.CharField(max_length=14, null=True)
    qbo_id = peewee.CharField(max_length=100, null=True)
    notes = peewee.TextField(null=True)
    is_active = peewee.BooleanField(default=True)
    created_at = InstantField()
    updated_at = InstantField()
