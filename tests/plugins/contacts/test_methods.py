"""A contact's email addresses and phone numbers: stored once each, at most one of a type primary."""

from typing import Any

import pytest

from tests import factories
from tests.api import Api, error_code, pointers
from tests.factories import Organization


def _add(api: Api, contact_id: str, value: str, type: str = "email", **keys: Any) -> Any:
    response = api.post(f"/api/contacts/{contact_id}/methods", {"type": type, "value": value, **keys})
    assert response.status_code == 201, response.text
    return response.json()


def _change(api: Api, method: Any, **keys: Any) -> Any:
    response = api.patch(f"/api/contact-methods/{method['id']}", keys)
    assert response.status_code == 200, response.text
    return response.json()


def _primaries(api: Api, contact_id: str) -> set[tuple[str, str]]:
    methods = api.get(f"/api/contacts/{contact_id}/methods").json()["data"]
    return {(method["methodType"], method["value"]) for method in methods if method["isPrimary"]}


def test_add_contact_method_returns_every_value(member: Api, organization: Organization, contact_id: str) -> None:
    body = _add(member, contact_id, "  Kim@Example.COM ", label="Work")
    assert (body["orgId"], body["contactId"]) == (organization.id, contact_id)
    assert (body["methodType"], body["value"], body["label"]) == ("email", "kim@example.com", "Work")
    assert (body["isPrimary"], body["isActive"]) == (True, True)
    assert member.get(f"/api/contacts/{contact_id}/methods").json() == {"data": [body]}


def test_add_contact_method_knows_an_address_with_letters_of_any_script_in_every_spelling(
    member: Api, contact_id: str
) -> None:
    assert _add(member, contact_id, "Ünï@Bücher.example")["value"] == "ünï@xn--bcher-kva.example"
    again = member.post(f"/api/contacts/{contact_id}/methods", {"type": "email", "value": "ünï@xn--bcher-kva.example"})
    assert (again.status_code, error_code(again)) == (409, "conflict")
    _add(member, contact_id, "kim@example.com")
    _add(member, contact_id, "\u212aim@example.com")


def test_add_contact_method_keeps_a_phone_number_as_sent(member: Api, contact_id: str) -> None:
    body = _add(member, contact_id, "+1 555 0101 ext. A", "phone")
    assert (body["value"], body["label"]) == ("+1 555 0101 ext. A", None)


@pytest.mark.parametrize("value", ["kim", "kim@", "@example.com", "kim buyer@example.com", "\x1f"])
def test_add_contact_method_refuses_an_email_that_is_none(member: Api, contact_id: str, value: str) -> None:
    refused = member.post(f"/api/contacts/{contact_id}/methods", {"type": "email", "value": value})
    assert refused.status_code == 422
    assert pointers(refused) == ["/value"]
    _add(member, contact_id, value, "phone")


def test_add_contact_method_refuses_one_that_the_contact_has(
    member: Api, organization: Organization, contact_id: str
) -> None:
    _add(member, contact_id, "kim@example.com")
    refused = member.post(f"/api/contacts/{contact_id}/methods", {"type": "email", "value": "KIM@example.com "})
    assert (refused.status_code, error_code(refused)) == (409, "conflict")
    _add(member, contact_id, "kim@example.com", "phone")
    _add(member, factories.make_contact(organization.id), "kim@example.com")


def test_add_contact_method_makes_the_first_of_a_type_primary(member: Api, contact_id: str) -> None:
    assert _add(member, contact_id, "a@example.com", isPrimary=False)["isPrimary"] is True
    assert _add(member, contact_id, "b@example.com")["isPrimary"] is False
    assert _add(member, contact_id, "1", "phone")["isPrimary"] is True
    assert _primaries(member, contact_id) == {("email", "a@example.com"), ("phone", "1")}


def test_add_contact_method_as_primary_unsets_the_other(member: Api, contact_id: str) -> None:
    first = _add(member, contact_id, "a@example.com")
    _add(member, contact_id, "1", "phone")
    _add(member, contact_id, "b@example.com", isPrimary=True)
    assert _primaries(member, contact_id) == {("email", "b@example.com"), ("phone", "1")}
    methods = member.get(f"/api/contacts/{contact_id}/methods").json()["data"]
    assert [method["updatedAt"] > first["updatedAt"] for method in methods if method["id"] == first["id"]] == [True]


def test_add_contact_method_that_is_refused_leaves_the_primary(member: Api, contact_id: str) -> None:
    _add(member, contact_id, "a@example.com")
    _add(member, contact_id, "b@example.com")
    again = {"type": "email", "value": "b@example.com", "isPrimary": True}
    assert member.post(f"/api/contacts/{contact_id}/methods", again).status_code == 409
    assert _primaries(member, contact_id) == {("email", "a@example.com")}


def test_update_contact_method_makes_another_primary(member: Api, contact_id: str) -> None:
    _add(member, contact_id, "a@example.com")
    second = _add(member, contact_id, "b@example.com")
    assert _change(member, second, isPrimary=True)["isPrimary"] is True
    assert _primaries(member, contact_id) == {("email", "b@example.com")}
    assert _change(member, second, isPrimary=True)["isPrimary"] is True


