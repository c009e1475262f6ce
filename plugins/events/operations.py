"""The operations of the event log."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypedDict, Unpack, cast

from pharus.cursors import read_cursor, write_cursor
from pharus.db import current
from pharus.errors import Gone, Invalid, Problem
from pharus.files import Streamed
from pharus.identity import Role
from pharus.listing import DEFAULT_LIMIT
from pharus.long_polls import NothingYet
from pharus.shown import Shown
from plugins.events import export, reading, schemas
from plugins.events.reading import BEGINNING, Position
from plugins.events.records import shown
from plugins.events.search import Filter

_CURSOR, _AUDIT_CURSOR = "events", "audit"
# What only admins may list they alone see in the log.
_OF_ADMINS = ("api_token", "invitation", "webhook_endpoint")


class Filters(TypedDict, total=False):
    """What the audit is asked for, as a list and as a file."""

    record_id: str | None
    types: Sequence[str] | None
    user_id: str | None
    token_id: str | None
    operation: str | None
    request_id: str | None
    since: str | None
    until: str | None


def list_events(
    after: str | None = None, types: Sequence[str] | None = None, limit: int = DEFAULT_LIMIT, wait: int = 0
) -> schemas.EventPage | NothingYet:
    position = Position(*read_cursor(_CURSOR, after, len(BEGINNING), "after")) if after else BEGINNING
    role = current().actor.role
    hidden = () if role is not None and role >= Role.admin else _OF_ADMINS
    found = reading.read(Filter(types=types, hidden=hidden), position, limit)
    if BEGINNING < position < found.kept_after:
        raise Gone("events behind this position are not kept any more; begin anew without `after`")
    reached = [position, *(event.position for event in found.events[-1:])]
    if len(found.events) < limit:
        # A page that is not full has all that there was, of whatever type.
        reached.append(found.horizon)
    page: schemas.EventPage = {
        "data": [shown(event) for event in found.events],
        "next": write_cursor(_CURSOR, max(reached)),
    }
    return NothingYet(page, max(reached), wait) if wait and not found.events else page


def list_audit_events(
    cursor: str | None = None, limit: int = DEFAULT_LIMIT, **filters: Unpack[Filters]
) -> schemas.AuditPage:
    asked = _filter(filters)
    after = Position(*read_cursor(_AUDIT_CURSOR, cursor, len(BEGINNING))) if cursor else None
    events = reading.read(asked, after, limit + 1, newest_first=True).events
    has_more = len(events) > limit
    del events[limit:]
    next_cursor = write_cursor(_AUDIT_CURSOR, events[-1].position) if has_more else None
    data = cast(list[Shown[schemas.Event]], [shown(event) for event in events])
    return {"data": data, "nextCursor": next_cursor}


def export_audit_events(file_format: str = "jsonl", **filters: Unpack[Filters]) -> Streamed:
    asked = _filter(filters)
    return export.as_csv(asked) if file_format == "csv" else export.as_json_lines(asked)


def _filter(filters: Filters) -> Filter:
    record_id = filters.get("record_id")
    return Filter(
        types=filters.get("types"),
        user_id=filters.get("user_id"),
        token_id=filters.get("token_id"),
        operation=filters.get("operation"),
        request_id=filters.get("request_id"),
        since=_moment("since", filters.get("since")),
        until=_moment("until", filters.get("until")),
        record_id=record_id,
        family=() if record_id is None else reading.family_of(record_id),
    )


def _moment(name: str, text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        return current().calendar.moment(text)
    except (ValueError, OverflowError):
        raise Invalid([Problem(f"query/{name}", "is no moment")]) from None
