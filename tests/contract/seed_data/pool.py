"""Alice's records, for requests to name: those others refer to, one of each table to change, new ones to delete."""

from collections.abc import Callable, Collection
from decimal import Decimal
from functools import partial

from pharus.db import db
from plugins.manufacturing.order_kinds import KINDS, OrderKind
from plugins.purchase_orders.schemas import PurchaseOrderDetail
from plugins.sales_orders.schemas import SalesOrderDetail
from tests import factories
from tests.contract.seed_data import records

# So much lies wherever goods are taken from; and where there is more, the next adjustment might be too much.
_LITTLE, _MUCH = Decimal(10**3), Decimal(10**11)


# These have no isActive.
_ALWAYS_ACTIVE = frozenset(
    [
        "contact_link",
        "document",
        "supplier_price",
        "customer_price",
        "lot",
        "lot_recall",
        "timeline_note",
        "purchase_order_receipt_item",
        "purchase_order_cost_change",
    ]
    + [
        f"{order}{part}"
        for order in ("purchase_order", "work_order", "production_order", "sales_order")
        for part in ("", "_item", "_receipt")
    ]
    + ["sales_order_shipment", "sales_order_return"]
)


class Pool:
    """Each answer is an id that serves at this moment, whatever requests have done to the records."""

    def __init__(self, org_id: str, found: records.Seeds) -> None:
        self._org_id = org_id
        self._seeds = {table: list(ids) for table, ids in found.items()}
        self._kept: dict[str, str] = {}
        # Those that served since the last request that may have ended or deactivated one.
        self._serving: set[tuple[str, str, bool]] = set()
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
            "supplier_price": lambda: factories.make_supplier_price(
                org_id, vendor_id=self.seeded("vendor", 0), material_id=factories.make_material(org_id)
            ),
            "customer_price": lambda: factories.make_customer_price(org_id),
            "lot_recall": lambda: records.recall(org_id, self.new("lot")),
            "lot": lambda: factories.make_lot(org_id, best_before="2027-01-31", status="quarantine"),
            "purchase_order": lambda: self._purchase_order()["purchaseOrder"]["id"],
            "purchase_order_item": lambda: self._purchase_order()["items"][0]["id"],
            "purchase_order_of_skus": lambda: self._purchase_order(of="sku")["purchaseOrder"]["id"],
            "purchase_order_item_of_skus": lambda: self._purchase_order(of="sku")["items"][0]["id"],
            "purchase_order_in_lots": lambda: records.make_purchase_order(org_id, self._in_lots())["purchaseOrder"][
                "id"
            ],
            "sales_order_in_lots": lambda: records.make_sales_order(org_id, self._in_lots())["salesOrder"]["id"],
            "sales_order_shipment_in_lots": lambda: records.ship(
                org_id, records.make_sales_order(org_id, self._in_lots())
            ),
            "purchase_order_receipt": lambda: self._receipt("purchase_order"),
            "purchase_order_receipt_item": lambda: records.receipt_lines_of(self.received_purchase_order())[0],
            "purchase_order_cost_change": lambda: records.change_costs(org_id, self.received_purchase_order()),
            "order_channel": lambda: factories.make_order_channel(org_id),
            "sales_order": lambda: self._sales_order()["salesOrder"]["id"],
            "sales_order_item": lambda: self._sales_order()["items"][0]["id"],
            "sales_order_shipment": lambda: records.ship(org_id, self._sales_order()),
            "sales_order_return": lambda: records.send_back(org_id, self.new("sales_order_shipment")),
            "timeline_note": lambda: factories.make_timeline_note(org_id, sales_order_id=self.seeded("sales_order", 0)),
            "bom": lambda: records.make_bom(org_id, self.seeded("material", 0)),
            "webhook_endpoint": lambda: factories.make_webhook_endpoint(org_id),
            "document": lambda: factories.make_document(org_id, purchase_order_id=self.seeded("purchase_order", 0)),
        }
        for item, table in records.REVALUATION_OF.items():
            self._makers[table] = partial(self._revaluation, item)
        for kind in KINDS:
            self._makers[kind.orders.table] = partial(self._manufacturing_order, kind)
            self._makers[f"{kind.orders.table}_in_lots"] = partial(self._manufacturing_order_in_lots, kind)
            for part in (kind.items.table, kind.receipts.table):
                self._makers[part] = partial(self._part_of_manufacturing_order, kind, part)

    def forget(self) -> None:
        """Look again, from here on, whether the records are there and active."""
        self._serving.clear()

    def seeded(self, table: str, number: int) -> str:
        """One of those that others refer to, always the same for a number as long as it is there and active."""
        ids = self._seeds[table]
        place = number % len(ids)
        if table in self._makers and not self._serves(table, ids[place]):
            ids[place] = self.new(table)
        return ids[place]

    def kept(self, table: str) -> str:
        """One to be changed, to which nothing refers. It serves until a request has deleted it."""
        known = self._kept.get(table)
        if known is None or not self._serves(table, known, active=False):
            known = self._kept[table] = self.new(table)
        return known

    def new(self, table: str) -> str:
        return self._makers[table]()

    def deactivated_channel(self) -> str:
        return factories.make_order_channel(self._org_id, is_active=False)

    def other_sku(self, taken: Collection[str], number: int = 0) -> str:
        """One that is none of these; the seeded ones first."""
        for place in range(len(self._seeds["sku"])):
            id = self.seeded("sku", number + place)
            if id not in taken:
                return id
        return self.new("sku")

    def in_stock(self, item: str, item_id: str, location_id: str) -> str:
        """The material or SKU, with stock at the place; another one when there is too much of it for one more.

        What requests made themselves is left as it is.
        """
        if item_id not in self._seeds[item] or location_id not in self._seeds["location"]:
            return item_id
        row = db.execute_sql(
            "SELECT coalesce(sum(on_hand), 0), coalesce(sum(greatest(on_hand, demand, allocated)), 0) FROM "
            + ("materials_balance" if item == "material" else "finished_goods_balance")
            + " WHERE item_id = %s AND location_id = %s",
            (item_id, location_id),
        ).fetchone()
        if row[1] > _MUCH:
            item_id = self.new(item)
            self._seeds[item].append(item_id)
        if row[1] > _MUCH or row[0] < _LITTLE:
            records.stock(self._org_id, item, item_id, location_id, 10**6)
        return item_id

    def new_in_stock(self, item: str, location_id: str) -> str:
        """A new material or SKU with stock at the place, unless requests made the place themselves."""
        item_id = self.new(item)
        if location_id in self._seeds["location"]:
            records.stock(self._org_id, item, item_id, location_id)
        return item_id

    def other_location(self, location_id: str) -> str:
        first, second = self.seeded("location", 0), self.seeded("location", 1)
        return first if location_id != first else second

    def in_lots(self, item: str) -> str:
        """A material or SKU that is told apart by lots."""
        return self._seeds[f"{item}_in_lots"][0]

    def lot_of(self, item_id: str) -> str | None:
        """The first lot of an item, of which there is plenty where orders of the pool are; None when it has none."""
        row = db.execute_sql(
            "SELECT id FROM lot WHERE material_id = %s OR sku_id = %s ORDER BY id LIMIT 1", (item_id, item_id)
        ).fetchone()
        return row and str(row[0])

    def item_of(self, table: str, line_id: str) -> str | None:
        """What a line of an order of this table is of."""
        columns = "coalesce(material_id, sku_id)" if table == "purchase_order" else "sku_id"
        row = db.execute_sql(f"SELECT {columns} FROM {table}_item WHERE id = %s", (line_id,)).fetchone()
        return row and str(row[0])

    def _in_lots(self) -> records.Seeds:
        for table in ("vendor", "location", "customer", "order_channel", "broker"):
            for number in range(2):
                self.seeded(table, number)
        return records.in_lots(self._seeds)

    def _manufacturing_order_in_lots(self, kind: OrderKind) -> str:
        return records.make_manufacturing_order(self._org_id, kind, self._in_lots())

    def lines_of(self, table: str, order_id: str) -> list[str]:
        """The lines of an order of this table."""
        rows = db.execute_sql(f"SELECT id FROM {table}_item WHERE {table}_id = %s ORDER BY id", (order_id,))
        return [id for (id,) in rows]

    def lines_of_shipment(self, id: str) -> list[str]:
        """The lines of the order that are in the shipment."""
        rows = db.execute_sql("SELECT so_item_id FROM sales_order_shipment_item WHERE shipment_id = %s", (id,))
        return [line for (line,) in rows]

    def _purchase_order(self, *, of: str = "material", received: bool = False) -> PurchaseOrderDetail:
        for table in ("vendor", "location", of):
            for number in range(2):
                self.seeded(table, number)
        return records.make_purchase_order(self._org_id, self._seeds, of=of, received=received)

    def outputs_of(self, table: str, order_id: str) -> list[str]:
        """The SKUs of a work order or production order."""
        rows = db.execute_sql(f"SELECT sku_id FROM {table}_item WHERE order_id = %s ORDER BY id", (order_id,))
        return [id for (id,) in rows]

    def parts_of_line(self, table: str, order_id: str, sku_id: str, key: str) -> list[tuple[str, str]]:
        """The inputs or by-products of the line with this SKU: under which key of a receipt, and which id."""
        columns = "'byProductSkuId', part.sku_id"
        if key == "inputs":
            is_work = table == "work_order"
            columns = "CASE WHEN material_id IS NULL THEN 'inputSkuId' ELSE 'materialId' END, "
            columns += "coalesce(material_id, input_sku_id)" if is_work else "material_id"
        rows = db.execute_sql(
            f"""
            SELECT {columns} FROM {table}_{"input" if key == "inputs" else "by_product"} AS part
            JOIN {table}_item AS item ON item.org_id = part.org_id AND item.id = item_id
            WHERE order_id = %s AND item.sku_id = %s ORDER BY part.id
            """,
            (order_id, sku_id),
        )
        return list(rows.fetchall())

    def _manufacturing_order(self, kind: OrderKind, *, received: bool = False) -> str:
        for seed in ("location", "bom"):
            for number in range(2):
                self.seeded(seed, number)
        # What the BOMs of the seeds take, so that something of the order can be received.
        place = self.seeded("location", 0)
        for number in range(2):
            self.in_stock("material", self.seeded("material", number), place)
            self.in_stock("sku", self.seeded("sku", number), place)
        return records.make_manufacturing_order(self._org_id, kind, self._seeds, received=received)

    def _part_of_manufacturing_order(self, kind: OrderKind, part: str) -> str:
        return records.parts_of(part, self._manufacturing_order(kind, received=part == kind.receipts.table))[0]

    def _sales_order(self) -> SalesOrderDetail:
        for table in ("customer", "order_channel", "location", "broker", "sku"):
            for number in range(2):
                self.seeded(table, number)
        return records.make_sales_order(self._org_id, self._seeds)

    def _receipt(self, table: str) -> str:
        return records.receipts_of(table, self.received_purchase_order())[0]

    def received_purchase_order(self) -> str:
        """A new one, of which something has arrived."""
        return self._purchase_order(received=True)["purchaseOrder"]["id"]

    def ended(self, table: str) -> str:
        """A new order that has ended."""
        return records.end_order(self._org_id, table, self.new(table))

    def receipt_lines(self, id: str, *, is_order: bool) -> list[str]:
        """The lines of a purchase order's receipts, or of one receipt."""
        if is_order:
            return records.receipt_lines_of(id)
        rows = db.execute_sql("SELECT id FROM purchase_order_receipt_item WHERE receipt_id = %s ORDER BY id", (id,))
        return [line for (line,) in rows]

    def _revaluation(self, item: str) -> str:
        location_id = self.seeded("location", 0)
        item_id = self.new_in_stock(item, location_id)
        return records.revalue(self._org_id, item, item_id, location_id, 2)

    def open_transfer(self, item: str, *, of_lots: bool = False) -> str:
        """The ref of a new one."""
        source, destination = self.seeded("location", 0), self.seeded("location", 1)
        item_id = self.in_lots(item) if of_lots else self.in_stock(item, self.seeded(item, 0), source)
        return records.send(self._org_id, item, item_id, source, destination)

    def completed_transfer(self, item: str) -> str:
        return self._seeds[records.LEDGER_OF[item].transfer_prefix][0]

    def _serves(self, table: str, id: str, *, active: bool = True) -> bool:
        if table in records.REVALUATION_OF.values():
            # Entries stay, whatever happens.
            return True
        if (table, id, active) in self._serving:
            return True
        if table == "bom":
            statement = "SELECT FROM bom JOIN sku USING (org_id, id) WHERE id = %s"
        else:
            statement = f"SELECT FROM {table} WHERE id = %s"
        if active and table not in _ALWAYS_ACTIVE:
            statement += " AND is_active"
        if db.execute_sql(statement, (id,)).fetchone() is None:
            return False
        self._serving.add((table, id, active))
        return True
