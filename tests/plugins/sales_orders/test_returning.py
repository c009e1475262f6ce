"""Customers send goods of a shipment back: into the stock, at the cost with which they left, or written off."""

from datetime import timedelta
from decimal import Decimal
from functools import partial
from typing import Any

import pytest

from pharus.fields import new_id
from tests import factories
from tests.api import error_code
from tests.days import today
from tests.plugins.sales_orders.selling import Json, Selling
from tests.plugins.sales_orders.test_races import together
from tests.plugins.sales_orders.test_shipping import path, quantities, ship, shipped


def send_back(selling: Selling, shipment: Json, quantity: int, line: int = 0, **values: Any) -> Any:
    item = {"soItemId": shipment["items"][line]["soItemId"], "quantity": quantity}
    if "writtenOff" in values:
        item["writtenOff"] = values.pop("writtenOff")
    return selling.api.post(f"{path(shipment)}/returns", {"items": [item], **values})


def sent_back(selling: Selling, shipment: Json, quantity: int, **values: Any) -> Json:
    response = send_back(selling, shipment, quantity, **values)
    assert response.status_code == 201, response.text
    return dict(response.json())


def return_path(back: Json) -> str:
    return f"/api/sales-order-returns/{back['salesOrderReturn']['id']}"


def accounts(selling: Selling) -> dict[str, Decimal]:
    """What the journal has booked on each account, debits less credits, but for what brought the goods."""
    found: dict[str, Decimal] = {}
    for entry in selling.api.get("/api/accounting/journal", limit=500).json()["data"]:
        for line in entry["lines"]:
            booked = Decimal(line["debit"]) - Decimal(line["credit"])
            found[line["account"]] = found.get(line["account"], Decimal(0)) + booked
    return {account: booked for account, booked in found.items() if booked and account != "goodsReceived"}


def sold(selling: Selling) -> tuple[str, str]:
    """Quantity and cost of goods, which are the same whatever they are grouped by."""
    totals = set()
    for group in ("order", "customer", "sku", "month"):
        found = selling.api.get("/api/accounting/cost-of-goods", groupBy=group).json()
        rows = [(Decimal(row["quantity"]), Decimal(row["costOfGoods"])) for row in found["data"]]
        total = (Decimal(found["total"]["quantity"]), Decimal(found["total"]["costOfGoods"]))
        assert (sum(row[0] for row in rows), sum(row[1] for row in rows)) == total, group
        totals.add((found["total"]["quantity"], found["total"]["costOfGoods"]))
    (total_of_all,) = totals
    return total_of_all


def test_goods_come_back_with_the_cost_with_which_they_left(selling: Selling) -> None:
    made = selling.order(status="Entered")
    left = shipped(selling, made, 6)
    selling.receive(106, "7.5")
    before = Decimal(selling.value())
    back = sent_back(selling, left, 4, returnedAt=str(today()), notes="The wrong colour.", externalId="RMA-77")
    assert Decimal(selling.value()) == before + 10
    assert selling.stock() == ("204", "0", "4")
    assert quantities(selling, made) == [(6, 4, 4)]
    shown = back["salesOrderReturn"]
    assert (shown["returnNumber"], shown["creditNoteNumber"]) == (f"RET-{today().year}-0001", f"CN-{today().year}-0001")
    assert (shown["locationId"], shown["shipmentId"]) == (selling.location, left["shipment"]["id"])
    assert (shown["amount"], shown["brokerFees"], shown["externalId"]) == ("16", "0", "RMA-77")
    assert [(item["quantity"], item["writtenOff"], item["unitPrice"], item["amount"]) for item in back["items"]] == [
        (4, False, "4", "16")
    ]
    assert selling.entries(made)[-1] == ("RECEIVE", "4", "2.5")
    assert selling.api.get(return_path(back)).json() == back
    assert selling.api.get(f"{selling.path(made)}/returns").json() == {"data": [shown]}
    assert selling.api.get(path(left)).json()["items"][0]["returnedQuantity"] == 4
    assert (sold(selling), accounts(selling)["costOfGoods"]) == (("2", "5"), 5)
    assert selling.discrepancies() == []


def test_the_last_piece_takes_what_is_left_of_the_cost(selling: Selling) -> None:
    """A third of 4 has no end: together the parts are what left, to the last digit."""
    selling.receive(1, sku=1, unit_cost=1)
    selling.receive(2, sku=1, unit_cost="1.5")
    made = selling.order(selling.line(1, 3), status="Entered")
    left = shipped(selling, made, 3)
    for _ in range(3):
        sent_back(selling, left, 1)
    assert (selling.stock(1), selling.value(1)) == (("3", "0", "0"), "4")
    assert sold(selling) == ("0", "0")
    assert selling.discrepancies() == []


