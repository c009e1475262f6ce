"""Papers of one row and of many, and of texts that are as long as they may be."""

import io
from dataclasses import replace
from typing import Any

import pytest
from pypdf import PdfReader

from pharus.files import Rendering
from pharus.pdf import printed
from pharus.pdf.paper import Party
from pharus.pdf.printed import CODE, NAME, POSITION, UNIT, Column, PrintedDocument

pytestmark = pytest.mark.no_database

NOTE = PrintedDocument(
    title="Delivery note",
    number="SHP-2026-0001",
    organization=Party(name="Example Soap Works", country="us"),
    parties=[("Ship to", Party(name="Example Grocers", city="Lyon", country="fr"))],
    details=[("Order", "SO-2026-0001")],
    columns=(CODE, NAME, Column("Quantity", 40)),
    rows=[("BOX-12", "Gift set", "20")],
    signed="Received in full.",
)


def pages(document: PrintedDocument) -> list[str]:
    made: Rendering = printed.rendering(document)
    return [page.extract_text() for page in PdfReader(io.BytesIO(made.function(*made.arguments))).pages]


def tables(document: PrintedDocument) -> list[list[str]]:
    """The codes of each table that is kept on one page; the last are those that stay with the totals."""
    context: dict[str, Any] = printed.context(document)
    kept = [rows for is_kept, rows in context["tables"] if is_kept]
    return [[row[0] for _, row in rows] for rows in (*kept, context["last_rows"])]


def test_many_lines_have_their_heads_on_every_page() -> None:
    rows = [(f"C-{number}", f"Item {number}", str(number)) for number in range(150)]
    found = pages(replace(NOTE, rows=rows))
    assert len(found) > 2
    assert all("Description" in page for page in found)
    assert [f"C-{number}\n" in "".join(found) for number in (0, 149)] == [True, True]


def test_longest_texts_fit_on_paper() -> None:
    rows = [("W" * 255, "W" * 300, "1000000000")] * 3
    details = [("Carrier", "W" * 255), ("Tracking number", "W" * 255), ("Terms", "W" * 255)]
    longest = Party(name="W" * 300, address="\n".join(["W" * 300] * 20), contact="W" * 255, email="W" * 320)
    long = replace(
        NOTE,
        organization=longest,
        parties=[("Vendor", longest), ("Ship to", longest)],
        rows=rows,
        details=details,
        notes="W " * 4000,
    )
    text = "".join(pages(long))
    assert "1000000000" in text
    assert "Attn" in text


def test_terms_are_printed_whole_and_what_is_not_known_is_left_out() -> None:
    details = [("Terms", "t" * 255), ("Tracking number", "n" * 255), ("Carrier", None), ("Due", "")]
    assert printed.context(replace(NOTE, details=details))["details"] == [
        ("Terms", "t" * 255),
        ("Tracking number", "n" * 119 + "…"),
    ]


def test_column_without_a_text_is_left_out_and_its_room_goes_to_the_description() -> None:
    columns = (POSITION, CODE, NAME, Column("Quantity", 12), UNIT, Column("Actual", 14, is_number=False))
    document = replace(NOTE, columns=columns, rows=[("1", "A", "Oil", "2", "", ""), ("2", "B", "Lye", "3", "", "")])
    assert printed.context(document)["columns"] == [
        ("#", 4, "left"),
        ("Code", 18, "left"),
        ("Description", 66, "left"),
        ("Quantity", 12, "right"),
    ]
    with_unit = replace(document, rows=[*document.rows, ("3", "C", "Wax", "1", "kg", "")], blank=["Actual"])
    assert [width for _, width, _ in printed.context(with_unit)["columns"]] == [4, 18, 45, 12, 7, 14]
    assert printed.context(with_unit)["columns"][-1] == ("Actual", 14, "blank")


def test_head_of_a_group_stays_with_the_rows_behind_it() -> None:
    def rows(count: int) -> list[tuple[str, str, str]]:
        return [(str(number), "Item", "1") for number in range(count)]

    assert tables(replace(NOTE, rows=rows(1))) == [["0"]]
    assert tables(replace(NOTE, rows=rows(50))) == [["48", "49"]]
    assert tables(replace(NOTE, rows=rows(9), groups={0, 4})) == [["0", "1", "2"], ["4", "5", "6"], ["7", "8"]]
    # Groups of one row and of none; one whose rows stay with the totals.
    assert tables(replace(NOTE, rows=rows(7), groups={0, 2, 3, 4})) == [["0", "1"], ["2"], ["3"], ["4", "5", "6"]]
    every = printed.context(replace(NOTE, rows=rows(60), groups={0, 30}))
    shown = [row[0] for _, rows in every["tables"] for _, row in rows] + [row[0] for _, row in every["last_rows"]]
    assert shown == [str(number) for number in range(60)]
    assert [is_group for is_group, _ in every["tables"][0][1]] == [True, False, False]


def test_totals_mark_and_signature_are_printed() -> None:
    marked = replace(NOTE, mark="Cancelled", totals=[("Subtotal", "7.00")], grand_total=("Total EUR", "8.00"))
    [text] = pages(marked)
    for part in ("Cancelled", "Subtotal", "7.00", "Total EUR", "8.00", "Received in full.", "SIGNATURE"):
        assert part.lower() in text.lower()


def test_paper_is_that_of_the_country() -> None:
    assert printed.context(NOTE)["paper"] == "letter"
    assert printed.context(replace(NOTE, organization=Party(name="Savon", country="fr")))["paper"] == "a4"
