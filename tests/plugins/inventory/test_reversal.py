"""Taking back all that an order or a receipt wrote."""

from dataclasses import replace
from decimal import Decimal

import pytest

from pharus.errors import Conflict
from pharus.fields import new_id
from plugins.inventory import reconciliation
from plugins.inventory.postings import Amounts
from plugins.inventory.reconciliation import Commitment
from plugins.inventory.reversal import reverse_entries
from tests.plugins.inventory.stock import Stock, make_stock


@pytest.fixture
def stock() -> Stock:
    return make_stock()


def taken(stock: Stock, by: str, id: str) -> list[tuple[str, Decimal]]:
    entries = stock.do(lambda: reverse_entries(stock.ledger, by, [id]))  # type: ignore[arg-type]
    return [(entry.posted.posting.event_type, entry.posted.posting.quantity) for entry in entries]


def test_take_back_of_a_line_leaves_nothing_of_it_and_twice_writes_nothing(stock: Stock) -> None:
    line = Commitment(new_id(), *stock.key(), "po_item", "PO-2026-0001")
    stock.do(lambda: reconciliation.reconcile(stock.ledger, [replace(line, on_order=Decimal(10))]))
    stock.post("RECEIVE", 4, unit_cost=Decimal(2), source_type="po_receipt", source_id=new_id(), line_id=line.line_id)
    stock.do(lambda: reconciliation.reconcile(stock.ledger, [replace(line, on_order=Decimal(1))]))
    assert stock.balance() == Amounts(on_hand=Decimal(4), on_order=Decimal(1), value=Decimal(8))
    assert taken(stock, "line_id", line.line_id) == [("REVERSE_RECEIVE", 4), ("REVERSE_ORDER", 5)]
    assert stock.balance() == Amounts()
    assert taken(stock, "line_id", line.line_id) == []


def test_take_back_of_a_receipt_leaves_what_others_wrote(stock: Stock) -> None:
    line, wrong, right = (new_id() for _ in range(3))
    for source, quantity in ((right, 3), (wrong, 5)):
        stock.post("RECEIVE", quantity, unit_cost=Decimal(1), source_type="po_receipt", source_id=source, line_id=line)
    assert taken(stock, "source_id", wrong) == [("REVERSE_RECEIVE", 5)]
    assert stock.balance() == Amounts(on_hand=Decimal(3), value=Decimal(3))


def test_take_back_is_refused_when_the_goods_are_gone(stock: Stock) -> None:
    source = new_id()
    stock.post("RECEIVE", 5, unit_cost=Decimal(1), source_type="po_receipt", source_id=source, line_id=new_id())
    stock.post("DISPOSE", 1)
    with pytest.raises(Conflict) as raised:
        taken(stock, "source_id", source)
    assert raised.value.details["onHand"] == "4"


def test_take_back_of_nothing_asks_nothing(stock: Stock) -> None:
    assert stock.do(lambda: reverse_entries(stock.ledger, "line_id", [])) == []
