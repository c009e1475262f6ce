"""The records of products as the contract shows them."""

from pharus.lookups import Lookups
from pharus.records import Records
from plugins.products import models
from plugins.products.schemas import Sku

types = Lookups(models.SkuType)
skus = Records(
    models.Sku,
    Sku,
    requested={"code": "skuCode", "typeId": "skuTypeId"},
)
