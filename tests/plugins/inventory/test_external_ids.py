"""Movements by hand with a name of the caller's own, in both ledgers."""

from typing import Any

import pytest

from tests.api import error_code
from tests.pharus.acting import at_once
from tests.plugins.inventory.sides import Side


def _send(side: Side, movement: str, **more: Any) -> Any:
    if movement == "transfers":
        return side.transfer(1, **more)
    if movement == "revaluations":
        # Another cost each time: to change nothing is refused, too.
        return side.revalue(len(side.ledger()) + 1, **more)
    return side.api.post(f"{side.root}/{movement}", side.body(1, **more))


@pytest.mark.parametrize("movement", ["adjustments", "disposals", "transfers", "revaluations"])
def test_movement_that_was_recorded_under_its_name_is_not_recorded_again(side: Side, movement: str) -> None:
    side.adjust(10)
    first = _send(side, movement, externalId="count 7")
    assert first.status_code == 201, first.text
    entry = first.json().get("ledgerEntry", first.json())
    assert entry["externalId"] == "count 7"
    before = side.ledger()
    again = _send(side, movement, externalId="count 7")
    assert (again.status_code, error_code(again)) == (409, "conflict")
    assert again.json()["error"]["details"] == {"id": entry["id"]}
    assert side.ledger() == before
    assert _send(side, movement).status_code == 201


def test_what_undoes_a_named_movement_has_no_name(side: Side) -> None:
    side.adjust(10)
    ref = side.transfer(1, externalId="van 3").json()["ref"]
    assert side.cancel(ref).json()["externalId"] is None
    revalued = side.revalue(4, externalId="year 2026").json()
    assert side.reverse_revaluation(revalued["id"]).json()["externalId"] is None


def test_adjustment_sent_many_times_at_once_is_recorded_once(side: Side) -> None:
    side.adjust(1)
    body = side.body(4, externalId="count 8")
    responses = at_once(4, lambda _: side.api.post(f"{side.root}/adjustments", body))
    assert sorted(response.status_code for response in responses) == [201, 409, 409, 409]
    assert side.summary(0)["onHand"] == "5"
