"""The records of locations as the contract shows them."""

from pharus.records import Records
from plugins.locations import models
from plugins.locations.schemas import Location

locations = Records(models.Location, Location)
