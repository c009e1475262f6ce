"""Sales orders of the years before, imported with their numbers, dates and ends."""

from decimal import Decimal
from typing import Any

import pytest

from pharus.db import db, unit_of_work
from plugins.sales_orders import operations
from tests import factories
from tests.api import Api, pointers
from tests.pharus.acting import owner_of
from tests.plugins.sales_orders.selling import Json, Selling
from tests.statements import statements

PATH = "/api/sales-orders/bulk-import"


def past(selling: Selling, number: str, *items: Json, **values: Any) -> Json:
    own = {"history": True, "status": "Paid", "soNumber": number, "placedAt": "2021-03-04"}
    return selling.body(*items, **{**own, "fulfillmentStatus": "Fulfilled", **values})


def test_history_keeps_number_dates_and_end_and_moves_no_stock(selling: Selling, admin: Api) -> None:
    dates = {"shippedAt": "2021-03-06", "invoicedAt": "2021-03-07", "paidAt": "2021-04-01"}
    rows = [
        past(selling, "SO-2021-0007", qboId="Q1", **dates),
        past(selling, "R 5", fulfillmentLocationId=None, status="Shipped"),
    ]
    imported = admin.post(PATH, {"rows": rows})
    assert imported.status_code == 200, imported.text
    assert [each["history"] for each in imported.json()["results"]] == [True, True]
    shown = admin.get(f"/api/sales-orders/{imported.json()['ids'][0]}").json()
    assert shown["salesOrder"] == shown["salesOrder"] | dates | {
        "soNumber": "SO-2021-0007",
        "isHistory": True,
        "orderStatus": "Paid",
        "placedAt": "2021-03-04",
        "receivedAt": None,
        "qboId": "Q1",
    }
    assert [(item["quantity"], item["shippedQuantity"]) for item in shown["items"]] == [(10, 10)]
    assert selling.stock() == ("100", "0", "0")
    assert selling.discrepancies() == []


def test_history_takes_nothing_from_the_customer_of_today(selling: Selling, admin: Api) -> None:
    broker = factories.make_broker(selling.organization.id)
    selling.customer = factories.make_customer(selling.organization.id, broker_id=broker, broker_fee_percent=5)
    rows = [
        past(selling, "1"),
        past(selling, "2", brokerId=broker, brokerFeePercent=10),
        past(selling, "3", brokerId=broker, brokerFees=7, status="Shipped"),
    ]
    ids = admin.post(PATH, {"rows": rows}).json()["ids"]
    orders = [admin.get(f"/api/sales-orders/{id}").json()["salesOrder"] for id in ids]
    assert [(order["brokerId"], order["brokerFees"]) for order in orders] == [
        (None, "0"),
        (broker, "4"),
        (broker, "7"),
    ]


def test_history_names_what_is_deactivated(selling: Selling, admin: Api) -> None:
    org_id = selling.organization.id
    named = {
        "customerId": factories.make_customer(org_id, is_active=False),
        "channelId": factories.make_order_channel(org_id, is_active=False),
        "fulfillmentLocationId": factories.make_location(org_id, is_active=False),
        "items": [{"skuId": factories.make_sku(org_id, is_active=False), "quantity": 1, "unitPrice": 1}],
    }
    assert admin.post(PATH, {"rows": [past(selling, "1") | named]}).status_code == 200
    assert len(pointers(admin.post(PATH, {"rows": [selling.body() | named]}))) == 4


@pytest.mark.parametrize("status", ["Received", "Entered", "In-Dispute"])
def test_history_is_no_order_of_which_something_is_open(selling: Selling, admin: Api, status: str) -> None:
    assert pointers(admin.post(PATH, {"rows": [past(selling, "1", status=status)]})) == ["/rows/0/status"]


def test_history_goes_on_to_its_end_without_stock(selling: Selling, admin: Api) -> None:
    [id] = admin.post(PATH, {"rows": [past(selling, "1", status="Shipped", shippedAt="2021-03-06")]}).json()["ids"]
    order = {"salesOrder": {"id": id}}
    for status in ("In-Dispute", "Shipped", "Invoiced", "Paid", "Completed"):
        assert selling.update(order, status=status).status_code == 200
    assert selling.stock() == ("100", "0", "0")
    assert selling.discrepancies() == []


def test_what_would_move_goods_of_history_is_refused(selling: Selling, admin: Api) -> None:
    [id] = admin.post(PATH, {"rows": [past(selling, "1", status="Invoiced")]}).json()["ids"]
    order = {"salesOrder": {"id": id}}
    path = selling.path(order)
    rejected = selling.update(order, status="Rejected")
    assert (rejected.status_code, "by hand" in rejected.json()["error"]["message"]) == (409, True)
    assert admin.get(f"{path}/shipments").json()["data"] == []
    line = selling.get(order)["items"][0]["id"]
    for refused in (
        admin.post(f"{path}/shipments", {"items": [{"soItemId": line, "quantity": 1}]}),
        admin.post(f"/api/shipments/{id}/returns", {"items": [{"soItemId": line, "quantity": 1}]}),
        admin.delete(f"/api/shipments/{id}"),
        selling.reopen(order),
    ):
        assert refused.status_code in (404, 409), refused.text
    assert "is history" in selling.reopen(order).json()["error"]["message"]
    selling.update(order, status="Paid")
    assert "is history" in selling.reopen(order).json()["error"]["message"]
    assert selling.discrepancies() == []
    assert admin.delete(path).status_code == 200


def test_numbers_go_on_behind_history(selling: Selling, admin: Api) -> None:
    prefix = selling.order()["salesOrder"]["soNumber"][:-4]
    rows = [past(selling, f"{prefix}0100"), past(selling, f"{prefix}0007")]
    assert admin.post(PATH, {"rows": rows}).status_code == 200
    assert selling.order()["salesOrder"]["soNumber"] == f"{prefix}0101"
    rows = [past(selling, f"{prefix}0001"), past(selling, f"{prefix}0101"), past(selling, f"{prefix}0008")]
    assert pointers(admin.post(PATH, {"rows": rows})) == ["/rows/0/soNumber", "/rows/1/soNumber"]


def test_check_names_stock_that_history_holds(selling: Selling, admin: Api) -> None:
    """History holds nothing: what the ledger has of its lines is found."""
    selling.receive(20)
    order = selling.at("Received", "Entered", "Shipped")
    db.execute_sql(
        "UPDATE sales_order SET is_history = true WHERE org_id = %s AND id = %s",
        (selling.organization.id, order["salesOrder"]["id"]),
    )
    assert selling.discrepancies() != []


def test_history_sends_as_many_statements_for_many_rows(selling: Selling) -> None:
    counted = []
    for number, count in enumerate((2, 2, 60)):
        line = selling.line(unit_price=Decimal(4))
        rows = [past(selling, f"{number}/{each}", line) for each in range(count)]
        with unit_of_work(owner_of(selling.organization.id)), statements() as executed:
            operations.bulk_import_sales_orders({"rows": rows}, "atomic", "false")  # type: ignore[typeddict-item]
        counted.append(len(executed))
    assert 0 < counted[1] == counted[2] <= 16
