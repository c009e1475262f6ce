"""Records of every entity for an organization, as a maker has them after a while: by table.

What only the inventory may write is written by it; everything else by the factories.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from pharus.db import db, unit_of_work
from pharus.identity import Actor, Role
from plugins.inventory import engine
from plugins.inventory.ledgers import FINISHED_GOODS, LEDGERS, MATERIALS, Ledger
from plugins.inventory.movements import StockMovements
from plugins.inventory.postings import Posting
from plugins.inventory.records import finished_goods_movements, material_movements
from plugins.lots import operations as lots
from plugins.manufacturing import orders as manufacturing
from plugins.manufacturing import receiving
from plugins.manufacturing.order_kinds import KINDS, OrderKind
from plugins.purchase_orders import operations as purchase_orders
from plugins.purchase_orders.schemas import PurchaseOrderCreate, PurchaseOrderDetail, PurchaseOrderItemCreate
from plugins.sales_orders import operations as sales_orders
from plugins.sales_orders.schemas import SalesOrderCreate, SalesOrderDetail
from tests import factories

# Ids of the records of each table. A BOM goes by the id of its SKU.
Seeds = dict[str, list[str]]

_MOVEMENTS: Mapping[str, StockMovements[Any]] = {
    MATERIALS.item: material_movements,
    FINISHED_GOODS.item: finished_goods_movements,
}
LEDGER_OF: Mapping[str, Ledger] = {ledger.item: ledger for ledger in LEDGERS}
# The entries that revalue by hand, as if they had a table of their own.
REVALUATION_OF: Mapping[str, str] = {"material": "materials_revaluation", "sku": "finished_goods_revaluation"}


def fill(org_id: str, *, first_number: int = 0) -> Seeds:
    """`first_number` keeps the numbers of two organizations apart: an id is nobody else's, a number can be."""
    for ledger in LEDGERS:
        for prefix in (ledger.code_prefix, ledger.transfer_prefix):
            db.execute_sql(
                "INSERT INTO number_sequence (org_id, kind, year, last) VALUES (%s, %s, 0, %s)",
                (org_id, prefix, first_number),
            )
    year = datetime.now(UTC).year
    for prefix in ("PO", "WO", "PROD", "SO", "SHP", "RET", "CN"):
        db.execute_sql(
            "INSERT INTO number_sequence (org_id, kind, year, last) VALUES (%s, %s, %s, %s)",
            (org_id, prefix, year, first_number),
        )
    seeds: Seeds = {"location": [factories.make_location(org_id, sort_order=place) for place in range(3)]}
    seeds["vendor"] = [factories.make_vendor(org_id, qbo_id=factories.unique("Q")) for _ in range(3)]
    _add_webhooks(org_id, seeds)
    _add_customers(org_id, seeds)
    _add_contacts(org_id, seeds)
    _add_items(org_id, seeds)
    _add_prices(org_id, seeds)
    _add_boms(org_id, seeds)
    for ledger in LEDGERS:
        _add_stock(org_id, seeds, ledger)
    _add_lots(org_id, seeds)
    _add_purchase_orders(org_id, seeds)
    _add_manufacturing_orders(org_id, seeds)
    _add_sales_orders(org_id, seeds)
    _add_documents(org_id, seeds)
    return seeds


def in_lots(seeds: Seeds) -> Seeds:
    """The seeds with those items that are told apart by lots, in place of the others."""
    return {**seeds, **{table: seeds[f"{table}_in_lots"] for table in ("material", "sku", "bom")}}


