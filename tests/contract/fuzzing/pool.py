"""Alice's records, for requests to name: those that others refer to, one of each kind to change, new ones to delete."""

from collections.abc import Callable
from decimal import Decimal

from pharus.db import db
from plugins.purchase_orders.schemas import PurchaseOrderDetail
from tests import factories
from tests.contract.fuzzing import seeds

# So much lies wherever goods are taken from; and where there is more, the next adjustment might be too much.
_ALWAYS_ACTIVE = frozenset({"contact_link", "purchase_order", "purchase_order_item", "purchase_order_receipt"})
_LITTLE, _MUCH = Decimal(10**3), Decimal(10**11)


class Pool:
    """Each answer is an id that serves at this moment, whatever requests have done to the records."""

    def __init__(self, org_id: str, found: seeds.Seeds) -> None:
        self._org_id = org_id
        self._seeds = {kind: list(ids) for kind, ids in found.items()}
        self._kept: dict[str, str] = {}
        self._makers: dict[str, Callable[[], str]] = {
            "location": lambda: factories.make_location(org_id),
            "vendor": lambda: factories.make_vendor(org_id),
            "customer": lambda: factories.make_customer(org_id, type_id=self.seeded("customer_type", 0)),
            "customer_type": lambda: factories.make_customer_type(org_id),
            "customer_segment": lambda: factories.make_customer_segment(org_id),
            "broker": lambda: factories.make_broker(org_id),
            "contact": lambda: factories.make_contact(org_id),
            "contact_method": lambda: factories.make_contact_method(
                org_id, contact_id=factories.make_contact(org_id), is_primary=True
            ),
            "contact_link": lambda: factories.make_contact_link(
                org_id, contact_id=factories.make_contact(org_id), customer_id=self.seeded("customer", 0)
            ),
            "material": lambda: factories.make_material(org_id, type_id=self.seeded("material_type", 0)),
            "material_type": lambda: factories.make_material_type(org_id),
            "sku": lambda: factories.make_sku(org_id, type_id=self.seeded("sku_type", 0)),
            "sku_type": lambda: factories.make_sku_type(org_id),
            "purchase_order": lambda: self._purchase_order()["purchaseOrder"]["id"],
            "purchase_order_item": lambda: self._purchase_order()["items"][0]["id"],
            "purchase_order_receipt": lambda: self._receipt("purchase_order"),
            "bom": lambda: seeds.make_bom(org_id, self.seeded("material", 0)),
        }

    def seeded(self, kind: str, number: int) -> str:
        """One of those that others refer to, always the same for a number as long as it is there and active."""
        ids = self._seeds[kind]
        place = number % len(ids)
        if kind in self._makers and not self._serves(kind, ids[place]):
            ids[place] = self.new(kind)
        return ids[place]

    def kept(self, kind: str) -> str:
        """One to be changed, to which nothing refers. It serves until a request has deleted it."""
        known = self._kept.get(kind)
        if known is None or not self._serves(kind, known, active=False):
            known = self._kept[kind] = self.new(kind)
        return known

    def new(self, kind: str) -> str:
        return self._makers[kind]()

    def in_stock(self, item: str, item_id: str, location_id: str) -> str:
        """The material or SKU, with stock at the place; another one when there is too much of it for one more.

        What requests made themselves is left as it is.
        """
        if item_id not in self._seeds[item] or location_id not in self._seeds["location"]:
            return item_id
        row = db.execute_sql(
            "SELECT coalesce(sum(on_hand), 0) FROM "
            + ("materials_balance" if item == "material" else "finished_goods_balance")
            + " WHERE item_id = %s AND location_id = %s",
            (item_id, location_id),
        ).fetchone()
        if row[0] > _MUCH:
            item_id = self.new(item)
            self._seeds[item].append(item_id)
        if row[0] > _MUCH or row[0] < _LITTLE:
            seeds.stock(self._org_id, item, item_id, location_id, 10**6)
        return item_id

    def other_location(self, location_id: str) -> str:
        first, second = self.seeded("location", 0), self.seeded("location", 1)
        return first if location_id != first else second

    def lines_of(self, kind: str, order_id: str) -> list[str]:
        """The lines of an order of this kind."""
        rows = db.execute_sql(f"SELECT id FROM {kind}_item WHERE {kind}_id = %s ORDER BY id", (order_id,))
        return [id for (id,) in rows]

    def _purchase_order(self, *, received: bool = False) -> PurchaseOrderDetail:
        for kind in ("vendor", "location", "material"):
            for number in range(2):
                self.seeded(kind, number)
        return seeds.make_purchase_order(self._org_id, self._seeds, received=received)

    def _receipt(self, kind: str) -> str:
        order_id = self._purchase_order(received=True)["purchaseOrder"]["id"]
        return seeds.receipts_of(kind, order_id)[0]

    def open_transfer(self, item: str) -> str:
        """The ref of a new one."""
        source, destination = self.seeded("location", 0), self.seeded("location", 1)
        item_id = self.in_stock(item, self.seeded(item, 0), source)
        return seeds.send(self._org_id, item, item_id, source, destination)

    def completed_transfer(self, item: str) -> str:
        return self._seeds[seeds.LEDGER_OF[item].transfer_prefix][0]

    def _serves(self, kind: str, id: str, *, active: bool = True) -> bool:
        if kind == "bom":
            statement = "SELECT FROM bom JOIN sku USING (org_id, id) WHERE id = %s"
        else:
            statement = f"SELECT FROM {kind} WHERE id = %s"
        if active and kind not in _ALWAYS_ACTIVE:
            statement += " AND is_active"
        return db.execute_sql(statement, (id,)).fetchone() is not None
