"""PostgreSQL is stopped, killed, or not to be reached any more, under load, with a pooler and without: how long until
everybody is told, until it works again, and what of the writes was lost or done twice.

DRILL_SECONDS is how long each outage lasts, 8 at most.
"""

import os
import signal
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest

from pharus.providers import LocalProvider
from tests import database
from tests.api import Api
from tests.contract import audit
from tests.drills import backends
from tests.drills.backends import BACKENDS, Backend
from tests.drills.crowd import UNKNOWN, Asked, Crowd
from tests.drills.figures import Record, report
from tests.server import Server
from tests.waiting import wait_until

pytestmark = [pytest.mark.drills, pytest.mark.long]

REQUEST_SECONDS = 4
STOP_SECONDS = 3
OUTAGE_SECONDS = min(8.0, float(os.environ.get("DRILL_SECONDS", "8")))
# The watcher looks five times a second, and the clients share the machine.
SLACK = 2.0
HEALTH_SECONDS = 3.0
CLIENTS = 20

# What is done to it, and the words of the page that shows what came of it.
HOW = {"stopped": "is stopped", "lost packets": "is not to be reached", "killed": "is killed"}


class Drill:
    """A server of ours with a PostgreSQL of its own, reached through a proxy, and an organization on it."""

    def __init__(self, running: backends.Running, server: Server, api: Api) -> None:
        assert running.proxy is not None
        self.postgres, self.proxy, self.server, self.api = running.cluster, running.proxy, server, api
        self.name = str(running.backend)
        self._admin_url = running.admin_url

    def stored(self) -> Counter[str]:
        return Counter(name for (name,) in database.execute(self._admin_url, "SELECT name FROM vendor"))

    def state(self, path: str) -> tuple[int, float]:
        started = time.monotonic()
        status = httpx.get(self.server.address + path, trust_env=False, timeout=30).status_code
        return status, time.monotonic() - started

    def works(self) -> bool:
        return self.api.get("/api/vendors", limit=1).status_code == 200


@pytest.fixture(params=BACKENDS, ids=str)
def drill(request: pytest.FixtureRequest, environment: dict[str, str], tmp_path: Path) -> Iterator[Drill]:
    backend: Backend = request.param
    with ExitStack() as stack:
        running = stack.enter_context(backends.running(backend, proxied=True))
        settings = {
            "PHARUS_DATABASE_URL": running.url,
            "PHARUS_DATA": str(tmp_path / "data"),
            "PHARUS_REQUEST_SECONDS": str(REQUEST_SECONDS),
            "PHARUS_STOP_SECONDS": str(STOP_SECONDS),
        }
        server = Server({**environment, **settings}, tmp_path / "log")
        stack.callback(_kill, server)
        api = Api(server.address, LocalProvider(tmp_path / "data").issue("ada@example.com", lifetime_seconds=3600))
        assert api.post("/api/user", {"email": "ada@example.com"}).status_code == 200
        organization = api.post("/api/organizations", {"name": "Maker", "slug": "maker"}).json()["organization"]
        api.headers["X-Org-Id"] = organization["id"]
        drill = Drill(running, server, api)
        yield drill
        drill.postgres.go_on()
        drill.proxy.go_on()
        assert "internal error" not in server.read_log()


def _kill(server: Server) -> None:
    if server.process.poll() is None:
        server.process.kill()
        server.process.wait(30)


