"""What a client and a server said to each other is read from the bytes, however they were written."""

import socket
import threading
from collections.abc import Iterator

import httpx
import pytest

from tests.clients.relay import Relay

pytestmark = pytest.mark.no_database

_ANSWERS = (
    b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Created\r\ncontent-length: 2\r\nX-One: 1\r\n\r\n{}",
    b"HTTP/1.1 404 Not Found\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
)


@pytest.fixture
def server() -> Iterator[str]:
    """Answers the two requests of one connection, whatever they are."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            connection, _ = listener.accept()
            with connection:
                for answer in _ANSWERS:
                    while b"end" not in connection.recv(65536):
                        pass
                    connection.sendall(answer)

        thread = threading.Thread(target=serve)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        thread.join(10)


def test_exchanges_are_what_was_sent_and_received(server: str) -> None:
    def chunks() -> Iterator[bytes]:
        yield b"in chunks, "
        yield b"end"

    upgrade = {"Connection": "Upgrade, HTTP2-Settings", "Upgrade": "h2c", "HTTP2-Settings": "AAEAAEAAAAIAAAAB"}
    with Relay(server) as relay, httpx.Client(base_url=relay.address, trust_env=False) as client:
        assert client.post("/a?b=c", content=b"end", headers=upgrade).status_code == 201
        assert client.put("/d", content=chunks()).text == "abc"
        first, second = relay.exchanges()
    assert (first.method, first.target, first.sent, first.status, first.received) == (
        "POST",
        "/a?b=c",
        b"end",
        201,
        b"{}",
    )
    assert first.headers["x-one"] == "1"
    assert (second.method, second.sent, second.status, second.received) == ("PUT", b"in chunks, end", 404, b"abc")
