"""The tables of the units domain: the same for materials and SKUs."""

import peewee

from pharus.db import TenantModel
from pharus.fields import AmountField, IdField, InstantField


class ItemUnit(TenantModel):
    unit = peewee.CharField(max_length=40)
    numerator = AmountField()
    denominator = AmountField()
    base_unit = peewee.CharField(max_length=40)
    created_at = InstantField()


class MaterialUnit(ItemUnit):
    material_id = IdField()


class SkuUnit(ItemUnit):
    sku_id = IdField()
