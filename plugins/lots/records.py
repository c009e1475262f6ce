"""The records of lots as the contract shows them."""

from collections.abc import Mapping
from typing import Any, cast

from pharus.records import Records
from plugins.inventory import models as of_inventory
from plugins.lots import models
from plugins.lots.schemas import Lot, LotEntry, LotRecall
from plugins.materials.records import materials
from plugins.products.records import skus

lots = Records(of_inventory.Lot, Lot)
lot_entries = Records(of_inventory.LotEntry, LotEntry)
recalls = Records(models.LotRecall, LotRecall)


def item_of(lot: Lot) -> Mapping[str, Any]:
    """The material or SKU that it is of."""
    if lot["materialId"] is not None:
        return cast(Mapping[str, Any], materials.get(lot["materialId"]))
    assert lot["skuId"] is not None
    return cast(Mapping[str, Any], skus.get(lot["skuId"]))
