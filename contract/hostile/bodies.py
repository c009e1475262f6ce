"""For each operation with a body, bodies of up to 8 MiB that nobody means well with: all of them must be refused.

Each is a way to make much of little: an error for every entry, an object for every three bytes, a level for
every byte, copies of a long text. They are generated from the schema of the operation, so that they get past what
refuses a body that belongs to another operation.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

MOST_BYTES = 8 * 1024 * 1024
# Too few to be refused for their number alone: each of them is looked at.
_MANY_BYTES = 300_000
_BOUNDARY = b"hostile"

JSON = "application/json"
MULTIPART = "multipart/form-data"


@dataclass(frozen=True)
class HostileBody:
    """`make` is called when the body is to be sent: all of them together are gigabytes."""

    name: str
    content_type: str
    make: Callable[[], bytes] = field(repr=False)


def for_any_operation(media_type: str) -> Iterator[HostileBody]:
    """What is wrong before anybody asks for a schema; of an operation that takes this media type."""
    if media_type == MULTIPART:
        for name, make in _FORMS.items():
            yield HostileBody(name, f"{MULTIPART}; boundary={_BOUNDARY.decode()}", make)
    else:
        for name, make in _ANYWHERE.items():
            yield HostileBody(name, media_type, make)


def for_operation(document: Mapping[str, Any], schema: Mapping[str, Any]) -> Iterator[HostileBody]:
    """What an operation that takes JSON with this schema has to look at before it can refuse it."""
    for name, make in _LOOKED_AT.items():
        yield HostileBody(name, JSON, make)
    places = _Places(document)
    properties = places.follow(schema).get("properties", {})
    texts = [name for name, entry in properties.items() if places.is_text(entry)]
    for name in texts[:1]:
        for case, make in _IN_A_TEXT.items():
            yield HostileBody(f"{case} as {name}", JSON, _made_within(name, make))
    for name, entry in properties.items():
        if places.follow(entry).get("type") == "array":
            for case, make in _arrays(places, places.follow(entry)):
                yield HostileBody(f"{case} in {name}", JSON, _made_within(name, make))


class _Places:
    """What a schema says about its parts."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._document = document

    def follow(self, node: Any) -> Any:
        while "$ref" in node:
            target: Any = self._document
            for part in node["$ref"].removeprefix("#/").split("/"):
                target = target[part.replace("~1", "/").replace("~0", "~")]
            node = target
        return node

    def is_text(self, schema: Any) -> bool:
        return bool(self.follow(schema).get("type") == "string")

    def all_wrong(self, schema: Any) -> Any:
        """A value that is wrong in as many places as the schema has, but of the right shape."""
        schema = self.follow(schema)
        if schema.get("type") == "object":
            return {name: self.all_wrong(entry) for name, entry in schema.get("properties", {}).items()}
        return [] if schema.get("type") == "array" else {}

    def inner_arrays(self, schema: Any) -> list[str]:
        properties = self.follow(schema).get("properties", {})
        return [name for name, entry in properties.items() if self.follow(entry).get("type") == "array"]


def _arrays(places: _Places, schema: Any) -> Iterator[tuple[str, Callable[[], bytes]]]:
    entry = schema.get("items", {})
    for name, make in _ENTRIES.items():
        yield name, partial(_array, make, _MANY_BYTES)
    wrong = json.dumps(places.all_wrong(entry), separators=(",", ":")).encode()
    yield "all wrong", partial(_array, lambda: wrong, 1_300_000)
    for name in places.inner_arrays(entry):
        zeros, objects = (partial(_array, lambda: b"0", 2000), partial(_array, lambda: b"{}", 3000))
        yield f"wrong {name}", partial(_array, _made_within(name, zeros), 700_000)
        yield f"empty {name}", partial(_array, _made_within(name, objects), 400_000)