def make_purchase_order(
    org_id: str, seeds: Seeds, *, of: str = "material", received: bool = False
) -> PurchaseOrderDetail:
    """Two lines of materials, or of SKUs, on order; of the first a part received if asked for."""
    lines: list[PurchaseOrderItemCreate] = [
        {"skuId": id, "quantity": 20, "unitCost": 3}
        if of == "sku"
        else {"materialId": id, "quantity": 10, "unitCost": 2}
        for id in seeds[of][:2]
    ]
    body: PurchaseOrderCreate = {
        "vendorId": seeds["vendor"][0],
        "targetType": "finished_goods" if of == "sku" else "materials",
        "status": "Placed",
        "shipToLocationId": seeds["location"][0],
        "shippingCosts": 9,
        "items": lines,
    }
    with unit_of_work(_owner(org_id)):
        made = purchase_orders.create_purchase_order(body)
        if received:
            line = made["items"][0]["id"]
            purchase_orders.create_purchase_order_receipt(
                made["purchaseOrder"]["id"], {"items": [{"poItemId": line, "quantity": 4}]}
            )
    return made


def make_manufacturing_order(org_id: str, kind: OrderKind, seeds: Seeds, *, received: bool = False) -> str:
    """Two lines in production, of the second a unit received if asked for. The order's id."""
    above, below = seeds["bom"][:2]
    body = {
        "status": "Production",
        "workSiteLocationId": seeds["location"][0],
        "locationId": seeds["location"][0],
        "items": [{"skuId": id, "quantity": 10, kind.cost_key: 1} for id in (above, below)],
    }
    with unit_of_work(_owner(org_id)):
        made: str = manufacturing.create(kind, body).order["id"]
        if received:
            receiving.receive(kind, made, {"items": [{"skuId": below, "quantity": 1}]})
    return made


def make_sales_order(org_id: str, seeds: Seeds) -> SalesOrderDetail:
    """Two lines, promised and not yet shipped."""
    body: SalesOrderCreate = {
        "customerId": seeds["customer"][0],
        "channelId": seeds["order_channel"][0],
        "status": "Entered",
        "fulfillmentStatus": "Pending",
        "fulfillmentLocationId": seeds["location"][0],
        "brokerId": seeds["broker"][0],
        "mabd": "2026-06-01",
        "items": [{"skuId": id, "quantity": 3, "unitPrice": 4} for id in seeds["sku"][:2]],
    }
    with unit_of_work(_owner(org_id)):
        return sales_orders.create_sales_order(body)


def recall(org_id: str, lot_id: str) -> str:
    """An exercise."""
    with unit_of_work(_owner(org_id)):
        return lots.recall_lot(lot_id, {"reason": "Exercise", "mock": True})["recall"]["id"]


def ship(org_id: str, order: SalesOrderDetail) -> str:
    """Ship a part of its first line. The id of the shipment."""
    line = order["items"][0]["id"]
    with unit_of_work(_owner(org_id)):
        made = sales_orders.create_sales_order_shipment(
            order["salesOrder"]["id"], {"items": [{"soItemId": line, "quantity": 2}]}
        )
    return made["shipment"]["id"]


def send_back(org_id: str, shipment_id: str) -> str:
    """Return one piece of the shipment. The id of the return."""
    with unit_of_work(_owner(org_id)):
        line = sales_orders.get_sales_order_shipment(shipment_id)["items"][0]["soItemId"]
        made = sales_orders.create_sales_order_return(shipment_id, {"items": [{"soItemId": line, "quantity": 1}]})
    return made["salesOrderReturn"]["id"]


def end_order(org_id: str, table: str, id: str) -> str:
    """Cancel or reject the order. Its id."""
    with unit_of_work(_owner(org_id)):
        if table == "purchase_order":
            purchase_orders.update_purchase_order(id, {"status": "Cancelled"})
        elif table == "sales_order":
            sales_orders.update_sales_order(id, {"status": "Rejected"})
        else:
            kind = next(kind for kind in KINDS if kind.orders.table == table)
            manufacturing.update(kind, id, {"status": "Cancelled"})
    return id


