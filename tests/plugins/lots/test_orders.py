"""Lots on the way through orders: bought, used, made, sold, sent back, and all of it undone."""

from collections.abc import Iterator
from typing import Any

import pytest

from pharus.errors import Conflict, Invalid
from plugins.lots import operations as lots
from plugins.manufacturing import operations as manufacturing
from plugins.purchase_orders import operations as purchase_orders
from plugins.sales_orders import operations as sales_orders
from tests.plugins.lots.making import Maker, named


@pytest.fixture
def maker(migrated: str) -> Iterator[Maker]:
    made = Maker()
    yield made
    assert made.discrepancies() == []


def test_one_line_of_a_receipt_brings_several_lots_and_its_undo_takes_them(maker: Maker) -> None:
    order = maker.buy(10)
    first = maker.receive(order, 6, lots=[{"code": "a", "quantity": 4, "supplierLot": "V-1"}, *named(b=2)])
    assert maker.on_hand() == {"a": 4, "b": 2}
    maker.receive(order, 4, lots=named(b=4))
    maker.do(purchase_orders.delete_purchase_order_receipt, first["receipt"]["id"])
    assert maker.on_hand() == {"b": 4}
    assert maker.lot("a")["supplierLot"] == "V-1"


def test_a_receipt_whose_lot_has_gone_is_not_undone_although_there_is_enough(maker: Maker) -> None:
    order = maker.buy(10)
    first = maker.receive(order, 5, lots=named(a=5))
    maker.receive(order, 5, lots=named(b=5))
    maker.make(maker.plan(2), 2, inputs=[{"materialId": maker.material, "lots": named(a=4)}])
    with pytest.raises(Conflict, match="less of the lot a"):
        maker.do(purchase_orders.delete_purchase_order_receipt, first["receipt"]["id"])


def test_what_arrives_is_in_quarantine_where_the_organization_has_it_so(maker: Maker) -> None:
    maker.do(lots.update_lot_settings, {"receivedStatus": "quarantine"})
    maker.receive(maker.buy(5), 5, lots=named(a=5))
    assert maker.lot("a")["status"] == "quarantine"
    with pytest.raises(Conflict, match="lots that may leave"):
        maker.make(maker.plan(1), 1)
    with pytest.raises(Conflict, match="the lot a is quarantine and does not leave"):
        maker.make(maker.plan(1), 1, inputs=[{"materialId": maker.material, "lots": named(a=2)}])
    maker.do(lots.release_lot, maker.lot("a")["id"], {"reason": "Passed"})
    maker.make(maker.plan(1), 1, lots=named(s=1))
    assert maker.on_hand() == {"a": 3, "s": 1}


def test_making_uses_lots_and_brings_out_lots(maker: Maker) -> None:
    maker.adjust(20, lots=named(a=10, b=10))
    made = maker.make(
        maker.plan(4),
        4,
        lots=named(s=3, t=1),
        inputs=[
            {
                "materialId": maker.material,
                "used": 8,
                "lots": named(a=3, b=5),
                "scrapped": 2,
                "scrapReason": "Spilled",
                "scrappedLots": named(b=2),
            }
        ],
    )
    assert maker.on_hand() == {"a": 7, "b": 3, "s": 3, "t": 1}
    maker.do(manufacturing.delete_work_order_receipt, made["receipt"]["id"])
    assert maker.on_hand() == {"a": 10, "b": 10}
    for wrong, path in (
        ({"lots": named(s=3)}, "/items/0/lots"),
        ({"inputs": [{"materialId": maker.material, "lots": named(a=7)}]}, "/items/0/inputs/0/lots"),
    ):
        with pytest.raises(Invalid) as refused:
            maker.make(maker.plan(4), 4, **wrong)
        assert [problem.path for problem in refused.value.problems] == [path]


