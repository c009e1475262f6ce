"""The log of events as endpoints read it, and what a request says of an event."""

from collections.abc import Sequence
from typing import NamedTuple

import orjson

from plugins.events import reading
from plugins.events.reading import Event, Position
from plugins.events.records import shown
from plugins.events.search import Filter
from plugins.inventory.historic_orders import HISTORY_IMPORT
from plugins.webhooks.event_types import ALL


class Page(NamedTuple):
    """`reached` is the position that all of these events, and all of other types before them, are before."""

    events: list[Event]
    reached: Position


def read(after: Position, limit: int, types: Sequence[str]) -> Page:
    """The next events of these types, at most so many. Inside the organization. Whoever acts on new orders must not act
    on those of years ago: what an import of history has written is in the log, and not sent (docs/adr/0063)."""
    asked = Filter(types=None if ALL in types else types, except_operation=HISTORY_IMPORT)
    found = reading.read(asked, after, limit)
    events = found.events
    return Page(events, max(after, events[-1].position if len(events) == limit else found.horizon))


def payload(event: Event) -> bytes:
    """The body of the request, by Standard Webhooks; `data` is the event as the feed has it."""
    said = {"type": event.type, "timestamp": event.occurred_at, "data": shown(event)}
    return orjson.dumps(said, option=orjson.OPT_UTC_Z)
