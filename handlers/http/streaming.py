"""A response that is made and sent in parts, so that it takes no more memory when it is long.

Between two parts nothing is held but the connection to the caller: each part is a request of its own to the threads,
made when the one before it has been sent.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.types import Send

from handlers.http.responses import as_file
from pharus.errors import PharusError
from pharus.files import Streamed

log = logging.getLogger("pharus.streaming")

# The bytes of a part and the position behind them.
Part = tuple[bytes, Any]


class StreamedResponse:
    """`first` was made along with it. `make` makes the part behind a position; `gone` returns once the caller left."""

    __slots__ = ("_first", "_gone", "_make", "_name", "headers", "status")

    def __init__(
        self,
        status: int,
        streamed: Streamed,
        first: Part,
        make: Callable[[Any], Awaitable[Part]],
        gone: Callable[[], Awaitable[None]],
    ) -> None:
        self.status = status
        charset = "; charset=utf-8" if streamed.media_type.startswith("text/") else ""
        self.headers = [(b"content-type", f"{streamed.media_type}{charset}".encode("latin-1"))]
        for name, value in as_file(streamed.name):
            self.headers.append((name.encode("latin-1"), value.encode("latin-1")))
        self._name = streamed.name
        self._first = first
        self._make = make
        self._gone = gone

    async def send(self, send: Send) -> None:
        """What goes wrong meanwhile ends it without its end, so that nobody takes it for whole."""
        await send({"type": "http.response.start", "status": self.status, "headers": self.headers})
        body, position = self._first
        gone = asyncio.ensure_future(self._gone())
        try:
            while position is not None:
                await send({"type": "http.response.body", "body": body, "more_body": True})
                if gone.done():
                    return
                body, position = await self._make(position)
        except PharusError as error:
            log.warning("%s was cut: %s", self._name, error.message)
            return
        finally:
            gone.cancel()
        await send({"type": "http.response.body", "body": body})
