"""The hooks before and behind a step, as the domains make it: all four kinds of orders, and both ledgers."""

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, cast

import pytest

from pharus import hooks
from pharus.db import Unit, unit_of_work
from pharus.errors import Vetoed
from pharus.external import External
from pharus.hooks import Plugins, hookimpl
from pharus.steps import Receipt, Shipment, StatusChange, Transfer
from pharus.stock import StockLedger, StockPosting, reserves
from plugins import manager
from plugins.inventory import engine
from plugins.inventory import operations as inventory
from plugins.inventory.ledgers import FINISHED_GOODS, MATERIALS
from plugins.inventory.postings import Posting
from plugins.manufacturing import operations as manufacturing
from plugins.purchase_orders import operations as purchase_orders
from plugins.sales_orders import operations as sales_orders
from tests import factories
from tests.factories import Organization
from tests.pharus.acting import owner_of
from tests.pharus.modules import module

Json = Any


@dataclass
class Seen:
    """What the plugin was told, in its order. It refuses whatever `refuses` is true of."""

    said: list[tuple[Any, ...]] = field(default_factory=list)
    refuses: Callable[[tuple[Any, ...]], bool] = lambda said: False

    def note(self, *said: Any) -> None:
        self.said.append(said)
        if self.refuses(said):
            raise Vetoed("the inspector is on holiday", "no_inspector", details={"until": "Monday"})

    def take(self) -> list[tuple[Any, ...]]:
        taken, self.said = self.said, []
        return taken


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch, database_url: str) -> Seen:
    seen = Seen()

    def on_statuses(when: str) -> object:
        def note(changes: list[StatusChange]) -> None:
            for each in changes:
                status = each.order.get("status") or each.order["orderStatus"]
                seen.note(when, each.table, each.before, each.after, status)

        return hookimpl(note)

    @hookimpl
    def before_receipt(receipt: Receipt) -> None:
        assert (receipt.receipt, receipt.items) == (None, ())
        seen.note("before receipt", receipt.table, receipt.order["status"], len(receipt.request["items"]))

    @hookimpl
    def after_receipt(receipt: Receipt) -> None:
        assert receipt.receipt is not None
        seen.note("after receipt", receipt.table, receipt.order["status"], receipt.items[0]["receiptId"])

    @hookimpl
    def before_shipment(shipment: Shipment) -> None:
        seen.note("before shipment", shipment.order["orderStatus"], shipment.request.get("carrier"))

    @hookimpl
    def after_shipment(shipment: Shipment) -> None:
        assert shipment.shipment is not None
        seen.note("after shipment", shipment.order["orderStatus"], shipment.shipment["shipmentNumber"][:3])

    @hookimpl
    def before_transfer(transfer: Transfer) -> None:
        seen.note("before transfer", transfer.item, transfer.stage, transfer.ref and transfer.ref[:3])

    @hookimpl
    def after_transfer(transfer: Transfer) -> None:
        assert transfer.entry is not None
        seen.note("after transfer", transfer.item, transfer.stage, transfer.ref and transfer.ref[:3])

    other = module(
        "pharus_quality",
        before_status_changes=on_statuses("before"),
        after_status_changes=on_statuses("after"),
        **{each.__name__: each for each in (before_receipt, after_receipt, before_shipment, after_shipment)},
        **{each.__name__: each for each in (before_transfer, after_transfer)},
    )
    monkeypatch.setattr(hooks, "_loaded", Plugins(manager.load(()).modules, [External("quality", other)]))
    return seen


def receive(org_id: str, item: str, location: str, quantity: int, *, is_sku: bool = False) -> None:
    posting = Posting(item, location, "RECEIVE", Decimal(quantity), unit_cost=Decimal(2))
    with unit_of_work(owner_of(org_id)):
        engine.post(FINISHED_GOODS if is_sku else MATERIALS, [posting])


