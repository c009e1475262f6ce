"""What stays as it is for as long as the process lives: the document, and the files of the pages.

Each has an ETag, and is compressed once, as far as it goes, when the first caller asks for it so.
"""

import asyncio
from functools import cached_property

from starlette.requests import Request
from starlette.responses import Response

from handlers.http import compression, versions

_LEVEL = 9


class Content:
    """`never_changes`: its address names the content, so that a browser need not ask for it again."""

    def __init__(self, body: bytes, media_type: str, *, never_changes: bool = False) -> None:
        self.body = body
        self.media_type = media_type
        # A browser asks each time whether it has changed, and does not guess for how long it stays.
        self._caching = "public, max-age=31536000, immutable" if never_changes else "no-cache"
        self.etag = versions.etag_of(body)

    async def respond(self, request: Request) -> Response:
        """304 for somebody who has it already."""
        headers = {"cache-control": self._caching}
        if self._is_compressible:
            headers["vary"] = "Accept-Encoding"
        is_asked_for = self._is_compressible and compression.accepts(_header(request, "accept-encoding"))
        seen = _header(request, "if-none-match")
        if versions.is_among(self.etag, seen, weak=True):
            headers["etag"] = compression.in_form_of(seen, self.etag, else_encoded=is_asked_for).decode()
            return Response(status_code=304, headers=headers)
        if is_asked_for:
            body = await asyncio.to_thread(lambda: self._compressed)
            headers |= {"content-encoding": "gzip", "etag": compression.marked(self.etag).decode()}
            return Response(body, media_type=self.media_type, headers=headers)
        return Response(self.body, media_type=self.media_type, headers=headers | {"etag": self.etag.decode()})

    @property
    def _is_compressible(self) -> bool:
        return len(self.body) >= compression.LEAST_BYTES

    @cached_property
    def _compressed(self) -> bytes:
        return compression.compress(self.body, _LEVEL)


def _header(request: Request, name: str) -> bytes:
    return request.headers.get(name, "").encode("latin-1")
