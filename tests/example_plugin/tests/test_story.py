"""Bought, made, assembled, sold: from an ingredient's batch to every shipment and back, in one call."""

from typing import Any

import pytest
from contract.fixtures import Caller, Server

from tests.factories import batches_of, make_arrival, make_location, make_material, make_sku

TRACE = "/api/x/batches/batches/{}/trace"


class Maker:
    """A small organization that buys oil, makes bars of it, packs bars into sets, and sells these."""

    def __init__(self, owner: Caller) -> None:
        self.owner = owner
        self.location = make_location(owner)
        self.oil, self.bar, self.set = make_material(owner), make_sku(owner), make_sku(owner)
        self.made("/api/boms", outputSkuId=self.bar, items=[{"materialId": self.oil, "quantity": 2}])
        self.made("/api/boms", outputSkuId=self.set, items=[{"inputSkuId": self.bar, "quantity": 3}])
        self.vendor = self.made("/api/vendors", name="Example Oils")["id"]
        type_id = self.made("/api/customer-types", name="Shop")["id"]
        self.customer = self.made("/api/customers", name="Example Shop", typeId=type_id)["id"]
        self.channel = self.made("/api/order-channels", name="Wholesale")["id"]

    def made(self, path: str, **body: Any) -> dict[str, Any]:
        response = self.owner.post(path, body)
        assert response.status_code == 201, f"{path}: {response.text}"
        return dict(response.json())

    def buy(self, quantity: int, supplier_batch: str, expires_on: str) -> dict[str, Any]:
        """Ordered, announced under the order's number, received: the batch."""
        bought = self.made(
            "/api/purchase-orders",
            vendorId=self.vendor,
            targetType="materials",
            status="Placed",
            shipToLocationId=self.location,
            items=[{"materialId": self.oil, "quantity": quantity, "unitCost": 3}],
        )
        order = bought["purchaseOrder"]
        make_arrival(self.owner, self.oil, ref=order["poNumber"], supplierBatch=supplier_batch, expiresOn=expires_on)
        line = bought["items"][0]["id"]
        self.made(f"/api/purchase-orders/{order['id']}/receipts", items=[{"poItemId": line, "quantity": quantity}])
        return batches_of(self.owner, self.oil)[-1]

    def produce(self, quantity: int) -> tuple[str, dict[str, Any]]:
        """The id of the receipt, and the batch of bars."""
        order = self.made(
            "/api/production-orders",
            status="Placed",
            locationId=self.location,
            items=[{"skuId": self.bar, "quantity": quantity, "productionCost": 1}],
        )["productionOrder"]
        path = f"/api/production-orders/{order['id']}/receipts"
        receipt = self.made(path, items=[{"skuId": self.bar, "quantity": quantity}])["receipt"]
        return receipt["id"], batches_of(self.owner, self.bar)[-1]

    def assemble(self, quantity: int) -> tuple[str, dict[str, Any]]:
        order = self.made(
            "/api/work-orders",
            status="Placed",
            workSiteLocationId=self.location,
            items=[{"skuId": self.set, "quantity": quantity, "conversionCost": 1}],
        )["workOrder"]
        path = f"/api/work-orders/{order['id']}/receipts"
        receipt = self.made(path, items=[{"skuId": self.set, "quantity": quantity}])["receipt"]
        return receipt["id"], batches_of(self.owner, self.set)[-1]

    def sell(self, sku: str, quantity: int) -> dict[str, Any]:
        order = self.made(
            "/api/sales-orders",
            customerId=self.customer,
            channelId=self.channel,
            status="Entered",
            fulfillmentStatus="Pending",
            fulfillmentLocationId=self.location,
            mabd="2026-12-18",
            items=[{"skuId": sku, "quantity": quantity, "unitPrice": 16.5}],
        )["salesOrder"]
        self.turn(order, "Shipped")
        return order

    def turn(self, order: dict[str, Any], status: str) -> None:
        response = self.owner.patch(f"/api/sales-orders/{order['id']}", {"status": status})
        assert response.status_code == 200, response.text

    def trace(self, batch: dict[str, Any]) -> dict[str, Any]:
        return dict(self.owner.get(TRACE.format(batch["id"])).json())


