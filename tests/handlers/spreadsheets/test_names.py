from typing import Any

import pytest

from handlers.spreadsheets.names import Names
from pharus.db import unit_of_work
from pharus.fields import new_id
from pharus.identity import Actor, Role
from pharus.spreadsheets.columns import Column, Table, Type
from tests import factories
from tests.factories import Organization


def table(*paths: str) -> Table:
    return Table(tuple(Column(path, tuple(path.split(".")), Type.TEXT) for path in paths))


def heads(names: Names) -> list[str]:
    return [column.name for column in names.table.columns]


@pytest.mark.usefixtures("migrated")
def test_names_stand_behind_the_ids_that_have_none() -> None:
    found = Names(
        table("id", "materialId", "quantity", "lines.itemId", "vendorId", "vendorName", "strangeId", "parentId")
    )
    assert heads(found) == [
        *("id", "materialId", "materialCode", "materialName", "quantity"),
        *("lines.itemId", "lines.itemCode", "lines.itemName", "vendorId", "vendorName", "strangeId", "parentId"),
    ]


@pytest.mark.usefixtures("migrated")
def test_id_of_one_of_several_tables_has_what_each_is_called() -> None:
    assert heads(Names(table("entityId"))) == ["entityId", "entityName", "entityNumber"]


def test_names_are_those_of_the_organizations_records(organization: Organization) -> None:
    oil = factories.make_material(organization.id, code="OIL", name="Olive oil")
    bar = factories.make_sku(organization.id, code="BAR", name="Bar")
    others = factories.make_material(factories.make_organization().id, code="SECRET")
    names = Names(table("materialId", "lines.itemId"))
    rows: list[dict[str, Any]] = [
        {"materialId": oil, "lines": [{"itemId": bar}, {"itemId": oil}, {"itemId": None}]},
        {"materialId": others, "lines": []},
        {"materialId": None, "lines": None},
        {"materialId": new_id()},
    ]
    with unit_of_work(Actor("reads", None, org_id=organization.id, role=Role.viewer)):
        names.fill(rows)
    assert (rows[0]["materialCode"], rows[0]["materialName"]) == ("OIL", "Olive oil")
    assert [line.get("itemCode") for line in rows[0]["lines"]] == ["BAR", "OIL", None]
    assert [row.get("materialCode") for row in rows[1:]] == [None, None, None]
