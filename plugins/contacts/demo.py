"""The demo organization's contacts: who buys at its customers, who sells at its vendors."""

from pharus.demo_data import DemoData
from plugins.contacts import operations
from plugins.contacts.schemas import ContactEntityType


def fill(demo_data: DemoData) -> None:
    kind: ContactEntityType
    for kind, key, first_name, last_name, role, phone in (
        ("customer", "grocers", "Kim", "Buyer", "Head of purchasing", "+1 555 0101"),
        ("customer", "grocers_north", "Kim", "Buyer", "Head of purchasing", None),
        ("customer", "grocers_north", "Robin", "Shelf", "Store manager", "+1 555 0102"),
        ("customer", "gifts", "Alex", "Ribbon", "Owner", "+1 555 0103"),
        ("customer", "distributor", "Sam", "Pallet", "Purchasing", None),
        ("vendor", "oils", "Chris", "Olive", "Sales", "+1 555 0111"),
        ("vendor", "packaging", "Jo", "Carton", "Customer service", "+1 555 0112"),
    ):
        found = operations.find_or_create_contact(
            {
                "firstName": first_name,
                "lastName": last_name,
                "email": f"{first_name}.{last_name}@example.com",
                "entityType": kind,
                "entityId": demo_data.ids[f"{kind}.{key}"],
                "role": role,
            }
        )
        if phone is not None:
            operations.add_contact_method(found["contact"]["id"], {"type": "phone", "value": phone, "label": "Office"})
        demo_data.ids[f"contact.{first_name}"] = found["contact"]["id"]
