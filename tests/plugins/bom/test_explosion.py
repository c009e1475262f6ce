"""What a SKU takes, one level deep and down to the raw materials: as often as it must, exactly, in one statement."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pharus.db import Unit, db, unit_of_work
from pharus.errors import Conflict
from plugins.bom import explosion
from plugins.bom.explosion import (
    MOST_LEVELS,
    Batch,
    ByProduct,
    Explosion,
    Input,
    Rate,
    Recipe,
    explode,
    one_level,
    rate_of,
    raw_materials,
)
from tests import factories
from tests.factories import Organization
from tests.pharus.acting import owner_of
from tests.plugins.bom.conftest import Named
from tests.statements import statements


def material(id: str) -> Input:
    return Input(id, None)


def sku(id: str) -> Input:
    return Input(None, id)


def exact(rate: Rate) -> Fraction:
    return Fraction(rate.quantity) / rate.units


def one(**quantities: object) -> dict[Input, Rate]:
    """So much of each material for one unit."""
    return {material(id): Rate(Decimal(str(quantity))) for id, quantity in quantities.items()}


def add(organization: Organization, output: str, *lines: tuple[str, str, object]) -> None:
    for position, (column, id, quantity) in enumerate(lines):
        factories.make_bom_item(
            organization.id,
            sku_id=output,
            position=position,
            quantity=quantity,  # type: ignore[arg-type]
            **{column: id},
        )


@pytest.fixture
def named(organization: Organization) -> dict[str, str]:
    """A box of two bars and a carton; a crate of three boxes and a bar; a bar of oil."""
    ids = {code: factories.make_sku(organization.id, code=code) for code in ("BAR", "BOX", "CRATE", "PLAIN", "OVER")}
    ids |= {code: factories.make_material(organization.id, code=code) for code in ("OIL", "CARTON")}
    add(organization, ids["BAR"], ("material_id", ids["OIL"], "0.5"))
    add(organization, ids["BOX"], ("input_sku_id", ids["BAR"], 2), ("material_id", ids["CARTON"], 1))
    add(organization, ids["CRATE"], ("input_sku_id", ids["BOX"], 3), ("input_sku_id", ids["BAR"], 1))
    add(organization, ids["OVER"], ("material_id", ids["OIL"], 1), ("input_sku_id", ids["PLAIN"], 1))
    return ids


def test_one_level_is_what_stands_in_the_bom(named: dict[str, str], unit: Unit) -> None:
    found = one_level([named["BOX"], named["OVER"], named["PLAIN"]])
    assert found.recipes[named["BOX"]] == {
        sku(named["BAR"]): Rate(Decimal(2)),
        material(named["CARTON"]): Rate(Decimal(1)),
    }
    assert list(found.recipes) == [named["BOX"], named["OVER"]]
    assert found.missing == {named["PLAIN"]: named["PLAIN"]}


def test_raw_materials_are_summed_over_all_ways_down(named: dict[str, str], unit: Unit) -> None:
    found = raw_materials([named["CRATE"], named["BAR"]])
    assert found.recipes[named["CRATE"]] == one(**{named["OIL"]: "3.5", named["CARTON"]: 3})
    assert found.recipes[named["BAR"]] == one(**{named["OIL"]: "0.5"})


def test_raw_materials_name_the_sku_without_a_bom(named: dict[str, str], unit: Unit) -> None:
    found = raw_materials([named["OVER"], named["PLAIN"], named["BAR"]])
    assert found.missing == {named["OVER"]: named["PLAIN"], named["PLAIN"]: named["PLAIN"]}
    assert named["OVER"] not in found.recipes
    assert named["BAR"] in found.recipes


def test_nothing_is_asked_of_another_organization(named: dict[str, str]) -> None:
    with unit_of_work(owner_of(factories.make_organization().id)):
        assert raw_materials([named["BOX"]]).recipes == {}
        assert one_level([named["BOX"]]).recipes == {}


def test_any_depth_is_one_statement(organization: Organization, sku: Named, material: Named, unit: Unit) -> None:
    """Two ways lead from each of 60 levels to the next: 2 to the power of 60 ways in all."""
    codes = [f"S{level}{side}" for level in range(60) for side in "ab"]
    ids = {code: sku(code) for code in codes}
    for level in range(59):
        for side in "ab":
            below = [("input_sku_id", ids[f"S{level + 1}{each}"], "0.5") for each in "ab"]
            add(organization, ids[f"S{level}{side}"], *below)
    for side in "ab":
        add(organization, ids[f"S59{side}"], ("material_id", material("OIL"), "0.333333"))
    with statements() as executed:
        found = raw_materials([ids["S0a"], ids["S5b"]])
    assert len(executed) == 1
    assert found.recipes[ids["S0a"]] == one(**{material("OIL"): "0.333333"})


def test_nothing_is_rounded_on_the_way_down() -> None:
    depth = 40
    boms: dict[str, Recipe] = {
        str(level): {sku(str(level + 1)): Rate(Decimal("0.123457"), 7)} for level in range(depth)
    }
    boms[str(depth)] = {material("oil"): Rate(Decimal("999999999999.999999"))}
    (found,) = explode(["0"], boms).recipes["0"].values()
    assert exact(found) == (Fraction("0.123457") / 7) ** depth * Fraction("999999999999.999999")


QUANTITIES = st.decimals("0.000001", "999999999999.999999", places=6)
PERCENTS = st.one_of(st.just(Decimal(0)), st.decimals("0", "100", places=6))
BATCHES = st.one_of(
    st.just(Batch()),
    st.builds(Batch, st.decimals("0.000001", "100000", places=6), st.decimals("0.000001", "1000", places=6)),
    st.sampled_from([Batch(Decimal(200), Decimal(96)), Batch(Decimal(3), Decimal(70)), Batch(Decimal(1), Decimal(99))]),
)


@given(QUANTITIES, PERCENTS, BATCHES)
def test_rate_is_the_part_of_the_batch_that_comes_out(quantity: Decimal, scrap: Decimal, batch: Batch) -> None:
    rate = rate_of(quantity, scrap, batch)
    taken = Fraction(quantity) * (1 + Fraction(scrap) / 100)
    assert exact(rate) * Fraction(batch.size) * Fraction(batch.yield_percent) / 100 == taken
    assert rate.units % 2
    assert rate.units % 5


@st.composite
def boms(draw: st.DrawFn) -> dict[str, dict[Input, Rate]]:
    """BOMs of up to six SKUs, each of materials and of SKUs behind it, with batches of their own and scrap of their
    inputs; some SKUs have none."""
    drawn: dict[str, dict[Input, Rate]] = {}
    for number in range(6):
        inputs = [material("m"), material("n"), *(sku(str(each)) for each in range(number + 1, 6))]
        batch = draw(BATCHES)
        rates = st.builds(rate_of, QUANTITIES, PERCENTS, st.just(batch))
        lines = draw(st.dictionaries(st.sampled_from(inputs), rates, max_size=4))
        if lines:
            drawn[str(number)] = lines
    return drawn


def dense(levels: int, width: int, quantity: str = "1.25", units: int = 1) -> dict[str, dict[Input, Rate]]:
    """Each SKU of a level takes all of the next: width to the power of levels ways, levels x width x width lines."""
    last = [material(f"m{number}") for number in range(width)]
    drawn = {}
    for level in range(levels):
        parts = last if level == levels - 1 else [sku(f"{level + 1}-{number}") for number in range(width)]
        for number in range(width):
            drawn[f"{level}-{number}"] = {part: Rate(Decimal(quantity) + at, units) for at, part in enumerate(parts)}
    return drawn


@pytest.mark.parametrize("units", [1, 7])
def test_many_skus_are_exploded_as_each_of_them_alone(units: int) -> None:
    drawn = dense(3, 100, "0.333333", units)
    together = explode(drawn, drawn).recipes
    assert len(together) == 300 > explosion._BATCH
    for id in (*list(drawn)[:3], *list(drawn)[-3:], "1-50", "0-99"):
        assert together[id] == explode([id], drawn).recipes[id]


def test_work_grows_with_the_lines_and_not_with_the_ways(monkeypatch: pytest.MonkeyPatch) -> None:
    """A line is multiplied twice for up to 256 SKUs: once to know how large the numbers become."""
    multiplied = 0
    descend = explosion._descend

    def counting(taken: object, assemblies: object, lines: Mapping[str, list[object]]) -> object:
        class Counted(dict):  # type: ignore[type-arg]
            def __getitem__(self, id: str) -> object:
                nonlocal multiplied
                multiplied += len(super().__getitem__(id))
                return super().__getitem__(id)

        return descend(taken, assemblies, Counted(lines))  # type: ignore[arg-type]

    monkeypatch.setattr(explosion, "_descend", counting)
    drawn = dense(7, 20)
    explode(["0-0"], drawn)
    assert multiplied == 20 + 6 * 20 * 20
    multiplied = 0
    explode(drawn, drawn)
    assert multiplied == 2 * 7 * 20 * 20


def test_more_levels_than_may_be_followed_are_refused() -> None:
    drawn = {str(level): {sku(str(level + 1)): Rate(Decimal("0.999999"))} for level in range(MOST_LEVELS)}
    drawn[str(MOST_LEVELS)] = one(oil=1)
    (found,) = explode(["1"], drawn).recipes["1"].values()
    assert exact(found) == Fraction("0.999999") ** (MOST_LEVELS - 1)
    with pytest.raises(Conflict, match="more than 100 levels deep"):
        explode(["1", "0"], drawn)


def test_more_lines_than_may_be_read_are_refused(
    named: dict[str, str], unit: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(explosion, "MOST_LINES", 5)
    raw_materials([named["CRATE"]])
    monkeypatch.setattr(explosion, "MOST_LINES", 4)
    with pytest.raises(Conflict, match="more than 4 lines"):
        raw_materials([named["CRATE"]])


def test_each_level_takes_more_for_what_it_loses(named: dict[str, str], organization: Organization, unit: Unit) -> None:
    """Of 40 bars that are begun 32 come out, of a box's two bars a tenth breaks, and one crate in four is refused."""
    factories.make_bom_header(organization.id, id=named["BAR"], batch_size=40, yield_percent=80)
    factories.make_bom_header(organization.id, id=named["CRATE"], yield_percent=75)
    db.execute_sql("UPDATE bom_item SET scrap_percent = 10 WHERE input_sku_id = %s", (named["BAR"],))
    of_bar = Fraction("0.5") / 32
    found = raw_materials([named["CRATE"], named["BAR"], named["BOX"]]).recipes
    assert exact(found[named["BAR"]][material(named["OIL"])]) == of_bar
    assert exact(found[named["BOX"]][material(named["OIL"])]) == of_bar * 2 * Fraction("1.1")
    assert exact(found[named["CRATE"]][material(named["OIL"])]) == of_bar * (6 + 1) * Fraction("1.1") * 4 / 3
    assert found[named["CRATE"]][material(named["CARTON"])] == Rate(Decimal(4))


