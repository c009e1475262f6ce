"""What the log says of one change: its type, what has changed, who asked for it, and what is no event at all."""

import hashlib
from datetime import UTC, datetime

import peewee
import pytest

from pharus.db import db, run, unit_of_work
from pharus.fields import new_id
from pharus.identity import ANONYMOUS
from plugins.platform import purge
from tests import event_log, factories
from tests.api import Api
from tests.event_log import Logged, types_of
from tests.factories import Organization
from tests.pharus.acting import owner_of


@pytest.fixture
def start(organization: Organization) -> int:
    """Behind what made the organization."""
    return event_log.last(organization.id)


def written(organization: Organization, start: int) -> list[Logged]:
    return [
        event for event in event_log.events(organization.id, start) if event.table not in ("membership", "api_token")
    ]


def test_change_of_a_record_is_an_event_with_what_has_changed(
    organization: Organization, member: Api, admin: Api, start: int
) -> None:
    made = member.post("/api/vendors", {"name": "Ada & Söhne", "city": "Ulm"}).json()
    key, path = new_id(), f"/api/vendors/{made['id']}"
    changed = member.patch(
        path, {"city": None, "country": "DE", "name": "Ada & Söhne"}, headers={"Idempotency-Key": key}
    )
    admin.delete(path)
    first, second, third = written(organization, start)
    assert (first.type, first.record_id, first.before) == ("vendor.created", made["id"], None)
    assert first.after == {"name": "Ada & Söhne", "city": "Ulm", "isActive": True}
    assert (second.type, second.record_id) == ("vendor.updated", made["id"])
    assert (second.before, second.after) == ({"city": "Ulm", "country": None}, {"city": None, "country": "DE"})
    assert second.request_id == changed.headers["x-request-id"]
    assert bytes(second.key_hash or b"") == hashlib.sha256(key.encode()).digest()
    assert (third.type, third.after, third.key_hash) == ("vendor.deleted", None, None)
    assert third.before == {"name": "Ada & Söhne", "country": "DE", "isActive": True}
    users = {user_id for (user_id,) in db.rows("SELECT user_id FROM membership WHERE org_id = %s", (organization.id,))}
    assert {first.user_id, third.user_id} == users
    assert None not in {first.token_id, first.request_id}


def test_status_names_the_event_of_an_order_and_lines_belong_to_it(organization: Organization) -> None:
    order = factories.make_sales_order(organization.id)
    line = factories.make_sales_order_item(organization.id, sales_order_id=order)
    start = event_log.last(organization.id)
    with unit_of_work(owner_of(organization.id)):
        db.send(
            "UPDATE sales_order SET order_status = 'In-Dispute', disputed_from = order_status, in_dispute_at = %s",
            (datetime.now(UTC).date(),),
        )
        db.send("UPDATE sales_order SET notes = 'why'")
        db.send("DELETE FROM sales_order")
    disputed, noted, *gone = event_log.events(organization.id, start)
    assert (disputed.type, disputed.record_id) == ("sales_order.in_dispute", order)
    assert disputed.after is not None
    assert disputed.after["orderStatus"] == "In-Dispute"
    assert (noted.type, noted.after) == ("sales_order.updated", {"notes": "why"})
    assert [(event.type, event.record_id) for event in gone] == [
        ("sales_order.deleted", order),
        ("sales_order_item.deleted", line),
    ]
    assert (gone[1].parent_type, gone[1].parent_id) == ("sales_order", order)


def test_document_is_an_event_once_its_file_is_stored(organization: Organization) -> None:
    order = factories.make_sales_order(organization.id)
    start = event_log.last(organization.id)
    for stored in (False, True):
        document = factories.make_document(organization.id, sales_order_id=order, is_stored=stored)
        if not stored:
            db.execute_sql("DELETE FROM document WHERE id = %s", (document,))
    assert types_of(event_log.events(organization.id, start)) == ["document.created"]
    uploading = factories.make_document(organization.id, sales_order_id=order, is_stored=False)
    start = event_log.last(organization.id)
    db.execute_sql("UPDATE document SET is_stored = true WHERE id = %s", (uploading,))
    [event] = event_log.events(organization.id, start)
    assert (event.type, event.record_id, event.parent_id) == ("document.created", uploading, order)
    assert (event.parent_type, event.before) == ("sales_order", None)


