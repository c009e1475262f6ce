"""What the projection writes as an order goes through its statuses: forward rows, reversals, nothing twice."""

from dataclasses import replace
from decimal import Decimal

import pytest

from pharus.db import db
from pharus.errors import Conflict
from pharus.fields import new_id
from plugins.inventory import reconciliation
from plugins.inventory.postings import Amounts
from plugins.inventory.reconciliation import Commitment
from tests.plugins.inventory.stock import Stock, make_stock

TEN = Decimal(10)
NOTHING = Decimal(0)


@pytest.fixture
def stock() -> Stock:
    return make_stock()


@pytest.fixture
def line(stock: Stock) -> Commitment:
    return Commitment(new_id(), *stock.key(), "so_item", "SO-2026-0001")


def reconcile(stock: Stock, *commitments: Commitment) -> list[tuple[str, Decimal]]:
    entries = stock.do(lambda: reconciliation.reconcile(stock.ledger, list(commitments)))
    return [(entry.posted.posting.event_type, entry.posted.posting.quantity) for entry in entries]


def test_project_sales_line_from_received_to_shipped_and_back(stock: Stock, line: Commitment) -> None:
    stock.post("RECEIVE", 10, unit_cost=Decimal(2))
    assert reconcile(stock, replace(line, demand=TEN)) == [("DEMAND", 10)]
    assert reconcile(stock, replace(line, allocated=TEN)) == [("ALLOCATE", 10)]
    assert reconcile(stock, replace(line, consumed=TEN)) == [("CONSUME", 10)]
    assert stock.balance() == Amounts()
    assert reconcile(stock, line) == [("REVERSE_CONSUME", 10), ("REVERSE_ALLOCATE", 10), ("REVERSE_DEMAND", 10)]
    assert stock.balance() == Amounts(on_hand=TEN, value=Decimal(20))


def test_project_created_as_shipped_writes_the_whole_way_at_once(stock: Stock, line: Commitment) -> None:
    stock.post("RECEIVE", 10, unit_cost=Decimal(2))
    assert reconcile(stock, replace(line, consumed=TEN)) == [("DEMAND", 10), ("ALLOCATE", 10), ("CONSUME", 10)]


@pytest.mark.parametrize("status", ["on_order", "demand", "allocated", "consumed"])
def test_opening_is_what_a_line_of_which_nothing_is_held_makes_it_post(
    stock: Stock, line: Commitment, status: str
) -> None:
    stock.post("RECEIVE", 10, unit_cost=Decimal(2))
    commitment = replace(line, **{status: TEN})
    opened = reconciliation.initial_postings([commitment, replace(commitment, location_id=None)])
    assert [(posting.event_type, posting.quantity) for posting in opened] == reconcile(stock, commitment)


def test_project_twice_writes_nothing(stock: Stock, line: Commitment) -> None:
    stock.post("RECEIVE", 10, unit_cost=Decimal(2))
    for commitment in (replace(line, on_order=TEN), replace(line, allocated=TEN), replace(line, consumed=TEN), line):
        reconcile(stock, commitment)
        assert reconcile(stock, commitment) == []


def test_project_change_of_quantity_writes_only_the_difference(stock: Stock, line: Commitment) -> None:
    reconcile(stock, replace(line, on_order=TEN))
    assert reconcile(stock, replace(line, on_order=Decimal(12))) == [("ORDER", 2)]
    assert reconcile(stock, replace(line, on_order=Decimal(7))) == [("REVERSE_ORDER", 2), ("REVERSE_ORDER", 3)]
    assert stock.balance() == Amounts(on_order=Decimal(7))
    assert stock.discrepancies() == []


def test_project_change_of_place_moves_what_is_held(stock: Stock, line: Commitment) -> None:
    reconcile(stock, replace(line, allocated=TEN))
    moved = replace(line, allocated=TEN, location_id=stock.places[1])
    assert reconcile(stock, moved) == [
        ("REVERSE_ALLOCATE", 10),
        ("REVERSE_DEMAND", 10),
        ("DEMAND", 10),
        ("ALLOCATE", 10),
    ]
    assert stock.balance() == Amounts()
    assert stock.balance(place=1) == Amounts(allocated=TEN)


def test_project_without_a_place_holds_nothing(stock: Stock, line: Commitment) -> None:
    reconcile(stock, replace(line, demand=TEN))
    assert reconcile(stock, replace(line, demand=TEN, location_id=None)) == [("REVERSE_DEMAND", 10)]


def test_project_purchase_line_after_a_receipt_reverses_only_the_rest(stock: Stock, line: Commitment) -> None:
    reconcile(stock, replace(line, on_order=TEN))
    receipt = stock.post("RECEIVE", 4, unit_cost=Decimal(1), line_id=line.line_id, source_type="po_receipt")
    assert reconcile(stock, replace(line, on_order=Decimal(6))) == []
    assert reconcile(stock, line) == [("REVERSE_ORDER", 6)]
    stock.reverse(receipt)
    assert stock.balance() == Amounts(on_order=Decimal(4))
    assert reconcile(stock, replace(line, on_order=TEN)) == [("ORDER", 6)]
    assert reconcile(stock, line) == [("REVERSE_ORDER", 6), ("REVERSE_ORDER", 4)]
    assert stock.discrepancies() == []


def test_project_input_that_receipts_consumed_holds_the_rest(stock: Stock, line: Commitment) -> None:
    stock.post("RECEIVE", 10, unit_cost=Decimal(1))
    reconcile(stock, replace(line, allocated=TEN))
    stock.post("CONSUME", 4, line_id=line.line_id, source_type="wo_receipt", source_id=new_id())
    assert stock.balance() == Amounts(on_hand=Decimal(6), allocated=Decimal(6), value=Decimal(6))
    assert reconcile(stock, replace(line, allocated=Decimal(6))) == []
    assert reconcile(stock, line) == [("REVERSE_ALLOCATE", 6), ("REVERSE_DEMAND", 6)]


def test_project_consumption_beyond_what_is_on_hand_writes_nothing(stock: Stock, line: Commitment) -> None:
    other = replace(line, line_id=new_id(), demand=TEN)
    with pytest.raises(Conflict):
        reconcile(stock, other, replace(line, consumed=TEN))
    assert stock.balance() == Amounts()
    assert stock.do(
        lambda: db.row("SELECT count(*) FROM materials_ledger_entry WHERE org_id = %s", (stock.org_id,))
    ) == (0,)


def test_project_many_lines_in_as_many_statements_as_one(stock: Stock, line: Commitment) -> None:
    reconcile(stock, replace(line, demand=TEN))
    counts = []
    for number in (1, 50):
        lines = [replace(line, line_id=new_id(), demand=TEN) for _ in range(number)]
        seen: list[object] = []
        db.query_hooks.append(seen.append)
        reconcile(stock, *lines)
        db.query_hooks.remove(seen.append)
        counts.append(len(seen))
    assert counts[0] == counts[1]