def purchase(org_id: str, status: str = "Planning") -> Json:
    body = {
        "vendorId": factories.make_vendor(org_id),
        "targetType": "materials",
        "status": status,
        "shipToLocationId": factories.make_location(org_id),
        "items": [{"materialId": factories.make_material(org_id), "quantity": Decimal(10), "unitCost": Decimal(2)}],
    }
    with unit_of_work(owner_of(org_id)):
        return purchase_orders.create_purchase_order(cast(Any, body))


def test_a_purchase_order_tells_of_its_statuses_and_receipts(organization: Organization, seen: Seen) -> None:
    made = purchase(organization.id)
    assert seen.take() == [
        ("before", "purchase_order", None, "Planning", "Planning"),
        ("after", "purchase_order", None, "Planning", "Planning"),
    ]
    id, line = made["purchaseOrder"]["id"], made["items"][0]["id"]
    with unit_of_work(owner_of(organization.id)):
        purchase_orders.update_purchase_order(id, {"notes": "By boat."})
    assert seen.take() == []
    with unit_of_work(owner_of(organization.id)):
        purchase_orders.update_purchase_order(id, {"status": "Placed"})
    assert seen.take() == [
        ("before", "purchase_order", "Planning", "Placed", "Planning"),
        ("after", "purchase_order", "Planning", "Placed", "Placed"),
    ]
    with unit_of_work(owner_of(organization.id)):
        body: Json = {"items": [{"poItemId": line, "quantity": Decimal(4)}]}
        received = purchase_orders.create_purchase_order_receipt(id, body)
    receipt = received["receipt"]["id"]
    assert seen.take() == [
        ("before receipt", "purchase_order", "Placed", 1),
        ("before", "purchase_order", "Placed", "Partial", "Placed"),
        ("after", "purchase_order", "Placed", "Partial", "Partial"),
        ("after receipt", "purchase_order", "Partial", receipt),
    ]
    with unit_of_work(owner_of(organization.id)):
        purchase_orders.delete_purchase_order_receipt(receipt)
    assert [said[:4] for said in seen.take()] == [
        ("before", "purchase_order", "Partial", "Placed"), ("after", "purchase_order", "Partial", "Placed"),
    ]  # fmt: skip


def test_a_veto_stops_the_step_and_says_whose_it_is(organization: Organization, seen: Seen) -> None:
    id = purchase(organization.id)["purchaseOrder"]["id"]
    seen.refuses = lambda said: said[:1] + said[3:4] == ("before", "Placed")
    with pytest.raises(Vetoed, match="the inspector is on holiday") as caught, unit_of_work(owner_of(organization.id)):
        purchase_orders.update_purchase_order(id, {"status": "Placed"})
    assert (caught.value.status, caught.value.code) == (409, "conflict")
    assert caught.value.details == {"plugin": "quality", "code": "no_inspector", "until": "Monday"}
    with unit_of_work(owner_of(organization.id)):
        assert purchase_orders.get_purchase_order(id)["purchaseOrder"]["status"] == "Planning"
    # What is refused behind the step is taken back with all that it wrote.
    seen.refuses = lambda said: said[0] == "after"
    with pytest.raises(Vetoed), unit_of_work(owner_of(organization.id)):
        purchase_orders.update_purchase_order(id, {"status": "Placed"})
    with unit_of_work(owner_of(organization.id)):
        assert purchase_orders.get_purchase_order(id)["purchaseOrder"]["status"] == "Planning"


