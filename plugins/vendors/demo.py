"""The demo organization's vendors."""

from pharus.demo_data import DemoData
from plugins.vendors import operations


def fill(demo_data: DemoData) -> None:
    for key, name, city, term in (
        ("oils", "Example Oils & Butters", "Eugene", "Net 30"),
        ("fragrance", "Example Fragrance House", "Tacoma", "Net 15"),
        ("packaging", "Example Boxes and Labels", "Boise", "Net 30"),
        ("co_packer", "Example Co-Packing", "Salem", "On receipt"),
    ):
        vendor = operations.create_vendor({"name": name, "city": city, "country": "US", "term": term})
        demo_data.ids[f"vendor.{key}"] = vendor["id"]
