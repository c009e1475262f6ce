"""What uvicorn answers by itself, before there is a request: in our error body, and within bounds.

uvicorn says `text/plain` to what is no HTTP, reads heads of any length into memory, takes what comes after a chunked
body for headers of the request, and what comes after any `Upgrade` for another protocol: the body of the request is
lost then, and parsed as a request of its own. It waits for a head, a body or a reader for ever, and takes any number of
connections: `connection_limits.py` says how long and how many.
"""

import asyncio
import socket
import struct
from contextlib import suppress
from functools import cache
from math import inf
from typing import Any

import httptools
from starlette.types import Message
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware
from uvicorn.protocols.http import httptools_impl
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol, RequestResponseCycle

from handlers.http import access_log, problems
from handlers.http.addresses import UNIX, without_mapping
from handlers.http.connection_limits import Connections, Phase
from pharus.config import Settings
from pharus.errors import HeadTooLarge, Malformed, PharusError, RequestTimeout, ServiceUnavailable
from pharus.instrumentation import Work

_MOST_HEAD_BYTES = 64 * 1024

# What asks for another protocol on the same connection. We know none, and go on as if nobody had asked (RFC 9110, 7.8).
_UPGRADES = frozenset({b"upgrade", b"http2-settings"})

# How a body is sent in another way, and when the connection ends: uvicorn looks after these.
_OF_THE_CONNECTION = frozenset({b"connection", b"transfer-encoding"})


class Cycle(RequestResponseCycle):
    """One request and its response, which goes out in one piece where it is whole.

    uvicorn writes head and body each by itself, two system calls and two packets, and a client that wakes up twice; and
    it looks at each header with two regular expressions, which takes as long as to route the request.
    """

    _start: Message | None = None

    async def send(self, message: Message) -> None:  # type: ignore[override]  # starlette's name for the same
        start, self._start = self._start, None
        if start is None:
            if self.response_started or message["type"] != "http.response.start" or self.scope["method"] == "HEAD":
                await super().send(message)  # type: ignore[arg-type]  # as above
            else:
                self._start = message
            return
        pieces = self._in_one_piece(start, message)
        if pieces is None:
            await super().send(start)  # type: ignore[arg-type]  # as above
            await super().send(message)  # type: ignore[arg-type]  # as above
            return
        if self.flow.write_paused and not self.disconnected:
            await self.flow.drain()
        if self.disconnected:
            return
        self.response_started = self.response_complete = True
        self.waiting_for_100_continue = False
        self.transport.writelines(pieces)
        self.message_event.set()
        if not self.keep_alive:
            self.transport.close()
        self.on_response()

    def _in_one_piece(self, start: Message, message: Message) -> tuple[bytes, bytes] | None:
        """Head and body, if that is all and its length is given; None for whatever else, which uvicorn looks after."""
        if message["type"] != "http.response.body" or message.get("more_body"):
            return None
        body: bytes = message.get("body", b"")
        headers = [*self.default_headers, *start["headers"]]
        names = [name for name, _ in headers]
        lines = [b"%b: %b" % header for header in headers]
        if b"content-length: %d" % len(body) not in lines or names.count(b"content-length") > 1:
            return None
        text = b"".join(lines)
        # RFC 9110, 5.5: what no line of a head may hold.
        if b"\r" in text or b"\n" in text or b"\0" in text:
            return None
        if not _OF_THE_CONNECTION.isdisjoint(names) or not b"".join(names).islower():
            return None
        end = b"\r\n\r\n" if self.keep_alive else b"\r\nconnection: close\r\n\r\n"
        return b"".join((STATUS_LINE[start["status"]], b"\r\n".join(lines), end)), body


# What uvicorn makes for each request.
httptools_impl.RequestResponseCycle = Cycle  # type: ignore[misc]  # its own class


