"""`wait` of the feed, at a server of its own with one thread for an organization."""

import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from pharus.db import db
from tests import factories
from tests.api import Api
from tests.conftest import AsRole
from tests.factories import Organization
from tests.plugins.events.test_operations import follow, seen
from tests.server import Server
from tests.waiting import Stopwatch, wait_until

Json = dict[str, Any]


@pytest.fixture(scope="module")
def narrow(environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    settings = {"PHARUS_THREADS": "1", "PHARUS_WAITERS": "12"}
    running = Server({**environment, **settings}, tmp_path_factory.mktemp("narrow") / "log")
    yield running
    running.end()


def caught_up(api: Api) -> str:
    """Where the log goes on, once nothing of before is held back any more."""
    api.post("/api/vendors", {"name": "the last one of before"})
    seen: list[Json] = []
    after = ""

    def look() -> bool:
        nonlocal after
        found, after = follow(api, after)
        seen.extend(found)
        return any(each["type"] == "vendor.created" for each in seen)

    wait_until(look)
    return after


def test_who_waits_holds_nothing_and_has_the_event_when_it_can_be_read(
    narrow: Server, organization: Organization, member: Api, as_role: AsRole
) -> None:
    api = Api(narrow.address, member.token)
    after = caught_up(api)
    stranger = factories.make_organization()
    elsewhere = Api(narrow.address, as_role(stranger, "member").token)
    theirs = caught_up(elsewhere)
    with ThreadPoolExecutor(8) as pool:
        waiting = [pool.submit(api.get, "/api/events", after=after, wait=30) for _ in range(7)]
        other = pool.submit(elsewhere.get, "/api/events", after=theirs, wait=3)
        # Six of them may wait.
        refused = wait_until(lambda: next((each for each in waiting if each.done()), None))
        waiting.remove(refused)
        assert (refused.result().status_code, "retry-after" in refused.result().headers) == (503, True)
        # There is one thread for the organization, and it is free.
        made = api.post("/api/vendors", {"name": "Example Oils"})
        assert made.status_code == 201
        for each in waiting:
            # Who is not woken has nothing at the end.
            page = each.result(60).json()
            assert [event["recordId"] for event in page["data"]] == [made.json()["id"]]
        empty = other.result(60)
        assert (empty.status_code, empty.json()["data"]) == (200, [])
        assert follow(elsewhere, empty.json()["next"])[0] == []


def test_who_waits_for_a_type_is_not_woken_by_others(narrow: Server, organization: Organization, member: Api) -> None:
    api = Api(narrow.address, member.token)
    after = caught_up(api)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(api.get, "/api/events", after=after, wait=30, types="vendor.updated")
        made = api.post("/api/vendors", {"name": "Example Oils"}).json()
        assert seen(api, 1, after=after)[0]["recordId"] == made["id"]
        time.sleep(0.5)
        assert not waiting.done()
        api.patch(f"/api/vendors/{made['id']}", {"name": "Example Waxes"})
        assert [event["type"] for event in waiting.result(60).json()["data"]] == ["vendor.updated"]


def test_who_waits_is_let_go_when_the_server_stops_and_when_they_leave(
    narrow: Server, organization: Organization, member: Api
) -> None:
    api = Api(narrow.address, member.token)
    after = caught_up(api)
    headers = {"Authorization": f"Bearer {member.token}"}
    for _ in range(3):
        # More of them than may wait, if they were still counted.
        for _ in range(4):
            with pytest.raises(httpx.ReadTimeout):
                httpx.get(
                    f"{narrow.address}/api/events", params={"after": after, "wait": 30}, headers=headers, timeout=0.1
                )
    answers: list[httpx.Response] = []
    thread = threading.Thread(target=lambda: answers.append(api.get("/api/events", after=after, wait=30)))
    wait_until(lambda: "too many" not in api.get("/api/events", after=after, wait=1).text)
    thread.start()
    time.sleep(0.5)
    assert thread.is_alive()
    watch = Stopwatch(narrow.pid)
    narrow.process.send_signal(signal.SIGTERM)
    thread.join(60)
    assert watch.seconds() < 10
    [answer] = answers
    assert (answer.status_code, answer.json()["data"]) == (200, [])


def test_heads_are_of_those_who_are_asked_for(organization: Organization) -> None:
    from plugins.events import heads
    from plugins.events.reading import BEGINNING

    db.connect(reuse_if_open=True)
    other = factories.make_organization()

    def look() -> bool:
        found = heads.read([organization.id, factories.new_id()])
        return set(found) == {organization.id} and found[organization.id] > BEGINNING

    assert wait_until(look)
    assert other.id not in heads.read([organization.id])
