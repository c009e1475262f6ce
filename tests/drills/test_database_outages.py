"""PostgreSQL is stopped, killed, or not to be reached any more, under load, with a pooler and without: how long until
everybody is told, until it works again, and what of the writes was lost or done twice.

DRILL_SECONDS is how long each outage lasts, 8 at most.
"""

import os
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import click
import httpx
import pytest

from pharus.providers import LocalProvider
from tests import database
from tests.api import Api
from tests.contract import audit
from tests.drills.crowd import UNKNOWN, Asked, Crowd
from tests.drills.poolers import PROGRAM, pooler
from tests.drills.postgres import VERSIONS, Cluster, cluster
from tests.drills.proxies import Proxy
from tests.plugins.platform.waiting import wait_until
from tests.server import Server

pytestmark = [pytest.mark.drills, pytest.mark.long]

REQUEST_SECONDS = 4
STOP_SECONDS = 3
OUTAGE_SECONDS = min(8.0, float(os.environ.get("DRILL_SECONDS", "8")))
# The watcher looks five times a second, and the clients share the machine.
SLACK = 2.0
HEALTH_SECONDS = 3.0
CLIENTS = 20

# PgBouncer waits 15 s after a server that it could not reach, and notices a silent one after a quarter of an hour.
FOLLOWS = "server_login_retry = 1\nserver_connect_timeout = 3\ntcp_user_timeout = 5000"

Record = Callable[[str, object], None]


class Drill:
    """A server of ours with a PostgreSQL of its own, reached through a proxy, and an organization on it."""

    def __init__(self, name: str, postgres: Cluster, proxy: Proxy, server: Server, api: Api) -> None:
        self.postgres, self.proxy, self.server, self.api = postgres, proxy, server, api
        self.name = name

    def stored(self) -> Counter[str]:
        return Counter(name for (name,) in database.execute(self.postgres.url("drill"), "SELECT name FROM vendor"))

    def state(self, path: str) -> tuple[int, float]:
        started = time.monotonic()
        status = httpx.get(self.server.address + path, trust_env=False, timeout=30).status_code
        return status, time.monotonic() - started

    def works(self) -> bool:
        return self.api.get("/api/vendors", limit=1).status_code == 200


# Each version, and the newest behind a pooler.
PLACES = [(version, False) for version in VERSIONS]
if PROGRAM is not None and VERSIONS:
    PLACES.append((list(VERSIONS)[-1], True))


@pytest.fixture(params=PLACES, ids=lambda place: place[0] + (" behind PgBouncer" if place[1] else ""))
def drill(request: pytest.FixtureRequest, environment: dict[str, str], tmp_path: Path) -> Iterator[Drill]:
    version, is_pooled = request.param
    with ExitStack() as stack:
        postgres = stack.enter_context(cluster(version))
        database.execute(postgres.url(), "CREATE DATABASE drill")
        proxy = stack.enter_context(Proxy(postgres.url("drill")))
        # Fewer sessions than the server has threads.
        url = stack.enter_context(pooler(proxy.url, size=4, more=FOLLOWS)) if is_pooled else proxy.url
        settings = {
            "PHARUS_DATABASE_URL": url,
            "PHARUS_DATA": str(tmp_path / "data"),
            "PHARUS_REQUEST_SECONDS": str(REQUEST_SECONDS),
            "PHARUS_STOP_SECONDS": str(STOP_SECONDS),
        }
        server = Server({**environment, **settings}, tmp_path / "log")
        stack.callback(_kill, server)
        api = Api(server.address, LocalProvider(tmp_path / "data").issue("ada@example.com", lifetime_seconds=3600))
        assert api.post("/api/user", {"email": "ada@example.com"}).status_code == 200
        made = api.post("/api/organizations", {"name": "Maker", "slug": "maker"}).json()
        api.headers["X-Org-Id"] = made["organization"]["id"]
        name = f"PostgreSQL {version}" + (" behind PgBouncer" if is_pooled else "")
        yield Drill(name, postgres, proxy, server, api)
        postgres.go_on()
        proxy.go_on()
        assert "internal error" not in server.read_log()


def _kill(server: Server) -> None:
    if server.process.poll() is None:
        server.process.kill()
        server.process.wait(30)


@pytest.mark.parametrize("how", ["stopped", "lost packets", "killed"])
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
        "slowest response (s)": round(max(each.seconds for each in crowd.asked), 2),
        "slowest health (s)": round(max(seconds for _, seconds in health), 2),
        "recovered after (s)": round(recovered, 2),
        "last 503 after (s)": round(last - ended, 2),
        "lost": len(crowd.written(lambda each: each.status == 201) - set(stored)),
        "doubled": sum(count > 1 for count in stored.values()),
        "stored though refused": len(crowd.written(_is_refused) & set(stored)),
        "unknown": len(crowd.written(_is_unknown)),
    }
    _report(f"{drill.name} {how}", figures, record_property)
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
    _report(f"{drill.name} stopped, callers gone", figures, record_property)
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
    _report(f"{drill.name} {how}, SIGTERM", figures, record_property)
    assert set(statuses) == {503}
    assert answered < STOP_SECONDS + SLACK
    assert ended < STOP_SECONDS + 10


def _begin(drill: Drill, how: str) -> None:
    {"stopped": drill.postgres.hang, "lost packets": drill.proxy.lose, "killed": drill.postgres.kill}[how]()


def _end(drill: Drill, how: str) -> None:
    {"stopped": drill.postgres.go_on, "lost packets": drill.proxy.go_on, "killed": drill.postgres.start}[how]()


def _is_unknown(asked: Asked) -> bool:
    return UNKNOWN in asked.message


def _is_refused(asked: Asked) -> bool:
    return asked.status == 503 and not _is_unknown(asked)


def _report(what: str, figures: dict[str, object], record_property: Record) -> None:
    click.echo(f"\n{what}: " + ", ".join(f"{name} {value}" for name, value in figures.items()))
    for name, value in figures.items():
        record_property(f"figure: {what}, {name}", value)
