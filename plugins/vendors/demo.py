"""The demo organization's vendors."""

from pharus.demo import Story
from plugins.vendors import operations


def fill(story: Story) -> None:
    for key, name, city, term in (
        ("oils", "Example Oils & Butters", "Eugene", "Net 30"),
        ("fragrance", "Example Fragrance House", "Tacoma", "Net 15"),
        ("packaging", "Example Boxes and Labels", "Boise", "Net 30"),
        ("co_packer", "Example Co-Packing", "Salem", "On receipt"),
    ):
        vendor = operations.create_vendor({"name": name, "city": city, "country": "US", "term": term})
        story.ids[f"vendor.{key}"] = vendor["id"]
