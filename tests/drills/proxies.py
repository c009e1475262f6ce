"""A proxy in front of PostgreSQL that can stop: as a server that hangs, or as a network that loses everything."""

import ctypes
import socket
import struct
import threading
from contextlib import suppress
from types import TracebackType
from urllib.parse import urlencode

from psycopg2.extensions import parse_dsn

# From <asm-generic/socket.h>; the module `socket` does not know them.
_SO_ATTACH_FILTER, _SO_DETACH_FILTER = 26, 27
# The one instruction `return 0`: the kernel takes nothing of what comes, and acknowledges nothing.
_TAKE_NOTHING = ctypes.create_string_buffer(struct.pack("HBBI", 0x06, 0, 0, 0))
_FILTER = struct.pack("HP", 1, ctypes.addressof(_TAKE_NOTHING))


class Proxy:
    """Forwards connections to the PostgreSQL of `database_url`; `url` names the same database through the proxy.

    `hang`: it takes connections and bytes and does nothing with them, as a process that was stopped. `lose`: packets to
    it are lost, those that open a connection too. `go_on` ends both, and what came meanwhile is forwarded.
    """

    def __init__(self, database_url: str) -> None:
        self._target = parse_dsn(database_url)
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=200)
        self._clients: list[socket.socket] = []
        self._servers: list[socket.socket] = []
        self._lock = threading.Lock()
        self._ended = False
        self._goes_on = threading.Event()
        self._goes_on.set()

    @property
    def port(self) -> int:
        return int(self._listener.getsockname()[1])

    @property
    def url(self) -> str:
        target = {**self._target, "host": "127.0.0.1", "port": str(self.port), "gssencmode": "disable"}
        return "postgresql:///?" + urlencode(target)

    def __enter__(self) -> "Proxy":
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, type: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        with self._lock:
            self._ended = True
            for each in (self._listener, *self._clients, *self._servers):
                with suppress(OSError):
                    each.shutdown(socket.SHUT_RDWR)
                each.close()
        self._goes_on.set()

    def hang(self) -> None:
        self._goes_on.clear()

    def lose(self) -> None:
        for each in (self._listener, *self._clients):
            with suppress(OSError):
                each.setsockopt(socket.SOL_SOCKET, _SO_ATTACH_FILTER, _FILTER)

    def go_on(self) -> None:
        for each in (self._listener, *self._clients):
            with suppress(OSError):
                each.setsockopt(socket.SOL_SOCKET, _SO_DETACH_FILTER, 0)
        self._goes_on.set()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                self._clients.append(client)
                threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        self._goes_on.wait()
        with self._lock:
            if self._ended:
                return
            try:
                server = self._connect()
            except OSError:
                client.close()
                return
            self._servers.append(server)
        for source, sink in ((client, server), (server, client)):
            threading.Thread(target=self._forward, args=(source, sink), daemon=True).start()

    def _connect(self) -> socket.socket:
        host, port = self._target.get("host", "localhost"), self._target.get("port", "5432")
        if host.startswith("/"):
            server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            try:
                server.connect(f"{host}/.s.PGSQL.{port}")
            except OSError:
                server.close()
                raise
            return server
        return socket.create_connection((host, int(port)))

    def _forward(self, source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while chunk := source.recv(65536):
                self._goes_on.wait()
                sink.sendall(chunk)
        for each in (source, sink):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