def test_many_new_orders_are_told_together_and_refused_together(organization: Organization, seen: Seen) -> None:
    org_id = organization.id
    location, item = factories.make_location(org_id), factories.make_sku(org_id)
    row: Json = {
        "customerId": factories.make_customer(org_id),
        "channelId": factories.make_order_channel(org_id),
        "status": "Entered",
        "fulfillmentStatus": "Pending",
        "fulfillmentLocationId": location,
        "mabd": "2026-12-01",
        "items": [{"skuId": item, "quantity": 3, "unitPrice": Decimal(4)}],
    }
    with unit_of_work(owner_of(org_id)):
        sales_orders.bulk_import_sales_orders({"rows": [row, row]}, "all_or_nothing", "false")
    assert seen.take() == [
        (when, "sales_order", None, "Entered", "Entered") for when in ("before", "before", "after", "after")
    ]
    seen.refuses = lambda said: said[0] == "before"
    with pytest.raises(Vetoed), unit_of_work(owner_of(org_id)):
        sales_orders.bulk_import_sales_orders({"rows": [row, row]}, "all_or_nothing", "false")
    with unit_of_work(owner_of(org_id)):
        assert len(sales_orders.list_sales_orders()["data"]) == 2


def test_a_sales_order_tells_of_its_shipments(organization: Organization, seen: Seen) -> None:
    org_id = organization.id
    location, item = factories.make_location(org_id), factories.make_sku(org_id)
    receive(org_id, item, location, 10, is_sku=True)
    body: Json = {
        "customerId": factories.make_customer(org_id),
        "channelId": factories.make_order_channel(org_id),
        "status": "Entered",
        "fulfillmentStatus": "Pending",
        "fulfillmentLocationId": location,
        "mabd": "2026-12-01",
        "items": [{"skuId": item, "quantity": 3, "unitPrice": Decimal(4)}],
    }
    with unit_of_work(owner_of(org_id)):
        made = sales_orders.create_sales_order(body)
    seen.take()
    id, line = made["salesOrder"]["id"], made["items"][0]["id"]
    with unit_of_work(owner_of(org_id)):
        goods: Json = {"carrier": "Example Post", "items": [{"soItemId": line, "quantity": 3}]}
        shipped = sales_orders.create_sales_order_shipment(id, goods)
    assert seen.take() == [
        ("before shipment", "Entered", "Example Post"),
        ("before", "sales_order", "Entered", "Shipped", "Entered"),
        ("after", "sales_order", "Entered", "Shipped", "Shipped"),
        ("after shipment", "Shipped", "SHP"),
    ]
    with unit_of_work(owner_of(org_id)):
        sales_orders.delete_sales_order_shipment(shipped["shipment"]["id"])
        sales_orders.update_sales_order(id, {"status": "Rejected"})
        sales_orders.reopen_sales_order(id)
    assert [(said[0], *said[2:4]) for said in seen.take() if said[0] == "before"] == [
        ("before", "Shipped", "Entered"), ("before", "Entered", "Rejected"), ("before", "Rejected", "Entered"),
    ]  # fmt: skip


@pytest.mark.parametrize(("kind", "table"), [("work", "work_order"), ("production", "production_order")])
def test_an_order_of_what_is_made_tells_of_its_receipts(
    kind: str, table: str, organization: Organization, seen: Seen
) -> None:
    org_id = organization.id
    location, made_of = factories.make_location(org_id), factories.make_material(org_id)
    item = factories.make_sku(org_id)
    factories.make_bom_item(org_id, sku_id=item, material_id=made_of, quantity=2)
    receive(org_id, made_of, location, 100)
    create = getattr(manufacturing, f"create_{kind}_order")
    cost = {"work": "conversionCost", "production": "productionCost"}[kind]
    with unit_of_work(owner_of(org_id)):
        where = "workSiteLocationId" if kind == "work" else "locationId"
        made = create(
            {where: location, "status": "Placed", "items": [{"skuId": item, "quantity": 5, cost: Decimal(1)}]}
        )
    id = made[f"{kind}Order"]["id"]
    assert [said[:4] for said in seen.take()] == [("before", table, None, "Placed"), ("after", table, None, "Placed")]
    with unit_of_work(owner_of(org_id)):
        getattr(manufacturing, f"create_{kind}_order_receipt")(id, {"items": [{"skuId": item, "quantity": Decimal(5)}]})
    assert [said[:2] if "receipt" in said[0] else (said[0], *said[2:4]) for said in seen.take()] == [
        ("before receipt", table),
        ("before", "Placed", "Production"),
        ("after", "Placed", "Production"),
        ("before", "Production", "Received"),
        ("after", "Production", "Received"),
        ("after receipt", table),
    ]
    with unit_of_work(owner_of(org_id)):
        update = getattr(manufacturing, f"update_{kind}_order")
        other = create(
            {where: location, "status": "Draft", "items": [{"skuId": item, "quantity": 5, cost: Decimal(1)}]}
        )
        seen.take()
        update(other[f"{kind}Order"]["id"], {"status": "Placed"})
    assert [said[2:4] for said in seen.take()] == [("Draft", "Placed")] * 2


