"""Movements by hand of items that are told apart by lots: what they name, and what goes where they name nothing."""

from typing import Any

import peewee
import pytest

from pharus.db import db, unit_of_work
from tests import factories
from tests.api import error_code, pointers
from tests.pharus.acting import at_once, owner_of
from tests.plugins.lots.shelves import Shelves


def test_an_adjustment_brings_the_lots_that_it_names(shelves: Shelves) -> None:
    shelves.add(a={"quantity": 3, "supplierLot": "V-1", "bestBefore": "2030-01-31"}, b=2)
    shelves.add(A=1)
    assert shelves.there() == {"a": "4", "b": "2"}
    lot = shelves.lot("a")
    assert (lot["supplierLot"], lot["bestBefore"], lot["status"]) == ("V-1", "2030-01-31", "released")
    assert shelves.discrepancies() == []


def test_what_comes_without_a_name_is_a_lot_with_the_code_of_the_entry(shelves: Shelves) -> None:
    entry = shelves.side.adjust(5)
    assert shelves.there() == {entry["code"]: "5"}
    (part,) = shelves.api.get(f"/api/lots/{shelves.lot(entry['code'])['id']}/entries").json()["data"]
    assert (part["entryId"], part["eventType"], part["quantity"], part["onHand"]) == (entry["id"], "ADJUST", "5", "5")
    assert shelves.discrepancies() == []


@pytest.mark.parametrize(
    ("lots", "paths"),
    [
        ([{"code": "a", "quantity": 2}], ["/lots"]),
        ([{"code": "a", "quantity": 2}, {"code": "A ", "quantity": 1}], ["/lots/1/code"]),
        ([{"quantity": 3}], ["/lots/0"]),
        ([{"code": "a", "lotId": "01935d6c-7b1a-7c3e-8f00-000000000001", "quantity": 3}], ["/lots/0"]),
        ([{"code": " ", "quantity": 3}], ["/lots/0"]),
        ([], ["/lots"]),
    ],
)
def test_lots_that_are_no_such_quantity_are_wrong(materials: Shelves, lots: Any, paths: list[str]) -> None:
    refused = materials.api.post(f"{materials.side.root}/adjustments", materials.side.body(3, lots=lots))
    assert (refused.status_code, pointers(refused)) == (422, paths)
    assert materials.lots() == {}


def test_lots_of_an_item_without_lots_are_refused(materials: Shelves) -> None:
    other = factories.make_material(materials.api.org_id or "")
    body = {**materials.side.body(1, lots=[{"code": "a", "quantity": 1}]), "materialId": other}
    refused = materials.api.post(f"{materials.side.root}/adjustments", body)
    assert (refused.status_code, error_code(refused)) == (409, "conflict")


def test_a_lot_that_is_not_there_is_not_found_and_that_of_another_item_is_refused(materials: Shelves) -> None:
    materials.add(a=5)
    assert materials.dispose(1, lots=[{"code": "b", "quantity": 1}]).status_code == 404
    assert materials.dispose(1, lots=[{"lotId": materials.side.item, "quantity": 1}]).status_code == 404
    other = factories.make_material(materials.api.org_id or "", lot_tracking="lots")
    body = {**materials.side.body(5, lots=[{"lotId": materials.lot("a")["id"], "quantity": 5}]), "materialId": other}
    refused = materials.api.post(f"{materials.side.root}/adjustments", body)
    assert (refused.status_code, error_code(refused)) == (409, "conflict")
    assert materials.discrepancies() == []


def test_a_lot_that_is_known_otherwise_is_refused(materials: Shelves) -> None:
    materials.add(a={"quantity": 1, "bestBefore": "2030-01-31"})
    body = materials.side.body(1, lots=[{"code": "a", "quantity": 1, "bestBefore": "2030-02-01"}])
    refused = materials.api.post(f"{materials.side.root}/adjustments", body)
    assert refused.json()["error"]["message"] == "the lot a is known with another bestBefore"
    assert materials.there() == {"a": "1"}


