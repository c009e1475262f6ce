"""The operations of the event log."""

from collections.abc import Sequence

from pharus.cursors import read_cursor, write_cursor
from pharus.db import current
from pharus.identity import Role
from pharus.listing import DEFAULT_LIMIT
from plugins.events import reading
from plugins.events.reading import BEGINNING, Event, Position
from plugins.events.schemas import Event as ShownEvent
from plugins.events.schemas import EventPage

_CURSOR = "events"
# What only admins may list they alone see in the log.
_OF_ADMINS = ("api_token", "invitation", "webhook_endpoint")


def list_events(after: str | None = None, types: Sequence[str] | None = None, limit: int = DEFAULT_LIMIT) -> EventPage:
    position = Position(*read_cursor(_CURSOR, after, len(BEGINNING), "after")) if after else BEGINNING
    role = current().actor.role
    hidden = () if role is not None and role >= Role.admin else _OF_ADMINS
    # Asked for before the events: those that come in between are read now, and not passed by the next time.
    horizon = reading.horizon()
    events = reading.read(position, limit, types, hidden=hidden)
    reached = [position, *(event.position for event in events[-1:])]
    if len(events) < limit:
        # A page that is not full has all that there was, of whatever type.
        reached.append(horizon)
    return {"data": [_shown(event) for event in events], "next": write_cursor(_CURSOR, max(reached))}


def _shown(event: Event) -> ShownEvent:
    return {
        "id": event.id,
        "type": event.type,
        "recordId": event.record_id,
        "parentType": event.parent_type,
        "parentId": event.parent_id,
        "userId": event.user_id,
        "tokenId": event.token_id,
        "requestId": event.request_id,
        "occurredAt": event.occurred_at,
        "before": event.before,
        "after": event.after,
    }
