"""Vendors: whom materials, packaging and services are bought from."""

from pharus.hooks import hookimpl
from pharus.naming import Naming
from plugins.vendors import demo

fill_demo = hookimpl(demo.fill, specname="fill_demo")


@hookimpl
def namings() -> list[Naming]:
    return [
        Naming("vendor", ("text_key(name)",), ("vendorId",), among=("entityId",)),
    ]
