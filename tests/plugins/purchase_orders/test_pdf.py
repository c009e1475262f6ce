import asyncio
import io
import pickle
import re
import time
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from pypdf import PdfReader

from handlers.workers.renderers import Renderers
from pharus.files import Rendering
from pharus.pdf.paper import Party
from plugins.purchase_orders import pdf
from plugins.purchase_orders.pdf import PrintedLine, PrintedOrder

pytestmark = pytest.mark.no_database

HEAD = ["#", "Code", "Description", "Quantity", "Unit", "cost", "Amount"]


def lines(names: Iterable[str]) -> list[PrintedLine]:
    return [
        PrintedLine(code=f"RM-{number:04}", name=name, quantity=Decimal("12.5"), unit_cost=Decimal("3.256789"))
        for number, name in enumerate(names, start=1)
    ]


ORDER = PrintedOrder(
    number="PO-2026-0001",
    status="Placed",
    organization=Party(
        name="Example Soap Works LLC",
        address="12 Sample Street\nBuilding B",
        city="Portland",
        state="OR",
        zip_code="97201",
        country="us",
        email="buying@example.com",
        phone="555 0100",
    ),
    vendor=Party(name="Sample Botanicals", address="400 Example Avenue", city="Lyon", country="FR"),
    ship_to=Party(name="Main warehouse", city="Portland"),
    placed_at=date(2026, 3, 4),
    ship_date=date(2026, 3, 18),
    expected_delivery_date=date(2026, 12, 31),
    lines=lines(["Shea butter"]),
    shipping_costs=Decimal(125),
    setup_costs=Decimal(0),
    other_costs=Decimal("17.455"),
    notes="Weekdays only.\n\nLot numbers, please.",
)


def of(count: int) -> PrintedOrder:
    return replace(ORDER, lines=lines(f"Example shea butter, refined, drum of {number} kg" for number in range(count)))


def make(order: PrintedOrder) -> bytes:
    rendering = pdf.rendering(order)
    return rendering.function(*rendering.arguments)


def pages(order: PrintedOrder) -> list[list[str]]:
    return read(make(order))


def read(file: bytes) -> list[list[str]]:
    """The lines of text of each page."""
    return [
        [line.strip() for line in page.extract_text().splitlines() if line.strip()]
        for page in PdfReader(io.BytesIO(file)).pages
    ]


def test_rendering_is_plain_data_for_another_process() -> None:
    rendering = pdf.rendering(ORDER)
    assert (rendering.name, rendering.media_type) == ("PO-2026-0001.pdf", "application/pdf")
    assert pickle.loads(pickle.dumps(rendering)) == rendering
    # Unpickling an argument must not import the domain, and with it the whole server.
    assert b"plugins." not in pickle.dumps(rendering.arguments)


def test_one_line_has_everything_on_one_page() -> None:
    [page] = pages(ORDER)
    text = "\n".join(page)
    for expected in (
        "Example Soap Works LLC",
        "12 Sample Street\nBuilding B\nPortland, OR 97201\nUS\n555 0100\nbuying@example.com",
        "Sample Botanicals\n400 Example Avenue\nLyon\nFR",
        "Main warehouse",
        "PO-2026-0001",
        "4 Mar 2026",
        "18 Mar 2026",
        "31 Dec 2026",
        "RM-0001",
        "Shea butter",
        "12.5",
        "3.256789",
        "40.71",
        "125.00",
        "0.00",
        "17.46",
        "183.17",
        "Weekdays only.\nLot numbers, please.",
        "Page 1 of 1",
    ):
        assert expected in text, expected


@pytest.mark.parametrize(("count", "seconds"), [(40, 1), (200, 4)])
def test_many_lines_go_over_pages_that_each_begin_with_the_heads(count: int, seconds: int) -> None:
    make(ORDER)
    began = time.process_time()
    file = make(of(count))
    assert time.process_time() - began < seconds
    found = read(file)
    codes = [code for page in found for code in re.findall(r"RM-\d{4}", "\n".join(page))]
    assert codes == [line.code for line in of(count).lines]
    assert len(found) > count / 40
    for number, page in enumerate(found, start=1):
        assert f"Page {number} of {len(found)}" in page
        assert any("PO-2026-0001" in line for line in page)
        start = page.index("#")
        assert page[start : start + 7] == [*HEAD[:4], "Unit cost", "Amount", page[start + 6]]
        assert sum(line == "Amount" for line in page) == 1
    assert all("Total" not in page for page in found[:-1])


def test_figures_add_up_on_paper() -> None:
    """Amounts that are half a cent: what is printed is what is added."""
    half = [PrintedLine(code="A", name="Label", quantity=Decimal(1), unit_cost=Decimal("0.335"))] * 3
    cost = Decimal("0.005")
    order = replace(ORDER, lines=half, shipping_costs=cost, setup_costs=cost, other_costs=Decimal("40.005"))
    printed = " ".join(line for page in pages(order) for line in page)
    assert printed.count("0.34") == 3
    assert re.search(r"Subtotal 1\.02 Shipping 0\.01 Setup 0\.01 Other costs 40\.01 Total 41\.05", printed), printed


