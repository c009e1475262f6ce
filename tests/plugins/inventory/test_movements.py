"""Transfers, adjustments, disposals and the lists of both ledgers, as a caller sees them."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests import factories
from tests.api import Api, error_code, pointers
from tests.conftest import AsRole
from tests.factories import Organization
from tests.plugins.inventory.sides import Side


def test_adjust_adds_and_dispose_takes_off(side: Side) -> None:
    entry = side.adjust(12.5, notes="Found")
    assert entry["eventType"] == "ADJUST"
    assert (entry["quantity"], entry["sourceType"], entry["notes"]) == ("12.5", "manual", "Found")
    disposed = side.api.post(f"{side.root}/disposals", side.body(0.000001))
    assert disposed.status_code == 201
    assert side.summary(0)["onHand"] == "12.499999"
    assert [row["eventType"] for row in side.ledger()] == ["DISPOSE", "ADJUST"]


def test_dispose_beyond_what_is_on_hand_is_refused(side: Side) -> None:
    side.adjust(1)
    refused = side.api.post(f"{side.root}/disposals", side.body(2))
    assert (refused.status_code, error_code(refused)) == (409, "conflict")
    assert refused.json()["error"]["details"] == {
        "itemId": side.item,
        "locationId": side.places[0],
        "onHand": "1",
        "requested": "2",
    }


def test_transfer_is_in_transit_until_it_is_completed(side: Side) -> None:
    side.adjust(10)
    sent = side.transfer(4)
    assert sent.status_code == 201
    body = sent.json()
    assert body["ref"] == ("TFR-MI-001" if side.key == "materialId" else "TFR-FG-001")
    assert body["ledgerEntry"]["toLocationId"] == side.places[1]
    assert (side.summary(0)["onHand"], side.summary(1)["onHand"], side.summary(1)["inTransit"]) == ("6", "0", "4")
    done = side.api.post(f"{side.root}/transfers/{body['ref']}/complete", {"notes": "All there"})
    assert done.status_code == 201
    assert (done.json()["eventType"], done.json()["quantity"], done.json()["ref"]) == ("RECEIVE", "4", body["ref"])
    assert (side.summary(1)["onHand"], side.summary(1)["inTransit"]) == ("4", "0")


def test_complete_twice_and_of_an_unknown_ref(side: Side) -> None:
    side.adjust(10)
    ref = side.transfer(1).json()["ref"]
    assert side.api.post(f"{side.root}/transfers/{ref}/complete", {}).status_code == 201
    again = side.api.post(f"{side.root}/transfers/{ref}/complete", {})
    assert (again.status_code, error_code(again)) == (409, "invalid_transition")
    assert side.api.post(f"{side.root}/transfers/TFR-XX-999/complete", {}).status_code == 404


def test_complete_before_the_transfer_is_refused(side: Side) -> None:
    side.adjust(10)
    ref = side.transfer(1, eventDate="2026-03-05T12:00:00Z").json()["ref"]
    early = side.api.post(f"{side.root}/transfers/{ref}/complete", {"eventDate": "2026-03-04"})
    assert pointers(early) == ["/eventDate"]
    same_day = side.api.post(f"{side.root}/transfers/{ref}/complete", {"eventDate": "2026-03-05"})
    assert same_day.json()["eventDate"] == "2026-03-05T12:00:00Z"


def test_transfer_refuses_what_is_wrong_by_itself_or_in_the_world(side: Side, organization: Organization) -> None:
    side.adjust(10)
    assert pointers(side.transfer(1, destinationLocationId=side.places[0])) == ["/destinationLocationId"]
    assert side.transfer(11).status_code == 409
    elsewhere = factories.make_location(factories.make_organization().id)
    assert side.transfer(1, destinationLocationId=elsewhere).status_code == 404
    closed = factories.make_location(organization.id, sort_order=9, is_active=False)
    assert error_code(side.transfer(1, destinationLocationId=closed)) == "conflict"
    assert side.summary(0)["onHand"] == "10"


@pytest.mark.parametrize("quantity", [0, -1, 0.0000001, 1e12, "one", None])
def test_adjust_refuses_a_quantity_that_is_none(side: Side, quantity: object) -> None:
    assert pointers(side.api.post(f"{side.root}/adjustments", side.body(quantity))) == ["/quantity"]


@pytest.mark.parametrize(
    "date",
    ["2026-02-30", "0000-01-01", "yesterday", "9999-12-31T23:59:59-23:59", "2016-12-31T23:59:60Z", "2026-01-01T00:00"],
)
def test_adjust_refuses_a_date_that_no_calendar_has(side: Side, date: str) -> None:
    assert pointers(side.api.post(f"{side.root}/adjustments", side.body(1, eventDate=date))) == ["/eventDate"]


def test_event_date_may_be_past_and_at_most_a_day_ahead(side: Side) -> None:
    now = datetime.now(UTC)
    assert side.adjust(1, eventDate="1999-12-31")["eventDate"] == "1999-12-31T00:00:00Z"
    assert side.adjust(1, eventDate=(now + timedelta(hours=23)).isoformat())
    late = side.api.post(f"{side.root}/adjustments", side.body(1, eventDate=(now + timedelta(hours=25)).isoformat()))
    assert pointers(late) == ["/eventDate"]


def test_ledger_lists_newest_event_first_and_filters(side: Side) -> None:
    for day in ("2026-01-01", "2026-01-03", "2026-01-02"):
        side.adjust(10, eventDate=day)
    ref = side.transfer(1, eventDate="2026-01-04").json()["ref"]
    side.api.post(f"{side.root}/transfers/{ref}/complete", {"eventDate": "2026-01-05"})

    def days(**filters: Any) -> list[str]:
        return [row["eventDate"][8:10] for row in side.ledger(**filters)]

    assert days() == ["05", "04", "03", "02", "01"]
    assert days(eventType="ADJUST") == ["03", "02", "01"]
    assert days(dateFrom="2026-01-02", dateTo="2026-01-04") == ["04", "03", "02"]
    assert days(dateTo="2026-01-02T00:00:00Z") == ["02", "01"]
    assert days(ref=ref) == ["05", "04"]
    assert days(ref="TFR-%") == ["05", "04"]
    assert days(ref="TFR_%") == []
    assert days(locationId=side.places[1]) == ["05", "04"]
    assert days(locationId=side.places[0], eventType="TRANSFER") == ["04"]
    assert days(**{side.key: side.item}) == days()
    assert days(**{side.key: side.places[0]}) == []
    assert pointers(side.api.get(f"{side.root}/ledger", dateFrom="never")) == ["query/dateFrom"]


def test_ledger_pages_through_everything_once(side: Side) -> None:
    for number in range(5):
        side.adjust(1 + number, eventDate="2026-01-01")
        side.transfer(1, eventDate="2026-01-01")
    for filters in ({}, {"locationId": side.places[1]}, {"locationId": side.places[0]}):
        seen, cursor = [], None
        while True:
            page = side.api.get(f"{side.root}/ledger", limit=3, **filters, **({"cursor": cursor} if cursor else {}))
            seen += [row["id"] for row in page.json()["data"]]
            cursor = page.json()["nextCursor"]
            if cursor is None:
                break
        assert seen == [row["id"] for row in side.ledger(**filters)]
        assert len(seen) == len(set(seen)) == (5 if filters.get("locationId") == side.places[1] else 10)


def test_ledger_entry_of_another_organization_does_not_exist(side: Side, as_role: AsRole) -> None:
    id = side.adjust(1)["id"]
    assert side.api.get(f"{side.root}/ledger/{id}").json()["id"] == id
    other = as_role(factories.make_organization(), "owner")
    assert other.get(f"{side.root}/ledger/{id}").status_code == 404
    assert other.get(f"{side.root}/summary").json() == {"data": []}
    assert other.post(f"{side.root}/adjustments", side.body(1)).status_code == 404


@pytest.mark.parametrize("unit_cost", [0, 4.75])
def test_adjustment_may_say_what_one_unit_cost(side: Side, unit_cost: float) -> None:
    entry = side.adjust(4, unitCost=unit_cost)
    assert entry["unitCost"] == str(unit_cost)
    assert entry["value"] == ("19" if unit_cost else "0")
    assert side.summary(0)["averageCost"] == str(unit_cost)


def test_summary_shows_every_figure(side: Side) -> None:
    side.adjust(3)
    row = side.summary(0)
    assert {key: row[key] for key in row if not key.endswith("Id")} == {
        "onHand": "3",
        "onOrder": "0",
        "demand": "0",
        "allocated": "0",
        "available": "3",
        "inTransit": "0",
        "averageCost": "0",
        "value": "0",
        "inTransitValue": "0",
    }


def test_an_item_or_a_place_with_entries_cannot_be_deleted(side: Side, organization: Organization) -> None:
    side.adjust(1)
    side.transfer(1)
    items = "materials" if side.key == "materialId" else "skus"
    refused = side.api.delete(f"/api/{items}/{side.item}")
    assert (refused.status_code, error_code(refused)) == (409, "in_use")
    assert refused.json()["error"]["details"]["references"]["ledgerCount"] == 2
    for place, count in ((0, 2), (1, 1)):
        in_use = side.api.get(f"/api/locations/{side.places[place]}/in-use").json()
        assert (in_use["inUse"], in_use["references"]["ledgerCount"]) == (True, count)
        assert side.api.delete(f"/api/locations/{side.places[place]}").status_code == 409


def test_posting_answers_the_entry_as_it_is_stored_whatever_the_form_of_the_request(side: Side) -> None:
    """The answer is made from what was written, without reading it again."""
    body = {**side.body(12.50, eventDate="2026-03-09t09:00:00.1+02:00"), "notes": "100 % \\ 'found'"}
    body = {key: value.upper() if key.endswith("Id") else value for key, value in body.items()}
    for number in range(2):
        created = side.api.post(f"{side.root}/adjustments", {**body, "quantity": 0.000001 + number})
        assert created.status_code == 201, created.text
        assert side.api.get(f"{side.root}/ledger/{created.json()['id']}").json() == created.json()
    places = [place.upper() for place in side.places]
    moved = side.transfer(
        1, sourceLocationId=places[0], destinationLocationId=places[1], **{side.key: side.item.upper()}
    )
    assert moved.status_code == 201, moved.text
    assert side.api.get(f"{side.root}/ledger/{moved.json()['ledgerEntry']['id']}").json() == moved.json()["ledgerEntry"]
    arrived = side.api.post(f"{side.root}/transfers/{moved.json()['ref']}/complete", {})
    assert side.api.get(f"{side.root}/ledger/{arrived.json()['id']}").json() == arrived.json()
    same = side.transfer(1, sourceLocationId=side.places[0], destinationLocationId=places[0])
    assert (same.status_code, pointers(same)) == (422, ["/destinationLocationId"])


def test_posting_by_hand_needs_an_admin(side: Side, member: Api) -> None:
    assert member.post(f"{side.root}/adjustments", side.body(1)).status_code == 403
