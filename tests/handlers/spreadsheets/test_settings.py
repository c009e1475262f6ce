import pytest

from handlers.spreadsheets.settings import Settings, number_of
from pharus.errors import Invalid

pytestmark = pytest.mark.no_database

COMMA = Settings.of({"decimalSeparator": "comma", "thousandsSeparator": "point"})


@pytest.mark.parametrize(
    ("settings", "text", "number"),
    [
        (Settings(), "1234.5", "1234.5"),
        (Settings(), " -7 ", "-7"),
        (Settings(), "1,234.5", None),
        (Settings(), "1e5", None),
        (Settings(), "+1", None),
        (Settings(), "", None),
        (Settings(), "12 EUR", None),
        (COMMA, "1.234.567,89", "1234567.89"),
        (COMMA, "-1.234,5", "-1234.5"),
        (COMMA, "1234,5", "1234.5"),
        # Nobody who writes points between thousands has meant this number, whatever it is.
        (COMMA, "1.5", None),
        (COMMA, "12.34.567", None),
        (COMMA, "1,2,3", None),
        (Settings.of({"thousandsSeparator": "space"}), "12\u00a0345.5", "12345.5"),
        (Settings.of({"thousandsSeparator": "apostrophe"}), "1'234", "1234"),
    ],
)
def test_number_is_read_as_it_was_said_to_be_written(settings: Settings, text: str, number: str | None) -> None:
    assert settings.number(text) == number


@pytest.mark.parametrize(
    ("order", "text", "day"),
    [
        ("iso", "02/03/2026", None),
        ("dmy", "02/03/2026", "2026-03-02"),
        ("mdy", "02/03/2026", "2026-02-03"),
        ("dmy", "2.3.2026", "2026-03-02"),
        ("dmy", "31.2.2026", None),
        ("dmy", "2026-03-02", None),
    ],
)
def test_day_is_read_in_the_order_that_was_named(order: str, text: str, day: str | None) -> None:
    assert Settings.of({"dateOrder": order}).day(text) == day


@pytest.mark.parametrize(("value", "text"), [(0.1 + 0.2, "0.3"), (7.0, "7"), (1e21, "1" + "0" * 21), (-0.0, "0")])
def test_number_of_a_cell_is_what_the_cell_shows(value: float, text: str) -> None:
    assert number_of(value) == text


@pytest.mark.parametrize("query", [{"thousandsSeparator": "point"}, {"columns": "name"}, {"columns": "=name"}])
def test_what_contradicts_itself_is_refused(query: dict[str, str]) -> None:
    with pytest.raises(Invalid):
        Settings.of(query)


def test_heads_are_renamed_or_left_out() -> None:
    assert Settings.of({"columns": "A=name; B = = x ;C="}).renamed == {"A": "name", "B =": "x", "C": ""}
