"""`pharus check` sees what is wrong with values: of sound histories it says nothing, and each old fault it finds.

The tests look at nothing else than what it says, so that tests/mutants shows that it needs no other eye.
"""

from collections.abc import Callable
from decimal import Decimal

import pytest

from plugins.inventory import engine
from plugins.inventory.postings import REVALUE, Posted, Posting
from plugins.inventory.records import material_movements
from tests.plugins.inventory.stock import Stock, make_stock
from tests.plugins.inventory.test_integrity import damage


def receive(stock: Stock, quantity: object, cost: object) -> Posted:
    return stock.post("RECEIVE", quantity, unit_cost=Decimal(str(cost)))


def correct(stock: Stock, inflow: Posted, change: object) -> Posted:
    on_hand = stock.balance().on_hand or inflow.posting.quantity
    return stock.post(REVALUE, on_hand, added_value=Decimal(str(change)), corrects=inflow)


def dear_first(stock: Stock) -> None:
    first = receive(stock, 10, 10)
    receive(stock, 10, 2)
    stock.post("DISPOSE", 8)
    stock.reverse(first)


def cheap_first(stock: Stock) -> None:
    """All of the other's value is there: what went too much is a matter of the average alone."""
    receive(stock, 10, 10)
    second = receive(stock, 10, 2)
    stock.post("DISPOSE", 8)
    stock.reverse(second)


def at_once(stock: Stock) -> None:
    receive(stock, 10, 10)
    stock.reverse(receive(stock, 10, 2))


def dust(stock: Stock) -> None:
    receive(stock, 1000, 3000)
    free = receive(stock, 1000, 0)
    stock.post("DISPOSE", "999.999999")
    stock.reverse(free)
    stock.post("DISPOSE", "0.000001")


def undo_after_undo(stock: Stock) -> None:
    """The second undo must know that the first one took goods away."""
    first, second = receive(stock, 100, 1), receive(stock, 10, 10)
    stock.post("CONSUME", 100)
    receive(stock, 100, 1)
    stock.reverse(first)
    receive(stock, 10, 1)
    stock.reverse(second)


def cheap_pieces(stock: Stock) -> None:
    """What goes each time costs less than the sixth place."""
    receive(stock, 7, "0.0004")
    stock.do(lambda: engine.post(stock.ledger, [Posting(*stock.key(), "CONSUME", Decimal("0.001"))] * 60))
    stock.post("CONSUME", 1)


def thirds(stock: Stock) -> None:
    receive(stock, 1, "0.333333")
    receive(stock, 2, "0.000001")
    for _ in range(2):
        stock.post("CONSUME", 1)
    stock.post("CONSUME", 1)


def corrected_late(stock: Stock) -> None:
    inflow = receive(stock, 10, 4)
    receive(stock, 10, 1)
    stock.post("CONSUME", 15)
    correction = correct(stock, inflow, 20)
    stock.post("CONSUME", 2)
    stock.reverse(correction)


def corrected_and_undone(stock: Stock) -> None:
    inflow = receive(stock, 10, 4)
    receive(stock, 10, 1)
    stock.post("CONSUME", 5)
    stock.do(lambda: _correct_and_undo(stock, inflow))


def _correct_and_undo(stock: Stock, inflow: Posted) -> None:
    (entry,) = engine.post(
        stock.ledger, [Posting(*stock.key(), REVALUE, Decimal(15), added_value=Decimal(8), corrects=inflow)]
    )
    change = entry.posted.effect.value - entry.posted.variance
    corrected = Posted(inflow.id, inflow.posting, inflow.effect, index=inflow.index, corrected=change)
    engine.post(stock.ledger, [corrected.reverse()])


def revalued_by_hand(stock: Stock) -> None:
    first = receive(stock, 3, "0.333333")
    by_hand = stock.post(REVALUE, 3, added_value=Decimal(5))
    stock.post("CONSUME", 1)
    stock.reverse(by_hand)
    receive(stock, 1, 2)
    stock.reverse(first)


def sent_in_parts(stock: Stock) -> None:
    receive(stock, 1, 1)
    receive(stock, 2, "0.000002")
    body = {
        "materialId": stock.items[0],
        "sourceLocationId": stock.places[0],
        "destinationLocationId": stock.places[1],
        "quantity": 3,
    }
    _, ref = stock.do(lambda: material_movements.transfer(body))
    for _ in range(2):
        stock.do(lambda: material_movements.complete(ref, {"quantity": 1}))
    stock.do(lambda: material_movements.complete(ref, {}))


def called_back(stock: Stock) -> None:
    receive(stock, 3, 1)
    receive(stock, 4, "0.000001")
    body = {
        "materialId": stock.items[0],
        "sourceLocationId": stock.places[0],
        "destinationLocationId": stock.places[1],
        "quantity": 6,
    }
    _, ref = stock.do(lambda: material_movements.transfer(body))
    stock.do(lambda: material_movements.complete(ref, {"quantity": 1}))
    stock.do(lambda: material_movements.cancel(ref, {}))


HISTORIES: list[Callable[[Stock], None]] = [
    dear_first,
    cheap_first,
    at_once,
    dust,
    undo_after_undo,
    cheap_pieces,
    thirds,
    corrected_late,
    corrected_and_undone,
    revalued_by_hand,
    sent_in_parts,
    called_back,
]


@pytest.mark.parametrize("history", HISTORIES, ids=lambda history: history.__name__)
def test_check_finds_nothing_in(history: Callable[[Stock], None]) -> None:
    stock = make_stock()
    history(stock)
    assert stock.discrepancies() == []


DAMAGES = {
    "undo without variance": (
        dear_first,
        "UPDATE $entries SET variance = 0 WHERE org_id = $org AND event_type = 'REVERSE_RECEIVE'",
        "its event brought -100",
    ),
    "undo at the average": (
        at_once,
        (
            "UPDATE $entries SET value = -60, variance = -40, unit_cost = 6 "
            "WHERE org_id = $org AND event_type = 'REVERSE_RECEIVE'"
        ),
        "of which nothing had gone, and yet has the variance -40",
    ),
    "undo leaves the value of others": (
        cheap_first,
        (
            "UPDATE $entries SET value = -20, variance = 0, unit_cost = 2 "
            "WHERE org_id = $org AND event_type = 'REVERSE_RECEIVE'"
        ),
        "the average cost was 26",
    ),
    "receipt at another cost": (
        at_once,
        "UPDATE $entries SET unit_cost = 9 WHERE org_id = $org AND event_type = 'RECEIVE' AND unit_cost = 10",
        "its event brought 90",
    ),
    "correction without variance": (
        corrected_late,
        "UPDATE $entries SET variance = 0 WHERE org_id = $org AND event_type = 'REVALUE'",
        "its event brought 20",
    ),
    "correction that says another change": (
        corrected_late,
        "UPDATE $entries SET added_value = 21 WHERE org_id = $org AND event_type = 'REVALUE'",
        "do not add up",
    ),
    "variance of what moves value inside": (
        at_once,
        (
            "UPDATE $entries SET event_type = 'CONSUME', reverses_id = NULL, variance = 1 "
            "WHERE org_id = $org AND event_type = 'REVERSE_RECEIVE'"
        ),
        "with the variance 1",
    ),
}


@pytest.mark.parametrize(("history", "sql", "sentence"), DAMAGES.values(), ids=DAMAGES)
def test_check_finds(history: Callable[[Stock], None], sql: str, sentence: str) -> None:
    stock = make_stock()
    history(stock)
    damage(stock, sql)
    found = stock.discrepancies()
    assert any(sentence in each for each in found), found
    assert not any("{" in each for each in found)
