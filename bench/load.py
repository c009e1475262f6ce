"""The load generator: N keep-alive connections, each sends its next request when the last response is complete.

A process of its own (`python -m bench.load`), so that its Python neither shares a lock with anything nor counts as the
server's. One loop over plain sockets, requests rendered to bytes beforehand: a response costs it some ten microseconds.
Reads a `Load` as JSON from standard input, writes a `Measured` as JSON to standard output.
"""

import gc
import json
import selectors
import socket
import sys
import time
from array import array
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field

from bench.figures import percentile
from bench.processes import cpu_seconds
from bench.workloads.workload import render, take

# A server that answers nothing at all for this long is stuck.
SILENCE_SECONDS = 30.0

# Nothing is learned from more failures than these.
MOST_FAILURES = 20


@dataclass(frozen=True, slots=True)
class Load:
    """What to send: the steps one after the other, again and again. A step is the request's text, the status of its
    answer, and the JSON pointers of ids in it that the next steps' texts name.

    variants            how many values the two digits of a text take in turn
    pid, database_pid   roots of the process trees whose CPU time is read at both ends of the measured window
    most_requests       the run ends after as many, even if time is left
    first               what is added to the number of each request
    """

    port: int
    connections: int
    warmup_seconds: float
    seconds: float
    steps: Sequence[tuple[str, int, Sequence[str]]]
    variants: int = 1
    pid: int | None = None
    database_pid: int | None = None
    most_requests: int = 10_000_000
    first: int = 0


@dataclass(slots=True)
class Measured:
    """What came back within the measured window: a request here is a run of all the steps. Latencies in milliseconds,
    the rest in seconds; `began` is time.monotonic()."""

    requests: int = 0
    began: float = 0.0
    seconds: float = 0.0
    p50_ms: float = 0.0
    p99_ms: float = 0.0
    cpu_seconds: float = 0.0
    database_cpu_seconds: float | None = None
    own_cpu_seconds: float = 0.0
    answer_bytes: int = 0
    failures: list[str] = field(default_factory=list)


class Connection:
    __slots__ = ("filled", "ids", "number", "response", "sent_at", "size", "socket", "step", "unsent", "view")

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=SILENCE_SECONDS)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.setblocking(False)
        self.response = bytearray(256 * 1024)
        self.view = memoryview(self.response)
        self.filled = 0
        self.size = 0
        self.sent_at = 0.0
        self.number = 0
        self.step = 0
        self.ids: list[bytes] = []
        self.unsent: memoryview | None = None

    def grow(self, size: int) -> None:
        larger = bytearray(size)
        larger[: self.filled] = self.view[: self.filled]
        self.response, self.view = larger, memoryview(larger)


