"""Whose version If-Match is compared with where the path names a part of a contact: of each such operation, the id of
the contact."""

from plugins.contacts import records


def update_contact_method(id: str) -> str:
    return records.methods.get(id)["contactId"]


def update_contact_link(id: str) -> str:
    return records.links.get(id)["contactId"]


delete_contact_method = update_contact_method
delete_contact_link = update_contact_link
