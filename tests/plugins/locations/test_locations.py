"""The locations' operations, as a caller sees them."""

from concurrent.futures import ThreadPoolExecutor

from tests import factories
from tests.api import Api, error_code, pointers
from tests.factories import Organization

NO_REFERENCES = {"poCount": 0, "woCount": 0, "soCount": 0, "ledgerCount": 0, "productionOrderCount": 0}


def _create(api: Api, *names: str) -> list[str]:
    return [api.post("/api/locations", {"name": name}).json()["id"] for name in names]


def _order(api: Api) -> list[tuple[str, int]]:
    return [(row["name"], row["sortOrder"]) for row in api.get("/api/locations").json()["data"]]


def test_create_location_comes_last(admin: Api) -> None:
    _create(admin, "Zebra", "Apple")
    created = admin.post("/api/locations", {"name": "Middle", "country": "US", "zipCode": "97401"})
    assert created.status_code == 201
    assert created.json()["sortOrder"] == 2
    assert _order(admin) == [("Zebra", 0), ("Apple", 1), ("Middle", 2)]


def test_create_location_refuses_a_taken_name_in_any_case(admin: Api) -> None:
    _create(admin, "Workshop")
    refused = admin.post("/api/locations", {"name": "WORKSHOP"})
    assert (refused.status_code, error_code(refused)) == (409, "conflict")


def test_create_location_allows_a_name_of_another_organization(admin: Api) -> None:
    factories.make_location(factories.make_organization().id, name="Workshop")
    assert admin.post("/api/locations", {"name": "Workshop"}).status_code == 201


def test_create_location_at_once_gives_distinct_positions(admin: Api) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda number: _create(admin, f"Place {number}"), range(24)))
    assert [position for _, position in _order(admin)] == list(range(24))


def test_create_location_needs_an_admin(member: Api) -> None:
    assert member.post("/api/locations", {"name": "No"}).status_code == 403


def test_update_location_moves_to_a_taken_position_and_shifts_the_others(admin: Api) -> None:
    ids = _create(admin, "A", "B", "C", "D")
    admin.patch(f"/api/locations/{ids[3]}", {"sortOrder": 1})
    assert [name for name, _ in _order(admin)] == ["A", "D", "B", "C"]


def test_update_location_moves_to_a_free_position_alone(admin: Api) -> None:
    ids = _create(admin, "A", "B")
    admin.patch(f"/api/locations/{ids[0]}", {"sortOrder": 40})
    assert _order(admin) == [("B", 1), ("A", 40)]


def test_update_location_to_its_own_position_changes_nothing(admin: Api) -> None:
    ids = _create(admin, "A", "B")
    admin.patch(f"/api/locations/{ids[0]}", {"sortOrder": 0})
    assert _order(admin) == [("A", 0), ("B", 1)]


def test_update_location_at_the_last_position_there_is(admin: Api) -> None:
    ids = _create(admin, "A", "B")
    most = 2147483647
    assert admin.patch(f"/api/locations/{ids[0]}", {"sortOrder": most}).status_code == 200
    assert admin.patch(f"/api/locations/{ids[1]}", {"sortOrder": most}).status_code == 200
    _create(admin, "C")
    assert _order(admin) == [("A", most), ("B", most), ("C", most)]
    assert pointers(admin.patch(f"/api/locations/{ids[0]}", {"sortOrder": most + 1})) == ["/sortOrder"]


def test_update_location_refuses_anothers_name_and_keeps_its_own(admin: Api) -> None:
    ids = _create(admin, "A", "B")
    assert admin.patch(f"/api/locations/{ids[0]}", {"name": "b"}).status_code == 409
    assert admin.patch(f"/api/locations/{ids[0]}", {"name": "a"}).json()["name"] == "a"


def test_update_location_of_another_organization_is_not_found(admin: Api) -> None:
    id = factories.make_location(factories.make_organization().id)
    assert admin.patch(f"/api/locations/{id}", {"sortOrder": 0}).status_code == 404


def test_delete_location_removes_it(admin: Api) -> None:
    (id,) = _create(admin, "A")
    assert admin.delete(f"/api/locations/{id}").json() == {"deletedId": id}
    assert _order(admin) == []
    assert admin.delete(f"/api/locations/{id}").status_code == 404


def test_check_location_in_use_counts_every_kind(viewer: Api, organization: Organization) -> None:
    id = factories.make_location(organization.id)
    assert viewer.get(f"/api/locations/{id}/in-use").json() == {"inUse": False, "references": NO_REFERENCES}


def test_check_location_in_use_of_an_unknown_location_is_not_found(viewer: Api) -> None:
    unknown = factories.make_location(factories.make_organization().id)
    assert viewer.get(f"/api/locations/{unknown}/in-use").status_code == 404
    assert pointers(viewer.get("/api/locations/nonsense/in-use")) == ["path/id"]
