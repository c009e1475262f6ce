"""What the console is told of the operations: who may call each, and the fields of what it takes."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from codegen.console import console_files
from pharus import openapi
from pharus.openapi import Document

pytestmark = pytest.mark.no_database

ROOT = Path(__file__).parents[2]
DOCUMENT = Document.load(ROOT / "openapi.yaml")
(TEXT,) = console_files(DOCUMENT).values()
CALLS: dict[str, dict[str, Any]] = {
    name: json.loads(call) for name, call in re.findall(r"^  (\w+): (\{.*\}),$", TEXT, flags=re.MULTILINE)
}


def _fields(schema: str) -> dict[str, dict[str, Any]]:
    (lines,) = re.findall(rf"^  {schema}: \[\n(.*?)^  \],", TEXT, flags=re.MULTILINE | re.DOTALL)
    return {field.pop("key"): field for field in map(json.loads, re.findall(r"^    (\{.*\}),$", lines, re.MULTILINE))}


def test_every_operation_has_its_role_and_its_path() -> None:
    roles = {
        each["operationId"]: (each["x-minimum-role"], path) for path, _, each in openapi.operations(DOCUMENT.content)
    }
    assert {name: (call["role"], call["path"]) for name, call in CALLS.items()} == roles
    assert CALLS["createOrganization"]["idTokenOnly"]
    assert "idTokenOnly" not in CALLS["listVendors"]


def test_lists_and_imports_that_have_files_say_so() -> None:
    assert CALLS["listVendors"]["isFile"]
    assert CALLS["bulkImportVendors"]["isFile"]
    assert "isFile" not in CALLS["getVendor"]
    assert "q" in CALLS["listVendors"]["query"]


@pytest.mark.parametrize(
    ("schema", "key", "field"),
    [
        ("VendorCreate", "name", {"kind": "text", "longest": 255, "required": True, "hint": "Need not be unique."}),
        ("VendorCreate", "address", {"kind": "long", "longest": 10000, "nullable": True}),
        ("BomCreate", "batchSize", {"kind": "decimal"}),
        ("BomItemInput", "quantity", {"kind": "decimal", "nullable": True, "required": True}),
        (
            "SalesOrderShipmentItemCreate",
            "soItemId",
            {"kind": "reference", "hint": "A line of this order.", "required": True},
        ),
        (
            "PurchaseOrderReceiptCreate",
            "items",
            {"kind": "list", "of": "PurchaseOrderReceiptItemCreate", "required": True},
        ),
        ("AccountingSettingsUpdate", "accounts", {"kind": "object", "of": "AccountNamesUpdate"}),
        ("MaterialUpdate", "isActive", {"kind": "flag", "hint": "False hides the material from new work."}),
        ("PurchaseOrderUpdate", "placedAt", {"kind": "day", "longest": 64}),
    ],
)
def test_fields_say_what_they_take(schema: str, key: str, field: dict[str, Any]) -> None:
    assert _fields(schema)[key] == field


def test_choices_are_those_of_the_document() -> None:
    status = DOCUMENT.schemas["PurchaseOrderStatus"]["enum"]
    assert _fields("PurchaseOrderCreate")["status"] == {"kind": "choice", "choices": status, "required": True}
