"""The demo organization's purchases: oils that arrived in two deliveries, packaging that is on its way, wraps of which
no more will come, a plan."""

from decimal import Decimal

from pharus.demo_data import DemoData
from plugins.purchase_orders import operations
from plugins.purchase_orders.schemas import PurchaseOrderImport


def fill(demo_data: DemoData) -> None:
    """Ids come from the domains before: `vendor.…`, `material.…`, `location.workshop`."""
    ids = demo_data.ids
    oils = operations.create_purchase_order(
        {
            "vendorId": ids["vendor.oils"],
            "targetType": "materials",
            "status": "Placed",
            "shipToLocationId": ids["location.workshop"],
            "shippingCosts": Decimal("35.5"),
            "terms": "2 % within 10 days, net 30",
            "notes": "Deliver to the back door, on weekdays before noon.",
            "items": [
                # At the price of a drum.
                {
                    "materialId": ids["material.olive_oil"],
                    "quantity": None,
                    "unit": "drum",
                    "unitQuantity": 1,
                    "supplierItemCode": "EX-OLIVE-EV",
                },
                {"materialId": ids["material.coconut_oil"], "quantity": 120, "unitCost": Decimal("2.4")},
                {"materialId": ids["material.shea_butter"], "quantity": 40, "unitCost": Decimal("6.85")},
            ],
        }
    )
    order_id = ids["purchase_order.oils"] = oils["purchaseOrder"]["id"]
    olive, coconut, shea = (line["id"] for line in oils["items"])
    operations.create_purchase_order_receipt(
        order_id, {"items": [{"poItemId": olive, "unitQuantity": 1}, {"poItemId": coconut, "quantity": 50}]}
    )
    operations.create_purchase_order_receipt(
        order_id,
        {
            "notes": "The shea butter had become dearer",
            "items": [
                {"poItemId": coconut, "quantity": 70},
                {"poItemId": shea, "quantity": 40, "unitCost": Decimal("7.1")},
            ],
        },
    )
    # At what the vendor's price list says.
    boxes = operations.create_purchase_order(
        {
            "vendorId": ids["vendor.packaging"],
            "targetType": "materials",
            "status": "Placed",
            "shipToLocationId": ids["location.workshop"],
            "items": [
                {"materialId": ids["material.wrap"], "quantity": 5000},
                {"materialId": ids["material.box"], "quantity": 600},
            ],
        }
    )
    ids["purchase_order.packaging"] = boxes["purchaseOrder"]["id"]
    operations.update_purchase_order(ids["purchase_order.packaging"], {"status": "In Transit"})
    _close_short(ids)
    operations.create_purchase_order(
        {
            "vendorId": ids["vendor.co_packer"],
            "targetType": "finished_goods",
            "status": "Planning",
            "items": [{"skuId": ids["sku.gift_set"], "quantity": 300, "unitCost": Decimal("9.5")}],
        }
    )
    operations.bulk_import_purchase_orders({"rows": _history(ids)}, "atomic", "false")


def _close_short(ids: dict[str, str]) -> None:
    """Some came, and the vendor had no more; it was closed, opened again when a few more were found, and closed."""
    made = operations.create_purchase_order(
        {
            "vendorId": ids["vendor.packaging"],
            "targetType": "materials",
            "status": "Placed",
            "shipToLocationId": ids["location.workshop"],
            "items": [{"materialId": ids["material.wrap"], "quantity": 1000, "unitCost": Decimal("0.05")}],
        }
    )
    order_id, line_id = made["purchaseOrder"]["id"], made["items"][0]["id"]
    for quantity in (700, 60):
        operations.create_purchase_order_receipt(order_id, {"items": [{"poItemId": line_id, "quantity": quantity}]})
        operations.update_purchase_order(order_id, {"status": "Received"})
        if quantity == 700:
            operations.reopen_purchase_order(order_id)
    ids["purchase_order.closed_short"] = order_id


def _history(ids: dict[str, str]) -> list[PurchaseOrderImport]:
    """What was bought before the organization came here."""
    return [
        {
            "history": True,
            "poNumber": "PO-2024-0187",
            "vendorId": ids["vendor.oils"],
            "targetType": "materials",
            "status": "Paid",
            "shipToLocationId": ids["location.workshop"],
            "placedAt": "2024-10-07",
            "receivedAt": "2024-10-21",
            "paidAt": "2024-11-19",
            "items": [
                {"materialId": ids["material.olive_oil"], "quantity": 180, "unitCost": Decimal("2.95")},
                {"materialId": ids["material.coconut_oil"], "quantity": 90, "unitCost": Decimal("2.1")},
            ],
        },
        {
            "history": True,
            "poNumber": "PO-2025-0042",
            "vendorId": ids["vendor.packaging"],
            "targetType": "materials",
            "status": "Cancelled",
            "placedAt": "2025-03-11",
            "cancelledAt": "2025-03-13",
            "notes": "The vendor had no more boxes.",
            "items": [{"materialId": ids["material.box"], "quantity": 400, "unitCost": Decimal("0.8")}],
        },
    ]
