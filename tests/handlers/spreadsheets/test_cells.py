from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.spreadsheets.cells import as_written, defused, is_formula, text_of

pytestmark = pytest.mark.no_database


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("a; b", "a; b"),
        (True, "true"),
        (False, "false"),
        (7, "7"),
        (Decimal("12.500"), "12.5"),
        (datetime(2026, 3, 2, 8, 15, tzinfo=UTC), "2026-03-02T08:15:00Z"),
        (date(2026, 3, 2), "2026-03-02"),
        (["a", 1], "a; 1"),
        ([{"a": Decimal("1.0")}], '[{"a":"1"}]'),
        ({"a": None}, '{"a":null}'),
    ],
)
def test_cell_has_the_text_of_the_answer(value: object, text: str) -> None:
    assert text_of(value) == text


@pytest.mark.parametrize(
    "text", ["=1+1", "+49 30 1234", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "=", "-", "-a", "\uff1d1"]
)
def test_what_a_spreadsheet_would_compute_is_defused(text: str) -> None:
    assert is_formula(text)
    assert defused(text) == "'" + text


@pytest.mark.parametrize("text", ["", "a", "-12.5", "-7", "0", "a=1", "'", "it's", "'quoted'"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert defused(text) == text


@given(st.text(alphabet="'=+-@\t1a.", max_size=6))
def test_every_text_comes_back(text: str) -> None:
    assert as_written(defused(text)) == text
    assert not is_formula(defused(text))
