"""Which status may follow which, what the dates say, and what the stock does meanwhile."""

import pytest

from tests import factories
from tests.api import error_code
from tests.days import today
from tests.plugins.sales_orders.selling import ALLOCATED, DEMAND, GONE, NOTHING, Selling

STEPS = {
    "Received": {"Entered", "Rejected", "In-Dispute"},
    "Entered": {"Received", "Shipped", "Rejected", "In-Dispute"},
    "Shipped": {"Invoiced", "Rejected", "In-Dispute"},
    "Invoiced": {"Paid", "Rejected", "In-Dispute"},
    "Paid": {"Completed", "In-Dispute"},
    "Completed": set(),
    "Rejected": set(),
}
DISPUTABLE = [status for status, steps in STEPS.items() if "In-Dispute" in steps]
HELD = {
    "Received": DEMAND,
    "Entered": ALLOCATED,
    "Shipped": GONE,
    "Invoiced": GONE,
    "Paid": GONE,
    "Completed": GONE,
    "Rejected": NOTHING,
}


def refuses(selling: Selling, made: dict[str, dict[str, str]], before: str, after: str, allowed: set[str]) -> None:
    response = selling.update(made, status=after)
    assert (response.status_code, error_code(response)) == (409, "invalid_transition")
    details = response.json()["error"]["details"]
    assert (details["from"], details["to"], set(details["allowed"])) == (before, after, allowed)
    assert selling.get(made) == made


@pytest.mark.parametrize("before", STEPS)
def test_update_sales_order_allows_the_map_and_nothing_else(selling: Selling, before: str) -> None:
    for after in {*STEPS, "In-Dispute"}:
        made = selling.order(status=before)
        if after in STEPS[before] | {before}:
            response = selling.update(made, status=after)
            assert (response.status_code, response.json()["orderStatus"]) == (200, after)
            assert selling.stock() == HELD[before if after == "In-Dispute" else after]
        else:
            refuses(selling, made, before, after, STEPS[before])
            assert selling.stock() == HELD[before]
        selling.remove(made)
        assert selling.stock() == NOTHING
    assert selling.discrepancies() == []


@pytest.mark.parametrize("before", DISPUTABLE)
def test_a_dispute_ends_where_it_began_or_in_a_rejection(selling: Selling, before: str) -> None:
    for after in {*STEPS, "In-Dispute"}:
        made = selling.at(before, "In-Dispute")
        assert selling.stock() == HELD[before]
        if after in (before, "Rejected", "In-Dispute"):
            response = selling.update(made, status=after).json()
            assert response["orderStatus"] == after
            assert response["inDisputeAt"] == (None if after == before else str(today()))
            assert selling.stock() == HELD[before if after == "In-Dispute" else after]
        else:
            refuses(selling, made, "In-Dispute", after, {before, "Rejected"})
        selling.remove(made)
    assert selling.discrepancies() == []


def test_a_dispute_that_interrupts_writes_nothing(selling: Selling) -> None:
    made = selling.at("Shipped", "In-Dispute", "Shipped", "In-Dispute", "Shipped", "Invoiced", "In-Dispute", "Invoiced")
    assert [entry[0] for entry in selling.entries(made)] == ["DEMAND", "ALLOCATE", "CONSUME"]


def test_an_order_that_begins_in_dispute_came_from_received(selling: Selling) -> None:
    made = selling.order(status="In-Dispute")
    refuses(selling, made, "In-Dispute", "Entered", {"Received", "Rejected"})
    back = selling.update(made, status="Received").json()
    assert (back["orderStatus"], back["receivedAt"], back["inDisputeAt"]) == ("Received", str(today()), None)


def test_the_whole_way_stamps_each_status(selling: Selling) -> None:
    way = ("Received", "Entered", "Shipped", "Invoiced", "Paid", "Completed")
    order = selling.at(*way)["salesOrder"]
    assert [order[f"{status.lower()}At"] for status in way] == [str(today())] * 6
    assert (order["rejectedAt"], order["inDisputeAt"], order["placedAt"]) == (None, None, str(today()))


def test_dates_of_statuses_follow_the_caller_then_the_day(selling: Selling) -> None:
    made = selling.order(status="Received")
    shown = selling.update(made, status="Entered", enteredAt="2026-01-02", receivedAt="2026-01-01T10:00:00Z").json()
    assert (shown["receivedAt"], shown["enteredAt"]) == ("2026-01-01", "2026-01-02")
    back = selling.update(made, status="Received").json()
    assert (back["receivedAt"], back["enteredAt"], back["placedAt"]) == ("2026-01-01", None, str(today()))
    set_before = selling.update(made, shippedAt="2026-02-01", enteredAt="2026-01-15").json()
    assert set_before["orderStatus"] == "Received"
    selling.update(made, status="Entered")
    shipped = selling.update(made, status="Shipped").json()
    assert (shipped["enteredAt"], shipped["shippedAt"]) == ("2026-01-15", "2026-02-01")