def test_what_expires_first_goes_first(shelves: Shelves) -> None:
    shelves.add(
        never=5,
        late={"quantity": 5, "bestBefore": "2031-01-01"},
        soon={"quantity": 5, "bestBefore": "2030-01-01"},
        past={"quantity": 5, "bestBefore": "2020-01-01"},
    )
    assert shelves.dispose(7).status_code == 201
    assert shelves.there() == {"never": "5", "late": "3", "past": "5"}
    shelves.api.patch("/api/lots/settings", {"policy": "fifo"})
    assert shelves.dispose(1).status_code == 201
    assert shelves.there() == {"never": "4", "late": "3", "past": "5"}
    assert shelves.discrepancies() == []


def test_without_a_policy_lots_are_named_unless_there_is_no_choice(materials: Shelves) -> None:
    materials.api.patch("/api/lots/settings", {"policy": "none"})
    refused = materials.api.post(f"{materials.side.root}/adjustments", materials.side.body(1))
    assert error_code(refused) == "conflict"
    materials.add(a=3, b=3)
    refused = materials.dispose(1)
    assert (refused.status_code, error_code(refused)) == (409, "conflict")
    assert [lot["code"] for lot in refused.json()["error"]["details"]["lots"]] == ["a", "b"]
    assert materials.dispose(1, lots=[{"code": "b", "quantity": 1}]).status_code == 201
    assert materials.dispose(5).status_code == 201
    assert materials.there() == {}
    # The item's own policy goes before that of the organization.
    materials.add(c=1, d=1)
    materials.api.patch(f"/api/materials/{materials.side.item}", {"lotPolicy": "fifo"})
    assert materials.dispose(1).status_code == 201
    assert materials.there() == {"d": "1"}


def test_what_may_not_leave_is_not_chosen_but_can_be_moved_and_disposed_of(shelves: Shelves) -> None:
    shelves.add(a=3, b=3)
    assert shelves.set("a", "hold").status_code == 200
    refused = shelves.dispose(4)
    assert (refused.status_code, error_code(refused)) == (409, "conflict")
    assert {lot["code"]: lot["status"] for lot in refused.json()["error"]["details"]["lots"]} == {
        "a": "on_hold",
        "b": "released",
    }
    assert shelves.dispose(1, lots=[{"code": "a", "quantity": 1}]).status_code == 201
    ref = shelves.side.transfer(2, lots=[{"code": "a", "quantity": 2}]).json()["ref"]
    assert shelves.side.complete(ref).status_code == 201
    assert (shelves.there(0), shelves.there(1)) == ({"b": "3"}, {"a": "2"})
    assert shelves.discrepancies() == []


def test_a_transfer_brings_the_lots_that_left(shelves: Shelves) -> None:
    shelves.add(a=3, b=4)
    ref = shelves.side.transfer(6, lots=[{"code": "a", "quantity": 2}, {"code": "b", "quantity": 4}]).json()["ref"]
    assert (shelves.there(), shelves.coming()) == ({"a": "1"}, {"a": "2", "b": "4"})
    assert shelves.side.complete(ref, quantity=3, lots=[{"code": "b", "quantity": 3}]).status_code == 201
    assert (shelves.there(1), shelves.coming()) == ({"b": "3"}, {"a": "2", "b": "1"})
    refused = shelves.side.complete(ref, lots=[{"code": "b", "quantity": 2}])
    assert (refused.status_code, error_code(refused)) == (409, "conflict")
    assert shelves.discrepancies() == []
    assert shelves.side.complete(ref, quantity=2).status_code == 201
    assert shelves.there(1) == {"a": "2", "b": "3"}
    assert shelves.side.cancel(ref).status_code == 201
    assert (shelves.there(0), shelves.coming()) == ({"a": "1", "b": "1"}, {})
    assert shelves.discrepancies() == []


