"""Bulk import of materials: atomic, partial, dry, large."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from pharus.db import Unit, db
from pharus.errors import Invalid
from plugins.materials import operations
from plugins.materials.schemas import MaterialCreate
from tests import factories
from tests.api import Api, pointers
from tests.factories import Organization
from tests.statements import statements

PATH = "/api/materials/bulk-import"
UNKNOWN = "01935d6c-7b1a-7c3e-8f00-0000000000ff"


@pytest.fixture
def type_id(organization: Organization) -> str:
    return factories.make_material_type(organization.id)


def rows_of(type_id: str, *codes: str) -> list[MaterialCreate]:
    return [{"code": code, "name": f"Material {code}", "typeId": type_id} for code in codes]


def _codes(api: Api) -> list[str]:
    return [row["materialCode"] for row in api.get("/api/materials", limit=500).json()["data"]]


@pytest.mark.parametrize("mode", ["atomic", "partial"])
def test_bulk_import_materials_stores_all_rows_in_order(admin: Api, type_id: str, mode: str) -> None:
    response = admin.post(f"{PATH}?mode={mode}", {"rows": rows_of(type_id, " b ", "A", "c")})
    assert response.status_code == 200
    body = response.json()
    assert [result["id"] for result in body["results"]] == body["ids"]
    assert [admin.get(f"/api/materials/{id}").json()["materialCode"] for id in body["ids"]] == ["b", "A", "c"]


def test_bulk_import_materials_atomic_names_every_bad_row_and_stores_none(
    admin: Api, organization: Organization, type_id: str
) -> None:
    factories.make_material(organization.id, code="Taken", type_id=type_id)
    gone = factories.make_material_type(organization.id, is_active=False)
    elsewhere = factories.make_material_type(factories.make_organization().id)
    rows = [
        *rows_of(type_id, "good", " TAKEN ", "twice", "Twice "),
        *rows_of(gone, "e"),
        *rows_of(UNKNOWN, "f"),
        *rows_of(elsewhere, "g"),
        *rows_of(type_id.upper(), "good, too"),
    ]
    response = admin.post(PATH, {"rows": rows})
    assert response.status_code == 422
    assert pointers(response) == [
        "/rows/1/code",
        "/rows/3/code",
        "/rows/4/typeId",
        "/rows/5/typeId",
        "/rows/6/typeId",
    ]
    assert _codes(admin) == ["Taken"]


def test_bulk_import_materials_partial_stores_what_it_can(admin: Api, organization: Organization, type_id: str) -> None:
    factories.make_material(organization.id, code="taken", type_id=type_id)
    gone = factories.make_material_type(organization.id, is_active=False)
    rows = [*rows_of(type_id, "a", "TAKEN"), *rows_of(UNKNOWN, "c"), *rows_of(gone, "d"), *rows_of(type_id, "e")]
    body = admin.post(f"{PATH}?mode=partial", {"rows": rows}).json()
    assert [result.get("error", {}).get("code") for result in body["results"]] == [
        None,
        "conflict",
        "not_found",
        "conflict",
        None,
    ]
    assert len(body["ids"]) == 2
    assert _codes(admin) == ["a", "e", "taken"]


def test_bulk_import_materials_partial_gives_the_code_of_a_refused_row_to_the_next(admin: Api, type_id: str) -> None:
    rows = [*rows_of(UNKNOWN, "A"), *rows_of(type_id, "a", "A", "b")]
    body = admin.post(f"{PATH}?mode=partial", {"rows": rows}).json()
    assert [result["status"] for result in body["results"]] == ["error", "ok", "error", "ok"]
    assert _codes(admin) == ["a", "b"]


@pytest.mark.parametrize("mode", ["atomic", "partial"])
def test_bulk_import_materials_dry_run_finds_the_same_and_stores_nothing(admin: Api, type_id: str, mode: str) -> None:
    good = admin.post(f"{PATH}?dryRun=true&mode={mode}", {"rows": rows_of(type_id, "a", "b")})
    assert good.json() == {"ids": [], "results": [{"index": 0, "status": "ok"}, {"index": 1, "status": "ok"}]}
    bad = admin.post(f"{PATH}?dryRun=true&mode={mode}", {"rows": rows_of(UNKNOWN, "a")})
    assert bad.status_code == (422 if mode == "atomic" else 200)
    assert _codes(admin) == []


@pytest.mark.parametrize("mode", ["atomic", "partial"])
def test_bulk_import_materials_takes_five_thousand_rows_and_no_more(admin: Api, type_id: str, mode: str) -> None:
    rows = rows_of(type_id, *(f"M-{number}" for number in range(5001)))
    assert pointers(admin.post(f"{PATH}?mode={mode}", {"rows": rows})) == ["/rows"]
    assert len(admin.post(f"{PATH}?mode={mode}", {"rows": rows[:5000]}).json()["ids"]) == 5000
    assert pointers(admin.post(f"{PATH}?mode={mode}", {"rows": []})) == ["/rows"]


@pytest.mark.parametrize("mode", ["atomic", "partial"])
def test_bulk_import_materials_takes_as_many_statements_for_five_thousand_rows_as_for_two(
    unit: Unit, type_id: str, mode: str
) -> None:
    counts = []
    for size in (2, 5000):
        with statements() as executed:
            rows = rows_of(type_id, *(f"{size}-{number}" for number in range(size)))
            assert len(operations.bulk_import_materials({"rows": rows}, mode, "false")["ids"]) == size
        counts.append(len(executed))
    assert counts[0] == counts[1] <= 5, executed


def test_bulk_import_materials_twice_at_once_stores_each_code_once(admin: Api, type_id: str) -> None:
    rows = rows_of(type_id, *(f"M-{number}" for number in range(100)))
    with ThreadPoolExecutor(3) as pool:
        responses = list(pool.map(lambda _: admin.post(f"{PATH}?mode=partial", {"rows": rows}), range(3)))
    assert {response.status_code for response in responses} == {200}
    assert sum(len(response.json()["ids"]) for response in responses) == 100
    assert len(_codes(admin)) == 100


def test_bulk_import_materials_needs_an_admin(member: Api, type_id: str) -> None:
    assert member.post(PATH, {"rows": rows_of(type_id, "a")}).status_code == 403


def test_rows_are_compared_with_many_materials_through_an_index(unit: Unit) -> None:
    """Row by row against every material it would be a hundred million comparisons."""
    type_id = factories.make_material_type(unit.org_id)
    db.execute_sql(
        "INSERT INTO material (org_id, id, material_code, name, material_type_id) "
        "SELECT %s, gen_random_uuid(), 'MAT-' || n, 'Material', %s FROM generate_series(1, 20000) AS n",
        (unit.org_id, type_id),
    )
    db.execute_sql("SET LOCAL statement_timeout = '5s'")
    rows = rows_of(type_id, *(f"mat-{number}" for number in range(1, 5001)))
    with pytest.raises(Invalid) as refused:
        operations.bulk_import_materials({"rows": rows}, "atomic", "false")
    assert len(refused.value.problems) + refused.value.omitted == 5000


def test_bulk_import_materials_takes_a_code_in_another_form_for_the_same(admin: Api, type_id: str) -> None:
    admin.post("/api/materials", {"code": "Caf\u00e9", "name": "x", "typeId": type_id})
    codes = ["OIL-1", "\uff2f\uff29\uff2c-1", "CAFE\u0301"]
    rows = {"rows": [{"code": code, "name": "x", "typeId": type_id} for code in codes]}
    refused = admin.post("/api/materials/bulk-import", rows)
    assert (refused.status_code, pointers(refused)) == (422, ["/rows/1/code", "/rows/2/code"])