def test_a_date_that_is_sent_wins_also_where_it_would_be_cleared(selling: Selling) -> None:
    made = selling.order(status="Entered")
    back = selling.update(made, status="Received", enteredAt="2026-01-02").json()
    assert (back["receivedAt"], back["enteredAt"]) == (str(today()), "2026-01-02")


def test_rejected_goods_return_with_their_value(selling: Selling) -> None:
    made = selling.at("Received", "Entered", "Shipped", "Invoiced")
    assert (selling.stock(), selling.value()) == (GONE, "225")
    selling.receive(100, 7)
    assert selling.update(made, status="Rejected").status_code == 200
    assert (selling.stock()[0], selling.value()) == ("200", "950")
    assert selling.entries(made) == [
        ("DEMAND", "10", None),
        ("ALLOCATE", "10", None),
        ("CONSUME", "10", "2.5"),
        ("REVERSE_CONSUME", "10", "2.5"),
        ("REVERSE_ALLOCATE", "10", None),
        ("REVERSE_DEMAND", "10", None),
    ]
    assert selling.discrepancies() == []


def test_shipping_takes_the_moving_average(selling: Selling) -> None:
    """100 at 2.5 and 50 at 4 are worth 450: each of the 150 costs 3."""
    selling.receive(50, 4)
    first = selling.at("Entered", "Shipped")
    assert selling.entries(first)[-1] == ("CONSUME", "10", "3")
    assert selling.value() == "420"
    selling.receive(60, 5)
    second = selling.order(selling.line(0, 200), status="Shipped")
    assert selling.entries(second)[-1] == ("CONSUME", "200", "3.6")
    assert (selling.stock(), selling.value()) == (("0", "0", "0"), "0")
    assert selling.discrepancies() == []


def test_shipping_without_a_location_is_409(selling: Selling) -> None:
    made = selling.order(status="Entered", fulfillmentLocationId=None)
    refused = selling.update(made, status="Shipped")
    assert (refused.status_code, error_code(refused)) == (409, "conflict")
    assert selling.get(made) == made
    shipped = selling.update(made, status="Shipped", fulfillmentLocationId=selling.location)
    assert shipped.status_code == 200
    assert selling.stock() == GONE


def test_shipping_more_than_there_is_is_409_until_it_is_there(selling: Selling) -> None:
    made = selling.order(selling.line(0, 10), selling.line(1, 3), status="Entered")
    refused = selling.update(made, status="Shipped")
    assert (refused.status_code, error_code(refused)) == (409, "conflict")
    assert refused.json()["error"]["details"] == {
        "itemId": selling.skus[1],
        "locationId": selling.location,
        "onHand": "0",
        "requested": "3",
    }
    assert selling.get(made) == made
    assert (selling.stock(), selling.stock(1)) == (ALLOCATED, ("0", "0", "3"))
    selling.receive(3, sku=1)
    assert selling.update(made, status="Shipped").status_code == 200
    assert (selling.stock(), selling.stock(1)) == (GONE, ("0", "0", "0"))


@pytest.mark.parametrize("status", ["Received", "Entered"])
def test_what_is_promised_moves_with_the_location(selling: Selling, status: str) -> None:
    made = selling.order(status=status)
    elsewhere = factories.make_location(selling.organization.id)
    assert selling.update(made, fulfillmentLocationId=elsewhere).status_code == 200
    assert selling.stock() == NOTHING
    assert selling.stock(location=elsewhere) == ("0", *HELD[status][1:])
    assert selling.update(made, fulfillmentLocationId=None).status_code == 200
    assert selling.stock(location=elsewhere) == ("0", "0", "0")
    assert selling.update(made, fulfillmentLocationId=selling.location).status_code == 200
    assert selling.stock() == HELD[status]
    assert selling.discrepancies() == []


@pytest.mark.parametrize(
    "statuses",
    [("Shipped",), ("Invoiced",), ("Paid",), ("Completed",), ("Rejected",), ("Shipped", "In-Dispute")],
    ids="-".join,
)
def test_the_location_is_locked_once_goods_have_left(selling: Selling, statuses: tuple[str, ...]) -> None:
    made = selling.at(*statuses)
    for location in (factories.make_location(selling.organization.id), None):
        refused = selling.update(made, fulfillmentLocationId=location)
        assert (refused.status_code, error_code(refused)) == (409, "invalid_transition")
    assert selling.update(made, fulfillmentLocationId=selling.location, notes="the same").status_code == 200


def test_a_dispute_before_the_goods_leave_locks_nothing(selling: Selling) -> None:
    made = selling.at("Entered", "In-Dispute")
    elsewhere = factories.make_location(selling.organization.id)
    assert selling.update(made, fulfillmentLocationId=elsewhere).status_code == 200
    assert selling.api.patch(f"/api/sales-order-items/{made['items'][0]['id']}", {"quantity": 4}).status_code == 200
    assert selling.stock(location=elsewhere) == ("0", "0", "4")
    assert selling.discrepancies() == []
