import pytest

from pharus import db
from pharus.errors import Conflict, NotFound
from pharus.existing import require
from pharus.fields import new_id
from tests import factories
from tests.statements import statements


def test_records_that_are_there_are_one_statement(unit: db.Unit) -> None:
    skus = [factories.make_sku(unit.org_id) for _ in range(2)]
    with statements() as executed:
        require("sku", [*skus, skus[0]])
    assert len(executed) == 1


def test_nothing_asked_is_no_statement(unit: db.Unit) -> None:
    with statements() as executed:
        require("sku", [])
    assert executed == []


def test_unknown_comes_before_deactivated(unit: db.Unit) -> None:
    old, unknown = factories.make_sku(unit.org_id, is_active=False), new_id()
    with pytest.raises(NotFound, match=f"no sku with the id {unknown}"):
        require("sku", [old, unknown])
    with pytest.raises(Conflict, match=f"the sku {old} is deactivated"):
        require("sku", [old])
    require("sku", [old], active=False)


def test_records_of_a_table_without_deactivation_are_active(unit: db.Unit) -> None:
    order = factories.make_purchase_order(unit.org_id)
    require("purchase_order", [order])
    with pytest.raises(NotFound, match="no purchase order with the id"):
        require("purchase_order", [new_id()])


def test_records_of_another_organization_are_not_there(unit: db.Unit) -> None:
    db.db.execute_sql("RESET ROLE")
    other = factories.make_organization().id
    db.db.execute_sql("SELECT set_config('pharus.org_id', %s, true)", (other,))
    theirs = factories.make_sku(other)
    db.db.execute_sql("SELECT set_config('pharus.org_id', %s, true)", (unit.org_id,))
    with pytest.raises(NotFound):
        require("sku", [theirs])