class Protocol(HttpToolsProtocol):
    """One connection."""

    _connections = Connections(Settings())

    @classmethod
    def limit(cls, settings: Settings) -> None:
        """Bound the connections of this process. Before the first of them."""
        cls._connections = Connections(settings)

    @classmethod
    def count(cls) -> int:
        """How many connections are open in this process."""
        return len(cls._connections)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        # What `Connections` asks about.
        self.phase = Phase.HEAD
        self.deadline = inf
        self.received = 0
        self.unsent = 0
        self.unsent_deadline = inf
        self._name = ""
        # Whether the request line or the headers of a request are being read, whether something of it came, and how
        # many bytes came in pieces before the one that is being parsed.
        self._in_head = True
        self._has_begun = False
        self._head_bytes = 0
        self._piece_bytes = 0
        self._heads = 0
        # Whether the head that was read asks for another protocol; the parser stops behind it.
        self._asks_for_upgrade = False
        self._is_tunnel = False

    # What comes

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn's own
        super().connection_made(transport)
        address = ""
        if self.client is not None:
            address = without_mapping(self.client[0])
            self.client = (address, self.client[1])
        elif transport.get_extra_info("socket").family == socket.AF_UNIX:
            address = UNIX
            self.client = (address, 0)
        is_proxy = _is_proxy(address, str(self.config.forwarded_allow_ips))
        self._name = self._connections.admit(self, address, is_proxy, self.loop)
        if not self._name:
            self._refuse(ServiceUnavailable("too many connections; try again later"))

    def connection_lost(self, exc: Exception | None) -> None:
        self._connections.leave(self, self._name)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._is_tunnel or self.transport.is_closing():
            return
        began_in_head, heads = self._in_head, self._heads
        self._piece_bytes = len(data)
        try:
            self._parse(data)
        except httptools.HttpParserError as error:
            if isinstance(error.__context__, PharusError):
                self._refuse(error.__context__)
            else:
                self.send_400_response("Invalid HTTP request received.")
            return
        if not (began_in_head and self._in_head and self._heads == heads):
            # A body, or the end of a head: whatever begins after it in the same piece is counted from the next on.
            self._head_bytes = 0
            return
        self._head_bytes += len(data)
        if self._head_bytes > _MOST_HEAD_BYTES:
            self._refuse(_head_too_large())

    def _parse(self, data: bytes) -> None:
        """HttpParserError for what is no HTTP."""
        rest = memoryview(data)
        while True:
            try:
                self.parser.feed_data(rest)
                return
            except httptools.HttpParserUpgrade as upgrade:
                if self._is_tunnel:
                    return
                rest = rest[upgrade.args[0] :]
            # Behind the head that asked. It is parsed once more without that, and then what comes after it.
            self._asks_for_upgrade = False
            head = self._head_without_upgrade()
            self.parser = httptools.HttpRequestParser(self)
            # As uvicorn sets it.
            self.parser.set_dangerous_leniencies(lenient_data_after_close=True)
            self.parser.feed_data(head)

    def _head_without_upgrade(self) -> bytes:
        lines = [b"%b %b HTTP/%b" % (self.parser.get_method(), self.url, self.parser.get_http_version().encode())]
        for name, value in self.headers:
            if name == b"connection":
                options = [option.strip() for option in value.split(b",")]
                kept = b", ".join(option for option in options if option.lower() not in _UPGRADES)
                lines.append(b"connection: %b" % kept)
            elif name not in _UPGRADES:
                lines.append(b"%b: %b" % (name, value))
        return b"\r\n".join([*lines, b"", b""])

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._has_begun = True
        if self.phase is Phase.IDLE:
            self._enter(Phase.HEAD)

    def on_headers_complete(self) -> None:
        if self._head_bytes + self._piece_bytes > _MOST_HEAD_BYTES:
            # Perhaps only what comes behind the head is so large.
            size = len(self.url) + sum(len(name) + len(value) + 4 for name, value in self.headers)
            if size > _MOST_HEAD_BYTES:
                raise _head_too_large()
        self._is_tunnel = self.parser.get_method() == b"CONNECT"
        self._asks_for_upgrade = self.parser.should_upgrade() and not self._is_tunnel
        if self._asks_for_upgrade:
            return
        hosts = [name for name, _ in self.headers].count(b"host")
        if hosts != 1 and (hosts or self.parser.get_http_version() == "1.1"):
            # RFC 9112, 3.2: two of them may mean two servers to two readers.
            raise Malformed("the request must have one Host header")
        super().on_headers_complete()
        self._enter(Phase.BODY)
        if self._is_tunnel:
            # Behind it comes no request. It is answered, and that was all.
            self.cycle.keep_alive = False
            self._enter(Phase.HANDLED)
        # What follows a chunked body comes too late to name a caller or an organization: it is not kept.
        self.headers = []
        self._in_head = self._has_begun = False
        self._heads += 1

    def on_body(self, body: bytes) -> None:
        super().on_body(body)
        self.received += len(body)

    def on_message_complete(self) -> None:
        if self._asks_for_upgrade:
            return
        super().on_message_complete()
        self._in_head = True
        self._enter(Phase.IDLE if self.phase is Phase.DISCARDED else Phase.HANDLED)

    # What goes

    def on_response_complete(self) -> None:
        """As uvicorn's, without a timer for each response."""
        self.server_state.total_requests += 1
        if self.transport.is_closing():
            return
        self.flow.resume_reading()
        if self.pipeline:
            self._start_asgi_task(*self.pipeline.pop())
        elif not self._in_head:
            self._enter(Phase.DISCARDED)
        else:
            self._enter(Phase.HEAD if self._has_begun else Phase.IDLE)

    def send_400_response(self, msg: str) -> None:
        self._refuse(Malformed(msg))

    def _refuse(self, error: PharusError) -> None:
        """Refuse and hang up, without breaking into a response that is on its way."""
        cycle = self.cycle
        if self.transport.is_closing():
            return
        if cycle is not None and not cycle.response_complete and self._in_head:
            # The requests before are whole: they are answered first, and nothing after them.
            cycle.keep_alive = False
            return
        if cycle is not None and cycle.response_complete and not self._in_head:
            # It was answered before its body came, and one request has one response.
            self._close()
            return
        work = Work(access_log.new_request_id())
        work.problem = error.code
        response = problems.response_to(error)
        client = self.client[0] if self.client else None
        access_log.write(work, "-", error.message, response.status, client)
        headers = [*response.headers, (b"x-request-id", work.request_id.encode()), (b"connection", b"close")]
        headers += access_log.OF_EVERY_RESPONSE
        lines = [b"%b: %b\r\n" % header for header in headers]
        self.transport.write(b"".join([STATUS_LINE[response.status], *lines, b"\r\n", response.body]))
        self._close()

    # What `Connections` asks for

    @property
    def is_held_up_by_us(self) -> bool:
        return self.flow.read_paused or self.cycle.waiting_for_100_continue

    def count_unsent(self) -> int:
        waiting = self.transport.get_write_buffer_size()
        if waiting and self.cycle is not None:
            # What the response is known to hold besides.
            waiting += max(0, self.cycle.expected_content_length)
        return waiting

    def expire(self) -> None:
        self._give_up(RequestTimeout("the request was not whole in time"))

    def evict(self) -> None:
        self._connections.leave(self, self._name)
        if self.transport.get_write_buffer_size():
            self.abort()
        else:
            self._give_up(ServiceUnavailable("too many connections; try again later"))

    def abort(self) -> None:
        self.phase = Phase.HANDLED
        descriptor = self.transport.get_extra_info("socket").fileno()
        # Otherwise the kernel would go on with what it has, for as long as the client leaves it waiting.
        with suppress(OSError), socket.fromfd(descriptor, socket.AF_INET, socket.SOCK_STREAM) as duplicate:
            duplicate.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.transport.abort()

    def _give_up(self, error: PharusError) -> None:
        if self.phase is Phase.HEAD and self._has_begun:
            self._refuse(error)
        elif self.phase is Phase.BODY and not self.pipeline and not self.cycle.response_started:
            # Whoever reads the body learns that the client is gone, and answers nothing any more.
            self.cycle.disconnected = True
            self.cycle.message_event.set()
            self._refuse(error)
        else:
            self._close()

    def _close(self) -> None:
        # Whatever is still to be sent has its own end.
        self.phase = Phase.HANDLED
        self.transport.close()

    def _enter(self, phase: Phase) -> None:
        self.phase = phase
        self.deadline = inf


@cache
def _proxies(addresses: str) -> ProxyHeadersMiddleware:
    return ProxyHeadersMiddleware(None, addresses)  # type: ignore[arg-type]  # no application is called


def _is_proxy(address: str, addresses: str) -> bool:
    """Whether uvicorn takes X-Forwarded-For from this address."""
    return address in _proxies(addresses).trusted_hosts


def _head_too_large() -> HeadTooLarge:
    return HeadTooLarge(f"the headers are larger than {_MOST_HEAD_BYTES} bytes")
