"""What uvicorn answers by itself, before there is a request: in our error body, and within bounds.

uvicorn says `text/plain` to what is no HTTP, reads heads of any length into memory, and takes what comes after a
chunked body for headers of the request.
"""

from typing import Any

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from handlers.http import access_log, problems
from pharus.errors import Malformed

_MOST_HEAD_BYTES = 64 * 1024


class Protocol(HttpToolsProtocol):
    """One connection."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        # Whether the request line or the headers of a request are being read, and how many bytes of them came so far.
        self._in_head = True
        self._head_bytes = 0
        self._heads = 0

    def data_received(self, data: bytes) -> None:
        began_in_head, heads = self._in_head, self._heads
        super().data_received(data)
        if not (began_in_head and self._in_head and self._heads == heads):
            # A body, or the end of a head: whatever begins after it in the same piece is counted from the next on.
            self._head_bytes = 0
            return
        self._head_bytes += len(data)
        if self._head_bytes > _MOST_HEAD_BYTES and not self.transport.is_closing():
            self.send_400_response(f"the headers are larger than {_MOST_HEAD_BYTES} bytes")

    def on_headers_complete(self) -> None:
        super().on_headers_complete()
        # What follows a chunked body comes too late to name a caller or an organization: it is not kept.
        self.headers = []
        self._in_head = False
        self._heads += 1

    def on_message_complete(self) -> None:
        super().on_message_complete()
        self._in_head = True

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