def test_goods_come_back_elsewhere(selling: Selling) -> None:
    elsewhere = factories.make_location(selling.organization.id)
    left = shipped(selling, selling.order(status="Entered"), 10)
    back = sent_back(selling, left, 3, locationId=elsewhere)
    assert (selling.stock(), selling.stock(location=elsewhere)) == (("90", "0", "0"), ("3", "0", "0"))
    assert selling.api.delete(return_path(back)).status_code == 200
    assert selling.api.patch(f"/api/locations/{elsewhere}", {"isActive": False}).status_code == 200
    refused = send_back(selling, left, 3, locationId=elsewhere)
    assert (refused.status_code, error_code(refused)) == (409, "conflict")
    # What is written off lies nowhere.
    sent_back(selling, left, 3, locationId=elsewhere, writtenOff=True)
    assert selling.stock(location=elsewhere) == ("0", "0", "0")
    assert selling.discrepancies() == []


def test_what_is_written_off_is_no_cost_of_goods(selling: Selling) -> None:
    made = selling.order(status="Entered")
    left = shipped(selling, made, 6)
    stock, value = selling.stock(), selling.value()
    back = sent_back(selling, left, 4, writtenOff=True)
    assert (selling.stock(), selling.value()) == (stock, value)
    assert quantities(selling, made) == [(6, 4, 4)]
    assert sold(selling) == ("2", "5")
    assert accounts(selling) == {"finishedGoods": 235, "costOfGoods": 5, "writeOffs": 10}
    assert selling.discrepancies() == []
    assert selling.api.delete(return_path(back)).json() == {"deletedId": back["salesOrderReturn"]["id"]}
    assert sold(selling) == ("6", "15")
    assert accounts(selling) == {"finishedGoods": 235, "costOfGoods": 15}
    assert (selling.stock(), quantities(selling, made)) == (stock, [(6, 0, 4)])
    assert selling.discrepancies() == []


def test_undone_return_takes_its_goods_away_again(selling: Selling) -> None:
    """What has been sold of them since is variance, as of every inflow that is undone."""
    made = selling.order(status="Entered")
    left = shipped(selling, made, 10)
    selling.receive(10, "11.5")
    before = (selling.stock(), selling.value())
    back = sent_back(selling, left, 4)
    assert selling.api.delete(return_path(back)).status_code == 200
    assert (selling.stock(), selling.value()) == before
    assert selling.api.get(return_path(back)).status_code == 404
    back = sent_back(selling, left, 4)
    shipped(selling, selling.order(selling.line(0, 50), status="Entered"), 50)
    assert selling.api.delete(return_path(back)).status_code == 200
    assert "variance" in accounts(selling)
    # The number of the first credit note is not given again.
    assert sent_back(selling, left, 1)["salesOrderReturn"]["creditNoteNumber"].endswith("-0003")
    assert selling.discrepancies() == []


def test_undone_return_of_goods_that_are_gone_is_refused(selling: Selling) -> None:
    left = shipped(selling, selling.order(status="Entered"), 10)
    back = sent_back(selling, left, 10)
    shipped(selling, selling.order(selling.line(0, 95), status="Entered"), 95)
    refused = selling.api.delete(return_path(back))
    assert (refused.status_code, refused.json()["error"]["details"]["onHand"]) == (409, "5")
    assert selling.api.get(return_path(back)).status_code == 200
    assert selling.discrepancies() == []


def test_no_more_comes_back_than_was_shipped(selling: Selling) -> None:
    made = selling.order(status="Entered")
    left, other = shipped(selling, made, 6), shipped(selling, made, 4)
    sent_back(selling, left, 4)
    line = made["items"][0]["id"]
    refused = send_back(selling, left, 3)
    assert (refused.status_code, error_code(refused)) == (409, "conflict")
    assert refused.json()["error"]["details"] == {"soItemId": line, "returnable": 2, "requested": 3}
    parts = [{"soItemId": line, "quantity": 3}, {"soItemId": line, "quantity": 2, "writtenOff": True}]
    assert selling.api.post(f"{path(other)}/returns", {"items": parts}).status_code == 409
    assert selling.api.post(f"{path(other)}/returns", {"items": [parts[0], parts[0]]}).status_code == 422
    assert send_back(selling, {**left, "items": [{"soItemId": new_id()}]}, 1).status_code == 404
    assert send_back(selling, {"shipment": {"id": new_id()}, "items": left["items"]}, 1).status_code == 404
    assert send_back(selling, left, 1, returnedAt=str(today() + timedelta(days=3))).status_code == 422
    assert quantities(selling, made) == [(10, 4, 0)]


def test_what_the_status_has_shipped_comes_back(selling: Selling) -> None:
    made = selling.order(status="Shipped")
    left = selling.api.get(f"/api/sales-order-shipments/{made['salesOrder']['id']}").json()
    back = sent_back(selling, left, 4)
    assert back["salesOrderReturn"]["shipmentId"] == made["salesOrder"]["id"]
    assert (selling.stock(), quantities(selling, made)) == (("94", "0", "0"), [(10, 4, 0)])
    for refused in (selling.api.delete(path(left)), selling.update(made, status="Rejected")):
        assert (refused.status_code, error_code(refused)) == (409, "conflict")
    assert selling.api.delete(return_path(back)).status_code == 200
    assert selling.update(made, status="Rejected").status_code == 200
    assert send_back(selling, left, 1).status_code == 404
    assert selling.discrepancies() == []