def stock(org_id: str, item: str, item_id: str, location_id: str, quantity: int = 1000) -> str:
    """Receive so much of a material or SKU (`item` says which), at a price. The id of the entry."""
    posting = Posting(item_id, location_id, "RECEIVE", Decimal(quantity), unit_cost=Decimal("1.25"))
    with unit_of_work(_owner(org_id)):
        (entry,) = engine.post(LEDGER_OF[item], [posting])
    return str(entry.posted.id)


def send(org_id: str, item: str, item_id: str, source: str, destination: str) -> str:
    """A transfer that is open, sent long ago. Its ref."""
    asked = {
        LEDGER_OF[item].item_key: item_id,
        "sourceLocationId": source,
        "destinationLocationId": destination,
        "quantity": "15",
        "eventDate": "2000-01-01",
    }
    with unit_of_work(_owner(org_id)):
        _, ref = _MOVEMENTS[item].transfer(asked)
    return ref


def revalue(org_id: str, item: str, item_id: str, location_id: str, unit_cost: int) -> str:
    """Give what is in stock there another unit cost. The id of the entry."""
    asked = {
        LEDGER_OF[item].item_key: item_id,
        "locationId": location_id,
        "unitCost": unit_cost,
        "reason": "The market price changed.",
    }
    with unit_of_work(_owner(org_id)):
        return str(_MOVEMENTS[item].revalue(asked)["id"])


def change_costs(org_id: str, order_id: str) -> str:
    """Allocate a cost to what was received of the purchase order. The id of the change."""
    with unit_of_work(_owner(org_id)):
        made = purchase_orders.create_purchase_order_cost_allocation(
            order_id, {"cost": "additional", "basis": "quantity", "amount": 5}
        )
    return made["costChange"]["id"]


def complete(org_id: str, item: str, ref: str) -> None:
    with unit_of_work(_owner(org_id)):
        _MOVEMENTS[item].complete(ref, {})


def make_bom(org_id: str, material_id: str) -> str:
    """A new SKU that has a BOM; its id."""
    sku_id = factories.make_sku(org_id)
    factories.make_bom_item(org_id, sku_id=sku_id, material_id=material_id)
    return sku_id


def _add_webhooks(org_id: str, seeds: Seeds) -> None:
    """With the events that were sent."""
    seeds["webhook_endpoint"] = [factories.make_webhook_endpoint(org_id) for _ in range(3)]
    rows = db.execute_sql("SELECT id FROM event WHERE org_id = %s ORDER BY seq DESC LIMIT 3", (org_id,)).fetchall()
    seeds["event"] = [id for (id,) in rows]
    for endpoint, event in zip(seeds["webhook_endpoint"], seeds["event"], strict=True):
        factories.make_webhook_progress(org_id, endpoint_id=endpoint)
        for _ in range(2):
            factories.make_webhook_attempt(org_id, endpoint_id=endpoint, event_id=event)
            factories.make_webhook_delivery(org_id, endpoint_id=endpoint)


def _add_customers(org_id: str, seeds: Seeds) -> None:
    seeds["customer_type"] = [factories.make_customer_type(org_id, sort_order=place) for place in range(2)]
    seeds["customer_segment"] = [factories.make_customer_segment(org_id, sort_order=place) for place in range(2)]
    seeds["broker"] = [factories.make_broker(org_id, sort_order=place) for place in range(2)]
    parent_id: str | None = None
    seeds["customer"] = []
    for place in range(4):
        parent_id = factories.make_customer(
            org_id,
            type_id=seeds["customer_type"][place % 2],
            customer_segment_id=seeds["customer_segment"][place % 2],
            broker_id=seeds["broker"][place % 2],
            broker_fee_percent="2.5",
            qbo_id=factories.unique("C"),
            parent_customer_id=parent_id,
        )
        seeds["customer"].append(parent_id)


