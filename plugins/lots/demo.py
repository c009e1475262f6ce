"""The demo organization's lots: milk that came in two, bars made of it in two batches, some of which are sold and came
back; one lot on hold, and an exercise of a recall."""

from datetime import timedelta
from decimal import Decimal

from pharus.db import current
from pharus.demo_data import DemoData
from plugins.bom import operations as bom
from plugins.lots import operations
from plugins.lots.records import lots
from plugins.manufacturing import operations as manufacturing
from plugins.manufacturing.schemas import WorkOrderReceiptItemCreate
from plugins.materials import operations as materials
from plugins.products import operations as products
from plugins.purchase_orders import operations as purchase_orders
from plugins.sales_orders import operations as sales_orders
from plugins.sales_orders.schemas import SalesOrderReturnItemCreate


def fill(demo_data: DemoData) -> None:
    """Ids come from the domains before: `material_type.oils`, `sku_type.bar`, `vendor.oils`, `location.workshop`,
    `customer.grocers_north`, `order_channel.wholesale`, `material.olive_oil`."""
    ids = demo_data.ids
    today = current().today
    milk = materials.create_material(
        {
            "code": "MILK-GOAT",
            "name": "Goat's milk powder",
            "typeId": ids["material_type.oils"],
            "unit": "lb",
            "lotTracking": "lots_with_expiry",
        }
    )
    bar = products.create_sku(
        {
            "code": "SOAP-MILK",
            "name": "Goat's milk bar",
            "typeId": ids["sku_type.bar"],
            "lotTracking": "lots_with_expiry",
            "shelfLifeDays": 540,
            # GS1 keeps these numbers for examples.
            "gtin": "9520123456788",
        }
    )
    ids["material.milk"], ids["sku.milk_bar"] = milk["id"], bar["id"]
    bom.create_bom(
        {
            "outputSkuId": bar["id"],
            "items": [
                {"materialId": milk["id"], "quantity": Decimal("0.05")},
                {"materialId": ids["material.olive_oil"], "quantity": Decimal("0.15")},
            ],
        }
    )
    bought = purchase_orders.create_purchase_order(
        {
            "vendorId": ids["vendor.oils"],
            "targetType": "materials",
            "status": "Placed",
            "shipToLocationId": ids["location.workshop"],
            "items": [{"materialId": milk["id"], "quantity": 10, "unitCost": Decimal("11.5")}],
        }
    )
    purchase_orders.create_purchase_order_receipt(
        bought["purchaseOrder"]["id"],
        {
            "items": [
                {
                    "poItemId": bought["items"][0]["id"],
                    "quantity": 10,
                    "lots": [
                        {
                            "code": code,
                            "quantity": quantity,
                            "supplierLot": supplier_lot,
                            "bestBefore": (today + timedelta(days=days)).isoformat(),
                        }
                        for code, quantity, supplier_lot, days in (
                            ("GM-1", 4, "EX-7731", 40),
                            ("GM-2", 6, "EX-7802", 300),
                        )
                    ],
                }
            ]
        },
    )
    made = manufacturing.create_work_order(
        {
            "status": "Production",
            "workSiteLocationId": ids["location.workshop"],
            "items": [{"skuId": bar["id"], "quantity": 100, "conversionCost": Decimal("0.9")}],
        }
    )["workOrder"]["id"]
    # The second batch takes what is left of the first lot, and goes on with the second.
    for code, quantity in (("MB-1", 60), ("MB-2", 40)):
        item: WorkOrderReceiptItemCreate = {
            "skuId": bar["id"],
            "quantity": quantity,
            "lots": [{"code": code, "quantity": quantity}],
        }
        manufacturing.create_work_order_receipt(made, {"items": [item]})
    sold = sales_orders.create_sales_order(
        {
            "customerId": ids["customer.grocers_north"],
            "channelId": ids["order_channel.wholesale"],
            "status": "Entered",
            "fulfillmentStatus": "Pending",
            "fulfillmentLocationId": ids["location.workshop"],
            "mabd": "2026-12-20",
            "items": [{"skuId": bar["id"], "quantity": 70, "unitPrice": Decimal("5.25")}],
        }
    )
    line = sold["items"][0]["id"]
    shipment = sales_orders.create_sales_order_shipment(
        sold["salesOrder"]["id"], {"items": [{"soItemId": line, "quantity": 70}]}
    )["shipment"]["id"]
    back: SalesOrderReturnItemCreate = {"soItemId": line, "quantity": 3, "lots": [{"code": "MB-2", "quantity": 3}]}
    sales_orders.create_sales_order_return(shipment, {"items": [back], "notes": "Too soft"})
    by_code = {lot["code"]: lot["id"] for lot in lots.select("AND code = ANY(%s)", (["GM-1", "MB-2"],))}
    ids["lot.milk"] = by_code["GM-1"]
    operations.update_lot(by_code["GM-1"], {"attributes": {"Fat": "28 %", "Herd": "Example Goats"}})
    operations.hold_lot(by_code["MB-2"], {"reason": "Some came back, too soft. To be looked at."})
    operations.recall_lot(by_code["GM-1"], {"reason": "Exercise of the year", "mock": True})
