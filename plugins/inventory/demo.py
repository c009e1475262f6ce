"""The demo organization's stock: counted when it began, a part moved, some lost, and some of what is no longer used."""

from decimal import Decimal

from pharus.demo_data import DemoData
from plugins.inventory import operations
from plugins.inventory.schemas import MaterialsOpeningBalance
from plugins.materials import operations as materials_operations

# What a unit of each material was bought for before the first count.
_UNIT_COSTS = {
    "olive_oil": Decimal("3.1"),
    "coconut_oil": Decimal("1.85"),
    "shea_butter": Decimal("4.4"),
    "lye": Decimal("2.25"),
    "lavender": Decimal("1.6"),
    "citrus": Decimal("1.2"),
    "wrap": Decimal("0.04"),
    "box": Decimal("0.35"),
    "rose": Decimal("11.5"),
}


def fill(demo_data: DemoData) -> None:
    """Ids come from the domains before: `material.…`, `location.workshop`, `location.warehouse`."""
    materials = {key: demo_data.ids[f"material.{key}"] for key in _UNIT_COSTS}
    workshop, warehouse = demo_data.ids["location.workshop"], demo_data.ids["location.warehouse"]
    counted: list[MaterialsOpeningBalance] = [
        {
            "materialId": material_id,
            "locationId": workshop,
            "quantity": 100 * number,
            "unitCost": _UNIT_COSTS[key],
            "notes": "First count",
        }
        for number, (key, material_id) in enumerate(materials.items(), start=1)
    ]
    operations.bulk_import_materials_opening_balances({"rows": counted}, "atomic", "false")
    moved = materials["olive_oil"]
    sent = operations.create_materials_transfer(
        {
            "materialId": moved,
            "sourceLocationId": workshop,
            "destinationLocationId": warehouse,
            "quantity": 40,
        }
    )
    operations.complete_materials_transfer(sent["ref"], {"notes": "All there"})
    operations.dispose_materials_inventory(
        {"materialId": moved, "locationId": warehouse, "quantity": 2, "notes": "Leaking canister"}
    )
    # No longer used: what is left of it can only go.
    materials_operations.update_material(materials["rose"], {"isActive": False})
