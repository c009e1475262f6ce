"""`pharus check` sees a history that is not what the entries say, and entries that it has lost or counted twice."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from pharus.db import db, unit_of_work
from plugins.inventory import history
from tests.plugins.inventory.stock import Stock, make_stock
from tests.plugins.inventory.test_integrity import damage

NOW = datetime(2026, 1, 9, tzinfo=UTC)


@pytest.fixture
def stock(unswept: None) -> Stock:
    """Of each balance some entries are counted and some wait."""
    stock = make_stock()
    stock.post("RECEIVE", 10, unit_cost=Decimal(2), event_date=NOW)
    sale = {"source_type": "so_item", "source_id": stock.items[0], "line_id": stock.items[0]}
    stock.post("CONSUME", 2, event_date=NOW + timedelta(days=2), **sale)
    stock.post("TRANSFER", 3, event_date=NOW + timedelta(days=3), to_location_id=stock.places[1])
    with unit_of_work(stock.owner):
        history.aggregate_some(stock.ledger, 100)
    stock.post("RECEIVE", 1, unit_cost=Decimal(3), event_date=NOW - timedelta(days=5))
    stock.post("DISPOSE", 1, event_date=NOW)
    return stock


def test_sound_history_gives_no_sentence_counted_or_not(stock: Stock) -> None:
    assert stock.discrepancies() == []
    with unit_of_work(stock.owner):
        history.aggregate_some(stock.ledger, 1)
    assert stock.discrepancies() == []
    with unit_of_work(stock.owner):
        history.aggregate_some(stock.ledger, 100)
    assert stock.discrepancies() == []


DAMAGES = {
    "lost_before_it_was_counted": (
        "DELETE FROM materials_history_queue WHERE org_id = $org",
        "has on_hand 0, its entries add up to 1",
    ),
    "counted_twice": (
        "INSERT INTO materials_history_queue SELECT org_id, id FROM $entries WHERE org_id = $org AND on_hand = -2",
        "by event_date has sold 2, its entries add up to 0",
    ),
    "changed": (
        "UPDATE materials_history SET value = value + 1 WHERE org_id = $org AND basis = 'written'",
        "by created_at has value",
    ),
    "day_missing": (
        "DELETE FROM materials_history WHERE org_id = $org AND day = '2026-01-11'",
        "on 2026-01-11 by event_date has on_hand 0, its entries add up to 8",
    ),
    "day_too_many": (
        "UPDATE materials_history SET day = '2026-01-10' WHERE org_id = $org AND day = '2026-01-09'",
        "on 2026-01-10 by event_date has on_hand 10, its entries add up to 0",
    ),
    "waits_for_nothing": (
        "INSERT INTO materials_history_queue VALUES ($org, gen_random_uuid())",
        "which is not there",
    ),
}


@pytest.mark.parametrize("name", DAMAGES)
def test_damaged_history_is_noticed(stock: Stock, name: str) -> None:
    sql, sentence = DAMAGES[name]
    damage(stock, sql)
    found = stock.discrepancies()
    assert found, "nothing was noticed"
    assert any(sentence in each for each in found), found


def test_entry_without_its_trigger_is_noticed(stock: Stock) -> None:
    db.execute_sql(f"ALTER TABLE {stock.ledger.entries} DISABLE TRIGGER queue_for_history")
    try:
        stock.post("ADJUST", 5, unit_cost=Decimal(1))
    finally:
        db.execute_sql(f"ALTER TABLE {stock.ledger.entries} ENABLE TRIGGER queue_for_history")
    assert any("its entries add up to" in each for each in stock.discrepancies())
