"""The demo organization's BOMs: bars are made of raw materials, 50 in a batch, of which 48 come out and offcuts; a gift
set is made of bars and a box."""

from decimal import Decimal

from pharus.demo_data import DemoData
from plugins.bom import operations
from plugins.bom.schemas import BomItemInput
from plugins.products import operations as products


def fill(demo_data: DemoData) -> None:
    offcuts = products.create_sku(
        {"code": "SOAP-OFFCUTS", "name": "Soap offcuts", "typeId": demo_data.ids["sku_type.bar"], "unit": "bag"}
    )
    demo_data.ids["sku.offcuts"] = offcuts["id"]
    for sku, fragrance in (("lavender_bar", "lavender"), ("citrus_bar", "citrus")):
        items: list[BomItemInput] = [
            {"materialId": demo_data.ids[f"material.{material}"], "quantity": Decimal(quantity)}
            for material, quantity in (
                ("olive_oil", "6.25"),
                ("coconut_oil", "3.75"),
                ("lye", "1.625"),
                (fragrance, "7.5"),
            )
        ]
        shea_butter = demo_data.ids["material.shea_butter"]
        items.append({"materialId": shea_butter, "quantity": None, "unit": "oz", "unitQuantity": 20})
        # Those that come out are wrapped, and a wrap in fifty tears.
        items.append({"materialId": demo_data.ids["material.wrap"], "quantity": 48, "scrapPercent": 2})
        operations.create_bom(
            {
                "outputSkuId": demo_data.ids[f"sku.{sku}"],
                "batchSize": 50,
                "yieldPercent": 96,
                "items": items,
                "byProducts": [{"byProductSkuId": offcuts["id"], "quantity": Decimal("0.8"), "costSharePercent": 1}],
            }
        )
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
