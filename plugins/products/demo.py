"""The demo organization's SKUs."""

from decimal import Decimal

from pharus.demo_data import DemoData
from plugins.products import operations


def fill(demo_data: DemoData) -> None:
    for key, name in (("bar", "Bars"), ("gift_set", "Gift sets")):
        demo_data.ids[f"sku_type.{key}"] = operations.create_sku_type({"name": name})["id"]
    for key, code, name in (
        ("lavender_bar", "SOAP-LAVENDER", "Lavender soap"),
        ("citrus_bar", "SOAP-CITRUS", "Citrus soap"),
    ):
        bar = operations.create_sku(
            {
                "code": code,
                "name": name,
                "typeId": demo_data.ids["sku_type.bar"],
                "ozPerItem": Decimal("4.5"),
                "unit": "pcs",
            }
        )
        demo_data.ids[f"sku.{key}"] = bar["id"]
    gift_set = operations.create_sku(
        {
            "code": "GIFT-SET-3",
            "name": "Gift set of three bars",
            "typeId": demo_data.ids["sku_type.gift_set"],
            "itemsPerUnit": 3,
            "ozPerItem": Decimal("4.5"),
            "unit": "pcs",
        }
    )
    demo_data.ids["sku.gift_set"] = gift_set["id"]