def _array(make: Callable[[], bytes], size: int) -> bytes:
    entry = make()
    return b"[" + b",".join([entry] * max(1, size // (len(entry) + 1))) + b"]"


def _within(name: str, content: bytes) -> bytes:
    return b"{" + json.dumps(name).encode() + b":" + content + b"}"


def _made_within(name: str, make: Callable[[], bytes]) -> Callable[[], bytes]:
    return lambda: _within(name, make())


def _filled(text: bytes, start: bytes = b'"', end: bytes = b'"') -> bytes:
    return start + text * ((MOST_BYTES - 200 - len(start) - len(end)) // len(text)) + end


def _keys(count: int) -> bytes:
    return b"{" + b",".join(b'"k%d":0' % number for number in range(count)) + b"}"


def _nested(levels: int, opening: bytes, closing: bytes) -> bytes:
    return opening * levels + b"0" + closing * levels


_ENTRIES: dict[str, Callable[[], bytes]] = {
    "numbers": lambda: b"0",
    "decimals": lambda: b"1.5",
    "empty objects": lambda: b"{}",
    "empty arrays": lambda: b"[]",
    "unknown keys": lambda: b'{"a":1.5}',
    "texts": lambda: b'"a"',
}

# The whole body.
_ANYWHERE: dict[str, Callable[[], bytes]] = {
    "as many keys as fit": lambda: _keys(640_000),
    "duplicate keys": lambda: b"{" + b",".join([b'"a":0'] * 190_000) + b"}",
    "unknown empty arrays": lambda: _within("unknown", _array(lambda: b"[]", MOST_BYTES - 100)),
    "empty arrays": lambda: _array(lambda: b"[]", MOST_BYTES - 100),
    "empty objects as rows": lambda: _within("rows", _array(lambda: b"{}", MOST_BYTES - 100)),
    "numbers as items": lambda: _within("items", _array(lambda: b"0", MOST_BYTES - 100)),
    "levels without an end": lambda: b"[" * (MOST_BYTES - 1),
    "levels of objects": lambda: _nested(1_000_000, b'{"a":', b"}"),
    "200 levels": lambda: _within("unknown", _nested(200, b"[", b"]")),
    "900 levels": lambda: _within("unknown", _nested(900, b'{"a":[', b"]}")),
    "long text": lambda: _filled(b"x"),
    "long key": lambda: _filled(b"x", b'{"', b'":0}'),
    "long text beyond the plane": lambda: _filled("😀".encode(), b'{"unknown":"', b'"}'),
    "escapes": lambda: _filled(b"\\u00e9", b'{"unknown":"', b'"}'),
    "escaped quotation marks": lambda: _filled(b'\\"[', b'{"unknown":"', b'"}'),
    "brackets in texts": lambda: _filled(b'"[[,",', b'{"unknown":[', b'""]}'),
    "long integer": lambda: _filled(b"9", b'{"unknown":', b"}"),
    "long fraction": lambda: _filled(b"9", b'{"unknown":0.', b"}"),
    "long integers": lambda: _within("unknown", _array(lambda: b"9" * 99, MOST_BYTES - 100)),
    "white space": lambda: _filled(b" ", b"[", b"]"),
    "quotation marks": lambda: _filled(b'"', b"", b""),
    "backslashes": lambda: _filled(b"\\", b"", b""),
    "commas": lambda: _filled(b",", b"[", b"]"),
    "zero bytes": lambda: _filled(b"\0", b"", b""),
    "no UTF-8": lambda: _filled(b"\xff", b'{"unknown":"', b'"}'),
}

# The whole body, few enough values to be parsed.
_LOOKED_AT: dict[str, Callable[[], bytes]] = {
    "9,000 unknown keys": lambda: _keys(9_000),
    "unknown decimals": lambda: _within("unknown", _array(lambda: b"1.5", 700_000)),
    "empty objects": lambda: _array(lambda: b"{}", _MANY_BYTES),
    "deep and wide": lambda: _array(lambda: _nested(60, b"[", b"]"), 400_000),
    "long text of an unknown key": lambda: _filled(b"x", b'{"unknown":"', b'"}'),
    "large exponents": lambda: _within("unknown", _array(lambda: b"1e99", 900_000)),
}

# In place of a text that the operation knows.
_IN_A_TEXT: dict[str, Callable[[], bytes]] = {
    "long text": lambda: _filled(b"x"),
    "long text beyond the plane": lambda: _filled("😀".encode()),
    "spaces": lambda: _filled(b" "),
    "numbers": lambda: _array(lambda: b"0", _MANY_BYTES),
    "objects": lambda: _array(lambda: b'{"a":{}}', 900_000),
    "60 levels": lambda: _nested(60, b'{"a":', b"}"),
}


def _part(name: bytes, content: bytes = b"", headers: bytes = b"") -> bytes:
    return b'--%b\r\nContent-Disposition: form-data; name="%b"\r\n%b\r\n%b\r\n' % (_BOUNDARY, name, headers, content)


_END = b"--%b--\r\n" % _BOUNDARY

_FORMS: dict[str, Callable[[], bytes]] = {
    "many parts": lambda: _part(b"a") * 100_000 + _END,
    "99 unknown parts": lambda: b"".join(_part(b"k%d" % number, b"x" * 80_000) for number in range(99)) + _END,
    "many headers": lambda: _part(b"a", headers=b"".join(b"X-%d: 1\r\n" % number for number in range(400_000))) + _END,
    "long header": lambda: _part(b"a", headers=_filled(b"x", b"X: ", b"\r\n")) + _END,
    "long name": lambda: _part(b"x" * (MOST_BYTES - 200)) + _END,
    "long field": lambda: _part(b"entityId", b"x" * (MOST_BYTES - 200)) + _END,
    "no end": lambda: _part(b"entityId", b"x" * 1000)[:-2],
    "almost boundaries": lambda: _part(b"unknown", b"\r\n--hostil" * 800_000) + _END,
    "dashes": lambda: b"-" * MOST_BYTES,
    "line breaks": lambda: b"\r\n" * (MOST_BYTES // 2),
    "empty": lambda: _END,
}
