"""The same things done through the operations' own functions, each in a unit of work of its own, as a request is."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from importlib import import_module
from itertools import count
from typing import Any, TypeVar

from pharus.db import db, unit_of_work
from pharus.identity import Actor, Role
from pharus.names import camel, snake
from plugins.inventory import integrity
from plugins.inventory.ledgers import LEDGERS
from plugins.manufacturing import integrity as makings
from plugins.platform import organizations
from plugins.purchase_orders import commitments as purchases
from plugins.sales_orders import integrity as sales
from tests import factories
from tests.contract.orders.model import Kind, Line, Order, Place, Quantities, Receipt, Return, Shipment
from tests.contract.orders.values import Entry

T = TypeVar("T")
Json = dict[str, Any]

_MODULES = {
    "purchase_order": "purchase_orders",
    "work_order": "manufacturing",
    "production_order": "manufacturing",
    "sales_order": "sales_orders",
}
# The request's key of the place, and the answer's of the status.
_PLACE = {
    "purchase_order": "shipToLocationId",
    "work_order": "workSiteLocationId",
    "production_order": "locationId",
    "sales_order": "fulfillmentLocationId",
}
_NUMBER = {
    "purchase_order": "poNumber",
    "work_order": "woNumber",
    "production_order": "prodNumber",
    "sales_order": "soNumber",
}
# Materials are m0, m1 …; SKUs are s0, s1 …: what one unit of a SKU takes, and the same in raw materials.
RECIPES = {
    "s0": {"m0": Decimal(2), "m1": Decimal("0.5")},
    "s1": {"m1": Decimal("1.25")},
    "s2": {"s0": Decimal(2), "s1": Decimal(1), "m2": Decimal(1)},
}
# Beside a unit of a SKU comes so much of another, which bears so many percent of the cost.
BY_PRODUCTS = {"s0": ("s3", Decimal("0.25"), Decimal("12.5")), "s1": ("s3", Decimal("0.5"), Decimal("33.333333"))}
# What comes to that: the size of a batch and its yield; and of an input what is needed for a batch, and the scrap.
BATCHES = {"s0": (10, 80), "s1": (4, 75)}
NEEDED = {("s0", "m0"): ("16", 0), ("s0", "m1"): ("3.2", 25), ("s1", "m1"): ("3.75", 0)}
RAW = {**RECIPES, "s2": {"m0": Decimal(4), "m1": Decimal("2.25"), "m2": Decimal(1)}}
# What making one unit costs.
COSTS = {"work_order": Decimal("0.7"), "production_order": Decimal("1.1")}
MATERIAL_NAMES, SKU_NAMES, BY_PRODUCT_NAMES, PLACES = ("m0", "m1", "m2"), ("s0", "s1", "s2"), ("s3",), 2


@dataclass
class Server:
    """One organization and the records that orders name."""

    org_id: str
    ids: dict[str, str]
    places: list[str]
    vendor: str
    customer: str
    channel: str
    # Every second thing is said in thirds of a piece, where the line is in them, too.
    turns: Iterator[int] = field(default_factory=count)
    in_thirds: set[str] = field(default_factory=set)
    prices: Iterator[Decimal] = field(default_factory=lambda: (Decimal(7 * number % 50) / 8 for number in count()))
    imported: int = 0

    # What the model's steps are here

    def create(self, order: Order) -> None:
        made = self._call(order.kind, "create_{}", body=self._body(order))
        self._know(order, made)

    def import_history(self, order: Order) -> None:
        self.imported += 1
        own = {"history": True, _NUMBER[order.kind]: f"H {self.imported}", "placedAt": "2021-03-04"}
        rows = {"rows": [self._body(order) | own]}
        [id] = self._call(order.kind, "bulk_import_{}s", body=rows, mode="atomic", dry_run="false")["ids"]
        self._know(order, self._call(order.kind, "get_{}", id))

    def _body(self, order: Order) -> Json:
        body: Json = {
            "status": order.status,
            _PLACE[order.kind]: self._place(order.location),
            "items": [self._line(order.kind, line) for line in order.lines],
        }
        if order.kind == "purchase_order":
            body |= {"vendorId": self.vendor, "targetType": _target(order.lines[0])}
        if order.kind == "sales_order":
            body |= {
                "customerId": self.customer,
                "channelId": self.channel,
                "fulfillmentStatus": "Pending",
                "mabd": "2026-06-01",
            }
        return body

    def _know(self, order: Order, made: Json) -> None:
        order.id = made[camel(order.kind)]["id"]
        for line, item in zip(order.lines, made["items"], strict=True):
            self._note(line, item)

    def change_status(self, order: Order, status: str) -> None:
        self._call(order.kind, "update_{}", order.id, body={"status": status})

    def reopen(self, order: Order) -> None:
        self._call(order.kind, "reopen_{}", order.id)

    def change_location(self, order: Order, location: int | None) -> None:
        self._call(order.kind, "update_{}", order.id, body={_PLACE[order.kind]: self._place(location)})

    def change_quantity(self, order: Order, line: int, quantity: Decimal) -> None:
        changed = order.lines[line]
        answer = self._call(order.kind, "update_{}_item", changed.id, body=self._said(changed, quantity))
        self._note(changed, answer.get("item", answer))

    def add_line(self, order: Order, line: Line) -> None:
        made = self._call(order.kind, "add_{}_item", order.id, body=self._line(order.kind, line))
        self._note(line, made.get("item", made))

    def remove_line(self, order: Order, line: int) -> None:
        self._call(order.kind, "remove_{}_item", order.lines[line].id)

    def receive(self, order: Order, receipt: Receipt) -> None:
        key, of_line = ("poItemId", "id") if order.kind == "purchase_order" else ("skuId", "item")
        came = [(order.lines[line], quantity) for line, quantity in receipt.quantities.items()]
        named = [(getattr(line, of_line), self._said(line, quantity)) for line, quantity in came]
        over = {"acceptOver": True} if receipt.accept_over else {}
        lines = [
            {key: self.ids.get(name, name), **said, **over, **self._beside_the_plan(receipt, line)}
            for line, (name, said) in zip(receipt.quantities, named, strict=True)
        ]
        made = self._call(order.kind, "create_{}_receipt", order.id, body={"items": lines})
        receipt.id = made["receipt"]["id"]

    def delete_receipt(self, order: Order, receipt: Receipt) -> None:
        self._call(order.kind, "delete_{}_receipt", receipt.id)

    def ship(self, order: Order, shipment: Shipment) -> None:
        lines = {line.item: line for line in order.lines}
        left = [(lines[item], quantity) for item, quantity in shipment.quantities.items()]
        body: Json = {"items": [{"soItemId": line.id, **self._said(line, quantity)} for line, quantity in left]}
        if shipment.location is not None:
            body["locationId"] = self.places[shipment.location]
        shipment.id = self._call(order.kind, "create_{}_shipment", order.id, body=body)["shipment"]["id"]

    def undo_shipment(self, order: Order, shipment: Shipment) -> None:
        self._call(order.kind, "delete_{}_shipment", shipment.id)

    def undo_status(self, order: Order) -> None:
        self._call(order.kind, "delete_{}_shipment", order.id)

    def return_goods(self, order: Order, back: Return) -> None:
        ids = {line.item: line.id for line in order.lines}
        body: Json = {
            "items": [
                {"soItemId": ids[item], "quantity": int(quantity), "writtenOff": is_written_off}
                for is_written_off, quantities in ((False, back.kept), (True, back.written_off))
                for item, quantity in quantities.items()
            ]
        }
        if back.location is not None:
            body["locationId"] = self.places[back.location]
        shipment_id = order.id if back.shipment is None else back.shipment.id
        made = self._call(order.kind, "create_{}_return", shipment_id, body=body)
        back.id = made["salesOrderReturn"]["id"]

    def undo_return(self, order: Order, back: Return) -> None:
        self._call(order.kind, "delete_{}_return", back.id)

    def delete_order(self, order: Order) -> None:
        self._call(order.kind, "delete_{}", order.id)

    def tolerate(self, percent: Decimal | None) -> None:
        self.do(lambda: organizations.update({"overReceiptTolerancePercent": percent}))

    def adjust(self, place: Place, quantity: Decimal) -> None:
        """By hand: up or down."""
        materials = place.item in MATERIAL_NAMES
        name = f"{'adjust' if quantity > 0 else 'dispose'}_{'materials' if materials else 'finished_goods'}_inventory"
        body = {
            "materialId" if materials else "skuId": self.ids[place.item],
            "locationId": self.places[place.location],
            "quantity": abs(quantity),
        }
        operations = import_module("plugins.inventory.operations")
        self.do(lambda: getattr(operations, name)(body))

    # What there is

    def status(self, order: Order) -> str:
        shown = self._call(order.kind, "get_{}", order.id)[camel(order.kind)]
        return str(shown["orderStatus" if order.kind == "sales_order" else "status"])

    def balances(self) -> dict[Place, Quantities]:
        """All that are not empty."""
        names = {id: name for name, id in self.ids.items()}
        found = {
            Place(names[item], self.places.index(place)): Quantities(*quantities)
            for ledger in LEDGERS
            for item, place, *quantities in self.rows(
                f"SELECT item_id, location_id, on_hand, on_order, demand, allocated FROM {ledger.balances} "
                "WHERE org_id = %s"
            )
        }
        return {place: held for place, held in found.items() if any(held)}

    def lost_value(self) -> list[str]:
        """Where value appeared or went without a price: of receipts that made something, what was added is what making
        it cost; what lies there is what all entries brought and took."""
        found = [
            f"the {ledger.name} moved {moved}, and {kept} lies there"
            for ledger in LEDGERS
            for moved, kept in self.rows(
                f"SELECT (SELECT coalesce(sum(value), 0) FROM {ledger.entries} WHERE org_id = %s), "
                f"(SELECT coalesce(sum(value), 0) FROM {ledger.balances} WHERE org_id = %s)",
                2,
            )
            if moved != kept
        ]
        of_both = " UNION ALL ".join(
            f"SELECT source_type, ref, event_type, item_id, quantity, value FROM {ledger.entries} WHERE org_id = %s"
            for ledger in LEDGERS
        )
        besides = [self.ids[name] for name in BY_PRODUCT_NAMES]
        for source, number, added, made in db.rows(
            f"""
            SELECT source_type, ref, sum(value), sum(quantity) FILTER (
                WHERE event_type = 'PRODUCE' AND item_id <> ALL(%s::uuid[])
            )
            FROM ({of_both}) AS entry
            WHERE event_type IN ('CONSUME', 'PRODUCE') AND source_type IN ('wo_receipt', 'prod_receipt')
            GROUP BY source_type, ref
            """,
            (besides, *[self.org_id] * len(LEDGERS)),
        ):
            cost = COSTS["work_order" if source == "wo_receipt" else "production_order"]
            if added != made * cost:
                found.append(f"receipts of {number} added {added} by making {made} at {cost}")
        return found

    def entries(self) -> Iterator[list[Entry]]:
        """Both ledgers, each in the order in which it was written."""
        for ledger in LEDGERS:
            yield [
                Entry(*row)
                for row in self.rows(
                    "SELECT id, code, item_id, location_id, event_type, quantity, "
                    "coalesce(added_value, quantity * unit_cost), value, variance, source_type, source_id, "
                    f"reverses_id, ref FROM {ledger.entries} WHERE org_id = %s ORDER BY length(code), code"
                )
            ]

    def discrepancies(self) -> list[str]:
        """What `pharus check` says of this organization."""
        in_ledgers = [
            discrepancy for ledger in LEDGERS for discrepancy in integrity.of_organization(self.org_id, ledger)
        ]
        of_purchases = integrity.of_orders(self.org_id, purchases.all_commitments)
        of_sales = sales.of_organization(self.org_id)
        return in_ledgers + of_purchases + of_sales + makings.of_organization(self.org_id)

    def rows(self, sql: str, times: int = 1) -> list[Any]:
        return list(db.execute_sql(sql, (self.org_id,) * times).fetchall())

    def do(self, work: Callable[[], T]) -> T:
        with unit_of_work(Actor(uid="test", org_id=self.org_id, role=Role.owner)):
            return work()

    # Private

    def _beside_the_plan(self, receipt: Receipt, line: int) -> Json:
        """What a receipt says of the inputs and by-products of a line, if anything."""
        inputs: list[Json] = []
        for item in dict.fromkeys(item for at, item in (*receipt.used, *receipt.scrapped) if at == line):
            key = "materialId" if item in MATERIAL_NAMES else "inputSkuId"
            inputs.append({key: self.ids[item]})
            if (line, item) in receipt.used:
                inputs[-1]["used"] = receipt.used[line, item]
            if (line, item) in receipt.scrapped:
                inputs[-1] |= {"scrapped": receipt.scrapped[line, item], "scrapReason": "Spilled"}
        by_products = [
            {"byProductSkuId": self.ids[item], "quantity": quantity}
            for (at, item), quantity in receipt.came.items()
            if at == line
        ]
        return {key: value for key, value in (("inputs", inputs), ("byProducts", by_products)) if value}

    def _call(self, kind: Kind, name: str, *arguments: str, **body: Any) -> Any:
        operations = import_module(f"plugins.{_MODULES[kind]}.operations")
        return self.do(lambda: getattr(operations, name.format(snake(kind)))(*arguments, **body))

    def _place(self, location: int | None) -> str | None:
        return None if location is None else self.places[location]

    def _line(self, kind: Kind, line: Line) -> Json:
        key = "materialId" if line.item in MATERIAL_NAMES else "skuId"
        in_thirds = self._speaks_otherwise()
        said = {"quantity": line.quantity}
        if in_thirds:
            said = {"quantity": None, "unit": "third", "unitQuantity": 3 * line.quantity}
        price = {
            # No two lines cost the same, so that it matters which of them is undone.
            "purchase_order": {"unitCost": Decimal("1.333333") + next(self.prices)},
            "work_order": {"conversionCost": COSTS["work_order"]},
            "production_order": {"productionCost": COSTS["production_order"]},
            "sales_order": {"unitPrice": Decimal(12)},
        }[kind]
        if in_thirds and kind in ("purchase_order", "sales_order"):
            price = {"pricePerUnit": round(next(iter(price.values())) / 3, 6)}
        return {key: self.ids[line.item], **said, **price}

    def _said(self, line: Line, quantity: Decimal) -> Json:
        """So much of a line: in its unit every second time, if it has one."""
        if line.id in self.in_thirds and self._speaks_otherwise():
            return {"unitQuantity": 3 * quantity}
        return {"quantity": int(quantity) if quantity == int(quantity) else quantity}

    def _speaks_otherwise(self) -> bool:
        return next(self.turns) % 2 == 1

    def _note(self, line: Line, item: Json) -> None:
        line.id = item["id"]
        (self.in_thirds.discard if item["unit"] is None else self.in_thirds.add)(line.id)


def make_server() -> Server:
    org_id = factories.make_organization().id
    material_type, sku_type = factories.make_material_type(org_id), factories.make_sku_type(org_id)
    ids = {name: factories.make_material(org_id, type_id=material_type, unit="pcs") for name in MATERIAL_NAMES}
    goods = (*SKU_NAMES, *BY_PRODUCT_NAMES)
    ids |= {name: factories.make_sku(org_id, type_id=sku_type, unit="pcs") for name in goods}
    third = {"unit": "third", "numerator": 1, "denominator": 3, "base_unit": "pcs"}
    for name in MATERIAL_NAMES:
        factories.make_material_unit(org_id, material_id=ids[name], **third)
    for name in SKU_NAMES:
        factories.make_sku_unit(org_id, sku_id=ids[name], **third)
    for name, recipe in RECIPES.items():
        for position, (item, each) in enumerate(recipe.items()):
            quantity, scrap = NEEDED.get((name, item), (each, 0))
            factories.make_bom_item(
                org_id,
                sku_id=ids[name],
                position=position,
                quantity=quantity,  # type: ignore[arg-type]
                scrap_percent=scrap,
                **{"material_id" if item in MATERIAL_NAMES else "input_sku_id": ids[item]},
            )
    for name, (besides, each, share) in BY_PRODUCTS.items():
        size, percent = BATCHES[name]
        factories.make_bom_header(org_id, id=ids[name], batch_size=size, yield_percent=percent)
        factories.make_bom_by_product(
            org_id,
            sku_id=ids[name],
            by_product_sku_id=ids[besides],
            quantity=each * size * percent / 100,
            cost_share_percent=share,
        )
    return Server(
        org_id,
        ids,
        [factories.make_location(org_id, sort_order=number) for number in range(PLACES)],
        factories.make_vendor(org_id),
        factories.make_customer(org_id),
        factories.make_order_channel(org_id),
    )


def _target(line: Line) -> str:
    return "materials" if line.item in MATERIAL_NAMES else "finished_goods"
