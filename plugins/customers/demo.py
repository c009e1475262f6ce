"""The demo organization's customers: a group of shops, a gift shop, two market stalls, a distributor."""

from pharus.demo_data import DemoData
from plugins.customers import operations
from plugins.customers.schemas import CustomerCreate


def fill(demo_data: DemoData) -> None:
    for name in ("Shop", "Market stall", "Distributor"):
        demo_data.ids[f"customer_type.{name}"] = operations.create_customer_type({"name": name})["id"]
    for name in ("Natural food", "Gifts", "Bath and spa"):
        demo_data.ids[f"customer_segment.{name}"] = operations.create_customer_segment({"name": name})["id"]
    demo_data.ids["broker.west"] = operations.create_broker({"name": "Example Brokers West"})["id"]
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
            "typeId": demo_data.ids[f"customer_type.{type}"],
            "city": city,
            "country": "US",
        }
        if segment is not None:
            customer["segmentId"] = demo_data.ids[f"customer_segment.{segment}"]
        if parent is not None:
            customer["parentId"] = demo_data.ids[f"customer.{parent}"]
        if key == "distributor":
            customer |= {"brokerId": demo_data.ids["broker.west"], "brokerFeePercent": 5}
        demo_data.ids[f"customer.{key}"] = operations.create_customer(customer)["id"]
