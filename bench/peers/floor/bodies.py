"""Bodies and parameters: read once, refused with the pointers of all problems."""

import json
import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qsl

import jsonschema_rs
import orjson

from bench.peers.floor.refusals import Refusal, invalid

Problems = list[tuple[str, str]]

# What a parameter may be, and its value; None when it is not.
Reader = Callable[[str], Any]

ID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


def compiled(schema: dict[str, Any]) -> Any:
    return jsonschema_rs.Draft202012Validator(schema, validate_formats=True)


def text(most: int) -> dict[str, Any]:
    return {"type": ["string", "null"], "maxLength": most}


def read_query(query: bytes, readers: dict[str, Reader]) -> tuple[dict[str, Any], Problems]:
    """The parameters' values, and what is wrong with them."""
    values: dict[str, Any] = {}
    problems: Problems = []
    for name, value in parse_qsl(query.decode("latin-1"), keep_blank_values=True):
        if name not in readers:
            problems.append((f"query/{name}", "is not known here"))
        elif name in values:
            problems.append((f"query/{name}", "is given more than once"))
        else:
            values[name] = readers[name](value)
            if values[name] is None:
                problems.append((f"query/{name}", "is not valid"))
    return values, problems


def read_body(content: bytes, validator: Any, problems: Problems, *, exact: bool = False) -> Any:
    """The body; `exact` keeps every digit of its numbers."""
    try:
        body = json.loads(content, parse_float=Decimal) if exact else orjson.loads(content)
    except ValueError:
        raise Refusal(400, "validation_failed", "the body is not JSON") from None
    if b"\\u0000" in content and "\0" in "".join(_texts(body)):
        raise Refusal(400, "validation_failed", "the body holds a NUL character")
    if problems or not validator.is_valid(body):
        raise invalid([*problems, *_problems(validator, body)])
    return body


def one_id(value: str) -> str | None:
    return value if ID.fullmatch(value) else None


def one_of(*options: str) -> Reader:
    return lambda value: value if value in options else None


def limit(value: str) -> int | None:
    number = int(value) if value.isascii() and value.isdigit() and len(value) < 10 else 0
    return number if 1 <= number <= 500 else None


def _problems(validator: Any, body: Any) -> Iterable[tuple[str, str]]:
    for error in validator.iter_errors(body):
        path = "".join(f"/{part}" for part in error.instance_path)
        match error.kind:
            case jsonschema_rs.ValidationErrorKind.Required():
                yield f"{path}/{error.kind.property}", "is required"
            case jsonschema_rs.ValidationErrorKind.AdditionalProperties():
                for name in error.kind.unexpected:
                    yield f"{path}/{name}", "is not known here"
            case _:
                yield path, error.message


def _texts(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, entry in value.items():
            yield key
            yield from _texts(entry)
    elif isinstance(value, list):
        for entry in value:
            yield from _texts(entry)
