"""What one organization exports another one imports, and then exports the same: by codes and names, as ids are others.

It holds for all that has both a list and a bulk import. What is not carried, docs/spreadsheets.md lists.
"""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from pharus import hooks, storage
from pharus.db import unit_of_work
from pharus.demo_data import DemoData
from pharus.identity import Actor, Role
from tests import factories
from tests.api import Api
from tests.conftest import AsRole
from tests.handlers.spreadsheets.shapes import CSV, XLSX
from tests.handlers.spreadsheets.test_imports import send

# Of each organization's own.
OWN = {"id", "orgId", "createdAt", "updatedAt", "sortOrder"}
# In the order in which an empty organization is filled: the list, and the import where it is called otherwise.
LISTS = {
    "customer-types": "",
    "customer-segments": "",
    "brokers": "",
    "material-types": "",
    "sku-types": "",
    "order-channels": "",
    "locations": "",
    "vendors": "",
    "customers": "",
    "contacts": "",
    "contact-methods": "",
    "contact-links": "",
    "materials": "",
    "skus": "",
    "item-units": "",
    "bom-lines": "boms",
    "supplier-prices": "",
    "customer-prices": "",
}
# The newest first, unless they are asked for otherwise.
BY_ID = {"supplier-prices", "customer-prices"}


def exported(api: Api, name: str, form: str) -> bytes:
    sort = {"sort": "id"} if name in BY_ID else {}
    return api.get(f"/api/{name}", format=form, **sort).content


def table(content: bytes, form: str) -> list[list[Any]]:
    if form == "csv":
        return list(csv.reader(io.StringIO(content.decode(), newline="")))
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def comparable(content: bytes, form: str) -> list[dict[str, Any]]:
    """The rows without what is each organization's own: a reference counts by the name beside it."""
    rows = table(content, form)
    heads = [str(head) for head in rows[0]]
    return [
        {head: cell for head, cell in zip(heads, row, strict=True) if head not in OWN and not _is_reference(head)}
        for row in rows[1:]
    ]


def _is_reference(head: str) -> bool:
    return head.endswith("Id") and head != "qboId"


def files(name: str, content: bytes) -> Iterator[bytes]:
    """What is imported: as it is, but that who has a parent comes in a second file."""
    if name != "customers":
        yield content
        return
    head, *rows = table(content, "csv")
    at = head.index("parentCustomerId")
    for has_parent in (False, True):
        text = io.StringIO()
        csv.writer(text).writerows([head, *(row for row in rows if bool(row[at]) is has_parent)])
        yield text.getvalue().encode()


def fill(org_id: str) -> None:
    """The demo organization, and names that a spreadsheet likes to change."""
    with unit_of_work(Actor("fills", None, org_id=org_id, role=Role.owner)):
        hooks.hooks().fill_demo(demo_data=DemoData())
    for name, notes in (("Müller & Söhne", "=1+1"), ("'Quoted'", "first\nsecond; third"), ("-12.5", "+49 30 1234")):
        factories.make_vendor(org_id, name=name, notes=notes, zip_code="00501", qbo_id=f"00{name}")
    broker, type_id = factories.make_broker(org_id, name="=Broker"), factories.make_customer_type(org_id, name="Shops")
    for name, percent in (("Café 漢字", "12.5"), ("@home", None)):
        factories.make_customer(org_id, name=name, type_id=type_id, broker_id=broker, broker_fee_percent=percent)
    # What is used of a type that takes nothing new.
    oils = factories.make_material_type(org_id, name="Old oils", is_active=False, sort_order=90)
    factories.make_material(org_id, type_id=oils, code="007", name="1e5", notes='say "so"', is_active=False)
    factories.make_material(org_id, type_id=oils, code="2026-03-02", name="TRUE")
    sku_type = factories.make_sku_type(org_id, name="Bars of soap", sort_order=90)
    factories.make_sku(org_id, type_id=sku_type, code="=BAR", name="Bar", items_per_unit=12, oz_per_item="3.141593")


def test_export_into_an_empty_organization_gives_the_same_export(as_role: AsRole, tmp_path: Path) -> None:
    storage.install(storage.LocalStore(tmp_path / "documents", "http://127.0.0.1"))
    full, empty = factories.make_organization(), factories.make_organization()
    fill(full.id)
    there, here = as_role(full, "viewer"), as_role(empty, "admin")
    for name, of_import in LISTS.items():
        content = exported(there, name, "csv")
        accepted = {} if name in _LOCAL else {"acceptDeactivated": "true"}
        for file in files(name, content):
            answer = send(here, f"/api/{of_import or name}/bulk-import", file, CSV, unknownColumns="ignore", **accepted)
            assert answer.status_code == 200, (name, answer.text)
        rows = comparable(content, "csv")
        assert len(rows) >= 1, name
        assert comparable(exported(here, name, "csv"), "csv") == rows, name


# They name nothing that could be deactivated.
_LOCAL = {
    *("customer-types", "customer-segments", "brokers", "material-types", "sku-types", "order-channels", "locations"),
    *("vendors", "contacts", "contact-methods", "item-units"),
}


@pytest.mark.parametrize("name", ["vendors", "material-types", "materials"])
def test_workbook_goes_there_and_back_as_well(as_role: AsRole, name: str) -> None:
    full, empty = factories.make_organization(), factories.make_organization()
    type_id = factories.make_material_type(full.id, name="Oils")
    factories.make_material_type(empty.id, name="Oils" if name == "materials" else "Waxes")
    factories.make_vendor(full.id, name="=1+1", zip_code="00501", is_active=False)
    factories.make_material(full.id, type_id=type_id, code="007", name="1e5")
    there, here = as_role(full, "viewer"), as_role(empty, "admin")
    content = exported(there, name, "xlsx")
    assert send(here, f"/api/{name}/bulk-import", content, XLSX, unknownColumns="ignore").status_code == 200
    back = comparable(exported(here, name, "xlsx"), "xlsx")
    assert [row for row in back if row["name"] != "Waxes"] == comparable(content, "xlsx")
