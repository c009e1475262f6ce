"""What is deactivated can be emptied, and not filled."""

import pytest

from pharus.db import db
from tests import factories
from tests.api import Api, error_code
from tests.factories import Organization
from tests.plugins.inventory.sides import Side

NONE = {"onOrder": "0", "demand": "0", "allocated": "0"}


def record(side: Side, what: str) -> str:
    """The path of the item, or of one of the two locations."""
    if what == "item":
        return f"/api/{'materials' if side.key == 'materialId' else 'skus'}/{side.item}"
    return f"/api/locations/{side.places[0 if what == 'source' else 1]}"


def deactivate(side: Side, what: str) -> dict[str, object]:
    response = side.api.patch(record(side, what), {"isActive": False})
    assert response.status_code == 200, response.text
    return dict(response.json())


@pytest.mark.parametrize("what", ["source", "item"])
def test_stock_of_what_is_deactivated_leaves(side: Side, what: str) -> None:
    side.adjust(10, unitCost=3)
    deactivate(side, what)
    sent = side.transfer(4)
    assert sent.status_code == 201, sent.text
    assert side.complete(sent.json()["ref"]).status_code == 201
    side.dispose(1)
    # A count finds more of what lies there.
    side.adjust(2)
    assert side.revalue(5).status_code == 201
    side.dispose(7)
    assert [side.summary(place)["onHand"] for place in (0, 1)] == ["0", "4"]
    assert "stillHolds" not in (side.api.patch(record(side, "source"), {"isActive": False}).json())
    assert side.discrepancies() == []


def test_destination_of_a_new_transfer_is_active_and_what_is_on_its_way_arrives(side: Side) -> None:
    side.adjust(10)
    first, second = (side.transfer(2).json()["ref"] for _ in range(2))
    deactivate(side, "destination")
    refused = side.transfer(1)
    assert (refused.status_code, error_code(refused)) == (409, "conflict")
    assert side.complete(first).status_code == 201
    deactivate(side, "source")
    assert side.cancel(second).status_code == 201
    assert [side.summary(place)["onHand"] for place in (0, 1)] == ["8", "2"]
    # From one deactivated location to another.
    assert side.transfer(1).status_code == 409


@pytest.mark.parametrize("what", ["source", "item"])
def test_nothing_is_counted_where_it_never_lay(side: Side, what: str) -> None:
    deactivate(side, what)
    for path in ("adjustments", "disposals"):
        refused = side.api.post(f"{side.root}/{path}", side.body(1))
        assert (refused.status_code, error_code(refused)) == (409, "conflict")
    assert side.ledger() == []


def test_deactivating_says_what_is_still_held(side: Side) -> None:
    side.adjust(10, unitCost=3)
    side.transfer(4)
    keys = {"materialId": None, "skuId": None, side.key: side.item}
    here = {**keys, "locationId": side.places[0], "onHand": "6", "inTransit": "0", "value": "18", **NONE}
    there = {**keys, "locationId": side.places[1], "onHand": "0", "inTransit": "4", "value": "0", **NONE}
    held = deactivate(side, "item")
    assert held["stillHolds"] == {
        "stockCount": 2,
        "stock": sorted([here, there], key=lambda row: str(row["locationId"])),
    }
    assert deactivate(side, "source")["stillHolds"] == {"stockCount": 1, "stock": [here]}
    assert deactivate(side, "destination")["stillHolds"] == {"stockCount": 1, "stock": [there]}
    # It is no part of the record's version, and may come back from who sends the answer.
    changed = side.api.patch(record(side, "item"), {"notes": "For sale"})
    read = side.api.get(record(side, "item"))
    assert {**read.json(), "stillHolds": held["stillHolds"]} == changed.json()
    assert changed.headers["etag"] == read.headers["etag"]
    side.dispose(1)
    sent_back = side.api.patch(record(side, "item"), changed.json(), headers={"If-Match": read.headers["etag"]})
    assert sent_back.json()["stillHolds"] != held["stillHolds"]
    assert "stillHolds" not in side.api.patch(record(side, "item"), {"isActive": True}).json()


def test_location_shows_the_first_hundred_of_what_it_holds(admin: Api, organization: Organization) -> None:
    location = factories.make_location(organization.id)
    type_id = factories.make_material_type(organization.id)
    for _ in range(101):
        item = factories.make_material(organization.id, type_id=type_id)
        db.execute_sql(
            "INSERT INTO materials_balance (org_id, item_id, location_id, demand) VALUES (%s, %s, %s, 1)",
            (organization.id, item, location),
        )
    held = admin.patch(f"/api/locations/{location}", {"isActive": False}).json()["stillHolds"]
    assert (held["stockCount"], len(held["stock"])) == (101, 100)
    assert {row["demand"] for row in held["stock"]} == {"1"}


def test_active_record_says_nothing_of_its_stock(side: Side) -> None:
    side.adjust(1)
    for what in ("item", "source"):
        assert "stillHolds" not in side.api.patch(record(side, what), {"notes": "Full"}).json()
