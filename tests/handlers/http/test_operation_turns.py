"""Whose request is next, and how long it may take, at a real server. A row that the test has locked holds the threads:
whoever wants to change it waits, in PostgreSQL."""

import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import psycopg2
import pytest

from pharus.db import db
from tests import factories
from tests.api import Api, error_code
from tests.conftest import AsRole
from tests.server import Server
from tests.waiting import Stopwatch, wait_until

REQUEST_SECONDS = 4
THREADS = 2


@pytest.fixture(scope="module")
def hurried(environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with few threads, whose requests must be quick."""
    log = tmp_path_factory.mktemp("hurried") / "log"
    settings = {"PHARUS_THREADS": str(THREADS), "PHARUS_REQUEST_SECONDS": str(REQUEST_SECONDS), "PHARUS_QUEUE": "40"}
    running = Server({**environment, **settings}, log)
    yield running
    assert running.stop() == 0, running.read_log()[-2000:]
    assert '"internal error"' not in running.read_log()


class Noise:
    """An organization that holds all the threads that it gets, until `release` is called."""

    def __init__(self, api: Api, database_url: str, crowd: ThreadPoolExecutor) -> None:
        self.api, self.crowd = api, crowd
        self.vendor = api.post("/api/vendors", {"name": "Oils"}).json()["id"]
        self._connection = psycopg2.connect(database_url)
        with self._connection.cursor() as cursor:
            cursor.execute("SELECT FROM vendor WHERE id = %s FOR UPDATE", (self.vendor,))
        self.requests: list[Future[httpx.Response]] = []

    def send(self, count: int) -> None:
        for number in range(count):
            self.requests.append(
                self.crowd.submit(self.api.patch, f"/api/vendors/{self.vendor}", {"name": f"Oils {number}"})
            )

    def hold(self, count: int) -> None:
        """Until all its threads wait for the row."""
        self.send(count)
        wait_until(lambda: self.waiting_for_the_row() == THREADS)

    def waiting_for_the_row(self) -> int:
        return int(
            db.row(
                "SELECT count(DISTINCT pid) FROM pg_stat_activity JOIN pg_locks USING (pid) "
                "WHERE NOT granted AND query LIKE %s",
                (f"%{self.vendor}%",),
            )[0]
        )

    def release(self) -> None:
        self._connection.close()

    def statuses(self) -> list[int]:
        return [request.result(30).status_code for request in self.requests]


MakeNoise = Callable[[], Noise]


@pytest.fixture
def make_noise(hurried: Server, as_role: AsRole, database_url: str) -> Iterator[MakeNoise]:
    made: list[Noise] = []
    with ThreadPoolExecutor(60) as crowd:

        def make() -> Noise:
            member = as_role(factories.make_organization(), "member")
            made.append(Noise(Api(hurried.address, member.token), database_url, crowd))
            return made[-1]

        yield make
        for noise in made:
            noise.release()


@pytest.fixture
def quiet(hurried: Server, as_role: AsRole) -> Api:
    """A member of another organization, whom the server knows already."""
    api = Api(hurried.address, as_role(factories.make_organization(), "member").token)
    assert api.get("/api/vendors").status_code == 200
    return api


@contextmanager
def within(seconds: float, server: Server) -> Iterator[None]:
    watch = Stopwatch(server.pid)
    yield
    assert watch.seconds() < seconds


def test_organization_that_holds_all_it_can_get_does_not_keep_another_waiting(
    make_noise: MakeNoise, hurried: Server, quiet: Api
) -> None:
    noise = make_noise()
    noise.hold(15)
    with within(2, hurried):
        for number in range(20):
            assert quiet.post("/api/vendors", {"name": f"Waters {number}"}).status_code == 201
            assert quiet.get("/api/vendors").status_code == 200
    assert not any(request.done() for request in noise.requests)
    noise.release()
    assert noise.statuses() == [200] * 15


def test_newcomers_and_forged_tokens_have_a_share_of_their_own(
    make_noise: MakeNoise, hurried: Server, as_role: AsRole
) -> None:
    noise = make_noise()
    noise.hold(15)
    with within(2, hurried):
        newcomer = Api(hurried.address, as_role(factories.make_organization(), "viewer").token)
        assert newcomer.get("/api/vendors").status_code == 200
        assert Api(hurried.address, "pharus_pat_" + "x" * 32, noise.api.org_id).get("/api/vendors").status_code == 401
    noise.release()


def test_organization_fills_its_own_part_of_the_queue_and_not_that_of_others(make_noise: MakeNoise, quiet: Api) -> None:
    noise = make_noise()
    noise.hold(THREADS + 20)
    noise.send(5)
    refused = [request.result(10) for request in noise.requests[-5:]]
    assert {(response.status_code, error_code(response)) for response in refused} == {(503, "service_unavailable")}
    assert all(int(response.headers["retry-after"]) > 0 for response in refused)
    assert quiet.get("/api/vendors").status_code == 200
    noise.release()


def test_request_that_takes_too_long_is_given_up_with_its_statement_and_stores_nothing(
    make_noise: MakeNoise, hurried: Server
) -> None:
    noise = make_noise()
    noise.hold(THREADS + 3)
    watch = Stopwatch(hurried.pid)
    responses = [request.result(60) for request in noise.requests]
    assert watch.wall_seconds() > REQUEST_SECONDS - 2
    assert watch.seconds() < REQUEST_SECONDS + 2
    assert {(response.status_code, error_code(response)) for response in responses} == {(503, "service_unavailable")}
    assert all(int(response.headers["retry-after"]) > 0 for response in responses)
    messages = [response.json()["error"]["message"] for response in responses]
    # Those that came late had the threads of the first ones for a moment.
    assert sum("nothing of it was stored" in message for message in messages) >= THREADS
    # The row is held still, and nobody asks for it any more.
    wait_until(lambda: noise.waiting_for_the_row() == 0)
    assert noise.api.get("/api/vendors").status_code == 200
    noise.release()
    assert noise.api.get(f"/api/vendors/{noise.vendor}").json()["name"] == "Oils"
    assert noise.api.patch(f"/api/vendors/{noise.vendor}", {"name": "Waters"}).status_code == 200


def test_request_whose_caller_has_gone_is_not_begun(make_noise: MakeNoise, hurried: Server) -> None:
    noise = make_noise()
    noise.hold(THREADS)
    url = urlsplit(hurried.address)
    body = b'{"name": "gone"}'
    head = (
        f"POST /api/vendors HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {noise.api.token}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    with socket.create_connection((url.hostname, url.port)) as caller:
        caller.sendall(head.encode() + body)
        # The server looks after those who wait for longer than a moment.
        time.sleep(0.6)
    here = noise.crowd.submit(noise.api.post, "/api/vendors", {"name": "here"})
    time.sleep(0.3)
    noise.release()
    assert here.result(30).status_code == 201
    names = {vendor["name"] for vendor in noise.api.get("/api/vendors").json()["data"]}
    assert "here" in names
    assert "gone" not in names


def test_health_and_readiness_do_not_wait_for_the_threads(
    make_noise: MakeNoise, hurried: Server, as_role: AsRole
) -> None:
    noises = [make_noise(), make_noise()]
    noises[0].hold(10)
    noises[1].send(10)
    wait_until(lambda: noises[1].waiting_for_the_row() == 1)
    for _ in range(5):
        for path in ("/healthz", "/readyz"):
            with within(1, hurried):
                assert httpx.get(hurried.address + path, trust_env=False).status_code == 200
    for noise in noises:
        noise.release()


def test_log_names_the_operation_that_was_given_up(hurried: Server, make_noise: MakeNoise) -> None:
    noise = make_noise()
    noise.hold(THREADS)
    assert set(noise.statuses()) == {503}
    assert "updateVendor took longer than 4 seconds and was given up" in Path(hurried.log).read_text()
