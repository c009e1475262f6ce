"""Numbers of items: which are right, and which are the same."""

import pytest
from biip.gtin import Gtin
from hypothesis import given
from hypothesis import strategies as st

from pharus.gtins import forms_of, is_gtin

pytestmark = pytest.mark.no_database


@given(st.sampled_from((7, 11, 12, 13)).flatmap(lambda length: st.text("0123456789", min_size=length, max_size=length)))
def test_one_last_digit_of_ten_is_right_and_the_library_says_which(digits: str) -> None:
    (right,) = [last for last in "0123456789" if is_gtin(digits + last)]
    assert Gtin.parse(digits + right).value == digits + right


@pytest.mark.parametrize("text", ["", "0", "952012345678", "9520123456788 ", "95201234567882", "٤٠١٢٣٤٥٦٧٨٩٠١"])
def test_what_is_no_number_of_an_item(text: str) -> None:
    assert not is_gtin(text)


def test_a_number_is_the_same_with_zeros_before_it() -> None:
    assert forms_of("00000096385074") == ["00000096385074", "0000096385074", "000096385074", "96385074"]
    assert forms_of("96385074") == forms_of("00000096385074")
    assert forms_of("19520123456785") == ["19520123456785"]
