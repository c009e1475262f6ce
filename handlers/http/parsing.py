"""From bytes to values, strictly: what is not exactly JSON, or not exactly a number, is refused.

Numbers keep every digit (int or Decimal, never float). Duplicate keys, NaN, NUL, lone surrogates, numbers of thousands
of digits and bottomless nesting are 400: none of them may reach a handler or PostgreSQL.
"""

import json
import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, NoReturn
from urllib.parse import unquote_to_bytes

from handlers.http.body_limits import refuse_excess
from pharus import openapi
from pharus.errors import Malformed, PayloadTooLarge, Problem, UnsupportedMediaType

# Longer numbers fit no column; reading them costs time that grows with the square of their length.
_MAX_DIGITS = 100
# No object of the document has a hundred. A key that no other object has costs more memory than most values.
_MAX_KEYS = 10_000

_INTEGER_DIGITS = 18

_PIECE_BYTES = 64 * 1024

_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]{1,3})?", re.ASCII)


def refuse_encoded(headers: Mapping[bytes, bytes]) -> None:
    """UnsupportedMediaType for a body that is compressed: none is unpacked, whatever it would grow to."""
    encoding = headers.get(b"content-encoding", b"identity").strip().lower()
    if encoding not in (b"", b"identity"):
        raise UnsupportedMediaType("the body must be sent as it is: no Content-Encoding is read")


def parse_json(body: bytes | bytearray, content_type: str | None) -> Any:
    """The value of a JSON body. UnsupportedMediaType, PayloadTooLarge, Malformed."""
    if not _is_json(content_type):
        raise UnsupportedMediaType("the body must be sent as application/json, in UTF-8")
    if not body:
        raise Malformed("the body is empty")
    refuse_excess(body)
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        raise Malformed("the body is not UTF-8") from None
    try:
        value = _decoder.decode(text)
    except _DuplicateKey as error:
        raise Malformed(f"the body holds the key {error.key[:100]!r} twice in one object") from None
    except json.JSONDecodeError as error:
        raise Malformed(f"the body is not JSON: {error.msg} at line {error.lineno}, column {error.colno}") from None
    except (ValueError, InvalidOperation):
        raise Malformed("the body holds a number that cannot be read") from None
    # Only an escape can hide these characters: raw ones are no UTF-8 or no JSON. To look for one byte takes far less
    # time than for two.
    if b"\\" in body and _has_escapes(body):
        _refuse_bad_characters(value)
    return value


def parse_query(raw: bytes) -> tuple[dict[str, str], list[Problem]]:
    """The query parameters by name, and what is wrong with their form. A parameter given twice is refused."""
    values: dict[str, str] = {}
    problems: list[Problem] = []
    for pair in raw.split(b"&") if raw else ():
        if not pair:
            continue
        name_bytes, _, value_bytes = pair.partition(b"=")
        try:
            name, value = _unquote(name_bytes), _unquote(value_bytes)
        except UnicodeDecodeError:
            problems.append(Problem("query", "is not UTF-8"))
            continue
        if "\0" in name or "\0" in value:
            problems.append(Problem(f"query/{name}".replace("\0", ""), "holds a NUL character"))
            continue
        if name in values:
            problems.append(Problem(f"query/{name}", "is given more than once"))
        values[name] = value
    return values, problems


def read_integer(text: str) -> int | None:
    """The integer, as JSON may write it (2, 2.0, 2e0), or None: no plus, no spaces, no digits of other scripts."""
    if len(text) > _MAX_DIGITS or not _NUMBER.fullmatch(text):
        return None
    number = Decimal(text)
    # PostgreSQL holds none of more digits.
    return whole(number) if number.adjusted() < _INTEGER_DIGITS else None


def whole(number: Decimal) -> int | None:
    """The integer that the number is, or None."""
    return int(number) if number == number.to_integral_value() else None


def _unquote(part: bytes) -> str:
    return unquote_to_bytes(part.replace(b"+", b" ")).decode("utf-8")


def _is_json(content_type: str | None) -> bool:
    if content_type == openapi.JSON:
        return True
    media_type, _, rest = (content_type or "").partition(";")
    if media_type.strip().lower() != openapi.JSON:
        return False
    for parameter in rest.split(";"):
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset" and value.strip().strip('"').lower() not in ("utf-8", "utf8"):
            return False
    return True


class _DuplicateKey(ValueError):
    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(pairs) > _MAX_KEYS:
        raise PayloadTooLarge(f"an object of the body has more than {_MAX_KEYS} keys")
    value = dict(pairs)
    if len(value) != len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                raise _DuplicateKey(key)
            seen.add(key)
    return value


def _integer(text: str) -> int:
    if len(text) > _MAX_DIGITS:
        raise ValueError("too many digits")
    return int(text)


def _decimal(text: str) -> Decimal:
    if len(text) > _MAX_DIGITS:
        raise ValueError("too many digits")
    value = Decimal(text)
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int) or abs(value.adjusted()) > _MAX_DIGITS or abs(exponent) > 2 * _MAX_DIGITS:
        raise ValueError("too large or too small")
    return value


def _constant(text: str) -> NoReturn:
    raise ValueError(f"{text} is no JSON")


_decoder = json.JSONDecoder(
    object_pairs_hook=_object, parse_int=_integer, parse_float=_decimal, parse_constant=_constant
)


def _has_escapes(body: bytes | bytearray) -> bool:
    """Whether a character is written as its number. In pieces, between which other threads have their turn."""
    return any(body.find(b"\\u", start, start + _PIECE_BYTES + 1) >= 0 for start in range(0, len(body), _PIECE_BYTES))


def _is_encodable(text: str) -> bool:
    """Whether it holds no half of a surrogate pair. A regular expression takes ten times as long for that."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _refuse_bad_characters(value: Any) -> None:
    if isinstance(value, str):
        if "\0" in value or not _is_encodable(value):
            raise Malformed("the body holds a NUL character or half of a surrogate pair")
    elif isinstance(value, Mapping):
        for key, entry in value.items():
            _refuse_bad_characters(key)
            _refuse_bad_characters(entry)
    elif isinstance(value, list):
        for entry in value:
            _refuse_bad_characters(entry)
