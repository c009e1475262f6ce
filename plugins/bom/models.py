"""The tables of the bom domain, and the view of which SKUs have a BOM."""

from decimal import Decimal

import peewee

from pharus.db import TenantModel
from pharus.fields import AmountField, IdField, InstantField


class BomItem(TenantModel):
    sku_id = IdField()
    position = peewee.IntegerField()
    material_id = IdField(null=True)
    input_sku_id = IdField(null=True)
    quantity = AmountField()
    unit = peewee.CharField(max_length=40, null=True)
    unit_quantity = AmountField(null=True)
    unit_factor = peewee.CharField(max_length=200, null=True)
    scrap_percent = AmountField(default=Decimal(0))
    created_at = InstantField()


class BomHeader(TenantModel):
    """What holds for all lines of a SKU's BOM. The id is the SKU's; without a row it is as the defaults say."""

    batch_size = AmountField(default=Decimal(1))
    yield_percent = AmountField(default=Decimal(100))


class BomByProduct(TenantModel):
    """What comes out of a batch beside the SKU."""

    sku_id = IdField()
    position = peewee.IntegerField()
    by_product_sku_id = IdField()
    quantity = AmountField()
    cost_share_percent = AmountField()
    created_at = InstantField()


class Bom(TenantModel):
    """A view: the SKUs that have lines. The id is the SKU's."""

    sku_code = peewee.CharField(max_length=100)
    name = peewee.CharField(max_length=255)
    item_count = peewee.IntegerField()
