"""The log as its readers see it: in order, whole, in pages, and nothing of it hidden by who commits late."""

import random
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from pharus import db
from plugins.events import reading
from plugins.events.reading import BEGINNING, Event, Position
from plugins.events.search import Filter
from tests import event_log, factories
from tests.api import Api
from tests.factories import Organization
from tests.pharus.acting import owner_of
from tests.waiting import wait_until


def read(
    organization: Organization, after: Position = BEGINNING, limit: int = 1000, types: Sequence[str] | None = None
) -> list[Event]:
    with db.unit_of_work(owner_of(organization.id)):
        return reading.read(Filter(types=types), after, limit).events


def all_of(organization: Organization) -> list[Event]:
    """Once the horizon has passed what is in the log: another test may have a transaction open meanwhile."""
    written = len(event_log.events(organization.id))
    wait_until(lambda: len(read(organization, limit=10_000)) == written)
    return read(organization, limit=10_000)


def test_pages_of_any_size_have_all_events_in_order_and_once(organization: Organization, admin: Api) -> None:
    for count in (1, 300, 3, 40):
        admin.post("/api/vendors/bulk-import", {"rows": [{"name": f"{count}-{number}"} for number in range(count)]})
    events = all_of(organization)
    # Of one statement they come in no order of their own.
    names = [event.after["name"] for event in events if event.type == "vendor.created" and event.after]
    assert sorted(names) == sorted(f"{count}-{number}" for count in (1, 300, 3, 40) for number in range(count))
    assert [int(name.partition("-")[0]) for name in names] == [*[1], *[300] * 300, *[3] * 3, *[40] * 40]
    assert sorted({event.position for event in events}) == [event.position for event in events]
    assert len({event.id for event in events}) == len(events)
    for size in (1, 7, 44, 256, 299):
        paged: list[Event] = []
        while page := read(organization, paged[-1].position if paged else BEGINNING, size):
            assert len(page) == size or page[-1] == events[-1]
            paged += page
        assert paged == events


def test_types_narrow_the_log(organization: Organization, member: Api) -> None:
    id = member.post("/api/vendors", {"name": "Ada"}).json()["id"]
    member.patch(f"/api/vendors/{id}", {"name": "Bob"})
    member.post("/api/contacts", {"firstName": "Ada"})
    all_of(organization)
    assert [event.type for event in read(organization, types=["vendor.updated", "contact.*"])] == [
        "vendor.updated",
        "contact.created",
    ]
    assert read(organization, types=[]) == []


def test_log_of_another_organization_is_not_read(organization: Organization) -> None:
    other = factories.make_organization()
    factories.make_vendor(other.id)
    assert {event.record_id for event in all_of(organization)} == {organization.id}


def test_event_behind_a_transaction_that_is_under_way_waits_for_it(organization: Organization) -> None:
    seen = all_of(organization)
    last = seen[-1].position
    first_wrote, may_commit = threading.Event(), threading.Event()

    def write_first() -> None:
        with db.unit_of_work(owner_of(organization.id)):
            db.db.send("UPDATE organization SET name = 'first'")
            first_wrote.set()
            assert may_commit.wait(30)
        db.disconnect()

    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(write_first)
        assert first_wrote.wait(30)
        second = factories.make_vendor(organization.id)
        assert read(organization, last) == []
        may_commit.set()
        first.result(30)
    wait_until(lambda: len(read(organization, last)) == 2)
    assert [(event.type, event.record_id) for event in read(organization, last)] == [
        ("organization.updated", organization.id),
        ("vendor.created", second),
    ]


def test_reader_who_follows_writers_of_all_lengths_loses_nothing(organization: Organization) -> None:
    chance = random.Random(7)
    done = threading.Event()

    def write(waits: list[float]) -> None:
        for wait in waits:
            with db.unit_of_work(owner_of(organization.id)):
                for _ in range(2):
                    db.db.send("INSERT INTO vendor (org_id, id, name) VALUES (current_org(), gen_random_uuid(), 'one')")
                    time.sleep(wait)
        db.disconnect()

    def follow() -> list[Event]:
        seen: list[Event] = []
        is_last = False
        while not is_last:
            is_last = done.is_set() and len(seen) >= expected
            seen += read(organization, seen[-1].position if seen else BEGINNING, 5)
        db.disconnect()
        return seen

    expected = 6 * 15 * 2 + len(event_log.events(organization.id))
    with ThreadPoolExecutor(7) as pool:
        reader = pool.submit(follow)
        writers = [pool.submit(write, [chance.choice([0, 0, 0.001, 0.01, 0.05]) for _ in range(15)]) for _ in range(6)]
        for writer in writers:
            writer.result(60)
        done.set()
        seen = reader.result(60)
    assert seen == all_of(organization)
    assert len(seen) == expected
