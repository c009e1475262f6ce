"""The past by the history of the balances is what a replay of the ledger says, to the last digit."""

import threading
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pharus.db import current, db, unit_of_work
from pharus.errors import Conflict
from pharus.sweeping import requested
from plugins.inventory import history
from plugins.inventory.history import AMOUNTS, AsOf, Basis
from plugins.inventory.ledgers import Ledger
from plugins.inventory.postings import REVERSIBLE, Posted
from tests.plugins.inventory.stock import Stock, make_stock

NOW = datetime(2026, 1, 1, tzinfo=UTC)
HOURS = st.integers(-60, 0)

STEPS = st.lists(
    st.tuples(
        st.sampled_from(["RECEIVE", "CONSUME", "DISPOSE", "TRANSFER", "ADJUST", "undo", "aggregate"]),
        st.integers(1, 9),
        st.integers(0, 1),
        HOURS,
    ),
    min_size=1,
    max_size=25,
)


def replayed(stock: Stock, as_of: AsOf) -> dict[tuple[str, str], list[Decimal]]:
    """The same from all entries, added up in Python."""
    with unit_of_work(stock.owner):
        rows = db.rows(
            f"SELECT item_id, location_id, {', '.join(AMOUNTS)} FROM ({history.effects(_ENTRIES % as_of.basis)}) AS e "
            f"WHERE {history.TIMES[as_of.basis]} < %s",
            (as_of.end,),
        )
    totals: dict[tuple[str, str], list[Decimal]] = {}
    for item_id, location_id, *amounts in rows:
        before = totals.get((item_id, location_id), [Decimal(0)] * len(AMOUNTS))
        totals[item_id, location_id] = [one + other for one, other in zip(before, amounts, strict=True)]
    return totals


_KEPT = ("on_hand", "on_order", "demand", "allocated", "in_transit", "value")
_ENTRIES = "SELECT *, '%s' AS basis FROM materials_ledger_entry"


def looked_up(stock: Stock, several: Sequence[AsOf]) -> list[dict[tuple[str, str], list[Decimal]]]:
    found: list[dict[tuple[str, str], list[Decimal]]] = [{} for _ in several]
    with unit_of_work(stock.owner):
        past, parameters = history.past(stock.ledger, several)
        text = f"{past} SELECT number, item_id, location_id, {', '.join(AMOUNTS)} FROM past"
        for number, item_id, location_id, *amounts in db.rows(text, parameters):
            found[number - 1][item_id, location_id] = amounts
    return found


def take_step(stock: Stock, posted: list[Posted], step: tuple[str, int, int, int]) -> None:
    event_type, quantity, place, hours = step
    values: dict[str, Any] = {"event_date": NOW + timedelta(hours=hours)}
    if event_type == "aggregate":
        with unit_of_work(stock.owner):
            history.aggregate_some(stock.ledger, quantity)
        return
    try:
        if event_type == "undo":
            left = [each for each in posted if each.posting.event_type in REVERSIBLE]
            if left:
                chosen = left[quantity % len(left)]
                posted.remove(chosen)
                stock.reverse(chosen)
            return
        if event_type in ("RECEIVE", "ADJUST"):
            values["unit_cost"] = Decimal(quantity) / 8
        if event_type == "CONSUME":
            values |= {"source_type": "so_item", "source_id": stock.items[0], "line_id": stock.items[0]}
        if event_type == "TRANSFER":
            values["to_location_id"] = stock.places[1 - place]
        posted.append(stock.post(event_type, quantity, place=place, **values))
    except Conflict:
        pass


@settings(max_examples=25)
@given(steps=STEPS, hours=st.lists(HOURS, min_size=1, max_size=4), basis=st.sampled_from(get_args(Basis)))
def test_the_past_is_what_a_replay_says(steps: Any, hours: list[int], basis: Basis) -> None:
    stock, posted = make_stock(), list[Posted]()
    for step in steps:
        take_step(stock, posted, step)
    several = [AsOf(NOW + timedelta(hours=each), basis) for each in hours]
    several.append(AsOf(datetime(9999, 1, 1, tzinfo=UTC), basis))
    if basis == "written":
        several.append(AsOf(datetime.now(UTC), basis))
    assert looked_up(stock, several) == [replayed(stock, each) for each in several]
    kept = {key: [getattr(amounts, name) for name in _KEPT] for key, amounts in stock.balances().items()}
    latest = looked_up(stock, several)[len(hours)]
    assert {key: [amounts[AMOUNTS.index(name)] for name in _KEPT] for key, amounts in latest.items()} == kept
    history.aggregate()
    assert looked_up(stock, several) == [replayed(stock, each) for each in several]
    with unit_of_work(stock.owner):
        assert db.rows(f"SELECT 1 FROM {stock.ledger.history_queue}", ()) == []


