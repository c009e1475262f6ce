"""A recall for those who call: as a paper, and line by line for a spreadsheet."""

import csv
import io
from io import BytesIO

import pytest
from pypdf import PdfReader

from pharus.errors import NotFound
from pharus.files import Rendering
from plugins.lots import operations as lots
from tests import factories
from tests.api import Api
from tests.factories import Organization
from tests.plugins.lots.making import Json, Maker, named


@pytest.fixture
def maker(migrated: str) -> Maker:
    return Maker()


def recalled(maker: Maker, *, mock: bool = False) -> Json:
    """Of a lot that went into two batches, of which some was sold, some came back, some is moved and some is here."""
    maker.adjust(40, lots=named(a=40))
    maker.make(maker.plan(6), 6, lots=named(s=6))
    maker.make(maker.plan(4), 4, lots=named(t=4))
    contact = factories.make_contact(maker.org_id, display_name="Kim Example")
    factories.make_contact_method(
        maker.org_id, contact_id=contact, method_type="phone", value="555 0100", is_primary=True
    )
    factories.make_contact_link(maker.org_id, contact_id=contact, customer_id=maker.customer, is_primary=True)
    sale = maker.sell(5)
    shipment = maker.ship(sale, 5, lots=named(s=5))["shipment"]["id"]
    maker.send_back(shipment, sale, 2)
    maker.move(7, lots=named(a=7))
    report = maker.do(lots.recall_lot, maker.lot("a")["id"], {"reason": "The vendor\nrecalls it", "mock": mock})
    return {**report["recall"], "order": sale["salesOrder"]["soNumber"]}


def text_of(file: Rendering) -> str:
    content = file.function(*file.arguments)
    return " ".join("\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split())


def test_lines_say_who_has_what_and_what_is_where(maker: Maker) -> None:
    recall = recalled(maker)
    rows = maker.do(lots.list_lot_recall_lines, recall["id"])["data"]
    found = {(row["whereabouts"], row["lotCode"]): (int(row["quantity"]), int(row["returned"])) for row in rows}
    assert found == {
        ("customer", "s"): (5, 2),
        ("location", "a"): (13, 0),
        ("in_transit", "a"): (7, 0),
        ("location", "s"): (3, 0),
        ("location", "t"): (4, 0),
    }
    assert rows[0]["whereabouts"] == "customer"
    assert (rows[0]["ref"], rows[0]["contactName"], rows[0]["contactPhone"]) == (
        recall["order"],
        "Kim Example",
        "555 0100",
    )
    assert {row["lotCode"]: row["status"] for row in rows} == {"a": "recalled", "s": "on_hold", "t": "on_hold"}


def test_the_paper_says_it_all(maker: Maker) -> None:
    recall = recalled(maker)
    text = text_of(maker.do(lots.get_lot_recall_pdf, recall["id"]))
    for part in ("Recall report", "The vendor recalls it", recall["order"], "Kim Example · 555 0100", "Lots reached 3"):
        assert part in text, part
    assert "on its way" in text
    assert "Exercise" not in text


def test_an_exercise_says_so(maker: Maker) -> None:
    text = text_of(maker.do(lots.get_lot_recall_pdf, recalled(maker, mock=True)["id"]))
    assert "Exercise: nothing is recalled" in text


def test_what_there_is_not_has_neither(maker: Maker) -> None:
    for operation in (lots.get_lot_recall_pdf, lots.list_lot_recall_lines):
        with pytest.raises(NotFound):
            maker.do(operation, maker.material)


def test_a_lot_that_went_nowhere_has_a_paper_and_a_file(viewer: Api, organization: Organization) -> None:
    lot = factories.make_lot(organization.id, code='B/1 "odd" ü')
    item = factories.make_material(organization.id)
    factories.make_lot_balance(organization.id, lot_id=lot, item_id=item)
    recall = factories.make_lot_recall(organization.id, lot_id=lot)
    paper = viewer.get(f"/api/lot-recalls/{recall}/pdf")
    assert (paper.status_code, paper.headers["content-type"]) == (200, "application/pdf")
    assert paper.headers["content-disposition"].startswith("attachment; filename=")
    lines = viewer.get(f"/api/lot-recalls/{recall}/lines", format="csv").text
    (row,) = csv.DictReader(io.StringIO(lines))
    assert (row["lotCode"], row["whereabouts"], row["quantity"]) == ('B/1 "odd" ü', "location", "1")
