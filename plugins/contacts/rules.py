"""Decisions on contacts (docs/rules.md, Master data).

A change of a contact's methods locks the contact first, and a new link locks the customer or vendor first: of two
requests that make something primary at once, the second sees what the first did.
"""

from typing import Any, NamedTuple

from pharus.db import current, db
from pharus.email_addresses import canonical_email, is_email
from pharus.errors import Conflict, Invalid, NotFound, Problem
from pharus.locks import advisory_lock
from pharus.texts import stored
from plugins.contacts.schemas import ContactEntityType, ContactMethod

# Names and values


def display_name(first_name: str, last_name: str | None) -> str:
    """What a contact is called when nobody says."""
    return " ".join(filter(None, (stored(first_name), stored(last_name or ""))))


def method_value(type: str, value: str) -> str:
    """How the value of a method is stored and compared. Invalid for an email that is no address: the document's
    `format: email` cannot depend on the type beside it."""
    if type != "email":
        return value
    address = canonical_email(value)
    if not is_email(address):
        raise Invalid([Problem("/value", "must be an email address, because the type is email")])
    return address


# Methods: at most one active method of each type is primary


def lock_contact(id: str) -> None:
    """NotFound. Held until the transaction ends."""
    _lock_contact("%s", id, f"no contact with the id {id}")


def lock_contact_of(method_id: str) -> None:
    """Lock the contact that has the method; NotFound when there is no such method."""
    _lock_contact(
        "(SELECT contact_id FROM contact_method WHERE org_id = current_org() AND id = %s)",
        method_id,
        f"no contact method with the id {method_id}",
    )


def change_of(before: ContactMethod, asked: dict[str, Any]) -> dict[str, Any]:
    """The columns to change: what is asked, and what follows from it. Invalid, Conflict.

    A method that is deactivated is primary no longer. One that comes to a type anew, reactivated or with another type,
    is primary when no other method of the type is active: so is the first of a type.
    """
    values = dict(asked)
    type = values.get("method_type", before["methodType"])
    if values.keys() & {"method_type", "value"}:
        values["value"] = method_value(type, values.get("value", before["value"]))
    if not values.get("is_active", before["isActive"]):
        if values.get("is_primary"):
            _refuse_inactive_primary(asked)
        if before["isPrimary"]:
            values["is_primary"] = False
    elif not values.get("is_primary") and (type != before["methodType"] or not before["isActive"]):
        values["is_primary"] = not has_active_method(before["contactId"], type)
    return values


def has_active_method(contact_id: str, type: str) -> bool:
    row = db.row(
        """
        SELECT EXISTS (
            SELECT FROM contact_method WHERE org_id = %s AND contact_id = %s AND method_type = %s AND is_active
        )
        """,
        (current().org_id, contact_id, type),
    )
    return bool(row[0])


def unset_primary_method(contact_id: str, type: str, but: str | None = None) -> None:
    """Before another one becomes primary: the database refuses two at any moment."""
    unit = current()
    db.execute_sql(
        """
        UPDATE contact_method SET is_primary = false, updated_at = %s
        WHERE org_id = %s AND contact_id = %s AND method_type = %s AND is_primary AND id IS DISTINCT FROM %s
        """,
        (unit.now, unit.org_id, contact_id, type, but),
    )


def make_oldest_primary(contact_id: str, type: str) -> None:
    """After the primary one has gone: the oldest active one of its type takes its place, if there is one."""
    unit = current()
    db.execute_sql(
        """
        UPDATE contact_method SET is_primary = true, updated_at = %s
        WHERE org_id = %s AND id = (
            SELECT id FROM contact_method WHERE org_id = %s AND contact_id = %s AND method_type = %s AND is_active
            ORDER BY created_at, id LIMIT 1
        )
        """,
        (unit.now, unit.org_id, unit.org_id, contact_id, type),
    )


# Links: at most one link of each customer or vendor is primary


class Entity(NamedTuple):
    """The customer or vendor of a link."""

    kind: ContactEntityType
    id: str
    is_active: bool

    @property
    def column(self) -> str:
        """The column of contact_link that holds its id."""
        return f"{self.kind}_id"

    def require_active(self) -> None:
        """Conflict: nobody is newly linked to what is deactivated."""
        if not self.is_active:
            raise Conflict(f"the {self.kind} {self.id} is deactivated")


def lock_entity(kind: ContactEntityType, id: str) -> Entity:
    """NotFound. Others may go on referring to it; who links to it, changes or deletes it waits."""
    row = db.execute_sql(
        f"SELECT is_active FROM {kind} WHERE org_id = %s AND id = %s FOR NO KEY UPDATE", (current().org_id, id)
    ).fetchone()
    if row is None:
        raise NotFound(f"no {kind} with the id {id}")
    return Entity(kind, id, row[0])


def require_linkable(contact_id: str, entity: Entity) -> None:
    """NotFound when there is no such contact, Conflict when it is deactivated or linked to the entity already."""
    org_id = current().org_id
    row = db.execute_sql(
        f"""
        SELECT is_active, EXISTS (
            SELECT FROM contact_link WHERE org_id = %s AND {entity.column} = %s AND contact_id = contact.id
        ) FROM contact WHERE org_id = %s AND id = %s
        """,
        (org_id, entity.id, org_id, contact_id),
    ).fetchone()
    if row is None:
        raise NotFound(f"no contact with the id {contact_id}")
    is_active, is_linked = row
    if is_linked:
        raise Conflict(f"the contact is linked to this {entity.kind} already")
    if not is_active:
        raise Conflict(f"the contact {contact_id} is deactivated")
    entity.require_active()


def unset_primary_link(entity: Entity, but: str | None = None) -> None:
    """Before another one becomes primary: the database refuses two at any moment."""
    unit = current()
    db.execute_sql(
        """
        UPDATE contact_link SET is_primary = false, updated_at = %s
        WHERE org_id = %s AND entity_type = %s AND entity_id = %s AND is_primary AND id IS DISTINCT FROM %s
        """,
        (unit.now, unit.org_id, entity.kind, entity.id, but),
    )


def lock_address(email: str) -> None:
    """Of two who look for a contact with this address and would make it, the second finds what the first made."""
    advisory_lock(f"contact_method.value:{email}")


def forget(table: str, id: str) -> None:
    """What goes with a contact, customer or vendor that is about to be deleted: nothing of it blocks the deletion."""
    parts = {"contact": ("contact_method", "contact_link"), "customer": ("contact_link",), "vendor": ("contact_link",)}
    for part in parts.get(table, ()):
        db.execute_sql(f"DELETE FROM {part} WHERE org_id = %s AND {table}_id = %s", (current().org_id, id))


# Private


def _lock_contact(id_sql: str, parameter: str, missing: str) -> None:
    text = f"SELECT FROM contact WHERE org_id = %s AND id = {id_sql} FOR NO KEY UPDATE"
    if db.execute_sql(text, (current().org_id, parameter)).fetchone() is None:
        raise NotFound(missing)


def _refuse_inactive_primary(asked: dict[str, Any]) -> None:
    if asked.get("is_active") is False:
        raise Invalid([Problem("/isPrimary", "must not be true for a method that is deactivated")])
    raise Conflict("the contact method is deactivated; it can be primary once it is active again")
