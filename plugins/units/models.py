"""The tables of the units domain: the same for materials and SKUs."""

import peewee

from pharus.db import TenantModel
from pharus.fields import AmountField, IdField, InstantField


class _Unit(TenantModel):
    unit = peewee.CharField(max_length=40)
    numerator = AmountField()
    denominator = AmountField()
    base_unit = peewee.CharField(max_length=40)
    created_at = InstantField()


class MaterialUnit(_Unit):
    material_id = IdField()


class SkuUnit(_Unit):
    sku_id = IdField()


class ItemUnit(_Unit):
    """A view: the units of both."""

    material_id = IdField(null=True)
    sku_id = IdField(null=True)
