"""What a client can do with sockets alone, without a token: each probe is a function of host and port that returns the
violations, and may take so many seconds.

A server that keeps its bounds answers others all the time, and is rid of connections that do nothing.
"""

from __future__ import annotations

import select
import socket
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from statistics import median

from pharus.config import Settings

# A connection that does nothing may be open so long: what the settings allow by default, and some. Of one that reads
# nothing the kernels may take the last bytes just before its time is over, and from then on it is idle.
_MOST_OPEN_SECONDS = Settings.stall_seconds + Settings.keep_alive_seconds + 5
_ANSWER_SECONDS = 1.0
NO_ANSWER = 10.0
_MOST_HEAD_BYTES = 64 * 1024

_HEAD = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n"
_GET = _HEAD + b"\r\n"
_POST = b"POST /api/vendors HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
_NOBODY_READS = b"POST /nothing HTTP/1.1\r\nHost: localhost\r\n"
_FILE = b"GET /api/docs/swagger-ui-bundle.js HTTP/1.1\r\nHost: localhost\r\n\r\n"
_UPGRADE = b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n"


@dataclass(frozen=True)
class HalfOpen:
    """A way to open a connection and do no more: what is sent at first, and every second from then on."""

    name: str
    sent: bytes
    trickle: bytes = b""
    reads: bool = True


