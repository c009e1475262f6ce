"""Bulk imports from files, through the API: the same checks, the same answers, and where in the file it is wrong."""

from typing import Any

import httpx
import pytest

from handlers.spreadsheets.references import targets_of
from pharus import openapi
from pharus.spreadsheets.columns import table_of_rows
from tests import factories
from tests.api import Api, error_code
from tests.contract import calls
from tests.contract.judging import declared
from tests.factories import Organization
from tests.handlers.spreadsheets.shapes import CSV, SHAPES, XLSX, Shape, xlsx

VENDORS, ORDERS = "/api/vendors/bulk-import", "/api/purchase-orders/bulk-import"


def send(
    api: Api, path: str, content: bytes, media_type: str = CSV, key: str | None = None, **query: str
) -> httpx.Response:
    headers = {"Content-Type": media_type} | ({"Idempotency-Key": key} if key else {})
    return api.request("POST", path, content=content, headers=headers, params=query)


def problems(response: httpx.Response) -> list[tuple[Any, ...]]:
    return [(each.get("row"), each.get("cell"), each["path"]) for each in response.json()["error"]["details"]]


def test_every_bulk_import_takes_files_and_knows_what_its_references_are() -> None:
    found = [each for each in calls.operations() if table_of_rows(declared(), each.declared) is not None]
    assert len(found) >= 8
    for operation in found:
        taken = openapi.media_types(operation.declared["requestBody"])
        assert list(taken) == ["application/json", CSV, XLSX], f"let {operation.id} take CSV and XLSX"
        table = table_of_rows(declared(), operation.declared)
        assert table is not None
        unknown = [key for key, naming in targets_of(operation.path, table).items() if naming is None]
        assert not unknown, f"{operation.id}: a domain says in its hook `namings` what {unknown} are called"


@pytest.fixture
def stocked(organization: Organization) -> dict[str, str]:
    """What the files of orders name."""
    return {
        **{name: factories.make_vendor(organization.id, name=name) for name in ("Wax", "Oil")},
        **{
            code: factories.make_material(organization.id, code=code, name=f"Name of {code}")
            for code in ("BOX-12", "OIL")
        },
    }


@pytest.mark.parametrize("shape", [each for each in SHAPES if not each.has_lines], ids=lambda shape: shape.name)
def test_vendors_come_from_files_of_every_shape(admin: Api, shape: Shape) -> None:
    answer = send(admin, VENDORS, shape.content, shape.media_type, **shape.query)
    assert answer.status_code == 200, answer.text
    made = {vendor["id"]: vendor for vendor in admin.get("/api/vendors").json()["data"]}
    for id, row in zip(answer.json()["ids"], shape.rows, strict=True):
        stored = {key: value.strip() if key == "name" else value for key, value in row.items()}
        assert {key: made[id][key] for key in stored} == stored


@pytest.mark.parametrize("shape", [each for each in SHAPES if each.has_lines][:1], ids=lambda shape: shape.name)
def test_orders_come_with_their_lines_and_codes_lead_to_ids(admin: Api, stocked: dict[str, str], shape: Shape) -> None:
    answer = send(admin, ORDERS, shape.content, shape.media_type, **shape.query)
    assert answer.status_code == 200, answer.text
    first, second = answer.json()["ids"]
    order = admin.get(f"/api/purchase-orders/{first}").json()
    assert (order["purchaseOrder"]["vendorId"], order["purchaseOrder"]["placedAt"]) == (stocked["Wax"], "2026-03-02")
    lines = [(line["materialId"], line["quantity"], line["unitCost"]) for line in order["items"]]
    assert lines == [(stocked["BOX-12"], "0.3", "12"), (stocked["OIL"], "1234.5", "0.07")]
    assert len(admin.get(f"/api/purchase-orders/{second}").json()["items"]) == 1


