"""Requests that nobody means well with, always the same ones: generated from a fixed seed."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from tests.contract import hostile_values as values
from tests.contract.wire import in_chunks

_NESTING = 100_000
_HUGE_BODY_BYTES = 50 * 1024 * 1024
_MEGABYTE = b" " * 1024 * 1024

_JSON = b"Content-Type: application/json"
_CHUNKED = b"Transfer-Encoding: chunked"


@dataclass(frozen=True)
class Hostile:
    """What is sent (numbers are pauses in seconds), and the statuses of which one must come back.

    No statuses: the connection is given up before an answer. `answers` is how many must come, `half_close` whether the
    sender is heard to stop, `has_body` whether an answer has one. `is_http` is False for what the protocol layer may
    refuse before an application sees it.
    """

    name: str
    pieces: tuple[bytes | float, ...]
    statuses: frozenset[int]
    answers: int = 1
    half_close: bool = False
    has_body: bool = True
    is_http: bool = True


class Attacker:
    """A member who has a token, and ill will."""

    def __init__(self, token: str, seed: int) -> None:
        self._random = Random(seed)
        self._authorization = b"Authorization: Bearer " + token.encode()
        # How often each comes; the heavy ones a few times only.
        self._families: dict[Callable[[], Hostile], int] = {
            self._bad_text: 90,
            self._bad_number: 60,
            self._deep_nesting: 10,
            self._wrong_shape: 60,
            self._duplicate_keys: 30,
            self._media_type: 70,
            self._chunked: 60,
            self._bad_chunks: 40,
            self._huge_body: 4,
            self._truncated_body: 30,
            self._ambiguous_length: 30,
            self._wrong_method: 70,
            self._odd_path: 120,
            self._odd_query: 90,
            self._odd_credentials: 70,
            self._many_headers: 30,
            self._header_injection: 50,
            self._other_version: 30,
            self._pipelined: 30,
            self._slow: 10,
            self._early_disconnect: 16,
        }

    def requests(self) -> Iterator[Hostile]:
        """All families in turns, so that what one leaves behind meets the others."""
        left = dict(self._families)
        while left:
            for family in list(left):
                yield family()
                left[family] -= 1
                if left[family] == 0:
                    del left[family]

    # Bodies

    def _bad_text(self) -> Hostile:
        text = self._random.choice(values.BAD_TEXTS)
        form = self._random.choice(
            [
                b'{"name": "%b"}',
                b'{"name": "a", "notes": "%b"}',
                b'{"name": "a", "%b": 1}',
                b'{"name": [[{"k": "%b"}]]}',
            ]
        )
        return self._post("bad text", form % text, 400)

    def _bad_number(self) -> Hostile:
        body = b'{"sortOrder": %b}' % self._random.choice(values.BAD_NUMBERS)
        return self._with_body("bad number", b"PATCH /api/locations/" + values.ID.encode(), body, 400, _JSON)

    def _deep_nesting(self) -> Hostile:
        opening, closing = self._random.choice([(b"[", b"]"), (b'{"a":', b"}")])
        body = opening * _NESTING + (b"1" + closing * _NESTING if self._is_chosen(0.5) else b"")
        return self._post("deep nesting", body, 400)

    def _wrong_shape(self) -> Hostile:
        return self._post("wrong shape", self._random.choice(values.WRONG_SHAPES).encode(), 422)

    def _duplicate_keys(self) -> Hostile:
        return self._post("duplicate keys", self._random.choice(values.DUPLICATE_KEYS), 400)

    def _media_type(self) -> Hostile:
        media_type = self._random.choice(values.MEDIA_TYPES)
        body = '{"name": "a"}'.encode(self._random.choice(["utf-8", "utf-16"]))
        headers = [] if media_type is None else [b"Content-Type: " + media_type]
        return self._with_body("media type", b"POST /api/vendors", body, 415, *headers)

    def _chunked(self) -> Hostile:
        """Nothing is wrong with it, and servers have answered 400 to it all the same."""
        body = json.dumps({"name": f"Chunk {self._random.randrange(10**9)}", "notes": "é€𝄞" * 200}).encode()
        chunks = list(in_chunks(body, self._random.choice([1, 7, 100, 100_000])))
        if self._is_chosen(0.3):
            chunks[0] = chunks[0].replace(b"\r\n", b";name=value\r\n", 1)
        if self._is_chosen(0.3):
            chunks[-1] = b"0\r\nX-Trailer: 1\r\n\r\n"
        return Hostile("chunked", (self._head(b"POST /api/vendors", _JSON, _CHUNKED), b"".join(chunks)), _one(201))

    def _bad_chunks(self) -> Hostile:
        pieces = (self._head(b"POST /api/vendors", _JSON, _CHUNKED), self._random.choice(values.BAD_CHUNKS))
        return Hostile("bad chunks", pieces, _one(400), half_close=True, is_http=False)

    def _huge_body(self) -> Hostile:
        count = _HUGE_BODY_BYTES // len(_MEGABYTE)
        if self._is_chosen(0.5):
            head = self._head(b"POST /api/vendors", _JSON, b"Content-Length: %d" % _HUGE_BODY_BYTES)
            return Hostile("huge body", (head, *[_MEGABYTE] * count), _one(413))
        chunks = [b"%x\r\n%b\r\n" % (len(_MEGABYTE), _MEGABYTE)] * count
        return Hostile(
            "huge body", (self._head(b"POST /api/vendors", _JSON, _CHUNKED), *chunks, b"0\r\n\r\n"), _one(413)
        )

    def _truncated_body(self) -> Hostile:
        head = self._head(b"POST /api/vendors", _JSON, b"Content-Length: 100")
        body = b'{"name": "truncated"'[: self._random.randrange(20)]
        # The sender may be gone for good: hanging up is as right as an answer.
        return Hostile("truncated body", (head, body), _one(400), answers=0, half_close=True)

    def _ambiguous_length(self) -> Hostile:
        head = self._head(b"POST /api/vendors", _JSON, *self._random.choice(values.AMBIGUOUS_LENGTHS))
        return Hostile("ambiguous length", (head, b'{"name": "a"}'), _one(400), half_close=True, is_http=False)

    # Request lines and headers

    def _wrong_method(self) -> Hostile:
        path = self._random.choice(
            [b"/api/vendors", b"/api/locations/%b/in-use" % values.ID.encode(), b"/healthz", b"/nope"]
        )
        if self._is_chosen(0.3):
            head = self._head(self._random.choice(values.BAD_METHODS) + b" " + path)
            return Hostile("bad method", (head,), _one(400), is_http=False)
        method = self._random.choice(values.METHODS)
        # HEAD is part of GET for what is beside the operations.
        statuses = frozenset({200, 404, 405})
        return Hostile("wrong method", (self._head(method + b" " + path),), statuses, has_body=method != b"HEAD")

    def _odd_path(self) -> Hostile:
        statuses = frozenset({400, 404, 405, 422})
        if self._is_chosen(0.1):
            head = self._head(b"GET " + self._random.choice(values.PATH_BYTES))
            return Hostile("bytes in a path", (head,), statuses, is_http=False)
        head = self._head(
            self._random.choice([b"GET ", b"GET ", b"DELETE "]) + self._random.choice(values.PATHS).encode()
        )
        return Hostile("odd path", (head,), statuses)

    def _odd_query(self) -> Hostile:
        queries, status = (values.GOOD_QUERIES, 200) if self._is_chosen(0.1) else (values.QUERIES, 422)
        head = self._head(b"GET /api/vendors?" + self._random.choice(queries).encode())
        return Hostile("odd query", (head,), _one(status))

    def _odd_credentials(self) -> Hostile:
        lines = [b"GET /api/vendors HTTP/1.1", b"Host: localhost"]
        credentials = self._random.choice(values.CREDENTIALS)
        if credentials is not None:
            lines.append(b"Authorization: " + credentials)
        if self._is_chosen(0.5):
            lines.append(b"X-Org-Id: " + self._random.choice(values.ORGANIZATIONS))
        return Hostile("odd credentials", (b"\r\n".join([*lines, b"", b""]),), _one(401))

    def _many_headers(self) -> Hostile:
        if self._is_chosen(0.5):
            headers = self._random.choice([[b"X-Large: " + b"x" * 30_000], [b"X-%d: %d" % (n, n) for n in range(500)]])
            return Hostile("many headers", (self._head(b"GET /api/vendors?limit=1", *headers),), _one(200))
        headers = self._random.choice([[b"X-Huge: " + b"x" * 4_000_000], [b"X-Many: " + b"x" * 1000] * 4000])
        # The server hangs up in the middle, and the answer may be lost with what is still on its way.
        return Hostile("endless headers", (self._head(b"GET /", *headers),), _one(431), answers=0, is_http=False)

    def _header_injection(self) -> Hostile:
        path = self._random.choice(values.INJECTED_PATHS).format(self._random.choice(values.INJECTIONS))
        head = self._head(b"GET " + path.encode(), self._random.choice(values.INJECTED_HEADERS))
        return Hostile("header injection", (head,), frozenset({200, 307, 400, 404, 422}))

    def _other_version(self) -> Hostile:
        request = b"GET /api/vendors?limit=1 %b\r\n" + self._authorization + b"\r\n\r\n"
        if self._is_chosen(0.3):
            return Hostile("HTTP/1.0", (request % b"HTTP/1.0",), _one(200))
        if self._is_chosen(0.2):
            return Hostile("HTTP/2", (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",), _one(400), is_http=False)
        raw = request % self._random.choice(values.BAD_VERSIONS)
        return Hostile("other version", (raw,), frozenset({200, 400}), is_http=False)

    # Connections

    def _pipelined(self) -> Hostile:
        count = self._random.randrange(2, 12)
        path, status = self._random.choice([(b"/api/vendors?limit=1", 200), (b"/api/vendors/x", 422)])
        return Hostile("pipelined", (self._head(b"GET " + path) * count,), _one(status), answers=count)

    def _slow(self) -> Hostile:
        body = json.dumps({"name": f"Slow {self._random.randrange(10**9)}"}).encode()
        raw = self._head(b"POST /api/vendors", _JSON, b"Content-Length: %d" % len(body)) + body
        pieces = [piece for start in range(0, len(raw), 10) for piece in (raw[start : start + 10], 0.005)]
        return Hostile("slow", tuple(pieces), _one(201))

    def _early_disconnect(self) -> Hostile:
        raw = self._head(b"POST /api/vendors", _JSON, b"Content-Length: 13") + b'{"name": "a"}'
        return Hostile("early disconnect", (raw[: self._random.randrange(1, len(raw))],), frozenset())

    def _post(self, name: str, body: bytes, status: int) -> Hostile:
        return self._with_body(name, b"POST /api/vendors", body, status, _JSON)

    def _with_body(self, name: str, target: bytes, body: bytes, status: int, *headers: bytes) -> Hostile:
        head = self._head(target, *headers, b"Content-Length: %d" % len(body))
        return Hostile(name, (head, body), _one(status))

    def _head(self, target: bytes, *headers: bytes) -> bytes:
        return b"\r\n".join([target + b" HTTP/1.1", b"Host: localhost", self._authorization, *headers, b"", b""])

    def _is_chosen(self, share: float) -> bool:
        return self._random.random() < share


def _one(status: int) -> frozenset[int]:
    return frozenset({status})
