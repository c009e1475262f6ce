"""findOrCreateContact (docs/rules.md, Master data): linked already, else in the pool, else made."""

from typing import Any

import pytest

from pharus.fields import new_id
from tests import factories
from tests.api import Api, error_code, pointers
from tests.factories import Organization

PATH = "/api/contacts/find-or-create"
EMAIL = "kim@example.com"


def _body(kind: str, entity_id: str, **keys: Any) -> dict[str, Any]:
    return {"firstName": "Kim", "email": EMAIL, "entityType": kind, "entityId": entity_id, **keys}


def _make(org_id: str, email: str = EMAIL, **columns: Any) -> str:
    """A contact with the primary address."""
    id = factories.make_contact(org_id, **columns)
    factories.make_contact_method(org_id, contact_id=id, value=email, is_primary=True)
    return id


def _count(api: Api) -> int:
    return len(api.get("/api/contacts").json()["data"])


@pytest.mark.parametrize("kind", ["customer", "vendor"])
def test_find_or_create_contact_makes_contact_address_and_link(
    member: Api, organization: Organization, customer_id: str, vendor_id: str, kind: str
) -> None:
    entity_id = customer_id if kind == "customer" else vendor_id
    keys = {"lastName": "Buyer", "email": "Kim@Example.com", "role": "Buyer"}
    response = member.post(PATH, _body(kind, entity_id.upper(), **keys))
    assert response.status_code == 200
    body = response.json()
    assert body["created"] is True
    contact, method, link = body["contact"], body["method"], body["link"]
    assert (contact["firstName"], contact["lastName"], contact["displayName"]) == ("Kim", "Buyer", "Kim Buyer")
    assert (method["methodType"], method["value"], method["isPrimary"]) == ("email", EMAIL, True)
    assert (link["entityType"], link["entityId"], link["role"], link["isPrimary"]) == (kind, entity_id, "Buyer", False)
    assert member.get(f"/api/contacts/{contact['id']}").json() == {
        "contact": contact,
        "methods": [method],
        "links": [link],
    }


def test_find_or_create_contact_again_answers_what_is_there(member: Api, customer_id: str) -> None:
    first = member.post(PATH, _body("customer", customer_id)).json()
    keys = {"firstName": "Other", "lastName": "Name", "email": EMAIL.upper(), "role": "Other"}
    again = member.post(PATH, _body("customer", customer_id, **keys))
    assert again.status_code == 200
    assert again.json() == {**first, "created": False}


def test_find_or_create_contact_finds_every_spelling_of_an_address_and_none_that_only_looks_alike(
    member: Api, customer_id: str
) -> None:
    made = member.post(PATH, _body("customer", customer_id, email="Ünï@Bücher.example")).json()
    assert made["created"] is True
    found = member.post(PATH, _body("customer", customer_id, email="ünï@XN--BCHER-KVA.example")).json()
    assert (found["created"], found["contact"]["id"]) == (False, made["contact"]["id"])
    member.post(PATH, _body("customer", customer_id))
    assert member.post(PATH, _body("customer", customer_id, email="\u212aim@example.com")).json()["created"] is True


def test_find_or_create_contact_links_one_of_the_pool(
    member: Api, organization: Organization, customer_id: str, vendor_id: str
) -> None:
    first = member.post(PATH, _body("customer", customer_id)).json()
    linked = member.post(PATH, _body("vendor", vendor_id, firstName="Other", role="Sales")).json()
    assert linked["created"] is False
    assert (linked["contact"], linked["method"]) == (first["contact"], first["method"])
    assert (linked["link"]["entityId"], linked["link"]["role"]) == (vendor_id, "Sales")
    assert _count(member) == 1


def test_find_or_create_contact_prefers_the_one_that_is_linked(
    member: Api, organization: Organization, customer_id: str
) -> None:
    _make(organization.id)
    linked = _make(organization.id, is_active=False)
    link = factories.make_contact_link(
        organization.id, contact_id=linked, customer_id=customer_id, role="Old", is_active=False
    )
    body = member.post(PATH, _body("customer", customer_id, role="New")).json()
    assert (body["created"], body["contact"]["id"], body["link"]["id"]) == (False, linked, link)
    assert body["link"]["role"] == "Old"


def test_find_or_create_contact_prefers_the_oldest_active_of_the_pool(
    member: Api, organization: Organization, customer_id: str
) -> None:
    _make(organization.id, is_active=False)
    oldest = _make(organization.id)
    _make(organization.id)
    body = member.post(PATH, _body("customer", customer_id)).json()
    assert (body["created"], body["contact"]["id"]) == (False, oldest)


@pytest.mark.parametrize(
    "how", ["other organization", "not primary", "phone", "deactivated contact", "linked to another"]
)
def test_find_or_create_contact_finds_primary_addresses_of_the_pool_only(
    member: Api, organization: Organization, customer_id: str, how: str
) -> None:
    org_id = factories.make_organization().id if how == "other organization" else organization.id
    if how in ("other organization", "deactivated contact"):
        _make(org_id, is_active=how == "other organization")
    elif how == "linked to another":
        contact = _make(org_id, email="another@example.com")
        factories.make_contact_method(org_id, contact_id=contact, value=EMAIL)
        factories.make_contact_link(org_id, contact_id=contact, customer_id=customer_id)
    else:
        contact = factories.make_contact(org_id)
        columns = {"method_type": "phone", "is_primary": True} if how == "phone" else {}
        factories.make_contact_method(org_id, contact_id=contact, value=EMAIL, **columns)
    before = _count(member)
    assert member.post(PATH, _body("customer", customer_id)).json()["created"] is True
    assert _count(member) == before + 1


def test_find_or_create_contact_refuses_an_entity_that_does_not_exist(member: Api, vendor_id: str) -> None:
    theirs = factories.make_customer(factories.make_organization().id)
    for unknown in (new_id(), theirs, vendor_id):
        refused = member.post(PATH, _body("customer", unknown))
        assert (refused.status_code, error_code(refused)) == (404, "not_found")
    assert _count(member) == 0


def test_find_or_create_contact_links_nobody_to_what_is_deactivated(
    member: Api, organization: Organization, customer_id: str
) -> None:
    first = member.post(PATH, _body("customer", customer_id)).json()
    assert member.patch(f"/api/customers/{customer_id}", {"isActive": False}).status_code == 200
    assert member.post(PATH, _body("customer", customer_id)).json() == {**first, "created": False}
    _make(organization.id, email="pool@example.com")
    for email in ("pool@example.com", "new@example.com"):
        refused = member.post(PATH, _body("customer", customer_id, email=email))
        assert (refused.status_code, error_code(refused)) == (409, "conflict")
    assert _count(member) == 2


def test_find_or_create_contact_reports_all_problems_at_once(member: Api, customer_id: str) -> None:
    refused = member.post(PATH, {"firstName": "", "email": "none", "entityType": "broker", "entityId": "x"})
    assert set(pointers(refused)) == {"/email", "/entityId", "/entityType", "/firstName"}


def test_find_or_create_contact_needs_a_member(viewer: Api, customer_id: str) -> None:
    assert viewer.post(PATH, _body("customer", customer_id)).status_code == 403
