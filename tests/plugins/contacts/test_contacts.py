"""The contacts' own operations, as a caller sees them."""

import uuid

import pytest

from pharus.db import db
from pharus.fields import new_id
from tests import factories
from tests.api import Api, error_code, pointers
from tests.factories import Organization

FULL = {
    "firstName": "Kim",
    "lastName": "Buyer",
    "title": "Head of purchasing",
    "notes": "Calls back in the afternoon.",
    "displayName": "Kim B.",
}


def test_create_contact_returns_every_value(member: Api, organization: Organization) -> None:
    created = member.post("/api/contacts", FULL)
    assert created.status_code == 201
    body = created.json()
    assert {key: body[key] for key in FULL} == FULL
    assert (body["orgId"], body["isActive"]) == (organization.id, True)
    assert uuid.UUID(body["id"]).version == 7
    assert member.get(f"/api/contacts/{body['id']}").json() == {"contact": body, "methods": [], "links": []}


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        ({"firstName": "Kim", "lastName": "Buyer"}, "Kim Buyer"),
        ({"firstName": " Kim ", "lastName": " van Buyer\t"}, "Kim van Buyer"),
        ({"firstName": "Kim"}, "Kim"),
        ({"firstName": "Kim", "lastName": None}, "Kim"),
        ({"firstName": "Kim", "lastName": "  "}, "Kim"),
        ({"firstName": "Kim", "lastName": ""}, "Kim"),
        ({"firstName": "x" * 255, "lastName": "y" * 255}, "x" * 255 + " " + "y" * 255),
    ],
)
def test_create_contact_is_displayed_by_first_and_last_name(
    member: Api, names: dict[str, str | None], shown: str
) -> None:
    body = member.post("/api/contacts", names).json()
    assert body["displayName"] == shown
    assert body["firstName"] == (names["firstName"] or "").strip()


def test_create_contact_refuses_names_that_say_nothing(member: Api) -> None:
    assert pointers(member.post("/api/contacts", {"lastName": "Buyer"})) == ["/firstName"]
    refused = member.post("/api/contacts", {"firstName": " ", "displayName": ""})
    assert set(pointers(refused)) == {"/firstName", "/displayName"}


def test_create_contact_needs_a_member(viewer: Api) -> None:
    assert viewer.post("/api/contacts", {"firstName": "No"}).status_code == 403


def test_update_contact_changes_only_what_is_sent(member: Api) -> None:
    before = member.post("/api/contacts", {"firstName": "Kim", "lastName": "Buyer"}).json()
    sent = {"lastName": None, "title": "Director", "isActive": False}
    after = member.patch(f"/api/contacts/{before['id']}", sent).json()
    assert after == {**before, **sent, "updatedAt": after["updatedAt"]}
    assert after["displayName"] == "Kim Buyer"
    assert member.patch(f"/api/contacts/{before['id']}", {"displayName": "K."}).json()["displayName"] == "K."


def test_delete_contact_takes_methods_and_links(
    member: Api, organization: Organization, contact_id: str, customer_id: str, vendor_id: str
) -> None:
    method = factories.make_contact_method(organization.id, contact_id=contact_id)
    links = [
        factories.make_contact_link(organization.id, contact_id=contact_id, customer_id=customer_id),
        factories.make_contact_link(organization.id, contact_id=contact_id, vendor_id=vendor_id),
    ]
    other = factories.make_contact(organization.id)
    kept = factories.make_contact_link(organization.id, contact_id=other, customer_id=customer_id)
    assert member.delete(f"/api/contacts/{contact_id}").json() == {"deletedId": contact_id}
    assert member.get(f"/api/contacts/{contact_id}").status_code == 404
    assert member.patch(f"/api/contact-methods/{method}", {}).status_code == 404
    assert {member.patch(f"/api/contact-links/{link}", {}).status_code for link in links} == {404}
    assert member.patch(f"/api/contact-links/{kept}", {}).status_code == 200
    assert member.get(f"/api/customers/{customer_id}").status_code == 200


