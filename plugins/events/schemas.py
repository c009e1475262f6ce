"""The shapes of the requests and responses of events.

Generated from openapi.yaml by `make codegen`. Do not edit.
"""

from __future__ import annotations

import datetime
from typing import TypedDict

from pharus.shown import Shown


class Event(TypedDict):
    id: str
    type: str
    recordId: str
    parentType: str | None
    parentId: str | None
    userId: str | None
    tokenId: str | None
    operation: str | None
    requestId: str | None
    occurredAt: datetime.datetime
    before: dict[str, object] | None
    after: dict[str, object] | None
    agent: str | None


class AuditPage(TypedDict):
    data: list[Shown[Event]]
    nextCursor: str | None


class EventPage(TypedDict):
    data: list[Event]
    next: str
