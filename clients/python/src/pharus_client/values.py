"""Values of Python as JSON and back. No digit is lost: decimals travel as texts, and a float is refused."""

from __future__ import annotations

import datetime
import json
import types
import typing
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache
from typing import Any, TypeAlias
from uuid import UUID

# A day, or an instant with its time zone, or the text of one.
Moment: TypeAlias = datetime.date | datetime.datetime | str
# The ETag that a record had when it was read, or the record itself.
Version: TypeAlias = str | Mapping[str, object] | None

Converter: TypeAlias = Callable[[Any], Any]


class Answer(dict[str, Any]):
    """What the server answered: a plain dict, which knows its version."""

    etag: str | None = None


def etag(record: Version) -> str | None:
    """The version of a record that was read by its id. Raises ValueError for one that has none."""
    if record is None or isinstance(record, str):
        return record
    found = getattr(record, "etag", None)
    if found is None:
        raise ValueError("This record has no version: read it by its id first.")
    return str(found)


def to_json(body: Mapping[str, object]) -> bytes:
    return json.dumps(_plain(body), ensure_ascii=False, allow_nan=False).encode()


def to_text(value: object) -> str:
    """As a parameter or as a part of a form."""
    if isinstance(value, list | tuple):
        return ",".join(to_text(each) for each in value)
    plain = _plain(value)
    return str(plain).lower() if isinstance(plain, bool) else str(plain)


def from_json(text: bytes, shape: type[Any]) -> Any:
    """The record of a TypedDict, with its decimals, dates and instants. Keys that the TypedDict lacks stay as they are:
    a newer server may say more."""
    value = _convert(shape, json.loads(text, parse_float=Decimal))
    return Answer(value) if isinstance(value, dict) else value


def _plain(value: object) -> Any:
    if isinstance(value, float):
        raise TypeError(f"{value!r} is a float and may have lost digits; send a Decimal.")
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise ValueError(f"{value} is no number.")
        return f"{value:f}"
    if isinstance(value, datetime.datetime):
        if value.tzinfo is None:
            raise ValueError(f"{value} has no time zone.")
        return value.isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value


def _convert(shape: Any, value: Any) -> Any:
    return _converter(shape)(value)


@cache
def _converter(shape: Any) -> Converter:
    """What makes a value of this type of one that JSON has."""
    if typing.is_typeddict(shape):
        return _record(shape)
    origin, arguments = typing.get_origin(shape), typing.get_args(shape)
    if origin is list:
        each = _converter(arguments[0])
        return _same if each is _same else lambda value: [each(one) for one in value]
    if origin is dict:
        of_values = _converter(arguments[1])
        return _same if of_values is _same else lambda value: {key: of_values(one) for key, one in value.items()}
    if origin in (typing.Union, types.UnionType):
        # Of several types in a union only one is not told apart by JSON itself, a decimal or a date above all.
        found = [one for one in map(_converter, arguments) if one is not _same]
        convert = found[0] if found else _same
        return _same if convert is _same else lambda value: None if value is None else convert(value)
    return _SCALARS.get(shape, _same)


def _record(shape: Any) -> Converter:
    hints = typing.get_type_hints(shape)

    # Looked up at the first record, because a record may hold records of its own type.
    @cache
    def converters() -> dict[str, Converter]:
        return {key: convert for key, hint in hints.items() if (convert := _converter(hint)) is not _same}

    def convert_record(value: Any) -> Any:
        for key, convert in converters().items():
            if key in value:
                value[key] = convert(value[key])
        return value

    return convert_record


def _same(value: Any) -> Any:
    return value


def _decimal(value: Any) -> Decimal:
    return Decimal(value)


_SCALARS: Mapping[Any, Converter] = {
    Decimal: _decimal,
    datetime.date: datetime.date.fromisoformat,
    datetime.datetime: datetime.datetime.fromisoformat,
}
