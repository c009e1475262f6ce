"""Bulk imports of what comes in an order of its own: locations, and the lookup lists, which all are alike."""

import pytest

from tests import factories
from tests.api import Api, pointers
from tests.factories import Organization

LISTS = (
    *("locations", "customer-types", "customer-segments", "brokers", "material-types", "sku-types", "order-channels"),
)


@pytest.mark.parametrize("name", LISTS)
def test_bulk_import_comes_behind_what_there_is_in_the_order_of_its_rows(admin: Api, name: str) -> None:
    admin.post(f"/api/{name}", {"name": "First"})
    rows = [{"name": "Zinc"}, {"name": "Attic", "isActive": False}]
    assert admin.post(f"/api/{name}/bulk-import?dryRun=true", {"rows": rows}).json()["ids"] == []
    imported = admin.post(f"/api/{name}/bulk-import", {"rows": rows})
    assert imported.status_code == 200, imported.text
    stored = admin.get(f"/api/{name}").json()["data"]
    assert [(each["name"], each["sortOrder"], each["isActive"]) for each in stored] == [
        ("First", 0, True),
        ("Zinc", 1, True),
        ("Attic", 2, False),
    ]
    assert [each["id"] for each in stored[1:]] == imported.json()["ids"]


@pytest.mark.parametrize("name", ["locations", "brokers"])
def test_bulk_import_refuses_a_name_twice(admin: Api, name: str) -> None:
    admin.post(f"/api/{name}", {"name": "Attic"})
    rows = [{"name": "ATTIC"}, {"name": "Cellar"}, {"name": "cellar"}, {"name": " "}, {"name": "Shed"}]
    refused = admin.post(f"/api/{name}/bulk-import", {"rows": rows})
    assert refused.status_code == 422
    assert set(pointers(refused)) >= {"/rows/3/name"}
    refused = admin.post(f"/api/{name}/bulk-import", {"rows": rows[:3]})
    assert pointers(refused) == ["/rows/0/name", "/rows/2/name"]
    partly = admin.post(f"/api/{name}/bulk-import?mode=partial", {"rows": rows}).json()
    assert [each["status"] for each in partly["results"]] == ["error", "ok", "error", "error", "ok"]
    assert [each["sortOrder"] for each in admin.get(f"/api/{name}").json()["data"]] == [0, 1, 2]


def test_location_is_created_deactivated(admin: Api) -> None:
    made = admin.post("/api/locations", {"name": "Old workshop", "isActive": False}).json()
    assert made["isActive"] is False


def test_rows_may_name_what_is_deactivated_where_the_import_says_so(admin: Api, organization: Organization) -> None:
    type_id = factories.make_material_type(organization.id, is_active=False)
    rows = [{"code": "OIL", "name": "Oil", "typeId": type_id}]
    refused = admin.post("/api/materials/bulk-import", {"rows": rows})
    assert pointers(refused) == ["/rows/0/typeId"]
    assert admin.post("/api/materials/bulk-import?acceptDeactivated=true", {"rows": rows}).status_code == 200
    (stored,) = admin.get("/api/materials").json()["data"]
    assert stored["materialTypeId"] == type_id
