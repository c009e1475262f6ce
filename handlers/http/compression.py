"""Responses in gzip, for those who ask for it (RFC 9110, 12.5.3; docs/adr/0048).

A compressed response is another representation, so it has another strong ETag: that of the plain one, with `-gzip` in
its quotes. Wherever a caller sends one, both forms name the same version (`plain`).
"""

import zlib
from collections.abc import Mapping
from functools import lru_cache

from handlers.http.responses import Response

# What is smaller fits into one packet either way.
LEAST_BYTES = 1024
VARY = (b"vary", b"Accept-Encoding")
ENCODING = (b"content-encoding", b"gzip")
# The fastest: at the sixth of the size that is left, the other levels take several times as long for a tenth of it.
_LEVEL = 1
_GZIP = 31
# No client has more to say; what is remembered of them stays small.
_MOST_BYTES = 200

_MARK = b'-gzip"'


def accepts(header: bytes) -> bool:
    """Whether an Accept-Encoding prefers gzip to what is not compressed. `*` is every coding that it does not name."""
    return len(header) <= _MOST_BYTES and _accepts(header)


@lru_cache(64)
def _accepts(header: bytes) -> bool:
    weights: dict[bytes, float] = {}
    for each in header.lower().split(b","):
        coding, *parameters = (part.strip() for part in each.split(b";"))
        weights[coding] = _weight(parameters)
    others = weights.get(b"*", 0.0)
    gzip = weights.get(b"gzip", weights.get(b"x-gzip", others))
    return gzip > 0 and gzip >= weights.get(b"identity", 0.0)


def _weight(parameters: list[bytes]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition(b"=")
        if name.strip() == b"q":
            try:
                return float(value)
            except ValueError:
                return 0.0
    return 1.0


def encode(response: Response, headers: Mapping[bytes, bytes]) -> None:
    """Compress the response, if it is large enough and the headers of its request ask for it."""
    if len(response.body) < LEAST_BYTES:
        return
    response.headers.append(VARY)
    if not is_due(response, headers.get(b"accept-encoding")):
        return
    response.body = compress(response.body)
    response.headers = [
        (name, marked(value)) if name == b"etag" else (name, value)
        for name, value in response.headers
        if name != b"content-length"
    ]
    response.headers += ((b"content-length", b"%d" % len(response.body)), ENCODING)


def is_due(response: Response, asked: bytes | None) -> bool:
    """Whether it goes out compressed to a caller with this Accept-Encoding."""
    return asked is not None and len(response.body) >= LEAST_BYTES and accepts(asked)


def compress(body: bytes, level: int = _LEVEL) -> bytes:
    return zlib.compress(body, level, wbits=_GZIP)


def marked(etag: bytes) -> bytes:
    """The ETag of the compressed representation."""
    return etag[:-1] + _MARK


def plain(header: bytes) -> bytes:
    """A header of ETags, all of them in the form of the plain representation."""
    return header.replace(_MARK, b'"') if _MARK in header else header


def in_form_of(header: bytes, etag: bytes, *, else_encoded: bool = False) -> bytes:
    """The ETag in the form in which the header names it; where it names neither but is `*`, in the one asked for."""
    if marked(etag) in header or (else_encoded and etag not in header):
        return marked(etag)
    return etag
