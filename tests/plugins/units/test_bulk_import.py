"""The bulk import of units of materials and SKUs, and the list of all of them."""

from pharus.fields import new_id
from tests import factories
from tests.api import Api, pointers
from tests.factories import Organization

PATH = "/api/item-units"


def test_units_come_to_those_that_the_items_have(admin: Api, organization: Organization) -> None:
    oil = factories.make_material(organization.id, code="OIL", unit="kg", density="0.92")
    bar = factories.make_sku(organization.id, code="BAR", unit="pcs")
    factories.make_material_unit(organization.id, material_id=oil, unit="drum")
    rows = [
        {"skuId": bar, "unit": "case", "numerator": 24},
        {"materialId": oil, "unit": "pail", "numerator": "35", "denominator": "2", "baseUnit": "l"},
    ]
    imported = admin.post(f"{PATH}/bulk-import", {"rows": rows})
    assert imported.status_code == 200, imported.text
    listed = admin.get(PATH, expand="names").json()["data"]
    shown = [
        (each["materialCode"], each["skuCode"], each["unit"], each["baseUnit"], each["numerator"]) for each in listed
    ]
    assert shown == [
        ("OIL", None, "drum", "l", "200"),
        (None, "BAR", "case", "pcs", "24"),
        ("OIL", None, "pail", "l", "35"),
    ]
    assert [each["id"] for each in listed[1:]] == imported.json()["ids"]
    assert [each["unit"] for each in admin.get(f"/api/materials/{oil}/units").json()["units"]] == ["drum", "pail"]


def test_units_that_are_wrong_are_each_named(admin: Api, organization: Organization) -> None:
    oil = factories.make_material(organization.id, unit="kg")
    factories.make_material_unit(organization.id, material_id=oil, unit="drum", base_unit="kg")
    unnamed = factories.make_material(organization.id)
    unit = {"materialId": oil, "numerator": 2}
    rows = [
        {**unit, "unit": "DRUM"},
        {**unit, "unit": "bag"},
        {**unit, "unit": "Bag"},
        {**unit, "unit": "sack", "baseUnit": "sack"},
        {**unit, "unit": "g"},
        {**unit, "unit": "pail", "baseUnit": "l"},
        {**unit, "unit": "sack", "materialId": unnamed},
        {**unit, "unit": "sack", "materialId": new_id()},
        {**unit, "unit": "sack", "skuId": new_id()},
    ]
    refused = admin.post(f"{PATH}/bulk-import?mode=partial", {"rows": rows}).json()["results"]
    assert [each["index"] for each in refused if each["status"] == "ok"] == [1]
    named = admin.post(f"{PATH}/bulk-import", {"rows": [rows[at] for at in (0, 2, 6, 7)]})
    assert pointers(named) == ["/rows/0/unit", "/rows/1/unit", "/rows/2/unit", "/rows/3/materialId"]


def test_item_has_at_most_a_hundred_units(admin: Api, organization: Organization) -> None:
    oil = factories.make_material(organization.id, unit="kg")
    rows = [{"materialId": oil, "unit": f"u{number}", "numerator": 2} for number in range(101)]
    assert pointers(admin.post(f"{PATH}/bulk-import", {"rows": rows})) == ["/rows/100/unit"]
