"""Uploads over a socket: who is refused before the body comes, what a client that stops leaves, how much memory."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import psutil
import pytest

from pharus.db import db
from pharus.storage import LocalStore
from tests.api import Api
from tests.contract import wire
from tests.contract.conftest import Say
from tests.factories import Organization
from tests.plugins.documents.orders import MOST_BYTES, listed, uploaded
from tests.plugins.documents.sending import body, head, pieces_of
from tests.server import Server

_CHUNKED = b"Transfer-Encoding: chunked"


@pytest.fixture(scope="module")
def alone(environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of its own: its memory and its files are looked at."""
    server = Server(environment, tmp_path_factory.mktemp("alone") / "server.log")
    yield server
    assert server.stop() == 0, server.read_log()[-2000:]
    assert '"internal error"' not in server.read_log()


def rows(organization: Organization) -> int:
    return int(db.row("SELECT count(*) FROM document WHERE org_id = %s", (organization.id,))[0])


@pytest.mark.parametrize("framing", [b"Content-Length: %d" % MOST_BYTES, _CHUNKED])
def test_caller_who_may_not_upload_is_told_so_before_the_body_is_sent(
    server: Server, viewer: Api, framing: bytes
) -> None:
    """Nothing but the head is ever sent."""
    for token, status in ((None, 403), ("pharus_pat_" + "x" * 32, 401), ("no token", 401)):
        [response] = wire.exchange(server.address, [head(viewer, framing, token=token)])
        assert response.status == status
        assert response.json()["error"]["code"] in ("forbidden", "unauthorized")


def test_caller_who_may_upload_is_asked_for_the_body(server: Server, member: Api, order: str) -> None:
    content = body(order, b"soap")
    sent = [head(member, b"Content-Length: %d" % len(content), b"Expect: 100-continue"), 0.05, content]
    [response] = wire.exchange(server.address, sent)
    assert response.status == 201


@pytest.mark.parametrize("size", [1, MOST_BYTES, MOST_BYTES + 1])
def test_length_that_nobody_has_named_is_limited_all_the_same(
    server: Server, member: Api, order: str, size: int
) -> None:
    content = body(order, b"x" * size)
    pieces = [head(member, _CHUNKED), *wire.in_chunks(content, 100_000)]
    [response] = wire.exchange(server.address, pieces)
    assert response.status == (201 if size <= MOST_BYTES else 413)
    assert len(listed(member, order)) == (1 if size <= MOST_BYTES else 0)


def test_length_that_is_not_the_true_one_is_refused(server: Server, member: Api, order: str) -> None:
    content = body(order, b"x" * 1000)
    short = [head(member, b"Content-Length: %d" % (len(content) - 20)), content[:-20]]
    [response] = wire.exchange(server.address, short)
    assert response.status == 400
    long = [head(member, b"Content-Length: %d" % (len(content) + 20)), content]
    assert wire.exchange(server.address, long, half_close=True) in ([], [400])
    huge = body(order, b"x" * (MOST_BYTES + 1))
    [response] = wire.exchange(server.address, [head(member, b"Content-Length: %d" % len(huge)), *pieces_of(huge)])
    assert response.status == 413
    assert listed(member, order) == []


@pytest.mark.parametrize("share", [0.01, 0.5, 0.999])
def test_client_that_stops_half_way_leaves_nothing(
    alone: Server, member: Api, order: str, organization: Organization, store: LocalStore, share: float
) -> None:
    process = psutil.Process(alone.pid)
    before = _clients(process, alone)
    content = body(order, b"x" * 1_000_000)
    for framing in (b"Content-Length: %d" % len(content), _CHUNKED):
        sent = content[: int(len(content) * share)]
        raw = b"".join([*wire.in_chunks(sent)][:-1]) if framing == _CHUNKED else sent
        wire.hang_up(alone.address, [head(member, framing), raw, 0.1])
    _wait_until(lambda: _clients(process, alone) <= before and not _open_uploads(process))
    assert Api(alone.address, member.token).get("/api/vendors").status_code == 200
    assert rows(organization) == 0
    assert list(store.paths(f"orgs/{organization.id}/")) == []
    assert list((store.folder.parent / "uploads").iterdir()) == []


def test_eight_uploads_of_ten_megabytes_at_once_are_never_in_memory(
    alone: Server, member: Api, order: str, store: LocalStore, say: Say
) -> None:
    process = psutil.Process(alone.pid)
    api = Api(alone.address, member.token)
    uploaded(api, order, b"warm")
    content = [bytes([number]) * MOST_BYTES for number in range(8)]
    highest = before = process.memory_info().rss
    ended = threading.Event()

    def watch() -> None:
        nonlocal highest
        while not ended.wait(0.002):
            highest = max(highest, process.memory_info().rss)

    watcher = threading.Thread(target=watch)
    watcher.start()
    started = time.monotonic()
    try:
        with ThreadPoolExecutor(8) as clients:
            documents = list(clients.map(lambda each: uploaded(api, order, each), content))
    finally:
        ended.set()
        watcher.join()
    grown = (highest - before) / 1024**2
    say(
        f"8 uploads of 10 MB in {time.monotonic() - started:.1f} s: {before / 1024**2:.0f} MB resident before, "
        f"{grown:.1f} MB more at most"
    )
    for document, sent in zip(documents, content, strict=True):
        assert (store.folder / document["gcsPath"]).read_bytes() == sent
    assert grown < 30, "eight files of 10 MB would be 80"


def _clients(process: psutil.Process, server: Server) -> set[int]:
    """The ports of those who are connected."""
    port = urlsplit(server.address).port
    connections = process.net_connections("tcp")
    return {each.raddr.port for each in connections if each.raddr and each.laddr.port == port}


def _open_uploads(process: psutil.Process) -> list[str]:
    return [each.path for each in process.open_files() if "/uploads/" in each.path]


def _wait_until(condition: object, seconds: float = 10) -> None:
    """The server hears of a client's end a moment later."""
    assert callable(condition)
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)
