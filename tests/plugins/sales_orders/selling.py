"""A small world for tests of sales orders: an organization that sells, with stock, and a way to look at it."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import httpx

from pharus.db import unit_of_work
from pharus.identity import Actor, Role
from plugins.inventory import engine, integrity
from plugins.inventory.ledgers import FINISHED_GOODS
from plugins.inventory.postings import Posting
from plugins.sales_orders import integrity as of_orders
from tests import factories
from tests.api import Api
from tests.factories import Organization

Json = dict[str, Any]

# Statuses that a test can create an order at and see what it holds: on hand is 100 before.
NOTHING = ("100", "0", "0")
DEMAND = ("100", "10", "0")
ALLOCATED = ("100", "0", "10")
GONE = ("90", "0", "0")


@dataclass
class Selling:
    organization: Organization
    api: Api
    customer: str = ""
    channel: str = ""
    location: str = ""
    skus: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        org_id = self.organization.id
        self.customer = factories.make_customer(org_id, name="Example Grocers")
        self.channel = factories.make_order_channel(org_id)
        self.location = factories.make_location(org_id)
        sku_type = factories.make_sku_type(org_id)
        self.skus = [factories.make_sku(org_id, type_id=sku_type) for _ in range(3)]

    def receive(self, quantity: int, unit_cost: object = "2.5", sku: int = 0, location: str | None = None) -> None:
        """Goods arrive at a cost, as from a vendor."""
        posting = Posting(
            self.skus[sku], location or self.location, "RECEIVE", Decimal(quantity), unit_cost=Decimal(str(unit_cost))
        )
        with unit_of_work(Actor(uid="test", org_id=self.organization.id, role=Role.owner)):
            engine.post(FINISHED_GOODS, [posting])

    def body(self, *items: Json, **values: Any) -> Json:
        """A request for an order at Received, 10 of the first SKU at 4 by default."""
        return {
            "customerId": self.customer,
            "channelId": self.channel,
            "status": "Received",
            "fulfillmentStatus": "Pending",
            "fulfillmentLocationId": self.location,
            "mabd": "2026-12-01",
            "items": list(items) or [self.line()],
            **values,
        }

    def line(self, sku: int = 0, quantity: object = 10, unit_price: object = 4) -> Json:
        return {"skuId": self.skus[sku], "quantity": quantity, "unitPrice": unit_price}

    def create(self, *items: Json, **values: Any) -> httpx.Response:
        return self.api.post("/api/sales-orders", self.body(*items, **values))

    def order(self, *items: Json, **values: Any) -> Json:
        """A created order: {salesOrder, items}."""
        created = self.create(*items, **values)
        assert created.status_code == 201, created.text
        return dict(created.json())

    def at(self, *statuses: str) -> Json:
        """An order that went through these statuses, one after another."""
        made = self.order(status=statuses[0])
        for status in statuses[1:]:
            response = self.update(made, status=status)
            assert response.status_code == 200, response.text
        return self.get(made)

    def update(self, order: Json, **values: Any) -> httpx.Response:
        return self.api.patch(self.path(order), values)

    def reopen(self, order: Json) -> httpx.Response:
        return self.api.post(f"{self.path(order)}/reopen")

    def remove(self, order: Json) -> None:
        """Delete the order; one that has ended is reopened first, and a dispute is ended."""
        if self.get(order)["salesOrder"]["orderStatus"] == "In-Dispute":
            self.update(order, status="Rejected")
        while (removed := self.api.delete(self.path(order))).status_code == 409:
            reopened = self.reopen(order)
            assert reopened.status_code == 200, (removed.text, reopened.text)
        assert removed.status_code == 200, removed.text

    def path(self, order: Json) -> str:
        return f"/api/sales-orders/{order['salesOrder']['id']}"

    def get(self, order: Json) -> Json:
        return dict(self.api.get(self.path(order)).json())

    def stock(self, sku: int = 0, location: str | None = None) -> tuple[str, str, str]:
        """On hand, demand and allocated of a SKU at a location."""
        row = self._balance(sku, location)
        return (row["onHand"], row["demand"], row["allocated"]) if row else ("0", "0", "0")

    def value(self, sku: int = 0) -> str:
        row = self._balance(sku, None)
        return str(row["value"]) if row else "0"

    def _balance(self, sku: int, location: str | None) -> Json | None:
        for row in self.api.get("/api/finished-goods-inventory/summary").json()["data"]:
            if (row["skuId"], row["locationId"]) == (self.skus[sku], location or self.location):
                return dict(row)
        return None

    def entries(self, order: Json) -> list[tuple[str, str, str | None]]:
        """Type, quantity and unit cost of the ledger's rows of an order, oldest first."""
        number = order["salesOrder"]["soNumber"]
        rows = self.api.get("/api/finished-goods-inventory/ledger", ref=number).json()["data"]
        return [(row["eventType"], row["quantity"], row["unitCost"]) for row in reversed(rows)]

    def discrepancies(self) -> list[str]:
        org_id = self.organization.id
        return [
            *integrity.of_organization(org_id, FINISHED_GOODS),
            *of_orders.of_organization(org_id),
        ]
