"""The records of lots as the contract shows them."""

from pharus.records import Records
from plugins.inventory import models as of_inventory
from plugins.lots import models
from plugins.lots.schemas import Lot, LotEntry, LotRecall

lots = Records(of_inventory.Lot, Lot)
lot_entries = Records(of_inventory.LotEntry, LotEntry)
recalls = Records(models.LotRecall, LotRecall)
