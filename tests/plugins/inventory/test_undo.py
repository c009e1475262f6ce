"""Undoing an inflow leaves what there would be without it, and says as variance what had been charged too much."""

from decimal import Decimal

import pytest

from plugins.inventory.postings import Amounts
from tests.plugins.inventory.stock import Stock, make_stock


@pytest.fixture
def stock() -> Stock:
    return make_stock()


def of(on_hand: object, value: object) -> Amounts:
    return Amounts(on_hand=Decimal(str(on_hand)), value=Decimal(str(value)))


@pytest.mark.parametrize(
    ("undone", "left", "variance"),
    [(0, of(2, 4), 32), (1, of(2, 20), -32)],
    ids=["the dear one", "the cheap one"],
)
def test_undo_after_an_outflow_takes_own_pieces_first(stock: Stock, undone: int, left: Amounts, variance: int) -> None:
    received = [stock.post("RECEIVE", 10, unit_cost=Decimal(cost)) for cost in (10, 2)]
    assert stock.post("DISPOSE", 8).effect.value == -48
    undo = stock.reverse(received[undone])
    assert stock.balance() == left
    assert undo.variance == variance
    assert stock.discrepancies() == []


def test_undo_right_after_the_deed_is_its_exact_negative(stock: Stock) -> None:
    stock.post("RECEIVE", 3, unit_cost=Decimal("0.333333"))
    stock.post("CONSUME", 1)
    before = stock.balance()
    posted = stock.post("RECEIVE", "7.000001", unit_cost=Decimal("1.234567"))
    undo = stock.reverse(posted)
    assert (undo.effect.value, undo.variance) == (-posted.effect.value, 0)
    assert stock.balance() == before


def test_undo_of_what_is_all_gone_takes_the_others_at_their_average(stock: Stock) -> None:
    stock.post("RECEIVE", 10, unit_cost=Decimal(1))
    dear = stock.post("RECEIVE", 10, unit_cost=Decimal(3))
    stock.post("CONSUME", 20)
    stock.post("RECEIVE", 15, unit_cost=Decimal(7))
    undo = stock.reverse(dear)
    assert stock.balance() == of(5, 35)
    assert (undo.effect.value, undo.variance) == (-70, -40)
    assert stock.discrepancies() == []


def test_undo_leaves_no_value_on_dust(stock: Stock) -> None:
    """The last millionth keeps the cost that all of it had, and everything can go on."""
    stock.post("RECEIVE", 1000, unit_cost=Decimal(3000))
    free = stock.post("RECEIVE", 1000, unit_cost=Decimal(0))
    stock.post("DISPOSE", "999.999999")
    stock.reverse(free)
    assert stock.balance() == of("0.000001", "0.003")
    for event_type in ("ADJUST", "DISPOSE"):
        stock.post(event_type, "0.000001")
    assert stock.discrepancies() == []


def test_an_undo_is_an_outflow_for_the_others(stock: Stock) -> None:
    first, _, third = (stock.post("RECEIVE", 12, unit_cost=Decimal(cost)) for cost in (1, 2, 6))
    stock.post("CONSUME", 18)
    stock.reverse(first)
    # Of the second and third 6 each were left, and then of the 12 pieces 6 went for the first.
    assert stock.balance() == of(6, 24)
    stock.post("RECEIVE", 12, unit_cost=Decimal(4))
    # Of the third 3 are left, at 6; the other 9 go at the 3.6 that the rest is worth.
    assert stock.reverse(third).effect.value == Decimal("-50.4")
    assert stock.balance() == of(6, "21.6")
    assert stock.discrepancies() == []
