"""X-Forwarded-For counts when a trusted proxy sends it, and from nobody else: in the log, and for rate limits."""

import json
import socket
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from tests.contract import audit
from tests.server import Server

PROXY, STRANGER = "127.0.0.2", "127.0.0.3"
# An operation that anybody may call, twenty times in a quarter of an hour.
LIMITED = "/api/invitations/by-token/0123456789abcdef0123456789abcdef"
REQUESTS = 20


@pytest.fixture(scope="module")
def behind_a_proxy(environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    log = tmp_path_factory.mktemp("proxied") / "server.log"
    server = Server({**environment, "PHARUS_TRUSTED_PROXIES": f"{PROXY}, 192.0.2.0/24"}, log)
    # The requests are written by hand, from other addresses than those that are judged.
    audit.leave_to_another_judge(server.address)
    yield server
    assert server.stop() == 0, server.read_log()[-2000:]


def ask(server: Server, source: str, path: str, *forwarded: str) -> tuple[int, str]:
    """The status, and the client that the log names."""
    parts = urlsplit(server.address)
    lines = [f"GET {path} HTTP/1.1", "Host: localhost", "Connection: close"]
    lines += [f"X-Forwarded-For: {each}" for each in forwarded]
    with socket.create_connection((parts.hostname, parts.port), 30, (source, 0)) as connection:
        connection.sendall("\r\n".join([*lines, "", ""]).encode())
        received = b""
        while piece := connection.recv(65536):
            received += piece
    head = received.partition(b"\r\n\r\n")[0].decode()
    request_id = next(line.split(": ")[1] for line in head.split("\r\n") if line.startswith("x-request-id"))
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        for line in server.read_log().split("\n"):
            if request_id in line:
                return int(head.split(" ")[1]), json.loads(line)["client"]
        time.sleep(0.01)
    raise AssertionError("the log has no line about the request")


def test_trusted_proxy_says_who_called(behind_a_proxy: Server) -> None:
    assert ask(behind_a_proxy, PROXY, "/healthz", "198.51.100.7") == (200, "198.51.100.7")
    assert ask(behind_a_proxy, PROXY, "/healthz", "[2001:db8::1]:4711") == (200, "2001:db8::1")
    assert ask(behind_a_proxy, PROXY, "/healthz") == (200, PROXY)


def test_what_a_client_says_before_the_proxy_does_not_count(behind_a_proxy: Server) -> None:
    """Each proxy appends the address that it sees; the last that is no proxy of ours is the client."""
    for forwarded in (["10.0.0.1, 198.51.100.7"], ["10.0.0.1", "198.51.100.7, 192.0.2.9"]):
        assert ask(behind_a_proxy, PROXY, "/healthz", *forwarded) == (200, "198.51.100.7")


def test_stranger_is_who_is_connected(behind_a_proxy: Server) -> None:
    assert ask(behind_a_proxy, STRANGER, "/healthz", "198.51.100.7") == (200, STRANGER)
    # The default trusts it, but here another is named.
    assert ask(behind_a_proxy, "127.0.0.1", "/healthz", "198.51.100.7") == (200, "127.0.0.1")


def test_rate_limit_counts_the_client_that_a_trusted_proxy_names_and_no_other(behind_a_proxy: Server) -> None:
    invented = [ask(behind_a_proxy, STRANGER, LIMITED, f"198.51.100.{number}")[0] for number in range(REQUESTS + 2)]
    assert invented == [404] * REQUESTS + [429] * 2
    named = [ask(behind_a_proxy, PROXY, LIMITED, "203.0.113.1")[0] for _ in range(REQUESTS + 2)]
    assert named == [404] * REQUESTS + [429] * 2
    assert ask(behind_a_proxy, PROXY, LIMITED, "203.0.113.2")[0] == 404


@pytest.mark.parametrize("forged", ['x", "status": 200, "client": "', "1\u2028{", "\x1b[31m", "999.1.1.1"])
def test_forwarded_address_writes_no_line_of_the_log(behind_a_proxy: Server, forged: str) -> None:
    status, client = ask(behind_a_proxy, PROXY, "/healthz", forged)
    # Bytes that a header may not hold are refused before there is a request.
    assert status in (200, 400)
    for line in behind_a_proxy.read_log().split("\n")[1:]:
        assert not line or json.loads(line), line
    assert isinstance(client, str)
