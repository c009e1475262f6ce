"""Undoing a production after some of what it made was shipped: the value that is left is right, and none appears."""

from decimal import Decimal

import httpx
import pytest

from plugins.inventory import engine
from plugins.inventory.ledgers import FINISHED_GOODS, MATERIALS
from plugins.inventory.postings import Posting
from tests.plugins.manufacturing.making import Making


@pytest.fixture
def undone(making: Making) -> tuple[Making, list[httpx.Response], list[dict[str, object]]]:
    """100 bought at 1, 10 made of 5 each; 100 bought at 3, 10 more made; 10 shipped."""
    making.sku("candle", oil=5)
    orders, receipts = [], []
    for cost in (1, 3):
        post(making, "oil", "RECEIVE", 100, unit_cost=Decimal(cost))
        orders.append(making.order(making.line("candle", 10, 0)))
        receipts.append(making.receive(orders[-1], 10))
        assert receipts[-1].status_code == 201
    assert making.stock("candle") == {"onHand": "20", "value": "166.666666666667"}
    assert post(making, "candle", "CONSUME", 10) == Decimal("-83.333333333334")
    return making, receipts, orders


def post(making: Making, name: str, event_type: str, quantity: int, **values: Decimal) -> Decimal:
    posting = Posting(making.ids[name], making.location, event_type, Decimal(quantity), **values)  # type: ignore[arg-type]
    (entry,) = making.do(lambda: engine.post(making.ledger(name), [posting]))
    return entry.posted.effect.value


@pytest.mark.parametrize(
    ("undo", "oil", "variance"),
    [(1, "350", "33.333333333334"), (0, "283.333333333333", "-33.333333333333")],
    ids=["the dear one", "the cheap one"],
)
def test_undo_of_a_receipt_makes_no_money_and_loses_none(
    undone: tuple[Making, list[httpx.Response], list[dict[str, object]]], undo: int, oil: str, variance: str
) -> None:
    making, receipts, _ = undone
    assert making.delete_receipt(receipts[undo]).status_code == 200
    rows = [row for row in ledger(making, FINISHED_GOODS.name) if row["eventType"] == "REVERSE_PRODUCE"]
    assert [row["reversesId"] is not None for row in rows] == [True]
    assert making.stock("candle") == {"onOrder": "10"}
    assert making.stock("oil")["value"] == oil
    assert rows[0]["variance"] == variance
    # 400 were bought: what is not oil any more is the 83.33 of shipped goods, but for the variance.
    assert Decimal(oil) + Decimal("83.333333333334") - Decimal(variance) == 400
    assert making.discrepancies() == []


def ledger(making: Making, name: str) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = making.api.get(f"/api/{name.replace('_', '-')}-inventory/ledger").json()["data"]
    return rows


def test_undo_of_a_whole_order_is_the_undo_of_its_receipts(
    undone: tuple[Making, list[httpx.Response], list[dict[str, object]]],
) -> None:
    making, receipts, orders = undone
    # Of an order that is received in full the receipts go first.
    assert making.delete(orders[1]).status_code == 409
    assert making.delete_receipt(receipts[1]).status_code == 200
    assert making.delete(orders[1]).status_code == 200
    assert making.stock("candle") == {}
    assert making.stock("oil") == {"onHand": "150", "value": "350"}
    assert making.discrepancies() == []


def test_one_receipt_makes_a_sub_assembly_and_what_takes_it(making: Making) -> None:
    """A box takes two bars; both are on the order, and no bar is there before."""
    making.have(oil=2, lye=4, carton=1)
    made = making.order(making.line("box", 5, 1), making.line("bar", 10, 1))
    answer = making.receive(made, 5, 10)
    if making.kind.from_raw_materials:
        assert making.stock("bar")["onHand"] == "10"
    else:
        assert making.stock("bar") == {}
    assert answer.status_code == 201
    assert making.stock("box")["onHand"] == "5"
    costs = {item["skuId"]: item["unitCost"] for item in answer.json()["receiptItems"]}
    # A bar: 0.5 x 2 + 0.25 x 4 + 1; a box: two of them, a carton and 1 (and of raw materials without the bars' cost).
    assert costs[making.ids["bar"]] == "3"
    assert costs[making.ids["box"]] == ("6" if making.kind.from_raw_materials else "8")
    before = making.value()
    assert making.delete_receipt(answer).status_code == 200
    assert making.stock("oil", making.location)["onHand"] == "1000"
    assert making.value() == 1000 * (2 + 4 + 1)
    assert before != making.value()
    assert making.discrepancies() == []


def test_materials_ledger_shows_value_variance_and_what_is_undone(making: Making) -> None:
    making.have(oil=2, lye=4)
    made = making.order()
    receipt = making.receive(made, 10)
    making.delete_receipt(receipt)
    rows = {row["eventType"]: row for row in making.entries(made, MATERIALS) if row["materialId"] == making.ids["oil"]}
    assert (rows["CONSUME"]["value"], rows["CONSUME"]["reversesId"]) == ("-10", None)
    assert (rows["REVERSE_CONSUME"]["value"], rows["REVERSE_CONSUME"]["variance"]) == ("10", "0")
    assert rows["REVERSE_CONSUME"]["reversesId"] == rows["CONSUME"]["id"]
