"""How many SQL round trips a request takes: counted on the wire, so that no peer can count differently.

A proxy sits between the server and PostgreSQL and reads the protocol's messages. PostgreSQL sends ReadyForQuery
once whenever it has answered and waits for the client again: the number of these is the number of round trips,
whatever the driver and whether statements are sent one by one or several at once. The proxy is used for a few requests
outside of the measured runs.
"""

import socket
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from types import TracebackType
from urllib.parse import urlencode

from psycopg2.extensions import parse_dsn

_READY_FOR_QUERY = ord("Z")
_QUERY, _PARSE = ord("Q"), ord("P")

Seen = Callable[[int, bytes], None]


@dataclass(slots=True)
class _Connection:
    count: int = 0
    is_counted: bool = True


class CountingProxy:
    """Forwards connections to the PostgreSQL of `database_url`; `url` names the same database through the proxy.

    `count` is the number of round trips so far, `statements` the texts sent so far. With `only`, connections count that
    have sent a statement with one of these texts in it: a server may have others, for work of its own. TLS is not
    spoken: what is encrypted cannot be counted.
    """

    def __init__(self, database_url: str, only: Sequence[str] = ()) -> None:
        self._target = parse_dsn(database_url)
        self._only = only
        self._connections: list[_Connection] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.statements: list[str] = []
        self._sockets: list[socket.socket] = []

    @property
    def count(self) -> int:
        return sum(connection.count for connection in self._connections if connection.is_counted)

    def wait_until_quiet(self, seconds: float, most: float = 20.0) -> None:
        """Until no statement has come for so long; or until it is clear that there is no such moment."""
        end, count, since = time.monotonic() + most, self.count, time.monotonic()
        while time.monotonic() < min(end, since + seconds):
            time.sleep(0.02)
            if self.count != count:
                count, since = self.count, time.monotonic()

    @property
    def url(self) -> str:
        port = self._listener.getsockname()[1]
        target = {**self._target, "host": "127.0.0.1", "port": str(port), "sslmode": "disable", "gssencmode": "disable"}
        return "postgresql:///?" + urlencode(target)

    def __enter__(self) -> "CountingProxy":
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, type: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for each in (self._listener, *self._sockets):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                server = self._connect()
                self._sockets += [client, server]
                connection = _Connection(is_counted=not self._only)
                self._connections.append(connection)
                for source, sink, seen, untyped in (
                    (client, server, partial(self._seen_from_client, connection), 1),
                    (server, client, partial(self._seen_from_server, connection), 0),
                ):
                    threading.Thread(target=_forward, args=(source, sink, Messages(seen, untyped)), daemon=True).start()

    def _connect(self) -> socket.socket:
        host, port = self._target.get("host", "localhost"), self._target.get("port", "5432")
        if host.startswith("/"):
            server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            server.connect(f"{host}/.s.PGSQL.{port}")
            return server
        return socket.create_connection((host, int(port)))

    def _seen_from_server(self, connection: _Connection, code: int, _: bytes) -> None:
        if code == _READY_FOR_QUERY:
            connection.count += 1

    def _seen_from_client(self, connection: _Connection, code: int, body: bytes) -> None:
        if code not in (_QUERY, _PARSE):
            return
        text = (body[:-1] if code == _QUERY else body.split(b"\0")[1]).decode(errors="replace")
        self.statements.append(text)
        if not connection.is_counted and any(part in text for part in self._only):
            connection.is_counted = True


class Messages:
    """Cuts a stream into protocol messages: a type byte and a length that counts itself. The first `untyped` messages
    of a stream have no type byte (a client's startup)."""

    def __init__(self, seen: Seen, untyped: int) -> None:
        self._seen = seen
        self._untyped = untyped
        self._rest = b""

    def feed(self, chunk: bytes) -> None:
        data = self._rest + chunk
        while True:
            head = 4 if self._untyped else 5
            if len(data) < head:
                break
            end = head - 4 + int.from_bytes(data[head - 4 : head])
            if len(data) < end:
                break
            if self._untyped:
                self._untyped -= 1
            else:
                self._seen(data[0], data[head:end])
            data = data[end:]
        self._rest = data


def _forward(source: socket.socket, sink: socket.socket, messages: Messages) -> None:
    with suppress(OSError):
        while chunk := source.recv(1 << 20):
            # Counted before it is passed on: who has got a response finds it counted.
            messages.feed(chunk)
            sink.sendall(chunk)
    for each in (source, sink):
        with suppress(OSError):
            each.shutdown(socket.SHUT_RDWR)
