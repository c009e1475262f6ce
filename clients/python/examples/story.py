"""A small maker buys oil, makes soap of it, sells some, and undoes all of that. Prints the figures, one a line.

Arguments: the server's address, a token of an admin, and eight figures (see the end of the file).
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from decimal import Decimal

from pharus_client import Client, refusals
from pharus_client.models import BomItemInput, FinishedGoodsSummary, MaterialCreate, MaterialsSummary


@dataclass(frozen=True)
class Figures:
    bought: Decimal
    unit_cost: Decimal
    per_unit: Decimal
    made: Decimal
    conversion_cost: Decimal
    sold: Decimal
    unit_price: Decimal
    ounces: Decimal


@dataclass
class Story:
    client: Client
    figures: Figures
    location: str = ""
    vendor: str = ""
    oil: str = ""
    soap: str = ""

    def tell(self) -> None:
        self.set_up()
        arrival = self.buy()
        output = self.make()
        sale = self.sell()
        self.client.sales_orders.delete_sales_order(sale)
        self.client.work_orders.delete_work_order_receipt(output)
        say("undone.onHand", self.finished()["onHand"])
        self.client.purchase_orders.delete_purchase_order_receipt(arrival)
        say("undone.materialOnHand", self.material()["onHand"])
        say("undone.materialValue", self.material()["value"])

    def set_up(self) -> None:
        client = self.client
        self.location = client.locations.create_location({"name": "Example workshop"})["id"]
        self.vendor = client.vendors.create_vendor({"name": "Sample Oils"})["id"]
        material_type = client.materials.create_material_type({"name": "Raw materials"})["id"]
        oil: MaterialCreate = {"code": "OIL-1", "name": "Example oil", "typeId": material_type}
        self.oil = client.materials.create_material(oil)["id"]
        try:
            client.materials.create_material(oil)
        except refusals.Conflict as refused:
            say("refused.code", refused.code)
        client.materials.create_material({"code": "LYE-1", "name": "Example lye", "typeId": material_type})
        say("listed.materials", len({material["id"] for material in client.materials.list_materials(limit=1)}))
        sku_type = client.products.create_sku_type({"name": "Soaps"})["id"]
        soap = client.products.create_sku(
            {"code": "SOAP-1", "name": "Example soap", "typeId": sku_type, "ozPerItem": self.figures.ounces}
        )
        self.soap = soap["id"]
        say("sku.ozPerItem", soap["ozPerItem"])
        line: BomItemInput = {"materialId": self.oil, "quantity": self.figures.per_unit}
        client.bom.create_bom({"outputSkuId": self.soap, "items": [line]})

    def buy(self) -> str:
        orders = self.client.purchase_orders
        bought = self.figures.bought
        order = orders.create_purchase_order(
            {
                "vendorId": self.vendor,
                "targetType": "materials",
                "status": "Placed",
                "shipToLocationId": self.location,
                "items": [{"materialId": self.oil, "quantity": bought, "unitCost": self.figures.unit_cost}],
            }
        )
        say("bought.quantity", order["items"][0]["quantity"])
        say("bought.unitCost", order["items"][0]["unitCost"])
        order_id = order["purchaseOrder"]["id"]
        # Only if nobody has changed the order since: its version is that of what was read.
        seen = orders.get_purchase_order(order_id)
        arrived = orders.create_purchase_order_receipt(
            order_id, {"items": [{"poItemId": order["items"][0]["id"], "quantity": bought}]}, if_match=seen
        )
        say("bought.onHand", self.material()["onHand"])
        say("bought.averageCost", self.material()["averageCost"])
        say("bought.value", self.material()["value"])
        return arrived["receipt"]["id"]

    def make(self) -> str:
        orders = self.client.work_orders
        order = orders.create_work_order(
            {
                "status": "Placed",
                "workSiteLocationId": self.location,
                "items": [
                    {
                        "skuId": self.soap,
                        "quantity": int(self.figures.made),
                        "conversionCost": self.figures.conversion_cost,
                    }
                ],
            }
        )
        order_id = order["workOrder"]["id"]
        produced = orders.create_work_order_receipt(
            order_id, {"items": [{"skuId": self.soap, "quantity": self.figures.made}]}
        )
        say("made.materialOnHand", self.material()["onHand"])
        say("made.onHand", self.finished()["onHand"])
        say("made.value", self.finished()["value"])
        return produced["receipt"]["id"]

    def sell(self) -> str:
        client = self.client
        customer_type = client.customers.create_customer_type({"name": "Shops"})["id"]
        customer = client.customers.create_customer({"name": "Sample Shop", "typeId": customer_type})["id"]
        channel = client.sales_orders.create_order_channel({"name": "Wholesale"})["id"]
        sale = client.sales_orders.create_sales_order(
            {
                "customerId": customer,
                "channelId": channel,
                "status": "Entered",
                "fulfillmentStatus": "Pending",
                "fulfillmentLocationId": self.location,
                "mabd": "2026-12-24",
                "items": [
                    {"skuId": self.soap, "quantity": int(self.figures.sold), "unitPrice": self.figures.unit_price}
                ],
            }
        )
        say("sold.quantity", sale["items"][0]["quantity"])
        say("sold.unitPrice", sale["items"][0]["unitPrice"])
        order_id = sale["salesOrder"]["id"]
        client.sales_orders.update_sales_order(order_id, {"status": "Shipped", "fulfillmentStatus": "Fulfilled"})
        say("sold.onHand", self.finished()["onHand"])
        return order_id

    def material(self) -> MaterialsSummary:
        found = self.client.materials_inventory.get_materials_summary(material_id=self.oil, location_id=self.location)
        return found["data"][0]

    def finished(self) -> FinishedGoodsSummary:
        found = self.client.finished_goods_inventory.get_finished_goods_summary(
            sku_id=self.soap, location_id=self.location
        )
        return found["data"][0]


def say(name: str, value: object) -> None:
    """A Decimal without an exponent."""
    sys.stdout.write(f"{name} {value:f}\n" if isinstance(value, Decimal) else f"{name} {value}\n")


if __name__ == "__main__":
    _, address, token, *figures = sys.argv
    with Client(address, token) as client:
        Story(client, Figures(*map(Decimal, figures))).tell()
