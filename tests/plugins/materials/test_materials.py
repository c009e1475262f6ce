"""The materials' operations, as a caller sees them."""

import pytest

from tests import factories
from tests.api import Api, error_code, pointers
from tests.conftest import AsRole
from tests.factories import Organization

UNKNOWN = "01935d6c-7b1a-7c3e-8f00-0000000000ff"


@pytest.fixture
def type_id(organization: Organization) -> str:
    return factories.make_material_type(organization.id, name="Oils")


def create(api: Api, code: str, type_id: str, **values: object) -> dict[str, object]:
    response = api.post("/api/materials", {"code": code, "name": f"Material {code}", "typeId": type_id, **values})
    assert response.status_code == 201, response.text
    return dict(response.json())


def test_create_material_returns_every_value(member: Api, organization: Organization, type_id: str) -> None:
    body = create(member, "OIL-1", type_id, notes="Keep it cool.")
    assert {key: body[key] for key in ("orgId", "materialCode", "name", "materialTypeId", "notes", "isActive")} == {
        "orgId": organization.id,
        "materialCode": "OIL-1",
        "name": "Material OIL-1",
        "materialTypeId": type_id,
        "notes": "Keep it cool.",
        "isActive": True,
    }
    assert body["createdAt"] == body["updatedAt"]
    assert member.get(f"/api/materials/{body['id']}").json() == body


def test_create_material_trims_code_and_name(member: Api, type_id: str) -> None:
    body = create(member, " \u00a0OIL 1\t\u3000", type_id, name=" Olive ")
    assert (body["materialCode"], body["name"]) == ("OIL 1", "Olive")


@pytest.mark.parametrize("code", ["", "   ", "\u3000", "\x1f\x85", "\u200b", "x" * 101, None, 7])
def test_create_material_refuses_a_code_that_says_nothing(member: Api, type_id: str, code: object) -> None:
    response = member.post("/api/materials", {"code": code, "name": "x", "typeId": type_id})
    assert (response.status_code, set(pointers(response))) == (422, {"/code"})


@pytest.mark.parametrize("taken", ["OIL-1", "oil-1", "  Oil-1 ", "ÖL-1"])
def test_create_material_refuses_a_taken_code_in_any_case(member: Api, type_id: str, taken: str) -> None:
    create(member, "Oil-1", type_id)
    create(member, "öl-1", type_id)
    refused = member.post("/api/materials", {"code": taken, "name": "x", "typeId": type_id})
    assert (refused.status_code, error_code(refused)) == (409, "conflict")
    assert refused.json()["error"]["message"] == "another material has this code"
    assert len(member.get("/api/materials").json()["data"]) == 2


def test_create_material_allows_a_code_of_another_organization(member: Api, type_id: str) -> None:
    factories.make_material(factories.make_organization().id, code="OIL-1")
    create(member, "OIL-1", type_id)


def test_create_material_of_an_unknown_type_is_not_found(member: Api) -> None:
    elsewhere = factories.make_material_type(factories.make_organization().id)
    for type_id in (UNKNOWN, elsewhere):
        refused = member.post("/api/materials", {"code": "A", "name": "x", "typeId": type_id})
        assert (refused.status_code, error_code(refused)) == (404, "not_found")


def test_create_material_of_a_deactivated_type_is_a_conflict(member: Api, organization: Organization) -> None:
    type_id = factories.make_material_type(organization.id, is_active=False)
    refused = member.post("/api/materials", {"code": "A", "name": "x", "typeId": type_id})
    assert (refused.status_code, error_code(refused)) == (409, "conflict")


def test_create_material_takes_the_id_of_its_type_in_capitals(member: Api, type_id: str) -> None:
    assert create(member, "A", type_id.upper())["materialTypeId"] == type_id


def test_create_material_needs_a_member(viewer: Api, type_id: str) -> None:
    assert viewer.post("/api/materials", {"code": "A", "name": "x", "typeId": type_id}).status_code == 403


def test_update_material_changes_only_what_is_sent(member: Api, organization: Organization, type_id: str) -> None:
    before = create(member, "A", type_id, notes="old")
    other = factories.make_material_type(organization.id)
    sent = {"code": " B ", "typeId": other, "notes": None, "isActive": False}
    after = member.patch(f"/api/materials/{before['id']}", sent).json()
    changed = {"materialCode": "B", "materialTypeId": other, "notes": None, "isActive": False}
    assert after == {**before, **changed, "updatedAt": after["updatedAt"]}
    assert after["updatedAt"] > before["updatedAt"]
    assert member.patch(f"/api/materials/{before['id']}", {}).json() == after


def test_update_material_refuses_anothers_code_and_keeps_its_own(member: Api, type_id: str) -> None:
    create(member, "A", type_id)
    id = create(member, "B", type_id)["id"]
    refused = member.patch(f"/api/materials/{id}", {"code": " a "})
    assert (refused.status_code, error_code(refused)) == (409, "conflict")
    assert member.patch(f"/api/materials/{id}", {"code": "b"}).json()["materialCode"] == "b"


