"""The customers' operations, as a caller sees them."""

import uuid
from typing import Any

import pytest

from pharus.fields import new_id
from tests import factories
from tests.api import Api, error_code, pointers
from tests.conftest import AsRole
from tests.factories import Organization

PLAIN = {
    "address": "40 Example Avenue",
    "city": "Sampleton",
    "state": "Oregon",
    "country": "US",
    "zipCode": "97002",
    "qboId": "C-2001",
    "notes": "Orders on Mondays.",
}
# How a request names what a response shows, and what makes such a record.
REFERENCES = {
    "typeId": ("customerTypeId", factories.make_customer_type),
    "segmentId": ("customerSegmentId", factories.make_customer_segment),
    "brokerId": ("brokerId", factories.make_broker),
    "parentId": ("parentCustomerId", factories.make_customer),
}
each_reference = pytest.mark.parametrize("key", REFERENCES)


def _make(key: str, org_id: str, **columns: Any) -> str:
    return REFERENCES[key][1](org_id, **columns)  # type: ignore[operator, no-any-return]


def test_create_customer_returns_every_value(member: Api, organization: Organization) -> None:
    ids = {key: _make(key, organization.id) for key in REFERENCES}
    created = member.post("/api/customers", {"name": "Sample Corner Shop", "brokerFeePercent": 7.5, **PLAIN, **ids})
    assert created.status_code == 201
    body = created.json()
    assert {key: body[key] for key in PLAIN} == PLAIN
    assert {key: body[REFERENCES[key][0]] for key in REFERENCES} == ids
    assert (body["name"], body["brokerFeePercent"], body["isActive"]) == ("Sample Corner Shop", "7.5", True)
    assert body["orgId"] == organization.id
    assert uuid.UUID(body["id"]).version == 7
    assert member.get(f"/api/customers/{body['id']}").json() == body


def test_create_customer_with_name_and_type_has_nulls(member: Api, type_id: str) -> None:
    body = member.post("/api/customers", {"name": "Just a name", "typeId": type_id}).json()
    shown = {REFERENCES[key][0] for key in REFERENCES if key != "typeId"}
    assert all(body[key] is None for key in shown | PLAIN.keys() | {"brokerFeePercent"})


@pytest.mark.parametrize("percent", [-0.000001, 100.000001, 1e-7, "5e0", "100.1"])
def test_create_customer_refuses_a_fee_that_is_no_percentage(member: Api, type_id: str, percent: object) -> None:
    refused = member.post("/api/customers", {"name": "x", "typeId": type_id, "brokerFeePercent": percent})
    assert pointers(refused) == ["/brokerFeePercent"]


@pytest.mark.parametrize(("sent", "shown"), [(0, "0"), (100, "100"), (33.333333, "33.333333"), (None, None)])
def test_create_customer_keeps_a_fee_exactly(member: Api, type_id: str, sent: object, shown: str | None) -> None:
    body = member.post("/api/customers", {"name": "x", "typeId": type_id, "brokerFeePercent": sent}).json()
    assert body["brokerFeePercent"] == shown


def test_create_customer_needs_a_type(member: Api) -> None:
    assert pointers(member.post("/api/customers", {"name": "x"})) == ["/typeId"]
    assert pointers(member.post("/api/customers", {"name": "x", "typeId": None})) == ["/typeId"]


@each_reference
def test_create_customer_refuses_what_does_not_exist(member: Api, type_id: str, key: str) -> None:
    for unknown in (new_id(), _make(key, factories.make_organization().id)):
        refused = member.post("/api/customers", {"name": "x", "typeId": type_id, key: unknown})
        assert (refused.status_code, error_code(refused)) == (404, "not_found")
        assert unknown in refused.json()["error"]["message"]


@each_reference
def test_create_customer_refuses_what_is_deactivated(
    member: Api, organization: Organization, type_id: str, key: str
) -> None:
    id = _make(key, organization.id, is_active=False)
    refused = member.post("/api/customers", {"name": "x", "typeId": type_id, key: id})
    assert (refused.status_code, error_code(refused)) == (409, "conflict")
    assert "is deactivated" in refused.json()["error"]["message"]


def test_create_customer_takes_ids_in_capitals(member: Api, organization: Organization, type_id: str) -> None:
    parent = factories.make_customer(organization.id)
    ids = {"typeId": type_id.upper(), "parentId": parent.upper()}
    body = member.post("/api/customers", {"name": "x", **ids}).json()
    assert (body["customerTypeId"], body["parentCustomerId"]) == (type_id, parent)


def test_create_customer_refuses_a_taken_qbo_id(member: Api, type_id: str) -> None:
    assert member.post("/api/customers", {"name": "One", "typeId": type_id, "qboId": "same"}).status_code == 201
    refused = member.post("/api/customers", {"name": "Two", "typeId": type_id, "qboId": "same"})
    assert (refused.status_code, error_code(refused)) == (409, "conflict")
    assert "qboId" in refused.json()["error"]["message"]


