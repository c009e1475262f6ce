import contextlib
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import psycopg2
import pytest

from handlers.server import share
from pharus.config import load_settings
from pharus.providers import LocalProvider
from tests import database, factories, launcher
from tests.api import Api
from tests.factories import Organization
from tests.server import Server

Start = Callable[..., Server]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts servers; those that a failed test has left running are killed."""
    started: list[Server] = []

    def make(environment: dict[str, str], *arguments: str) -> Server:
        started.append(Server(environment, tmp_path / f"log-{len(started)}", *arguments))
        return started[-1]

    yield make
    for server in started:
        server.process.kill()
        server.process.wait(30)


def test_sigterm_lets_a_request_in_flight_finish(
    environment: dict[str, str], start: Start, database_url: str, organization: Organization, member: Api
) -> None:
    vendor = factories.make_vendor(organization.id)
    server = start(environment)
    holder = psycopg2.connect(database_url)
    with holder.cursor() as cursor, ThreadPoolExecutor(1) as pool:
        cursor.execute("SELECT 1 FROM vendor WHERE id = %s FOR UPDATE", (vendor,))
        slow = pool.submit(Api(server.address, member.token).patch, f"/api/vendors/{vendor}", {"name": "finished"})
        wait_until_somebody_waits_for(database.backend_pid(holder), database_url)
        server.process.send_signal(signal.SIGTERM)
        wait_until_refused(server.address)
        assert not slow.done()
        assert server.process.poll() is None
        holder.rollback()
        response = slow.result(timeout=30)
    holder.close()
    assert (response.status_code, response.json()["name"]) == (200, "finished")
    assert server.process.wait(30) == 0
    assert "internal error" not in server.read_log()


@pytest.mark.parametrize("workers", ["1", "2"])
def test_server_that_is_told_to_end_again_and_again_ends_well(
    environment: dict[str, str], start: Start, workers: str
) -> None:
    server = start(environment, "--workers", workers)
    while server.process.poll() is None:
        server.process.send_signal(signal.SIGTERM)
        time.sleep(0.0002)
    assert server.process.wait(30) == 0
    assert "Traceback" not in server.read_log()


def wait_until_somebody_waits_for(pid: int, url: str) -> None:
    deadline = time.monotonic() + 30
    while not database.execute(url, "SELECT 1 FROM pg_stat_activity WHERE %s = ANY(pg_blocking_pids(pid))", pid):
        assert time.monotonic() < deadline, "the request never came to the row"
        time.sleep(0.02)


def wait_until_refused(address: str) -> None:
    """New connections are refused as soon as the server begins to stop."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            httpx.get(f"{address}/healthz", timeout=2, trust_env=False)
        except httpx.TransportError:
            return
        time.sleep(0.02)
    raise AssertionError("the server went on taking requests")


@pytest.fixture
def embedded_data() -> Iterator[Path]:
    with database.data_of_its_own() as data:
        yield data


def test_kill_under_load_loses_nothing_that_was_acknowledged(embedded_data: Path, start: Start) -> None:
    environment = {"PHARUS_DATA": str(embedded_data), "PHARUS_LOG": "json"}
    server = start(environment)
    token = LocalProvider(embedded_data).issue("ada@example.com")
    caller = Api(server.address, token)
    assert caller.post("/api/user", {"email": "ada@example.com"}).status_code == 200
    org_id = caller.post("/api/organizations", {"name": "Maker", "slug": "maker"}).json()["organization"]["id"]

    acknowledged: list[str] = []
    enough = threading.Event()

    def write(number: int) -> None:
        api = Api(server.address, token, org_id)
        with contextlib.suppress(httpx.TransportError):
            for step in range(10_000):
                response = api.post("/api/vendors", {"name": f"{number} {step}"})
                acknowledged.append(response.json()["id"])
                if len(acknowledged) >= 100:
                    enough.set()

    with ThreadPoolExecutor(4) as pool:
        writers = [pool.submit(write, number) for number in range(4)]
        assert enough.wait(timeout=60)
        server.process.kill()
        for writer in writers:
            writer.result(timeout=60)
    server.process.wait(30)

    again = start(environment)
    stored = set(ids_of(Api(again.address, token, org_id)))
    assert set(acknowledged) <= stored
    assert len(stored) - len(acknowledged) <= 4, "more than what was in flight"
    assert again.stop() == 0
    assert database.postmaster(embedded_data) is None, "the database outlived the server that was stopped"


def ids_of(api: Api) -> Iterator[str]:
    cursor: str | None = None
    while True:
        page = api.get("/api/vendors", limit=500, **({"cursor": cursor} if cursor else {})).json()
        yield from (vendor["id"] for vendor in page["data"])
        cursor = page["nextCursor"]
        if cursor is None:
            return


@pytest.mark.parametrize(
    ("environment_of_its_own", "files", "sentence"),
    [
        ({}, 140, "The process may open 140 files (ulimit -n); with these settings it needs 148 at least."),
        ({"PHARUS_TRUSTED_PROXIES": "127.0.0.1, proxy"}, 1000, "PHARUS_TRUSTED_PROXIES has 'proxy'"),
        ({"PHARUS_TRUSTED_PROXIES": "10.0.0.1/8"}, 1000, "PHARUS_TRUSTED_PROXIES has '10.0.0.1/8'"),
        ({"PHARUS_TRUSTED_PROXIES": "*, 10.0.0.1"}, 1000, "PHARUS_TRUSTED_PROXIES has '*'"),
    ],
)
@pytest.mark.parametrize("workers", ["1", "2"])
def test_settings_that_cannot_be_kept_refuse_the_start_with_a_sentence(
    environment: dict[str, str], environment_of_its_own: dict[str, str], files: int, sentence: str, workers: str
) -> None:
    ended = launcher.run(
        *(str(files), "serve", "--port", "0", "--workers", workers),
        module="tests.handlers.limited",
        environment={"PATH": os.environ["PATH"], **environment, **environment_of_its_own},
    )
    assert ended.returncode == 1
    assert sentence in ended.stderr
    # Nobody is told that it serves.
    assert ("Serving" in ended.stderr, "Traceback" in ended.stderr) == (False, False)


def test_links_lead_to_where_the_server_listens_unless_a_setting_knows_better(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("PHARUS_")]:
        monkeypatch.delenv(name)
    # What `share` sets is taken away again.
    for name in (
        "PHARUS_PUBLIC_URL",
        "PHARUS_API_URL",
        "PHARUS_DATABASE_URL",
        "PHARUS_AUTH",
        "PHARUS_ALLOW_LOCAL_AUTH",
    ):
        monkeypatch.setenv(name, "")
    share(load_settings(), "postgresql://there", "http://127.0.0.1:8123")
    settings = load_settings()
    assert (settings.public_url, settings.api_url) == ("http://127.0.0.1:8123", "http://127.0.0.1:8123")
    monkeypatch.setenv("PHARUS_PUBLIC_URL", "https://pharus.example.com")
    share(load_settings(), "postgresql://there", "http://127.0.0.1:8123")
    assert load_settings().public_url == "https://pharus.example.com"
