from decimal import Decimal

import pytest

from pharus.currency import UNNAMED, Currency, currency_of, is_currency

pytestmark = pytest.mark.no_database


@pytest.mark.parametrize(
    ("code", "places"), [("USD", 2), ("JPY", 0), ("KWD", 3), ("CLF", 4), ("ISK", 0), (None, 2), ("DEM", 2)]
)
def test_places_are_those_of_iso_4217(code: str | None, places: int) -> None:
    assert currency_of(code) == Currency(code, places)


@pytest.mark.parametrize(
    ("code", "is_known"), [("EUR", True), ("DEM", False), ("XAU", False), ("XXX", False), ("eur", False), ("", False)]
)
def test_only_money_that_is_in_use_is_a_currency(code: str, is_known: bool) -> None:
    assert is_currency(code) is is_known


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("0", "0.00"),
        ("0.005", "0.01"),
        ("0.004999999999", "0.00"),
        ("1234.565", "1,234.57"),
        ("1E+3", "1,000.00"),
        ("999999999999999999999998.005", "999,999,999,999,999,999,999,998.01"),
    ],
)
def test_amounts_are_rounded_half_up(value: str, text: str) -> None:
    assert UNNAMED.amount(Decimal(value)) == text


@pytest.mark.parametrize(
    ("code", "amount", "price"),
    [("USD", "12,345.68", "12,345.678"), ("JPY", "12,346", "12,345.678"), ("KWD", "12,345.678", "12,345.678")],
)
def test_amounts_have_the_places_of_the_currency_and_prices_all_of_theirs(code: str, amount: str, price: str) -> None:
    value = Decimal("12345.678000")
    assert (currency_of(code).amount(value), currency_of(code).price(value)) == (amount, price)
    assert currency_of("KWD").price(Decimal(5)) == "5.000"
