"""The audit as a file: one event a line, as JSON or as CSV, however many there are."""

import csv
import io
from collections.abc import Callable, Sequence
from typing import Any

import orjson

from pharus.files import Streamed
from pharus.openapi import CSV
from plugins.events import reading
from plugins.events.reading import Event, Position
from plugins.events.records import shown
from plugins.events.search import Filter

# Of one part, which is all that is held at a time.
_EVENTS = 500

_COLUMNS = (
    *("id", "occurredAt", "type", "recordId", "parentType", "parentId", "userId", "tokenId", "operation", "requestId"),
    *("before", "after", "agent"),
)
# A spreadsheet takes what begins so for a formula. A request id is its caller's own.
_FORMULA = ("=", "+", "-", "@")


def as_json_lines(asked: Filter) -> Streamed:
    return Streamed("audit.jsonl", "application/x-ndjson", _parts(asked, _json_lines))


def as_csv(asked: Filter) -> Streamed:
    return Streamed("audit.csv", CSV, _parts(asked, _csv_lines))


def _parts(asked: Filter, written: Callable[[Sequence[Event], bool], bytes]) -> Callable[[Any], tuple[bytes, Any]]:
    def part(after: Position | None) -> tuple[bytes, Position | None]:
        events = reading.read(asked, after, _EVENTS, newest_first=True).events
        behind = events[-1].position if len(events) == _EVENTS else None
        return written(events, after is None), behind

    return part


def _json_lines(events: Sequence[Event], is_first: bool) -> bytes:
    return b"".join(orjson.dumps(shown(event), option=orjson.OPT_UTC_Z | orjson.OPT_APPEND_NEWLINE) for event in events)


def _csv_lines(events: Sequence[Event], is_first: bool) -> bytes:
    """RFC 4180, with a head; `before` and `after` are JSON."""
    text = io.StringIO()
    writer = csv.writer(text)
    if is_first:
        writer.writerow(_COLUMNS)
    for event in events:
        row: dict[str, Any] = dict(shown(event))
        row["occurredAt"] = orjson.dumps(event.occurred_at, option=orjson.OPT_UTC_Z).decode().strip('"')
        for name in ("before", "after"):
            row[name] = None if row[name] is None else orjson.dumps(row[name]).decode()
        writer.writerow([_plain(row[name]) for name in _COLUMNS])
    return text.getvalue().encode()


def _plain(value: str | None) -> str | None:
    return f"'{value}" if value is not None and value.startswith(_FORMULA) else value
