import pytest

from pharus.pdf.paper import Party, party_lines, unit_of

pytestmark = pytest.mark.no_database


def test_whom_to_ask_is_printed_also_below_an_address_that_is_cut() -> None:
    party = Party(
        name="Example",
        address="\n".join(f"line {number}" for number in range(20)),
        contact="c" * 100,
        phone="555 0100",
        email="dock@example.com",
    )
    lines = party_lines(party)["lines"]
    assert lines[6:] == ["line 6", "…", f"Attn {'c' * 74}…", "555 0100", "dock@example.com"]


def test_unit_is_the_line_s_else_the_item_s() -> None:
    assert unit_of({"unit": "drum"}, {"unit": "kg"}) == "drum"
    assert unit_of({"unit": None}, {"unit": "kg"}) == "kg"
    assert unit_of({}, {"unit": None}) == ""
