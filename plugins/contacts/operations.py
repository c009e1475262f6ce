"""The operations of the contacts domain, in the order of the document."""

from typing import Unpack

from pharus import bulk
from pharus.email_addresses import canonical_email
from pharus.listing import Listing, Order, Paging, Search, contains, either_flag, flag, name_of
from pharus.schemas import BulkImportResult, DeletedId
from plugins.contacts import imports, records, rules
from plugins.contacts.schemas import (
    Contact,
    ContactBulkImport,
    ContactCreate,
    ContactDetail,
    ContactEntityType,
    ContactFindOrCreate,
    ContactFoundOrCreated,
    ContactLink,
    ContactLinkBulkImport,
    ContactLinkCreate,
    ContactLinkPage,
    ContactLinkUpdate,
    ContactMethod,
    ContactMethodBulkImport,
    ContactMethodCreate,
    ContactMethodList,
    ContactMethodPage,
    ContactMethodUpdate,
    ContactPage,
    ContactUpdate,
    LinkedContactList,
)

_list = Listing(
    records.contacts,
    Order(("sort_key", "id")),
    {"is_active": "is_active = %s", "q": Search("display_name ILIKE %s", "find_ids('contact', %s)")},
    sorts={"displayName": ("sort_key", "id"), "id": ("id",), "updatedAt": ("updated_at", "id")},
)

_list_methods = Listing(
    records.all_methods,
    Order(("id",)),
    {},
    sorts={"id": ("id",)},
    names={"contactName": name_of("contact", "contact_method", "contact_id", "display_name")},
)
_list_links = Listing(
    records.all_links,
    Order(("id",)),
    {},
    sorts={"id": ("id",)},
    names={
        "contactName": name_of("contact", "contact_link", "contact_id", "display_name"),
        "customerName": name_of("customer", "contact_link", "customer_id"),
        "vendorName": name_of("vendor", "contact_link", "vendor_id"),
    },
)


def create_contact(body: ContactCreate) -> Contact:
    name = rules.display_name(body["firstName"], body.get("lastName"))
    return records.contacts.insert({"display_name": name, **records.contacts.values_of(body)})


def list_contacts(
    is_active: str | None = None, active: str | None = None, q: str | None = None, **paging: Unpack[Paging]
) -> ContactPage:
    return _list.page({"is_active": either_flag(is_active, active), "q": contains(q)}, **paging)


def update_contact(id: str, body: ContactUpdate) -> Contact:
    return records.contacts.update(id, records.contacts.values_of(body))


def delete_contact(id: str) -> DeletedId:
    records.contacts.delete(id)
    return {"deletedId": id}


def bulk_import_contacts(body: ContactBulkImport, mode: str, dry_run: str) -> BulkImportResult:
    rows = [
        {
            "display_name": rules.display_name(row["firstName"], row.get("lastName")),
            **records.contacts.values_of(row),
        }
        for row in body["rows"]
    ]
    return bulk.import_records(records.contacts, rows, mode=mode, dry_run=flag(dry_run) is True)


def get_contact(id: str) -> ContactDetail:
    contact = records.contacts.get(id)
    return {
        "contact": contact,
        "methods": records.methods_of(contact["id"])[contact["id"]],
        "links": records.links_of(id),
    }


def add_contact_method(id: str, body: ContactMethodCreate) -> ContactMethod:
    values = records.methods.values_of(body)
    type = body["type"]
    values |= {"contact_id": id, "value": rules.method_value(type, body["value"])}
    rules.lock_contact(id)
    if values.get("is_primary"):
        rules.unset_primary_method(id, type)
    else:
        values["is_primary"] = not rules.has_active_method(id, type)
    return records.methods.insert(values)


def list_contact_methods(id: str) -> ContactMethodList:
    contact = records.contacts.get(id)
    return {"data": records.methods_of(contact["id"])[contact["id"]]}


def list_all_contact_methods(**paging: Unpack[Paging]) -> ContactMethodPage:
    return _list_methods.page({}, **paging)


def bulk_import_contact_methods(body: ContactMethodBulkImport, mode: str, dry_run: str) -> BulkImportResult:
    return imports.methods(body["rows"], mode=mode, dry_run=flag(dry_run) is True)


def update_contact_method(id: str, body: ContactMethodUpdate) -> ContactMethod:
    rules.lock_contact_of(id)
    before = records.methods.get(id)
    values = rules.change_of(before, records.methods.values_of(body))
    if values.get("is_primary"):
        rules.unset_primary_method(before["contactId"], values.get("method_type", before["methodType"]), but=id)
    after = records.methods.update(id, values)
    if before["isPrimary"] and not (after["isActive"] and after["methodType"] == before["methodType"]):
        rules.make_oldest_primary(before["contactId"], before["methodType"])
    return after


def delete_contact_method(id: str) -> DeletedId:
    rules.lock_contact_of(id)
    method = records.methods.get(id)
    records.methods.delete(id)
    if method["isPrimary"]:
        rules.make_oldest_primary(method["contactId"], method["methodType"])
    return {"deletedId": id}


def create_contact_link(id: str, body: ContactLinkCreate) -> ContactLink:
    entity = rules.lock_entity(body["entityType"], body["entityId"])
    rules.require_linkable(id, entity)
    is_primary = body.get("isPrimary", False)
    if is_primary:
        rules.unset_primary_link(entity)
    return records.links.insert(
        {
            "contact_id": id,
            entity.column: entity.id,
            "role": body.get("role"),
            "notes": body.get("notes"),
            "is_primary": is_primary,
        }
    )


def list_all_contact_links(**paging: Unpack[Paging]) -> ContactLinkPage:
    return _list_links.page({}, **paging)


def bulk_import_contact_links(
    body: ContactLinkBulkImport, mode: str, dry_run: str, accept_deactivated: str = "false"
) -> BulkImportResult:
    return imports.links(body["rows"], accept_deactivated, mode=mode, dry_run=flag(dry_run) is True)


def update_contact_link(id: str, body: ContactLinkUpdate) -> ContactLink:
    if body.get("isPrimary"):
        link = records.links.get(id)
        rules.unset_primary_link(rules.lock_entity(link["entityType"], link["entityId"]), but=id)
    return records.links.update(id, records.links.values_of(body))


def delete_contact_link(id: str) -> DeletedId:
    records.links.delete(id)
    return {"deletedId": id}


def find_or_create_contact(body: ContactFindOrCreate) -> ContactFoundOrCreated:
    entity = rules.lock_entity(body["entityType"], body["entityId"])
    email = canonical_email(body["email"])
    rules.lock_address(email)
    found = records.by_primary_email(email, entity)
    if found is not None and found.link is not None:
        return {"contact": found.contact, "method": found.method, "link": found.link, "created": False}
    entity.require_active()
    if found is not None:
        contact, method = found.contact, found.method
    else:
        contact = create_contact({"firstName": body["firstName"], "lastName": body.get("lastName")})
        method = records.methods.insert(
            {"contact_id": contact["id"], "method_type": "email", "value": email, "is_primary": True}
        )
    link = records.links.insert({"contact_id": contact["id"], entity.column: entity.id, "role": body.get("role")})
    return {"contact": contact, "method": method, "link": link, "created": found is None}


def list_linked_contacts(entity_type: ContactEntityType, entity_id: str) -> LinkedContactList:
    return {"data": records.linked_to(entity_type, entity_id)}
