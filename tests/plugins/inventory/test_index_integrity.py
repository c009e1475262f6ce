"""`pharus check` computes the running index anew: of sound histories it says nothing, and what differs it finds."""

import random
from decimal import Decimal

import pytest

from pharus.errors import Conflict
from plugins.inventory.postings import REVALUE, REVERSIBLE, Posted
from plugins.inventory.running_index import RunningIndex
from tests.plugins.inventory.stock import Stock, make_stock
from tests.plugins.inventory.test_integrity import damage

STEPS = ("RECEIVE", "RECEIVE", "CONSUME", "CONSUME", "empty", "undo", "undo", "revalue", "correct")


def sold_twice(stock: Stock) -> Posted:
    """An index that has shrunk, and an inflow since."""
    stock.post("RECEIVE", 10, unit_cost=Decimal(2))
    stock.post("CONSUME", 3)
    later = stock.post("RECEIVE", 7, unit_cost=Decimal(5))
    stock.post("CONSUME", 4)
    return later


@pytest.mark.parametrize("seed", range(6))
def test_random_histories_give_no_sentence(seed: int) -> None:
    chance, stock, posted = random.Random(seed), make_stock(), list[Posted]()
    for _ in range(40):
        step = chance.choice(
            ["RECEIVE", "RECEIVE", "CONSUME", "CONSUME", "empty", "undo", "undo", "revalue", "correct"]
        )
        quantity = Decimal(chance.randint(1, 900)) / 100
        balance = stock.balance()
        try:
            if step in ("RECEIVE", "CONSUME"):
                cost = {"unit_cost": Decimal(chance.randint(0, 9))} if step == "RECEIVE" else {}
                posted.append(stock.post(step, quantity, **cost))
            elif step == "empty" and balance.on_hand:
                stock.post("DISPOSE", balance.on_hand)
            elif step == "revalue" and balance.on_hand:
                posted.append(stock.post(REVALUE, balance.on_hand, added_value=Decimal(1)))
            elif step == "correct" and balance.on_hand:
                inflow = next((each for each in posted if each.posting.event_type == "RECEIVE"), None)
                if inflow is not None:
                    stock.post(REVALUE, balance.on_hand, added_value=Decimal("0.5"), corrects=inflow)
            elif step == "undo":
                left = [each for each in posted if each.posting.event_type in {*REVERSIBLE, REVALUE}]
                if left:
                    posted.remove(undone := chance.choice(left))
                    stock.reverse(undone)
        except Conflict:
            pass
    assert [each for each in stock.discrepancies() if "index" in each] == []


DAMAGES = {
    "entry_changed": "UPDATE $entries SET index_mantissa = index_mantissa / 2 WHERE org_id = $org AND unit_cost = 5",
    "entry_without": (
        "UPDATE $entries SET index_mantissa = NULL, index_exponent = NULL WHERE org_id = $org AND unit_cost = 5"
    ),
    "entry_with_one_too_many": (
        "UPDATE $entries SET index_mantissa = 1, index_exponent = 0 WHERE org_id = $org AND event_type = 'CONSUME'"
    ),
    "exponent_changed": "UPDATE $entries SET index_exponent = 1 WHERE org_id = $org AND unit_cost = 5",
    "balance_changed": "UPDATE materials_balance SET index_mantissa = 1 WHERE org_id = $org",
    "last_digits_changed": (
        "UPDATE materials_balance SET index_mantissa = index_mantissa * 0.99999999999999 WHERE org_id = $org"
    ),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_damaged_index_is_noticed(name: str) -> None:
    stock = make_stock()
    sold_twice(stock)
    assert stock.discrepancies() == []
    damage(stock, DAMAGES[name])
    assert any("running index" in each for each in stock.discrepancies())


def test_undo_that_shrinks_the_index_like_a_sale_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    stock = make_stock()
    later = sold_twice(stock)
    after = RunningIndex.after
    monkeypatch.setattr(RunningIndex, "after", lambda self, left, before: after(self, left, Decimal(10)))
    stock.reverse(later)
    stock.post("RECEIVE", 1, unit_cost=Decimal(1))
    assert any("running index" in each for each in stock.discrepancies())


def test_pool_that_is_emptied_without_a_trace_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """What came before would count as there."""
    stock = make_stock()
    stock.post("RECEIVE", 10, unit_cost=Decimal(2))
    monkeypatch.setattr(RunningIndex, "after", lambda self, left, before: self)
    stock.post("CONSUME", 10)
    monkeypatch.undo()
    stock.post("RECEIVE", 5, unit_cost=Decimal(1))
    assert any("running index" in each for each in stock.discrepancies())
