"""An item with stock on hand is switched to lots."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from pharus.errors import Conflict, Invalid, NotFound
from plugins.inventory import operations as inventory
from plugins.lots import operations as lots
from plugins.manufacturing import operations as manufacturing
from plugins.purchase_orders import operations as purchase_orders
from plugins.sales_orders import operations as sales_orders
from tests.pharus.acting import at_once
from tests.plugins.lots.making import Maker


@pytest.fixture
def maker(migrated: str) -> Iterator[Maker]:
    made = Maker(tracking="none")
    yield made
    assert made.discrepancies() == []


def start(maker: Maker, **said: object) -> None:
    maker.do(lots.start_lot_tracking, {"materialId": maker.material, "lotTracking": "lots", "code": "before", **said})


def test_what_is_there_and_on_its_way_becomes_one_lot(maker: Maker) -> None:
    maker.adjust(10)
    maker.adjust(3, 1)
    ref = maker.move(4)
    maker.do(inventory.complete_materials_transfer, ref, {"quantity": 1})
    start(maker, supplierLot="Nobody knows")
    assert maker.lot("before")["isOpening"] is True
    assert (maker.on_hand(0), maker.on_hand(1)) == ({"before": 6}, {"before": 4})
    maker.do(inventory.complete_materials_transfer, ref, {"quantity": 2})
    maker.do(inventory.cancel_materials_transfer, ref, {})
    assert (maker.on_hand(0), maker.on_hand(1)) == ({"before": 7}, {"before": 6})
    balance = maker.do(lots.get_lot_mass_balance, maker.lot("before")["id"])
    assert (balance["opening"], balance["onHand"], balance["difference"]) == (13, 13, 0)


def test_what_was_posted_before_is_undone_as_a_part_of_that_lot(maker: Maker) -> None:
    order = maker.buy(20)
    received = maker.receive(order, 20)
    made = maker.make(maker.plan(4), 4)
    sale = maker.sell(3)
    shipment = maker.ship(sale, 3)["shipment"]["id"]
    start(maker)
    maker.do(lots.start_lot_tracking, {"skuId": maker.sku, "lotTracking": "lots", "code": "bars before"})
    assert maker.on_hand() == {"bars before": 1, "before": 12}
    maker.send_back(shipment, sale, 1)
    maker.send_back(shipment, sale, 1, writtenOff=True)
    assert maker.on_hand() == {"bars before": 2, "before": 12}
    with pytest.raises(Conflict):
        maker.do(manufacturing.delete_work_order_receipt, made["receipt"]["id"])
    for each in maker.do(sales_orders.list_sales_order_returns, sale["salesOrder"]["id"])["data"]:
        maker.do(sales_orders.delete_sales_order_return, each["id"])
    maker.do(sales_orders.delete_sales_order_shipment, shipment)
    maker.do(manufacturing.delete_work_order_receipt, made["receipt"]["id"])
    assert maker.on_hand() == {"before": 20}
    maker.do(purchase_orders.delete_purchase_order_receipt, received["receipt"]["id"])
    assert maker.on_hand() == {}


def test_it_is_switched_once_and_needs_its_end_where_lots_expire(maker: Maker) -> None:
    with pytest.raises(Invalid) as refused:
        start(maker, lotTracking="lots_with_expiry")
    assert [problem.path for problem in refused.value.problems] == ["/bestBefore"]
    start(maker, lotTracking="lots_with_expiry", bestBefore="2030-01-01")
    with pytest.raises(Conflict, match="told apart by lots already"):
        start(maker, code="again")
    with pytest.raises(NotFound):
        maker.do(lots.start_lot_tracking, {"skuId": maker.material, "lotTracking": "lots", "code": "x"})


def test_what_is_posted_after_the_switch_has_begun_and_before_it_locks_is_older_than_the_lot(maker: Maker) -> None:
    maker.adjust(5)

    def switch() -> None:
        with ThreadPoolExecutor(1) as somebody_else:
            somebody_else.submit(maker.adjust, 2).result()
        lots.start_lot_tracking({"materialId": maker.material, "lotTracking": "lots", "code": "before"})

    maker.do(switch)
    assert maker.on_hand() == {"before": 7}


def test_who_posts_at_the_same_moment_is_before_it_or_after_it(maker: Maker) -> None:
    maker.adjust(5)

    def work(number: int) -> None:
        if number == 4:
            start(maker)
        else:
            maker.adjust(1, number % 2)

    at_once(8, work)
    assert sum(maker.on_hand(0).values()) + sum(maker.on_hand(1).values()) == 12
