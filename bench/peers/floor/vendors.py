"""Vendors: the SQL written out, parameters checked by hand, the body by a compiled validator."""

from typing import Any

import orjson
import uuid_utils

from bench.entities import VENDOR, columns
from bench.peers import outbox
from bench.peers.floor import bodies
from bench.peers.floor.pages import page, read_key
from bench.peers.floor.refusals import invalid
from bench.peers.floor.transactions import Caller, Path

_COLUMNS = ", ".join(columns(VENDOR).values())
_LIST = f"SELECT {_COLUMNS}, sort_key FROM vendor WHERE org_id = %s"
_INSERT = f"INSERT INTO vendor ({_COLUMNS}) VALUES ({', '.join(['%s'] * len(VENDOR))}) RETURNING {_COLUMNS}"
_INSERT_AND_TELL = f"WITH told AS ({outbox.INSERT}) {_INSERT}"
_ORDERED = " ORDER BY sort_key, id LIMIT %s"
_AFTER = " AND (sort_key, id) > (%s, %s)"
_SORTED_BY = (-1, 0)

_NAME = "vendor"

_READERS: dict[str, bodies.Reader] = {
    "limit": bodies.limit,
    "isActive": bodies.one_of("true", "false"),
    "q": lambda value: value if 1 <= len(value) <= 255 else None,
    "cursor": str,
}

_body = bodies.compiled(
    {
        "type": "object",
        "additionalProperties": False,
        "required": ["name"],
        "properties": {
            "name": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": r"\S"},
            "address": bodies.text(10000),
            "city": bodies.text(150),
            "state": bodies.text(100),
            "country": {"type": ["string", "null"], "pattern": "^[A-Za-z]{2}$", "maxLength": 2},
            "zipCode": bodies.text(20),
            "term": bodies.text(100),
            "qboId": bodies.text(100),
            "notes": bodies.text(10000),
        },
    }
)


def list_vendors(cursor: Any, caller: Caller, query: bytes, _: bytes, path: Path) -> bytes:
    values, problems = bodies.read_query(query, _READERS)
    key = read_key(_NAME, values, problems)
    if problems:
        raise invalid(problems)
    text, parameters = _LIST, [caller.org_id]
    if "isActive" in values:
        text += " AND is_active = %s"
        parameters.append(values["isActive"] == "true")
    if "q" in values:
        text += " AND name ILIKE %s"
        escaped = values["q"].replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        parameters.append(f"%{escaped}%")
    if key is not None:
        text += _AFTER
        parameters += key
    limit = values.get("limit", 100)
    cursor.execute(text + _ORDERED, (*parameters, limit + 1))
    return page(_NAME, VENDOR, cursor.fetchall(), limit, _SORTED_BY)


def create_vendor(cursor: Any, caller: Caller, query: bytes, content: bytes, path: Path) -> bytes:
    """The JSON of the new vendor."""
    _, problems = bodies.read_query(query, {})
    body = bodies.read_body(content, _body, problems)
    new = {"id": str(uuid_utils.uuid7()), "orgId": caller.org_id, "isActive": True}
    times = {"createdAt": caller.now, "updatedAt": caller.now}
    vendor = {**body, **new, **times}
    if outbox.IS_USED:
        event = outbox.created("vendor", vendor, caller.now)
        cursor.execute(_INSERT_AND_TELL, (*event, *map(vendor.get, VENDOR)))
    else:
        cursor.execute(_INSERT, tuple(map(vendor.get, VENDOR)))
    return orjson.dumps(dict(zip(VENDOR, cursor.fetchone(), strict=True)), option=orjson.OPT_UTC_Z)
