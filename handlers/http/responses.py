"""An HTTP response, ready to be sent: status, body bytes, headers."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import orjson
from starlette.types import Send

from pharus.content_disposition import attachment
from pharus.fields import canonical
from pharus.openapi import JSON

_OF_JSON = (b"content-type", JSON.encode())


class Response:
    """Made in a worker thread, sent from the event loop."""

    __slots__ = ("body", "headers", "status")

    def __init__(
        self,
        status: int,
        body: bytes,
        *,
        media_type: str = JSON,
        headers: Iterable[tuple[str, str]] = (),
    ) -> None:
        self.status = status
        self.body = body
        self.headers = [
            _OF_JSON if media_type is JSON else (b"content-type", media_type.encode("latin-1")),
            (b"content-length", b"%d" % len(body)),
        ]
        for name, value in headers:
            self.headers.append((name.encode("latin-1"), value.encode("latin-1")))

    async def send(self, send: Send) -> None:
        await send({"type": "http.response.start", "status": self.status, "headers": self.headers})
        await send({"type": "http.response.body", "body": self.body})


def as_file(name: str) -> list[tuple[str, str]]:
    """The headers of a response that a browser saves under this name."""
    return [("content-disposition", attachment(name))]


def to_json(value: Any) -> bytes:
    """JSON of what a handler returned, in one pass: decimals as canonical strings, timestamps in UTC with Z."""
    return orjson.dumps(value, default=_default, option=orjson.OPT_UTC_Z)


def _default(value: Any) -> str:
    if isinstance(value, Decimal):
        return canonical(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} cannot be shown")
