"""A maker whose material and SKU are told apart by lots, worked by the operations themselves: no server between."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, TypeVar

from pharus.db import db, run
from plugins.inventory import integrity as of_ledgers
from plugins.inventory import operations as inventory
from plugins.inventory.ledgers import LEDGERS
from plugins.lots import integrity
from plugins.lots import operations as lots
from plugins.manufacturing import operations as manufacturing
from plugins.purchase_orders import operations as purchase_orders
from plugins.sales_orders import operations as sales_orders
from tests import factories
from tests.pharus.acting import owner_of

T = TypeVar("T")
Json = dict[str, Any]
# How much of a lot is on hand at a place, and on its way there.
Stock = Mapping[tuple[str, str], tuple[Decimal, Decimal]]


class Maker:
    """Two units of the material make one of the SKU; three of that and one of the material make a set."""

    def __init__(self, *, tracking: str = "lots") -> None:
        self.org_id = factories.make_organization().id
        org_id = self.org_id
        self.places = [factories.make_location(org_id, sort_order=number) for number in range(2)]
        self.material = factories.make_material(org_id, lot_tracking=tracking)
        self.sku = factories.make_sku(org_id, lot_tracking=tracking)
        self.set = factories.make_sku(org_id, lot_tracking=tracking)
        factories.make_bom_item(org_id, sku_id=self.sku, material_id=self.material, quantity=2)
        factories.make_bom_item(org_id, sku_id=self.set, input_sku_id=self.sku, quantity=3)
        factories.make_bom_item(org_id, sku_id=self.set, material_id=self.material, quantity=1, position=1)
        self.vendor, self.customer = factories.make_vendor(org_id), factories.make_customer(org_id)
        self.channel = factories.make_order_channel(org_id)

    def do(self, work: Callable[..., T], *arguments: Any, **named: Any) -> T:
        """In a unit of work of its own, begun anew where others are in its way, as a request is."""
        return run(owner_of(self.org_id), lambda _: work(*arguments, **named))

    def buy(self, quantity: Any, place: int = 0) -> Json:
        """An order of the material, on its way."""
        body = {
            "vendorId": self.vendor,
            "targetType": "materials",
            "status": "Placed",
            "shipToLocationId": self.places[place],
            "items": [{"materialId": self.material, "quantity": quantity, "unitCost": 2}],
        }
        return dict(self.do(purchase_orders.create_purchase_order, body))

    def receive(self, order: Json, quantity: Any, **said: Any) -> Json:
        line = {"poItemId": order["items"][0]["id"], "quantity": quantity, **said}
        id = order["purchaseOrder"]["id"]
        return dict(self.do(purchase_orders.create_purchase_order_receipt, id, {"items": [line]}))

    def plan(self, quantity: int, sku: str | None = None, place: int = 0) -> Json:
        """A work order in production."""
        body = {
            "status": "Production",
            "workSiteLocationId": self.places[place],
            "items": [{"skuId": sku or self.sku, "quantity": quantity, "conversionCost": 1}],
        }
        return dict(self.do(manufacturing.create_work_order, body))

    def make(self, order: Json, quantity: int, **said: Any) -> Json:
        line = {"skuId": order["items"][0]["skuId"], "quantity": quantity, **said}
        id = order["workOrder"]["id"]
        return dict(self.do(manufacturing.create_work_order_receipt, id, {"items": [line]}))

    def sell(self, quantity: int, sku: str | None = None, place: int = 0) -> Json:
        """An order that is promised."""
        body = {
            "customerId": self.customer,
            "channelId": self.channel,
            "status": "Entered",
            "fulfillmentStatus": "Pending",
            "fulfillmentLocationId": self.places[place],
            "mabd": "2026-06-01",
            "items": [{"skuId": sku or self.sku, "quantity": quantity, "unitPrice": 9}],
        }
        return dict(self.do(sales_orders.create_sales_order, body))

    def ship(self, order: Json, quantity: int, **said: Any) -> Json:
        line = {"soItemId": order["items"][0]["id"], "quantity": quantity, **said}
        return dict(self.do(sales_orders.create_sales_order_shipment, order["salesOrder"]["id"], {"items": [line]}))

    def send_back(self, shipment_id: str, order: Json, quantity: int, **said: Any) -> Json:
        line = {"soItemId": order["items"][0]["id"], "quantity": quantity, **said}
        return dict(self.do(sales_orders.create_sales_order_return, shipment_id, {"items": [line]}))

    def adjust(self, quantity: Any, place: int = 0, **said: Any) -> Json:
        """Of the material."""
        body = {"materialId": self.material, "locationId": self.places[place], "quantity": quantity, **said}
        return dict(self.do(inventory.adjust_materials_inventory, body))

    def used(self, **lots: Any) -> Json:
        """For `inputs` of a receipt: so much of these lots of the material."""
        return {"materialId": self.material, "used": sum(lots.values()), "lots": named(**lots)}

    def move(self, quantity: Any, **said: Any) -> str:
        """Of the material, from the first place to the second; the ref of the transfer."""
        source, destination = self.places
        body = {
            "materialId": self.material,
            "sourceLocationId": source,
            "destinationLocationId": destination,
            "quantity": quantity,
            **said,
        }
        return str(self.do(inventory.create_materials_transfer, body)["ref"])

    def lot(self, code: str) -> Json:
        (row,) = self.do(db.rows, "SELECT id FROM lot WHERE org_id = %s AND code = %s", (self.org_id, code))
        return dict(self.do(lots.get_lot, row[0]))

    def stock(self) -> Stock:
        """What there is of each lot, by its code and the place."""
        rows = self.do(
            db.rows,
            "SELECT code, location_id, on_hand, in_transit FROM lot_balance AS there JOIN lot ON lot.id = lot_id "
            "WHERE there.org_id = %s AND (on_hand > 0 OR in_transit > 0)",
            (self.org_id,),
        )
        return {(code, location_id): (on_hand, in_transit) for code, location_id, on_hand, in_transit in rows}

    def on_hand(self, place: int = 0) -> dict[str, int]:
        found = {code: on_hand for (code, id), (on_hand, _) in self.stock().items() if id == self.places[place]}
        return {code: int(quantity) for code, quantity in sorted(found.items()) if quantity}

    def discrepancies(self) -> list[str]:
        """What `pharus check` says of lots and of both ledgers."""
        return integrity.of_organization(self.org_id) + [
            sentence for ledger in LEDGERS for sentence in of_ledgers.of_organization(self.org_id, ledger)
        ]


def named(**quantities: Any) -> list[Json]:
    """For `lots` of a request: so much of each, by its code."""
    return [{"code": code, "quantity": quantity} for code, quantity in quantities.items()]
