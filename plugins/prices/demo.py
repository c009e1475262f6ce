"""The demo organization's prices: what its vendors charge, and what its customers pay."""

from datetime import timedelta
from decimal import Decimal

from pharus.db import current
from pharus.demo_data import DemoData
from plugins.prices import operations


def fill(demo_data: DemoData) -> None:
    """Ids come from the domains before: `vendor.…`, `material.…`, `sku.…`, `customer.…`, `customer_segment.…`."""
    ids = demo_data.ids
    today = current().today
    since = today - timedelta(days=60)
    for vendor, material, code, breaks in (
        ("oils", "olive_oil", "OLV-EV", ((0, "3.4"), (200, "3.15"), (1000, "2.9"))),
        ("oils", "coconut_oil", "COC-76", ((0, "2.55"), (100, "2.4"))),
        ("oils", "shea_butter", None, ((0, "6.85"),)),
        ("packaging", "wrap", "PW-4", ((0, "0.05"), (5000, "0.04"))),
        ("packaging", "box", "GB-3", ((0, "0.95"), (500, "0.85"))),
    ):
        for quantity, cost in breaks:
            operations.create_supplier_price(
                {
                    "vendorId": ids[f"vendor.{vendor}"],
                    "materialId": ids[f"material.{material}"],
                    "supplierItemCode": code,
                    "minQuantity": quantity,
                    "unitCost": Decimal(cost),
                    "validFrom": since.isoformat(),
                }
            )
    # By the drum it is cheaper, and from three of them on once more.
    for quantity, cost in ((0, "1320"), (3, "1285")):
        operations.create_supplier_price(
            {
                "vendorId": ids["vendor.oils"],
                "materialId": ids["material.olive_oil"],
                "supplierItemCode": "EX-OLIVE-EV",
                "minQuantity": quantity,
                "unitCost": Decimal(cost),
                "validFrom": since.isoformat(),
                "unit": "drum",
            }
        )
    operations.create_supplier_price(
        {
            "vendorId": ids["vendor.co_packer"],
            "skuId": ids["sku.gift_set"],
            "unitCost": Decimal("9.5"),
            "validFrom": since.isoformat(),
        }
    )
    for sku, price in (("lavender_bar", "4.75"), ("citrus_bar", "4.75"), ("gift_set", "16.5")):
        operations.create_customer_price(
            {"skuId": ids[f"sku.{sku}"], "unitPrice": Decimal(price), "validFrom": since.isoformat()}
        )
    # What all shops of the group pay, and a month of less for one segment.
    operations.create_customer_price(
        {
            "skuId": ids["sku.gift_set"],
            "customerId": ids["customer.grocers"],
            "minQuantity": 20,
            "unitPrice": Decimal("15.9"),
            "validFrom": since.isoformat(),
        }
    )
    operations.create_customer_price(
        {
            "skuId": ids["sku.lavender_bar"],
            "customerSegmentId": ids["customer_segment.Gifts"],
            "unitPrice": Decimal("4.25"),
            "validFrom": today.isoformat(),
            "validTo": (today + timedelta(days=30)).isoformat(),
            "notes": "For the holidays.",
        }
    )