@pytest.mark.parametrize("count", range(14, 24))
def test_totals_stand_on_a_page_with_the_last_two_lines(count: int) -> None:
    """Some of these numbers of lines fill the first page to just where the totals would no longer fit."""
    [page] = [page for page in pages(of(count)) if "Total" in page]
    codes = [line for line in page[: page.index("Total")] if re.fullmatch(r"RM-\d{4}", line)]
    assert codes[-2:] == [f"RM-{count - 1:04}", f"RM-{count:04}"]


def test_notes_on_a_page_of_their_own_have_no_heads_of_columns() -> None:
    found = pages(replace(ORDER, notes="\n".join(f"note {number}" for number in range(150))))
    assert len(found) > 2
    assert sum("Amount" in page for page in found) == 1
    notes = [line for page in found for line in page if line.startswith("note ")]
    assert notes == [f"note {number}" for number in range(150)]


def test_amounts_are_exact_before_they_are_rounded() -> None:
    largest = PrintedLine(
        code="D", name="n", quantity=Decimal("999999999999.999999"), unit_cost=Decimal("999999999999.999999")
    )
    no_costs = replace(ORDER, shipping_costs=Decimal(0), other_costs=Decimal(0))
    text = "".join(pages(replace(no_costs, lines=[largest]))[0])
    assert text.count("999,999,999,999,999,998,000,000.00") == 3


def test_what_is_not_known_is_left_out() -> None:
    bare = Party(name="Sample")
    order = replace(
        ORDER,
        organization=bare,
        vendor=bare,
        ship_to=None,
        placed_at=None,
        ship_date=None,
        expected_delivery_date=None,
        notes=None,
    )
    [page] = pages(order)
    text = "\n".join(page)
    assert "To be advised" in text
    for absent in ("None", "Order date", "Ship date", "Expected", "Notes"):
        assert absent not in text


@pytest.mark.parametrize(("country", "points"), [("us", 792), ("DE", 841), (None, 841)])
def test_paper_is_that_of_the_organizations_country(country: str | None, points: int) -> None:
    file = make(replace(ORDER, organization=Party(name="Example", country=country)))
    assert int(PdfReader(io.BytesIO(file)).pages[0].mediabox.height) == points


@pytest.mark.parametrize(
    "name",
    [
        "<img src=file:///etc/passwd>",
        "{{7*7}} {% include 'x' %}",
        "</td></tr></table><pdf:nextpage>",
        '<a href="http://127.0.0.1:9/">x</a>',
        "&lt;b&gt; &#65;",
        "<!-- x --> ]]> <style>",
    ],
)
def test_name_prints_as_the_text_it_is(name: str) -> None:
    party = Party(name=name, address=name, city=name)
    order = replace(ORDER, organization=party, vendor=party, ship_to=party, notes=name, lines=lines([name, name]))
    found = pages(order)
    assert len(found) == 1
    text = "".join("".join(found[0]).split())
    # The footer of the page has it too.
    assert text.count("".join(name.split())) == 13
    assert "/Annots" not in PdfReader(io.BytesIO(make(order))).pages[0]


@pytest.mark.parametrize("name", ["x" * 10_000, "漢" * 10_000, "हि" * 5_000, "سلام " * 2_000])
def test_name_of_any_length_is_cut_visibly(name: str) -> None:
    party = Party(name=name, address="\n".join([name] * 30), city=name, state=name, email=name)
    order = replace(ORDER, organization=party, vendor=party, ship_to=party, lines=lines([name] * 5))
    found = pages(replace(order, lines=[*order.lines, replace(order.lines[0], code=name)]))
    for number, page in enumerate(found, start=1):
        assert f"Page {number} of {len(found)}" in page
    text = "\n".join(line for page in found for line in page)
    assert text.count("…") > 6
    assert "Total" in text


def test_controls_in_a_name_do_no_harm() -> None:
    name = "a\x00b\x1b\u202ec\ud800"
    party = Party(name=name, address=name)
    [page] = pages(replace(ORDER, organization=party, vendor=party, ship_to=party, notes=name, lines=lines([name])))
    assert page.count("a b c\ufffd") == 8


def test_several_orders_at_a_time_are_made_by_the_processes_of_the_server() -> None:
    async def several() -> list[bytes]:
        renderers = Renderers(2, 60)
        orders: list[Rendering] = [pdf.rendering(replace(of(count), number=f"PO-{count}")) for count in (1, 40, 3, 80)]
        return await asyncio.gather(*(renderers.run(order) for order in orders))

    for file, count in zip(asyncio.run(several()), (1, 40, 3, 80), strict=True):
        text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(file)).pages)
        assert len(re.findall(r"RM-\d{4}", text)) == count
        assert f"PO-{count}" in text