def test_update_contact_method_can_leave_a_type_without_primary(member: Api, contact_id: str) -> None:
    first = _add(member, contact_id, "a@example.com")
    _add(member, contact_id, "b@example.com")
    assert _change(member, first, isPrimary=False)["isPrimary"] is False
    assert _primaries(member, contact_id) == set()
    assert _add(member, contact_id, "c@example.com")["isPrimary"] is False


def test_update_contact_method_that_deactivates_the_primary_makes_the_oldest_active_primary(
    member: Api, contact_id: str
) -> None:
    methods = [_add(member, contact_id, f"{name}@example.com") for name in "abcd"]
    _change(member, methods[2], isPrimary=True)
    _change(member, methods[0], isActive=False)
    gone = _change(member, methods[2], isActive=False)
    assert (gone["isActive"], gone["isPrimary"]) == (False, False)
    assert _primaries(member, contact_id) == {("email", "b@example.com")}


def test_update_contact_method_that_reactivates_the_only_one_makes_it_primary(member: Api, contact_id: str) -> None:
    first = _add(member, contact_id, "a@example.com")
    _change(member, first, isActive=False)
    assert _primaries(member, contact_id) == set()
    assert _change(member, first, isActive=True)["isPrimary"] is True
    _change(member, first, isActive=False)
    second = _add(member, contact_id, "b@example.com")
    assert second["isPrimary"] is True
    assert _change(member, first, isActive=True)["isPrimary"] is False
    assert _change(member, first, isActive=False)["isPrimary"] is False
    assert _change(member, first, isActive=True, isPrimary=True)["isPrimary"] is True
    assert _primaries(member, contact_id) == {("email", "a@example.com")}


def test_update_contact_method_refuses_to_make_a_deactivated_one_primary(member: Api, contact_id: str) -> None:
    method = _add(member, contact_id, "a@example.com")
    path = f"/api/contact-methods/{method['id']}"
    assert pointers(member.patch(path, {"isActive": False, "isPrimary": True})) == ["/isPrimary"]
    _change(member, method, isActive=False)
    refused = member.patch(path, {"isPrimary": True})
    assert (refused.status_code, error_code(refused)) == (409, "conflict")


def test_update_contact_method_changes_the_value(member: Api, contact_id: str) -> None:
    method = _add(member, contact_id, "a@example.com")
    _add(member, contact_id, "b@example.com")
    assert _change(member, method, value=" New@Example.com ", label="Home")["value"] == "new@example.com"
    path = f"/api/contact-methods/{method['id']}"
    assert pointers(member.patch(path, {"value": "no address"})) == ["/value"]
    taken = member.patch(path, {"value": "B@example.com"})
    assert (taken.status_code, error_code(taken)) == (409, "conflict")
    assert _change(member, method) == _change(member, method)


def test_update_contact_method_to_another_type_comes_there_anew(member: Api, contact_id: str) -> None:
    first, second = (_add(member, contact_id, f"{name}@example.com") for name in "ab")
    phone = _add(member, contact_id, "1", "phone")
    assert _change(member, first, type="phone")["isPrimary"] is False
    assert _primaries(member, contact_id) == {("email", "b@example.com"), ("phone", "1")}
    assert _change(member, first, type="email", value="C@example.com", isPrimary=True)["value"] == "c@example.com"
    assert _primaries(member, contact_id) == {("email", "c@example.com"), ("phone", "1")}
    refused = member.patch(f"/api/contact-methods/{phone['id']}", {"type": "email"})
    assert pointers(refused) == ["/value"]
    assert _change(member, phone, type="email", value="d@example.com")["isPrimary"] is False
    assert _change(member, second, type="phone", value="2")["isPrimary"] is True


def test_delete_contact_method_makes_the_oldest_active_primary(member: Api, contact_id: str) -> None:
    methods = [_add(member, contact_id, f"{name}@example.com") for name in "abcd"]
    _add(member, contact_id, "1", "phone")
    _change(member, methods[1], isActive=False)
    assert member.delete(f"/api/contact-methods/{methods[3]['id']}").status_code == 200
    assert _primaries(member, contact_id) == {("email", "a@example.com"), ("phone", "1")}
    deleted = member.delete(f"/api/contact-methods/{methods[0]['id']}")
    assert deleted.json() == {"deletedId": methods[0]["id"]}
    assert _primaries(member, contact_id) == {("email", "c@example.com"), ("phone", "1")}
    assert member.delete(f"/api/contact-methods/{methods[0]['id']}").status_code == 404
    assert member.delete(f"/api/contact-methods/{methods[2]['id']}").status_code == 200
    assert _primaries(member, contact_id) == {("phone", "1")}


def test_contact_method_changes_need_a_member(viewer: Api, organization: Organization, contact_id: str) -> None:
    method = factories.make_contact_method(organization.id, contact_id=contact_id)
    assert viewer.post(f"/api/contacts/{contact_id}/methods", {"type": "phone", "value": "1"}).status_code == 403
    assert viewer.patch(f"/api/contact-methods/{method}", {}).status_code == 403
    assert viewer.delete(f"/api/contact-methods/{method}").status_code == 403
    assert viewer.get(f"/api/contacts/{contact_id}/methods").status_code == 200
