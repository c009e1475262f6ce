import pytest

from pharus import db, hooks
from pharus.fields import new_id
from pharus.hooks import hookimpl
from pharus.references import References
from plugins import manager
from tests import factories
from tests.pharus.modules import module
from tests.statements import statements

KINDS = {
    "sku": {"bomCount": [("bom_item", "sku_id"), ("bom_item", "input_sku_id")]},
    "sku_type": {"skuCount": [("sku", "sku_type_id")], "bomCount": [("bom_item", "sku_id")]},
}


def test_count_adds_up_the_columns_of_a_name(unit: db.Unit) -> None:
    bar, box = (factories.make_sku(unit.org_id) for _ in range(2))
    factories.make_bom_item(unit.org_id, sku_id=bar, material_id=factories.make_material(unit.org_id))
    factories.make_bom_item(unit.org_id, sku_id=box, input_sku_id=bar)
    count = References(KINDS).count
    assert count("sku", bar) == {"bomCount": 2}
    assert count("sku", box) == {"bomCount": 1}
    assert count("sku", new_id()) == {"bomCount": 0}


def test_count_of_several_names_is_one_statement(unit: db.Unit) -> None:
    type_id = factories.make_sku_type(unit.org_id)
    factories.make_sku(unit.org_id, type_id=type_id)
    with statements() as executed:
        assert References(KINDS).count("sku_type", type_id) == {"skuCount": 1, "bomCount": 0}
    assert len(executed) == 1


def test_count_of_a_table_that_nothing_refers_to_is_empty_and_asks_nothing(unit: db.Unit) -> None:
    with statements() as executed:
        assert References(KINDS).count("vendor", new_id()) == {}
    assert executed == []


def test_count_sees_one_organization(unit: db.Unit) -> None:
    bar = factories.make_sku(unit.org_id)
    factories.make_bom_item(unit.org_id, sku_id=bar, material_id=factories.make_material(unit.org_id))
    db.db.execute_sql("RESET ROLE")
    other = factories.make_organization().id
    db.db.execute_sql("SELECT set_config('pharus.org_id', %s, true)", (other,))
    # The same id as in the first organization: keys are of the pair.
    factories.make_sku(other, id=bar)
    factories.make_bom_item(other, sku_id=bar, material_id=factories.make_material(other))
    db.db.execute_sql("SELECT set_config('pharus.org_id', %s, true)", (unit.org_id,))
    assert References(KINDS).count("sku", bar) == {"bomCount": 1}


def test_count_is_a_hook_whose_names_add_up_over_the_plugins(unit: db.Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    material = factories.make_material(unit.org_id)
    factories.make_bom_item(unit.org_id, sku_id=factories.make_sku(unit.org_id), material_id=material)
    later = References({"material": {"bomCount": [("bom_item", "material_id")], "poCount": [("material", "id")]}})
    built_in = manager.load(()).modules
    extended = hooks.Plugins(
        [*built_in, module("example", references_to=hookimpl(later.count, specname="references_to"))]
    )
    monkeypatch.setattr(hooks, "_loaded", extended)
    counts = hooks.references("material", material)
    assert (counts["bomCount"], counts["poCount"]) == (2, 1)


def test_counts_of_all_domains_are_one_statement_and_others_are_asked_in_their_turn(
    unit: db.Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    material = factories.make_material(unit.org_id)
    factories.make_bom_item(unit.org_id, sku_id=factories.make_sku(unit.org_id), material_id=material)
    asked: list[tuple[str, str]] = []

    @hookimpl
    def references_to(id: str, table: str) -> dict[str, int]:
        asked.append((table, id))
        return {"lotCount": 3, "bomCount": 1}

    later = References({"material": {"bomCount": [("bom_item", "material_id")]}})
    built_in = manager.load(()).modules
    extended = hooks.Plugins(
        [
            *built_in,
            module("example", references_to=references_to),
            module("last", references_to=hookimpl(later.count, specname="references_to")),
        ]
    )
    monkeypatch.setattr(hooks, "_loaded", extended)
    with statements() as executed:
        counts = hooks.references("material", material)
    assert (counts["bomCount"], counts["lotCount"], asked) == (3, 3, [("material", material)])
    assert len(executed) == 2