def _add_contacts(org_id: str, seeds: Seeds) -> None:
    seeds |= {"contact": [], "contact_method": [], "contact_link": []}
    for place in range(3):
        contact_id = factories.make_contact(org_id)
        seeds["contact"].append(contact_id)
        seeds["contact_method"] += [
            factories.make_contact_method(org_id, contact_id=contact_id, is_primary=True),
            factories.make_contact_method(
                org_id, contact_id=contact_id, method_type="phone", value=factories.unique("+1"), is_primary=True
            ),
        ]
        seeds["contact_link"] += [
            factories.make_contact_link(org_id, contact_id=contact_id, customer_id=seeds["customer"][place]),
            factories.make_contact_link(org_id, contact_id=contact_id, vendor_id=seeds["vendor"][place]),
        ]


def _add_items(org_id: str, seeds: Seeds) -> None:
    for type, item, make_type, make, count, unit in (
        ("material_type", "material", factories.make_material_type, factories.make_material, 9, "kg"),
        ("sku_type", "sku", factories.make_sku_type, factories.make_sku, 5, "pcs"),
    ):
        seeds[type] = [make_type(org_id, sort_order=place) for place in range(2)]
        seeds[item] = [
            make(org_id, type_id=seeds[type][place % 2], unit=unit, density="0.92" if unit == "kg" else None)
            for place in range(count)
        ]
    seeds["material_unit"] = [factories.make_material_unit(org_id, material_id=id) for id in seeds["material"]]
    for id in seeds["sku"]:
        factories.make_sku_unit(org_id, sku_id=id, numerator=12, base_unit="pcs")


def _add_prices(org_id: str, seeds: Seeds) -> None:
    """They end before those that requests make begin."""
    period = {"valid_from": "2001-01-01", "valid_to": "2001-12-31"}
    seeds["supplier_price"] = [
        factories.make_supplier_price(org_id, vendor_id=seeds["vendor"][0], material_id=id, **period)
        for id in seeds["material"][:2]
    ]
    seeds["customer_price"] = [factories.make_customer_price(org_id, sku_id=id, **period) for id in seeds["sku"][:2]]


def _add_lots(org_id: str, seeds: Seeds) -> None:
    """Items of both ledgers that are told apart by lots and expire, each in one lot at the first location, what is made
    of what; of the first a part is on its way."""
    kept = {"lot_tracking": "lots", "shelf_life_days": 3650}
    tracked = {
        "material": [factories.make_material(org_id, **kept) for _ in range(2)],
        "sku": [factories.make_sku(org_id, **kept) for _ in range(3)],
    }
    _add_boms(org_id, tracked, left_over=tracked["sku"][2])
    seeds |= {f"{table}_in_lots": ids for table, ids in tracked.items()}
    here, there = seeds["location"][:2]
    for ledger in LEDGERS:
        for item_id in tracked[ledger.item]:
            stock(org_id, ledger.item, item_id, here, 10**6)
    send(org_id, MATERIALS.item, tracked["material"][0], here, there)
    seeds["lot"] = _ids("SELECT id FROM lot WHERE org_id = %s ORDER BY id", org_id)
    seeds["lot_entry"] = _ids("SELECT id FROM lot_entry WHERE lot_id = %s ORDER BY id", seeds["lot"][0])
    seeds["lot_recall"] = [recall(org_id, seeds["lot"][0])]


def _add_boms(org_id: str, seeds: Seeds, left_over: str | None = None) -> None:
    """One of materials only, and one above it that takes the first for an input and leaves a by-product."""
    below, above = seeds["sku"][:2]
    first, second = seeds["material"][:2]
    factories.make_bom_item(org_id, sku_id=below, material_id=first)
    factories.make_bom_item(org_id, sku_id=above, input_sku_id=below, quantity=12)
    factories.make_bom_item(org_id, sku_id=above, material_id=second, position=1)
    factories.make_bom_header(org_id, id=above)
    factories.make_bom_by_product(org_id, sku_id=above, by_product_sku_id=left_over or factories.make_sku(org_id))
    seeds["bom"] = [above, below, *(make_bom(org_id, first) for _ in range(4))]