def test_get_contact_shows_all_methods_and_links(
    viewer: Api, organization: Organization, contact_id: str, customer_id: str, vendor_id: str
) -> None:
    org_id = organization.id
    values = ["b@example.com", "a@example.com"]
    for value in values:
        factories.make_contact_method(org_id, contact_id=contact_id, value=value)
    factories.make_contact_link(org_id, contact_id=contact_id, vendor_id=vendor_id, role="Sales")
    factories.make_contact_link(org_id, contact_id=contact_id, customer_id=customer_id, is_active=False)
    body = viewer.get(f"/api/contacts/{contact_id.upper()}").json()
    assert [method["value"] for method in body["methods"]] == values
    assert [(link["entityType"], link["entityId"], link["role"]) for link in body["links"]] == [
        ("vendor", vendor_id, "Sales"),
        ("customer", customer_id, None),
    ]


def test_list_contacts_filters_by_text_and_activity_and_pages(member: Api, organization: Organization) -> None:
    for name, is_active in (("robin Shelf", True), ("Kim Buyer", True), ("Alex Buyer", False), ("50% Sam", True)):
        factories.make_contact(organization.id, display_name=name, is_active=is_active)

    def names(**params: object) -> list[str]:
        return [row["displayName"] for row in member.get("/api/contacts", **params).json()["data"]]

    assert names() == ["50% Sam", "Alex Buyer", "Kim Buyer", "robin Shelf"]
    assert names(q="BUYER") == ["Alex Buyer", "Kim Buyer"]
    assert names(q="buyer", isActive="true") == ["Kim Buyer"]
    assert names(isActive="false") == ["Alex Buyer"]
    assert names(q="%") == ["50% Sam"]
    first = member.get("/api/contacts", limit=3).json()
    rest = member.get("/api/contacts", limit=3, cursor=first["nextCursor"]).json()
    assert [row["displayName"] for row in first["data"] + rest["data"]] == names()
    assert rest["nextCursor"] is None


def test_contact_of_another_organization_does_not_exist(member: Api) -> None:
    other = factories.make_organization()
    id = factories.make_contact(other.id)
    method = factories.make_contact_method(other.id, contact_id=id)
    customer = factories.make_customer(other.id)
    link = factories.make_contact_link(other.id, contact_id=id, customer_id=customer)
    for response in (
        member.get(f"/api/contacts/{id}"),
        member.patch(f"/api/contacts/{id}", {"firstName": "Mine"}),
        member.delete(f"/api/contacts/{id}"),
        member.get(f"/api/contacts/{id}/methods"),
        member.post(f"/api/contacts/{id}/methods", {"type": "phone", "value": "1"}),
        member.patch(f"/api/contact-methods/{method}", {"isPrimary": True}),
        member.delete(f"/api/contact-methods/{method}"),
        member.patch(f"/api/contact-links/{link}", {"isPrimary": True}),
        member.delete(f"/api/contact-links/{link}"),
    ):
        assert (response.status_code, error_code(response)) == (404, "not_found")
    assert member.get("/api/contacts").json()["data"] == []
    linked = member.get("/api/contacts/linked-to", entityType="customer", entityId=customer)
    assert linked.json() == {"data": []}


@pytest.mark.parametrize(
    "columns",
    [
        {},
        {"customer_id": "own", "vendor_id": "own"},
        {"customer_id": "other"},
        {"vendor_id": "other"},
        {"customer_id": "nobody"},
    ],
)
def test_the_database_refuses_a_link_to_none_two_or_anothers(
    organization: Organization, contact_id: str, columns: dict[str, str]
) -> None:
    owners = {"own": organization.id, "other": factories.make_organization().id}
    make = {"customer_id": factories.make_customer, "vendor_id": factories.make_vendor}
    ids = {
        column: make[column](owners[owner]) if owner in owners else new_id()  # type: ignore[operator]
        for column, owner in columns.items()
    }
    with pytest.raises(Exception, match=r"violates (check|foreign key|not-null) constraint"):
        factories.make_contact_link(organization.id, contact_id=contact_id, **ids)
    db.rollback()
