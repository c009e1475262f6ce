"""The demo organization's locations."""

from pharus.demo_data import DemoData
from plugins.locations import operations


def fill(demo_data: DemoData) -> None:
    for key, name, city, contact in (
        ("workshop", "Soap workshop", "Portland", "Sam Example"),
        ("warehouse", "Finished goods warehouse", "Portland", "Robin Sample"),
        ("co_packer", "Co-packer's line", "Salem", None),
    ):
        location = operations.create_location(
            {"name": name, "city": city, "state": "OR", "country": "US", "contactName": contact}
        )
        demo_data.ids[f"location.{key}"] = location["id"]
