"""What contacts are to customers and vendors: one link each, at most one primary for an entity."""

from typing import Any

import pytest

from pharus.fields import new_id
from tests import factories
from tests.api import Api, error_code, pointers
from tests.factories import Organization

KINDS = ("customer", "vendor")
each_kind = pytest.mark.parametrize("kind", KINDS)


def _make(kind: str, org_id: str, **columns: Any) -> str:
    return (
        factories.make_customer(org_id, **columns) if kind == "customer" else factories.make_vendor(org_id, **columns)
    )


def _link(api: Api, contact_id: str, kind: str, entity_id: str, **keys: Any) -> Any:
    return api.post(f"/api/contacts/{contact_id}/links", {"entityType": kind, "entityId": entity_id, **keys})


def _primaries(api: Api, kind: str, entity_id: str) -> list[str]:
    rows = api.get("/api/contacts/linked-to", entityType=kind, entityId=entity_id).json()["data"]
    return [row["link"]["contactId"] for row in rows if row["link"]["isPrimary"]]


@each_kind
def test_create_contact_link_returns_every_value(
    member: Api, organization: Organization, contact_id: str, kind: str
) -> None:
    entity_id = _make(kind, organization.id)
    keys = {"role": "Buyer", "notes": "Mornings.", "isPrimary": True}
    created = _link(member, contact_id.upper(), kind, entity_id.upper(), **keys)
    assert created.status_code == 201
    body = created.json()
    assert {key: body[key] for key in keys} == keys
    assert (body["contactId"], body["entityType"], body["entityId"]) == (contact_id, kind, entity_id)
    assert (body["orgId"], body["isActive"]) == (organization.id, True)
    assert member.get(f"/api/contacts/{contact_id}").json()["links"] == [body]


def test_create_contact_link_is_not_primary_unless_asked(member: Api, contact_id: str, customer_id: str) -> None:
    body = _link(member, contact_id, "customer", customer_id).json()
    assert (body["isPrimary"], body["role"], body["notes"]) == (False, None, None)


@each_kind
def test_create_contact_link_refuses_what_does_not_exist(
    member: Api, organization: Organization, contact_id: str, kind: str
) -> None:
    theirs = _make(kind, factories.make_organization().id)
    other_kind = _make("vendor" if kind == "customer" else "customer", organization.id)
    for unknown in (new_id(), theirs, other_kind):
        refused = _link(member, contact_id, kind, unknown)
        assert (refused.status_code, error_code(refused)) == (404, "not_found")
    assert _link(member, new_id(), kind, _make(kind, organization.id)).status_code == 404


@each_kind
def test_create_contact_link_refuses_what_is_deactivated(
    member: Api, organization: Organization, contact_id: str, kind: str
) -> None:
    refused = _link(member, contact_id, kind, _make(kind, organization.id, is_active=False))
    assert (refused.status_code, error_code(refused)) == (409, "conflict")
    hidden = factories.make_contact(organization.id, is_active=False)
    assert _link(member, hidden, kind, _make(kind, organization.id)).status_code == 409


@each_kind
def test_create_contact_link_refuses_a_second_one(
    member: Api, organization: Organization, contact_id: str, kind: str
) -> None:
    entity_id = _make(kind, organization.id)
    assert _link(member, contact_id, kind, entity_id).status_code == 201
    refused = _link(member, contact_id, kind, entity_id, isPrimary=True)
    assert (refused.status_code, error_code(refused)) == (409, "conflict")
    assert kind in refused.json()["error"]["message"]
    assert _link(member, contact_id, kind, _make(kind, organization.id)).status_code == 201


@each_kind
def test_create_contact_link_as_primary_unsets_the_other(member: Api, organization: Organization, kind: str) -> None:
    entity_id, other_id = _make(kind, organization.id), _make(kind, organization.id)
    contacts = [factories.make_contact(organization.id) for _ in range(3)]
    _link(member, contacts[0], kind, other_id, isPrimary=True)
    for contact in contacts:
        assert _link(member, contact, kind, entity_id, isPrimary=True).status_code == 201
        assert _primaries(member, kind, entity_id) == [contact]
    assert _primaries(member, kind, other_id) == [contacts[0]]


