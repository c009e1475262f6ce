"""No SKU is, however far below, an input of itself."""

from itertools import pairwise

import pytest

from pharus.db import Unit, db
from plugins.bom import operations
from plugins.bom.rules import loop_through
from tests import factories
from tests.api import Api, error_code
from tests.conftest import AsIdentity
from tests.factories import Organization
from tests.plugins.bom.conftest import Named
from tests.plugins.bom.test_boms import create, replace
from tests.statements import statements
from tests.waiting import wait_until


def inputs(sku: Named, codes: str) -> list[dict[str, object]]:
    return [{"inputSkuId": sku(code), "quantity": 1} for code in codes]


def path_of(response: object) -> list[str]:
    assert (response.status_code, error_code(response)) == (409, "conflict")  # type: ignore[attr-defined, arg-type]
    details: dict[str, list[str]] = response.json()["error"]["details"]  # type: ignore[attr-defined]
    assert set(details) == {"path"}
    return details["path"]


def test_create_bom_that_closes_a_loop_names_the_path(member: Api, sku: Named) -> None:
    create(member, sku("A"), *inputs(sku, "B"))
    assert path_of(create(member, sku("B"), *inputs(sku, "A"))) == ["B", "A", "B"]


def test_replace_bom_that_closes_a_longer_loop_names_the_path(member: Api, sku: Named, material: Named) -> None:
    create(member, sku("A"), *inputs(sku, "XB"))
    create(member, sku("B"), *inputs(sku, "YC"), {"materialId": material("OIL"), "quantity": 1})
    create(member, sku("C"), *inputs(sku, "ZD"))
    create(member, sku("D"), {"materialId": material("OIL"), "quantity": 1})
    assert path_of(replace(member, sku("D"), *inputs(sku, "XYA"))) == ["D", "A", "B", "C", "D"]


def test_levels_and_diamonds_are_no_loops(member: Api, sku: Named) -> None:
    for output, used in (("A", "BCD"), ("B", "CD"), ("C", "D"), ("D", "E")):
        assert create(member, sku(output), *inputs(sku, used)).status_code == 201
    assert replace(member, sku("B"), *inputs(sku, "DE")).status_code == 200


def test_a_loop_is_judged_by_what_replaces_the_lines_not_by_what_is_replaced(member: Api, sku: Named) -> None:
    create(member, sku("A"), *inputs(sku, "B"))
    create(member, sku("B"), *inputs(sku, "C"))
    assert path_of(create(member, sku("C"), *inputs(sku, "A"))) == ["C", "A", "B", "C"]
    assert replace(member, sku("A"), *inputs(sku, "C")).status_code == 200
    assert path_of(create(member, sku("C"), *inputs(sku, "B"))) == ["C", "B", "C"]
    assert member.delete(f"/api/boms/{sku('B')}").status_code == 200
    assert create(member, sku("C"), *inputs(sku, "B")).status_code == 201


def test_a_loop_through_a_deactivated_sku_is_a_loop(member: Api, sku: Named) -> None:
    create(member, sku("A"), *inputs(sku, "B"))
    create(member, sku("B"), *inputs(sku, "C"))
    member.patch(f"/api/skus/{sku('B')}", {"isActive": False})
    assert path_of(create(member, sku("C"), *inputs(sku, "A"))) == ["C", "A", "B", "C"]


def test_the_lines_of_another_organization_close_no_loop(member: Api, sku: Named) -> None:
    """The same ids in two organizations: keys are of the pair, so that this is possible."""
    other = factories.make_organization().id
    type_id = factories.make_sku_type(other)
    for code in "AB":
        factories.make_sku(other, id=sku(code), type_id=type_id)
    factories.make_bom_item(other, sku_id=sku("A"), input_sku_id=sku("B"))
    assert create(member, sku("B"), *inputs(sku, "A")).status_code == 201


def test_a_ladder_of_diamonds_is_walked_once(unit: Unit) -> None:
    """Forty levels of two: a million million ways from top to bottom, eighty SKUs. The walk must not count ways."""
    type_id = factories.make_sku_type(unit.org_id)
    levels = [[factories.make_sku(unit.org_id, type_id=type_id) for _ in range(2)] for _ in range(40)]
    for upper, lower in pairwise(levels):
        for output in upper:
            for position, used in enumerate(lower):
                factories.make_bom_item(unit.org_id, sku_id=output, position=position, input_sku_id=used)
    top = factories.make_sku(unit.org_id)
    with statements() as executed:
        operations.create_bom(
            {"outputSkuId": top, "items": [{"inputSkuId": used, "quantity": 1} for used in levels[0]]}
        )
    assert len(executed) < 10
    with pytest.raises(operations.Conflict) as raised:
        operations.create_bom({"outputSkuId": levels[-1][0], "items": [{"inputSkuId": top, "quantity": 1}]})
    path = raised.value.details["path"]
    assert (len(path), path[0]) == (42, path[-1])


def test_loop_through_finds_the_way_back_among_others() -> None:
    edges = [("A", "B"), ("A", "C"), ("B", "D"), ("C", "D"), ("D", "E")]
    assert loop_through(["A"], edges) is None
    found = loop_through(["A"], [*edges, ("E", "A")])
    assert found in (["A", "B", "D", "E", "A"], ["A", "C", "D", "E", "A"])


def test_delete_of_an_organization_takes_its_boms(
    member: Api, as_identity: AsIdentity, organization: Organization, sku: Named
) -> None:
    create(member, sku("A"), *inputs(sku, "B"))
    user = factories.make_user()
    factories.make_membership(organization.id, user.id, "owner")
    owner = as_identity(user=user, org_id=organization.id)
    assert owner.delete("/api/organizations/current").status_code == 200
    sql = "SELECT FROM bom_item WHERE org_id = %s"
    wait_until(lambda: db.execute_sql(sql, (organization.id,)).rowcount == 0)
