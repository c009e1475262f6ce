"""The demo organization's materials."""

from decimal import Decimal

from pharus.demo_data import DemoData
from plugins.materials import operations


def fill(demo_data: DemoData) -> None:
    for key, name in (
        ("oils", "Oils and butters"),
        ("lye", "Lye"),
        ("fragrance", "Fragrance"),
        ("packaging", "Packaging"),
    ):
        demo_data.ids[f"material_type.{key}"] = operations.create_material_type({"name": name})["id"]
    for key, code, name, kind, unit, density in (
        ("olive_oil", "OIL-OLIVE", "Olive oil", "oils", "lb", Decimal("0.915")),
        ("coconut_oil", "OIL-COCONUT", "Coconut oil", "oils", "lb", Decimal("0.924")),
        ("shea_butter", "BUTTER-SHEA", "Shea butter", "oils", "lb", None),
        ("lye", "LYE", "Sodium hydroxide", "lye", "lb", None),
        ("lavender", "FRAG-LAVENDER", "Lavender essential oil", "fragrance", "oz", Decimal("0.885")),
        ("citrus", "FRAG-CITRUS", "Citrus essential oil", "fragrance", "oz", Decimal("0.845")),
        ("rose", "FRAG-ROSE", "Rose essential oil", "fragrance", "oz", Decimal("0.86")),
        ("wrap", "WRAP-BAR", "Paper wrap for a bar", "packaging", "pcs", None),
        ("box", "BOX-GIFT", "Gift box for three bars", "packaging", "pcs", None),
    ):
        material = operations.create_material(
            {
                "code": code,
                "name": name,
                "typeId": demo_data.ids[f"material_type.{kind}"],
                "unit": unit,
                "density": density,
            }
        )
        demo_data.ids[f"material.{key}"] = material["id"]
