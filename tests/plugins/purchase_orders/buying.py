"""A small world for tests of purchase orders: an organization that buys, and a way to look at its stock."""

from dataclasses import dataclass, field
from typing import Any

import httpx

from plugins.inventory import integrity
from plugins.inventory.ledgers import LEDGERS
from plugins.purchase_orders import commitments
from tests import factories
from tests.api import Api
from tests.factories import Organization

Json = dict[str, Any]


@dataclass
class Buying:
    organization: Organization
    api: Api
    vendor: str = ""
    location: str = ""
    materials: list[str] = field(default_factory=list)
    skus: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        org_id = self.organization.id
        self.vendor = factories.make_vendor(org_id, name="Example Oils")
        self.location = factories.make_location(org_id)
        material_type, sku_type = factories.make_material_type(org_id), factories.make_sku_type(org_id)
        self.materials = [factories.make_material(org_id, type_id=material_type) for _ in range(3)]
        self.skus = [factories.make_sku(org_id, type_id=sku_type) for _ in range(2)]

    def body(self, *items: Json, **values: Any) -> Json:
        """A request for an order of materials at Placed, 10 of the first at 2.5 by default."""
        return {
            "vendorId": self.vendor,
            "targetType": "materials",
            "status": "Placed",
            "shipToLocationId": self.location,
            "items": list(items) or [self.line()],
            **values,
        }

    def line(self, material: int = 0, quantity: object = 10, unit_cost: object = 2.5) -> Json:
        return {"materialId": self.materials[material], "quantity": quantity, "unitCost": unit_cost}

    def order(self, *items: Json, **values: Any) -> Json:
        """A created order: {purchaseOrder, items}."""
        created = self.api.post("/api/purchase-orders", self.body(*items, **values))
        assert created.status_code == 201, created.text
        return dict(created.json())

    def reopen(self, order: Json) -> httpx.Response:
        return self.api.post(f"/api/purchase-orders/{order['purchaseOrder']['id']}/reopen")

    def receive(self, order: Json, *quantities: object, **values: Any) -> httpx.Response:
        """Receive these quantities of the order's lines, in their order; None leaves a line out."""
        lines = [
            {"poItemId": item["id"], "quantity": quantity}
            for item, quantity in zip(order["items"], quantities, strict=False)
            if quantity is not None
        ]
        return self.api.post(
            f"/api/purchase-orders/{order['purchaseOrder']['id']}/receipts", {"items": lines, **values}
        )

    def update(self, order: Json, **values: Any) -> httpx.Response:
        return self.api.patch(f"/api/purchase-orders/{order['purchaseOrder']['id']}", values)

    def status(self, order: Json) -> str:
        return str(self.get(order)["purchaseOrder"]["status"])

    def get(self, order: Json) -> Json:
        return dict(self.api.get(f"/api/purchase-orders/{order['purchaseOrder']['id']}").json())

    def stock(self, material: int = 0, location: str | None = None) -> tuple[str, str, str]:
        """On hand, on order and value of a material at a location."""
        rows = self.api.get("/api/materials-inventory/summary").json()["data"]
        for row in rows:
            if (row["materialId"], row["locationId"]) == (self.materials[material], location or self.location):
                return row["onHand"], row["onOrder"], row["value"]
        return "0", "0", "0"

    def entries(self, ref: str) -> list[tuple[str, str]]:
        """Type and quantity of the ledger's rows of an order, oldest first."""
        rows = self.api.get("/api/materials-inventory/ledger", ref=ref).json()["data"]
        return [(row["eventType"], row["quantity"]) for row in reversed(rows)]

    def discrepancies(self) -> list[str]:
        """What `pharus check` says of the organization."""
        org_id = self.organization.id
        in_ledgers = [discrepancy for ledger in LEDGERS for discrepancy in integrity.of_organization(org_id, ledger)]
        return in_ledgers + integrity.of_orders(org_id, commitments.all_commitments)
