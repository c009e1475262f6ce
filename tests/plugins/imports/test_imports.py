"""The list of bulk imports and their templates."""

import csv
import io
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from handlers.spreadsheets import forms, rows
from handlers.spreadsheets.settings import Settings
from pharus import openapi
from pharus.openapi import XLSX
from pharus.spreadsheets.columns import table_of_rows
from plugins.imports import catalogue, templates
from plugins.imports.schemas import Import
from tests.api import Api, error_code
from tests.contract.judging import declared, document

IMPORTS = list(catalogue.imports_of(document()))


def sheets(content: bytes) -> dict[str, list[list[Any]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_every_import_is_listed_with_its_columns(viewer: Api) -> None:
    listed = {each["operation"]: each for each in viewer.get("/api/imports").json()["data"]}
    taking = {
        operation["operationId"]
        for _, _, operation in openapi.operations(document())
        if openapi.CSV in openapi.request_body(document(), operation).get("content", {})
    }
    assert listed.keys() >= taking
    columns = {each["name"]: each for each in listed["bulkImportPurchaseOrders"]["columns"]}
    assert columns["vendorId"] == {
        "name": "vendorId",
        "head": "vendor",
        "type": "reference",
        "isRequired": True,
        "isOfLines": False,
        "isGroup": False,
        "description": "",
        "values": [],
    }
    assert columns["poNumber"]["isGroup"]
    assert columns["items.quantity"]["isOfLines"]
    assert "Planning" in columns["status"]["values"]
    assert columns["items.materialId"]["description"].startswith("Either this or skuId.")
    as_csv = list(csv.DictReader(io.StringIO(viewer.get("/api/imports", format="csv").text)))
    assert ("bulkImportVendors", "zipCode") in {(each["operation"], each["columns.name"]) for each in as_csv}


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_template_is_a_file(viewer: Api, file_format: str) -> None:
    answer = viewer.get("/api/imports/bulkImportVendors/template", fileFormat=file_format)
    assert answer.headers["content-disposition"] == f'attachment; filename="vendors.{file_format}"'
    head = (
        answer.text.splitlines()[0].split(",")
        if file_format == "csv"
        else next(iter(sheets(answer.content).values()))[0]
    )
    assert head[:2] == ["name", "address"]


def test_operation_that_imports_nothing_has_no_template(viewer: Api) -> None:
    refused = viewer.get("/api/imports/createVendor/template")
    assert (refused.status_code, error_code(refused)) == (404, "not_found")


@pytest.mark.no_database
@pytest.mark.parametrize("of", IMPORTS, ids=lambda of: of["operation"])
def test_heads_of_a_template_lead_to_its_columns(of: Import) -> None:
    operation = declared().operation(of["operation"])
    assert operation is not None
    table = table_of_rows(declared(), operation.declared)
    assert table is not None
    aliases = forms.aliases_of(document(), of["path"])
    (head,) = csv.reader(io.StringIO(templates.csv(of).decode()))
    found = rows.head_of(table, aliases, list(head), 1, Settings())
    assert {name: places for name, places in found.places.items() if len(places) != 1} == {}
    assert found.group is None
    assert {name: head[at] for name, (at,) in found.places.items()} == {
        column["name"]: column["head"] for column in of["columns"]
    }


@pytest.mark.no_database
def test_workbook_explains_its_columns_and_lets_values_be_chosen() -> None:
    of = next(each for each in IMPORTS if each["operation"] == "bulkImportPurchaseOrders")
    content = templates.xlsx(of)
    data, explained = sheets(content).values()
    assert data == [[column["head"] for column in of["columns"]]]
    assert [row[0] for row in explained[1:]] == data[0]
    assert explained[1][:3] == ["vendor", "yes", "the code or the name of a record, or its id"]
    parts = _parts(content)
    comments = next(text for name, text in parts.items() if "comments" in name)
    assert comments.count("<comment ") == len(of["columns"])
    sheet = parts["xl/worksheets/sheet1.xml"]
    assert "<dataValidation " in sheet
    assert "Planning,Placed" in sheet
    # What is typed in a column of texts stays a text: codes keep their zeros.
    assert 'formatCode="@"' in parts["xl/styles.xml"]


def _parts(content: bytes) -> dict[str, str]:
    import zipfile

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode(errors="replace") for name in archive.namelist()}


@pytest.mark.no_database
def test_media_type_of_workbooks_is_the_documents() -> None:
    (operation,) = (each for _, _, each in openapi.operations(document()) if each["operationId"] == "getImportTemplate")
    assert XLSX in operation["responses"]["200"]["content"]
