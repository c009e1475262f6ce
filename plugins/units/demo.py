"""The demo organization's units: oils come in drums, bars are sold in cases."""

from pharus.demo_data import DemoData
from plugins.units import operations


def fill(demo_data: DemoData) -> None:
    ids = demo_data.ids
    for oil in ("olive_oil", "coconut_oil"):
        operations.replace_material_units(
            ids[f"material.{oil}"],
            {
                "units": [
                    {"unit": "drum", "numerator": 208, "baseUnit": "l"},
                    {"unit": "pail", "numerator": 35},
                ]
            },
        )
    for bar in ("lavender_bar", "citrus_bar"):
        operations.replace_sku_units(ids[f"sku.{bar}"], {"units": [{"unit": "case", "numerator": 24}]})
