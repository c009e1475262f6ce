"""The list of orders: newest first, in pages, narrowed."""

import pytest

from tests import factories
from tests.plugins.manufacturing.making import Making


def numbers(making: Making, **params: object) -> list[str]:
    return [row[making.kind.number_key][-4:] for row in making.api.get(making.root, **params).json()["data"]]


@pytest.fixture
def orders(making: Making) -> Making:
    """0001 a draft, 0002 placed in 2026, 0003 placed in 2025 elsewhere."""
    elsewhere = factories.make_location(making.org_id, name="Sample 100% co-packer")
    making.order(status="Draft")
    making.order(status="Placed", orderDate="2026-01-31")
    making.order(status="Completed", orderDate="2025-06-01", **{making.location_key: elsewhere})
    return making


def test_list_comes_newest_first_in_pages(orders: Making) -> None:
    first = orders.api.get(orders.root, limit=2).json()
    second = orders.api.get(orders.root, limit=2, cursor=first["nextCursor"]).json()
    pages = [[row[orders.kind.number_key][-4:] for row in page["data"]] for page in (first, second)]
    assert (pages, second["nextCursor"]) == ([["0003", "0002"], ["0001"]], None)


def test_list_shows_orders_as_they_are(orders: Making) -> None:
    (draft,) = orders.api.get(orders.root, status="Draft").json()["data"]
    assert orders.api.get(f"{orders.root}/{draft['id']}").json()[orders.order_key] == draft


def test_list_is_narrowed(orders: Making) -> None:
    location = {orders.location_key: orders.location}
    for params, expected in (
        ({"status": "Placed"}, ["0002"]),
        ({"status": "Cancelled"}, []),
        ({"q": "-0003"}, ["0003"]),
        ({"q": "SAMPLE 100%"}, ["0003"]),
        ({"q": "100_"}, []),
        (location, ["0002", "0001"]),
        ({"dateTo": "2026-01-31"}, ["0003", "0002"]),
        ({"dateFrom": "2025-06-02", "dateTo": "2026-01-31"}, ["0002"]),
        ({"dateFrom": "2026-02-01"}, ["0001"]),
        ({**location, "q": "000", "status": "Draft"}, ["0001"]),
    ):
        assert numbers(orders, **params) == expected, params


def test_kinds_and_organizations_are_apart(assembling: Making, manufacturing: Making) -> None:
    made = assembling.order()
    assert numbers(manufacturing) == []
    assert manufacturing.api.get(f"{manufacturing.root}/{made['order']['id']}").status_code == 404
