"""A small world for tests of both kinds of order: an organization that makes soap, and a way to look at its stock.

A bar takes 0.5 of the oil and 0.25 of the lye; a box takes two bars and one carton. A work order of boxes takes bars
and cartons, a production order oil, lye and cartons.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, TypeVar

import httpx

from pharus.db import db, unit_of_work
from pharus.identity import Actor, Role
from plugins.inventory import engine
from plugins.inventory import integrity as inventory_faults
from plugins.inventory.ledgers import LEDGERS, MATERIALS, Ledger
from plugins.inventory.postings import Posting
from plugins.manufacturing import integrity
from plugins.manufacturing.order_kinds import PRODUCTION, WORK, OrderKind
from tests import factories
from tests.api import Api
from tests.factories import Organization

Json = dict[str, Any]
T = TypeVar("T")

PATHS = {WORK: "work-order", PRODUCTION: "production-order"}


@dataclass
class Making:
    organization: Organization
    api: Api
    kind: OrderKind
    location: str = ""
    # Ids by name: oil, lye and carton are materials, bar and box SKUs.
    ids: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        org_id = self.organization.id
        self.location = factories.make_location(org_id)
        material_type, sku_type = factories.make_material_type(org_id), factories.make_sku_type(org_id)
        for name in ("oil", "lye", "carton"):
            self.ids[name] = factories.make_material(org_id, type_id=material_type)
        for name in ("bar", "box"):
            self.ids[name] = factories.make_sku(org_id, type_id=sku_type)
        self.bom("bar", oil="0.5", lye="0.25")
        self.bom("box", bar=2, carton=1)

    def bom(self, output: str, **inputs: object) -> None:
        for position, (name, quantity) in enumerate(inputs.items()):
            key = "input_sku_id" if self.is_sku(name) else "material_id"
            factories.make_bom_item(
                self.organization.id,
                sku_id=self.ids[output],
                position=position,
                quantity=quantity,  # type: ignore[arg-type]
                **{key: self.ids[name]},
            )

    def sku(self, name: str, **inputs: object) -> str:
        """A new SKU, with a BOM when inputs are named."""
        self.ids[name] = factories.make_sku(self.organization.id)
        self.bom(name, **inputs)
        return self.ids[name]

    def is_sku(self, name: str) -> bool:
        return db.execute_sql("SELECT FROM sku WHERE id = %s", (self.ids[name],)).fetchone() is not None

    # Requests

    @property
    def root(self) -> str:
        return f"/api/{PATHS[self.kind]}s"

    @property
    def order_key(self) -> str:
        """The key of the order in a response."""
        return self.kind.order_key.removesuffix("Id")

    @property
    def location_key(self) -> str:
        """The key of the location in a request."""
        return "workSiteLocationId" if self.kind is WORK else "locationId"

    def body(self, *items: Json, **values: Any) -> Json:
        """A request for an order at Placed, of 10 bars by default."""
        return {"status": "Placed", self.location_key: self.location, "items": list(items) or [self.line()], **values}

    def line(self, sku: str = "bar", quantity: int = 10, cost: object = 0.75) -> Json:
        return {"skuId": self.ids[sku], "quantity": quantity, **({self.kind.cost_key: cost} if cost != "" else {})}

    def order(self, *items: Json, **values: Any) -> Json:
        """A created order: {workOrder or productionOrder, items, inputs}, the order also as `order`."""
        created = self.api.post(self.root, self.body(*items, **values))
        assert created.status_code == 201, created.text
        return {**created.json(), "order": created.json()[self.order_key]}

    def get(self, made: Json) -> Json:
        shown = self.api.get(f"{self.root}/{made['order']['id']}").json()
        return {**shown, "order": shown[self.order_key]}

    def status(self, made: Json) -> str:
        return str(self.get(made)["order"]["status"])

    def update(self, made: Json, **values: Any) -> httpx.Response:
        return self.api.patch(f"{self.root}/{made['order']['id']}", values)

    def delete(self, made: Json) -> httpx.Response:
        return self.api.delete(f"{self.root}/{made['order']['id']}")

    def reopen(self, made: Json) -> httpx.Response:
        return self.api.post(f"{self.root}/{made['order']['id']}/reopen")

    def receive(self, made: Json, *quantities: object, **values: Any) -> httpx.Response:
        """Receive these quantities of the order's lines, in their order; None leaves a line out."""
        lines = [
            {"skuId": item["skuId"], "quantity": quantity}
            for item, quantity in zip(made["items"], quantities, strict=False)
            if quantity is not None
        ]
        return self.api.post(f"{self.root}/{made['order']['id']}/receipts", {"items": lines, **values})

    def delete_receipt(self, received: httpx.Response) -> httpx.Response:
        return self.api.delete(f"/api/{PATHS[self.kind]}-receipts/{received.json()['receipt']['id']}")

    def item_path(self, item: Json) -> str:
        return f"/api/{PATHS[self.kind]}-items/{item['id']}"

    # Stock

    def do(self, work: Callable[[], T]) -> T:
        with unit_of_work(Actor(uid="test", org_id=self.organization.id, role=Role.owner)):
            return work()

    def ledger(self, name: str) -> Ledger:
        return next(ledger for ledger in LEDGERS if (ledger is MATERIALS) != self.is_sku(name))

    def have(self, location: str | None = None, **costs: object) -> None:
        """1,000 of each of these at the location, at this cost of one."""
        for name, cost in costs.items():
            posting = Posting(
                self.ids[name], location or self.location, "RECEIVE", Decimal(1000), unit_cost=Decimal(str(cost))
            )
            ledger = self.ledger(name)
            self.do(lambda ledger=ledger, posting=posting: engine.post(ledger, [posting]))  # type: ignore[misc]

    def stock(self, name: str, location: str | None = None) -> Json:
        """What there is of it at the location: all that is not zero, but for `available` and `averageCost`."""
        ledger = self.ledger(name)
        rows = self.api.get(f"/api/{ledger.name.replace('_', '-')}-inventory/summary").json()["data"]
        for row in rows:
            if (row[ledger.item_key], row["locationId"]) == (self.ids[name], location or self.location):
                keys = ("onHand", "onOrder", "demand", "allocated", "inTransit", "value")
                return {key: row[key] for key in keys if row[key] != "0"}
        return {}

    def entries(self, made: Json, ledger: Ledger) -> list[Json]:
        """The rows of a ledger that carry the order's number, as they were written."""
        number = made["order"][self.kind.number_key]
        path = f"/api/{ledger.name.replace('_', '-')}-inventory/ledger"
        rows = self.api.get(path, ref=number, limit=500).json()["data"]
        return sorted(rows, key=lambda row: (len(row["code"]), row["code"]))

    def value(self) -> Decimal:
        """Of all that lies anywhere, to the last digit."""
        tables = " UNION ALL ".join(f"SELECT org_id, value FROM {ledger.balances}" for ledger in LEDGERS)
        return Decimal(
            db.row(f"SELECT coalesce(sum(value), 0) FROM ({tables}) AS all_of_it WHERE org_id = %s", [self.org_id])[0]
        )

    def variance(self) -> Decimal:
        """What undone inflows had brought to goods that were gone."""
        tables = " UNION ALL ".join(f"SELECT org_id, variance FROM {ledger.entries}" for ledger in LEDGERS)
        return Decimal(
            db.row(f"SELECT coalesce(sum(variance), 0) FROM ({tables}) AS all_of_it WHERE org_id = %s", [self.org_id])[
                0
            ]
        )

    @property
    def org_id(self) -> str:
        return self.organization.id

    def discrepancies(self) -> list[str]:
        """What `pharus check` finds wrong here."""
        found: Iterable[str] = (
            discrepancy for ledger in LEDGERS for discrepancy in inventory_faults.of_organization(self.org_id, ledger)
        )
        return [*found, *integrity.of_organization(self.org_id)]
