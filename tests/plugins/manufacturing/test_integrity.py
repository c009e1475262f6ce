"""`pharus check` finds ledger entries that differ from what orders commit; each test spoils one thing."""

import pytest

from pharus.db import db
from plugins.manufacturing import integrity
from plugins.manufacturing.order_kinds import WORK
from tests.plugins.manufacturing.making import Making


def spoil(making: Making, statement: str, *parameters: object) -> None:
    """As the owner of the tables, past everything that a request goes through."""
    changed = db.execute_sql(statement, (*parameters, making.org_id))
    assert changed.rowcount == 1, statement


@pytest.fixture
def partial(making: Making) -> Making:
    """An order of ten bars, four of them received."""
    making.have(oil=3, lye=2)
    making.receive(making.order(), 4)
    assert making.discrepancies() == []
    return making


def sentences(making: Making) -> list[str]:
    return integrity.of_organization(making.org_id)


def test_status_that_nothing_followed(partial: Making) -> None:
    spoil(partial, f"UPDATE {partial.kind.orders.table} SET status = %s WHERE org_id = %s", "Placed")
    found = "\n".join(sentences(partial))
    assert "materials: allocated" in found
    assert "is 3, its status commits 0" in found
    assert "materials: demand" in found
    assert "is 0, its status commits 1.5" in found


def test_quantity_that_nothing_followed(partial: Making) -> None:
    spoil(partial, f"UPDATE {partial.kind.items.table} SET quantity = 11 WHERE org_id = %s")
    (found,) = sentences(partial)
    assert found.startswith(partial.kind.prefix)
    assert "finished goods: on_order of the line" in found
    assert found.endswith("is 6, its status commits 7")


def test_receipt_that_the_ledger_does_not_know(partial: Making) -> None:
    spoil(partial, f"UPDATE {partial.kind.receipt_items.table} SET quantity = 5 WHERE org_id = %s")
    assert {sentence.rsplit(" is ", 1)[1] for sentence in sentences(partial)} == {
        "6, its status commits 5",
        "4, its status commits 5",
    }


def test_location_that_nothing_followed(partial: Making) -> None:
    other = partial.api.post("/api/locations", {"name": "Elsewhere"}).json()["id"]
    spoil(partial, f"UPDATE {partial.kind.orders.table} SET location_id = %s WHERE org_id = %s", other)
    assert len(sentences(partial)) >= 4


def test_order_that_went_and_left_its_commitments(partial: Making) -> None:
    spoil(partial, f"DELETE FROM {partial.kind.orders.table} WHERE org_id = %s")
    found = "\n".join(sentences(partial))
    assert "finished goods: on_order" in found
    assert "finished goods: on_hand" in found
    assert "materials: allocated" in found


# It looks through all organizations of the run; one kind of order is enough.
@pytest.mark.parametrize("making", [WORK], indirect=True)
def test_find_names_the_organization(partial: Making) -> None:
    spoil(partial, f"UPDATE {partial.kind.items.table} SET quantity = 11 WHERE org_id = %s")
    own = [sentence for sentence in integrity.find() if sentence.startswith(f"{partial.organization.name}: ")]
    assert len(own) == 1
