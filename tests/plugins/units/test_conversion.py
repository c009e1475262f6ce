"""The arithmetic of units: exact there and back, rounded once, half-even."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pharus.errors import Conflict
from plugins.units import conversion, measures
from plugins.units.items import ItemUnits
from plugins.units.records import Stored

pytestmark = pytest.mark.no_database

units = st.sampled_from(list(measures.BUILT_IN))
amounts = st.decimals(min_value="0.000001", max_value="999999999", places=6).map(lambda value: value.normalize())
densities = st.decimals(min_value="0.000001", max_value="30", places=6)


@pytest.mark.parametrize(
    ("unit", "base", "factor"),
    [
        ("lb", "kg", "0.45359237"),
        ("gal us", "l", "3.785411784"),
        ("fl oz us", "ml", "29.5735295625"),
        ("oz", "g", "28.349523125"),
        ("t", "kg", "1000"),
        ("m3", "l", "1000"),
        ("M³", "L", "1000"),
        ("gal uk", "l", "4.54609"),
    ],
)
def test_built_in_factors_are_those_of_the_standards(unit: str, base: str, factor: str) -> None:
    assert measures.factor(unit, base) == Fraction(factor)


@given(one=units, other=units, density=densities)
def test_built_in_factors_are_exact_there_and_back(one: str, other: str, density: Decimal) -> None:
    there = measures.factor(one, other, Fraction(density))
    back = measures.factor(other, one, Fraction(density))
    assert there is not None
    assert back is not None
    assert there * back == 1


@given(one=units, between=units, other=units, density=densities)
def test_built_in_factors_are_the_same_by_whatever_way(one: str, between: str, other: str, density: Decimal) -> None:
    of = Fraction(density)
    first, second, whole = (measures.factor(*each, of) for each in ((one, between), (between, other), (one, other)))
    assert first is not None
    assert second is not None
    assert first * second == whole


def test_mass_and_volume_convert_by_density_alone() -> None:
    assert measures.factor("l", "kg") is None
    assert measures.factor("l", "kg", Fraction("0.92")) == Fraction("0.92")
    assert measures.factor("drum", "kg", Fraction(1)) is None


def item(unit: str | None, density: str | None = None, **further: tuple[str, str, str]) -> ItemUnits:
    stored: list[Stored] = [
        {"unit": name, "numerator": Decimal(numerator), "denominator": Decimal(denominator), "baseUnit": base}
        for name, (numerator, denominator, base) in further.items()
    ]
    return ItemUnits(unit, None if density is None else Decimal(density), stored)


def test_a_unit_of_the_item_leads_through_its_base_to_the_stock_unit() -> None:
    oil = item("lb", "0.915", drum=("208", "1", "l"))
    assert oil.factor("Drum") == Fraction("208") * Fraction("0.915") / Fraction("0.45359237")
    assert oil.factor("kg") == 1 / Fraction("0.45359237")
    assert oil.factor("LB") == 1
    assert oil.factor("pallet") is None


def test_a_unit_whose_base_is_no_longer_the_stock_unit_leads_nowhere() -> None:
    assert item("pcs", box=("12", "1", "pcs")).factor("box") == 12
    assert item("kg", box=("12", "1", "pcs")).factor("box") is None
    assert item(None, box=("12", "1", "pcs")).factor("box") is None


def test_what_the_item_says_goes_before_what_is_built_in() -> None:
    assert item("kg", "0.9", l=("0.95", "1", "kg")).factor("l") == Fraction("0.95")


@given(factor=st.fractions(min_value="1/1000", max_value=1000), said=amounts)
def test_a_quantity_is_rounded_once_by_half_a_millionth_at_most(factor: Fraction, said: Decimal) -> None:
    exact = factor * Fraction(said)
    if round(exact * 1_000_000):
        assert abs(Fraction(conversion.quantity(factor, "drum", said)) - exact) <= Fraction(1, 2_000_000)


@pytest.mark.parametrize(
    ("exact", "kept"), [("0.0000005", "0"), ("0.0000015", "0.000002"), ("0.0000025", "0.000002"), ("12", "12")]
)
def test_quantities_are_rounded_half_even(exact: str, kept: str) -> None:
    assert conversion.rounded(Fraction(exact)) == Decimal(kept)


@given(
    factor=st.fractions(min_value="1/100", max_value=1000),
    parts=st.lists(st.decimals(min_value="0.01", max_value="500", places=6), min_size=1, max_size=8),
)
def test_parts_of_a_line_add_up_to_what_all_of_it_is(factor: Fraction, parts: list[Decimal]) -> None:
    line = {"unit": "drum", "unitFactor": conversion.factor_text(factor)}
    before = taken = Decimal(0)
    for part in parts:
        taken += conversion.part(line, part, before=before, taken=taken)
        before += part
    assert taken == conversion.quantity(factor, "drum", before)


def test_what_is_not_whole_is_refused_where_only_whole_numbers_are_kept() -> None:
    assert conversion.quantity(Fraction(12), "case", Decimal("2.5"), places=0) == 30
    with pytest.raises(Conflict, match="no whole number") as refused:
        conversion.quantity(Fraction(12), "case", Decimal("0.3"), places=0)
    assert refused.value.details == {"unit": "case", "unitQuantity": "0.3", "factor": "12"}


@pytest.mark.parametrize(
    ("factor", "said", "places"),
    [("1/10000000", "1", None), ("1000000", "1000000", None), ("1000000", "1000.000001", 0), ("1/3", "1", 6)],
)
def test_what_is_nothing_too_large_or_does_not_end_is_refused(factor: str, said: str, places: int | None) -> None:
    with pytest.raises(Conflict):
        conversion.quantity(Fraction(factor), "drum", Decimal(said), places=places)


def test_a_part_of_a_line_in_stock_units_is_refused() -> None:
    with pytest.raises(Conflict, match="in stock units"):
        conversion.part({"unit": None, "unitFactor": None}, Decimal(1))


def test_an_amount_is_what_was_said() -> None:
    line = {"quantity": Decimal("419.573"), "unitCost": Decimal("1.55"), "unitQuantity": None, "pricePerUnit": None}
    assert conversion.amount(line, "unitCost") == Decimal("419.573") * Decimal("1.55")
    in_drums = {**line, "unitQuantity": Decimal(3), "pricePerUnit": Decimal("199.99")}
    assert conversion.amount(in_drums, "unitCost") == Decimal("599.97")


def test_quantities_are_spoken_of_in_the_unit_where_all_of_them_end_there() -> None:
    line = {"quantity": 30, "unit": "case", "unitQuantity": Decimal("2.5"), "unitFactor": "12"}
    assert conversion.spoken(line, "pcs", 30, 18) == ((Decimal("2.5"), Decimal("1.5")), "case")
    assert conversion.spoken(line, "pcs", 30, 4) == ((30, 4), "pcs")
    assert conversion.spoken({**line, "unitFactor": None}, None, 30) == ((30,), "")
