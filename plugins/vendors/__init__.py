"""Vendors: whom materials, packaging and services are bought from."""

from pharus.hooks import hookimpl
from plugins.vendors import demo

fill_demo = hookimpl(demo.fill, specname="fill_demo")
