"""Bulk imports of sales orders: with their lines, with what they hold, and with the goods that have left."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from pharus import db
from pharus.db import unit_of_work
from pharus.errors import Invalid
from pharus.fields import new_id
from pharus.identity import Actor, Role
from plugins.sales_orders import imports, operations
from tests import factories
from tests.api import Api, error_code, pointers
from tests.plugins.sales_orders.selling import Selling
from tests.statements import statements

PATH = "/api/sales-orders/bulk-import"

Row = dict[str, Any]
Import = Callable[..., Any]


@pytest.fixture
def import_rows(admin: Api) -> Import:
    def send(*rows: Row, **params: str) -> Any:
        return admin.request("POST", PATH, json={"rows": rows}, params=params)

    return send


def outcomes(response: Any) -> list[str]:
    assert response.status_code == 200, response.text
    return [result.get("error", {}).get("code", "ok") for result in response.json()["results"]]


def test_bulk_import_stores_orders_with_lines_and_what_they_hold(selling: Selling, import_rows: Import) -> None:
    broker = factories.make_broker(selling.organization.id)
    through = factories.make_customer(selling.organization.id, broker_id=broker, broker_fee_percent=10)
    rows = [
        selling.body(selling.line(0, 3), selling.line(1, 4)),
        selling.body(selling.line(0, 7), status="Entered", customerId=through),
        selling.body(selling.line(0, 60), status="Completed", customerId=through, brokerId=None, brokerFeePercent=None),
        selling.body(status="Entered", fulfillmentLocationId=None),
        selling.body(status="In-Dispute", qboId="Q-1"),
    ]
    response = import_rows(*rows)
    assert outcomes(response) == ["ok"] * 5
    shown = [selling.api.get(f"/api/sales-orders/{id}").json() for id in response.json()["ids"]]
    numbers = [order["salesOrder"]["soNumber"] for order in shown]
    assert numbers == sorted(set(numbers))
    assert [[item["quantity"] for item in order["items"]] for order in shown] == [[3, 4], [7], [60], [10], [10]]
    assert [order["salesOrder"]["brokerFees"] for order in shown] == ["0", "2.8", "0", "0", "0"]
    assert [order["salesOrder"]["brokerId"] for order in shown] == [None, broker, None, None, None]
    assert (selling.stock(0), selling.stock(1)) == (("40", "13", "7"), ("0", "4", "0"))
    assert selling.update(shown[4], status="Received").status_code == 200
    assert selling.discrepancies() == []


def test_bulk_import_names_every_bad_row_and_stores_none(selling: Selling, import_rows: Import) -> None:
    unknown, gone = new_id(), factories.make_sku(selling.organization.id, is_active=False)
    selling.order(qboId="taken")
    rows = [
        selling.body(),
        selling.body(customerId=unknown),
        selling.body(channelId=unknown),
        selling.body(fulfillmentLocationId=unknown),
        selling.body(brokerId=unknown),
        selling.body(selling.line(), {"skuId": unknown, "quantity": 1}),
        selling.body({"skuId": gone, "quantity": 1}),
        selling.body(selling.line(), selling.line(1), selling.line(0)),
        selling.body(status="Shipped", fulfillmentLocationId=None),
        selling.body(qboId="taken"),
        selling.body(selling.line(0, 101), status="Paid"),
        selling.body(
            selling.line(0, 10**9, 10**11),
            brokerId=factories.make_broker(selling.organization.id),
            brokerFeePercent=100,
        ),
    ]
    expected = [
        "/rows/1/customerId",
        "/rows/10/items/0/quantity",
        "/rows/11/brokerFees",
        "/rows/2/channelId",
        "/rows/3/fulfillmentLocationId",
        "/rows/4/brokerId",
        "/rows/5/items/1/skuId",
        "/rows/6/items/0/skuId",
        "/rows/7/items/2/skuId",
        "/rows/8/fulfillmentLocationId",
        "/rows/9/qboId",
    ]
    for params in ({}, {"dryRun": "true"}):
        refused = import_rows(*rows, **params)
        assert (refused.status_code, pointers(refused)) == (422, expected)
    assert len(selling.api.get("/api/sales-orders").json()["data"]) == 1
    for params in ({"dryRun": "true"}, {}):
        assert outcomes(import_rows(*rows, mode="partial", **params)) == [
            "ok",
            *["not_found"] * 5,
            "conflict",
            "validation_failed",
            *["conflict"] * 4,
        ]
    assert len(selling.api.get("/api/sales-orders").json()["data"]) == 2
    assert selling.discrepancies() == []


def test_bulk_import_row_that_lacks_stock_takes_nothing_from_those_behind_it(
    selling: Selling, import_rows: Import
) -> None:
    selling.receive(5, sku=1)
    rows = [
        selling.body(selling.line(0, 60), status="Shipped"),
        selling.body(selling.line(1, 5), selling.line(0, 41), status="Paid"),
        selling.body(selling.line(0, 40), selling.line(1, 5), status="Shipped"),
        selling.body(selling.line(0, 1), status="Completed"),
        selling.body(selling.line(0, 1), status="Entered"),
    ]
    refused = import_rows(*rows)
    assert (refused.status_code, pointers(refused)) == (422, ["/rows/1/items/1/quantity", "/rows/3/items/0/quantity"])
    assert (selling.stock(), selling.stock(1)) == (("100", "0", "0"), ("5", "0", "0"))
    expected = ["ok", "conflict", "ok", "conflict", "ok"]
    assert outcomes(import_rows(*rows, mode="partial", dryRun="true")) == expected
    assert (selling.stock(), selling.stock(1)) == (("100", "0", "0"), ("5", "0", "0"))
    response = import_rows(*rows, mode="partial")
    assert outcomes(response) == expected
    assert response.json()["results"][1]["error"]["message"] == "there is not enough on hand"
    assert (selling.stock(), selling.stock(1)) == (("0", "0", "1"), ("0", "0", "0"))
    assert selling.discrepancies() == []


def test_bulk_import_row_that_is_bad_otherwise_takes_no_stock(selling: Selling, import_rows: Import) -> None:
    rows = [
        selling.body(selling.line(0, 100), status="Shipped", customerId=new_id(), qboId="Q"),
        selling.body(selling.line(0, 101), status="Shipped", qboId="Q"),
        selling.body(selling.line(0, 100), status="Shipped", qboId="Q"),
        selling.body(selling.line(0, 1), qboId="Q"),
    ]
    assert outcomes(import_rows(*rows, mode="partial")) == ["not_found", "conflict", "ok", "conflict"]
    assert selling.stock() == ("0", "0", "0")


def test_bulk_import_says_of_a_row_that_its_quantity_cannot_be_kept(selling: Selling, import_rows: Import) -> None:
    factories.make_balance(
        selling.organization.id, sku_id=selling.skus[1], location_id=selling.location, demand=10**12 - 5
    )
    rows = [selling.body(selling.line(1, quantity)) for quantity in (3, 2, 1)]
    assert outcomes(import_rows(*rows, mode="partial")) == ["ok", "conflict", "ok"]
    assert selling.stock(1)[1] == "999999999999"


def test_bulk_import_that_stores_nothing_leaves_no_balance(selling: Selling, import_rows: Import) -> None:
    """A location at which nothing ever was can still be deleted."""
    location = factories.make_location(selling.organization.id)
    row = selling.body(status="Shipped", fulfillmentLocationId=location)
    assert outcomes(import_rows(row, mode="partial")) == ["conflict"]
    assert outcomes(import_rows({**row, "status": "Entered"}, mode="partial", dryRun="true")) == ["ok"]
    assert selling.api.delete(f"/api/locations/{location}").status_code == 200


@pytest.mark.parametrize("mode", ["atomic", "partial"])
def test_bulk_import_that_is_overtaken_stores_the_others_or_none(
    selling: Selling, monkeypatch: pytest.MonkeyPatch, mode: str
) -> None:
    """Somebody else takes the qboId after the rows were checked and before they are stored."""
    find = imports.row_errors

    def overtake(*arguments: Any, **options: Any) -> Any:
        found = find(*arguments, **options)
        with ThreadPoolExecutor(1) as pool:
            pool.submit(factories.make_sales_order, selling.organization.id, qbo_id="Q-1").result()
            pool.submit(db.disconnect).result()
        return found

    monkeypatch.setattr(imports, "row_errors", overtake)
    rows: Any = [selling.body(selling.line(0, 30), status="Shipped", qboId=qbo_id) for qbo_id in ("Q-0", "Q-1", None)]
    owner = Actor(uid="test", org_id=selling.organization.id, role=Role.owner)
    if mode == "atomic":
        with pytest.raises(Invalid) as raised, unit_of_work(owner):
            operations.bulk_import_sales_orders({"rows": rows}, mode, "false")
        assert [problem.path for problem in raised.value.problems] == ["/rows/1"]
    else:
        with unit_of_work(owner):
            result = operations.bulk_import_sales_orders({"rows": rows}, mode, "false")
        assert [row["status"] for row in result["results"]] == ["ok", "error", "ok"]
    assert selling.stock()[0] == ("100" if mode == "atomic" else "40")
    assert selling.discrepancies() == []


def test_bulk_import_needs_an_admin(selling: Selling, member: Api) -> None:
    refused = member.post(PATH, {"rows": [selling.body()]})
    assert (refused.status_code, error_code(refused)) == (403, "forbidden")


@pytest.mark.parametrize("status", ["Entered", "Shipped"])
def test_bulk_import_takes_as_many_statements_for_a_hundred_rows_as_for_two(selling: Selling, status: str) -> None:
    selling.receive(10**6)
    counts = []
    for number in (2, 2, 100):
        rows: Any = [selling.body(selling.line(0), selling.line(1), status=status) for _ in range(number)]
        if status == "Shipped":
            selling.receive(10**6, sku=1)
        with unit_of_work(Actor(uid="test", org_id=selling.organization.id, role=Role.owner)), statements() as executed:
            result = operations.bulk_import_sales_orders({"rows": rows}, "atomic", "false")
        assert len(result["ids"]) == number
        counts.append(len(executed))
    # The first import meets locations at which there was nothing yet.
    assert counts[1] == counts[2] > 1
