"""The past by the history of the balances is what a replay of the ledger says, to the last digit."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, get_args

from hypothesis import given, settings
from hypothesis import strategies as st

from pharus.db import db, unit_of_work
from pharus.errors import Conflict
from plugins.inventory import history
from plugins.inventory.history import AMOUNTS, AsOf, Basis
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
        source, parameters = history.moments(several)
        for number, item_id, location_id, *amounts in db.rows(
            f"SELECT moment.number, item_id, location_id, {', '.join(AMOUNTS)} FROM {source} AS moment "
            f"CROSS JOIN LATERAL ({history.balances(stock.ledger, several[0].basis)}) AS past",
            parameters,
        ):
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


@settings(max_examples=25, deadline=None)
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
