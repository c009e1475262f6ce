"""Labels, as a camera and a hand scanner see them: what is printed is decoded from the pixels."""

from datetime import date
from itertools import product
from typing import Any

import pypdfium2
import pytest
import zxingcpp

from plugins.lots import gs1
from plugins.lots.labels import Label, draw
from tests import factories
from tests.api import Api, pointers
from tests.plugins.lots.shelves import Shelves

GTIN = "9520123456788"
MILLIMETRE = 72 / 25.4


def decoded(content: bytes, page: int = 0) -> dict[str, list[str]]:
    """What is read of a page, by what the scanner calls the symbology."""
    document = pypdfium2.PdfDocument(content)
    found: dict[str, list[str]] = {}
    for each in zxingcpp.read_barcodes(document[page].render(scale=300 / 72).to_pil()):
        found.setdefault(each.symbology_identifier, []).append(each.text)
    return found


def printed_on(content: bytes) -> list[tuple[int, int]]:
    """The width and height of each page in millimetres."""
    document = pypdfium2.PdfDocument(content)
    return [tuple(round(side / MILLIMETRE) for side in page.get_size()) for page in document]


def test_a_label_says_its_item_its_lot_and_its_day(materials: Shelves, admin: Api) -> None:
    made: dict[str, Any] = {"BAR-0412": {"quantity": 1, "bestBefore": "2027-03-31"}}
    materials.add(**made)
    path = f"/api/materials/{materials.side.item}"
    changed = admin.patch(path, {"gtin": GTIN, "name": "Lavender <b>bar</b>", "code": "OIL-7"})
    assert changed.status_code == 200, changed.text
    id = materials.lot("BAR-0412")["id"]
    label = admin.get(f"/api/lots/{id}/label")
    assert (label.status_code, label.headers["content-type"]) == (200, "application/pdf")
    assert decoded(label.content) == {
        "]C1": ["(01)09520123456788(17)270331(10)BAR-0412"],
        "]Q1": ["https://id.gs1.org/01/09520123456788/10/BAR-0412?17=270331"],
    }
    page = pypdfium2.PdfDocument(label.content)[0].get_textpage().get_text_bounded()
    for text in ("Lavender <b>bar</b>", "OIL-7", "BAR-0412", "31 Mar 2027"):
        assert text in page
    # What both say leads back to the lot.
    for code in ("]C101095201234567881727033110BAR-0412", decoded(label.content)["]Q1"][0]):
        found = admin.get("/api/lots/scan", code=code).json()
        assert [lot["id"] for lot in found["lots"]] == [id]


def test_a_label_without_a_gtin_leads_to_its_lot(materials: Shelves, viewer: Api) -> None:
    materials.add(a=1)
    id = materials.lot("a")["id"]
    symbols = decoded(viewer.get(f"/api/lots/{id}/label").content)
    (own,), (link,) = symbols["]C1"], symbols["]Q1"]
    assert own.startswith("(91)")
    assert link.endswith(f"/api/lots/{id}")
    for code in (own, own.replace("(91)", "]C191"), link):
        scan = viewer.get("/api/lots/scan", code=code).json()
        assert [lot["code"] for lot in scan["lots"]] == ["a"]


def test_as_many_labels_as_asked_for_of_the_size_asked_for(materials: Shelves, viewer: Api) -> None:
    materials.add(a=1)
    path = f"/api/lots/{materials.lot('a')['id']}/label"
    assert printed_on(viewer.get(path).content) == [(100, 50)]
    assert printed_on(viewer.get(path, copies="3", size="a6").content) == [(105, 148)] * 3
    many = viewer.get(path, copies="100", size="100x150").content
    assert printed_on(many) == [(100, 150)] * 100
    assert decoded(many, 99) == decoded(many, 0)
    assert len(many) < 200_000
    for query, pointer in (({"copies": "101"}, "query/copies"), ({"size": "a0"}, "query/size")):
        assert pointers(viewer.get(path, **query)) == [pointer]


def test_a_label_of_nothing_and_of_others_is_404(viewer: Api) -> None:
    other = factories.make_lot(factories.make_organization().id)
    assert viewer.get(f"/api/lots/{other}/label").status_code == 404


@pytest.mark.no_database
@pytest.mark.parametrize("size", ["100x50", "100x150", "a6"])
def test_the_longest_texts_in_the_widest_letters_fit(size: str) -> None:
    id, day = "01935d6c-7b1a-7c3e-8f00-0000000001a1", date(2027, 3, 31)
    for letter, code, gtin in product("Wi漢", ("W" * 60, "漢" * 60, "A1b2C3d4E5f6G7h8I9j0", "1" * 20), (None, GTIN)):
        says = gs1.elements(id, code, day, gtin, date(2026, 11, 28))
        link = gs1.link(id, says, "https://pharus.example.com")
        label = Label(
            name=letter * 255,
            item=letter * 100,
            lot=code,
            best_before=day,
            made_on=day,
            organization=letter * 255,
            says=says,
            link=link,
        )
        content = draw(label, size, 1)
        assert len(printed_on(content)) == 1
        symbols = decoded(content)
        assert symbols["]Q1"] == [link]
        # One symbol, or two, of which the upper one is read first.
        assert "".join(symbols["]C1"]) == gs1.printed(says)
