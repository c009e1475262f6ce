"""The records of lots as the contract shows them."""

from pharus.records import Records
from plugins.inventory import models
from plugins.lots.schemas import Lot, LotEntry

lots = Records(models.Lot, Lot)
lot_entries = Records(models.LotEntry, LotEntry)
