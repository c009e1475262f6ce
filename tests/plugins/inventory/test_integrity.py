"""`pharus check` finds what does not add up: each kind of damage, seeded where no request could do it."""

from decimal import Decimal

import pytest

from pharus.db import db
from tests.plugins.inventory.stock import Stock, make_stock

LINE = "01935d6c-7b1a-7c3e-8f00-000000000001"


def history() -> Stock:
    """A little of everything: a receipt with its order, a transfer, consumption and its undoing."""
    stock = make_stock(items=1, places=2)
    stock.post("ORDER", 10, line_id=LINE, source_id=LINE)
    stock.post("RECEIVE", 10, line_id=LINE, unit_cost=Decimal(2))
    stock.reverse(stock.post("CONSUME", 2))
    sent = stock.post("TRANSFER", 4, to_location_id=stock.places[1], source_type="transfer")
    stock.post("RECEIVE", 4, place=1, value=-sent.effect.value, source_type="transfer", source_id=sent.id)
    stock.post("DISPOSE", 1)
    return stock


def damage(stock: Stock, sql: str) -> None:
    """As a superuser who switches the triggers off: no request and no owner gets that far."""
    if db.is_closed():
        db.connect()
    with db.atomic():
        db.execute_sql("ALTER TABLE materials_ledger_entry DISABLE TRIGGER append_only")
        db.execute_sql(sql.replace("$entries", "materials_ledger_entry").replace("$org", f"'{stock.org_id}'"))
        db.execute_sql("ALTER TABLE materials_ledger_entry ENABLE ALWAYS TRIGGER append_only")


def test_check_of_a_sound_ledger_finds_nothing() -> None:
    assert history().discrepancies() == []


_AGAIN = (
    "INSERT INTO $entries SELECT org_id, gen_random_uuid(), 'MIL-9', item_id, location_id, event_type, quantity, "
    "unit_cost, ref, to_location_id, notes, event_date, source_type, source_id, line_id, reverses_id, on_hand, "
    "on_order, demand, allocated, in_transit, value, created_at, corrects_id, added_value, variance, index_mantissa, "
    "index_exponent FROM $entries WHERE org_id = $org AND "
)

DAMAGES = {
    "balance_changed": (
        "UPDATE materials_balance SET on_hand = on_hand + 1 WHERE org_id = $org AND on_hand = 5",
        "on_hand of",
    ),
    "balance_value_changed": (
        "UPDATE materials_balance SET value = value + 0.000000000001 WHERE org_id = $org AND on_hand = 5",
        "value of",
    ),
    "balance_lost": ("DELETE FROM materials_balance WHERE org_id = $org AND on_hand = 5", "its entries add up to"),
    "entry_lost": ("DELETE FROM $entries WHERE org_id = $org AND event_type = 'DISPOSE'", "its entries add up to"),
    "quantity_changed": (
        "UPDATE $entries SET quantity = quantity + 1 WHERE org_id = $org AND event_type = 'DISPOSE'",
        "are not those of DISPOSE",
    ),
    "event_changed": (
        "UPDATE $entries SET event_type = 'ADJUST' WHERE org_id = $org AND event_type = 'DISPOSE'",
        "are not those of ADJUST",
    ),
    "event_unknown": (
        "UPDATE $entries SET event_type = 'LOSE' WHERE org_id = $org AND event_type = 'DISPOSE'",
        "are not those of LOSE",
    ),
    "effect_and_balance_changed": (
        (
            "UPDATE $entries SET demand = 3 WHERE org_id = $org AND event_type = 'ORDER';"
            "UPDATE materials_balance SET demand = 3 WHERE org_id = $org AND on_hand = 5"
        ),
        "are not those of ORDER",
    ),
    "value_against_goods": (
        "UPDATE $entries SET value = 2, unit_cost = 2 WHERE org_id = $org AND event_type = 'DISPOSE'",
        "against its goods",
    ),
    "unit_cost_changed": (
        "UPDATE $entries SET unit_cost = 3 WHERE org_id = $org AND event_type = 'CONSUME'",
        "shows the unit cost",
    ),
    "reversal_of_another_event": (
        (
            "UPDATE $entries SET reverses_id = (SELECT id FROM $entries WHERE org_id = $org AND event_type = 'DISPOSE')"
            " WHERE org_id = $org AND event_type = 'REVERSE_CONSUME'"
        ),
        "which is another kind of event",
    ),
    "reversal_not_opposite": (
        "UPDATE $entries SET on_hand = 3 WHERE org_id = $org AND event_type = 'REVERSE_CONSUME'",
        "is not the exact opposite",
    ),
    "reversal_twice": (
        _AGAIN + "event_type = 'REVERSE_CONSUME'",
        "was reversed by 4",
    ),
    "arrival_of_nothing": (
        (
            "UPDATE $entries SET source_id = NULL WHERE org_id = $org AND source_type = 'transfer'"
            " AND event_type = 'RECEIVE'"
        ),
        "that nobody sent like that",
    ),
    "arrival_with_other_value": (
        "UPDATE $entries SET value = 9 WHERE org_id = $org AND source_type = 'transfer' AND event_type = 'RECEIVE'",
        "worth 9 of 8",
    ),
    "arrival_twice": (
        _AGAIN + "source_type = 'transfer' AND event_type = 'RECEIVE'",
        "came 8 of 4",
    ),
    "once_below_nothing": (
        "UPDATE $entries SET code = 'MIL-0' WHERE org_id = $org AND event_type = 'DISPOSE'",
        "there was -1 on hand",
    ),
    "number_given_back": (
        "UPDATE number_sequence SET last = 1 WHERE org_id = $org AND kind = 'MIL'",
        "only 1 were given",
    ),
}


@pytest.mark.parametrize(("sql", "sentence"), DAMAGES.values(), ids=DAMAGES)
def test_check_finds(sql: str, sentence: str) -> None:
    stock = history()
    damage(stock, sql)
    found = stock.discrepancies()
    assert any(sentence in each for each in found), found
    assert not any("{" in each for each in found)


def test_check_tells_organizations_apart() -> None:
    sound, damaged = history(), history()
    damage(damaged, DAMAGES["balance_changed"][0])
    assert sound.discrepancies() == []
    assert len(damaged.discrepancies()) == 1
