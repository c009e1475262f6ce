"""The vendors' operations, as a caller sees them."""

import uuid

import pytest

from tests import factories
from tests.api import Api, error_code, pointers
from tests.conftest import AsRole
from tests.factories import Organization

FULL = {
    "name": "Example Oils & Butters",
    "address": "12 Example Road",
    "city": "Eugene",
    "state": "OR",
    "country": "US",
    "zipCode": "97401",
    "term": "Net 30",
    "qboId": "QBO-1",
    "notes": "Ask for the spring discount.",
}


def test_create_vendor_returns_every_value(member: Api, organization: Organization) -> None:
    created = member.post("/api/vendors", FULL)
    assert created.status_code == 201
    body = created.json()
    assert {key: body[key] for key in FULL} == FULL
    assert body["orgId"] == organization.id
    assert body["isActive"] is True
    assert uuid.UUID(body["id"]).version == 7
    assert body["createdAt"] == body["updatedAt"]
    assert body["createdAt"].endswith("Z")
    assert member.get(f"/api/vendors/{body['id']}").json() == body


def test_create_vendor_with_a_name_alone_has_nulls(member: Api) -> None:
    body = member.post("/api/vendors", {"name": "Just a name"}).json()
    assert all(body[key] is None for key in FULL if key != "name")


def test_create_vendor_reports_all_problems_at_once(member: Api) -> None:
    response = member.post("/api/vendors?surprise=1", {"country": "USA", "city": "x" * 151, "colour": "red"})
    assert response.status_code == 422
    assert set(pointers(response)) == {"query/surprise", "/name", "/country", "/city", "/colour"}


@pytest.mark.parametrize("name", ["", "   ", None, 7])
def test_create_vendor_refuses_a_name_that_says_nothing(member: Api, name: object) -> None:
    assert "/name" in pointers(member.post("/api/vendors", {"name": name}))


def test_create_vendor_refuses_a_taken_qbo_id(member: Api) -> None:
    assert member.post("/api/vendors", {"name": "One", "qboId": "same"}).status_code == 201
    refused = member.post("/api/vendors", {"name": "Two", "qboId": "same"})
    assert (refused.status_code, error_code(refused)) == (409, "conflict")
    assert "qboId" in refused.json()["error"]["message"]
    assert len(member.get("/api/vendors").json()["data"]) == 1


def test_create_vendor_allows_equal_names(member: Api) -> None:
    assert member.post("/api/vendors", {"name": "Twin"}).status_code == 201
    assert member.post("/api/vendors", {"name": "Twin"}).status_code == 201


def test_create_vendor_needs_a_member(viewer: Api) -> None:
    assert viewer.post("/api/vendors", {"name": "No"}).status_code == 403


def test_update_vendor_changes_only_what_is_sent(member: Api) -> None:
    before = member.post("/api/vendors", FULL).json()
    after = member.patch(f"/api/vendors/{before['id']}", {"notes": None, "isActive": False}).json()
    assert after == {**before, "notes": None, "isActive": False, "updatedAt": after["updatedAt"]}
    assert after["updatedAt"] > before["updatedAt"]


def test_update_vendor_with_nothing_changes_nothing(member: Api) -> None:
    before = member.post("/api/vendors", FULL).json()
    assert member.patch(f"/api/vendors/{before['id']}", {}).json() == before


def test_update_vendor_refuses_a_null_name(member: Api) -> None:
    id = member.post("/api/vendors", FULL).json()["id"]
    assert pointers(member.patch(f"/api/vendors/{id}", {"name": None})) == ["/name"]


def test_a_vendor_of_another_organization_does_not_exist(admin: Api, member: Api) -> None:
    other = factories.make_organization()
    id = factories.make_vendor(other.id)
    for response in (
        member.get(f"/api/vendors/{id}"),
        member.patch(f"/api/vendors/{id}", {"name": "Mine now"}),
        admin.delete(f"/api/vendors/{id}"),
    ):
        assert (response.status_code, error_code(response)) == (404, "not_found")
    assert member.get("/api/vendors").json()["data"] == []


def test_delete_vendor_removes_it(admin: Api) -> None:
    id = admin.post("/api/vendors", FULL).json()["id"]
    assert admin.delete(f"/api/vendors/{id}").json() == {"deletedId": id}
    assert admin.get(f"/api/vendors/{id}").status_code == 404
    assert admin.delete(f"/api/vendors/{id}").status_code == 404


def test_delete_vendor_needs_an_admin(member: Api) -> None:
    id = member.post("/api/vendors", FULL).json()["id"]
    assert member.delete(f"/api/vendors/{id}").status_code == 403