def _add_stock(org_id: str, seeds: Seeds, ledger: Ledger) -> None:
    item, locations = ledger.item, seeds["location"]
    entries = [
        stock(org_id, item, item_id, location_id, 10**6) for item_id in seeds[item] for location_id in locations[:2]
    ]
    seeds[ledger.entries] = entries[:3]
    refs = [send(org_id, item, item_id, locations[0], locations[1]) for item_id in seeds[item][:2]]
    complete(org_id, item, refs[0])
    seeds[ledger.transfer_prefix] = refs
    revalued = seeds[item][-1]
    seeds[REVALUATION_OF[item]] = [revalue(org_id, item, revalued, locations[0], 2)]


def _add_purchase_orders(org_id: str, seeds: Seeds) -> None:
    made = [make_purchase_order(org_id, seeds, received=number == 0) for number in range(3)]
    seeds["purchase_order"] = [order["purchaseOrder"]["id"] for order in made]
    seeds["purchase_order_item"] = [item["id"] for order in made for item in order["items"]]
    received = seeds["purchase_order"][0]
    seeds["purchase_order_receipt"] = receipts_of("purchase_order", received)
    seeds["purchase_order_receipt_item"] = receipt_lines_of(received)
    seeds["purchase_order_cost_change"] = [change_costs(org_id, received)]


def _add_sales_orders(org_id: str, seeds: Seeds) -> None:
    seeds["order_channel"] = [factories.make_order_channel(org_id, sort_order=place) for place in range(2)]
    made = [make_sales_order(org_id, seeds) for _ in range(3)]
    seeds["sales_order"] = [order["salesOrder"]["id"] for order in made]
    seeds["sales_order_item"] = [item["id"] for order in made for item in order["items"]]
    seeds["sales_order_shipment"] = [ship(org_id, made[0])]
    seeds["sales_order_return"] = [send_back(org_id, seeds["sales_order_shipment"][0])]
    seeds["timeline_note"] = [
        factories.make_timeline_note(org_id, sales_order_id=id) for id in seeds["sales_order"] for _ in range(2)
    ]


def receipts_of(table: str, order_id: str) -> list[str]:
    return _ids(f"SELECT id FROM {table}_receipt WHERE {table}_id = %s ORDER BY id", order_id)


def receipt_lines_of(order_id: str) -> list[str]:
    """The lines of all receipts of a purchase order."""
    return _ids(
        """
        SELECT line.id FROM purchase_order_receipt_item AS line JOIN purchase_order_receipt AS receipt
            ON receipt.org_id = line.org_id AND receipt.id = line.receipt_id
        WHERE purchase_order_id = %s ORDER BY line.id
        """,
        order_id,
    )


def _add_manufacturing_orders(org_id: str, seeds: Seeds) -> None:
    for kind in KINDS:
        made = [make_manufacturing_order(org_id, kind, seeds, received=number == 0) for number in range(3)]
        seeds[kind.orders.table] = made
        for part in (kind.items.table, kind.receipts.table):
            seeds[part] = [id for order_id in made for id in parts_of(part, order_id)]


def parts_of(part: str, order_id: str) -> list[str]:
    """The lines or the receipts of a work order or production order: `part` is their table."""
    return _ids(f"SELECT id FROM {part} WHERE order_id = %s ORDER BY id", order_id)


def _ids(statement: str, value: str) -> list[str]:
    return [id for (id,) in db.execute_sql(statement, (value,))]


def _owner(org_id: str) -> Actor:
    return Actor(uid="fuzzing", org_id=org_id, role=Role.owner)


def _add_documents(org_id: str, seeds: Seeds) -> None:
    """Two with an order of each kind, and with a lot. They have no files: what the server keeps is its own."""
    seeds["document"] = [
        factories.make_document(org_id, **{f"{table}_id": seeds[table][0]})
        for table in ("purchase_order", "sales_order", "work_order", "lot")
        for _ in range(2)
    ]
