"""The demo organization's customers: a group of shops, a gift shop, two market stalls, a distributor."""

from pharus.demo import Story
from plugins.customers import operations
from plugins.customers.schemas import CustomerCreate


def fill(story: Story) -> None:
    for name in ("Shop", "Market stall", "Distributor"):
        story.ids[f"customer_type.{name}"] = operations.create_customer_type({"name": name})["id"]
    for name in ("Natural food", "Gifts", "Bath and spa"):
        story.ids[f"customer_segment.{name}"] = operations.create_customer_segment({"name": name})["id"]
    story.ids["broker.west"] = operations.create_broker({"name": "Example Brokers West"})["id"]
    for key, name, type, segment, city, parent in (
        ("grocers", "Example Natural Grocers", "Shop", "Natural food", "Portland", None),
        ("grocers_north", "Example Natural Grocers, North", "Shop", "Natural food", "Portland", "grocers"),
        ("grocers_river", "Example Natural Grocers, Riverside", "Shop", "Natural food", "Eugene", "grocers"),
        ("gifts", "Sample Gifts and Cards", "Shop", "Gifts", "Bend", None),
        ("spa", "Sample Day Spa", "Shop", "Bath and spa", "Ashland", None),
        ("market", "Saturday Example Market", "Market stall", None, "Salem", None),
        ("distributor", "Example Distribution", "Distributor", "Natural food", "Seattle", None),
    ):
        customer: CustomerCreate = {
            "name": name,
            "typeId": story.ids[f"customer_type.{type}"],
            "city": city,
            "country": "US",
        }
        if segment is not None:
            customer["segmentId"] = story.ids[f"customer_segment.{segment}"]
        if parent is not None:
            customer["parentId"] = story.ids[f"customer.{parent}"]
        if key == "distributor":
            customer |= {"brokerId": story.ids["broker.west"], "brokerFeePercent": 5}
        story.ids[f"customer.{key}"] = operations.create_customer(customer)["id"]
