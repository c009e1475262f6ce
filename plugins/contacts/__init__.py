"""Contacts: a pool of people that customers and vendors share, with their addresses and phone numbers."""

from pharus.hooks import hookimpl
from pharus.naming import Naming
from plugins.contacts import demo, rules

fill_demo = hookimpl(demo.fill, specname="fill_demo")
record_deleted = hookimpl(rules.forget, specname="record_deleted")


@hookimpl
def namings() -> list[Naming]:
    return [Naming("contact", ("text_key(display_name)",), ("contactId",), shown=(("name", "display_name"),))]