def test_create_customer_allows_equal_names(member: Api, type_id: str) -> None:
    for _ in range(2):
        assert member.post("/api/customers", {"name": "Twin", "typeId": type_id}).status_code == 201


def test_create_customer_needs_a_member(viewer: Api, type_id: str) -> None:
    assert viewer.post("/api/customers", {"name": "No", "typeId": type_id}).status_code == 403


def test_update_customer_changes_only_what_is_sent(member: Api, organization: Organization, type_id: str) -> None:
    before = member.post("/api/customers", {"name": "Shop", "typeId": type_id, "brokerFeePercent": 7.5, **PLAIN}).json()
    broker = factories.make_broker(organization.id)
    sent = {"brokerId": broker, "brokerFeePercent": 5, "notes": None, "isActive": False}
    after = member.patch(f"/api/customers/{before['id']}", sent).json()
    assert after == {**before, **sent, "brokerFeePercent": "5", "updatedAt": after["updatedAt"]}
    assert after["updatedAt"] > before["updatedAt"]
    cleared = member.patch(f"/api/customers/{before['id']}", {"brokerId": None, "brokerFeePercent": None}).json()
    assert (cleared["brokerId"], cleared["brokerFeePercent"]) == (None, None)


@each_reference
def test_update_customer_refuses_what_is_newly_named_and_deactivated(
    member: Api, organization: Organization, key: str
) -> None:
    id = factories.make_customer(organization.id)
    off = _make(key, organization.id, is_active=False)
    refused = member.patch(f"/api/customers/{id}", {key: off})
    assert (refused.status_code, error_code(refused)) == (409, "conflict")
    assert member.patch(f"/api/customers/{id}", {key: new_id()}).status_code == 404


def test_update_customer_keeps_what_was_deactivated_since(
    admin: Api, member: Api, organization: Organization, type_id: str
) -> None:
    parent = factories.make_customer(organization.id)
    ids = {"typeId": type_id, "parentId": parent}
    id = member.post("/api/customers", {"name": "x", **ids}).json()["id"]
    assert admin.patch(f"/api/customer-types/{type_id}", {"isActive": False}).status_code == 200
    assert member.patch(f"/api/customers/{parent}", {"isActive": False}).status_code == 200
    kept = member.patch(f"/api/customers/{id}", {"name": "y", "typeId": type_id.upper(), "parentId": parent})
    assert kept.status_code == 200
    assert member.post("/api/customers", {"name": "new", "typeId": type_id}).status_code == 409


def test_update_customer_refuses_another_ones_qbo_id(member: Api, organization: Organization) -> None:
    factories.make_customer(organization.id, qbo_id="taken")
    id = factories.make_customer(organization.id, qbo_id="own")
    assert member.patch(f"/api/customers/{id}", {"qboId": "taken"}).status_code == 409
    assert member.patch(f"/api/customers/{id}", {"qboId": "own"}).status_code == 200


def test_customer_of_another_organization_does_not_exist(admin: Api, member: Api) -> None:
    id = factories.make_customer(factories.make_organization().id)
    for response in (
        member.get(f"/api/customers/{id}"),
        member.patch(f"/api/customers/{id}", {"name": "Mine now"}),
        admin.delete(f"/api/customers/{id}"),
    ):
        assert (response.status_code, error_code(response)) == (404, "not_found")


def test_delete_customer_removes_it(admin: Api, organization: Organization) -> None:
    id = factories.make_customer(organization.id)
    assert admin.delete(f"/api/customers/{id}").json() == {"deletedId": id}
    assert admin.get(f"/api/customers/{id}").status_code == 404
    assert admin.delete(f"/api/customers/{id}").status_code == 404


def test_delete_customer_refuses_a_parent(admin: Api, organization: Organization) -> None:
    id = factories.make_customer(organization.id)
    child = factories.make_customer(organization.id, parent_customer_id=id, is_active=False)
    refused = admin.delete(f"/api/customers/{id}")
    assert (refused.status_code, error_code(refused)) == (409, "in_use")
    assert refused.json()["error"]["details"]["references"]["childCustomerCount"] == 1
    assert admin.delete(f"/api/customers/{child}").status_code == 200
    assert admin.delete(f"/api/customers/{id}").status_code == 200


def test_delete_customer_needs_an_admin(member: Api, organization: Organization) -> None:
    assert member.delete(f"/api/customers/{factories.make_customer(organization.id)}").status_code == 403


def test_list_customers_shows_one_organization_to_each_caller(
    member: Api, organization: Organization, as_role: AsRole
) -> None:
    factories.make_customer(organization.id)
    other = as_role(factories.make_organization(), "viewer")
    assert other.get("/api/customers").json() == {"data": [], "nextCursor": None}