def test_what_is_wrong_is_told_with_its_cell(admin: Api, organization: Organization, stocked: dict[str, str]) -> None:
    for _ in range(2):
        factories.make_vendor(organization.id, name="Twins")
    content = (
        b"vendor,targetType,status,materialId,quantity\n"
        b"Twins,materials,Placed,box-12,1\n"
        b"Nobody,materials,Placed,BOX-12,x\n"
        b",,,NONE,2\n"
        b"wax,materials,Planning,Name of OIL,3\n"
    )
    refused = send(admin, ORDERS, content, dryRun="true")
    assert (refused.status_code, error_code(refused)) == (422, "validation_failed")
    assert problems(refused) == [
        (2, "A2", "/rows/0/vendorId"),
        (3, "A3", "/rows/1/vendorId"),
        (3, "E3", "/rows/1/items/0/quantity"),
        (4, "D4", "/rows/1/items/1/materialId"),
    ]
    several, nobody, _, nothing = (each["message"] for each in refused.json()["error"]["details"])
    assert several.startswith("is what several of these are called, so name the id of one: ")
    assert nobody == "no vendor is called 'Nobody', by code or name"
    assert nothing == "no material is called 'NONE', by code or name"
    partly = send(admin, ORDERS, content, mode="partial").json()
    assert [each["status"] for each in partly["results"]] == ["error", "error", "ok"]
    error = partly["results"][1]["error"]
    assert error["message"].startswith("/vendorId no vendor is called")
    assert [each["cell"] for each in error["details"]] == ["A3", "E3", "D4"]


def test_row_that_the_records_refuse_is_named_by_its_line(admin: Api) -> None:
    content = b"name,QBO id\nWax,1\nOil,2\nLid,1\n"
    refused = send(admin, VENDORS, content)
    assert problems(refused) == [(4, "B4", "/rows/2/qboId")]
    partly = send(admin, VENDORS, content, mode="partial").json()
    assert [each["status"] for each in partly["results"]] == ["ok", "ok", "error"]
    assert partly["results"][2]["error"]["details"][0]["row"] == 4


def test_file_is_stored_once_under_its_key(admin: Api) -> None:
    answers = [send(admin, VENDORS, b"name\nWax\n", key="file-1") for _ in range(2)]
    assert answers[0].json() == answers[1].json()
    assert answers[1].headers["idempotency-replayed"] == "true"
    other = send(admin, VENDORS, b"name\nOil\n", key="file-1")
    assert other.status_code == 422
    assert [vendor["name"] for vendor in admin.get("/api/vendors").json()["data"]] == ["Wax"]


@pytest.mark.parametrize(
    ("content", "media_type", "query", "status"),
    [
        (b"surprise\n1\n", CSV, {}, 400),
        (b"PK no archive", XLSX, {}, 400),
        (b"name\nx\n", "text/tab-separated-values", {}, 415),
        (b"name\nx\n", CSV, {"decimalSeparator": "comma", "thousandsSeparator": "comma"}, 422),
        (b"name\nx\n", CSV, {"dateOrder": "ymd"}, 422),
        (b"name\n" + b"x\n" * 5001, CSV, {}, 422),
        (b"name\n" + b"x" * 11_000_000, CSV, {}, 413),
    ],
)
def test_file_that_is_none_is_refused(
    admin: Api, content: bytes, media_type: str, query: dict[str, str], status: int
) -> None:
    assert send(admin, VENDORS, content, media_type, **query).status_code == status


def test_who_may_not_import_has_no_file_read(anonymous: Api, member: Api) -> None:
    for content in (b"surprise", b"x" * 100_000):
        assert send(anonymous, VENDORS, content).status_code == 401
        assert send(member, VENDORS, content).status_code == 403


def test_export_of_another_organization_comes_in_by_names(admin: Api, organization: Organization) -> None:
    type_id = factories.make_material_type(organization.id, name="Oils")
    content = (
        "id,orgId,materialCode,name,materialTypeId,notes,materialTypeName\n"
        "1,2,007,Oil,01935d6c-7b1a-7c3e-8f00-000000000101,'=1,Oils\n"
        f"1,2,008,Wax,{type_id},,Nothing\n"
    ).encode()
    answer = send(admin, "/api/materials/bulk-import", content, unknownColumns="ignore")
    assert answer.status_code == 200, answer.text
    rows = admin.get("/api/materials").json()["data"]
    assert [(row["materialCode"], row["materialTypeId"], row["notes"]) for row in rows] == [
        ("007", type_id, "=1"),
        ("008", type_id, None),
    ]


def test_workbook_says_where_it_is_wrong(admin: Api) -> None:
    content = xlsx(("Sheet1", [[None, None], [None, "Name", "Country"], [None, "Wax", "Germany"]]))
    assert set(problems(send(admin, VENDORS, content, XLSX))) == {(3, "C3", "/rows/0/country")}
