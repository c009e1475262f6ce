"""The way of a lot through all levels, and what has become of it."""

import os
import time
from collections.abc import Iterator
from decimal import Decimal

import pytest

from pharus.db import db
from plugins.inventory import operations as inventory
from plugins.lots import operations as lots
from plugins.manufacturing import operations as manufacturing
from plugins.sales_orders import operations as sales_orders
from tests.plugins.lots.making import Json, Maker, named


@pytest.fixture
def maker(migrated: str) -> Iterator[Maker]:
    made = Maker()
    yield made
    assert made.discrepancies() == []


@pytest.fixture
def sold(maker: Maker) -> Json:
    """Two lots of the material; a third batch of a SKU of both of them; a set of that, three of which are sold."""
    order = maker.buy(40)
    maker.receive(order, 40, lots=[*named(a=20), {"code": "b", "quantity": 20, "supplierLot": "V-2"}])
    maker.make(maker.plan(9), 9, lots=named(s=9), inputs=[maker.used(a=10, b=8)])
    maker.make(maker.plan(3), 3, lots=named(t=3), inputs=[maker.used(b=6)])
    maker.make(maker.plan(4, maker.set), 3, lots=named(set=3), inputs=[maker.used(a=3)])
    sale = maker.sell(3, maker.set)
    shipment = maker.ship(sale, 3)
    return {"order": order, "sale": sale, "shipment": shipment["shipment"]["id"]}


def trace(maker: Maker, code: str, direction: str = "both") -> Json:
    return dict(maker.do(lots.get_lot_trace, maker.lot(code)["id"], direction))


def levels(found: Json) -> dict[str, int]:
    return {lot["code"]: lot["level"] for lot in found["lots"]}


def test_the_whole_way_is_one_call(maker: Maker, sold: Json) -> None:
    found = trace(maker, "s")
    assert levels(found) == {"a": -1, "b": -1, "s": 0, "set": 1}
    codes = {lot["id"]: lot["code"] for lot in found["lots"]}

    def quantities(side: list[Json]) -> dict[str, Decimal]:
        return {codes[each["lotId"]]: each["quantity"] for each in side}

    steps = [(step["level"], quantities(step["used"]), quantities(step["made"])) for step in found["steps"]]
    assert steps == [(-1, {"a": 10, "b": 8}, {"s": 9}), (1, {"a": 3, "s": 9}, {"set": 3})]
    assert [(codes[each["lotId"]], each["quantity"], each["vendorId"]) for each in found["origins"]] == [
        ("a", 20, maker.vendor),
        ("b", 20, maker.vendor),
    ]
    (sale,) = found["sales"]
    assert (codes[sale["lotId"]], sale["quantity"], sale["returned"]) == ("set", 3, 0)
    assert (sale["customerId"], sale["salesOrderId"]) == (maker.customer, sold["sale"]["salesOrder"]["id"])
    assert {codes[place["lotId"]]: place["onHand"] for place in found["places"]} == {"a": 7, "b": 6}


def test_it_looks_only_back_or_only_forward(maker: Maker, sold: Json) -> None:
    assert levels(trace(maker, "set", "back")) == {"a": -1, "b": -2, "s": -1, "set": 0}
    assert levels(trace(maker, "b", "forward")) == {"b": 0, "s": 1, "t": 1, "set": 2}
    assert levels(trace(maker, "set", "forward")) == {"set": 0}
    assert trace(maker, "set", "back")["sales"] == []


def test_what_came_back_and_what_was_undone_is_told(maker: Maker, sold: Json) -> None:
    back = maker.send_back(sold["shipment"], sold["sale"], 1)
    assert trace(maker, "a")["sales"][0]["returned"] == 1
    maker.do(sales_orders.delete_sales_order_return, back["salesOrderReturn"]["id"])
    assert trace(maker, "a")["sales"][0]["returned"] == 0
    maker.do(sales_orders.delete_sales_order_shipment, sold["shipment"])
    assert trace(maker, "a")["sales"] == []
    rows = maker.do(db.rows, "SELECT id FROM work_order_receipt WHERE org_id = %s ORDER BY id DESC", (maker.org_id,))
    maker.do(manufacturing.delete_work_order_receipt, rows[0][0])
    assert levels(trace(maker, "a")) == {"a": 0, "s": 1}


