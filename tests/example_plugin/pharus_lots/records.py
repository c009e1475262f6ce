"""The records of the plugin as its document shows them."""

from pharus.records import Records

from pharus_lots import models
from pharus_lots.schemas import LotsArrival, LotsLot

arrivals = Records(models.LotsArrival, LotsArrival)
lots = Records(models.LotsLot, LotsLot)
