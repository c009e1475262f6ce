"""Groups of postings tried in memory: refused where the engine would refuse them, one after another."""

import random
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from pharus.db import db
from pharus.errors import Conflict
from pharus.fields import new_id
from plugins.inventory import engine
from plugins.inventory.postings import Posting
from plugins.inventory.reconciliation import Commitment, initial_postings
from plugins.inventory.simulation import Simulation
from tests.plugins.inventory.stock import Stock, make_stock


@pytest.fixture
def stock() -> Stock:
    return make_stock(items=2)


def consuming(stock: Stock, *lines: tuple[int, int]) -> list[Posting]:
    """What an order that has shipped posts: of each item so much."""
    return initial_postings(
        [
            Commitment(new_id(), *stock.key(item), "so_item", "SO-2026-0001", consumed=Decimal(quantity))
            for item, quantity in lines
        ]
    )


def tried(stock: Stock, *groups: list[Posting]) -> list[Conflict | None]:
    keys = {posting.key for group in groups for posting in group}

    def work() -> list[Conflict | None]:
        simulation = Simulation(stock.ledger, keys)
        return [simulation.refusal(group) for group in groups]

    return stock.do(work)


def test_a_refused_group_takes_nothing(stock: Stock) -> None:
    stock.post("RECEIVE", 10, unit_cost=Decimal(2))
    stock.post("RECEIVE", 4, item=1, unit_cost=Decimal(2))
    before = stock.balances()
    found = tried(
        stock, *(consuming(stock, *lines) for lines in ([(0, 6)], [(1, 4), (0, 5)], [(0, 4), (1, 4)], [(1, 1)], []))
    )
    assert [refused is not None for refused in found] == [False, True, False, True, False]
    assert found[1] is not None
    assert found[1].details == {
        "itemId": stock.items[0],
        "locationId": stock.places[0],
        "onHand": "4",
        "requested": "5",
    }
    assert stock.balances() == before


def test_where_nothing_ever_was_there_is_nothing_and_no_balance_is_made(stock: Stock) -> None:
    (refused,) = tried(stock, consuming(stock, (0, 1)))
    assert refused is not None
    assert stock.balances() == {}


def test_what_cannot_be_kept_is_refused(stock: Stock) -> None:
    db.execute_sql(
        "INSERT INTO materials_balance (org_id, item_id, location_id, demand) VALUES (%s, %s, %s, %s)",
        (stock.org_id, *stock.key(), 10**12 - 5),
    )
    line = Commitment("", *stock.key(), "so_item", "SO-2026-0001")
    groups = [initial_postings([replace(line, line_id=new_id(), demand=Decimal(quantity))]) for quantity in (5, 4, 1)]
    found = tried(stock, *groups)
    assert [refused is not None for refused in found] == [True, False, True]
    assert found[0] is not None
    assert found[0].details == {"itemId": stock.items[0], "locationId": stock.places[0]}


@pytest.mark.parametrize("seed", range(5))
def test_what_is_tried_is_what_the_engine_does(stock: Stock, seed: int) -> None:
    chance = random.Random(seed)
    for item in (0, 1):
        stock.post("RECEIVE", 60, item=item, unit_cost=Decimal(2))
    groups = [
        consuming(stock, *((item, chance.randint(1, 12)) for item in chance.sample((0, 1), chance.randint(1, 2))))
        for _ in range(25)
    ]
    refused = [found is not None for found in tried(stock, *groups)]

    def refuses(group: list[Posting]) -> Callable[[], bool]:
        def work() -> bool:
            try:
                engine.post(stock.ledger, group)
            except Conflict:
                return True
            return False

        return work

    assert [stock.do(refuses(group)) for group in groups] == refused
    assert True in refused
    assert False in refused
    assert stock.discrepancies() == []
