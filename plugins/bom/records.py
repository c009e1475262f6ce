"""The records of bom as the contract shows them."""

from pharus.records import Records
from plugins.bom import models
from plugins.bom.schemas import BomByProduct, BomItem, BomSummary

boms = Records(models.Bom, BomSummary, renamed={"outputSkuId": "id"})
lines = Records(models.BomItem, BomItem)
by_products = Records(models.BomByProduct, BomByProduct)