def test_shipments_take_lots_and_bring_them_back(maker: Maker) -> None:
    maker.adjust(20, lots=named(a=20))
    maker.make(maker.plan(5), 5, lots=named(s=3, t=2))
    order = maker.sell(5)
    shipment = maker.ship(order, 3, lots=named(s=1, t=2))
    assert maker.on_hand() == {"a": 10, "s": 2}
    maker.do(sales_orders.delete_sales_order_shipment, shipment["shipment"]["id"])
    assert maker.on_hand() == {"a": 10, "s": 3, "t": 2}
    maker.ship(order, 3)
    assert maker.on_hand() == {"a": 10, "t": 2}
    # The status ships the rest.
    id = order["salesOrder"]["id"]
    maker.do(sales_orders.update_sales_order, id, {"status": "Shipped"})
    assert maker.on_hand() == {"a": 10}
    maker.do(sales_orders.update_sales_order, id, {"status": "Rejected"})
    assert maker.on_hand() == {"a": 10, "s": 3, "t": 2}


def test_goods_that_leave_again_are_of_the_lots_of_before(maker: Maker) -> None:
    maker.adjust(20, lots=named(a=20))
    maker.make(maker.plan(6), 6, lots=named(s=3, t=3))
    order = maker.sell(3)
    id = order["salesOrder"]["id"]
    maker.ship(order, 3, lots=named(t=3))
    maker.do(sales_orders.update_sales_order, id, {"status": "Rejected"})
    assert maker.on_hand() == {"a": 8, "s": 3, "t": 3}
    maker.do(sales_orders.reopen_sales_order, id)
    assert maker.on_hand() == {"a": 8, "s": 3}


def test_what_comes_back_is_of_the_lots_of_its_shipment(maker: Maker) -> None:
    maker.adjust(20, lots=named(a=20))
    maker.make(maker.plan(6), 6, lots=named(s=3, t=3))
    order = maker.sell(5)
    shipment = maker.ship(order, 5, lots=named(s=3, t=2))["shipment"]["id"]
    first = maker.send_back(shipment, order, 1, lots=named(t=1))
    assert maker.on_hand() == {"a": 8, "t": 2}
    with pytest.raises(Conflict, match="less of the lot t"):
        maker.send_back(shipment, order, 2, lots=named(t=2))
    maker.send_back(shipment, order, 1, lots=named(t=1), writtenOff=True)
    with pytest.raises(Conflict, match="less of the lot t"):
        maker.send_back(shipment, order, 1, lots=named(t=1))
    maker.do(sales_orders.delete_sales_order_return, first["salesOrderReturn"]["id"])
    assert maker.on_hand() == {"a": 8, "t": 1}
    maker.send_back(shipment, order, 4)
    assert maker.on_hand() == {"a": 8, "s": 3, "t": 2}


def test_a_receipt_makes_what_it_uses(maker: Maker) -> None:
    """A set takes the SKU that is made on the same receipt."""
    maker.adjust(20, lots=named(a=20))
    body = {
        "status": "Production",
        "workSiteLocationId": maker.places[0],
        "items": [
            {"skuId": maker.set, "quantity": 1, "conversionCost": 1},
            {"skuId": maker.sku, "quantity": 3, "conversionCost": 1},
        ],
    }
    order = maker.do(manufacturing.create_work_order, body)
    lines = [
        {"skuId": maker.set, "quantity": 1, "lots": named(set=1)},
        {"skuId": maker.sku, "quantity": 3, "lots": named(s=3)},
    ]
    receipt = maker.do(manufacturing.create_work_order_receipt, order["workOrder"]["id"], {"items": lines})
    assert maker.on_hand() == {"a": 13, "set": 1}
    maker.do(manufacturing.delete_work_order_receipt, receipt["receipt"]["id"])
    assert maker.on_hand() == {"a": 20}


def test_what_is_on_hold_is_not_sold_and_what_is_there_instead_is_said(maker: Maker) -> None:
    maker.adjust(20, lots=named(a=20))
    maker.make(maker.plan(4), 4, lots=named(s=2, t=2))
    maker.do(lots.hold_lot, maker.lot("s")["id"], {"reason": "Smells"})
    order = maker.sell(3)
    with pytest.raises(Conflict, match="the lot s is on hold and does not leave") as refused:
        maker.ship(order, 1, lots=named(s=1))
    details: Any = refused.value.details
    assert [lot["code"] for lot in details["lots"]] == ["t"]
    with pytest.raises(Conflict, match="too little"):
        maker.ship(order, 3)
    maker.ship(order, 2)
    assert maker.on_hand() == {"a": 12, "s": 2}
