"""Stands between a client and the server, passes every byte on as it is, and remembers the exchanges.

So that a client in any language talks with the real server, and each answer is still held against the document.
"""

import contextlib
import gzip
import re
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import h11

_CHUNK = 65536


@dataclass(frozen=True)
class Exchange:
    method: str
    target: str
    sent: bytes
    status: int
    headers: dict[str, str]
    received: bytes


@dataclass
class _Connection:
    sent: bytearray = field(default_factory=bytearray)
    received: bytearray = field(default_factory=bytearray)


class Relay:
    """`address` is what the client is told; use it as a context manager.

    On the first connections, `losing` of them, the server's answer gets lost: the request is carried out, and the
    client finds the connection closed.
    """

    def __init__(self, server: str, *, losing: int = 0) -> None:
        self._losing = losing
        target = urlsplit(server)
        assert target.hostname is not None
        self._server = (target.hostname, target.port or 80)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._connections: list[_Connection] = []
        self._threads = [threading.Thread(target=self._accept, daemon=True)]

    def __enter__(self) -> "Relay":
        self._threads[0].start()
        return self

    def __exit__(self, *_: object) -> None:
        # close() alone would not wake the thread that waits for a connection.
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in self._threads:
            thread.join(10)

    def exchanges(self) -> list[Exchange]:
        """All of them, once the client has ended."""
        return [each for connection in self._connections for each in _exchanges(connection)]

    def whole_exchanges(self) -> tuple[list[Exchange], int]:
        """Of a client that goes before it is answered, as a browser does: those that it waited for, and how many
        others."""
        whole, cut = [], 0
        for connection in self._connections:
            try:
                whole.extend(_exchanges(connection))
            except _Cut:
                cut += 1
        return whole, cut

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._serve, args=(client,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, client: socket.socket) -> None:
        connection = _Connection()
        self._connections.append(connection)
        if len(self._connections) <= self._losing:
            self._lose(client, connection)
            return
        with client, socket.create_connection(self._server) as server:
            back = threading.Thread(target=_pass_on, args=(server, client, connection.received), daemon=True)
            back.start()
            _pass_on(client, server, connection.sent)
            back.join()

    def _lose(self, client: socket.socket, connection: _Connection) -> None:
        with client, socket.create_connection(self._server) as server:
            threading.Thread(target=_pass_on, args=(client, server, connection.sent), daemon=True).start()
            while not _is_whole(connection.received) and (data := server.recv(_CHUNK)):
                connection.received += data
            client.shutdown(socket.SHUT_RDWR)


class _Cut(AssertionError):
    """The answer is not there, or not all of it."""


def _is_whole(answer: bytearray) -> bool:
    head, found, body = bytes(answer).partition(b"\r\n\r\n")
    length = re.search(rb"content-length: *(\d+)", head, re.IGNORECASE)
    return bool(found) and len(body) >= int(length[1] if length else 0)


def _pass_on(source: socket.socket, sink: socket.socket, log: bytearray) -> None:
    try:
        while data := source.recv(_CHUNK):
            log += data
            sink.sendall(data)
        sink.shutdown(socket.SHUT_WR)
    except OSError:
        # One side has gone without a word: the other one is told.
        for side in (source, sink):
            with contextlib.suppress(OSError):
                side.shutdown(socket.SHUT_RDWR)


def _exchanges(connection: _Connection) -> Iterator[Exchange]:
    client, server = h11.Connection(h11.CLIENT), h11.Connection(h11.SERVER)
    # Each side reads what the other one wrote, and is told what it wrote itself: h11 needs both to find the ends.
    server.receive_data(bytes(connection.sent))
    client.receive_data(bytes(connection.received))
    while isinstance(request := server.next_event(), h11.Request):
        client.send(request)
        sent = _body(server, client)
        while isinstance(response := client.next_event(), h11.InformationalResponse):
            pass
        if not isinstance(response, h11.Response):
            raise _Cut(f"{request.target.decode()} was not answered")
        server.send(response)
        received = _body(client, server)
        headers = {name.decode().lower(): value.decode() for name, value in response.headers}
        if headers.get("content-encoding") == "gzip":
            received = gzip.decompress(received)
        yield Exchange(request.method.decode(), request.target.decode(), sent, response.status_code, headers, received)
        if h11.MUST_CLOSE in (client.our_state, server.our_state):
            return
        client.start_next_cycle()
        server.start_next_cycle()


def _body(source: h11.Connection, sink: h11.Connection) -> bytes:
    """The body that comes next at the source; the sink hears of it as its own."""
    body = b""
    while isinstance(event := source.next_event(), h11.Data):
        body += bytes(event.data)
        sink.send(event)
    if not isinstance(event, h11.EndOfMessage):
        raise _Cut(event)
    sink.send(event)
    return body
