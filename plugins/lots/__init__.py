"""Lots: which there are of an item, whether they may leave, where they are, what they came from and went into."""

from pharus.hooks import hookimpl
from plugins.lots import demo, integrity

check_integrity = hookimpl(integrity.find, specname="check_integrity")
fill_demo = hookimpl(demo.fill, specname="fill_demo")
