"""Vendors: the SQL written out, parameters checked by hand, the body by a compiled validator."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qsl

import jsonschema_rs
import orjson
import uuid_utils

from bench.peers.cursors import read_cursor, write_cursor
from bench.peers.floor.refusals import Refusal, invalid
from bench.peers.floor.transactions import Caller, signing_secret

_KEYS = (
    *("id", "orgId", "name", "address", "city", "state", "country", "zipCode", "term", "qboId", "notes"),
    *("isActive", "createdAt", "updatedAt"),
)
_COLUMNS = (
    "id, org_id, name, address, city, state, country, zip_code, term, qbo_id, notes, is_active, created_at, updated_at"
)
_SORT = "sort_key"
_LIST = f"SELECT {_COLUMNS}, {_SORT} FROM vendor WHERE org_id = %s"
_INSERT = f"INSERT INTO vendor ({_COLUMNS}) VALUES ({', '.join(['%s'] * len(_KEYS))}) RETURNING {_COLUMNS}"
_ORDERED = f" ORDER BY {_SORT}, id LIMIT %s"
_AFTER = f" AND ({_SORT}, id) > (%s, %s)"

_LIST_NAME = "vendor"


def _text(most: int) -> dict[str, Any]:
    return {"type": ["string", "null"], "maxLength": most}


_body = jsonschema_rs.Draft202012Validator(
    {
        "type": "object",
        "additionalProperties": False,
        "required": ["name"],
        "properties": {
            "name": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": r"\S"},
            "address": _text(10000),
            "city": _text(150),
            "state": _text(100),
            "country": {"type": ["string", "null"], "pattern": "^[A-Za-z]{2}$", "maxLength": 2},
            "zipCode": _text(20),
            "term": _text(100),
            "qboId": _text(100),
            "notes": _text(10000),
        },
    }
)


def list_vendors(cursor: Any, caller: Caller, query: bytes) -> bytes:
    """The JSON of one page."""
    text, limit = _LIST, 100
    parameters: list[Any] = [caller.org_id]
    problems, seen = [], set()
    for name, value in parse_qsl(query.decode("latin-1"), keep_blank_values=True):
        if name in seen:
            problems.append((f"query/{name}", "is given more than once"))
        seen.add(name)
        if name == "limit":
            limit = int(value) if value.isascii() and value.isdigit() and len(value) < 10 else 0
            if not 1 <= limit <= 500:
                problems.append(("query/limit", "must be a whole number from 1 to 500"))
        elif name == "isActive":
            if value not in ("true", "false"):
                problems.append(("query/isActive", "must be true or false"))
            text += " AND is_active = %s"
            parameters.append(value == "true")
        elif name == "q":
            if not 1 <= len(value) <= 255:
                problems.append(("query/q", "must have 1 to 255 characters"))
            text += " AND name ILIKE %s"
            escaped = value.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
            parameters.append(f"%{escaped}%")
        elif name == "cursor":
            key = read_cursor(signing_secret(), _LIST_NAME, value) if len(value) <= 512 else None
            if key is None:
                problems.append(("query/cursor", "is not a cursor of this list"))
            else:
                text += _AFTER
                parameters += key
        else:
            problems.append((f"query/{name}", "is not known here"))
    if problems:
        raise invalid(problems)
    cursor.execute(text + _ORDERED, (*parameters, limit + 1))
    rows = cursor.fetchall()
    following = None
    if len(rows) > limit:
        del rows[limit:]
        last = rows[-1]
        following = write_cursor(signing_secret(), _LIST_NAME, (last[-1], last[0]))
    # zip stops before the sort key, which is nobody's business.
    page = {"data": [dict(zip(_KEYS, row, strict=False)) for row in rows], "nextCursor": following}
    return orjson.dumps(page, option=orjson.OPT_UTC_Z)


def create_vendor(cursor: Any, caller: Caller, query: bytes, content: bytes) -> bytes:
    """The JSON of the new vendor."""
    problems = [(f"query/{name}", "is not known here") for name, _ in parse_qsl(query.decode("latin-1"))]
    try:
        body = orjson.loads(content)
    except orjson.JSONDecodeError:
        raise Refusal(400, "validation_failed", "the body is not JSON") from None
    if b"\\u0000" in content and "\0" in "".join(_texts(body)):
        raise Refusal(400, "validation_failed", "the body holds a NUL character")
    if problems or not _body.is_valid(body):
        raise invalid([*problems, *_problems(body)])
    get = body.get
    cursor.execute(
        _INSERT,
        (
            *(str(uuid_utils.uuid7()), caller.org_id, body["name"], get("address"), get("city"), get("state")),
            *(get("country"), get("zipCode"), get("term"), get("qboId"), get("notes"), True, caller.now, caller.now),
        ),
    )
    return orjson.dumps(dict(zip(_KEYS, cursor.fetchone(), strict=True)), option=orjson.OPT_UTC_Z)


def _problems(body: Any) -> Iterable[tuple[str, str]]:
    for error in _body.iter_errors(body):
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