def test_by_products_of_those_that_are_asked_for_come_along(
    named: dict[str, str], organization: Organization, unit: Unit
) -> None:
    factories.make_bom_header(organization.id, id=named["BOX"], batch_size=10, yield_percent=50)
    for output in ("BOX", "BAR"):
        factories.make_bom_by_product(
            organization.id, sku_id=named[output], by_product_sku_id=named["PLAIN"], quantity=3, cost_share_percent=20
        )
    expected = {named["BOX"]: [ByProduct(named["PLAIN"], Rate(Decimal("0.6")), Decimal(20))]}
    for explosion_of in (one_level, raw_materials):
        with statements() as executed:
            found = explosion_of([named["BOX"]])
        assert len(executed) == 1
        assert found.by_products == expected
        assert found.batches == {named["BOX"]: Batch(Decimal(10), Decimal(50))}


@given(boms())
def test_explosion_is_what_following_every_way_gives(drawn: dict[str, dict[Input, Rate]]) -> None:
    def follow(id: str) -> dict[str, Fraction] | None:
        if id not in drawn:
            return None
        sums: dict[str, Fraction] = {}
        for part, rate in drawn[id].items():
            below = {str(part.material_id): Fraction(1)} if part.sku_id is None else follow(part.sku_id)
            if below is None:
                return None
            for name, per_unit in below.items():
                sums[name] = sums.get(name, Fraction(0)) + exact(rate) * per_unit
        return sums

    found: Explosion = explode(map(str, range(6)), drawn)
    for id in map(str, range(6)):
        expected = follow(id)
        if expected is None:
            assert id not in found.recipes
            assert found.missing[id] not in drawn
        else:
            recipe = {str(part.material_id): exact(rate) for part, rate in found.recipes[id].items()}
            assert recipe == expected
