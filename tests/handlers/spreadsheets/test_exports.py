import csv
import io
from typing import Any

import httpx
import pytest
from python_calamine import CalamineWorkbook

from handlers.spreadsheets import exports
from handlers.spreadsheets.negotiation import MEDIA_TYPES
from pharus.errors import ConfigurationError
from tests import factories
from tests.api import Api, error_code, pointers
from tests.contract.judging import declared, document

_ROWS = {"type": "object", "properties": {"data": {"type": "array", "items": {"type": "string"}}}}
_FORMAT = {"name": "format", "in": "query", "schema": {"type": "string"}}


def rows_of(response: httpx.Response) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(response.text, newline="")))


def import_vendors(admin: Api, count: int) -> list[str]:
    names = [f"{number:04}" for number in range(count)]
    assert admin.post("/api/vendors/bulk-import", {"rows": [{"name": name} for name in names]}).status_code == 200
    return names


def test_file_has_all_rows_that_the_filters_choose_and_not_one_page(admin: Api, viewer: Api) -> None:
    names = import_vendors(admin, 1203)
    response = viewer.get("/api/vendors", format="csv", q="1", sort="-name", limit="7", count="true", cursor="none")
    assert [row["name"] for row in rows_of(response)] == [name for name in reversed(names) if "1" in name]
    assert response.headers["content-disposition"] == 'attachment; filename="vendors.csv"'
    assert response.headers["cache-control"] == "no-store"
    assert "etag" not in response.headers
    as_xlsx = viewer.get("/api/vendors", format="xlsx")
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(as_xlsx.content)).get_sheet_by_name("vendors").to_python()
    assert [row[2] for row in sheet] == ["name", *names]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_accept_asks_for_a_file_and_format_goes_before_it(viewer: Api, form: str) -> None:
    asked = {"Accept": MEDIA_TYPES[form]}
    response = viewer.request("GET", "/api/locations", headers=asked)
    assert response.headers["content-type"].partition(";")[0] == MEDIA_TYPES[form]
    as_json = viewer.request("GET", "/api/locations", headers=asked, params={"format": "json"})
    assert as_json.json() == {"data": []}
    assert viewer.request("GET", "/api/locations", headers={"Accept": "text/html, */*"}).json() == {"data": []}


def test_form_that_is_none_is_refused(viewer: Api) -> None:
    refused = viewer.request("GET", "/api/vendors", headers={"Accept": "text/html"})
    assert (refused.status_code, error_code(refused)) == (406, "not_acceptable")
    assert viewer.request("GET", "/api/vendors", headers={"Accept": "text/html"}, params={"format": "csv"}).is_success
    wrong = viewer.get("/api/vendors", format="ods", bom="1")
    assert (wrong.status_code, pointers(wrong)) == (422, ["query/bom", "query/format"])
    # What answers no rows goes on to answer JSON, whatever is accepted; and nothing here has another method.
    assert viewer.request("GET", "/api/accounting/settings", headers={"Accept": "text/html"}).is_success
    assert viewer.request("HEAD", "/api/vendors").status_code == 405


def test_file_is_for_whom_the_list_is(anonymous: Api, viewer: Api, admin: Api) -> None:
    assert anonymous.get("/api/vendors", format="csv").status_code == 401
    assert viewer.get("/api/audit", format="csv").status_code == 403
    assert admin.get("/api/audit", format="csv").is_success


def test_names_stand_beside_ids_and_nothing_is_a_formula(organization: factories.Organization, viewer: Api) -> None:
    type_id = factories.make_material_type(organization.id, name="=Oils")
    factories.make_material(organization.id, type_id=type_id, code="007", notes="-1+1")
    (row,) = rows_of(viewer.get("/api/materials", format="csv"))
    assert (row["materialCode"], row["materialTypeId"], row["materialTypeName"]) == ("007", type_id, "'=Oils")
    assert row["notes"] == "'-1+1"


def test_mark_for_excel_comes_where_it_is_asked_for(viewer: Api) -> None:
    assert viewer.get("/api/brokers", format="csv").content.startswith(b"id,")
    assert viewer.get("/api/brokers", format="csv", bom="false").content.startswith(b"id,")
    assert viewer.get("/api/brokers", format="csv", bom="true").content.startswith(b"\xef\xbb\xbfid,")


def test_rows_that_come_whole_are_written_in_pieces(migrated: str) -> None:
    operation = declared().operation("listLocations")
    assert operation is not None
    export = exports.of_operation(document(), operation.declared)
    assert export is not None
    rows = [{"id": str(number)} for number in range(2500)]
    streamed = export.asked({"format": "csv"}, None, lambda: {"data": rows}, sees_costs=True)
    assert streamed is not None
    found, position, sizes = b"", None, []
    while True:
        part = streamed.part(position)
        sizes.append(len(part[0]))
        content, position = streamed.written(part)
        found += content
        if position is None:
            break
    assert sizes == [1000, 1000, 500]
    assert [row["id"] for row in csv.DictReader(io.StringIO(found.decode()))] == [row["id"] for row in rows]


@pytest.mark.no_database
@pytest.mark.parametrize(
    "answer",
    [
        {"content": {"application/json": {"schema": {"type": "object", "properties": {}}}}},
        {"content": {"application/json": {"schema": _ROWS}}, "x-content": {"text/csv": {}}},
    ],
)
def test_format_needs_rows_and_their_media_types(answer: Any) -> None:
    operation = {"operationId": "listThings", "x-parameters": [_FORMAT], "responses": {"200": answer}}
    with pytest.raises(ConfigurationError, match="listThings takes format"):
        exports.of_operation({}, operation)
    assert exports.of_operation({}, {**operation, "x-parameters": []}) is None