def test_what_comes_to_nothing_is_no_event(organization: Organization, start: int) -> None:
    vendor = factories.make_vendor(organization.id, name="As it is")
    with pytest.raises(ZeroDivisionError), unit_of_work(owner_of(organization.id)):
        db.send("UPDATE vendor SET name = 'as it was'")
        raise ZeroDivisionError
    with unit_of_work(owner_of(organization.id)):
        db.send("UPDATE vendor SET name = 'As it is', updated_at = now()")
        with db.savepoint():
            db.send("UPDATE vendor SET name = 'As it becomes'")
        with pytest.raises(ZeroDivisionError), db.savepoint():
            db.send("DELETE FROM vendor")
            raise ZeroDivisionError
    assert types_of(written(organization, start)) == ["vendor.created", "vendor.updated"]
    assert {event.record_id for event in written(organization, start)} == {vendor}


def test_activity_and_secrets_are_no_part_of_the_log(organization: Organization, owner: Api) -> None:
    owner.post("/api/organizations/current/invitations", {"email": "ada@example.com", "role": "viewer"})
    start = event_log.last(organization.id)
    db.execute_sql("UPDATE membership SET last_active_at = now() WHERE org_id = %s", (organization.id,))
    db.execute_sql("UPDATE api_token SET last_used_at = now() WHERE org_id = %s", (organization.id,))
    assert event_log.last(organization.id) == start
    hashes = db.rows(
        "SELECT encode(token_hash, 'hex') FROM api_token WHERE org_id = %s "
        "UNION ALL SELECT encode(token_hash, 'hex') FROM invitation WHERE org_id = %s",
        (organization.id, organization.id),
    )
    log = str(db.rows("SELECT e::text FROM event AS e WHERE org_id = %s", (organization.id,)))
    assert len(hashes) == 2
    assert not [secret for (secret,) in hashes if secret in log]


@pytest.mark.parametrize("count", [32, 33, 600])
def test_many_records_of_one_statement_are_an_event_each(organization: Organization, admin: Api, count: int) -> None:
    start = event_log.last(organization.id)
    rows = [{"name": f"Vendor {number:03}", "city": "Ulm"} for number in range(count)]
    ids = admin.post("/api/vendors/bulk-import", {"rows": rows}).json()["ids"]
    events = written(organization, start)
    # Of one statement they come in no order of their own.
    names = {event.record_id: event.after["name"] for event in events if event.after}
    assert len(events) == count
    assert names == dict(zip(ids, (row["name"] for row in rows), strict=True))
    stored = len(db.rows("SELECT FROM event WHERE org_id = %s AND type = 'vendor.created'", (organization.id,)))
    assert stored == (count if count <= 32 else -(-count // 256))
    start = event_log.last(organization.id)
    before = event_log.state(organization.id)
    with unit_of_work(owner_of(organization.id)):
        db.send("UPDATE vendor SET city = 'Bonn' WHERE name > 'Vendor 000'")
        db.send("DELETE FROM vendor WHERE name < 'Vendor 590'")
    events = event_log.events(organization.id, start)
    assert len(events) >= 2 * min(count, 590) - 1
    assert event_log.differing(event_log.replay(before, events), event_log.state(organization.id)) == []


def test_log_is_only_added_to(organization: Organization) -> None:
    for change in ("UPDATE event SET type = 'vendor.created'", "DELETE FROM event"):
        with pytest.raises(peewee.PeeweeException, match="event is append-only"), db.atomic():
            db.execute_sql(f"{change} WHERE org_id = %s", (organization.id,))


def test_deleted_organization_leaves_no_event(organization: Organization) -> None:
    factories.make_vendor(organization.id)
    db.execute_sql(
        "UPDATE organization SET is_active = false, purge_requested_at = now() WHERE id = %s", (organization.id,)
    )
    purge.carry_on()
    assert event_log.events(organization.id) == []


def test_what_no_request_asks_for_has_no_user(organization: Organization, start: int) -> None:
    factories.make_api_token(organization.id, factories.make_user().id, expires_at=datetime(2020, 1, 1, tzinfo=UTC))
    run(ANONYMOUS, lambda unit: db.send("DELETE FROM api_token WHERE org_id = %s", (organization.id,)))
    created, deleted = event_log.events(organization.id, start)
    assert (created.type, deleted.type) == ("api_token.created", "api_token.deleted")
    assert (deleted.user_id, deleted.token_id, deleted.request_id) == (None, None, None)
