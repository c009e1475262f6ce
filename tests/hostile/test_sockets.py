"""Connections that are open and do nothing, by the hundred: they are closed in time, and keep nobody out."""

import json
import re
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

import psutil
import pytest

from contract.hostile import sockets
from contract.hostile.sockets import HALF_OPEN, HalfOpen
from tests import factories
from tests.contract import audit, wire
from tests.contract.judging import is_error_body
from tests.hostile.few_descriptors import DESCRIPTORS
from tests.server import Server
from tests.waiting import Stopwatch, wait_until

HEADER_SECONDS, KEEP_ALIVE_SECONDS, STALL_SECONDS = 3, 4, 5
# The sweep looks once a second, and what it sees first gets its end then.
SWEEPS_SECONDS = 2
MOST_OPEN_SECONDS = STALL_SECONDS + SWEEPS_SECONDS + 3

# Neither is a proxy.
STRANGER, OTHER = "127.0.0.2", "127.0.0.3"
PER_ADDRESS = 20

POST = b"POST /api/vendors HTTP/1.1\r\nHost: localhost\r\n"


@pytest.fixture(scope="module")
def attacked(environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of its own, with 300 file descriptors and not much patience."""
    settings = {
        "PHARUS_HEADER_SECONDS": str(HEADER_SECONDS),
        "PHARUS_KEEP_ALIVE_SECONDS": str(KEEP_ALIVE_SECONDS),
        "PHARUS_STALL_SECONDS": str(STALL_SECONDS),
        "PHARUS_MAX_CONNECTIONS_PER_ADDRESS": str(PER_ADDRESS),
    }
    log = tmp_path_factory.mktemp("attacked") / "server.log"
    server = Server({**environment, **settings}, log, module="tests.hostile.few_descriptors")
    # What is sent by the probes is held against its bounds, and not against the document.
    audit.leave_to_another_judge(server.address)
    yield server
    server.end()
    assert "Too many open files" not in server.read_log()


@pytest.fixture
def place(attacked: Server) -> tuple[str, int]:
    parts = urlsplit(attacked.address)
    assert parts.hostname is not None
    assert parts.port is not None
    return parts.hostname, parts.port


@pytest.fixture
def bearer(organization: factories.Organization) -> bytes:
    user = factories.make_user()
    factories.make_membership(organization.id, user.id, "owner")
    return f"Authorization: Bearer {factories.make_api_token(organization.id, user.id)}\r\n".encode()


def half_open_of_a_member(bearer: bytes) -> tuple[HalfOpen, ...]:
    """Bodies that are read, because somebody is signed in."""
    vendor = POST + b"Content-Type: application/json\r\n" + bearer
    upload = (
        b"POST /api/documents HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=x\r\n" + bearer
    )
    part = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\n'
    return (
        HalfOpen("body of a member", vendor + b"Content-Length: 1000\r\n\r\n", b" "),
        HalfOpen("upload of a member", upload + b"Content-Length: 100000\r\n\r\n" + part, b"a"),
        HalfOpen("upload in chunks", upload + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\n-\r\n"),
        HalfOpen("body that is announced", vendor + b"Content-Length: 1000\r\nExpect: 100-continue\r\n\r\n"),
    )


def test_400_half_open_sockets_keep_nobody_out_and_are_closed_in_time(
    attacked: Server, place: tuple[str, int], bearer: bytes
) -> None:
    """All come from a trusted proxy, as it were, whose connections have no bound but that of all."""
    kinds = HALF_OPEN + half_open_of_a_member(bearer)
    process = psutil.Process(attacked.pid)
    sockets.answer_seconds(*place)
    idle = process.num_fds()
    with sockets.opened(*place, 400, kinds) as opened:
        watch, slowest = Stopwatch(attacked.pid), 0.0
        while opened.are_open() and watch.seconds() < 2 * MOST_OPEN_SECONDS:
            asked = Stopwatch(attacked.pid)
            assert sockets.answer_seconds(*place) < sockets.NO_ANSWER
            slowest = max(slowest, asked.seconds())
            assert process.num_fds() < DESCRIPTORS
            opened.trickle()
            time.sleep(0.1)
        assert opened.kinds() == {}
        assert watch.seconds() < MOST_OPEN_SECONDS
    assert slowest < 1
    # Database connections may have been opened meanwhile; what the connections took is free.
    assert process.num_fds() < idle + 12
    assert re.search(r"closed connections: .*evicted", attacked.read_log())
    assert "84 connections at a time, not 1000: no more files may be open" in attacked.read_log()


def test_half_open_socket_of_each_kind_is_closed_in_time(
    attacked: Server, place: tuple[str, int], bearer: bytes
) -> None:
    """So few that none has to go for another."""
    kinds = HALF_OPEN + half_open_of_a_member(bearer)
    with sockets.opened(*place, len(kinds), kinds) as opened:
        watch = Stopwatch(attacked.pid)
        while opened.are_open() and watch.seconds() < MOST_OPEN_SECONDS:
            opened.trickle()
            time.sleep(0.1)
        assert opened.kinds() == {}


@pytest.mark.parametrize(
    "sent",
    [b"GET /healthz HTTP/1.1\r\nHost: loc", POST + b"Content-Length: 5\r\n%b\r\n{"],
)
def test_request_that_was_not_whole_in_time_is_answered_408(attacked: Server, bearer: bytes, sent: bytes) -> None:
    watch = Stopwatch(attacked.pid)
    (response,) = wire.exchange(attacked.address, [sent.replace(b"%b", bearer)], answers=2)
    assert (response.status, response.headers["connection"]) == (408, "close")
    is_error_body(response.body)
    assert watch.wall_seconds() >= HEADER_SECONDS
    assert watch.seconds() < MOST_OPEN_SECONDS


def test_client_that_is_slow_and_steady_is_served(attacked: Server, bearer: bytes) -> None:
    """Longer than any of the bounds lasts, at twice the slowest rate."""
    body = json.dumps({"name": "Patience"}).encode() + b" " * 80_000
    head = POST + b"Content-Type: application/json\r\nContent-Length: %d\r\n" % len(body)
    pieces: list[bytes | float] = [head + bearer + b"\r\n"]
    for start in range(0, len(body), 4096):
        pieces += [body[start : start + 4096], 0.5]
    started = time.monotonic()
    (response,) = wire.exchange(attacked.address, pieces)
    assert response.status == 201
    assert time.monotonic() - started > STALL_SECONDS + SWEEPS_SECONDS


def test_used_connection_stays_open(attacked: Server) -> None:
    request = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
    responses = wire.exchange(attacked.address, [request, 2.0, request, 2.0, request, 2.0, request], answers=4)
    assert [response.status for response in responses] == [200] * 4


def test_one_address_cannot_take_the_place_of_others(attacked: Server, place: tuple[str, int]) -> None:
    """A stranger holds no more than one address may; the newest of them stay, and others are not touched."""
    idle = tuple(each for each in HALF_OPEN if each.name == "idle")
    with sockets.opened(*place, 5, idle, OTHER) as theirs, sockets.opened(*place, 200, HALF_OPEN, STRANGER) as opened:
        # Before any of them has been open for too long.
        wait_until(lambda: opened.are_open() and len(opened) <= PER_ADDRESS, HEADER_SECONDS)
        # A sixteenth goes at once, so that a few places may be free.
        assert len(opened) >= PER_ADDRESS - 3
        assert theirs.are_open()
        assert len(theirs) == 5
        for source in (STRANGER, OTHER):
            watch = Stopwatch(attacked.pid)
            assert sockets.answer_seconds(*place, source) < sockets.NO_ANSWER
            assert watch.seconds() < 1


@pytest.mark.parametrize("probe", sockets.PROBES, ids=lambda probe: probe.name)
def test_probe_finds_nothing(attacked: Server, place: tuple[str, int], probe: sockets.Probe) -> None:
    watch = Stopwatch(attacked.pid)
    assert probe.run(*place) == []
    assert watch.seconds() < probe.most_seconds
