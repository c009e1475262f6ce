"""One request to an endpoint: to an address that the guard has looked at, within bounds of time and of memory.

httpcore speaks HTTP. It asks here for each connection, by the name of the host: what the name leads to is looked up, is
held against the guard, and the connection is made to that very address, while TLS keeps to the name. Redirects are not
followed, and proxies of the environment are not used: both would lead past the guard.
"""

import asyncio
import ssl
import time
from collections.abc import Iterable, Mapping
from concurrent.futures import Future
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import httpcore

from pharus import __version__
from plugins.webhooks.guard import Guard, Refused

# For all of a request, from looking up the name to the end of the answer.
SECONDS = 15.0
# Of an answer no more is read, and of that so much is noted.
_MOST_BYTES = 64 * 1024
_NOTED_CHARACTERS = 1000
_LONGEST_ERROR = 500
_KEPT_SECONDS = 10.0
# All that a receiver, its name or the network can do.
_FAILURES = (
    *(httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException, httpcore.UnsupportedProtocol),
    *(OSError, ValueError, Refused),
)
_MOST_CONNECTIONS = 1000


class Outcome(NamedTuple):
    """What became of a request: the answer's status and how it begins, or why there is none."""

    status_code: int | None
    error: str | None
    response: str | None
    duration_ms: int

    @property
    def is_delivered(self) -> bool:
        return self.status_code is not None and 200 <= self.status_code < 300

    @property
    def is_gone(self) -> bool:
        """The receiver wants nothing any more (Standard Webhooks)."""
        return self.status_code == 410


class Sender:
    """Made and used in one event loop."""

    def __init__(self, guard: Guard, *, seconds: float = SECONDS, tls: ssl.SSLContext | None = None) -> None:
        self._seconds = seconds
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=tls or ssl.create_default_context(),
            max_connections=_MOST_CONNECTIONS,
            keepalive_expiry=_KEPT_SECONDS,
            network_backend=_Guarded(guard),
        )

    async def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Outcome:
        began = time.monotonic()
        try:
            async with asyncio.timeout(self._seconds):
                status_code, text = await self._post(url, headers, body)
        except _FAILURES as error:
            return Outcome(None, _described(error, self._seconds), None, _milliseconds(began))
        return Outcome(status_code, None, text, _milliseconds(began))

    async def close(self) -> None:
        await self._pool.aclose()

    async def _post(self, url: str, headers: Mapping[str, str], body: bytes) -> tuple[int, str]:
        given: list[tuple[bytes | str, bytes | str]] = [
            ("host", urlsplit(url).netloc),
            ("content-type", "application/json"),
            ("user-agent", f"Pharus/{__version__} (webhooks)"),
            ("accept-encoding", "identity"),
            *headers.items(),
        ]
        read = bytearray()
        async with self._pool.stream("POST", url, headers=given, content=body) as response:
            async for chunk in response.aiter_stream():
                read += chunk
                if len(read) > _MOST_BYTES:
                    # The connection is closed with the rest unread.
                    break
            return response.status, _text(bytes(read))


class _Guarded(httpcore.AsyncNetworkBackend):
    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        self._backend = httpcore.AnyIOBackend()
        self._lookups: dict[tuple[str, int], Future[list[str]]] = {}

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - as httpcore names it
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        failure: Exception | None = None
        for address in await self._addresses(host, port):
            try:
                return await self._backend.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure or OSError("the name of the host leads to no address")

    async def sleep(self, seconds: float) -> None:
        await self._backend.sleep(seconds)

    async def _addresses(self, host: str, port: int) -> list[str]:
        """Connections that begin at the same time share a lookup: a name that takes long holds one thread."""
        lookup = self._lookups.get((host, port))
        if lookup is None:
            lookup = self._guard.lookups.submit(self._guard.addresses, host, port)
            self._lookups[host, port] = lookup
            lookup.add_done_callback(lambda _: self._lookups.pop((host, port), None))
        return await asyncio.shield(asyncio.wrap_future(lookup))


def _described(error: Exception, seconds: float) -> str:
    if isinstance(error, Refused):
        return f"The URL {error}."
    if isinstance(error, TimeoutError):
        return f"There was no whole answer within {seconds:g} seconds."
    return f"{type(error).__name__}: {_printable(str(error))}"[:_LONGEST_ERROR]


def _text(read: bytes) -> str:
    return _printable(read.decode("utf-8", "replace"))[:_NOTED_CHARACTERS]


def _printable(text: str) -> str:
    """Without what PostgreSQL cannot keep, and what a terminal obeys."""
    return "".join(each if each.isprintable() or each == "\n" else " " for each in text)


def _milliseconds(began: float) -> int:
    return round((time.monotonic() - began) * 1000)