@pytest.mark.parametrize("item", ["material", "sku"])
def test_a_transfer_tells_of_its_stages(item: str, organization: Organization, seen: Seen) -> None:
    org_id = organization.id
    here, there = factories.make_location(org_id), factories.make_location(org_id)
    of = factories.make_sku(org_id) if item == "sku" else factories.make_material(org_id)
    receive(org_id, of, here, 10, is_sku=item == "sku")
    name = "finished_goods" if item == "sku" else "materials"
    body = {f"{item}Id": of, "sourceLocationId": here, "destinationLocationId": there, "quantity": Decimal(4)}
    create, complete, cancel = (
        getattr(inventory, f"{verb}_{name}_transfer") for verb in ("create", "complete", "cancel")
    )
    with unit_of_work(owner_of(org_id)):
        ref = create(body)["ref"]
        complete(ref, {"quantity": Decimal(1)})
        cancel(ref, {})
    prefix = ref[:3]
    assert seen.take() == [
        ("before transfer", item, "sent", None), ("after transfer", item, "sent", prefix),
        ("before transfer", item, "completed", prefix), ("after transfer", item, "completed", prefix),
        ("before transfer", item, "cancelled", prefix), ("after transfer", item, "cancelled", prefix),
    ]  # fmt: skip
    seen.refuses = lambda said: said[:3] == ("before transfer", item, "sent")
    with pytest.raises(Vetoed), unit_of_work(owner_of(org_id)):
        create(body)


def test_a_reservation_is_refused_whatever_asks_for_it(
    organization: Organization, monkeypatch: pytest.MonkeyPatch, unit: Unit
) -> None:
    """The balances are locked by then, and nothing is written: also where goods leave without having been promised."""
    reserved: list[tuple[str, str, str]] = []

    @hookimpl
    def before_stock_posted(ledger: StockLedger, postings: list[StockPosting]) -> None:
        for each in filter(reserves, postings):
            reserved.append((ledger.item, each.event_type, str(each.quantity)))
            if each.quantity > 5:
                raise Vetoed("no more than five of it are promised to one order", "too_many")

    other = External("quality", module("pharus_quality", before_stock_posted=before_stock_posted))
    monkeypatch.setattr(hooks, "_loaded", Plugins(manager.load(()).modules, [other]))
    org_id = unit.org_id
    location, item = factories.make_location(org_id), factories.make_sku(org_id)
    engine.post(FINISHED_GOODS, [Posting(item, location, "RECEIVE", Decimal(10), unit_cost=Decimal(2))])
    assert reserved == []
    line: Json = {"skuId": item, "quantity": 5, "unitPrice": Decimal(4)}
    body: Json = {
        "customerId": factories.make_customer(org_id),
        "channelId": factories.make_order_channel(org_id),
        "status": "Shipped",
        "fulfillmentStatus": "Pending",
        "fulfillmentLocationId": location,
        "mabd": "2026-12-01",
        "items": [line],
    }
    sales_orders.create_sales_order(body)
    assert reserved == [("sku", "DEMAND", "5"), ("sku", "ALLOCATE", "5")]
    with pytest.raises(Vetoed, match="no more than five"):
        sales_orders.create_sales_order({**body, "status": "Received", "items": [{**line, "quantity": 6}]})
