"""What one posting does to its balance: the table of effects, cost, and what is refused."""

from decimal import Decimal

import pytest

from pharus.errors import Conflict
from plugins.inventory.postings import Amounts
from tests.plugins.inventory.stock import Stock, make_stock

LINE = "01935d6c-7b1a-7c3e-8f00-000000000001"


@pytest.fixture
def stock() -> Stock:
    return make_stock()


def amounts(**values: str | int) -> Amounts:
    return Amounts(**{name: Decimal(value) for name, value in values.items()})


def test_order_receive_settles_what_is_open_of_its_line(stock: Stock) -> None:
    stock.post("ORDER", 10, line_id=LINE, source_type="po_item", source_id=LINE)
    assert stock.balance() == amounts(on_order=10)
    stock.post("RECEIVE", 4, line_id=LINE, unit_cost=Decimal("2.5"), source_type="po_receipt")
    assert stock.balance() == amounts(on_hand=4, on_order=6, value=10)
    stock.post("RECEIVE", 9, line_id=LINE, unit_cost=Decimal(1), source_type="po_receipt")
    assert stock.balance() == amounts(on_hand=13, value=19)


def test_receive_of_one_line_leaves_the_order_of_another(stock: Stock) -> None:
    stock.post("ORDER", 10, line_id=LINE, source_type="po_item", source_id=LINE)
    stock.post("RECEIVE", 4, unit_cost=Decimal(1))
    assert stock.balance() == amounts(on_hand=4, on_order=10, value=4)


def test_demand_allocate_consume(stock: Stock) -> None:
    stock.post("RECEIVE", 10, unit_cost=Decimal(3))
    stock.post("DEMAND", 4, line_id=LINE)
    stock.post("ALLOCATE", 4, line_id=LINE)
    assert stock.balance() == amounts(on_hand=10, allocated=4, value=30)
    stock.post("CONSUME", 6, line_id=LINE)
    assert stock.balance() == amounts(on_hand=4, value=12)


def test_consume_takes_its_share_at_moving_average_and_all_when_nothing_is_left(stock: Stock) -> None:
    stock.post("RECEIVE", 3, unit_cost=Decimal(1))
    stock.post("RECEIVE", 4, unit_cost=Decimal(2))
    first = stock.post("CONSUME", 2)
    assert (first.effect.value, first.posting.unit_cost) == (Decimal("-3.142857142857"), Decimal("1.571429"))
    last = stock.post("CONSUME", 5)
    assert last.effect.value == Decimal("-7.857142857143")
    assert stock.balance() == Amounts()


def test_value_keeps_every_digit_of_the_largest_products(stock: Stock) -> None:
    quantity, cost = Decimal("123456789012.123456"), Decimal("98765432109.654321")
    stock.post("RECEIVE", quantity, unit_cost=cost)
    assert stock.balance().value == Decimal("12193263113652796741137.650335853376")


def test_transfer_moves_quantity_and_value_through_transit(stock: Stock) -> None:
    stock.post("RECEIVE", 10, unit_cost=Decimal("0.3"))
    sent = stock.post("TRANSFER", 4, to_location_id=stock.places[1], source_type="transfer")
    assert stock.balance() == amounts(on_hand=6, value="1.8")
    assert stock.balance(place=1) == amounts(in_transit=4)
    stock.post("RECEIVE", 4, place=1, value=-sent.effect.value, source_type="transfer", source_id=sent.id)
    assert stock.balance(place=1) == amounts(on_hand=4, value="1.2")
    assert stock.discrepancies() == []


def test_adjust_comes_in_at_the_current_average(stock: Stock) -> None:
    stock.post("ADJUST", 5)
    assert stock.balance() == amounts(on_hand=5)
    stock.post("RECEIVE", 5, unit_cost=Decimal(4))
    assert stock.post("ADJUST", 5).posting.unit_cost == 2
    assert stock.balance() == amounts(on_hand=15, value=30)


@pytest.mark.parametrize("event_type", ["CONSUME", "DISPOSE", "TRANSFER"])
def test_outflow_beyond_what_is_on_hand_is_refused_and_changes_nothing(stock: Stock, event_type: str) -> None:
    stock.post("RECEIVE", 5, unit_cost=Decimal(1))
    to = stock.places[1] if event_type == "TRANSFER" else None
    with pytest.raises(Conflict) as raised:
        stock.post(event_type, "5.000001", to_location_id=to)
    assert raised.value.details == {
        "itemId": stock.items[0],
        "locationId": stock.places[0],
        "onHand": "5",
        "requested": "5.000001",
    }
    assert stock.balance() == amounts(on_hand=5, value=5)


def test_allocate_may_exceed_what_is_on_hand(stock: Stock) -> None:
    stock.post("DEMAND", 4, line_id=LINE)
    stock.post("ALLOCATE", 4, line_id=LINE)
    assert stock.balance() == amounts(allocated=4)


def test_reverse_is_the_exact_opposite(stock: Stock) -> None:
    stock.post("ORDER", 10, line_id=LINE, source_id=LINE)
    received = stock.post("RECEIVE", 4, line_id=LINE, unit_cost=Decimal("1.234567"))
    reversal = stock.reverse(received)
    assert reversal.posting.event_type == "REVERSE_RECEIVE"
    assert stock.balance() == amounts(on_order=10)
    assert stock.discrepancies() == []


def test_reverse_receive_of_goods_that_are_gone_is_refused(stock: Stock) -> None:
    received = stock.post("RECEIVE", 4, unit_cost=Decimal(1))
    stock.post("DISPOSE", 1)
    with pytest.raises(Conflict):
        stock.reverse(received)


def test_reverse_consume_brings_goods_and_value_back(stock: Stock) -> None:
    stock.post("RECEIVE", 3, unit_cost=Decimal("0.333333"))
    stock.post("DEMAND", 2, line_id=LINE)
    stock.post("ALLOCATE", 2, line_id=LINE)
    before = stock.balance()
    consumed = stock.post("CONSUME", 2, line_id=LINE)
    stock.reverse(consumed)
    assert stock.balance() == before


def test_sum_that_grows_too_large_is_refused(stock: Stock) -> None:
    stock.post("ADJUST", "999999999999.999999")
    with pytest.raises(Conflict, match="larger than can be kept"):
        stock.post("ADJUST", "0.000001")
    assert stock.discrepancies() == []
