"""Processes are killed while requests are under way: the embedded database comes back, and nobody serves old code."""

import threading
import time
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import httpx
import psutil
import pytest

from pharus.providers import LocalProvider
from tests import database
from tests.api import Api
from tests.drills.figures import Record, report
from tests.server import Server
from tests.waiting import wait_until

pytestmark = [pytest.mark.drills, pytest.mark.no_database]

ROUNDS = 5


@pytest.fixture
def data() -> Iterator[Path]:
    with database.data_of_its_own() as folder:
        yield folder


def _has_come_back(server: Server, times: int) -> bool:
    return server.read_log().count("the embedded PostgreSQL runs again") == times


@pytest.mark.parametrize("workers", ["1", "2"])
def test_embedded_database_is_killed_while_it_serves(
    data: Path, tmp_path: Path, workers: str, record_property: Record
) -> None:
    server = Server({"PHARUS_DATA": str(data), "PHARUS_LOG": "json"}, tmp_path / "log", "--workers", workers)
    token = LocalProvider(data).issue("ada@example.com")
    caller = Api(server.address, token)
    assert caller.post("/api/user", {"email": "ada@example.com"}).status_code == 200
    org_id = caller.post("/api/organizations", {"name": "Maker", "slug": "maker"}).json()["organization"]["id"]
    caller = Api(server.address, token, org_id)
    statuses: Counter[int] = Counter()
    acknowledged: set[str] = set()
    ended = threading.Event()

    def write(number: int) -> None:
        api = Api(server.address, token, org_id)
        for step in range(10**6):
            if ended.is_set():
                return
            try:
                response = api.post("/api/vendors", {"name": f"{number} {step}"})
            except httpx.TransportError as error:
                raise AssertionError("the server itself was away") from error
            statuses[response.status_code] += 1
            if response.status_code == 201:
                acknowledged.add(response.json()["id"])
            else:
                # Who is told to wait waits.
                time.sleep(0.05)

    writers = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for writer in writers:
        writer.start()
    seconds = []
    for number in range(ROUNDS):
        pid = database.postmaster(data)
        assert pid is not None
        done = len(acknowledged)
        psutil.Process(pid).kill()
        began = time.monotonic()
        while database.postmaster(data) in (None, pid) or len(acknowledged) <= done + 20:
            assert time.monotonic() - began < 60, "it never came back"
            time.sleep(0.02)
        seconds.append(round(time.monotonic() - began, 2))
        # Who starts it says so a moment after it answers; killed before that, it would be said of two at once.
        wait_until(partial(_has_come_back, server, number + 1))
    ended.set()
    for writer in writers:
        writer.join()
    stored = set()
    cursor = None
    while True:
        page = caller.get("/api/vendors", limit=500, **({"cursor": cursor} if cursor else {})).json()
        stored |= {vendor["id"] for vendor in page["data"]}
        cursor = page["nextCursor"]
        if cursor is None:
            break
    server.process.terminate()
    assert server.process.wait(60) == 0
    measured = {
        "killed": ROUNDS,
        "back after at most (s)": max(seconds),
        "acknowledged": len(acknowledged),
        "503": statuses[503],
        "lost": len(acknowledged - stored),
        "stored, not acknowledged": len(stored - acknowledged),
    }
    on = f"{workers} worker{'s' if workers != '1' else ''}"
    report(record_property, "the embedded PostgreSQL is killed while it serves", on, measured)
    assert acknowledged <= stored
    assert len(stored - acknowledged) <= 4 * ROUNDS, "more than what was in flight"
    assert database.postmaster(data) is None
    assert set(statuses) <= {201, 503}, statuses
    assert _has_come_back(server, ROUNDS)
