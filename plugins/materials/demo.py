"""The demo organization's materials."""

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
    for key, code, name, kind in (
        ("olive_oil", "OIL-OLIVE", "Olive oil, lb", "oils"),
        ("coconut_oil", "OIL-COCONUT", "Coconut oil, lb", "oils"),
        ("shea_butter", "BUTTER-SHEA", "Shea butter, lb", "oils"),
        ("lye", "LYE", "Sodium hydroxide, lb", "lye"),
        ("lavender", "FRAG-LAVENDER", "Lavender essential oil, oz", "fragrance"),
        ("citrus", "FRAG-CITRUS", "Citrus essential oil, oz", "fragrance"),
        ("wrap", "WRAP-BAR", "Paper wrap for a bar", "packaging"),
        ("box", "BOX-GIFT", "Gift box for three bars", "packaging"),
    ):
        material = operations.create_material(
            {"code": code, "name": name, "typeId": demo_data.ids[f"material_type.{kind}"]}
        )
        demo_data.ids[f"material.{key}"] = material["id"]