@each_kind
def test_update_contact_link_as_primary_unsets_the_other(member: Api, organization: Organization, kind: str) -> None:
    entity_id = _make(kind, organization.id)
    contacts = [factories.make_contact(organization.id) for _ in range(2)]
    links = [_link(member, contact, kind, entity_id, isPrimary=True).json() for contact in contacts]
    changed = member.patch(f"/api/contact-links/{links[0]['id']}", {"isPrimary": True, "role": "Owner"}).json()
    assert (changed["isPrimary"], changed["role"]) == (True, "Owner")
    assert _primaries(member, kind, entity_id) == [contacts[0]]
    again = member.patch(f"/api/contact-links/{links[0]['id']}", {"isPrimary": True})
    assert again.json()["isPrimary"] is True
    assert member.patch(f"/api/contact-links/{links[0]['id']}", {"isPrimary": False}).status_code == 200
    assert _primaries(member, kind, entity_id) == []


def test_update_contact_link_changes_only_what_is_sent(member: Api, contact_id: str, customer_id: str) -> None:
    before = _link(member, contact_id, "customer", customer_id, role="Buyer", notes="x", isPrimary=True).json()
    path = f"/api/contact-links/{before['id']}"
    sent = {"notes": None, "isActive": False}
    after = member.patch(path, sent).json()
    assert after == {**before, **sent, "updatedAt": after["updatedAt"]}
    assert pointers(member.patch(path, {"entityId": new_id()})) == ["/entityId"]
    assert member.patch(f"/api/contact-links/{new_id()}", {"role": "x"}).status_code == 404


def test_delete_contact_link_leaves_contact_and_entity(member: Api, contact_id: str, customer_id: str) -> None:
    id = _link(member, contact_id, "customer", customer_id).json()["id"]
    assert member.delete(f"/api/contact-links/{id}").json() == {"deletedId": id}
    assert member.delete(f"/api/contact-links/{id}").status_code == 404
    assert member.get(f"/api/contacts/{contact_id}").json()["links"] == []
    assert member.get(f"/api/customers/{customer_id}").status_code == 200
    assert _link(member, contact_id, "customer", customer_id).status_code == 201


@each_kind
def test_delete_of_an_entity_takes_its_links(
    admin: Api, organization: Organization, contact_id: str, kind: str
) -> None:
    entity_id, kept = _make(kind, organization.id), _make(kind, organization.id)
    for id in (entity_id, kept):
        _link(admin, contact_id, kind, id, isPrimary=True)
    assert admin.delete(f"/api/{kind}s/{entity_id}").status_code == 200
    assert [link["entityId"] for link in admin.get(f"/api/contacts/{contact_id}").json()["links"]] == [kept]


@each_kind
def test_list_linked_contacts_by_display_name_with_all_methods(
    viewer: Api, organization: Organization, kind: str
) -> None:
    org_id = organization.id
    entity_id = _make(kind, org_id)
    expected = {}
    for name, values in (("robin", ["2", "1"]), ("Kim", []), ("Alex", ["3"])):
        contact = factories.make_contact(org_id, display_name=name)
        for value in values:
            factories.make_contact_method(org_id, contact_id=contact, method_type="phone", value=value)
        expected[name] = values
        factories.make_contact_link(org_id, contact_id=contact, role=name, **{f"{kind}_id": entity_id})
    factories.make_contact_link(
        org_id, contact_id=factories.make_contact(org_id), **{f"{kind}_id": _make(kind, org_id)}
    )
    rows = viewer.get("/api/contacts/linked-to", entityType=kind, entityId=entity_id.upper()).json()["data"]
    assert [row["contact"]["displayName"] for row in rows] == ["Alex", "Kim", "robin"]
    assert [row["link"]["role"] for row in rows] == ["Alex", "Kim", "robin"]
    assert {row["contact"]["displayName"]: [m["value"] for m in row["methods"]] for row in rows} == expected
    other_kind = "vendor" if kind == "customer" else "customer"
    assert viewer.get("/api/contacts/linked-to", entityType=other_kind, entityId=entity_id).json() == {"data": []}


def test_list_linked_contacts_needs_both_parameters(viewer: Api) -> None:
    assert pointers(viewer.get("/api/contacts/linked-to")) == ["query/entityId", "query/entityType"]
