"""The sheet of a work order or production order, as a caller gets it."""

from io import BytesIO
from typing import Any

from pypdf import PdfReader

from pharus.fields import new_id
from plugins.manufacturing.order_kinds import WORK
from tests.plugins.manufacturing.making import Json, Making


def sheet(making: Making, made: Json) -> str:
    response: Any = making.api.get(f"{making.root}/{made['order']['id']}/pdf")
    assert (response.status_code, response.headers["content-type"]) == (200, "application/pdf")
    number = made["order"][making.kind.number_key]
    assert response.headers["content-disposition"] == f'attachment; filename="{number}.pdf"'
    # Where a long code is broken differs.
    return "".join("".join(page.extract_text() for page in PdfReader(BytesIO(response.content)).pages).split())


def test_sheet_has_each_line_with_its_inputs_and_no_costs(making: Making) -> None:
    codes = {}
    for name, id in making.ids.items():
        table, key = ("skus", "skuCode") if making.is_sku(name) else ("materials", "materialCode")
        item = making.api.get(f"/api/{table}/{id}").json()
        codes[name] = f"{item[key]} {item['name']}"
    dock = {"contactName": "Sam Example", "contactPhone": "555 0101"}
    assert making.api.patch(f"/api/locations/{making.location}", dock).status_code == 200
    made = making.order(
        making.line("box", 1000, 7.77),
        making.line("bar", 10, 8.88),
        expectedDeliveryDate="2026-12-24",
        notes="For the spring market.",
    )
    text = sheet(making, made)
    inputs = {"bar": "2,000", "carton": "1,000"} if making.kind is WORK else {"carton": "1,000", "oil": "1,000"}
    for part in (
        "Work order" if making.kind is WORK else "Production order",
        made["order"][making.kind.number_key],
        "Attn Sam Example 555 0101",
        "Due 24 Dec 2026",
        "Quantity Actual Lot",
        f"{codes['box']} 1,000",
        *(f"{codes[name]} {quantity}" for name, quantity in inputs.items()),
        f"{codes['bar']} 10",
        f"{codes['oil']} 5",
        f"{codes['lye']} 2.5",
        "For the spring market.",
        "Made and checked",
    ):
        assert part.replace(" ", "") in text, part
    for part in ("7.77", "8.88", "Placed", "Draft"):
        assert part not in text


def test_sheet_says_what_is_not_to_be_made(making: Making) -> None:
    made = making.order(status="Draft")
    assert "Draft:nottobemadeyet" in sheet(making, made)
    making.update(made, status="Cancelled")
    assert "Cancelled" in sheet(making, made)


def test_sheet_of_nothing_is_404(making: Making) -> None:
    assert making.api.get(f"{making.root}/{new_id()}/pdf").status_code == 404