@pytest.mark.parametrize("how", HOW)
def test_outage_under_load(drill: Drill, how: str, record_property: Record) -> None:
    crowd = Crowd(drill.server.address, drill.api.headers, CLIENTS)
    health: list[tuple[int, float]] = []
    with crowd.working():
        time.sleep(3)
        begun = time.monotonic()
        _begin(drill, how)
        while time.monotonic() < begun + OUTAGE_SECONDS:
            health += [drill.state("/healthz"), drill.state("/readyz")]
            time.sleep(0.2)
        _end(drill, how)
        ended = time.monotonic()
        wait_until(lambda: any(each.status == 200 for each in crowd.since(ended)))
        wait_until(lambda: any(each.status == 201 for each in crowd.since(ended)))
        recovered = time.monotonic() - ended
        time.sleep(3)
    told = [each for each in [*crowd.under_way(begun), *crowd.since(begun)] if each.status == 503]
    last = max(each.ended for each in crowd.asked if each.status not in (200, 201))
    stored = drill.stored()
    figures = {
        "requests": len(crowd.asked),
        "503": len(told),
        "first 503 after (s)": round(min(each.ended for each in told) - begun, 2),
        "slowest response (s)": round(max(each.seconds for each in crowd.asked), 2),
        "slowest health (s)": round(max(seconds for _, seconds in health), 2),
        "recovered after (s)": round(recovered, 2),
        "last 503 after (s)": round(max(0.0, last - ended), 2),
        "lost": len(crowd.written(lambda each: each.status == 201) - set(stored)),
        "doubled": sum(count > 1 for count in stored.values()),
        "stored though refused": len(crowd.written(_is_refused) & set(stored)),
        "unknown": len(crowd.written(_is_unknown)),
    }
    report(record_property, f"PostgreSQL {HOW[how]}", drill.name, figures)
    assert {each.status for each in crowd.asked} == {200, 201, 503}
    assert told
    assert figures["slowest response (s)"] < REQUEST_SECONDS + SLACK
    assert figures["slowest health (s)"] < HEALTH_SECONDS
    assert {status for status, _ in health[::2]} == {200}
    assert figures["recovered after (s)"] < 5
    assert figures["last 503 after (s)"] < 8
    assert (figures["lost"], figures["doubled"], figures["stored though refused"]) == (0, 0, 0)
    assert drill.server.stop() == 0


def test_posts_whose_callers_have_left_are_not_applied(drill: Drill, record_property: Record) -> None:
    """704 clients wait two seconds for a database that was stopped, and go."""
    count, patience = 704, 2.0
    drill.postgres.hang()

    def give_up(number: int) -> int:
        try:
            return httpx.post(
                f"{drill.server.address}/api/vendors",
                json={"name": f"late {number}"},
                headers=drill.api.headers,
                timeout=httpx.Timeout(30, read=patience),
                trust_env=False,
            ).status_code
        except httpx.TransportError:
            return 0

    audit.give_up(drill.server.address, count)
    with ThreadPoolExecutor(64) as clients:
        statuses = Counter(clients.map(give_up, range(count)))
    time.sleep(0.5)
    drill.postgres.go_on()
    wait_until(drill.works)
    time.sleep(1)
    figures = {
        "requests": count,
        "callers gone": statuses[0],
        "503": statuses[503],
        "applied": sum(name.startswith("late ") for name in drill.stored()),
    }
    report(record_property, "clients leave while PostgreSQL is stopped", drill.name, figures)
    assert set(statuses) <= {0, 503}
    assert figures["callers gone"] > 0
    assert figures["applied"] == 0
    assert drill.server.stop() == 0


@pytest.mark.parametrize("how", ["stopped", "lost packets"])
def test_server_ends_in_its_time(drill: Drill, how: str, record_property: Record) -> None:
    with ThreadPoolExecutor(CLIENTS) as clients:
        _begin(drill, how)
        asking = [clients.submit(drill.api.get, "/api/vendors") for _ in range(CLIENTS)]
        wait_until(lambda: drill.state("/readyz")[0] == 503)
        started = time.monotonic()
        drill.server.process.send_signal(signal.SIGTERM)
        statuses = Counter(each.result().status_code for each in asking)
        answered = time.monotonic() - started
        assert drill.server.process.wait(60) == 0
        ended = time.monotonic() - started
    figures = {"503": statuses[503], "all told after (s)": round(answered, 2), "ended after (s)": round(ended, 2)}
    report(record_property, f"SIGTERM while PostgreSQL {HOW[how]}", drill.name, figures)
    assert set(statuses) == {503}
    assert answered < STOP_SECONDS + SLACK
    assert ended < STOP_SECONDS + SLACK


def _begin(drill: Drill, how: str) -> None:
    {"stopped": drill.postgres.hang, "lost packets": drill.proxy.lose, "killed": drill.postgres.kill}[how]()


def _end(drill: Drill, how: str) -> None:
    {"stopped": drill.postgres.go_on, "lost packets": drill.proxy.go_on, "killed": drill.postgres.start}[how]()


def _is_unknown(asked: Asked) -> bool:
    return UNKNOWN in asked.message


def _is_refused(asked: Asked) -> bool:
    return asked.status == 503 and not _is_unknown(asked)
