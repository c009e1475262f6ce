"""A receiver of webhooks, in a process of its own: `python -m bench.receiver PORT`. It takes and remembers every
request. Whether they are right is judged behind the measured time (bench/webhooks.py): it costs little meanwhile.

GET /count answers how many have come, GET /requests all of them, as a JSON list of `Received`.
"""

import json
import selectors
import socket
import sys
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

_TAKEN = b"HTTP/1.1 204 No Content\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Received:
    """One request. `at` is time.monotonic(), which all processes of a machine share."""

    at: float
    headers: Mapping[str, str]
    body: str


@dataclass(slots=True)
class _Client:
    socket: socket.socket
    rest: bytearray = field(default_factory=bytearray)


def main(arguments: list[str]) -> None:
    requests: list[tuple[float, bytes, bytes]] = []
    selector = selectors.DefaultSelector()
    with socket.create_server(("127.0.0.1", int(arguments[0])), backlog=128) as listener:
        selector.register(listener, selectors.EVENT_READ)
        while True:
            for key, _ in selector.select():
                if key.fileobj is listener:
                    client, _ = listener.accept()
                    client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                    selector.register(client, selectors.EVENT_READ, _Client(client))
                elif not _answered(key.data, requests):
                    selector.unregister(key.data.socket)
                    key.data.socket.close()


def _answered(client: _Client, requests: list[tuple[float, bytes, bytes]]) -> bool:
    """Take what has come and answer each whole request; False when the client has gone."""
    try:
        chunk = client.socket.recv(65536)
        client.rest += chunk
        while (whole := _whole(client.rest)) is not None:
            head, body = whole
            del client.rest[: len(head) + 4 + len(body)]
            if head.startswith(b"GET"):
                content = _shown(head.split(b" ", 2)[1], requests)
                client.socket.setblocking(True)
                client.socket.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(content) + content)
            else:
                requests.append((time.monotonic(), head, body))
                client.socket.sendall(_TAKEN)
    except OSError:
        return False
    return bool(chunk)


def _whole(data: bytearray) -> tuple[bytes, bytes] | None:
    """Head and body of the first request, once all of it is there."""
    end = data.find(b"\r\n\r\n")
    if end < 0:
        return None
    head = bytes(data[:end])
    length = int(_headers(head).get("content-length", 0))
    body = bytes(data[end + 4 : end + 4 + length])
    return (head, body) if len(body) == length else None


def _headers(head: bytes) -> dict[str, str]:
    lines = (line.partition(":") for line in head.decode("latin-1").split("\r\n")[1:])
    return {name.lower(): value.strip() for name, _, value in lines}


def _shown(path: bytes, requests: list[tuple[float, bytes, bytes]]) -> bytes:
    if path == b"/count":
        return b"%d" % len(requests)
    return json.dumps([asdict(Received(at, _headers(head), body.decode())) for at, head, body in requests]).encode()


if __name__ == "__main__":
    main(sys.argv[1:])
