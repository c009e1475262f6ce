"""HTTP by hand, over a socket: what a client library would refuse to send, and answers as they come."""

import contextlib
import json
import re
import socket
import struct
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from tests.contract import audit
from tests.contract.judging import judge

_SECONDS = 60
# Where a request begins: at the start of what is sent, and after the head of the one before.
_BETWEEN = b"\r\n\r\n"
_REQUEST_LINE = re.compile(rb"\r\n\r\n([A-Z]+) (\S+) HTTP/\S*\r\n")


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def is_by_protocol(self) -> bool:
        """Only what is no HTTP, has too large a head or is too slow is refused by hanging up; applications go on."""
        return self.status in (400, 408, 431) and self.headers.get("connection") == "close"

    @property
    def is_json(self) -> bool:
        return self.headers.get("content-type") == "application/json"

    def json(self) -> Any:
        return json.loads(self.body)


def exchange(
    address: str, pieces: Iterable[bytes | float], *, answers: int = 1, half_close: bool = False, has_body: bool = True
) -> list[Answer]:
    """Send the pieces (a number is a pause in seconds) and read up to so many answers; fewer when the server hangs up.

    Each is held against the document, as far as what was sent says which request it answers.

    With `half_close` the server sees the end of what is sent at once, and can still answer. `has_body` is False for
    HEAD, whose answer names a length that does not come.
    """
    pieces = list(pieces)
    with _connect(address) as connection:
        # A server that has answered already may close while we still send.
        with contextlib.suppress(OSError):
            _send(connection, pieces)
            if half_close:
                connection.shutdown(socket.SHUT_WR)
        found: list[Answer] = []
        with connection.makefile("rb") as reader, contextlib.suppress(ConnectionResetError):
            while len(found) < answers and (answer := _read(reader, has_body)) is not None:
                found.append(answer)
    _judge(address, [piece for piece in pieces if isinstance(piece, bytes)], found)
    return found


def hang_up(address: str, pieces: Iterable[bytes | float]) -> None:
    """Send the pieces and be gone: the server sees a reset, not an end."""
    audit.give_up(address)
    with _connect(address) as connection, contextlib.suppress(BrokenPipeError, ConnectionResetError):
        _send(connection, pieces)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def in_chunks(body: bytes, size: int = 7) -> Iterator[bytes]:
    """A body in the chunked form, with its end."""
    for start in range(0, len(body), size):
        chunk = body[start : start + size]
        yield b"%x\r\n%b\r\n" % (len(chunk), chunk)
    yield b"0\r\n\r\n"


def _judge(address: str, sent: list[bytes], answers: list[Answer]) -> None:
    whole = _BETWEEN + b"".join(_BETWEEN + piece if _REQUEST_LINE.match(_BETWEEN + piece) else piece for piece in sent)
    requests = [(method.decode(), target.decode("latin-1")) for method, target in _REQUEST_LINE.findall(whole)]
    if len(requests) == 1:
        requests *= len(answers)
    audit.give_up(address, max(0, len(requests) - len(answers)))
    for (method, target), answer in zip(requests, answers, strict=False):
        # Below the application no operation is known, nor is one without a path.
        if not answer.is_by_protocol and target.startswith("/"):
            path = unquote(target.partition("?")[0])
            judge(method, path, answer.status, answer.headers, answer.body, address=address)


def _connect(address: str) -> socket.socket:
    parts = urlsplit(address)
    connection = socket.create_connection((parts.hostname, parts.port), timeout=_SECONDS)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection


def _send(connection: socket.socket, pieces: Iterable[bytes | float]) -> None:
    for piece in pieces:
        if isinstance(piece, bytes):
            connection.sendall(piece)
        else:
            time.sleep(piece)


def _read(reader: Any, has_body: bool) -> Answer | None:
    """The next answer; None at the end. An interim answer (100 Continue) is skipped."""
    while line := reader.readline():
        version, status, *_ = line.decode("latin-1").split(" ", 2)
        assert version.startswith("HTTP/1."), line
        headers: dict[str, str] = {}
        while (header := reader.readline()) not in (b"\r\n", b""):
            name, _, value = header.decode("latin-1").partition(":")
            headers[name.lower()] = value.strip()
        if status != "100":
            # Without a length the body would go on until the connection ends; no answer of ours is like that.
            assert "content-length" in headers, headers
            length = int(headers["content-length"]) if has_body else 0
            return Answer(int(status), headers, reader.read(length))
    return None
