"""The feed of events and the audit over HTTP."""

from typing import Any

from pharus import instrumentation
from pharus.db import db, unit_of_work
from tests import factories
from tests.api import Api, pointers
from tests.conftest import AsRole
from tests.event_log import follow, seen
from tests.factories import Organization
from tests.pharus.acting import owner_of
from tests.waiting import wait_until

Json = dict[str, Any]


def test_feed_has_each_change_once_in_order_with_who_and_which_request(organization: Organization, admin: Api) -> None:
    (user,) = {
        row["userId"]
        for row in admin.get("/api/organizations/current/members").json()["data"]
        if row["role"] == "admin"
    }
    made = admin.post("/api/vendors", {"name": "Example Oils"})
    path = f"/api/vendors/{made.json()['id']}"
    changed = admin.patch(path, {"name": "Example Waxes"})
    admin.patch(path, {"name": "Example Waxes"})
    deleted = admin.delete(path)
    events = seen(admin, 3, types="vendor.*")
    assert [event["type"] for event in events] == ["vendor.created", "vendor.updated", "vendor.deleted"]
    assert {event["recordId"] for event in events} == {made.json()["id"]}
    assert [event["requestId"] for event in events] == [
        response.headers["x-request-id"] for response in (made, changed, deleted)
    ]
    assert (events[1]["before"], events[1]["after"]) == ({"name": "Example Oils"}, {"name": "Example Waxes"})
    assert (events[0]["before"], events[2]["after"]) == (None, None)
    assert {event["userId"] for event in events} == {user}
    assert [follow(admin, types="vendor.*", limit=size)[0] for size in (1, 2, 3)] == [events] * 3


def test_follower_reads_each_event_once_whatever_its_types_are(organization: Organization, member: Api) -> None:
    after, names = "", []
    for number in range(5):
        member.post("/api/contacts", {"firstName": "Ada"})
        member.post("/api/vendors", {"name": f"Vendor {number}"})
        new: list[Json] = []

        def look(new: list[Json] = new) -> list[Json]:
            nonlocal after
            found, after = follow(member, after, types="vendor.created")
            new.extend(found)
            return new

        wait_until(look)
        names += [event["after"]["name"] for event in new]
    assert names == [f"Vendor {number}" for number in range(5)]
    assert follow(member, after, types="vendor.created")[0] == []


def test_nobody_but_admins_sees_invitations_and_tokens(organization: Organization, as_role: AsRole) -> None:
    admin, viewer = as_role(organization, "admin"), as_role(organization, "viewer")
    assert (
        admin.post("/api/organizations/current/invitations", {"email": "ada@example.com", "role": "member"}).status_code
        == 201
    )
    vendor = factories.make_vendor(organization.id)
    events = seen(admin, 1, types="invitation.*")
    assert [event["type"] for event in events] == ["invitation.created"]
    assert "token" not in str(events[0]["after"]).lower()
    wait_until(lambda: vendor in {event["recordId"] for event in follow(viewer)[0]})
    assert follow(viewer, types="invitation.*")[0] == []


def test_feed_is_of_one_organization(organization: Organization, member: Api, as_role: AsRole) -> None:
    other = factories.make_organization()
    elsewhere = as_role(other, "owner")
    vendor = elsewhere.post("/api/vendors", {"name": "Theirs"}).json()["id"]
    theirs = seen(elsewhere, 1, types="vendor.*")
    assert [event["recordId"] for event in theirs] == [vendor]
    assert vendor not in {event["recordId"] for event in follow(member)[0]}


def test_position_that_was_altered_and_a_type_that_is_none_are_refused(member: Api) -> None:
    after = member.get("/api/events").json()["next"]
    for wrong in (after[:-1], after[::-1], "x", "'"):
        refused = member.get("/api/events", after=wrong)
        assert (refused.status_code, pointers(refused)) == (422, ["query/after"])
    assert member.get("/api/events", types="vendor").status_code == 422


def audited(api: Api, count: int, limit: int = 2, **query: Any) -> list[Json]:
    """So many events of the audit, page by page, as soon as nothing holds them back."""

    def look() -> list[Json]:
        events: list[Json] = []
        page: Json = {"nextCursor": ""}
        while page["nextCursor"] is not None:
            page = api.get("/api/audit", cursor=page["nextCursor"] or None, limit=limit, **query).json()
            events += page["data"]
        return events if len(events) >= count else []

    return wait_until(look)


def test_audit_says_who_has_changed_what_newest_first(organization: Organization, admin: Api, as_role: AsRole) -> None:
    other = as_role(organization, "member")
    made = other.post("/api/vendors", {"name": "Example Oils"})
    path = f"/api/vendors/{made.json()['id']}"
    changed = [admin.patch(path, {"name": f"Example Waxes {number}"}) for number in range(3)]
    history = audited(admin, 4, recordId=made.json()["id"])
    assert [each["requestId"] for each in history] == [each.headers["x-request-id"] for each in (*changed[::-1], made)]
    assert [each["operation"] for each in history] == [*["updateVendor"] * 3, "createVendor"]
    first, last = history[-1], history[0]
    assert first["userId"] != last["userId"]
    assert None not in {first["tokenId"], last["tokenId"]}
    for query, expected in (
        ({"userId": first["userId"], "types": "vendor.*"}, [first]),
        ({"tokenId": last["tokenId"]}, history[:3]),
        ({"requestId": history[1]["requestId"]}, [history[1]]),
        ({"operation": "createVendor"}, [first]),
        ({"operation": "updateVendor", "userId": first["userId"]}, []),
        ({"types": "vendor.updated", "until": last["occurredAt"]}, history[1:3]),
        ({"types": "vendor.*", "since": last["occurredAt"]}, [last]),
    ):
        assert audited(admin, len(expected), **query) == expected if expected else not _any(admin, **query), query


def _any(api: Api, **query: Any) -> bool:
    return bool(api.get("/api/audit", **query).json()["data"])


def test_nobody_but_admins_sees_the_audit(member: Api, viewer: Api) -> None:
    assert {api.get("/api/audit").status_code for api in (member, viewer)} == {403}


def test_command_is_an_operation_of_the_log(organization: Organization) -> None:
    work = instrumentation.Work("")
    work.operation = "pharus demo"
    token = instrumentation.current.set(work)
    try:
        with unit_of_work(owner_of(organization.id)):
            db.send("UPDATE organization SET name = 'by hand'")
    finally:
        instrumentation.current.reset(token)
    rows = db.rows(
        "SELECT operation, request_id, user_id FROM event WHERE org_id = %s ORDER BY seq DESC LIMIT 1",
        (organization.id,),
    )
    assert rows == [("pharus demo", None, None)]
