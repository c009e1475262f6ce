"""The settings of the books: who may change them, what they refuse, and what they decide."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.api import Api
from tests.plugins.purchase_orders.buying import Buying
from tests.plugins.sales_orders.selling import Selling

SETTINGS = "/api/accounting/settings"


def today(zone: str = "UTC") -> date:
    return datetime.now(ZoneInfo(zone)).date()


def test_settings_begin_with_utc_no_closed_period_and_the_usual_names(viewer: Api) -> None:
    body = viewer.get(SETTINGS).json()
    assert (body["timeZone"], body["closedThrough"]) == ("UTC", None)
    assert body["accounts"]["costOfGoods"] == "Cost of goods sold"


def test_only_what_is_sent_changes(admin: Api) -> None:
    admin.patch(SETTINGS, {"accounts": {"materials": "1310", "variance": "5900"}, "closedThrough": "2026-01-31"})
    changed = admin.patch(SETTINGS, {"timeZone": "Asia/Tokyo", "accounts": {"variance": "5901"}}).json()
    assert changed == admin.get(SETTINGS).json()
    assert (changed["timeZone"], changed["closedThrough"]) == ("Asia/Tokyo", "2026-01-31")
    assert (changed["accounts"]["materials"], changed["accounts"]["variance"]) == ("1310", "5901")
    assert admin.patch(SETTINGS, {"closedThrough": None}).json()["closedThrough"] is None


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({"timeZone": "Mars/Olympus"}, "/timeZone"),
        ({"timeZone": "../etc/passwd"}, "/timeZone"),
        ({"closedThrough": str(today() + timedelta(days=2))}, "/closedThrough"),
        ({"closedThrough": str(today())}, "/closedThrough"),
    ],
)
def test_wrong_settings_are_refused(admin: Api, body: dict[str, Any], path: str) -> None:
    refused = admin.patch(SETTINGS, body)
    assert refused.status_code == 422
    assert [problem["path"] for problem in refused.json()["error"]["details"]] == [path]


def test_a_member_cannot_change_the_settings(member: Api) -> None:
    assert member.patch(SETTINGS, {"timeZone": "UTC"}).status_code == 403


@pytest.fixture
def buying(organization: Any, admin: Api) -> Buying:
    return Buying(organization, admin)


def test_a_closed_period_refuses_events_and_an_undo_is_dated_today(buying: Buying, admin: Api) -> None:
    made = buying.order()
    received = buying.receive(made, 4, receiptDate="2026-01-15").json()
    admin.patch(SETTINGS, {"closedThrough": "2026-01-31"})

    refused = buying.receive(made, 1, receiptDate="2026-01-31")
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "period_closed")
    assert refused.json()["error"]["details"] == {
        "closedThrough": "2026-01-31",
        "eventDate": "2026-01-31T00:00:00Z",
    }
    adjusted = admin.post(
        "/api/materials-inventory/adjustments",
        {"materialId": buying.materials[0], "locationId": buying.location, "quantity": 1, "eventDate": "2026-01-01"},
    )
    assert (adjusted.status_code, adjusted.json()["error"]["code"]) == (409, "period_closed")
    assert buying.receive(made, 1, receiptDate="2026-02-01").status_code == 201

    assert admin.delete(f"/api/purchase-order-receipts/{received['receipt']['id']}").status_code == 200
    (undo,) = admin.get("/api/materials-inventory/ledger", eventType="REVERSE_RECEIVE").json()["data"]
    assert undo["eventDate"][:10] == str(today())


def test_days_are_those_of_the_time_zone(buying: Buying, admin: Api) -> None:
    made = buying.order()
    in_utc = buying.receive(made, 1, receiptDate="2026-01-01T08:00:00+13:00").json()["receipt"]
    admin.patch(SETTINGS, {"timeZone": "Pacific/Auckland"})
    there = buying.receive(made, 1, receiptDate="2026-01-01T08:00:00+13:00").json()["receipt"]
    as_date = buying.receive(made, 1, receiptDate="2026-01-01").json()["receipt"]
    now = buying.receive(made, 1).json()["receipt"]
    assert [each["receiptDate"] for each in (in_utc, there, as_date, now)] == [
        "2025-12-31",
        "2026-01-01",
        "2026-01-01",
        str(today("Pacific/Auckland")),
    ]
    rows = admin.get("/api/materials-inventory/ledger", eventType="RECEIVE").json()["data"]
    assert [row["eventDate"] for row in rows[1:]] == [
        "2025-12-31T19:00:00Z",
        "2025-12-31T19:00:00Z",
        "2025-12-31T11:00:00Z",
    ]
    listed = admin.get("/api/materials-inventory/ledger", dateTo="2025-12-31", eventType="RECEIVE").json()["data"]
    assert listed == []
    (summary,) = admin.get("/api/materials-inventory/summary", asOf="2026-01-01").json()["data"]
    assert (summary["onHand"], summary["value"], summary["averageCost"]) == ("3", "7.5", "2.5")
    written = admin.get("/api/materials-inventory/summary", asOf="2026-01-01", asOfBasis="written").json()["data"]
    assert written == []


def test_a_shipment_is_dated_by_its_day(organization: Any, admin: Api) -> None:
    selling = Selling(organization, admin)
    selling.receive(100)
    made = selling.order(status="Entered")
    assert selling.update(made, status="Shipped", shippedAt="2026-03-02").status_code == 200
    (row,) = admin.get("/api/finished-goods-inventory/ledger", eventType="CONSUME").json()["data"]
    assert row["eventDate"] == "2026-03-02T00:00:00Z"

    admin.patch(SETTINGS, {"closedThrough": "2026-03-31"})
    refused = selling.update(selling.order(status="Entered"), status="Shipped", shippedAt="2026-03-31")
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "period_closed")
    assert selling.update(made, status="Rejected").status_code == 200
    (back,) = admin.get("/api/finished-goods-inventory/ledger", eventType="REVERSE_CONSUME").json()["data"]
    assert datetime.fromisoformat(back["eventDate"]).date() == datetime.now(UTC).date()
