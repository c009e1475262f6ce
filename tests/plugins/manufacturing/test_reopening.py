"""Work and production orders that have ended stay as they are, until an admin opens them again."""

import pytest

from tests import factories
from tests.api import error_code
from tests.plugins.manufacturing.making import Json, Making


def at(making: Making, status: str) -> Json:
    """An order that reached the status by hand or by its receipts."""
    made = making.order(status="Draft" if status == "Draft" else "Production")
    if status in ("Received", "Completed"):
        assert making.receive(made, 10).status_code == 201
    if status == "Partial":
        assert making.receive(made, 4).status_code == 201
    if status in ("In Transit", "Completed", "Cancelled"):
        assert making.update(made, status=status).status_code == 200
    return made


@pytest.mark.parametrize("status", ["Received", "Completed", "Cancelled"])
def test_nothing_but_notes_and_dates_of_a_closed_order_changes(making: Making, status: str) -> None:
    making.have(oil=3, lye=2)
    made = at(making, status)
    before, bars, oil = making.get(made), making.stock("bar"), making.stock("oil")
    line = made["items"][0]
    elsewhere = factories.make_location(making.organization.id)
    for refused in (
        making.update(made, **{making.location_key: elsewhere}),
        making.api.patch(making.item_path(line), {"quantity": 11}),
        making.api.delete(making.item_path(line)),
        making.delete(made),
    ):
        assert (refused.status_code, error_code(refused)) == (409, "invalid_transition"), refused.text
    assert (making.get(made), making.stock("bar"), making.stock("oil")) == (before, bars, oil)
    assert making.update(made, notes="Batch card is filed", expectedDeliveryDate="2026-01-02").status_code == 200


@pytest.mark.parametrize("status", ["Draft", "Production", "In Transit", "Partial"])
def test_cancelled_order_goes_back_to_where_it_was(making: Making, status: str) -> None:
    making.have(oil=3, lye=2)
    made = at(making, status)
    bars, oil = making.stock("bar"), making.stock("oil")
    assert making.update(made, status="Cancelled").status_code == 200
    reopened = making.reopen(made).json()
    assert (reopened["status"], reopened["cancelledAt"]) == (status, None)
    assert (making.stock("bar"), making.stock("oil")) == (bars, oil)
    assert making.discrepancies() == []


def test_order_that_was_completed_short_is_to_be_made_again(making: Making) -> None:
    making.have(oil=3, lye=2)
    made = at(making, "Partial")
    assert making.update(made, status="Completed").status_code == 200
    assert making.stock("bar").get("onOrder") is None
    assert making.reopen(made).json()["status"] == "Partial"
    assert making.stock("bar")["onOrder"] == "6"
    assert making.receive(made, 6).status_code == 201
    assert making.status(made) == "Received"
    assert making.discrepancies() == []


def test_completed_order_goes_back_to_received_and_no_further(making: Making) -> None:
    making.have(oil=3, lye=2)
    made = at(making, "Completed")
    assert making.reopen(made).json()["status"] == "Received"
    refused = making.reopen(made)
    assert (refused.status_code, error_code(refused)) == (409, "conflict")


def test_order_that_has_not_ended_is_not_reopened(making: Making) -> None:
    refused = making.reopen(at(making, "Draft"))
    assert (refused.status_code, error_code(refused)) == (409, "invalid_transition")
