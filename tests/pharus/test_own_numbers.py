"""Numbers that records bring along: which of them are ours, and which of those are taken."""

import pytest

from pharus import db
from pharus.own_numbers import order_numbers, row_errors
from plugins.purchase_orders.records import orders
from tests import factories


def found(*numbers: str | None, **options: object) -> list[tuple[int, str, str]]:
    rows = [{"po_number": number} for number in numbers]
    given = {"bad": (), "mode": "partial", "stores": True, **options}
    errors = row_errors(orders, "poNumber", "PO", rows, **given)  # type: ignore[arg-type]
    return [(error.row, error.pointer, error.error.code) for error in errors]


@pytest.mark.parametrize(
    "number", ["4711", "PO 2021-0001", "WO-2021-1", "PO-21-0001", "PO-2021", "PO-2021-0001/2", "PO-2021-\u0661"]
)
def test_what_does_not_look_like_ours_is_no_matter_of_the_numbering(unit: db.Unit, number: str) -> None:
    assert found(number) == []
    assert order_numbers("PO", 2021, [None]) == ["PO-2021-0001"]


@pytest.mark.parametrize(
    "number", ["po-2021-0001", "PO-2021-1", "PO-2021-00012", "PO-2021-0000", "PO-2021-" + "9" * 13]
)
def test_what_looks_like_ours_is_written_like_ours(unit: db.Unit, number: str) -> None:
    assert found(number) == [(0, "/poNumber", "validation_failed")]


def test_a_number_is_of_one_record(unit: db.Unit) -> None:
    factories.make_purchase_order(unit.org_id, po_number="A1")
    assert found("A1", "b2", None, "b2", "PO-2021-0003", "PO-2021-0003") == [
        (0, "/poNumber", "conflict"),
        (3, "/poNumber", "conflict"),
        (5, "/poNumber", "conflict"),
    ]


def test_rows_that_are_not_stored_move_no_numbering(unit: db.Unit) -> None:
    assert found("PO-2021-0900", "PO-2021-0002", bad={0}) == []
    assert order_numbers("PO", 2021, [None, "PO-2021-0500", None]) == ["PO-2021-0003", "PO-2021-0500", "PO-2021-0004"]
    assert found("PO-2021-0700", "PO-2021-0002", bad={0}, mode="atomic") == []
    assert found("PO-2021-0004", "PO-2021-0005", stores=False) == [(0, "/poNumber", "conflict")]
    assert order_numbers("PO", 2021, [None]) == ["PO-2021-0005"]


def test_who_brings_all_numbers_along_takes_none(unit: db.Unit) -> None:
    assert order_numbers("PO", 2021, ["x"]) == ["x"]
    assert order_numbers("PO", 2021, [None]) == ["PO-2021-0001"]


def test_who_gets_the_number_of_a_refused_row_has_it_alone(unit: db.Unit) -> None:
    assert found("PO-2021-0003", "PO-2021-0003", bad={0}) == [(1, "/poNumber", "conflict")]
    assert order_numbers("PO", 2021, [None]) == ["PO-2021-0004"]
