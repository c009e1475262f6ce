"""The document of the events, as AsyncAPI 3: every type, and what a request to a receiver says of it.

It is made of what the triggers that write the log were told (plugins/webhooks/event_types.py) and of the component
Event of the API's own document: so it holds the tables of plugins as well, and says what the log does.
docs/reference/asyncapi.json is that of the tables of ours.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from handlers import openapi_31
from pharus.names import camel
from plugins.events.reading import LEDGER_ENTRIES
from plugins.webhooks.event_types import Column, LoggedTable

VERSION = "3.0.0"
_SCHEMAS = "#/components/schemas/"
_MESSAGES = "#/components/messages/"
_CHANNEL = "webhooks"

_INTEGER = {"type": "integer"}
_DECIMAL = {"type": "string", "pattern": r"^-?(0|[1-9][0-9]*)(\.[0-9]+)?$"}
_TYPES: Mapping[str, dict[str, Any]] = {
    "boolean": {"type": "boolean"},
    "date": {"type": "string", "format": "date"},
    "numeric": _DECIMAL,
    "timestamp with time zone": {"type": "string", "format": "date-time"},
    "uuid": {"type": "string", "format": "uuid"},
    "text[]": {"type": "array", "items": {"type": "string"}},
    "smallint": _INTEGER,
    "integer": _INTEGER,
    "bigint": _INTEGER,
    "json": {},
    "jsonb": {},
}
_DESCRIPTION = """\
What has changed of the records of an organization, as it is sent to a webhook endpoint: a POST request by Standard
Webhooks, signed, in the order of the events of each record, until it is answered with 2xx. `data` is the event as
`GET /api/events` has it."""


def document(openapi: Mapping[str, Any], tables: Sequence[LoggedTable]) -> dict[str, Any]:
    """Of the API whose document this is, and of the tables whose changes are events."""
    converted = openapi_31.converted(openapi)["components"]["schemas"]
    types = {type: (table, change) for table in tables for type, change in zip(table.types, table.changes, strict=True)}
    return {
        "asyncapi": VERSION,
        "info": {
            "title": "Pharus events",
            "version": openapi["info"]["version"],
            "description": _DESCRIPTION,
            "license": openapi["info"]["license"],
        },
        "defaultContentType": "application/json",
        "channels": {
            _CHANNEL: {
                "address": None,
                "title": "Webhooks",
                "description": "The URL of an endpoint, as createWebhookEndpoint was given it.",
                "messages": {type: {"$ref": _MESSAGES + type} for type in types},
            }
        },
        "operations": {
            "deliverEvents": {
                "action": "send",
                "channel": {"$ref": f"#/channels/{_CHANNEL}"},
                "summary": "An endpoint gets the events whose types it has.",
            }
        },
        "components": {
            "messages": {type: _message(type, table, change) for type, (table, change) in types.items()},
            "schemas": {
                **{name: converted[name] for name in _reached("Event", converted)},
                "Headers": _HEADERS,
                **{table.name: _record(table) for table in tables},
            },
        },
    }


_HEADERS = {
    "type": "object",
    "required": ["webhook-id", "webhook-timestamp", "webhook-signature"],
    "properties": {
        "webhook-id": {"type": "string", "description": "The id of the event: the same each time that it is sent."},
        "webhook-timestamp": {"type": "string", "description": "When it was sent, in seconds since 1970."},
        "webhook-signature": {
            "type": "string",
            "description": "`v1,` and the signature; of several, with spaces between them, one is by the secret known.",
        },
    },
}


def _message(type: str, table: LoggedTable, change: str) -> dict[str, Any]:
    record = {"$ref": _SCHEMAS + table.name}
    whole = {
        "allOf": [record, {"required": [camel(column.name) for column in table.columns if not column.is_nullable]}]
    }
    before = {"type": "null"} if change == "created" else whole if change == "deleted" else record
    after = {"type": "null"} if change == "deleted" else whole if change == "created" else record
    return {
        "name": type,
        "title": type,
        "summary": _summary(table.name.replace("_", " "), change),
        "contentType": "application/json",
        "headers": {"$ref": f"{_SCHEMAS}Headers"},
        "payload": {
            "type": "object",
            "required": ["type", "timestamp", "data"],
            "properties": {
                "type": {"const": type},
                "timestamp": {"type": "string", "format": "date-time"},
                "data": {
                    "allOf": [
                        {"$ref": f"{_SCHEMAS}Event"},
                        {"properties": {"type": {"const": type}, "before": before, "after": after}},
                    ]
                },
            },
        },
    }


def _summary(name: str, change: str) -> str:
    article = "An" if name[0] in "aeiou" else "A"
    if change in ("created", "updated", "deleted"):
        return f"{article} {name} was {change}."
    return f"{article} {name} has entered the status {change.replace('_', ' ')}."


def _record(table: LoggedTable) -> dict[str, Any]:
    """What events show of a record: of a change those keys alone that have changed."""
    return {
        "type": "object",
        "description": f"Of a {table.name.replace('_', ' ')}. A key without a value may be missing.",
        "properties": {camel(column.name): _value(column) for column in table.columns}
        | ({"lots": _LOTS} if table.name in LEDGER_ENTRIES else {}),
    }


# What an entry of a ledger did to the lots of an item that is told apart by them.
_LOTS = {
    "type": "array",
    "description": "What it did to each of the lots, where the item is told apart by them.",
    "items": {
        "type": "object",
        "required": ["lotId", "onHand", "inTransit"],
        "properties": {
            "lotId": {"type": "string", "format": "uuid"},
            "onHand": {"type": "string"},
            "inTransit": {"type": "string"},
        },
    },
}


def _value(column: Column) -> dict[str, Any]:
    schema = dict(_TYPES.get(column.type, {"type": "string"}))
    if column.is_nullable and "type" in schema:
        schema["type"] = [schema["type"], "null"]
    return schema


def _reached(name: str, schemas: Mapping[str, Any]) -> Iterable[str]:
    """The schema, and those that it refers to."""
    found, left = [], [name]
    while left:
        each = left.pop()
        if each not in found:
            found.append(each)
            left += [reference.removeprefix(_SCHEMAS) for reference in _references(schemas[each])]
    return found


def _references(node: Any) -> Iterable[str]:
    if isinstance(node, list):
        for each in node:
            yield from _references(each)
    elif isinstance(node, dict):
        if "$ref" in node:
            yield node["$ref"]
        for each in node.values():
            yield from _references(each)
