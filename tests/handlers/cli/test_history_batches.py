"""Entries of files, batch by batch: names, what is wrong, what is there already."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from handlers.cli.history_batches import HistoryImport
from handlers.cli.history_files import Entry
from pharus.db import db
from tests import factories
from tests.factories import Organization
from tests.handlers.cli.moving_in import FILES, entries_of, entry, forms, make_maker


@pytest.fixture
def maker() -> Organization:
    return make_maker()


def run(maker: Organization, *entries: Entry, **options: Any) -> tuple[list[str], tuple[int, int, int]]:
    importing = HistoryImport(forms(), maker.id, **{"batch_size": 1000, **options})
    problems = list(importing.run(entries))
    counts = importing.counts
    return problems, (counts.stored, counts.there_already, counts.refused)


def sale(number: str, place: str = "x:1", **values: Any) -> Entry:
    line = {"sku": "SOAP-ROSE", "quantity": 3, "unitPrice": "4"}
    own = {"kind": "sales_order", "number": number, "customer": "Example Grocers", "channel": "wholesale"}
    dates = {"status": "Paid", "fulfillmentStatus": "Fulfilled", "placedAt": "2021-01-02", "mabd": "2021-01-09"}
    return entry(place, {**own, **dates, "items": [line], **values})


def opening(place: str = "x:1", **values: Any) -> Entry:
    own = {"kind": "opening_balance", "location": "Workshop", "sku": "SOAP-ROSE", "quantity": 5, "unitCost": "2.5"}
    return entry(place, {**own, **values})


def stored(maker: Organization, table: str = "sales_order", column: str = "so_number") -> list[Any]:
    rows = db.rows(f"SELECT {column} FROM {table} WHERE org_id = %s ORDER BY 1", (maker.id,))
    return [value for (value,) in rows]


def test_files_are_imported_once(maker: Organization) -> None:
    assert run(maker, *entries_of(*FILES)) == ([], (9, 0, 0))
    assert run(maker, *entries_of(*FILES)) == ([], (0, 9, 0))
    assert stored(maker, "purchase_order", "po_number") == ["PO-2021-0001", "PO-2022-0107"]
    assert stored(maker, "sales_order_item", "quantity") == [24, 36]
    assert stored(maker, "materials_balance", "value") == [Decimal("39.6"), Decimal("140.675")]
    assert stored(maker, "finished_goods_balance", "on_hand") == [96]


def test_batches_are_stored_whole_or_not_at_all(maker: Organization) -> None:
    entries = [sale(str(number), f"x:{number}") for number in range(1, 5)]
    entries[2].row["status"] = "Entered"
    problems, counts = run(maker, *entries, batch_size=2)
    assert counts == (2, 0, 2)
    assert problems == [
        "x:3: /status of history is one of Shipped, Invoiced, Paid, Rejected, Completed",
        "x:3: nothing of this batch of 2 is stored",
    ]
    assert stored(maker) == ["1", "2"]
    entries[2].row["status"] = "Paid"
    assert run(maker, *entries, batch_size=2) == ([], (2, 2, 0))


def test_what_is_wrong_is_said_with_its_place(maker: Organization) -> None:
    twice = ", ".join(factories.make_customer(maker.id, name="Twice") for _ in range(2))
    entries = [
        Entry("x:1", problem="is no JSON object"),
        entry("x:2", {"kind": "invoice"}),
        entry("x:3", {"kind": "sales_order"}),
        opening("x:4", acceptAgain=True),
        sale("2", "x:5", customer="Nobody", items=[{"sku": "NONE", "quantity": 1}]),
        sale("3", "x:6", customer="Twice"),
    ]
    assert run(maker, *entries) == (
        [
            "x:1: is no JSON object",
            "x:2: /kind must be one of purchase_order, work_order, production_order, sales_order, opening_balance",
            "x:3: /number is missing: by it an order is imported once",
            "x:4: /acceptAgain is of the API alone: a file may be imported again",
            "x:5: /customerId no customer is called 'Nobody', by code or name",
            "x:5: /items/0/skuId no sku is called 'NONE', by code or name",
            "x:6: /customerId is what several of these are called, so name the id of one: " + twice + " (customer)",
            "x:5: nothing of this batch of 2 is stored",
        ],
        (0, 0, 6),
    )


def test_rows_are_held_against_the_document(maker: Organization) -> None:
    problems, counts = run(maker, sale("1", "x:1", colour="red"), sale("2", "x:2", items=[]))
    assert counts == (0, 0, 2)
    assert [(*problem.partition(" ")[0:1], problem.split()[1]) for problem in problems[:2]] == [
        ("x:1:", "/colour"),
        ("x:2:", "/items"),
    ]


def test_what_the_files_have_twice_is_wrong(maker: Organization) -> None:
    for batch_size in (1, 1000):
        problems, _ = run(maker, sale("1", "x:1"), sale("1", "x:2"), batch_size=batch_size, dry_run=True)
        assert problems[0] == "x:2: is in x:1 already"
    problems, counts = run(maker, opening("x:1"), opening("x:2"), batch_size=1)
    assert (problems[0], counts) == ("x:2: is in x:1 already", (1, 0, 1))


def test_another_balance_than_the_one_that_is_there_is_refused(maker: Organization) -> None:
    assert run(maker, opening()) == ([], (1, 0, 0))
    assert run(maker, opening(quantity="5.0")) == ([], (0, 1, 0))
    problems, counts = run(maker, opening(quantity=6))
    assert counts == (0, 0, 1)
    assert "has an opening balance at this location" in problems[0]


def test_an_order_of_today_is_not_taken_for_one_of_history(maker: Organization) -> None:
    order = sale("1", history=False, status="Received")
    assert run(maker, order) == ([], (1, 0, 0))
    assert run(maker, order) == ([], (0, 1, 0))
    problems, counts = run(maker, sale("1"))
    assert counts == (0, 0, 1)
    assert "another sales order has this number" in problems[0]


def test_names_mean_what_they_mean_in_every_import(maker: Organization) -> None:
    sku = factories.make_sku(maker.id, code="S-1", name="Lip balm")
    lines = [{"sku": "LIP BALM", "quantity": 1}, {"skuId": "soap-rose", "quantity": 1}]
    order = sale("1", customer="example GROCERS", items=lines)
    assert run(maker, order) == ([], (1, 0, 0))
    assert sku in stored(maker, "sales_order_item", "sku_id")


def test_what_is_wrong_with_a_line_is_said_with_the_place_of_the_line(maker: Organization, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "kind,number,vendor,targetType,status,placedAt,material,quantity,unitCost\n"
        "purchase_order,1,Example Oils,materials,Paid,2021-01-02,OIL-ROSE,1,2\n"
        ",,,,,,BOX-6,none,2\n"
    )
    problems, _ = run(maker, *entries_of(path))
    assert problems[0].startswith(f"{path}:3: /items/1/quantity ")


def test_dry_run_stores_nothing(maker: Organization) -> None:
    assert run(maker, *entries_of(*FILES), dry_run=True) == ([], (9, 0, 0))
    assert stored(maker) == []
