"""Several at once: one primary, one contact, one link, and nobody is refused for having come second."""

from typing import Any

import pytest

from tests import factories
from tests.api import Api
from tests.factories import Organization
from tests.pharus.acting import at_once
from tests.plugins.platform.together import together

ORGANIZATION = "SELECT FROM organization WHERE id = %s FOR UPDATE"
CONTACTS = "SELECT FROM contact WHERE org_id = %s FOR UPDATE"
CUSTOMERS = "SELECT FROM customer WHERE org_id = %s FOR UPDATE"
METHODS = "SELECT FROM contact_method WHERE org_id = %s FOR UPDATE"
LINKS = "SELECT FROM contact_link WHERE org_id = %s FOR UPDATE"


def _methods(api: Api, contact_id: str) -> list[Any]:
    return list(api.get(f"/api/contacts/{contact_id}/methods").json()["data"])


def _primary_links(api: Api, customer_id: str) -> list[str]:
    rows = api.get("/api/contacts/linked-to", entityType="customer", entityId=customer_id).json()["data"]
    return [row["link"]["id"] for row in rows if row["link"]["isPrimary"]]


@pytest.mark.parametrize("hold", [CONTACTS, METHODS])
@pytest.mark.parametrize("has_primary", [False, True])
def test_methods_made_primary_at_once_leave_one(
    member: Api, organization: Organization, contact_id: str, hold: str, has_primary: bool
) -> None:
    org_id = organization.id
    factories.make_contact_method(org_id, contact_id=contact_id, is_primary=has_primary)
    ids = [factories.make_contact_method(org_id, contact_id=contact_id) for _ in range(2)]
    responses = together(
        hold,
        (org_id,),
        *(lambda id=id: member.patch(f"/api/contact-methods/{id}", {"isPrimary": True}) for id in ids),
    )
    assert [response.status_code for response in responses] == [200, 200]
    assert len([method for method in _methods(member, contact_id) if method["isPrimary"]]) == 1


def test_methods_added_at_once_leave_one_primary(member: Api, contact_id: str) -> None:
    responses = at_once(
        6,
        lambda number: member.post(
            f"/api/contacts/{contact_id}/methods",
            {"type": "email", "value": f"{number}@example.com", "isPrimary": number % 2 == 0},
        ),
    )
    assert {response.status_code for response in responses} == {201}
    assert len([method for method in _methods(member, contact_id) if method["isPrimary"]]) == 1


def test_the_primary_method_deleted_while_the_next_is_deactivated_leaves_an_active_primary(
    member: Api, organization: Organization, contact_id: str
) -> None:
    org_id = organization.id
    ids = [factories.make_contact_method(org_id, contact_id=contact_id, is_primary=number == 0) for number in range(3)]
    responses = together(
        CONTACTS,
        (org_id,),
        lambda: member.delete(f"/api/contact-methods/{ids[0]}").status_code,
        lambda: member.patch(f"/api/contact-methods/{ids[1]}", {"isActive": False}).status_code,
    )
    assert responses == [200, 200]
    assert [method["id"] for method in _methods(member, contact_id) if method["isPrimary"]] == [ids[2]]


@pytest.mark.parametrize("hold", [CUSTOMERS, LINKS])
@pytest.mark.parametrize("has_primary", [False, True])
def test_links_made_primary_at_once_leave_one(
    member: Api, organization: Organization, customer_id: str, hold: str, has_primary: bool
) -> None:
    org_id = organization.id
    ids = [
        factories.make_contact_link(
            org_id,
            contact_id=factories.make_contact(org_id),
            customer_id=customer_id,
            is_primary=has_primary and number == 0,
        )
        for number in range(3)
    ]
    fresh = factories.make_contact(org_id)
    body = {"entityType": "customer", "entityId": customer_id, "isPrimary": True}
    responses = together(
        hold,
        (org_id,),
        *(lambda id=id: member.patch(f"/api/contact-links/{id}", {"isPrimary": True}).status_code for id in ids[1:]),
        lambda: member.post(f"/api/contacts/{fresh}/links", body).status_code,
    )
    assert responses == [200, 200, 201]
    assert len(_primary_links(member, customer_id)) == 1


def test_find_or_create_contact_at_once_makes_one_contact(member: Api, organization: Organization) -> None:
    """Two for one customer, two for others. Who has found nobody waits for the organization's lock to write: without it
    each would make a contact of its own."""
    shared = factories.make_customer(organization.id)
    customers = [shared] * 2 + [factories.make_customer(organization.id) for _ in range(2)]
    responses = together(
        ORGANIZATION,
        (organization.id,),
        *(
            lambda id=id: member.post(
                "/api/contacts/find-or-create",
                {"firstName": "Kim", "email": "kim@example.com", "entityType": "customer", "entityId": id},
            )
            for id in customers
        ),
    )
    assert {response.status_code for response in responses} == {200}
    bodies = [response.json() for response in responses]
    assert sum(body["created"] for body in bodies) == 1
    assert len({body["contact"]["id"] for body in bodies}) == 1
    (contact,) = member.get("/api/contacts").json()["data"]
    links = member.get(f"/api/contacts/{contact['id']}").json()["links"]
    assert sorted(link["entityId"] for link in links) == sorted({*customers})


def test_find_or_create_contact_meets_a_link_made_at_once(
    member: Api, organization: Organization, contact_id: str, customer_id: str
) -> None:
    factories.make_contact_method(organization.id, contact_id=contact_id, value="kim@example.com", is_primary=True)
    entity = {"entityType": "customer", "entityId": customer_id}
    found, linked = together(
        CUSTOMERS,
        (organization.id,),
        lambda: member.post("/api/contacts/find-or-create", {"firstName": "K", "email": "kim@example.com", **entity}),
        lambda: member.post(f"/api/contacts/{contact_id}/links", entity),
    )
    assert found.status_code == 200
    assert found.json()["contact"]["id"] == contact_id
    assert linked.status_code in (201, 409)
    assert len(member.get(f"/api/contacts/{contact_id}").json()["links"]) == 1


def test_a_customer_deleted_while_it_is_linked_leaves_no_link(
    admin: Api, organization: Organization, contact_id: str, customer_id: str
) -> None:
    body = {"entityType": "customer", "entityId": customer_id, "isPrimary": True}
    deleted, linked = together(
        CUSTOMERS,
        (organization.id,),
        lambda: admin.delete(f"/api/customers/{customer_id}").status_code,
        lambda: admin.post(f"/api/contacts/{contact_id}/links", body).status_code,
    )
    assert deleted == 200
    assert linked in (201, 404)
    assert admin.get(f"/api/contacts/{contact_id}").json()["links"] == []


def test_a_contact_deleted_while_it_is_changed_is_gone(
    member: Api, organization: Organization, contact_id: str, customer_id: str
) -> None:
    method = factories.make_contact_method(organization.id, contact_id=contact_id)
    deleted, *others = together(
        CONTACTS,
        (organization.id,),
        lambda: member.delete(f"/api/contacts/{contact_id}").status_code,
        lambda: member.post(f"/api/contacts/{contact_id}/methods", {"type": "phone", "value": "1"}).status_code,
        lambda: member.patch(f"/api/contact-methods/{method}", {"isPrimary": True}).status_code,
        lambda: (
            member.post(
                f"/api/contacts/{contact_id}/links", {"entityType": "customer", "entityId": customer_id}
            ).status_code
        ),
    )
    assert deleted == 200
    assert all(status in (200, 201, 404) for status in others)
    assert member.get(f"/api/contacts/{contact_id}").status_code == 404
