"""The table of the bom domain, and the view of which SKUs have a BOM."""

import peewee

from pharus.db import TenantModel
from pharus.fields import AmountField, IdField, InstantField


class BomItem(TenantModel):
    sku_id = IdField()
    position = peewee.IntegerField()
    material_id = IdField(null=True)
    input_sku_id = IdField(null=True)
    quantity = AmountField()
    created_at = InstantField()


class Bom(TenantModel):
    """A view: the SKUs that have lines. The id is the SKU's."""

    sku_code = peewee.CharField(max_length=100)
    name = peewee.CharField(max_length=255)
    item_count = peewee.IntegerField()
