"""Requests that nobody means well with, always the same ones: generated from a fixed seed.

Each family below is one kind of harm. `some` yields so many of them with what the server must answer.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from tests.contract.wire import in_chunks

ID = "01935d6c-7b1a-7c3e-8f00-000000000001"
_NESTING = 100_000
_HUGE_BODY_BYTES = 50 * 1024 * 1024

# What an operation may answer to a request that is wrong in a way for which there is more than one word.
REFUSED = frozenset({400, 401, 403, 404, 405, 409, 413, 415, 422})
ANSWERED = REFUSED | {200, 201}


@dataclass(frozen=True)
class Hostile:
    """What is sent (numbers are pauses in seconds), and the statuses of which one must come back.

    No statuses: the connection is given up before an answer. `answers` is how many may come, `half_close` whether the
    sender is heard to stop. `is_http` is False for what the protocol layer may refuse before an application sees it.
    """

    name: str
    pieces: tuple[bytes | float, ...]
    statuses: frozenset[int]
    answers: int = 1
    half_close: bool = False
    is_http: bool = True
    has_body: bool = True


class Attacker:
    def __init__(self, token: str, seed: int) -> None:
        self._random = Random(seed)
        self._authorization = b"Authorization: Bearer " + token.encode()
        # The weights make the whole; heavy ones come a few times only.
        self._families: list[tuple[int, Callable[[], Hostile]]] = [
            (90, self._bad_text),
            (60, self._bad_number),
            (10, self._deep_nesting),
            (60, self._wrong_shape),
            (30, self._duplicate_keys),
            (70, self._media_type),
            (60, self._chunked),
            (40, self._bad_chunks),
            (4, self._huge_body),
            (30, self._truncated_body),
            (70, self._wrong_method),
            (120, self._odd_path),
            (90, self._odd_query),
            (70, self._odd_credentials),
            (30, self._huge_headers),
            (50, self._header_injection),
            (30, self._other_version),
            (30, self._pipelined),
            (10, self._slow),
            (16, self._early_disconnect),
            (30, self._ambiguous_length),
        ]

    def some(self) -> Iterator[Hostile]:
        """All families in turns, so that what one leaves behind meets the others."""
        left = [[weight, family] for weight, family in self._families]
        while left:
            for entry in list(left):
                yield entry[1]()  # type: ignore[operator]
                entry[0] -= 1  # type: ignore[operator]
                if entry[0] == 0:
                    left.remove(entry)

    # Bodies

    def _bad_text(self) -> Hostile:
        text = self._random.choice(
            [
                b"\xff", b"\xc0\x80", b"\xed\xa0\x80", b"\xf5\x80\x80\x80", b"\xe2\x82", b"\x00", b"a\x00b", b"\n", b"\x1f",
                rb"\u0000", rb"x\u0000y", rb"\ud800", rb"\udfff", rb"\udc00\ud800", rb"\ud83d", rb"\x41", rb"\u12", b"\\",
            ]
        )  # fmt: skip
        name = self._random.choice([b"name", b"notes", b"city"])
        place = self._random.randrange(3)
        if place == 0:
            body = b'{"name": "a", "%b": "%b"}' % (name, text) if name != b"name" else b'{"name": "%b"}' % text
        elif place == 1:
            body = b'{"name": "a", "%b": 1}' % text
        else:
            body = b'{"name": "a", "notes": [[{"k": "%b"}]]}' % text
        return self._post("bad text", body, {400})

    def _bad_number(self) -> Hostile:
        number = self._random.choice(
            [
                b"NaN", b"Infinity", b"-Infinity", b"1e999999999", b"-1e-999999999", b"01", b"+1", b"1.", b".5", b"0x10",
                b"1_000", b"--1", b"9" * 5000, b"-" + b"9" * 5000, b"0." + b"1" * 5000, b"1e" + b"9" * 5000, b"1" * 101,
            ]
        )  # fmt: skip
        return self._patch("bad number", b'{"sortOrder": %b}' % number, {400})

    def _deep_nesting(self) -> Hostile:
        opening, closing = self._random.choice([(b"[", b"]"), (b'{"a":', b"}")])
        body = opening * _NESTING + (b"1" + closing * _NESTING if self._random.random() < 0.5 else b"")
        return self._post("deep nesting", body, {400})

    def _wrong_shape(self) -> Hostile:
        body = self._random.choice(
            [
                "null", "true", "0", '"text"', "[]", "[[]]", "{}", '[{"name": "a"}]', '{"name": null}', '{"name": {}}',
                '{"name": ""}', '{"name": "   "}', '{"name": 1}', '{"name": "a", "__proto__": {}}', '{"": "a"}',
                '{"name": "a", "country": "USA"}', '{"name": "a", "country": "U1"}', '{"name": "a", "country": "US\\n"}',
                json.dumps({"name": "x" * 256}), json.dumps({"name": "a", "notes": "x" * 10_001}),
                json.dumps({"name": "a", "x" * 100_000: 1}), json.dumps({f"key{i}": i for i in range(5000)}),
            ]
        )  # fmt: skip
        return self._post("wrong shape", body.encode(), {422})

    def _duplicate_keys(self) -> Hostile:
        body = self._random.choice(
            [
                b'{"name": "a", "name": "b"}',
                rb'{"name": "a", "\u006eame": "b"}',
                b'{"name": "a", "notes": {"k": 1, "k": 1}}',
                b'{"name": "a"' + b', "name": "a"' * 1000 + b"}",
            ]
        )
        return self._post("duplicate keys", body, {400})

    def _media_type(self) -> Hostile:
        kind = self._random.choice(
            [
                None, b"", b"text/plain", b"text/json", b"application/xml", b"application/json; charset=utf-16",
                b"application/json; charset=latin-1", b"application/json;charset=utf-7", b"multipart/form-data",
                b"multipart/form-data; boundary=", b"multipart/form-data; boundary=" + b"x" * 1000,
                b"application/x-www-form-urlencoded", b"application/jsonp", b"*/*", b"application/", b";", b"\xff\xfe",
                b"application/json, text/plain",
            ]
        )  # fmt: skip
        body = b'{"name": "a"}' if self._random.random() < 0.5 else '{"name": "a"}'.encode("utf-16")
        return self._post("media type", body, {415}, media_type=kind)

    def _chunked(self) -> Hostile:
        """Nothing is wrong with it, and servers have answered 400 to it all the same."""
        body = json.dumps({"name": f"Chunk {self._random.randrange(10**9)}", "notes": "é€𝄞" * 200}).encode()
        head = self._head(b"POST /api/vendors", b"Content-Type: application/json", b"Transfer-Encoding: chunked")
        chunks = list(in_chunks(body, self._random.choice([1, 7, 100, 100_000])))
        if self._random.random() < 0.3:
            chunks[0] = chunks[0].replace(b"\r\n", b";name=value\r\n", 1)
        if self._random.random() < 0.3:
            chunks[-1] = b"0\r\nX-Trailer: 1\r\n\r\n"
        return Hostile("chunked", (head, b"".join(chunks)), frozenset({201}))

    def _bad_chunks(self) -> Hostile:
        chunk = self._random.choice(
            [b"xyz\r\n{}\r\n", b"-1\r\n", b"fffffffffffffffffff\r\n{", b"2\r\n{}}}}", b"\r\n{}\r\n", b"0x2\r\n{}\r\n", b" 2\r\n{}\r\n"]
        )
        head = self._head(b"POST /api/vendors", b"Content-Type: application/json", b"Transfer-Encoding: chunked")
        return Hostile("bad chunks", (head, chunk), frozenset({400}), half_close=True, is_http=False)

    def _huge_body(self) -> Hostile:
        piece = b" " * (1024 * 1024)
        if self._random.random() < 0.5:
            head = self._head(
                b"POST /api/vendors", b"Content-Type: application/json", b"Content-Length: %d" % _HUGE_BODY_BYTES
            )
            pieces = [piece] * (_HUGE_BODY_BYTES // len(piece))
        else:
            head = self._head(b"POST /api/vendors", b"Content-Type: application/json", b"Transfer-Encoding: chunked")
            pieces = [*([b"100000\r\n" + piece + b"\r\n"] * (_HUGE_BODY_BYTES // len(piece))), b"0\r\n\r\n"]
        return Hostile("huge body", (head, *pieces), frozenset({413}))

    def _truncated_body(self) -> Hostile:
        head = self._head(b"POST /api/vendors", b"Content-Type: application/json", b"Content-Length: 100")
        body = b'{"name": "truncated"'[: self._random.randrange(20)]
        return Hostile("truncated body", (head, body), frozenset({400}), answers=0, half_close=True)

    # Request lines and headers

    def _wrong_method(self) -> Hostile:
        method = self._random.choice(
            [b"PUT", b"TRACE", b"PROPFIND", b"HEAD", b"PURGE", b"MKCOL", b"LOCK", b"SEARCH", b"get", b"BREW", b"G\x00T", b"GE T", b""]
        )
        known = method.isupper() and method != b"BREW" and method.isalpha()
        path = self._random.choice([b"/api/vendors", b"/api/locations/" + ID.encode() + b"/in-use", b"/healthz", b"/nope"])
        head = self._head(method + b" " + path)
        # HEAD is part of GET for what stands beside the operations.
        statuses = frozenset({200, 404, 405}) if known else frozenset({400})
        return Hostile("wrong method", (head,), statuses, is_http=known, has_body=method != b"HEAD")

    def _odd_path(self) -> Hostile:
        path = self._random.choice(
            [
                "//", "//api/vendors", "/api//vendors", "/api/vendors/", "/api/./vendors", "/api/../api/vendors", "/../../etc/passwd",
                "/api/%2e%2e/vendors", "/api/docs/../../openapi.yaml", "/api/docs/%2e%2e/%2e%2e/handlers/app.py", "/api/docs/..%2f..%2fapp.py",
                "/api/docs/%00", "/api/docs/%ff", "/api/docs//etc/passwd", "/api/vendors/%00", f"/api/vendors/{ID}%00", "/api/vendors/%ff%fe",
                "/api/vendors/%zz", "/api/vendors/%", "/api/vendors/%f0%9d%84%9e", "/api/vendors/%0d%0aX-Injected:%201", "/api/vendors/%2F",
                f"/api/vendors/{ID}%0a", f"/api/vendors/%20{ID}", f"/api/vendors/{{{ID}}}", f"/api/vendors/{ID.replace('-', '')}",
                f"/api/vendors/urn:uuid:{ID}", f"/api/vendors/{ID}/../{ID}", "/api/vendors/" + "9" * 5000, "/api/vendors/" + "a/" * 2000,
                "/api/vendors/" + "%41" * 5000, "/api/vendors;v=1", "/API/VENDORS", "/api/vendors/null", "/api/vendors/undefined",
                "/api/invitations/by-token/%00", "/api/invitations/by-token/a%00b", "/api/invitations/by-token/%ff", "/api/invitations/by-token/%2e%2e",
                "/api/invitations/by-token/%ed%a0%80", "/api/invitations/by-token/" + "x" * 129, "/api/invitations/by-token/' OR 1=1--",
                "/api/organizations/current/members/me/", f"/api/locations/{ID}/in-use/", "/api/locations//in-use", "/healthz/", "/healthz%00", "*",
            ]
        ).replace(" ", "%20")  # fmt: skip
        if self._random.random() < 0.1:
            head = self._head(b"GET /api/vendors/" + self._random.choice([b"\xff", "é".encode(), b"\x01", b"<\x7f>"]))
            return Hostile("bytes in a path", (head,), frozenset({400, 404, 422}), is_http=False)
        method = self._random.choice([b"GET", b"GET", b"DELETE"])
        return Hostile("odd path", (self._head(method + b" " + path.encode()),), frozenset({400, 404, 405, 422}), is_http=path != "*")

    def _odd_query(self) -> Hostile:
        query, status = self._random.choice(
            [
                ("limit=1&limit=2", 422), ("limit=1&limit=1", 422), ("limit=1_0", 422), ("limit=%205", 422), ("limit=+5", 422), ("limit=%2B5", 422),
                ("limit=%D9%A5", 422), ("limit=1e2", 422), ("limit=1.0", 422), ("limit=0x5", 422), ("limit=0", 422), ("limit=501", 422), ("limit=-1", 422),
                ("limit=" + "9" * 5000, 422), ("limit=", 422), ("limit", 422), ("limit=NaN", 422), ("limit=%00", 422), ("q=%00", 422), ("q=a%00b", 422), ("q=%ff", 422),
                ("%ff=1", 422), ("q=%ed%a0%80", 422), ("q=", 422), ("q=" + "x" * 256, 422), ("q=" + "x" * 60_000, 422), ("unknown=1", 422), ("LIMIT=1", 422), ("limit%00=1", 422),
                ("cursor=x", 422), ("cursor=AAAAAAAAAAAAAAAA", 422), ("cursor=%00", 422), ("cursor=" + "A" * 2049, 422), ("cursor=' OR 1=1--", 422), ("cursor=%2e%2e", 422),
                ("isActive=TRUE", 422), ("isActive=1", 422), ("isActive=true&isActive=false", 422), ("q[]=1", 422), ("q[a]=1", 422), ("%71=a&q=b", 422), ("?=1", 422), ("=", 422),
                ("&".join(f"k{i}=v" for i in range(3000)), 422), ("q=%25%5F%5C", 200), ("q=%F0%9D%84%9E", 200), ("&&&", 200), ("q=%27%3B--", 200),
            ]
        )  # fmt: skip
        path = b"GET /api/vendors?" + query.replace(" ", "%20").encode()
        return Hostile("odd query", (self._head(path),), frozenset({status}))

    def _odd_credentials(self) -> Hostile:
        value, status = self._random.choice(
            [
                (None, 401), (b"", 401), (b"Bearer", 401), (b"Bearer ", 401), (b"Basic YTpi", 401), (b"Bearer x", 401), (b"bearer x y", 401), (b"Bearer \xff\xfe", 401),
                (b"Bearer ..", 401), (b"Bearer a.b.c", 401), (b"Bearer " + b"x" * 20_000, 401), (b"Bearer eyJhbGciOiJub25lIn0.e30.", 401), (b"Token x", 401),
                (b"Bearer pharus_pat_", 401), (b"Bearer pharus_pat_" + b"0" * 32, 401), (b"Bearer pharus_pat_\xc3\xa9", 401), (b"Bearer pharus_pat_' OR 1=1--", 401), (b"Bearer null", 401),
            ]
        )  # fmt: skip
        headers = [b"GET /api/vendors HTTP/1.1", b"Host: localhost"]
        if value is not None:
            headers.append(b"Authorization: " + value)
        if self._random.random() < 0.5:
            headers.append(b"X-Org-Id: " + self._random.choice([b"", b"null", b"\xff", ID.encode(), b"x" * 5000, b"' OR 1=1--"]))
        return Hostile("odd credentials", (b"\r\n".join([*headers, b"", b""]),), frozenset({status}))

    def _huge_headers(self) -> Hostile:
        kind = self._random.randrange(4)
        if kind == 0:
            return Hostile("large header", (self._head(b"GET /api/vendors?limit=1", b"X-Large: " + b"x" * 30_000),), frozenset({200}))
        if kind == 1:
            many = [b"X-Many-%d: %d" % (number, number) for number in range(500)]
            return Hostile("many headers", (self._head(b"GET /api/vendors?limit=1", *many),), frozenset({200}))
        if kind == 2:
            head = self._head(b"GET /api/vendors", b"X-Huge: " + b"x" * 4_000_000)
        else:
            head = self._head(b"GET /api/vendors", *[b"X-Many: " + b"x" * 1000] * 4000)
        # The server hangs up in the middle, and the answer may be lost with what is still on its way.
        return Hostile("huge headers", (head,), frozenset({400}), answers=0, is_http=False)

    def _header_injection(self) -> Hostile:
        injected = self._random.choice(["%0d%0aX-Injected:%201", "%0aX-Injected:1", "%E5%98%8D%E5%98%8AX-Injected:1", "%0d%0a%0d%0a<html>"])
        path = self._random.choice(["/api/docs{}", "/api/vendors?q={}", "/api/vendors/{}", "/{}", "/api/docs/{}", "/api/invitations/by-token/{}"])
        header = self._random.choice(
            [b"X-Request-Id: injected", b"Host: example.com", b"X-Forwarded-For: 1.2.3.4, x", b"X-Forwarded-Proto: javascript", b"Origin: null", b"X-A: a\tb"]
        )
        head = self._head(b"GET " + path.format(injected).encode(), header)
        return Hostile("header injection", (head,), frozenset({200, 307, 400, 404, 422}))

    def _other_version(self) -> Hostile:
        version = self._random.choice([b"HTTP/1.0", b"HTTP/0.9", b"HTTP/2.0", b"HTTP/9.9", b"HTTPS/1.1", b"http/1.1", b"ICY", b""])
        is_http = version == b"HTTP/1.0"
        head = b"GET /api/vendors?limit=1 %b\r\n%b\r\n\r\n" % (version, self._authorization)
        if self._random.random() < 0.1:
            head, is_http = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", False
        return Hostile("other version", (head,), frozenset({200} if is_http else {200, 400}), is_http=is_http)

    def _pipelined(self) -> Hostile:
        count = self._random.randrange(2, 12)
        each = self._head(b"GET /api/vendors?limit=1") if self._random.random() < 0.5 else self._head(b"GET /api/vendors/x")
        return Hostile("pipelined", (each * count,), frozenset({200, 422}), answers=count)

    def _slow(self) -> Hostile:
        body = json.dumps({"name": f"Slow {self._random.randrange(10**9)}"}).encode()
        raw = self._head(b"POST /api/vendors", b"Content-Type: application/json", b"Content-Length: %d" % len(body)) + body
        pieces: list[bytes | float] = []
        for start in range(0, len(raw), 10):
            pieces += [raw[start : start + 10], 0.005]
        return Hostile("slow", tuple(pieces), frozenset({201}))

    def _early_disconnect(self) -> Hostile:
        raw = self._head(b"POST /api/vendors", b"Content-Type: application/json", b"Content-Length: 13") + b'{"name": "a"}'
        return Hostile("early disconnect", (raw[: self._random.randrange(1, len(raw))],), frozenset())

    def _ambiguous_length(self) -> Hostile:
        """What lets two servers in a row disagree where a request ends."""
        headers = self._random.choice(
            [
                [b"Content-Length: 13", b"Transfer-Encoding: chunked"], [b"Content-Length: 13", b"Content-Length: 14"], [b"Content-Length: -1"],
                [b"Content-Length: 13, 14"], [b"Content-Length: 0x0d"], [b"Content-Length: 1e1"], [b"Content-Length: " + b"9" * 40],
                [b"Content-Length : 13"], [b"Transfer-Encoding: chunked", b"Transfer-Encoding: identity"], [b"Transfer-Encoding: xchunked"],
                [b"Transfer-Encoding:\x0bchunked"], [b"Content-Length: 13\nX-A: b"], [b"X-A: b\r\r\nContent-Length: 13"], [b"X\x00A: b"],
            ]
        )  # fmt: skip
        head = self._head(b"POST /api/vendors", b"Content-Type: application/json", *headers)
        return Hostile("ambiguous length", (head, b'{"name": "a"}'), frozenset({400}), half_close=True, is_http=False)

    def _post(self, name: str, body: bytes, statuses: set[int], *, media_type: bytes | None = b"application/json") -> Hostile:
        return self._with_body(name, b"POST /api/vendors", body, statuses, media_type)

    def _patch(self, name: str, body: bytes, statuses: set[int]) -> Hostile:
        return self._with_body(name, b"PATCH /api/locations/" + ID.encode(), body, statuses, b"application/json")

    def _with_body(self, name: str, target: bytes, body: bytes, statuses: set[int], media_type: bytes | None) -> Hostile:
        headers = [] if media_type is None else [b"Content-Type: " + media_type]
        head = self._head(target, *headers, b"Content-Length: %d" % len(body))
        return Hostile(name, (head, body), frozenset(statuses))

    def _head(self, target: bytes, *headers: bytes) -> bytes:
        return b"\r\n".join([target + b" HTTP/1.1", b"Host: localhost", self._authorization, *headers, b"", b""])
