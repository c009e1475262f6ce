"""The demo organization's locations."""

from pharus.demo import Story
from plugins.locations import operations


def fill(story: Story) -> None:
    for key, name, city in (
        ("workshop", "Soap workshop", "Portland"),
        ("warehouse", "Finished goods warehouse", "Portland"),
        ("co_packer", "Co-packer's line", "Salem"),
    ):
        location = operations.create_location({"name": name, "city": city, "state": "OR", "country": "US"})
        story.ids[f"location.{key}"] = location["id"]
