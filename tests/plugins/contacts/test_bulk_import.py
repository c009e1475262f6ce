"""Bulk imports of contacts, of their methods and of their links, and the lists of those of all contacts."""

import pytest

from pharus.fields import new_id
from tests import factories
from tests.api import Api, pointers
from tests.factories import Organization

METHODS, LINKS = "/api/contact-methods", "/api/contact-links"


@pytest.fixture
def kim(organization: Organization) -> str:
    return factories.make_contact(organization.id, display_name="Kim Buyer")


@pytest.fixture
def vendor(organization: Organization) -> str:
    return factories.make_vendor(organization.id, name="Oils")


def test_contacts_are_called_by_their_names_unless_they_say_otherwise(admin: Api) -> None:
    rows = [
        {"firstName": " Kim ", "lastName": "Buyer"},
        {"firstName": "Sam", "displayName": "Dock", "isActive": False},
        {"lastName": "Nobody"},
    ]
    assert pointers(admin.post("/api/contacts/bulk-import", {"rows": rows})) == ["/rows/2/firstName"]
    assert admin.post("/api/contacts/bulk-import?mode=partial", {"rows": rows}).status_code == 200
    stored = admin.get("/api/contacts").json()["data"]
    assert [(each["displayName"], each["isActive"]) for each in stored] == [("Dock", False), ("Kim Buyer", True)]


def test_first_method_of_a_type_is_primary_and_one_that_says_so_takes_it(admin: Api, kim: str) -> None:
    first = [
        {"contactId": kim, "type": "phone", "value": "0", "isActive": False},
        {"contactId": kim, "type": "email", "value": "Kim@Example.com"},
        {"contactId": kim, "type": "phone", "value": "1"},
        {"contactId": kim, "type": "phone", "value": "2"},
    ]
    assert admin.post(f"{METHODS}/bulk-import", {"rows": first}).status_code == 200
    then = [{"contactId": kim, "type": "phone", "value": "3", "isPrimary": True}]
    assert admin.post(f"{METHODS}/bulk-import", {"rows": then}).status_code == 200
    page = admin.get(METHODS, expand="names").json()["data"]
    assert [(each["value"], each["isPrimary"], each["contactName"]) for each in page] == [
        ("0", False, "Kim Buyer"),
        ("kim@example.com", True, "Kim Buyer"),
        ("1", False, "Kim Buyer"),
        ("2", False, "Kim Buyer"),
        ("3", True, "Kim Buyer"),
    ]


def test_methods_that_are_wrong_are_each_named(admin: Api, kim: str) -> None:
    admin.post(f"/api/contacts/{kim}/methods", {"type": "phone", "value": "1"})
    phone = {"contactId": kim, "type": "phone"}
    rows = [
        {**phone, "value": "1"},
        {**phone, "value": "2", "isPrimary": True},
        {**phone, "value": "3", "isPrimary": True},
        {**phone, "value": "2"},
        {"contactId": kim, "type": "email", "value": "nobody"},
        {**phone, "value": "4", "isPrimary": True, "isActive": False},
        {**phone, "value": "5", "contactId": new_id()},
    ]
    refused = admin.post(f"{METHODS}/bulk-import", {"rows": rows})
    assert pointers(refused) == [
        "/rows/0/value",
        "/rows/2/isPrimary",
        "/rows/3/value",
        "/rows/4/value",
        "/rows/5/isPrimary",
        "/rows/5/isPrimary",
        "/rows/6/contactId",
    ]
    partly = admin.post(f"{METHODS}/bulk-import?mode=partial", {"rows": rows}).json()["results"]
    assert [each["status"] for each in partly] == ["error", "ok", *["error"] * 5]
    stored = {each["value"]: each["isPrimary"] for each in admin.get(METHODS).json()["data"]}
    assert stored == {"1": False, "2": True}


def test_links_name_one_customer_or_vendor_each_once(
    admin: Api, organization: Organization, kim: str, vendor: str
) -> None:
    customer = factories.make_customer(organization.id, name="Shop")
    other = factories.make_contact(organization.id, display_name="Alex")
    rows = [
        {"contactId": kim, "vendorId": vendor, "isPrimary": True, "role": "Orders"},
        {"contactId": kim, "customerId": customer, "vendorId": None},
        {"contactId": other, "vendorId": vendor, "isPrimary": True},
        {"contactId": kim, "vendorId": vendor},
        {"contactId": kim},
        {"contactId": other, "customerId": customer, "isActive": False},
    ]
    refused = admin.post(f"{LINKS}/bulk-import?mode=partial", {"rows": rows}).json()["results"]
    assert [each["status"] for each in refused] == ["ok", "ok", "error", "error", "error", "ok"]
    shown = [
        (each["contactName"], each["vendorName"], each["customerName"], each["isPrimary"], each["isActive"])
        for each in admin.get(LINKS, expand="names").json()["data"]
    ]
    assert shown == [
        ("Kim Buyer", "Oils", None, True, True),
        ("Kim Buyer", None, "Shop", False, True),
        ("Alex", None, "Shop", False, False),
    ]
    again = admin.post(f"{LINKS}/bulk-import", {"rows": [rows[2]]})
    assert again.status_code == 200
    primary = [each["contactName"] for each in admin.get(LINKS, expand="names").json()["data"] if each["isPrimary"]]
    assert primary == ["Alex"]


def test_nobody_is_linked_to_what_is_deactivated_unless_the_import_says_so(
    admin: Api, organization: Organization, kim: str
) -> None:
    rows = [{"contactId": kim, "vendorId": factories.make_vendor(organization.id, is_active=False)}]
    assert pointers(admin.post(f"{LINKS}/bulk-import", {"rows": rows})) == ["/rows/0/vendorId"]
    assert admin.post(f"{LINKS}/bulk-import?acceptDeactivated=true", {"rows": rows}).status_code == 200
