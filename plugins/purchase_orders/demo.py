"""The demo organization's purchases: oils that arrived in two deliveries, packaging that is on its way, a plan."""

from decimal import Decimal

from pharus.demo_data import DemoData
from plugins.purchase_orders import operations


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
                {
                    "materialId": ids["material.olive_oil"],
                    "quantity": None,
                    "unit": "drum",
                    "unitQuantity": 1,
                    "pricePerUnit": 1320,
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
    boxes = operations.create_purchase_order(
        {
            "vendorId": ids["vendor.packaging"],
            "targetType": "materials",
            "status": "Placed",
            "shipToLocationId": ids["location.workshop"],
            "items": [
                {"materialId": ids["material.wrap"], "quantity": 5000, "unitCost": Decimal("0.04")},
                {"materialId": ids["material.box"], "quantity": 600, "unitCost": Decimal("0.85")},
            ],
        }
    )
    ids["purchase_order.packaging"] = boxes["purchaseOrder"]["id"]
    operations.update_purchase_order(ids["purchase_order.packaging"], {"status": "In Transit"})
    operations.create_purchase_order(
        {
            "vendorId": ids["vendor.co_packer"],
            "targetType": "finished_goods",
            "status": "Planning",
            "items": [{"skuId": ids["sku.gift_set"], "quantity": 300, "unitCost": Decimal("9.5")}],
        }
    )
