"""The demo organization's SKUs."""

from decimal import Decimal

from pharus.demo import Story
from plugins.products import operations


def fill(story: Story) -> None:
    for key, name in (("bar", "Bars"), ("gift_set", "Gift sets")):
        story.ids[f"sku_type.{key}"] = operations.create_sku_type({"name": name})["id"]
    for key, code, name in (
        ("lavender_bar", "SOAP-LAVENDER", "Lavender soap"),
        ("citrus_bar", "SOAP-CITRUS", "Citrus soap"),
    ):
        bar = operations.create_sku(
            {"code": code, "name": name, "typeId": story.ids["sku_type.bar"], "ozPerItem": Decimal("4.5")}
        )
        story.ids[f"sku.{key}"] = bar["id"]
    gift_set = operations.create_sku(
        {
            "code": "GIFT-SET-3",
            "name": "Gift set of three bars",
            "typeId": story.ids["sku_type.gift_set"],
            "itemsPerUnit": 3,
            "ozPerItem": Decimal("4.5"),
        }
    )
    story.ids["sku.gift_set"] = gift_set["id"]
