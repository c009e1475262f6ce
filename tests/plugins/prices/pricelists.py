"""A small world for tests of prices: an organization that buys and sells, and short ways to say what costs what."""

from dataclasses import dataclass, field
from typing import Any

import httpx

from tests import factories
from tests.api import Api
from tests.factories import Organization

Json = dict[str, Any]

SUPPLIERS, CUSTOMERS = "/api/supplier-prices", "/api/customer-prices"


@dataclass
class PriceLists:
    organization: Organization
    api: Api
    vendor: str = ""
    material: str = ""
    sku: str = ""
    # A group of shops, one of them below it, and the segment of that one.
    parent: str = ""
    customer: str = ""
    segment: str = ""
    ids: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        org = self.organization.id
        self.vendor, self.material, self.sku = (
            factories.make_vendor(org),
            factories.make_material(org),
            factories.make_sku(org),
        )
        self.segment = factories.make_customer_segment(org)
        self.parent = factories.make_customer(org)
        self.customer = factories.make_customer(org, parent_customer_id=self.parent, customer_segment_id=self.segment)

    def supplier(self, cost: object = "2.5", **values: Any) -> httpx.Response:
        """Create a price of the material at the vendor, from the beginning of 2026 on unless said."""
        return self.api.post(SUPPLIERS, self.of_supplier(cost, **values))

    def of_supplier(self, cost: object = "2.5", **values: Any) -> Json:
        return {
            "vendorId": self.vendor,
            "materialId": self.material,
            "unitCost": cost,
            "validFrom": "2026-01-01",
            **values,
        }

    def to_customers(self, price: object = "4", **values: Any) -> httpx.Response:
        """Create a price of the SKU for everybody, from the beginning of 2026 on unless said."""
        return self.api.post(CUSTOMERS, self.of_customers(price, **values))

    def of_customers(self, price: object = "4", **values: Any) -> Json:
        return {"skuId": self.sku, "unitPrice": price, "validFrom": "2026-01-01", **values}

    def cost(self, quantity: object = 1, day: str = "2026-06-15", **query: Any) -> str | None:
        """What a unit costs."""
        query = {"vendorId": self.vendor, "itemType": "material", "itemId": self.material, **query}
        found = self.api.get(f"{SUPPLIERS}/look-up", quantity=quantity, date=day, **query)
        assert found.status_code == 200, found.text
        cost: str | None = found.json()["unitCost"]
        return cost

    def price(self, quantity: object = 1, day: str = "2026-06-15", **query: Any) -> str | None:
        """What the customer pays for a unit."""
        query = {"skuId": self.sku, "customerId": self.customer, **query}
        found = self.api.get(f"{CUSTOMERS}/look-up", quantity=quantity, date=day, **query)
        assert found.status_code == 200, found.text
        price: str | None = found.json()["unitPrice"]
        return price
