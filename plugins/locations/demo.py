"""The demo organization's locations."""

from pharus.demo_data import DemoData
from plugins.locations import operations


def fill(demo_data: DemoData) -> None:
    for key, name, city in (
        ("workshop", "Soap workshop", "Portland"),
        ("warehouse", "Finished goods warehouse", "Portland"),
        ("co_packer", "Co-packer's line", "Salem"),
    ):
        location = operations.create_location({"name": name, "city": city, "state": "OR", "country": "US"})
        demo_data.ids[f"location.{key}"] = location["id"]
