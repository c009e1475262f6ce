"""The shapes of webhooks.

Generated from openapi.yaml by `make codegen`. Do not edit.
"""

from __future__ import annotations

import datetime
from typing import NotRequired, TypedDict


class WebhookEndpoint(TypedDict):
    """Where events are sent to, without the secret that requests are signed with."""

    id: str
    orgId: str
    url: str
    description: str | None
    eventTypes: list[str]
    isActive: bool
    pausedAt: datetime.datetime | None
    previousSecretEndsAt: datetime.datetime | None
    createdAt: datetime.datetime
    updatedAt: datetime.datetime


class WebhookEndpointCreate(TypedDict):
    url: str
    description: NotRequired[str | None]
    eventTypes: list[str]


class WebhookEndpointUpdate(TypedDict):
    """Only the keys that are sent change; null clears a value."""

    url: NotRequired[str]
    description: NotRequired[str | None]
    eventTypes: NotRequired[list[str]]
    isActive: NotRequired[bool]


class WebhookEndpointList(TypedDict):
    data: list[WebhookEndpoint]


class WebhookSecret(TypedDict):
    endpoint: WebhookEndpoint
    secret: str


class WebhookSecretRotate(TypedDict):
    previousValidHours: NotRequired[int]


class WebhookDelivery(TypedDict):
    """An event that an endpoint has not taken yet."""

    id: str
    endpointId: str
    eventId: str
    eventType: str
    recordId: str
    attempts: int
    statusCode: int | None
    error: str | None
    dueAt: datetime.datetime | None
    gaveUpAt: datetime.datetime | None
    createdAt: datetime.datetime


class WebhookDeliveryPage(TypedDict):
    data: list[WebhookDelivery]
    nextCursor: str | None


class WebhookAttempt(TypedDict):
    """A request that was sent to an endpoint."""

    id: str
    endpointId: str
    eventId: str
    eventType: str
    recordId: str
    attempt: int
    isDelivered: bool
    statusCode: int | None
    error: str | None
    response: str | None
    durationMs: int
    createdAt: datetime.datetime


class WebhookAttemptPage(TypedDict):
    data: list[WebhookAttempt]
    nextCursor: str | None


class WebhookRedeliver(TypedDict):
    firstEventId: NotRequired[str]
    after: NotRequired[str]
    lastEventId: NotRequired[str]


class WebhookRedelivery(TypedDict):
    """A part of the log that is sent once more."""

    id: str
    endpointId: str
    createdAt: datetime.datetime
