"""The demo organization's BOMs: a bar is made of raw materials, a gift set of bars and a box."""

from decimal import Decimal

from pharus.demo_data import DemoData
from plugins.bom import operations
from plugins.bom.schemas import BomItemInput


def fill(demo_data: DemoData) -> None:
    for sku, fragrance in (("lavender_bar", "lavender"), ("citrus_bar", "citrus")):
        items: list[BomItemInput] = [
            {"materialId": demo_data.ids[f"material.{material}"], "quantity": Decimal(quantity)}
            for material, quantity in (
                ("olive_oil", "0.125"),
                ("coconut_oil", "0.075"),
                ("shea_butter", "0.025"),
                ("lye", "0.0325"),
                (fragrance, "0.15"),
                ("wrap", "1"),
            )
        ]
        operations.create_bom({"outputSkuId": demo_data.ids[f"sku.{sku}"], "items": items})
    operations.create_bom(
        {
            "outputSkuId": demo_data.ids["sku.gift_set"],
            "items": [
                {"inputSkuId": demo_data.ids["sku.lavender_bar"], "quantity": 2},
                {"inputSkuId": demo_data.ids["sku.citrus_bar"], "quantity": 1},
                {"materialId": demo_data.ids["material.box"], "quantity": 1},
            ],
        }
    )
