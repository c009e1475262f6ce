"""The SKUs' operations, as a caller sees them."""

import pytest

from tests import factories
from tests.api import Api, error_code, pointers
from tests.factories import Organization
from tests.plugins.platform.together import together

UNKNOWN = "01935d6c-7b1a-7c3e-8f00-0000000000ff"


@pytest.fixture
def type_id(organization: Organization) -> str:
    return factories.make_sku_type(organization.id, name="Bars")


def create(api: Api, code: str, type_id: str, **values: object) -> dict[str, object]:
    response = api.post("/api/skus", {"code": code, "name": f"SKU {code}", "typeId": type_id, **values})
    assert response.status_code == 201, response.text
    return dict(response.json())


def test_create_sku_returns_every_value(member: Api, organization: Organization, type_id: str) -> None:
    sent = {"itemsPerUnit": 12, "ozPerItem": 4.5, "qboId": "P-1", "notes": "Lavender.", "gtin": "9520123456788"}
    body = create(member, " SOAP-1 ", type_id, **sent)
    assert {**body, "id": "", "createdAt": "", "updatedAt": ""} == {
        "id": "",
        "orgId": organization.id,
        "skuCode": "SOAP-1",
        "name": "SKU  SOAP-1",
        "skuTypeId": type_id,
        "itemsPerUnit": 12,
        "ozPerItem": "4.5",
        "unit": None,
        "density": None,
        "lotTracking": "none",
        "lotPolicy": None,
        "shelfLifeDays": None,
        "gtin": "9520123456788",
        "qboId": "P-1",
        "notes": "Lavender.",
        "isActive": True,
        "createdAt": "",
        "updatedAt": "",
    }
    assert member.get(f"/api/skus/{body['id']}").json() == body


def test_create_sku_with_what_is_needed_holds_one_item_of_unknown_weight(member: Api, type_id: str) -> None:
    body = create(member, "A", type_id)
    assert (body["itemsPerUnit"], body["ozPerItem"], body["qboId"], body["notes"]) == (1, None, None, None)


@pytest.mark.parametrize(
    ("sent", "stored"),
    [
        ("123456789012.123456", "123456789012.123456"),
        ("999999999999.999999", "999999999999.999999"),
        ("0.000001", "0.000001"),
        ("1e-6", "0.000001"),
        ("4.500000", "4.5"),
        ("950", "950"),
        ("9.5E2", "950"),
        ("0", "0"),
        ("0.0", "0"),
        ("null", None),
    ],
)
def test_create_sku_keeps_every_digit_of_the_ounces(member: Api, type_id: str, sent: str, stored: str | None) -> None:
    body = f'{{"code": "A", "name": "x", "typeId": "{type_id}", "ozPerItem": {sent}}}'
    created = member.post("/api/skus", content=body, headers={"Content-Type": "application/json"})
    assert (created.status_code, created.json()["ozPerItem"]) == (201, stored)
    assert member.get(f"/api/skus/{created.json()['id']}").json()["ozPerItem"] == stored


@pytest.mark.parametrize("sent", ["0.0000001", "1000000000000", "-0.000001", '"4.5e0"', '"four"', "true"])
def test_create_sku_refuses_ounces_that_the_column_cannot_hold(member: Api, type_id: str, sent: str) -> None:
    body = f'{{"code": "A", "name": "x", "typeId": "{type_id}", "ozPerItem": {sent}}}'
    refused = member.post("/api/skus", content=body, headers={"Content-Type": "application/json"})
    assert (refused.status_code, set(pointers(refused))) == (422, {"/ozPerItem"})


@pytest.mark.parametrize("count", [0, -1, 1.5, 2147483648, "1", None])
def test_create_sku_refuses_an_odd_number_of_items(member: Api, type_id: str, count: object) -> None:
    refused = member.post("/api/skus", {"code": "A", "name": "x", "typeId": type_id, "itemsPerUnit": count})
    assert (refused.status_code, set(pointers(refused))) == (422, {"/itemsPerUnit"})


def test_create_sku_refuses_a_taken_code_in_any_case_and_a_taken_qbo_id(member: Api, type_id: str) -> None:
    create(member, "Soap", type_id, qboId="1")
    for sent, message in (
        ({"code": " SOAP "}, "another sku has this code"),
        ({"code": "Other", "qboId": "1"}, "another sku has this qboId"),
    ):
        refused = member.post("/api/skus", {"name": "x", "typeId": type_id, **sent})
        assert (refused.status_code, error_code(refused)) == (409, "conflict")
        assert refused.json()["error"]["message"] == message
    # A material or a SKU of another organization is no obstacle.
    factories.make_sku(factories.make_organization().id, code="Third", qbo_id="3")
    create(member, "Third", type_id, qboId="3")


def test_create_sku_of_an_unknown_or_deactivated_type_is_refused(member: Api, organization: Organization) -> None:
    gone = factories.make_sku_type(organization.id, is_active=False)
    elsewhere = factories.make_sku_type(factories.make_organization().id)
    for type_id, refusal in ((UNKNOWN, (404, "not_found")), (elsewhere, (404, "not_found")), (gone, (409, "conflict"))):
        refused = member.post("/api/skus", {"code": "A", "name": "x", "typeId": type_id})
        assert (refused.status_code, error_code(refused)) == refusal