def test_list_vendors_filters_by_text_and_activity(member: Api) -> None:
    for name in ("Beeswax Example", "Lye Example", "100% Linen", "Under_score"):
        member.post("/api/vendors", {"name": name})
    hidden = member.post("/api/vendors", {"name": "Gone Example"}).json()
    member.patch(f"/api/vendors/{hidden['id']}", {"isActive": False})

    def names(**params: str) -> list[str]:
        return [row["name"] for row in member.get("/api/vendors", **params).json()["data"]]

    assert names() == ["100% Linen", "Beeswax Example", "Gone Example", "Lye Example", "Under_score"]
    assert names(q="EXAMPLE", isActive="true") == ["Beeswax Example", "Lye Example"]
    assert names(isActive="false") == ["Gone Example"]
    assert names(q="%") == ["100% Linen"]
    assert names(q="_") == ["Under_score"]
    assert names(q="nothing like it") == []


def test_list_vendors_pages_through_all(member: Api, organization: Organization) -> None:
    for number in range(7):
        factories.make_vendor(organization.id, name=f"Vendor {number % 3}")
    seen: list[str] = []
    cursor = None
    while True:
        page = member.get("/api/vendors", limit=2, **({"cursor": cursor} if cursor else {})).json()
        seen += [row["id"] for row in page["data"]]
        cursor = page["nextCursor"]
        if cursor is None:
            break
    assert len(seen) == len(set(seen)) == 7


def test_list_vendors_refuses_a_cursor_of_its_own_making(member: Api, organization: Organization) -> None:
    for _ in range(3):
        factories.make_vendor(organization.id)
    cursor = member.get("/api/vendors", limit=1).json()["nextCursor"]
    for bad in (cursor[:-2], cursor + "AA", "AAAA", "=", cursor.swapcase()):
        assert pointers(member.get("/api/vendors", cursor=bad)) == ["query/cursor"]


@pytest.mark.parametrize("limit", ["0", "501", "1_0", " 5", "٣", "1.5", "+1", "99999999999999999999"])
def test_list_vendors_refuses_an_odd_limit(member: Api, limit: str) -> None:
    assert pointers(member.get("/api/vendors", limit=limit)) == ["query/limit"]


def test_list_vendors_shows_one_organization_to_each_caller(member: Api, as_role: AsRole) -> None:
    member.post("/api/vendors", {"name": "Ours"})
    other = as_role(factories.make_organization(), "viewer")
    assert other.get("/api/vendors").json() == {"data": [], "nextCursor": None}


def test_vendor_is_stored_composed_and_trimmed_and_found_in_either_form(member: Api) -> None:
    body = member.post("/api/vendors", {"name": "\xa0Cafe\u0301 \u3000", "qboId": "  ", "notes": " as\tit\nis "}).json()
    assert (body["name"], body["qboId"], body["notes"]) == ("Caf\u00e9", None, " as\tit\nis ")
    for asked in ("Caf\u00e9", "CAFE\u0301"):
        assert [each["id"] for each in member.get("/api/vendors", q=asked).json()["data"]] == [body["id"]]
    changed = member.patch(f"/api/vendors/{body['id']}", {"name": "Nu\u0308"}).json()
    assert changed["name"] == "N\u00fc"


@pytest.mark.parametrize("name", ["So\u200bap", "\u202eSoap", "So\ufeffap", "\u3164", "So\tap", "\u2800"])
def test_vendor_of_a_name_that_is_not_seen_as_it_is_is_refused(member: Api, admin: Api, name: str) -> None:
    refused = member.post("/api/vendors", {"name": name})
    assert (refused.status_code, pointers(refused)) == (422, ["/name"])
    rows = {"rows": [{"name": "Soap"}, {"name": name}]}
    refused = admin.post("/api/vendors/bulk-import", rows)
    assert (refused.status_code, pointers(refused)) == (422, ["/rows/1/name"])
    stored = admin.post("/api/vendors/bulk-import?mode=partial", rows).json()["results"]
    assert [each["status"] for each in stored] == ["ok", "error"]


@pytest.mark.parametrize("taken", ["qbo-\u00e91", "QBO-E\u03011", "\uff31\uff22\uff2f-\u00c9\uff11"])
def test_create_vendor_refuses_a_taken_reference_in_any_form(member: Api, taken: str) -> None:
    member.post("/api/vendors", {"name": "First", "qboId": "QBO-\u00c91"})
    refused = member.post("/api/vendors", {"name": "Second", "qboId": taken})
    assert (refused.status_code, refused.json()["error"]["message"]) == (409, "another vendor has this qboId")