class Generator:
    def __init__(self, load: Load) -> None:
        self.load = load
        self.steps = [(text.encode(), str(status).encode(), takes) for text, status, takes in load.steps]
        self.selector = selectors.DefaultSelector()
        self.sent = 0
        self.measured = Measured()
        self.latencies = array("d")

    def run(self) -> Measured:
        load, measured = self.load, self.measured
        connections = [Connection(load.port) for _ in range(load.connections)]
        for connection in connections:
            self.selector.register(connection.socket, selectors.EVENT_READ, connection)
        # The collector would stop the loop at moments that look like the server's.
        gc.freeze()
        gc.disable()
        for connection in connections:
            self._begin(connection)
        self._until(time.perf_counter() + load.warmup_seconds)
        self.latencies = array("d")
        measured.answer_bytes = 0
        cpu, database = self._cpu()
        own, began, measured.began = time.process_time(), time.perf_counter(), time.monotonic()
        self._until(began + load.seconds)
        measured.seconds = time.perf_counter() - began
        measured.own_cpu_seconds = time.process_time() - own
        cpu_after, database_after = self._cpu()
        measured.cpu_seconds = cpu_after - cpu
        if database is not None and database_after is not None:
            measured.database_cpu_seconds = database_after - database
        for connection in connections:
            connection.socket.close()
        ordered = sorted(self.latencies)
        measured.requests = len(ordered)
        if ordered:
            measured.p50_ms = percentile(ordered, 0.50) * 1000
            measured.p99_ms = percentile(ordered, 0.99) * 1000
        elif not measured.failures:
            measured.failures.append("no response within the measured time")
        return measured

    def _until(self, end: float) -> None:
        """Keep every connection busy until `end`. Requests under way then stay under way."""
        failures, most = self.measured.failures, self.load.most_requests
        while time.perf_counter() < end and self.sent < most and len(failures) < MOST_FAILURES:
            ready = self.selector.select(SILENCE_SECONDS)
            if not ready:
                failures.append(f"no response for {SILENCE_SECONDS:.0f} seconds")
                return
            for key, mask in ready:
                if mask & selectors.EVENT_WRITE:
                    self._write(key.data)
                elif self._read(key.data):
                    self._next(key.data)

    def _begin(self, connection: Connection) -> None:
        self.sent += 1
        connection.number, connection.step, connection.ids = self.load.first + self.sent, 0, []
        request = self._request(connection)
        connection.sent_at = time.perf_counter()
        self._send(connection, request)

    def _next(self, connection: Connection) -> None:
        """A response is complete: go on with the next step, or begin anew."""
        takes = self.steps[connection.step][2]
        if takes:
            whole = bytes(connection.view[: connection.filled])
            response = json.loads(whole[whole.index(b"\r\n\r\n") :])
            connection.ids += [take(response, pointer) for pointer in takes]
        connection.step += 1
        if connection.step < len(self.steps):
            self._send(connection, self._request(connection))
            return
        self.latencies.append(time.perf_counter() - connection.sent_at)
        self._begin(connection)

    def _request(self, connection: Connection) -> bytes:
        return render(self.steps[connection.step][0], connection.number, self.load.variants, connection.ids)

    def _send(self, connection: Connection, request: bytes) -> None:
        connection.filled = connection.size = 0
        written = connection.socket.send(request)
        if written < len(request):
            connection.unsent = memoryview(request)[written:]
            self.selector.modify(connection.socket, selectors.EVENT_READ | selectors.EVENT_WRITE, connection)

    def _write(self, connection: Connection) -> None:
        """Go on with a body that was larger than the socket's buffer."""
        unsent = connection.unsent
        assert unsent is not None
        connection.unsent = unsent[connection.socket.send(unsent) :]
        if not connection.unsent:
            self.selector.modify(connection.socket, selectors.EVENT_READ, connection)

    def _read(self, connection: Connection) -> bool:
        """Take what has come; True when that completes a response of the right status."""
        try:
            count = connection.socket.recv_into(connection.view[connection.filled :])
        except OSError as error:
            count = 0
            self.measured.failures.append(str(error))
        if count == 0:
            self.measured.failures.append("the server closed the connection")
            self.selector.unregister(connection.socket)
            return False
        connection.filled += count
        if connection.size == 0 and not self._head(connection):
            return False
        if connection.filled < connection.size:
            return False
        self.measured.answer_bytes = connection.size
        if connection.response[9:12] != self.steps[connection.step][1]:
            text = bytes(connection.view[: min(connection.filled, 600)])
            self.measured.failures.append(text.decode(errors="replace"))
            # What it would have given to the next steps is not there.
            self._begin(connection)
            return False
        return True

    def _head(self, connection: Connection) -> bool:
        """Learn the response's size from its head; False while the head is incomplete."""
        end = connection.response.find(b"\r\n\r\n", 0, connection.filled)
        if end < 0:
            return False
        head = bytes(connection.view[:end]).lower()
        start = head.find(b"\r\ncontent-length:")
        if start < 0:
            raise SystemExit("the response has no Content-Length; the load generator reads no chunked responses")
        line_end = head.find(b"\r\n", start + 2)
        connection.size = end + 4 + int(head[start + 17 : line_end if line_end > 0 else None])
        if connection.size > len(connection.response):
            connection.grow(connection.size)
        return True

    def _cpu(self) -> tuple[float, float | None]:
        load = self.load
        return (
            0.0 if load.pid is None else cpu_seconds(load.pid),
            None if load.database_pid is None else cpu_seconds(load.database_pid),
        )


def main(_: Sequence[str] = ()) -> None:
    load = Load(**json.load(sys.stdin))
    json.dump(asdict(Generator(load).run()), sys.stdout)


if __name__ == "__main__":
    main()
