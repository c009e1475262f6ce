"""The records of the plugin as its document shows them."""

from pharus.records import Records

from pharus_batches import models
from pharus_batches.schemas import BatchesArrival, BatchesBatch

arrivals = Records(models.BatchesArrival, BatchesArrival)
batches = Records(models.BatchesBatch, BatchesBatch)
