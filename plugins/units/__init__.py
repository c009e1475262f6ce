"""Units: in which quantities of items are said, and how they convert, exactly."""

from pharus.hooks import hookimpl
from plugins.units import demo

fill_demo = hookimpl(demo.fill, specname="fill_demo")
