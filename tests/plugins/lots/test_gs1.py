"""What labels say, and what scans of labels say: ours, and those of others."""

from contextlib import suppress
from datetime import date
from urllib.parse import quote

import pytest
from biip.gs1_digital_link_uris import GS1DigitalLinkURI
from biip.gs1_messages import GS1Message
from hypothesis import given
from hypothesis import strategies as st

from plugins.lots import gs1
from plugins.lots.gs1 import Scan, Unreadable

pytestmark = pytest.mark.no_database

ID = "01935d6c-7b1a-7c3e-8f00-0000000001a1"
GTIN, DAY, TODAY = "9520123456788", date(2027, 3, 31), date(2026, 11, 28)
API = "https://pharus.example.com"
# What a barcode of GS1 can hold (General Specifications, figure 7.11-1).
HELD = "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"


@given(st.text(HELD, min_size=1, max_size=20), st.one_of(st.none(), st.dates(date(1978, 1, 1), date(2075, 12, 31))))
def test_what_a_label_says_is_read_again_and_is_what_others_read(code: str, day: date | None) -> None:
    says = gs1.elements(ID, code, day, GTIN, TODAY)
    text, expected = "".join(number + value for number, value in says), ("0" + GTIN, code, day)
    message = GS1Message.parse(text)
    assert [(each.ai.ai, each.value) for each in message.element_strings] == says
    for scanned in (f"]C1{text}", f"\x1d{text}\r\n", gs1.link(ID, says, API)):
        scan = gs1.read(scanned)
        assert (scan.gtin, scan.lot_code, scan.best_before) == expected
        assert (scan.lot_id, scan.text) == (None, None)
    assert {each.ai.ai for each in GS1DigitalLinkURI.parse(gs1.link(ID, says, API)).element_strings} == {
        number for number, _ in says
    }


@pytest.mark.parametrize("code", ["Ärger 7", "A B", "x" * 21, "漢"])
@pytest.mark.parametrize("gtin", [None, GTIN])
def test_what_no_barcode_can_hold_is_our_own(code: str, gtin: str | None) -> None:
    says = gs1.elements(ID, code, DAY, gtin, TODAY)
    assert dict(says).keys() == ({"91"} if gtin is None else {"01", "17", "91"})
    assert gs1.read("]C1" + "".join(number + value for number, value in says)).lot_id == ID
    assert gs1.read(gs1.link(ID, says, API)) == Scan(lot_id=ID)


def test_without_a_gtin_nothing_is_said_that_needs_one() -> None:
    """GS1 wants to know of which item a lot or a day is (General Specifications, section 4.14)."""
    assert [number for number, _ in gs1.elements(ID, "A-1", DAY, None, TODAY)] == ["91"]


def test_a_day_whose_two_digits_mean_another_year_is_left_out() -> None:
    far = gs1.elements(ID, "A-1", date(2080, 1, 1), GTIN, TODAY)
    assert [number for number, _ in far] == ["01", "10"]


@pytest.mark.parametrize(
    ("code", "scan"),
    [
        (" ABC ", Scan(text="ABC")),
        ("]C0ABC", Scan(text="ABC")),
        ("]E0" + GTIN, Scan(gtin="0" + GTIN, text=GTIN)),
        (f"01{GTIN.zfill(14)}10ABC", Scan(gtin="0" + GTIN, lot_code="ABC", text=f"01{GTIN.zfill(14)}10ABC")),
        # A code that reads like an element may be one, and may be a code.
        ("1012345", Scan(lot_code="12345", text="1012345")),
        ("]C110ABC\x1d15270331", Scan(lot_code="ABC", best_before=DAY)),
        ("]d210A\x1d2112\x1d17270300", Scan(lot_code="A", best_before=DAY)),
        (f"(01){GTIN.zfill(14)}(10)A", Scan(gtin="0" + GTIN, lot_code="A", text=f"(01){GTIN.zfill(14)}(10)A")),
        (f"https://example.com/more/01/{GTIN.zfill(14)}/10/A%2FB", Scan(gtin="0" + GTIN, lot_code="A/B")),
        (f"HTTP://example.com/api/lots/{ID.upper()}", Scan(lot_id=ID)),
        ("(odd) 7", Scan(text="(odd) 7")),
    ],
)
def test_a_scan_is_read(code: str, scan: Scan) -> None:
    assert gs1.read(code) == scan


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("", "names neither"),
        (" \r\n", "names neither"),
        ("]C1", "names neither"),
        ("]C1hello", "no element string"),
        ("]C1010952012345678910A", "last digit"),
        ("]C117991399", "no element string"),
        ("]C12112", "names neither"),
        ("x" * 61, "no element string"),
        ("https://example.com/", "is a link"),
        ("https://example.com/api/lots/" + "7" * 36, "is a link"),
        ("http://[x", "is a link"),
        ("https://example.com/01/09520123456789/10/A", "is a link|last digit"),
        ("]C191" + "9" * 39, "names neither"),
    ],
)
def test_what_no_label_says_is_told(code: str, sentence: str) -> None:
    with pytest.raises(Unreadable, match=sentence):
        gs1.read(code)


@given(st.text(max_size=200))
def test_whatever_comes_is_read_or_told(text: str) -> None:
    for code in (text, f"]C1{text}", f"(01){text}", f"https://{text}", f"https://x/01/{quote(text)}"):
        with suppress(Unreadable):
            gs1.read(code)
