"""The records of the inventory as the contract shows them, and the movements of each ledger."""

from pharus.records import Records
from plugins.inventory import models
from plugins.inventory.ledgers import FINISHED_GOODS, MATERIALS
from plugins.inventory.movements import StockMovements
from plugins.inventory.schemas import FinishedGoodsLedgerEntry, MaterialsLedgerEntry
from plugins.materials.records import materials
from plugins.products.records import skus

material_entries = Records(models.MaterialsLedgerEntry, MaterialsLedgerEntry, renamed={"materialId": "item_id"})
finished_goods_entries = Records(
    models.FinishedGoodsLedgerEntry, FinishedGoodsLedgerEntry, renamed={"skuId": "item_id"}
)

material_movements = StockMovements(MATERIALS, material_entries, materials)
finished_goods_movements = StockMovements(FINISHED_GOODS, finished_goods_entries, skus)