def test_an_entry_that_is_dated_back_changes_every_later_day() -> None:
    stock = make_stock()
    stock.post("RECEIVE", 5, unit_cost=Decimal(2), event_date=NOW)
    history.aggregate()
    stock.post("RECEIVE", 1, unit_cost=Decimal(3), event_date=NOW - timedelta(days=9))
    for _ in range(2):
        assert [
            [amounts[AMOUNTS.index("value")] for amounts in past.values()]
            for past in looked_up(stock, [AsOf(NOW - timedelta(days=days)) for days in (10, 5, -5)])
        ] == [[], [Decimal(3)], [Decimal(13)]]
        history.aggregate()


def filled(count: int) -> Stock:
    stock = make_stock()
    for number in range(count):
        stock.post("RECEIVE", 1 + number, unit_cost=Decimal(2), event_date=NOW - timedelta(days=number % 7))
    return stock


def waiting(stock: Stock) -> int:
    with unit_of_work(stock.owner):
        return int(db.row(f"SELECT count(*) FROM {stock.ledger.history_queue}", ())[0])


def assert_exact(stock: Stock) -> None:
    several = [AsOf(NOW - timedelta(days=days)) for days in (6, 3, -1)]
    assert looked_up(stock, several) == [replayed(stock, each) for each in several]


def steps_of(monkeypatch: pytest.MonkeyPatch, stock: Stock, *, most: int) -> list[int]:
    """The sizes of the steps for this organization from now on; PostgreSQL cancels those that take more."""
    sizes: list[int] = []
    aggregate_some = history.aggregate_some

    def step(ledger: Ledger, size: int) -> int:
        if current().org_id == stock.owner.org_id:
            sizes.append(size)
            if size > most:
                db.send("SET LOCAL statement_timeout = 10; SELECT pg_sleep(1)")
        return aggregate_some(ledger, size)

    monkeypatch.setattr(history, "aggregate_some", step)
    return sizes


def test_step_that_takes_too_long_for_a_statement_is_made_smaller(
    unswept: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    stock = filled(12)
    sizes = steps_of(monkeypatch, stock, most=10)
    history.aggregate()
    assert sizes[:4] == [5000, 625, 78, 9]
    assert waiting(stock) == 0
    assert_exact(stock)


def test_slow_steps_become_smaller_and_fast_ones_larger(unswept: None, monkeypatch: pytest.MonkeyPatch) -> None:
    slow, fast = filled(9), filled(9)
    monkeypatch.setattr(history, "_FIRST", 4)
    monkeypatch.setattr(history, "_STEP_SECONDS", -1.0)
    sizes = steps_of(monkeypatch, slow, most=100)
    history.aggregate()
    assert sizes == [4, 2, 1, 1, 1, 1]
    slow.post("ADJUST", 1, unit_cost=Decimal(1))
    monkeypatch.setattr(history, "_STEP_SECONDS", 60.0)
    for number in range(8):
        fast.post("RECEIVE", 1 + number, unit_cost=Decimal(2))
    sizes = steps_of(monkeypatch, fast, most=100)
    history.aggregate()
    assert sizes == [4, 8]
    for stock in (slow, fast):
        assert waiting(stock) == 0
        assert_exact(stock)


def test_long_queue_does_not_hold_up_the_others(unswept: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the time is over the rest waits for the next turn, which is asked for at once."""
    stock = filled(9)
    monkeypatch.setattr(history, "_FIRST", 4)
    monkeypatch.setattr(history, "_MOST", 4)
    requested.clear()
    history.aggregate(lambda: waiting(stock) < 9)
    assert waiting(stock) == 5
    assert_exact(stock)
    history.aggregate(seconds=-1)
    assert requested.is_set()
    assert waiting(stock) == 5
    history.carry_on(lambda: False)
    assert waiting(stock) == 0
    assert_exact(stock)


def test_writers_do_not_wait_while_entries_are_counted(unswept: None) -> None:
    stock = filled(5)

    def write() -> None:
        try:
            stock.post("ADJUST", 1)
        finally:
            db.close()

    other = threading.Thread(target=write)
    with unit_of_work(stock.owner):
        assert history.aggregate_some(stock.ledger, 3) == 3
        other.start()
        other.join(10)
        assert not other.is_alive()
    assert waiting(stock) == 3
    assert_exact(stock)
    history.aggregate()
    assert_exact(stock)
