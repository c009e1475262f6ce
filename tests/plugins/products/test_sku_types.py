"""The operations of SKU types, as a caller sees them; what all lookup lists do is tested with the kernel's Lookups."""

import pytest

from tests import factories
from tests.api import Api, error_code
from tests.factories import Organization
from tests.plugins.platform.together import together

PATH = "/api/sku-types"


def _create(api: Api, *names: str) -> list[str]:
    return [api.post(PATH, {"name": name}).json()["id"] for name in names]


def _order(api: Api) -> list[tuple[str, int]]:
    return [(row["name"], row["sortOrder"]) for row in api.get(PATH).json()["data"]]


def test_create_sku_type_comes_last_and_active(admin: Api, organization: Organization) -> None:
    _create(admin, "Zebra", "Apple")
    created = admin.post(PATH, {"name": "Middle"})
    assert created.status_code == 201
    body = created.json()
    assert {**body, "id": "", "createdAt": ""} == {
        "id": "",
        "orgId": organization.id,
        "name": "Middle",
        "sortOrder": 2,
        "isActive": True,
        "createdAt": "",
    }
    assert _order(admin) == [("Zebra", 0), ("Apple", 1), ("Middle", 2)]


def test_create_sku_type_refuses_a_taken_name_in_any_case(admin: Api) -> None:
    _create(admin, "Oils")
    refused = admin.post(PATH, {"name": "OILS"})
    assert (refused.status_code, error_code(refused)) == (409, "conflict")
    assert refused.json()["error"]["message"] == "another sku type has this name"


def test_sku_types_are_read_by_viewers_and_written_by_admins(viewer: Api, member: Api, admin: Api) -> None:
    (id,) = _create(admin, "Oils")
    assert viewer.get(PATH).status_code == 200
    for refused in (
        member.post(PATH, {"name": "No"}),
        member.patch(f"{PATH}/{id}", {"name": "No"}),
        member.delete(f"{PATH}/{id}"),
    ):
        assert (refused.status_code, error_code(refused)) == (403, "forbidden")


def test_a_sku_type_of_another_organization_does_not_exist(admin: Api) -> None:
    id = factories.make_sku_type(factories.make_organization().id)
    for response in (
        admin.patch(f"{PATH}/{id}", {"sortOrder": 0}),
        admin.delete(f"{PATH}/{id}"),
        admin.get(f"{PATH}/{id}/in-use"),
    ):
        assert (response.status_code, error_code(response)) == (404, "not_found")
    assert _order(admin) == []


def test_a_sku_type_in_use_can_be_renamed_and_deactivated_but_not_deleted(
    admin: Api, organization: Organization
) -> None:
    (id,) = _create(admin, "A")
    sku = factories.make_sku(organization.id, type_id=id)
    refused = admin.delete(f"{PATH}/{id}")
    assert (refused.status_code, error_code(refused)) == (409, "in_use")
    assert refused.json()["error"]["details"] == {"references": {"skuCount": 1}}
    assert admin.patch(f"{PATH}/{id}", {"name": "B", "isActive": False}).status_code == 200
    assert admin.get(f"/api/skus/{sku}").json()["skuTypeId"] == id


@pytest.mark.parametrize("count", [0, 1, 12])
def test_check_sku_type_in_use_counts_and_samples(viewer: Api, organization: Organization, count: int) -> None:
    id = factories.make_sku_type(organization.id)
    ids = {factories.make_sku(organization.id, type_id=id) for _ in range(count)}
    factories.make_sku(organization.id)
    body = viewer.get(f"{PATH}/{id}/in-use").json()
    sample = body.pop("sampleSkuIds")
    assert body == {"inUse": count > 0, "skuCount": count}
    assert len(sample) == len(set(sample)) == min(count, 10)
    assert set(sample) <= ids


def test_delete_sku_type_while_a_sku_takes_it_leaves_no_sku_without_type(
    admin: Api, organization: Organization
) -> None:
    (id,) = _create(admin, "A")
    deleted, created = together(
        "SELECT FROM sku_type WHERE org_id = %s AND id = %s FOR UPDATE",
        (organization.id, id),
        lambda: admin.delete(f"{PATH}/{id}"),
        lambda: admin.post("/api/skus", {"code": "A", "name": "x", "typeId": id}),
    )
    assert (deleted.status_code, created.status_code) in {(200, 404), (409, 201)}
