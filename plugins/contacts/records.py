"""Contacts, their methods and their links as the contract shows them."""

from collections.abc import Sequence
from typing import NamedTuple, TypedDict

from pharus.db import current, db
from pharus.records import Records
from plugins.contacts import models, rules
from plugins.contacts.schemas import (
    Contact,
    ContactLink,
    ContactLinkSummary,
    ContactMethod,
    ContactMethodSummary,
    LinkedContact,
)

contacts = Records(models.Contact, Contact)
methods = Records(models.ContactMethod, ContactMethod, requested={"type": "methodType"})
links = Records(models.ContactLink, ContactLink)
# As the lists of those of all contacts show them.
all_methods = Records(models.ContactMethod, ContactMethodSummary, requested={"type": "methodType"})
all_links = Records(models.ContactLink, ContactLinkSummary)

_OLDEST_FIRST = "ORDER BY created_at, id"

# Who is linked already comes before who is not, the active before the deactivated, the oldest first.
_BY_PRIMARY_EMAIL = f"""
SELECT {contacts.selected_as("contact")}, {methods.selected_as("method")}, {links.selected_as("link")}
FROM contact_method method
JOIN contact ON contact.org_id = method.org_id AND contact.id = method.contact_id
LEFT JOIN contact_link link
    ON link.org_id = contact.org_id AND link.contact_id = contact.id AND link.entity_type = %s AND link.entity_id = %s
WHERE method.org_id = %s AND method.method_type = 'email' AND method.is_primary AND method.value = %s
    AND (link.id IS NOT NULL OR contact.is_active)
ORDER BY link.id IS NULL, NOT contact.is_active, contact.created_at, contact.id
LIMIT 1
"""

_LINKED = f"""
SELECT {links.selected_as("link")}, {contacts.selected_as("contact")}
FROM contact_link link JOIN contact ON contact.org_id = link.org_id AND contact.id = link.contact_id
WHERE link.org_id = %s AND link.{{column}} = %s
ORDER BY contact.sort_key, contact.id
"""


_PERSON = """
SELECT
    contact.display_name,
    max(method.value) FILTER (WHERE method_type = 'email'),
    max(method.value) FILTER (WHERE method_type = 'phone')
FROM contact_link link
JOIN contact ON contact.org_id = link.org_id AND contact.id = link.contact_id AND contact.is_active
LEFT JOIN contact_method method
    ON method.org_id = contact.org_id AND method.contact_id = contact.id AND method.is_primary
WHERE link.org_id = %s AND link.entity_type = %s AND link.entity_id = %s AND link.is_primary AND link.is_active
GROUP BY contact.id, contact.display_name
"""


class Person(TypedDict, total=False):
    """As papers name somebody; empty where nobody is known."""

    contact: str
    email: str | None
    phone: str | None


class Found(NamedTuple):
    contact: Contact
    method: ContactMethod
    link: ContactLink | None


def by_primary_email(email: str, entity: rules.Entity) -> Found | None:
    """The contact that findOrCreateContact finds: linked to the entity already, or else the oldest active one."""
    row = db.execute_sql(_BY_PRIMARY_EMAIL, (entity.kind, entity.id, current().org_id, email)).fetchone()
    if row is None:
        return None
    contact, row = contacts.row(row), row[len(contacts.keys) :]
    method, row = methods.row(row), row[len(methods.keys) :]
    return Found(contact, method, None if row[0] is None else links.row(row))


def person_for(kind: str, id: str) -> Person:
    """The primary contact of a vendor or customer, with the primary address and number."""
    found = db.rows(_PERSON, (current().org_id, kind, id))
    return {"contact": found[0][0], "email": found[0][1], "phone": found[0][2]} if found else {}


def methods_of(*contact_ids: str) -> dict[str, list[ContactMethod]]:
    """All methods of the contacts, oldest first, by contact."""
    found: dict[str, list[ContactMethod]] = {id: [] for id in contact_ids}
    for method in methods.select(f"AND contact_id = ANY(%s::uuid[]) {_OLDEST_FIRST}", (list(contact_ids),)):
        found[method["contactId"]].append(method)
    return found


def links_of(contact_id: str) -> list[ContactLink]:
    return links.select(f"AND contact_id = %s {_OLDEST_FIRST}", (contact_id,))


def linked_to(kind: str, id: str) -> list[LinkedContact]:
    """By display name."""
    rows: Sequence[tuple[object, ...]] = db.execute_sql(
        _LINKED.format(column=f"{kind}_id"), (current().org_id, id)
    ).fetchall()
    pairs = [(links.row(row), contacts.row(row[len(links.keys) :])) for row in rows]
    found = methods_of(*(contact["id"] for _, contact in pairs))
    return [{"link": link, "contact": contact, "methods": found[contact["id"]]} for link, contact in pairs]
