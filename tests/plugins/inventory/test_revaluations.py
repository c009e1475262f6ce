"""A balance that is revalued by hand, and a revaluation that is taken back."""

import pytest

from pharus.fields import new_id
from tests.api import Api, error_code, pointers
from tests.pharus.acting import at_once
from tests.plugins.inventory.sides import Side


def test_revaluation_changes_what_is_on_hand_costs(side: Side) -> None:
    side.adjust(10, unitCost=2)
    side.adjust(5, unitCost=0.333333)
    answer = side.revalue(3.5, reason="The market price rose", eventDate="2026-03-31")
    assert answer.status_code == 201, answer.text
    entry = answer.json()
    assert (entry["eventType"], entry["quantity"], entry["unitCost"]) == ("REVALUE", "15", None)
    assert (entry["value"], entry["variance"], entry["notes"]) == ("30.833335", "0", "The market price rose")
    assert (entry["sourceType"], entry["eventDate"]) == ("manual", "2026-03-31T00:00:00Z")
    assert (side.summary(0)["value"], side.summary(0)["averageCost"]) == ("52.5", "3.5")
    assert side.ledger(eventType="REVALUE") == [entry]
    assert side.discrepancies() == []


def test_reversal_takes_back_what_is_still_there(side: Side) -> None:
    side.adjust(10, unitCost=2)
    id = side.revalue(3).json()["id"]
    side.dispose(4)
    back = side.reverse_revaluation(id.upper(), notes="The wrong place", eventDate="2026-04-01")
    assert back.status_code == 201, back.text
    entry = back.json()
    assert (entry["eventType"], entry["reversesId"], entry["notes"]) == ("REVERSE_REVALUE", id, "The wrong place")
    # 6 of 10 pieces are there; the other 4 were disposed of at 1 too much each.
    assert (entry["value"], entry["variance"]) == ("-6", "4")
    assert side.summary(0)["value"] == "12"
    assert side.ledger(eventType="REVERSE_REVALUE") == [entry]
    again = side.reverse_revaluation(id)
    assert (again.status_code, error_code(again)) == (409, "invalid_transition")
    assert side.discrepancies() == []


def test_reversal_when_everything_is_gone_is_variance(side: Side) -> None:
    side.adjust(3, unitCost=2)
    id = side.revalue(0).json()["id"]
    side.dispose(3)
    entry = side.reverse_revaluation(id).json()
    assert (entry["value"], entry["variance"]) == ("0", "-6")
    assert side.discrepancies() == []


def test_a_later_revaluation_stands_when_an_earlier_one_is_reversed(side: Side) -> None:
    side.adjust(2, unitCost=10)
    first = side.revalue(100).json()["id"]
    side.revalue(1)
    entry = side.reverse_revaluation(first).json()
    assert (entry["value"], entry["variance"]) == ("0", "180")
    assert side.summary(0)["value"] == "2"
    assert side.discrepancies() == []


def test_revaluation_of_nothing_or_to_the_same_cost_is_refused(side: Side) -> None:
    assert error_code(side.revalue(1)) == "conflict"
    side.adjust(3, unitCost=2)
    same = side.revalue(2)
    assert (same.status_code, error_code(same)) == (409, "conflict")
    assert side.summary(0)["value"] == "6"


def test_revaluation_refuses_what_does_not_exist(side: Side) -> None:
    side.adjust(1, unitCost=1)
    assert side.revalue(2, **{side.key: new_id()}).status_code == 404
    assert side.revalue(2, locationId=new_id()).status_code == 404
    adjusted = side.ledger()[0]["id"]
    for id in (new_id(), adjusted):
        assert side.reverse_revaluation(id).status_code == 404


@pytest.mark.parametrize(
    ("more", "pointer"),
    [
        ({"unitCost": -1}, "/unitCost"),
        ({"unitCost": 10**12}, "/unitCost"),
        ({"unitCost": 0.0000001}, "/unitCost"),
        ({"reason": ""}, "/reason"),
        ({"reason": None}, "/reason"),
        ({"reason": "x" * 10_001}, "/reason"),
        ({"eventDate": "9999-12-31"}, "/eventDate"),
    ],
)
def test_revaluation_refuses_what_is_wrong_by_itself(side: Side, more: dict[str, object], pointer: str) -> None:
    side.adjust(1, unitCost=1)
    assert pointers(side.revalue(**{"unit_cost": 2, **more})) == [pointer]


def test_revaluation_refuses_a_nul(side: Side) -> None:
    side.adjust(1, unitCost=1)
    assert side.revalue(2, reason="a\0b").status_code == 400


def test_largest_cost_of_the_largest_quantity_is_kept(side: Side) -> None:
    side.adjust(999_999_999_999, unitCost=0)
    answer = side.revalue(999_999_999_999)
    assert answer.json()["value"] == "999999999998000000000001"
    assert side.discrepancies() == []


def test_revaluation_needs_an_admin(side: Side, member: Api) -> None:
    id = new_id()
    side.adjust(1, unitCost=1)
    body = side.body(1)
    del body["quantity"]
    assert member.post(f"{side.root}/revaluations", {**body, "unitCost": 1, "reason": "No"}).status_code == 403
    assert member.post(f"{side.root}/revaluations/{id}/reverse", {}).status_code == 403


def test_two_reversals_at_once_take_back_once(side: Side) -> None:
    side.adjust(10, unitCost=2)
    for _ in range(5):
        id = side.revalue(3).json()["id"]
        statuses = at_once(2, lambda _, id=id: side.reverse_revaluation(id).status_code)
        assert sorted(statuses) == [201, 409]
        assert side.summary(0)["value"] == "20"
    assert side.discrepancies() == []
