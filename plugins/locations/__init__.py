"""Locations: where goods are kept, received, made and shipped from."""

from pharus.hooks import hookimpl
from pharus.naming import Naming
from plugins.locations import demo

fill_demo = hookimpl(demo.fill, specname="fill_demo")


@hookimpl
def namings() -> list[Naming]:
    return [
        Naming(
            "location",
            ("name_key",),
            ("locationId", "shipToLocationId", "workSiteLocationId", "fulfillmentLocationId", "toLocationId"),
        ),
    ]