def test_shipment_of_which_something_came_back_is_not_undone(selling: Selling) -> None:
    left = shipped(selling, selling.order(status="Entered"), 10)
    back = sent_back(selling, left, 1, writtenOff=True)
    refused = selling.api.delete(path(left))
    assert (refused.status_code, error_code(refused)) == (409, "conflict")
    assert selling.api.delete(return_path(back)).status_code == 200
    assert selling.api.delete(path(left)).status_code == 200
    assert selling.discrepancies() == []


@pytest.mark.parametrize("status", ["Paid", "Completed"])
def test_goods_of_an_ended_order_come_back_after_it_was_reopened(selling: Selling, status: str) -> None:
    made = selling.order(status="Invoiced")
    left = selling.api.get(f"/api/sales-order-shipments/{made['salesOrder']['id']}").json()
    back = sent_back(selling, left, 1)
    for each in ("Paid", "Completed"):
        if status == "Completed" or each == "Paid":
            assert selling.update(made, status=each).status_code == 200
    for refused in (send_back(selling, left, 1), selling.api.delete(return_path(back))):
        assert (refused.status_code, error_code(refused)) == (409, "invalid_transition")
    while selling.get(made)["salesOrder"]["orderStatus"] != "Invoiced":
        assert selling.reopen(made).status_code == 200
    # A dispute is what goods often come back of.
    assert selling.update(made, status="In-Dispute").status_code == 200
    assert selling.api.delete(return_path(back)).status_code == 200
    sent_back(selling, left, 10)
    assert selling.discrepancies() == []


def test_deleted_order_takes_its_returns_along(selling: Selling) -> None:
    made = selling.order(status="Entered")
    left = shipped(selling, made, 10)
    kept, gone = sent_back(selling, left, 4), sent_back(selling, left, 2, writtenOff=True)
    assert selling.api.delete(selling.path(made)).status_code == 200
    assert (selling.stock(), selling.value()) == (("100", "0", "0"), "250")
    assert accounts(selling) == {"finishedGoods": 250}
    assert [selling.api.get(return_path(each)).status_code for each in (kept, gone)] == [404, 404]
    assert selling.discrepancies() == []


def test_credit_note_has_the_prices_of_the_order_and_its_part_of_the_fees(selling: Selling) -> None:
    broker = factories.make_broker(selling.organization.id)
    line = selling.line(0, 3, "1.335")
    made = selling.order(line, status="Entered", brokerId=broker, brokerFeePercent="10")
    assert made["salesOrder"]["brokerFees"] == "0.4"
    left = shipped(selling, made, 3)
    notes = [sent_back(selling, left, 1)["salesOrderReturn"] for _ in range(3)]
    assert [note["amount"] for note in notes] == ["1.34"] * 3
    # Rounded as one: in all, what the broker had.
    assert [note["brokerFees"] for note in notes] == ["0.13", "0.14", "0.13"]
    free = shipped(selling, selling.order(status="Entered"), 10)
    exchanged = sent_back(selling, free, 1, creditNote=False)["salesOrderReturn"]
    assert exchanged["creditNoteNumber"] is None


def test_external_id_is_a_returns_own(selling: Selling) -> None:
    left = shipped(selling, selling.order(status="Entered"), 10)
    first = sent_back(selling, left, 1, externalId="RMA-1")
    again = send_back(selling, left, 1, externalId="RMA-1")
    assert (again.status_code, again.json()["error"]["details"]) == (409, {"id": first["salesOrderReturn"]["id"]})


def test_return_in_a_closed_period_is_refused_and_its_undo_is_dated_today(selling: Selling) -> None:
    left = shipped(selling, selling.order(status="Entered"), 10, shippedAt=str(today() - timedelta(days=3)))
    day = str(today() - timedelta(days=2))
    back = sent_back(selling, left, 1, returnedAt=day)
    assert selling.api.patch("/api/accounting/settings", {"closedThrough": day}).status_code == 200
    refused = send_back(selling, left, 1, returnedAt=day)
    assert (refused.status_code, error_code(refused)) == (409, "period_closed")
    assert selling.api.delete(return_path(back)).status_code == 200


def test_of_many_who_send_the_same_back_at_once_one_does(selling: Selling) -> None:
    made = selling.order(status="Entered")
    left = shipped(selling, made, 10)
    answers = together(*[partial(send_back, selling, left, 6)] * 4)
    assert sorted(response.status_code for response in answers) == [201, 409, 409, 409]
    assert quantities(selling, made) == [(10, 6, 0)]
    assert ship(selling, made, 1).status_code == 409
    assert selling.discrepancies() == []
