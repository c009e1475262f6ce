from decimal import Decimal

import pytest

from pharus.pdf.paper import money

pytestmark = pytest.mark.no_database


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
def test_money_is_rounded_half_up_to_cents(value: str, text: str) -> None:
    assert money(Decimal(value)) == text
