"""Papers of one line and of many, and of texts that are as long as they may be."""

import io
from dataclasses import replace

import pytest
from pypdf import PdfReader

from pharus.files import Rendering
from pharus.pdf.paper import Party
from plugins.sales_orders import pdf
from plugins.sales_orders.pdf import CODE, NAME, Column, PrintedDocument

pytestmark = pytest.mark.no_database

NOTE = PrintedDocument(
    title="Delivery note",
    number="SHP-2026-0001",
    organization=Party(name="Example Soap Works", country="us"),
    parties=[("Ship to", Party(name="Example Grocers", city="Lyon", country="fr"))],
    details=[("Order", "SO-2026-0001")],
    columns=(CODE, NAME, Column("Quantity", 40)),
    rows=[("BOX-12", "Gift set", "20")],
    is_signed=True,
)


def pages(document: PrintedDocument) -> list[str]:
    made: Rendering = pdf.rendering(document)
    return [page.extract_text() for page in PdfReader(io.BytesIO(made.function(*made.arguments))).pages]


def test_many_lines_have_their_heads_on_every_page() -> None:
    rows = [(f"C-{number}", f"Item {number}", str(number)) for number in range(150)]
    found = pages(replace(NOTE, rows=rows))
    assert len(found) > 2
    assert all("Description" in page for page in found)
    assert [f"C-{number}\n" in "".join(found) for number in (0, 149)] == [True, True]


def test_longest_texts_fit_on_paper() -> None:
    rows = [("W" * 255, "W" * 300, "1000000000")] * 3
    found = pages(replace(NOTE, rows=rows, details=[("Tracking number", "W" * 255)], notes="W " * 4000))
    assert "1000000000" in "".join(found)


def test_paper_is_that_of_the_country() -> None:
    made = pdf.rendering(NOTE)
    assert made.arguments[1]["paper"] == "letter"
    assert pdf.rendering(replace(NOTE, organization=Party(name="Savon", country="fr"))).arguments[1]["paper"] == "a4"
