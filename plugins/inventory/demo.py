"""The demo organization's stock: counted when it began, a part moved, some lost."""

from pharus.demo_data import DemoData
from plugins.inventory import operations


def fill(demo_data: DemoData) -> None:
    """Ids come from the domains before: `material.…`, `location.workshop`, `location.warehouse`."""
    materials = [id for name, id in demo_data.ids.items() if name.startswith("material.")]
    workshop, warehouse = demo_data.ids["location.workshop"], demo_data.ids["location.warehouse"]
    for number, material_id in enumerate(materials, start=1):
        operations.adjust_materials_inventory(
            {"materialId": material_id, "locationId": workshop, "quantity": 100 * number, "notes": "First count"}
        )
    moved = materials[0]
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
