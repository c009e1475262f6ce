"""Inventory: two append-only ledgers (materials, finished goods), their balances, and the engine that posts."""

from pharus.hooks import hookimpl
from plugins.inventory import deactivated, demo, integrity, rules

references_to = hookimpl(rules.REFERENCES.count, specname="references_to")
still_holds = hookimpl(deactivated.still_holds, specname="still_holds")
check_integrity = hookimpl(integrity.find, specname="check_integrity")
fill_demo = hookimpl(demo.fill, specname="fill_demo")
