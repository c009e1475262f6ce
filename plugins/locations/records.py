"""The records of locations as the contract shows them."""

from pharus.pdf.paper import Party
from pharus.records import Records
from plugins.locations import models
from plugins.locations.schemas import Location

locations = Records(models.Location, Location)


def party_of(location: Location) -> Party:
    """The location as papers name it, with whom to ask there."""
    return Party.of(
        location, contact=location["contactName"], email=location["contactEmail"], phone=location["contactPhone"]
    )
