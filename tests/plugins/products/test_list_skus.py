"""The list of SKUs: filters, ranges, pages."""

import pytest

from tests import factories
from tests.api import Api, pointers
from tests.conftest import AsRole
from tests.factories import Organization


def codes(api: Api, **params: object) -> list[str]:
    """The codes of all pages."""
    found: list[str] = []
    while True:
        response = api.get("/api/skus", **params)
        assert response.status_code == 200, response.text
        found += [row["skuCode"] for row in response.json()["data"]]
        if response.json()["nextCursor"] is None:
            return found
        params["cursor"] = response.json()["nextCursor"]


@pytest.fixture
def bars(organization: Organization) -> str:
    """The id of the type that half of the SKUs have."""
    bars = factories.make_sku_type(organization.id)
    boxes = factories.make_sku_type(organization.id)
    for code, name, kind, items, ounces, active in (
        ("soap-b", "Lavender", bars, 1, "4.5", True),
        ("SOAP-A", "Citrus", bars, 1, "4.500001", True),
        ("BOX_6", "Six bars of soap", boxes, 6, "4.5", True),
        ("BOX-12", "100% cotton", boxes, 12, None, True),
        ("old", "Old soap", bars, 2147483647, "999999999999.999999", False),
    ):
        factories.make_sku(
            organization.id,
            code=code,
            name=name,
            type_id=kind,
            items_per_unit=items,
            oz_per_item=ounces,
            is_active=active,
        )
    return bars


def test_list_skus_filters_by_activity_type_and_text(viewer: Api, bars: str) -> None:
    assert codes(viewer) == ["BOX-12", "BOX_6", "old", "SOAP-A", "soap-b"]
    assert codes(viewer, q="SOAP") == ["BOX_6", "old", "SOAP-A", "soap-b"]
    assert codes(viewer, q="soap", active="true", type=bars) == ["SOAP-A", "soap-b"]
    assert codes(viewer, active="false") == ["old"]
    assert codes(viewer, q="%") == ["BOX-12"]
    assert codes(viewer, q="_") == ["BOX_6"]
    assert codes(viewer, q="\\") == []


@pytest.mark.parametrize(
    ("params", "found"),
    [
        ({"itemsPerUnitMin": "6"}, ["BOX-12", "BOX_6", "old"]),
        ({"itemsPerUnitMax": "6"}, ["BOX_6", "SOAP-A", "soap-b"]),
        ({"itemsPerUnitMin": "6", "itemsPerUnitMax": "12"}, ["BOX-12", "BOX_6"]),
        ({"itemsPerUnitMin": "12", "itemsPerUnitMax": "6"}, []),
        ({"itemsPerUnitMin": "0000000007"}, ["BOX-12", "old"]),
        ({"itemsPerUnitMin": "9999999999"}, []),
        ({"itemsPerUnitMax": "9999999999"}, ["BOX-12", "BOX_6", "old", "SOAP-A", "soap-b"]),
        ({"ozPerItemMin": "4.500001"}, ["old", "SOAP-A"]),
        ({"ozPerItemMax": "4.5"}, ["BOX_6", "soap-b"]),
        ({"ozPerItemMin": "4.5", "ozPerItemMax": "4.500000"}, ["BOX_6", "soap-b"]),
        ({"ozPerItemMin": "999999999999.999999"}, ["old"]),
        ({"ozPerItemMin": "0", "itemsPerUnitMax": "6"}, ["BOX_6", "SOAP-A", "soap-b"]),
    ],
)
def test_list_skus_ranges_are_inclusive_and_exact(
    viewer: Api, bars: str, params: dict[str, str], found: list[str]
) -> None:
    assert codes(viewer, **params) == found
    assert codes(viewer, limit=1, **params) == found


@pytest.mark.parametrize("name", ["itemsPerUnitMin", "itemsPerUnitMax", "ozPerItemMin", "ozPerItemMax"])
@pytest.mark.parametrize("text", ["", "-1", "x", "1e3", "1_0", "٣", "12345678901234", "1\n", "NaN", " 1"])
def test_list_skus_refuses_a_bound_that_is_no_number(viewer: Api, name: str, text: str) -> None:
    assert set(pointers(viewer.get("/api/skus", **{name: text}))) == {f"query/{name}"}


def test_list_skus_pages_with_filters_from_page_to_page(viewer: Api, organization: Organization) -> None:
    kind = factories.make_sku_type(organization.id)
    made = [f"{letter}-{number}" for number in range(4) for letter in "bA"]
    for number, code in enumerate(made):
        factories.make_sku(organization.id, code=code, type_id=kind, items_per_unit=1 + number % 2)
    assert codes(viewer, limit=3) == sorted(made, key=str.lower)
    assert codes(viewer, limit=3, type=kind, itemsPerUnitMin="2") == [f"A-{number}" for number in range(4)]


def test_list_skus_shows_one_organization_to_each_caller(as_role: AsRole, organization: Organization) -> None:
    factories.make_sku(organization.id)
    assert codes(as_role(factories.make_organization(), "viewer")) == []
