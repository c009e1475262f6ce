"""Transfers that arrive in parts, and those that are called back while they are on their way."""

from decimal import Decimal

import pytest

from tests.api import error_code, pointers
from tests.pharus.acting import at_once
from tests.plugins.inventory.sides import Side


def worth(side: Side, place: int) -> tuple[str, str, str, str]:
    """On hand, its value, in transit, its value."""
    row = side.summary(place)
    return row["onHand"], row["value"], row["inTransit"], row["inTransitValue"]


def test_parts_bring_together_what_left(side: Side) -> None:
    side.adjust(3, unitCost=1)
    side.adjust(4, unitCost=0.000001)
    ref = side.transfer(7).json()["ref"]
    first = side.complete(ref, quantity=3, notes="The first van")
    assert first.status_code == 201, first.text
    assert (first.json()["quantity"], first.json()["notes"]) == ("3", "The first van")
    # 3.000004 / 7 x 3, and the rest keeps what is left of it.
    assert worth(side, 1) == ("3", "1.285716", "4", "1.714288")
    assert side.complete(ref, quantity=0.000001).json()["value"] == "0.000000428572"
    last = side.complete(ref)
    assert last.json()["quantity"] == "3.999999"
    assert worth(side, 1) == ("7", "3.000004", "0", "0")
    assert side.discrepancies() == []
    assert error_code(side.complete(ref)) == "invalid_transition"


def test_more_than_is_on_its_way_does_not_arrive(side: Side) -> None:
    side.adjust(5, unitCost=2)
    ref = side.transfer(4).json()["ref"]
    assert side.complete(ref, quantity=3).status_code == 201
    refused = side.complete(ref, quantity=1.000001)
    assert (refused.status_code, error_code(refused)) == (409, "conflict")
    assert refused.json()["error"]["details"] == {
        "itemId": side.item,
        "locationId": side.places[1],
        "inTransit": "1",
        "requested": "1.000001",
    }
    for quantity in (0, -1, None, 0.0000001):
        assert pointers(side.complete(ref, quantity=quantity)) == ["/quantity"]
    assert worth(side, 1) == ("3", "6", "1", "2")


def test_what_is_called_back_is_where_it_was(side: Side) -> None:
    side.adjust(5, unitCost=2)
    before = worth(side, 0)
    ref = side.transfer(4, eventDate="2026-03-01").json()["ref"]
    back = side.cancel(ref, notes="The van broke down", eventDate="2026-03-02")
    assert back.status_code == 201, back.text
    entry = back.json()
    assert (entry["eventType"], entry["quantity"], entry["value"]) == ("REVERSE_TRANSFER", "4", "8")
    assert (entry["notes"], entry["eventDate"]) == ("The van broke down", "2026-03-02T00:00:00Z")
    assert (entry["ref"], entry["toLocationId"]) == (ref, side.places[1])
    assert side.api.get(f"{side.root}/ledger/{entry['id']}").json() == entry
    assert worth(side, 0) == before
    assert worth(side, 1) == ("0", "0", "0", "0")
    for again in (side.cancel(ref), side.complete(ref)):
        assert (again.status_code, error_code(again)) == (409, "invalid_transition")
    assert side.discrepancies() == []


def test_what_arrived_stays_when_the_rest_is_called_back(side: Side) -> None:
    side.adjust(3, unitCost=1)
    side.adjust(3, unitCost=0.000001)
    ref = side.transfer(6).json()["ref"]
    part = side.complete(ref, quantity=0.7).json()
    back = side.cancel(ref)
    assert back.json()["quantity"] == "5.3"
    assert Decimal(part["value"]) + Decimal(back.json()["value"]) == Decimal("3.000003")
    assert (side.summary(0)["onHand"], side.summary(1)["onHand"]) == ("5.3", "0.7")
    assert error_code(side.cancel(ref)) == "invalid_transition"
    assert side.discrepancies() == []


def test_calling_back_refuses_what_is_unknown_or_too_early(side: Side) -> None:
    side.adjust(1)
    ref = side.transfer(1, eventDate="2026-03-05T12:00:00Z").json()["ref"]
    assert side.cancel("TFR-XX-999").status_code == 404
    assert pointers(side.cancel(ref, eventDate="2026-03-04")) == ["/eventDate"]
    assert side.cancel(ref, eventDate="2026-03-05").json()["eventDate"] == "2026-03-05T12:00:00Z"


@pytest.mark.parametrize("parts", [2, 5])
def test_parts_and_a_cancellation_at_once_move_everything_once(side: Side, parts: int) -> None:
    side.adjust(10, unitCost=0.333333)
    ref = side.transfer(10).json()["ref"]

    def one(number: int) -> int:
        if number == parts:
            return int(side.cancel(ref).status_code)
        return int(side.complete(ref, quantity=10 / parts).status_code)

    statuses = at_once(parts + 1, one)
    assert set(statuses) <= {201, 409}
    if side.summary(1)["inTransit"] != "0":
        side.cancel(ref)
    total = [Decimal(side.summary(place)[key]) for key in ("onHand", "value") for place in (0, 1)]
    assert (total[0] + total[1], total[2] + total[3]) == (10, Decimal("3.33333"))
    assert side.discrepancies() == []
