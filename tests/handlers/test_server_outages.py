"""A database that hangs, or that cannot be reached: who asks is told within the time of a request, and the server comes
back, or ends, by itself."""

import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from pharus.db import db
from tests import factories
from tests.api import Api, error_code
from tests.conftest import AsRole
from tests.drills.proxies import Proxy
from tests.server import Server
from tests.waiting import Stopwatch, wait_until

REQUEST_SECONDS = 3
STOP_SECONDS = 1
# What the process may take beyond that, whatever hangs.
REST_SECONDS = 2
# The watcher looks five times a second, and this machine may be busy.
SLACK = 1.5


@pytest.fixture(scope="module")
def proxy(database_url: str) -> Iterator[Proxy]:
    with Proxy(database_url) as running:
        yield running


@pytest.fixture(scope="module")
def outage(proxy: Proxy, environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    settings = {
        "PHARUS_DATABASE_URL": proxy.url,
        "PHARUS_THREADS": "2",
        "PHARUS_REQUEST_SECONDS": str(REQUEST_SECONDS),
        "PHARUS_STOP_SECONDS": str(STOP_SECONDS),
    }
    running = Server({**environment, **settings}, tmp_path_factory.mktemp("outage") / "log")
    yield running
    proxy.go_on()
    if running.process.poll() is None:
        running.process.kill()
        running.process.wait(30)
    assert "internal error" not in running.read_log()


@pytest.fixture(autouse=True)
def end(proxy: Proxy) -> Iterator[None]:
    yield
    proxy.go_on()


@pytest.fixture
def caller(outage: Server, as_role: AsRole) -> Api:
    api = Api(outage.address, as_role(factories.make_organization(), "member").token)
    assert api.post("/api/vendors", {"name": "before"}).status_code == 201
    return api


def state(server: Server, path: str, seconds: float) -> int:
    return httpx.get(server.address + path, trust_env=False, timeout=seconds).status_code


@pytest.mark.parametrize("how", ["hang", "lose"])
def test_database_that_does_not_answer_is_503_in_time_and_back_when_it_answers(
    proxy: Proxy, outage: Server, caller: Api, how: str
) -> None:
    getattr(proxy, how)()

    def ask(number: int) -> tuple[httpx.Response, float]:
        watch = Stopwatch(outage.pid)
        response = caller.get("/api/vendors") if number % 2 else caller.post("/api/vendors", {"name": f"{number}"})
        return response, watch.seconds()

    with ThreadPoolExecutor(20) as crowd:
        asking = [crowd.submit(ask, number) for number in range(20)]
        for _ in range(3):
            assert state(outage, "/healthz", 1) == 200
            assert state(outage, "/readyz", 2) == 503
        answers = [each.result() for each in asking]
    assert {(response.status_code, error_code(response)) for response, _ in answers} == {(503, "service_unavailable")}
    assert all(int(response.headers["retry-after"]) > 0 for response, _ in answers)
    assert max(seconds for _, seconds in answers) < REQUEST_SECONDS + SLACK

    proxy.go_on()
    watch = Stopwatch(outage.pid)
    wait_until(lambda: caller.get("/api/vendors").status_code == 200)
    wait_until(lambda: state(outage, "/readyz", 2) == 200)
    assert watch.seconds() < 5
    # 503 says that nothing was stored.
    assert [vendor["name"] for vendor in caller.get("/api/vendors").json()["data"]] == ["before"]


def test_requests_whose_callers_have_left_a_database_that_hangs_are_not_begun(
    proxy: Proxy, outage: Server, caller: Api
) -> None:
    proxy.hang()

    def give_up(number: int) -> None:
        with pytest.raises(httpx.ReadTimeout):
            httpx.post(
                f"{outage.address}/api/vendors",
                json={"name": f"late {number}"},
                headers=caller.headers,
                timeout=0.8,
                trust_env=False,
            )

    with ThreadPoolExecutor(30) as crowd:
        list(crowd.map(give_up, range(30)))
    # They are seen to have left.
    time.sleep(0.5)
    proxy.go_on()
    wait_until(lambda: caller.get("/api/vendors").status_code == 200)
    time.sleep(0.5)
    assert [vendor["name"] for vendor in caller.get("/api/vendors").json()["data"]] == ["before"]
    assert db.row("SELECT count(*) FROM vendor WHERE name LIKE 'late %'") == (0,)


def test_server_ends_in_its_time_though_the_database_hangs_and_says_503_to_whom_it_cuts(
    proxy: Proxy, outage: Server, caller: Api
) -> None:
    """The last of these tests: it takes their server away."""
    proxy.hang()
    with ThreadPoolExecutor(10) as crowd:
        asking = [crowd.submit(caller.get, "/api/vendors") for _ in range(10)]
        wait_until(lambda: state(outage, "/readyz", 2) == 503)
        watch = Stopwatch(outage.pid)
        outage.process.send_signal(signal.SIGTERM)
        assert {each.result().status_code for each in asking} == {503}
        assert watch.seconds() < STOP_SECONDS + SLACK
    assert watch.until(outage.process.poll) == 0
    assert watch.seconds() < STOP_SECONDS + REST_SECONDS
