"""The units of items, as a caller sees them."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from tests import factories
from tests.api import Api, error_code, pointers
from tests.conftest import AsRole
from tests.factories import Organization

UNKNOWN = "01935d6c-7b1a-7c3e-8f00-0000000000ff"
DRUM = {"unit": "drum", "numerator": 208, "baseUnit": "l"}


@pytest.fixture(params=["materials", "skus"])
def item(request: pytest.FixtureRequest, organization: Organization) -> Callable[..., str]:
    """The path of a new item with these values."""
    make = factories.make_material if request.param == "materials" else factories.make_sku
    return lambda **columns: f"/api/{request.param}/{make(organization.id, **columns)}"


def replace(api: Api, path: str, *units: dict[str, Any]) -> Any:
    return api.request("PUT", f"{path}/units", json={"units": list(units)})


def test_list_units_has_exact_factors(viewer: Api) -> None:
    units = {each["unit"]: each for each in viewer.get("/api/units").json()["data"]}
    assert units["lb"] == {
        "unit": "lb",
        "measure": "mass",
        "baseUnit": "kg",
        "numerator": "45359237",
        "denominator": "100000000",
    }
    gallon = units["gal us"]
    assert Decimal(gallon["numerator"]) / Decimal(gallon["denominator"]) == Decimal("3.785411784")


def test_an_item_has_no_unit_until_somebody_names_it(member: Api, item: Callable[..., str]) -> None:
    path = item()
    assert member.get(path).json()["unit"] is None
    assert member.get(f"{path}/units").json() == {"unit": None, "density": None, "units": []}
    named = member.patch(path, {"unit": " kg ", "density": "0.92"}).json()
    assert (named["unit"], named["density"]) == ("kg", "0.92")


def test_what_is_known_of_an_item_without_a_stock_unit_is_kept(member: Api, item: Callable[..., str]) -> None:
    path = item()
    refused = replace(member, path, DRUM, {"unit": "case", "numerator": 12})
    assert (refused.status_code, error_code(refused)) == (409, "conflict")
    assert replace(member, path, DRUM).json()["units"][0]["factor"] is None
    assert member.patch(path, {"unit": "m3"}).status_code == 200
    assert member.get(f"{path}/units").json()["units"][0]["factor"] == "26/125"


@pytest.mark.parametrize("unit", ["x" * 41, "k\u200bg", "k\ng", 7])
def test_a_unit_is_a_name_that_can_be_read(member: Api, item: Callable[..., str], unit: object) -> None:
    path = item(unit="kg")
    assert pointers(member.patch(path, {"unit": unit})) == ["/unit"]
    assert pointers(replace(member, path, {**DRUM, "unit": unit})) == ["/units/0/unit"]


@pytest.mark.parametrize("density", [0, -1, "0", "0.0000001"])
def test_a_density_is_above_zero(member: Api, item: Callable[..., str], density: object) -> None:
    assert pointers(member.patch(item(), {"density": density})) == ["/density"]


def test_replace_units_answers_their_factors_to_the_stock_unit(member: Api, item: Callable[..., str]) -> None:
    path = item(unit="lb", density="0.915")
    carton = {"unit": "Carton", "numerator": "12.5", "denominator": "3"}
    answer = replace(member, path, DRUM, carton)
    assert answer.status_code == 200
    drum, of_twelve = answer.json()["units"]
    assert drum == {
        "unit": "drum",
        "numerator": "208",
        "denominator": "1",
        "baseUnit": "l",
        "factor": "19032000000/45359237",
    }
    assert of_twelve == {
        "unit": "Carton",
        "numerator": "12.5",
        "denominator": "3",
        "baseUnit": "lb",
        "factor": "25/6",
    }
    assert member.get(f"{path}/units").json() == answer.json()
    assert replace(member, path).json()["units"] == []


@pytest.mark.parametrize(
    ("units", "places"),
    [
        ([DRUM, {**DRUM, "unit": "DRUM"}], ["/units/1/unit"]),
        ([{**DRUM, "baseUnit": "Drum"}], ["/units/0/baseUnit"]),
        ([{"unit": "drum"}], ["/units/0/numerator"]),
        ([{**DRUM, "numerator": 0}], ["/units/0/numerator"]),
        ([{**DRUM, "denominator": "0.0000001"}], ["/units/0/denominator"]),
    ],
)
def test_replace_units_refuses_what_is_wrong_by_itself(
    member: Api, item: Callable[..., str], units: list[dict[str, Any]], places: list[str]
) -> None:
    assert pointers(replace(member, item(unit="kg", density=1), *units)) == places


@pytest.mark.parametrize(
    "unit",
    [
        {"unit": "KG", "numerator": 1},
        {"unit": "lb", "numerator": "0.5"},
        {"unit": "drum", "numerator": 208, "baseUnit": "l"},
        {"unit": "pallet", "numerator": 4, "baseUnit": "drum"},
    ],
    ids=["the stock unit", "built in", "no density", "no known base"],
)
def test_replace_units_refuses_what_is_known_or_leads_nowhere(
    member: Api, item: Callable[..., str], unit: dict[str, Any]
) -> None:
    path = item(unit="kg")
    refused = replace(member, path, {"unit": "sack", "numerator": 25}, unit)
    assert (refused.status_code, error_code(refused)) == (409, "conflict")
    assert refused.json()["error"]["details"]["unit"] == unit["unit"]
    assert member.get(f"{path}/units").json()["units"] == []


def test_replace_units_compares_the_version(member: Api, item: Callable[..., str]) -> None:
    path = item(unit="kg")
    before = member.get(f"{path}/units").headers["ETag"]
    sack = {"units": [{"unit": "sack", "numerator": 25}]}
    changed = member.request("PUT", f"{path}/units", json=sack, headers={"If-Match": before})
    assert changed.status_code == 200
    assert member.get(f"{path}/units").headers["ETag"] != before
    late = member.request("PUT", f"{path}/units", json=sack, headers={"If-Match": before})
    assert late.status_code == 412


def test_units_of_an_unknown_item_are_not_found(member: Api) -> None:
    for path in ("/api/materials", "/api/skus"):
        assert member.get(f"{path}/{UNKNOWN}/units").status_code == 404
        assert replace(member, f"{path}/{UNKNOWN}").status_code == 404


def test_units_go_with_their_item(as_role: AsRole, organization: Organization, item: Callable[..., str]) -> None:
    admin, path = as_role(organization, "admin"), item(unit="kg")
    assert replace(admin, path, {"unit": "sack", "numerator": 25}).status_code == 200
    assert admin.delete(path).status_code == 200


def test_the_stock_unit_stays_once_something_refers_to_the_item(member: Api, organization: Organization) -> None:
    material = factories.make_material(organization.id, unit="kg")
    path = f"/api/materials/{material}"
    assert member.patch(path, {"unit": "lb"}).json()["unit"] == "lb"
    order = factories.make_purchase_order(organization.id)
    factories.make_purchase_order_item(organization.id, purchase_order_id=order, material_id=material)
    for unit in ("kg", None):
        refused = member.patch(path, {"unit": unit})
        assert (refused.status_code, error_code(refused)) == (409, "conflict")
        assert refused.json()["error"]["details"]["references"]["poLineCount"] == 1
    assert member.patch(path, {"unit": "LB", "name": "Oil"}).json()["unit"] == "LB"


def test_a_unit_may_be_named_when_the_item_has_stock(member: Api, organization: Organization) -> None:
    material = factories.make_material(organization.id)
    order = factories.make_purchase_order(organization.id)
    factories.make_purchase_order_item(organization.id, purchase_order_id=order, material_id=material)
    assert member.patch(f"/api/materials/{material}", {"unit": "kg"}).json()["unit"] == "kg"


def test_bulk_import_takes_units(admin: Api, organization: Organization) -> None:
    type_id = factories.make_material_type(organization.id)
    oil = {"name": "Oil", "typeId": type_id, "unit": "l", "density": "0.9"}
    ids = admin.post("/api/materials/bulk-import", {"rows": [{"code": code, **oil} for code in ("A", "B")]}).json()[
        "ids"
    ]
    assert [admin.get(f"/api/materials/{id}").json()["unit"] for id in ids] == ["l", "l"]
