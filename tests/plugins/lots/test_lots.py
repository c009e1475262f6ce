"""Lots themselves: what is said of them, and whether they may leave."""

from datetime import timedelta

import pytest

from tests.api import Api, error_code, pointers
from tests.conftest import AsRole
from tests.days import today
from tests.event_log import seen
from tests.factories import Organization
from tests.plugins.lots.shelves import Shelves


@pytest.mark.parametrize(("verb", "status"), [("hold", "on_hold"), ("reject", "rejected"), ("release", "released")])
def test_a_status_has_who_gave_it_and_why(materials: Shelves, verb: str, status: str) -> None:
    materials.add(a=1)
    if verb == "release":
        materials.set("a", "hold")
    changed = materials.set("a", verb, reason=" The seal was broken. ")
    assert changed.status_code == 200, changed.text
    lot = changed.json()
    assert (lot["status"], lot["statusReason"]) == (status, "The seal was broken.")
    assert lot["statusBy"] is not None
    assert lot["statusAt"] is not None
    again = materials.set("a", verb)
    assert (again.status_code, error_code(again)) == (409, "invalid_transition")
    assert pointers(materials.set("a", verb, reason=" ")) == ["/reason"]


def test_only_admins_decide(materials: Shelves, organization: Organization, as_role: AsRole) -> None:
    materials.add(a=1)
    member = as_role(organization, "member")
    id = materials.lot("a")["id"]
    for verb in ("hold", "reject", "release"):
        assert member.post(f"/api/lots/{id}/{verb}", {"reason": "Why not"}).status_code == 403
    assert member.get(f"/api/lots/{id}").status_code == 200


def test_a_change_of_status_is_an_event_of_its_own(materials: Shelves) -> None:
    materials.add(a=1)
    id = materials.lot("a")["id"]
    materials.set("a", "hold", reason="Recalled by the vendor")
    events = seen(materials.api, 2, types="lot.*")
    assert [(event["type"], event["recordId"]) for event in events] == [("lot.created", id), ("lot.on_hold", id)]
    assert events[-1]["after"]["statusReason"] == "Recalled by the vendor"


def test_an_expired_lot_may_leave_as_long_as_it_is_allowed(materials: Shelves) -> None:
    materials.add(a={"quantity": 2, "bestBefore": (today() - timedelta(days=2)).isoformat()})
    assert error_code(materials.dispose(1)) == "conflict"
    allowed = materials.set("a", "allow", until=(today() + timedelta(days=5)).isoformat(), reason="Tested again")
    assert allowed.status_code == 200, allowed.text
    assert allowed.json()["statusReason"] == "Tested again"
    assert materials.dispose(1).status_code == 201
    refused = materials.set("a", "allow", until=(today() - timedelta(days=2)).isoformat())
    assert (refused.status_code, error_code(refused)) == (409, "conflict")


def test_what_is_said_of_a_lot_can_be_changed(materials: Shelves) -> None:
    materials.add(a=1)
    path = f"/api/lots/{materials.lot('a')['id']}"
    before = materials.api.get(path)
    body = {"supplierLot": "V-7", "madeOn": "2026-01-02", "bestBefore": "2026-12-31", "notes": "Blue drum"}
    after = materials.api.patch(path, body, headers={"If-Match": before.headers["ETag"]})
    assert after.status_code == 200, after.text
    assert body.items() <= after.json().items()
    assert materials.api.get(path).json() == after.json()
    assert materials.api.patch(path, body, headers={"If-Match": before.headers["ETag"]}).status_code == 412
    assert pointers(materials.api.patch(path, {"code": "b"})) == ["/code"]


def test_lots_are_found_by_code_vendor_and_status(materials: Shelves) -> None:
    materials.add(apple={"quantity": 1, "supplierLot": "V-77"}, pear=1)
    materials.add(1, plum=1)
    materials.set("pear", "hold")

    def codes(**filters: str) -> list[str]:
        return sorted(row["code"] for row in materials.api.get("/api/lots", **filters).json()["data"])

    assert codes() == ["apple", "pear", "plum"]
    assert codes(q="v-7") == ["apple"]
    assert codes(q="P") == ["apple", "pear", "plum"]
    assert codes(status="on_hold") == ["pear"]
    assert codes(skuId=materials.side.item) == []
    (row,) = materials.api.get("/api/lots", q="plum", expand="names").json()["data"]
    assert row["itemName"].startswith("Material")


def test_settings_are_those_of_before_until_somebody_says_otherwise(admin: Api) -> None:
    assert admin.get("/api/lots/settings").json() == {"policy": "fefo", "receivedStatus": "released"}
    assert admin.patch("/api/lots/settings", {"receivedStatus": "quarantine"}).json() == {
        "policy": "fefo",
        "receivedStatus": "quarantine",
    }
    changed = admin.patch("/api/lots/settings", {"policy": "none"}).json()
    assert changed == admin.get("/api/lots/settings").json() == {"policy": "none", "receivedStatus": "quarantine"}


def test_what_is_known_of_a_lot_besides_is_kept_whole(materials: Shelves) -> None:
    materials.add(a=1)
    path = f"/api/lots/{materials.lot('a')['id']}"
    assert materials.lot("a")["attributes"] is None
    known = {"harvest": "Autumn 2026", "Größe": "", "x" * 60: "y" * 255}
    changed = materials.api.patch(path, {"attributes": known})
    assert changed.json()["attributes"] == known
    assert materials.lot("a")["attributes"] == known
    assert materials.api.patch(path, {"attributes": {"harvest": "Spring"}}).json()["attributes"] == {
        "harvest": "Spring"
    }
    for wrong in (
        {"x" * 61: ""},
        {" ": ""},
        {"\u200b": ""},
        {"a": "x" * 256},
        {"a": 1},
        {str(n): "" for n in range(51)},
    ):
        refused = materials.api.patch(path, {"attributes": wrong})
        assert refused.status_code == 422, wrong
        assert pointers(refused)[0].startswith("/attributes")
    assert materials.api.patch(path, {"notes": "Seen"}).json()["attributes"] == {"harvest": "Spring"}
    for nothing in (dict[str, str](), None):
        assert materials.api.patch(path, {"attributes": nothing}).json()["attributes"] is None
    # What changes nothing is no event.
    events = seen(materials.api, 4, types="lot.updated")
    assert any(event["after"].get("attributes") == {"harvest": "Spring"} for event in events)
