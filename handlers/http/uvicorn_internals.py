"""What uvicorn answers by itself, before there is a request: in our error body, and within bounds.

uvicorn says `text/plain` to what is no HTTP, reads heads of any length into memory, takes what comes after a chunked
body for headers of the request, and what comes after any `Upgrade` for another protocol: the body of the request is
lost then, and parsed as a request of its own.
"""

from typing import Any

import httptools
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from handlers.http import access_log, problems
from pharus.errors import Malformed

_MOST_HEAD_BYTES = 64 * 1024

# What asks for another protocol on the same connection. We know none, and go on as if nobody had asked (RFC 9110, 7.8).
_UPGRADES = frozenset({b"upgrade", b"http2-settings"})


class Protocol(HttpToolsProtocol):
    """One connection."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        # Whether the request line or the headers of a request are being read, and how many bytes of them came so far.
        self._in_head = True
        self._head_bytes = 0
        self._heads = 0
        # Whether the head that was read asks for another protocol; the parser stops behind it.
        self._asks_for_upgrade = False
        self._is_tunnel = False

    def data_received(self, data: bytes) -> None:
        if self._is_tunnel:
            return
        began_in_head, heads = self._in_head, self._heads
        self._unset_keepalive_if_required()
        try:
            self.parser.feed_data(data)
        except httptools.HttpParserUpgrade as upgrade:
            self._go_on_without_upgrade(data[upgrade.args[0] :])
        except httptools.HttpParserError:
            self.send_400_response("Invalid HTTP request received.")
            return
        if not (began_in_head and self._in_head and self._heads == heads):
            # A body, or the end of a head: whatever begins after it in the same piece is counted from the next on.
            self._head_bytes = 0
            return
        self._head_bytes += len(data)
        if self._head_bytes > _MOST_HEAD_BYTES and not self.transport.is_closing():
            self.send_400_response(f"the headers are larger than {_MOST_HEAD_BYTES} bytes")

    def on_headers_complete(self) -> None:
        self._is_tunnel = self.parser.get_method() == b"CONNECT"
        self._asks_for_upgrade = self.parser.should_upgrade() and not self._is_tunnel
        if self._asks_for_upgrade:
            return
        super().on_headers_complete()
        if self._is_tunnel:
            # Behind it comes no request. It is answered, and that was all.
            self.cycle.keep_alive = False
        # What follows a chunked body comes too late to name a caller or an organization: it is not kept.
        self.headers = []
        self._in_head = False
        self._heads += 1

    def on_message_complete(self) -> None:
        if self._asks_for_upgrade:
            return
        super().on_message_complete()
        self._in_head = True

    def _go_on_without_upgrade(self, rest: bytes) -> None:
        """Parse the head once more, without what asks for another protocol, and then what comes after it."""
        if self._is_tunnel:
            return
        lines = [b"%b %b HTTP/%b" % (self.parser.get_method(), self.url, self.parser.get_http_version().encode())]
        for name, value in self.headers:
            if name == b"connection":
                options = [option.strip() for option in value.split(b",")]
                kept = b", ".join(option for option in options if option.lower() not in _UPGRADES)
                lines.append(b"connection: %b" % kept)
            elif name not in _UPGRADES:
                lines.append(b"%b: %b" % (name, value))
        self._asks_for_upgrade = False
        self.parser = httptools.HttpRequestParser(self)
        self.data_received(b"\r\n".join([*lines, b"", b""]) + rest)

    def send_400_response(self, msg: str) -> None:
        """Refuse and hang up, without breaking into a response that is on its way."""
        cycle = self.cycle
        if cycle is not None and not cycle.response_complete and self._in_head:
            # The requests before are whole: they are answered first, and nothing after them.
            cycle.keep_alive = False
            return
        if cycle is not None and cycle.response_complete and not self._in_head:
            # It was answered before its body came, and one request has one response.
            self.transport.close()
            return
        request_id = access_log.new_request_id()
        response = problems.response_to(Malformed(msg))
        client = self.client[0] if self.client else None
        access_log.write(request_id, "-", msg, response.status, client)
        headers = [*response.headers, (b"x-request-id", request_id.encode()), (b"connection", b"close")]
        lines = [b"%b: %b\r\n" % header for header in headers]
        self.transport.write(b"".join([STATUS_LINE[response.status], *lines, b"\r\n", response.body]))
        self.transport.close()
