"""What one organization exports another one imports, and then exports the same: by codes and names, as ids are others.

It holds for master data. What an import does not carry, docs/spreadsheets.md lists.
"""

import csv
import io
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from tests import factories
from tests.api import Api
from tests.conftest import AsRole
from tests.handlers.spreadsheets.shapes import CSV, XLSX
from tests.handlers.spreadsheets.test_imports import send

# Of each organization's own.
OWN = {"id", "orgId", "createdAt", "updatedAt"}
LISTS = ("vendors", "customers", "materials", "skus")


def exported(api: Api, name: str, form: str) -> bytes:
    return api.get(f"/api/{name}", format=form).content


def comparable(content: bytes, form: str) -> list[dict[str, Any]]:
    """The rows without what is each organization's own: a reference counts by the name beside it."""
    rows: list[list[Any]] = (
        list(csv.reader(io.StringIO(content.decode(), newline="")))
        if form == "csv"
        else CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    )
    heads = [str(head) for head in rows[0]]
    return [
        {head: cell for head, cell in zip(heads, row, strict=True) if head not in OWN and not _is_reference(head)}
        for row in rows[1:]
    ]


def _is_reference(head: str) -> bool:
    return head.endswith("Id") and head != "qboId"


def fill(org_id: str) -> None:
    """Names that a spreadsheet likes to change."""
    types = make_lookups(org_id)
    for name, notes in (("Müller & Söhne", "=1+1"), ("'Quoted'", "first\nsecond; third"), ("-12.5", "+49 30 1234")):
        factories.make_vendor(org_id, name=name, notes=notes, zip_code="00501", qbo_id=f"00{name}")
    for name, percent in (("Café 漢字", "12.5"), ("@home", None)):
        factories.make_customer(
            org_id, name=name, type_id=types["customer"], broker_id=types["broker"], broker_fee_percent=percent
        )
    factories.make_material(org_id, type_id=types["material"], code="007", name="1e5", notes='say "so"')
    factories.make_material(org_id, type_id=types["material"], code="2026-03-02", name="TRUE")
    factories.make_sku(org_id, type_id=types["sku"], code="=BAR", name="Bar", items_per_unit=12, oz_per_item="3.141593")


def make_lookups(org_id: str) -> dict[str, str]:
    """What master data refers to, which no import makes."""
    return {
        "customer": factories.make_customer_type(org_id, name="Shops"),
        "broker": factories.make_broker(org_id, name="=Broker"),
        "material": factories.make_material_type(org_id, name="Oils"),
        "sku": factories.make_sku_type(org_id, name="Soap"),
    }


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_export_into_an_empty_organization_gives_the_same_export(as_role: AsRole, form: str) -> None:
    full, empty = factories.make_organization(), factories.make_organization()
    fill(full.id)
    make_lookups(empty.id)
    there, here = as_role(full, "viewer"), as_role(empty, "admin")
    for name in LISTS:
        content = exported(there, name, form)
        media_type = CSV if form == "csv" else XLSX
        answer = send(here, f"/api/{name}/bulk-import", content, media_type, unknownColumns="ignore")
        assert answer.status_code == 200, answer.text
        rows = comparable(content, form)
        assert len(rows) >= 1
        assert comparable(exported(here, name, form), form) == rows
