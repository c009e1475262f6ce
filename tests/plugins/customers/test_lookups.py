"""Customer types, segments and brokers: the same operations three times, each counted by its customers."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from pharus.fields import new_id
from tests import factories
from tests.api import Api, error_code, pointers
from tests.conftest import AsRole
from tests.factories import Organization

# The path of each list and the column of customers that refers to it.
LISTS = {
    "customer-types": "customer_type_id",
    "customer-segments": "customer_segment_id",
    "brokers": "broker_id",
}

pytestmark = pytest.mark.parametrize("path", LISTS)


def _create(api: Api, path: str, *names: str) -> list[str]:
    return [api.post(f"/api/{path}", {"name": name}).json()["id"] for name in names]


def _order(api: Api, path: str) -> list[tuple[str, int]]:
    return [(row["name"], row["sortOrder"]) for row in api.get(f"/api/{path}").json()["data"]]


def _make_customer(organization: Organization, path: str, id: str, **columns: object) -> str:
    if path == "customer-types":
        return factories.make_customer(organization.id, type_id=id, **columns)
    return factories.make_customer(organization.id, **{LISTS[path]: id}, **columns)


def test_create_lookup_comes_last_and_active(admin: Api, organization: Organization, path: str) -> None:
    _create(admin, path, "Zebra", "Apple")
    created = admin.post(f"/api/{path}", {"name": "Middle"})
    assert created.status_code == 201
    body = created.json()
    assert (body["name"], body["sortOrder"], body["isActive"], body["orgId"]) == ("Middle", 2, True, organization.id)
    assert _order(admin, path) == [("Zebra", 0), ("Apple", 1), ("Middle", 2)]


def test_create_lookup_refuses_a_taken_name_in_any_case(admin: Api, path: str) -> None:
    _create(admin, path, "Same")
    refused = admin.post(f"/api/{path}", {"name": "SAME"})
    assert (refused.status_code, error_code(refused)) == (409, "conflict")
    assert "name" in refused.json()["error"]["message"]


def test_create_lookup_at_once_gives_distinct_positions(admin: Api, path: str) -> None:
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda number: _create(admin, path, f"Entry {number}"), range(12)))
    assert [position for _, position in _order(admin, path)] == list(range(12))


def test_lookup_changes_need_an_admin(member: Api, path: str) -> None:
    assert member.post(f"/api/{path}", {"name": "No"}).status_code == 403
    assert member.patch(f"/api/{path}/{new_id()}", {}).status_code == 403
    assert member.delete(f"/api/{path}/{new_id()}").status_code == 403


def test_list_lookups_shows_the_deactivated_too(admin: Api, viewer: Api, path: str) -> None:
    first, _ = _create(admin, path, "A", "B")
    assert admin.patch(f"/api/{path}/{first}", {"isActive": False}).json()["isActive"] is False
    assert [(row["name"], row["isActive"]) for row in viewer.get(f"/api/{path}").json()["data"]] == [
        ("A", False),
        ("B", True),
    ]


def test_update_lookup_moves_to_a_taken_position_and_shifts_the_others(admin: Api, path: str) -> None:
    ids = _create(admin, path, "A", "B", "C")
    moved = admin.patch(f"/api/{path}/{ids[2]}", {"sortOrder": 0, "name": "First"}).json()
    assert (moved["name"], moved["sortOrder"]) == ("First", 0)
    assert _order(admin, path) == [("First", 0), ("A", 1), ("B", 2)]


def test_update_lookup_refuses_anothers_name_and_keeps_its_own(admin: Api, path: str) -> None:
    ids = _create(admin, path, "A", "B")
    assert admin.patch(f"/api/{path}/{ids[0]}", {"name": "b"}).status_code == 409
    assert admin.patch(f"/api/{path}/{ids[0]}", {"name": "a"}).json()["name"] == "a"
    assert pointers(admin.patch(f"/api/{path}/{ids[0]}", {"name": " "})) == ["/name"]


def test_lookup_of_another_organization_does_not_exist(admin: Api, as_role: AsRole, path: str) -> None:
    other = as_role(factories.make_organization(), "admin")
    (id,) = _create(other, path, "Theirs")
    for response in (
        admin.patch(f"/api/{path}/{id}", {"name": "Mine"}),
        admin.delete(f"/api/{path}/{id}"),
        admin.get(f"/api/{path}/{id}/in-use"),
    ):
        assert (response.status_code, error_code(response)) == (404, "not_found")
    assert _order(admin, path) == []
    assert _order(other, path) == [("Theirs", 0)]


def test_delete_lookup_removes_one_that_nothing_refers_to(admin: Api, path: str) -> None:
    (id,) = _create(admin, path, "A")
    assert admin.delete(f"/api/{path}/{id}").json() == {"deletedId": id}
    assert _order(admin, path) == []
    assert admin.delete(f"/api/{path}/{id}").status_code == 404


def test_delete_lookup_refuses_one_in_use(admin: Api, organization: Organization, path: str) -> None:
    (id,) = _create(admin, path, "A")
    _make_customer(organization, path, id)
    _make_customer(organization, path, id, is_active=False)
    refused = admin.delete(f"/api/{path}/{id}")
    assert (refused.status_code, error_code(refused)) == (409, "in_use")
    assert refused.json()["error"]["details"]["references"]["customerCount"] == 2
    assert admin.patch(f"/api/{path}/{id}", {"name": "Renamed", "isActive": False}).status_code == 200


def test_check_lookup_in_use_counts_its_customers(
    admin: Api, viewer: Api, organization: Organization, path: str
) -> None:
    id, other = _create(admin, path, "A", "B")
    _make_customer(organization, path, other)
    unused = viewer.get(f"/api/{path}/{id}/in-use").json()
    assert (unused["inUse"], unused["customerCount"]) == (False, 0)
    ids = [_make_customer(organization, path, id, name=f"Customer {number:02}") for number in range(12)]
    used = viewer.get(f"/api/{path}/{id}/in-use").json()
    assert (used["inUse"], used["customerCount"]) == (True, 12)
    if path == "brokers":
        assert used["soCount"] == unused["soCount"] == 0
    else:
        assert unused["sampleCustomerIds"] == []
        assert used["sampleCustomerIds"] == ids[:10]