def test_skus_are_read_by_viewers_written_by_members_and_deleted_by_admins(
    viewer: Api, member: Api, type_id: str
) -> None:
    id = create(member, "A", type_id)["id"]
    assert viewer.get(f"/api/skus/{id}").status_code == viewer.get("/api/skus").status_code == 200
    for refused in (
        viewer.post("/api/skus", {"code": "B", "name": "x", "typeId": type_id}),
        viewer.patch(f"/api/skus/{id}", {"name": "No"}),
        member.delete(f"/api/skus/{id}"),
    ):
        assert (refused.status_code, error_code(refused)) == (403, "forbidden")


def test_update_sku_changes_only_what_is_sent(member: Api, organization: Organization, type_id: str) -> None:
    before = create(member, "A", type_id, ozPerItem=4.5, qboId="1", itemsPerUnit=3)
    other = factories.make_sku_type(organization.id)
    sent = {"code": " B ", "typeId": other, "ozPerItem": None, "qboId": None, "isActive": False}
    after = member.patch(f"/api/skus/{before['id']}", sent).json()
    changed = {"skuCode": "B", "skuTypeId": other, "ozPerItem": None, "qboId": None, "isActive": False}
    assert after == {**before, **changed, "updatedAt": after["updatedAt"]}
    assert member.patch(f"/api/skus/{before['id']}", {}).json() == after


def test_update_sku_refuses_what_another_has_and_keeps_its_own(member: Api, type_id: str) -> None:
    create(member, "A", type_id, qboId="1")
    id = create(member, "B", type_id, qboId="2")["id"]
    for sent in ({"code": "a"}, {"qboId": "1"}):
        assert error_code(member.patch(f"/api/skus/{id}", sent)) == "conflict"
    assert member.patch(f"/api/skus/{id}", {"code": "b", "qboId": "2"}).status_code == 200


def test_update_sku_keeps_a_type_that_was_deactivated_but_takes_no_other(
    member: Api, organization: Organization
) -> None:
    old, gone = (factories.make_sku_type(organization.id, is_active=False) for _ in range(2))
    id = factories.make_sku(organization.id, type_id=old)
    assert member.patch(f"/api/skus/{id}", {"typeId": old}).json()["skuTypeId"] == old
    assert member.patch(f"/api/skus/{id}", {"typeId": gone}).status_code == 409
    assert member.patch(f"/api/skus/{id}", {"typeId": UNKNOWN}).status_code == 404


def test_a_sku_of_another_organization_does_not_exist(admin: Api, type_id: str) -> None:
    id = factories.make_sku(factories.make_organization().id)
    for response in (
        admin.get(f"/api/skus/{id}"),
        admin.patch(f"/api/skus/{id}", {"name": "Mine now"}),
        admin.patch(f"/api/skus/{id}", {"typeId": type_id}),
        admin.delete(f"/api/skus/{id}"),
    ):
        assert (response.status_code, error_code(response)) == (404, "not_found")


def test_delete_sku_removes_it(admin: Api, type_id: str) -> None:
    id = create(admin, "A", type_id)["id"]
    assert admin.delete(f"/api/skus/{id}").json() == {"deletedId": id}
    assert admin.get(f"/api/skus/{id}").status_code == 404
    assert admin.delete(f"/api/skus/{id}").status_code == 404


def test_delete_sku_in_boms_is_in_use_as_output_and_as_input(admin: Api, organization: Organization) -> None:
    bar, box = (factories.make_sku(organization.id) for _ in range(2))
    oil = factories.make_material(organization.id)
    factories.make_bom_item(organization.id, sku_id=bar, material_id=oil)
    factories.make_bom_item(organization.id, sku_id=box, input_sku_id=bar)
    for id, count in ((bar, 2), (box, 1)):
        refused = admin.delete(f"/api/skus/{id}")
        assert (refused.status_code, error_code(refused)) == (409, "in_use")
        assert refused.json()["error"]["details"]["references"]["bomCount"] == count
    # Its own BOM blocks it as well: a deleted SKU takes nothing along.
    assert admin.get(f"/api/skus/{box}/bom").status_code == 200
    assert admin.delete(f"/api/boms/{box}").status_code == 200
    assert admin.delete(f"/api/skus/{box}").status_code == 200


def test_delete_sku_while_a_bom_takes_it_leaves_no_line_without_its_sku(admin: Api, organization: Organization) -> None:
    bar, box = (factories.make_sku(organization.id) for _ in range(2))
    deleted, created = together(
        "SELECT FROM sku WHERE org_id = %s AND id = %s FOR UPDATE",
        (organization.id, bar),
        lambda: admin.delete(f"/api/skus/{bar}"),
        lambda: admin.post("/api/boms", {"outputSkuId": box, "items": [{"inputSkuId": bar, "quantity": 1}]}),
    )
    assert (deleted.status_code, created.status_code) in {(200, 404), (409, 201)}