def test_update_material_keeps_a_type_that_was_deactivated_but_takes_no_other(
    member: Api, organization: Organization
) -> None:
    old, gone = (factories.make_material_type(organization.id, is_active=False) for _ in range(2))
    id = factories.make_material(organization.id, type_id=old)
    kept = member.patch(f"/api/materials/{id}", {"typeId": old.upper(), "name": "New name"})
    assert (kept.status_code, kept.json()["materialTypeId"]) == (200, old)
    assert member.patch(f"/api/materials/{id}", {"typeId": gone}).status_code == 409
    assert member.patch(f"/api/materials/{id}", {"typeId": UNKNOWN}).status_code == 404


@pytest.mark.parametrize("key", ["code", "name", "typeId", "isActive"])
def test_update_material_refuses_null_for_what_must_be_there(member: Api, type_id: str, key: str) -> None:
    id = create(member, "A", type_id)["id"]
    assert pointers(member.patch(f"/api/materials/{id}", {key: None})) == [f"/{key}"]


def test_a_material_of_another_organization_does_not_exist(admin: Api, type_id: str) -> None:
    id = factories.make_material(factories.make_organization().id)
    for response in (
        admin.get(f"/api/materials/{id}"),
        admin.patch(f"/api/materials/{id}", {"name": "Mine now"}),
        admin.patch(f"/api/materials/{id}", {"typeId": type_id}),
        admin.delete(f"/api/materials/{id}"),
    ):
        assert (response.status_code, error_code(response)) == (404, "not_found")


def test_delete_material_removes_it(admin: Api, member: Api, type_id: str) -> None:
    id = create(member, "A", type_id)["id"]
    assert member.delete(f"/api/materials/{id}").status_code == 403
    assert admin.delete(f"/api/materials/{id}").json() == {"deletedId": id}
    assert admin.get(f"/api/materials/{id}").status_code == 404
    assert admin.delete(f"/api/materials/{id}").status_code == 404


def test_delete_material_in_a_bom_is_in_use_with_the_counts(admin: Api, organization: Organization) -> None:
    id = factories.make_material(organization.id)
    for _ in range(2):
        factories.make_bom_item(organization.id, sku_id=factories.make_sku(organization.id), material_id=id)
    refused = admin.delete(f"/api/materials/{id}")
    assert (refused.status_code, error_code(refused)) == (409, "in_use")
    assert refused.json()["error"]["details"]["references"]["bomCount"] == 2
    assert admin.get(f"/api/materials/{id}").status_code == 200


def codes(api: Api, **params: object) -> list[str]:
    """The codes of all pages."""
    found: list[str] = []
    while True:
        page = api.get("/api/materials", **params).json()
        found += [row["materialCode"] for row in page["data"]]
        if page["nextCursor"] is None:
            return found
        params["cursor"] = page["nextCursor"]


def test_list_materials_filters_by_activity_type_and_text(
    viewer: Api, organization: Organization, type_id: str
) -> None:
    other = factories.make_material_type(organization.id)
    for code, name, kind, active in (
        ("OIL-olive", "Green gold", type_id, True),
        ("LYE", "Lye, not an oil", other, True),
        ("BOX_1", "100% paper", other, True),
        ("old-OIL", "Rancid", type_id, False),
    ):
        factories.make_material(organization.id, code=code, name=name, type_id=kind, is_active=active)
    assert codes(viewer) == ["BOX_1", "LYE", "OIL-olive", "old-OIL"]
    assert codes(viewer, q="oil") == ["LYE", "OIL-olive", "old-OIL"]
    assert codes(viewer, q="oil", active="true") == ["LYE", "OIL-olive"]
    assert codes(viewer, q="oil", active="true", type=type_id) == ["OIL-olive"]
    assert codes(viewer, active="false") == ["old-OIL"]
    assert codes(viewer, type=other) == ["BOX_1", "LYE"]
    assert codes(viewer, type=UNKNOWN) == []
    assert codes(viewer, q="%") == codes(viewer, q="_") == ["BOX_1"]


def test_list_materials_pages_by_code_without_regard_to_case(
    viewer: Api, organization: Organization, type_id: str
) -> None:
    made = ["b", "A", "a-1", "C", "B-1", "é", "Z", "_"]
    for code in made:
        factories.make_material(organization.id, code=code, type_id=type_id)
    assert codes(viewer, limit=3) == ["_", "A", "a-1", "b", "B-1", "C", "Z", "é"]
    assert codes(viewer, limit=3, type=type_id) == codes(viewer)


def test_list_materials_is_stable_while_materials_are_added(viewer: Api, organization: Organization) -> None:
    for code in ("B", "D", "F"):
        factories.make_material(organization.id, code=code)
    page = viewer.get("/api/materials", limit=2).json()
    for code in ("A", "C", "E"):
        factories.make_material(organization.id, code=code)
    rest = viewer.get("/api/materials", limit=2, cursor=page["nextCursor"]).json()
    assert [row["materialCode"] for row in page["data"] + rest["data"]] == ["B", "D", "E", "F"]


def test_list_materials_refuses_the_cursor_of_another_list(viewer: Api, organization: Organization) -> None:
    for _ in range(2):
        factories.make_vendor(organization.id)
        factories.make_sku(organization.id)
    for path in ("/api/vendors", "/api/skus"):
        cursor = viewer.get(path, limit=1).json()["nextCursor"]
        assert pointers(viewer.get("/api/materials", cursor=cursor)) == ["query/cursor"]


def test_list_materials_shows_one_organization_to_each_caller(as_role: AsRole, organization: Organization) -> None:
    factories.make_material(organization.id)
    assert codes(as_role(factories.make_organization(), "viewer")) == []