def test_a_lot_needs_its_end_where_the_item_says_so(materials: Shelves) -> None:
    path = f"/api/materials/{materials.side.item}"
    materials.api.patch(path, {"lotTracking": "lots_with_expiry"})
    refused = materials.api.post(f"{materials.side.root}/adjustments", materials.side.body(1))
    assert (refused.status_code, error_code(refused)) == (409, "conflict")
    materials.api.patch(path, {"shelfLifeDays": 30})
    materials.side.adjust(1, eventDate="2026-03-01", lots=[{"code": "a", "quantity": 1}])
    materials.side.adjust(1, lots=[{"code": "b", "quantity": 1, "madeOn": "2026-02-01"}])
    assert materials.lot("a")["bestBefore"] == "2026-03-31"
    assert materials.lot("b")["bestBefore"] == "2026-03-03"
    refused = materials.api.patch(f"/api/lots/{materials.lot('a')['id']}", {"bestBefore": None})
    assert (refused.status_code, error_code(refused)) == (409, "conflict")


def test_more_of_a_lot_than_is_there_does_not_go(shelves: Shelves) -> None:
    shelves.add(a=2, b=5)
    refused = shelves.dispose(3, lots=[{"code": "a", "quantity": 3}])
    assert refused.json()["error"]["details"] == {
        "itemId": shelves.side.item,
        "locationId": shelves.side.places[0],
        "lotId": shelves.lot("a")["id"],
        "code": "a",
        "quantity": "2",
        "requested": "3",
    }
    assert shelves.there() == {"a": "2", "b": "5"}


def test_an_item_in_a_ledger_does_not_begin_or_cease_to_have_lots_by_itself(
    materials: Shelves,
) -> None:
    org_id = materials.api.org_id or ""
    other = factories.make_material(org_id)
    for tracking in ("lots", "none", "lots"):
        assert materials.api.patch(f"/api/materials/{other}", {"lotTracking": tracking}).status_code == 200
    body = {**materials.side.body(1, lots=[{"code": "a", "quantity": 1}]), "materialId": other}
    assert materials.api.post(f"{materials.side.root}/adjustments", body).status_code == 201
    refused = materials.api.patch(f"/api/materials/{other}", {"lotTracking": "none"})
    assert (refused.status_code, error_code(refused)) == (409, "conflict")
    assert materials.api.patch(f"/api/materials/{other}", {"lotTracking": "lots_with_expiry"}).status_code == 200


def test_opening_balances_name_no_lots(materials: Shelves) -> None:
    row = materials.side.body(1, unitCost=1)
    path = f"{materials.side.root}/opening-balances/bulk-import"
    refused = materials.api.post(path, {"rows": [row]})
    assert (refused.status_code, pointers(refused)) == (422, ["/rows/0/materialId"])
    assert materials.lots() == {}


def test_the_database_refuses_stock_that_is_in_no_lot(materials: Shelves) -> None:
    """As a server of before would write it, which knows nothing of lots."""
    materials.add(a=2)
    with (
        pytest.raises(peewee.IntegrityError, match="violates check constraint"),
        unit_of_work(owner_of(materials.api.org_id or "")),
    ):
        db.execute_sql("UPDATE materials_balance SET on_hand = on_hand + 1")
    assert materials.discrepancies() == []


def test_many_at_once_take_no_more_of_a_lot_than_there_is(shelves: Shelves) -> None:
    shelves.add(a=10, b=10)

    def take(number: int) -> int:
        if number % 2:
            return int(shelves.dispose(1, lots=[{"code": "a", "quantity": 1}]).status_code)
        return int(shelves.dispose(1).status_code)

    answers = at_once(24, take)
    assert set(answers) <= {201, 409}
    assert sum(map(int, shelves.there().values())) == 20 - answers.count(201)
    assert shelves.discrepancies() == []


def test_one_new_lot_that_two_bring_at_once_is_one_lot(shelves: Shelves) -> None:
    answers = at_once(
        6,
        lambda number: (
            shelves.api.post(
                f"{shelves.side.root}/adjustments",
                shelves.side.body(1, number % 2, lots=[{"code": "a" if number % 3 else "A", "quantity": 1}]),
            ).status_code
        ),
    )
    assert answers == [201] * 6
    assert len(shelves.lots()) == 1
    assert shelves.discrepancies() == []