def test_a_lot_that_never_moved_has_itself_for_its_way(maker: Maker) -> None:
    maker.adjust(5, lots=named(a=5))
    found = trace(maker, "a")
    assert levels(found) == {"a": 0}
    assert [origin["sourceType"] for origin in found["origins"]] == ["manual"]
    assert (found["steps"], found["sales"]) == ([], [])


def balance(maker: Maker, code: str, **as_of: str) -> dict[str, int]:
    found = dict(maker.do(lots.get_lot_mass_balance, maker.lot(code)["id"], **as_of))
    found.pop("lotId")
    assert found.pop("difference") == 0
    return {key: int(value) for key, value in found.items() if value}


def test_what_came_of_a_lot_is_all_that_became_of_it(maker: Maker, sold: Json) -> None:
    assert balance(maker, "a") == {"received": 20, "used": 13, "onHand": 7}
    assert balance(maker, "set") == {"produced": 3, "shipped": 3}
    maker.send_back(sold["shipment"], sold["sale"], 1)
    maker.send_back(sold["shipment"], sold["sale"], 1, writtenOff=True)
    assert balance(maker, "set") == {"produced": 3, "shipped": 1, "lost": 1, "onHand": 1}
    sent = maker.move(4, lots=named(a=4))
    maker.do(inventory.complete_materials_transfer, sent, {"quantity": 1})
    assert balance(maker, "a") == {"received": 20, "used": 13, "onHand": 4, "inTransit": 3}
    dispose = {"materialId": maker.material, "locationId": maker.places[0], "quantity": 2, "lots": named(a=2)}
    maker.do(inventory.dispose_materials_inventory, dispose)
    assert balance(maker, "a") == {"received": 20, "used": 13, "lost": 2, "onHand": 2, "inTransit": 3}
    assert balance(maker, "a", as_of="2026-01-01") == {}


def test_a_long_way_is_followed_in_a_second(maker: Maker) -> None:
    """As many steps as LOT_TRACE_STEPS says; 100,000 of them are measured by hand."""
    steps = int(os.environ.get("LOT_TRACE_STEPS", "2000"))
    maker.adjust(1, lots=named(a=1))
    root = maker.lot("a")["id"]
    maker.do(_fill, root, maker, steps)
    begun = time.perf_counter()
    found = trace(maker, "a")
    took = time.perf_counter() - begun
    assert len(found["lots"]) == steps + 1
    assert len(found["steps"]) + found["omittedSteps"] == steps
    # As fast on a machine that does ten other things.
    assert took < 30, f"{steps} steps took {took:.2f} s"


def _fill(root: str, maker: Maker, steps: int) -> None:
    """A tree of lots, ten made of each."""
    db.send(
        """
        CREATE TEMPORARY TABLE tree ON COMMIT DROP AS
        SELECT number, CASE WHEN number = 0 THEN %s::uuid ELSE gen_random_uuid() END AS id, gen_random_uuid() AS process
        FROM generate_series(0, %s) AS number
        """,
        (root, steps),
    )
    db.send(
        "INSERT INTO lot (org_id, id, material_id, code, created_at, updated_at) "
        "SELECT %s, id, %s, 'T' || number, now(), now() FROM tree WHERE number > 0",
        (maker.org_id, maker.material),
    )
    for event_type, lot in (("CONSUME", "above"), ("PRODUCE", "tree")):
        db.send(
            f"""
            INSERT INTO lot_entry (org_id, id, lot_id, entry_id, location_id, event_type, quantity, on_hand, in_transit,
                source_type, source_id, process_id, event_date, created_at)
            SELECT %s, gen_random_uuid(), {lot}.id, gen_random_uuid(), %s, '{event_type}', 1, 0, 0, 'wo_receipt',
                tree.process, tree.process, now(), now()
            FROM tree JOIN tree AS above ON above.number = (tree.number - 1) / 10 WHERE tree.number > 0
            """,
            (maker.org_id, maker.places[0]),
        )
