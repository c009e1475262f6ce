"""Locations: where goods are kept, received, made and shipped from."""

from pharus.hooks import hookimpl
from plugins.locations import demo

fill_demo = hookimpl(demo.fill, specname="fill_demo")
