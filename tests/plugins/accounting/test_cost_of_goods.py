"""What sales cost: the same sum by order, customer, SKU and month, equal to a replay of the entries."""

from decimal import Decimal
from typing import Any

import pytest

from pharus.db import db, unit_of_work
from pharus.identity import Actor, Role
from plugins.inventory import engine, entries, history
from plugins.inventory.ledgers import FINISHED_GOODS
from tests.api import Api
from tests.plugins.sales_orders.selling import Selling

REPORT = "/api/accounting/cost-of-goods"


@pytest.fixture
def selling(organization: Any, admin: Api) -> Selling:
    """Sold in February and in April, half of a cheap and half of a dear receipt; one sale came back."""
    made = Selling(organization, admin)
    made.receive(10, unit_cost=1)
    made.receive(10, unit_cost=2)
    for day, quantity in (("2026-02-03", 3), ("2026-04-05", 4), ("2026-04-30", 1)):
        order = made.order(made.line(quantity=quantity), status="Entered")
        assert made.update(order, status="Shipped", shippedAt=day).status_code == 200
    assert made.update(order, status="Rejected").status_code == 200
    return made


def costs(api: Api, group_by: str, **period: str) -> list[tuple[str, str]]:
    key = {"order": "orderNumber", "customer": "customerName", "sku": "skuCode", "month": "month"}[group_by]
    body = api.get(REPORT, groupBy=group_by, **period).json()
    return [(row[key], row["costOfGoods"]) for row in body["data"]]


@pytest.mark.parametrize("aggregated", [False, True])
def test_every_grouping_sums_up_to_the_same(selling: Selling, viewer: Api, aggregated: bool) -> None:
    if aggregated:
        history.aggregate()
    by_order = costs(viewer, "order")
    assert [cost for _, cost in by_order] == ["4.5", "6", "0"]
    assert costs(viewer, "customer") == [("Example Grocers", "10.5")]
    assert [cost for _, cost in costs(viewer, "sku")] == ["10.5"]
    assert costs(viewer, "month", asOf="2026-04-30") == [("2026-02", "4.5"), ("2026-04", "7.5")]
    total = viewer.get(REPORT).json()["total"]
    assert total == {"quantity": "7", "costOfGoods": "10.5", "variance": "0", "netCostOfGoods": "10.5"}


def test_a_period_counts_what_left_in_it(selling: Selling, viewer: Api) -> None:
    period = {"dateFrom": "2026-03-01", "asOf": "2026-04-29"}
    assert [cost for _, cost in costs(viewer, "order", **period)] == ["0", "6", "0"]
    assert [cost for _, cost in costs(viewer, "customer", **period)] == ["6"]
    assert [cost for _, cost in costs(viewer, "sku", **period)] == ["6"]
    assert costs(viewer, "month", **period) == [("2026-04", "6")]
    body = viewer.get(REPORT, **period).json()
    assert (body["dateFrom"], body["asOf"]) == ("2026-03-01T00:00:00Z", "2026-04-30T00:00:00Z")
    assert body["total"]["costOfGoods"] == "6"


def test_by_time_of_writing_nothing_had_left_before_it_was_written(selling: Selling, viewer: Api) -> None:
    assert viewer.get(REPORT, asOf="2026-04-30", asOfBasis="written").json()["total"]["costOfGoods"] == "0"
    assert viewer.get(REPORT, asOfBasis="written").json()["total"]["costOfGoods"] == "10.5"


def test_variance_is_that_of_the_undone_receipt(selling: Selling, viewer: Api) -> None:
    with unit_of_work(Actor(org_id=selling.organization.id, role=Role.owner)):
        dear = entries.read(FINISHED_GOODS, "event_type = 'RECEIVE' AND unit_cost = 2", ())
        engine.post(FINISHED_GOODS, [dear[0].reverse()])
        (variance,) = db.row(f"SELECT sum(variance) FROM {FINISHED_GOODS.entries}", ())
    assert variance > 0
    total = viewer.get(REPORT, groupBy="sku").json()["total"]
    assert Decimal(total["variance"]) == variance
    assert Decimal(total["netCostOfGoods"]) == Decimal("10.5") - variance
    (row,) = viewer.get(REPORT, groupBy="sku").json()["data"]
    assert Decimal(row["variance"]) == variance


def test_orders_come_in_pages(selling: Selling, viewer: Api) -> None:
    first = viewer.get(REPORT, limit="2").json()
    second = viewer.get(REPORT, limit="2", cursor=first["nextCursor"]).json()
    assert [len(first["data"]), len(second["data"])] == [2, 1]
    assert second["nextCursor"] is None
    assert viewer.get(REPORT, groupBy="sku", cursor=first["nextCursor"]).status_code == 422


def test_more_months_than_a_report_shows_are_refused(selling: Selling, viewer: Api) -> None:
    refused = viewer.get(REPORT, groupBy="month", dateFrom="1990-01-01")
    assert [problem["path"] for problem in refused.json()["error"]["details"]] == ["query/dateFrom"]
    assert viewer.get(REPORT, groupBy="month", dateFrom="9999-12-31").json()["data"] == []