@pytest.fixture
def maker(owner: Caller) -> Maker:
    return Maker(owner)


def numbers(batches: list[dict[str, Any]]) -> set[str]:
    return {batch["number"] for batch in batches}


def shipped(trace: dict[str, Any]) -> list[tuple[str, str]]:
    return sorted((shipment["ref"], shipment["quantity"]) for shipment in trace["shipments"])


def test_batch_is_traced_from_the_supplier_to_the_customer_and_back(maker: Maker, pharus_server: Server) -> None:
    late = maker.buy(100, "SAMPLE-LATE", "2028-01-31")
    early = maker.buy(30, "SAMPLE-EARLY", "2027-01-31")
    assert (early["supplierBatch"], early["expiresOn"]) == ("SAMPLE-EARLY", "2027-01-31")
    # 20 bars take 40 of oil: all of the batch that expires first, and 10 of the other.
    _, bars = maker.produce(20)
    _, more_bars = maker.produce(5)
    _, sets = maker.assemble(6)
    first, second = maker.sell(maker.set, 4), maker.sell(maker.bar, 7)

    found = maker.trace(early)
    assert (found["madeOf"], numbers(found["madeInto"])) == ([], {bars["number"], sets["number"]})
    assert [(origin["batchId"], origin["quantity"]) for origin in found["origins"]] == [(early["id"], "30")]
    # 18 of the first 20 bars went into sets, so 2 of them and the other 5 were sold as bars.
    assert shipped(found) == [(first["soNumber"], "4"), (second["soNumber"], "2")]

    back = maker.trace(sets)
    assert numbers(back["madeOf"]) == {bars["number"], early["number"], late["number"]}
    assert {origin["batchId"] for origin in back["origins"]} == {early["id"], late["id"]}
    assert shipped(back) == [(first["soNumber"], "4")]
    assert numbers(maker.trace(late)["madeInto"]) == {bars["number"], more_bars["number"], sets["number"]}
    assert maker.trace(more_bars)["madeInto"] == []

    checked = pharus_server.command("check")
    assert (checked.returncode, checked.stdout) == (0, ""), checked.stdout


def test_what_is_taken_back_is_on_no_way(maker: Maker, pharus_server: Server) -> None:
    oil = maker.buy(100, "SAMPLE-1", "2028-01-31")
    _, bars = maker.produce(20)
    assembled, sets = maker.assemble(4)
    sold = maker.sell(maker.set, 4)
    maker.turn(sold, "In-Dispute")
    maker.turn(sold, "Rejected")
    assert shipped(maker.trace(oil)) == []
    assert maker.owner.delete(f"/api/work-order-receipts/{assembled}").status_code == 200
    found = maker.trace(oil)
    assert numbers(found["madeInto"]) == {bars["number"]}
    assert maker.trace(sets)["madeOf"] == []
    # The bars are there again, and can be used for something else.
    _, again = maker.assemble(6)
    assert numbers(maker.trace(oil)["madeInto"]) == {bars["number"], again["number"]}
    checked = pharus_server.command("check")
    assert (checked.returncode, checked.stdout) == (0, ""), checked.stdout


def test_ways_that_part_and_meet_are_followed_once(maker: Maker) -> None:
    """One batch of oil in ten batches of bars, all of them in one set."""
    oil = maker.buy(100, "SAMPLE-1", "2028-01-31")
    made = {maker.produce(3)[1]["number"] for _ in range(10)}
    _, sets = maker.assemble(10)
    assert numbers(maker.trace(oil)["madeInto"]) == {*made, sets["number"]}
    assert len(maker.trace(sets)["madeOf"]) == 11