HALF_OPEN = (
    HalfOpen("silent", b""),
    HalfOpen("half a request line", b"GET /heal"),
    HalfOpen("half a head", _HEAD),
    HalfOpen("head without an end", _HEAD + b"X-A: ", b"a"),
    HalfOpen("empty lines", b"", b"\r\n"),
    HalfOpen("no body", _POST + b"Content-Length: 1000\r\n\r\n"),
    HalfOpen("body without an end", _POST + b"Content-Length: 1000000\r\n\r\n", b" "),
    HalfOpen("chunks without an end", _POST + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\n \r\n"),
    HalfOpen(
        "body behind its answer", b"POST /nothing HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9999\r\n\r\n", b" "
    ),
    HalfOpen("idle", _GET),
    # More than the kernels on both sides take for it.
    HalfOpen("reads nothing", b"GET /api/openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n" * 5, reads=False),
    HalfOpen("reads nothing of a file", _FILE * 4, reads=False),
    HalfOpen("reads nothing of the last", _GET * 5 + _HEAD, reads=False),
)


def garbage(host: str, port: int) -> list[str]:
    """What is no HTTP is refused in words of HTTP, and the connection closed."""
    found = []
    for sent in (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", b"\x00" * 1000, b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"):
        status, rest = _ask(host, port, sent)
        if status not in (0, 400) or rest:
            found.append(f"{sent[:20]!r} was answered {status}, and {len(rest)} bytes followed")
    return found


def large_heads(host: str, port: int) -> list[str]:
    """A head of more than 64 KiB is refused with 431, whether it comes in one piece or in many."""
    large = [
        _HEAD + b"X-A: " + b"x" * _MOST_HEAD_BYTES + b"\r\n\r\n",
        b"GET /" + b"x" * _MOST_HEAD_BYTES + b" HTTP/1.1",
    ]
    found = []
    for sent in large:
        # Refused in the middle of what is sent, an answer may be lost: no answer is right as well.
        status, _ = _ask(host, port, sent)
        if status not in (0, 414, 431):
            found.append(f"a head of {len(sent)} bytes was answered {status}")
    return found


def pipelined_upgrades(host: str, port: int) -> list[str]:
    """Five thousand requests in one piece, each of which asks for another protocol: all answered, as if none did."""
    count = 5000
    request = _HEAD + _UPGRADE + b"\r\n"
    with closing(_connect(host, port)) as connection:
        answered = _exchange(connection, request * count, count)
    return [] if answered == count else [f"{answered} of {count} pipelined requests were answered"]


def body_behind_an_upgrade(host: str, port: int) -> list[str]:
    """The body of a request that asks for another protocol is a body, and no request of its own."""
    hidden = b"GET /hidden HTTP/1.1\r\nHost: localhost\r\n\r\n"
    request = _POST + _UPGRADE + b"Content-Length: %d\r\n\r\n" % len(hidden) + hidden
    with closing(_connect(host, port)) as connection:
        answered = _exchange(connection, request + _GET, 3, seconds=3)
    return [] if answered == 2 else [f"two requests, one of them with a body, were answered {answered} times"]


def half_open(host: str, port: int, *, count: int = 400, within_seconds: float = _MOST_OPEN_SECONDS) -> list[str]:
    """So many connections of all kinds of HALF_OPEN: another client is answered all the time, and mostly within a
    second, and all of them are closed in the end."""
    found: list[str] = []
    waits: list[float] = []
    with opened(host, port, count) as sockets:
        started = time.monotonic()
        while sockets.are_open() and time.monotonic() < started + within_seconds:
            waits.append(answer_seconds(host, port))
            if waits[-1] >= NO_ANSWER:
                found.append(f"another client got no answer beside {len(sockets)} connections")
            sockets.trickle()
            time.sleep(0.5)
        # Of a machine that is busy with much else, a single answer says nothing.
        if waits and median(waits) > _ANSWER_SECONDS:
            found.append(f"another client waited {median(waits):.1f} s for half of its answers")
        for name, number in sockets.kinds().items():
            found.append(f"{number} connections are open after {within_seconds:.0f} s: {name}")
    return found


@dataclass(frozen=True)
class Probe:
    run: Callable[[str, int], list[str]]
    most_seconds: float

    @property
    def name(self) -> str:
        return self.run.__name__.replace("_", " ")


PROBES = (
    Probe(garbage, 5),
    Probe(large_heads, 5),
    Probe(pipelined_upgrades, 30),
    Probe(body_behind_an_upgrade, 10),
    Probe(half_open, _MOST_OPEN_SECONDS + 10),
)


class Sockets:
    """Half-open connections, by what they do."""

    def __init__(self) -> None:
        self._open: dict[socket.socket, HalfOpen] = {}
        self._trickled = time.monotonic()

    def __len__(self) -> int:
        return len(self._open)

    def add(self, connection: socket.socket, what: HalfOpen) -> None:
        self._open[connection] = what

    def are_open(self) -> bool:
        """Whether any is; those that the server has closed are forgotten."""
        watch = select.poll()
        for connection in self._open:
            watch.register(connection, getattr(select, "POLLRDHUP", 0) | select.POLLHUP | select.POLLERR)
        ended = {number for number, _ in watch.poll(0)}
        for connection in [each for each in self._open if each.fileno() in ended]:
            self._forget(connection)
        return bool(self._open)

    def trickle(self) -> None:
        """What each of them sends in a second, if one has passed."""
        if time.monotonic() < self._trickled + 1:
            return
        self._trickled = time.monotonic()
        for connection, what in list(self._open.items()):
            try:
                if what.reads:
                    with suppress(BlockingIOError):
                        connection.recv(65536)
                connection.send(what.trickle)
            except BlockingIOError:
                continue
            except OSError:
                self._forget(connection)

    def kinds(self) -> Counter[str]:
        return Counter(what.name for what in self._open.values())

    def close(self) -> None:
        for connection in list(self._open):
            self._forget(connection)

    def _forget(self, connection: socket.socket) -> None:
        del self._open[connection]
        connection.close()


@contextmanager
def opened(
    host: str, port: int, count: int, kinds: tuple[HalfOpen, ...] = HALF_OPEN, source: str | None = None
) -> Iterator[Sockets]:
    """So many connections of these kinds, in turns; from the address `source` where one is named."""
    with closing(Sockets()) as sockets:
        for number in range(count):
            what = kinds[number % len(kinds)]
            connection = _connect(host, port, source, small=not what.reads)
            sockets.add(connection, what)
            # The server may have no place for it, which is as good as closing it later.
            with suppress(OSError):
                connection.sendall(what.sent)
            connection.setblocking(False)
        yield sockets


def answer_seconds(host: str, port: int, source: str | None = None) -> float:
    """How long another client waits for its answer; NO_ANSWER when it gets none."""
    started = time.monotonic()
    with suppress(OSError), closing(_connect(host, port, source)) as connection:
        connection.sendall(_HEAD + b"Connection: close\r\n\r\n")
        if connection.recv(65536).startswith(b"HTTP/1.1 200"):
            return time.monotonic() - started
    return NO_ANSWER


def _connect(host: str, port: int, source: str | None = None, *, small: bool = False) -> socket.socket:
    connection = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    try:
        if small:
            # Before it is connected, so that the window that the server sees is small too.
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.settimeout(10)
        if source:
            connection.bind((source, 0))
        connection.connect((host, port))
    except BaseException:
        connection.close()
        raise
    return connection


def _ask(host: str, port: int, sent: bytes) -> tuple[int, bytes]:
    """The status (0: no answer) and what came after the connection's first answer, until it was closed."""
    received = b""
    with closing(_connect(host, port)) as connection, suppress(OSError):
        connection.sendall(sent)
        connection.settimeout(3)
        while piece := connection.recv(65536):
            received += piece
    head, _, rest = received.partition(b"\r\n\r\n")
    if not head.startswith(b"HTTP/1.1 "):
        return 0, head
    length = next((line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")), b":0")
    return int(head.split(b" ", 2)[1]), rest[int(length.partition(b":")[2]) :]


def _exchange(connection: socket.socket, sent: bytes, wanted: int, seconds: float = 20) -> int:
    """Send while reading, and count the answers: up to so many, for so long."""
    deadline = time.monotonic() + seconds
    connection.setblocking(False)
    left = memoryview(sent)
    tail, answers = b"", 0
    while answers < wanted and time.monotonic() < deadline:
        readable, writable, _ = select.select([connection], [connection] if left else [], [], 0.2)
        try:
            if writable:
                left = left[connection.send(left) :]
            if readable:
                piece = connection.recv(65536)
                if not piece:
                    break
                text = tail + piece
                answers += text.count(b"HTTP/1.1 ")
                tail = text[-8:]
        except BlockingIOError:
            continue
        except OSError:
            break
    return answers
