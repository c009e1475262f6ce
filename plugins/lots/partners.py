"""Whom to call: the people of customers and vendors."""

from collections.abc import Iterable
from typing import Any, Literal

from pharus.db import current, db
from pharus.row_dicts import dicts
from pharus.rowsets import array


def contacts(kind: Literal["customer", "vendor"], ids: Iterable[str]) -> dict[str, list[dict[str, Any]]]:
    """By customer or vendor, the primary one first, with their primary address and number."""
    rows = db.rows(
        f"""
        SELECT link.{kind}_id, contact.display_name, link.role, link.is_primary,
            (SELECT value FROM contact_method AS method WHERE method.org_id = contact.org_id
                AND method.contact_id = contact.id AND method.method_type = 'email' AND method.is_primary LIMIT 1),
            (SELECT value FROM contact_method AS method WHERE method.org_id = contact.org_id
                AND method.contact_id = contact.id AND method.method_type = 'phone' AND method.is_primary LIMIT 1)
        FROM contact_link AS link
        JOIN contact ON contact.org_id = link.org_id AND contact.id = link.contact_id
        WHERE link.org_id = %s AND link.{kind}_id = ANY(%s::uuid[]) AND link.is_active AND contact.is_active
        ORDER BY link.is_primary DESC, contact.display_name, contact.id
        """,
        (current().org_id, array(ids)),
    )
    found: dict[str, list[dict[str, Any]]] = {}
    for id, *contact in rows:
        keys = ("name", "role", "isPrimary", "email", "phone")
        found.setdefault(id, []).extend(dicts(keys, [contact]))
    return found
