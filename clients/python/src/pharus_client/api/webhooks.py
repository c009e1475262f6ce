"""The group of methods `webhooks`.

Generated from openapi.yaml by `make codegen`. Do not edit.
"""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Literal

from pharus_client.models.shared import DeletedId
from pharus_client.models.webhooks import (
    WebhookAttempt,
    WebhookAttemptPage,
    WebhookDelivery,
    WebhookDeliveryPage,
    WebhookEndpoint,
    WebhookEndpointCreate,
    WebhookEndpointList,
    WebhookEndpointUpdate,
    WebhookRedeliver,
    WebhookRedelivery,
    WebhookSecret,
    WebhookSecretRotate,
)
from pharus_client.pages import AsyncPages, Pages
from pharus_client.transport import Async, Request, Sync
from pharus_client.values import Version


class Webhooks:
    """`client.webhooks`: where events are sent to as they happen, and what became of each delivery."""

    def __init__(self, transport: Sync) -> None:
        self._transport = transport

    def create_webhook_endpoint(
        self,
        body: WebhookEndpointCreate,
        *,
        idempotency_key: str | None = None,
    ) -> WebhookSecret:
        """Create webhook endpoint.

        Has events sent to a URL from now on, by Standard Webhooks: as POST requests with the headers `webhook-id`,
        `webhook-timestamp` and `webhook-signature`, in the order of the events of each record, each until it was taken
        with 2xx, which may happen twice. `eventTypes` are types of events (`sales_order.shipped`), all of a table
        (`sales_order.*`), or all there are (`*`). The secret that requests are signed with is in the answer, this once.
        Refused with 422 for a URL that leads into a private or local network, and for a type that there is not; with
        409 `conflict` when the organization has as many endpoints as the server allows (`details.limit`).

        The least role is admin.
        """
        request = Request("POST", "/api/webhook-endpoints", body=body, takes_key=True, idempotency_key=idempotency_key)
        return self._transport.send(request, WebhookSecret)

    def list_webhook_endpoints(self) -> WebhookEndpointList:
        """List webhook endpoints (bounded; no pagination).

        All endpoints of the organization, in the order in which they were made. Secrets are never shown again.

        The least role is admin.
        """
        request = Request("GET", "/api/webhook-endpoints")
        return self._transport.send(request, WebhookEndpointList)

    def update_webhook_endpoint(
        self,
        id: str,
        body: WebhookEndpointUpdate,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> WebhookEndpoint:
        """Update webhook endpoint.

        Changes the keys that are sent and leaves the others. `isActive: false` stops sending; `true` goes on where it
        stopped, also after the server has paused the endpoint, and tries at once. Refused with 404 when there is no
        such endpoint, and with 422 as createWebhookEndpoint is.

        The least role is admin.
        """
        request = Request(
            "PATCH",
            "/api/webhook-endpoints/{id}",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return self._transport.send(request, WebhookEndpoint)

    def delete_webhook_endpoint(
        self,
        id: str,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> DeletedId:
        """Delete webhook endpoint.

        Deletes the endpoint and what was noted of its deliveries; nothing more is sent there. Refused with 404 when
        there is no such endpoint.

        The least role is admin.
        """
        request = Request(
            "DELETE",
            "/api/webhook-endpoints/{id}",
            {"id": id},
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return self._transport.send(request, DeletedId)

    def get_webhook_endpoint(self, id: str, *, if_none_match: WebhookEndpoint | None = None) -> WebhookEndpoint:
        """Get webhook endpoint.

        One endpoint, without its secret. Refused with 404 when there is no such endpoint.

        The least role is admin.
        """
        request = Request("GET", "/api/webhook-endpoints/{id}", {"id": id}, if_none_match=if_none_match)
        return self._transport.send(request, WebhookEndpoint)

    def rotate_webhook_secret(
        self,
        id: str,
        body: WebhookSecretRotate,
        *,
        idempotency_key: str | None = None,
    ) -> WebhookSecret:
        """Rotate webhook secret.

        Gives the endpoint a new secret, which is in the answer, this once. Until `previousSecretEndsAt` requests are
        signed with the one before as well, so that a receiver that knows either of them can verify; `0` hours end it at
        once. Refused with 404 when there is no such endpoint.

        The least role is admin.
        """
        request = Request(
            "POST",
            "/api/webhook-endpoints/{id}/rotate-secret",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return self._transport.send(request, WebhookSecret)

    def test_webhook_endpoint(self, id: str, *, idempotency_key: str | None = None) -> WebhookDelivery:
        """Send test event.

        Sends an event of the type `webhook_endpoint.test`, whatever types the endpoint has, and tries at once what
        waits for its time. What became of it is in listWebhookAttempts, by its `eventId`. Refused with 404 when there
        is no such endpoint, and with 409 `conflict` when it is not active.

        The least role is admin.
        """
        request = Request(
            "POST",
            "/api/webhook-endpoints/{id}/test",
            {"id": id},
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return self._transport.send(request, WebhookDelivery)

    def list_webhook_attempts(
        self,
        id: str,
        *,
        event_id: str | None = None,
        is_delivered: bool | None = None,
        limit: int | None = None,
    ) -> Pages[WebhookAttemptPage, WebhookAttempt]:
        """List webhook attempts.

        The requests that were sent to the endpoint, the newest first, in pages: what was answered, how the answer began
        and how long it took. `eventId` narrows them to those of one event, `isDelivered` to those that were taken, or
        were not. They are kept for as long as the server says (30 days, unless it says otherwise). Refused with 404
        when there is no such endpoint.

        The least role is admin.
        """

        def fetch(cursor: str | None) -> WebhookAttemptPage:
            request = Request(
                "GET",
                "/api/webhook-endpoints/{id}/attempts",
                {"id": id},
                query={"eventId": event_id, "isDelivered": is_delivered, "limit": limit, "cursor": cursor},
            )
            return self._transport.send(request, WebhookAttemptPage)

        return Pages(fetch)

    def list_webhook_deliveries(
        self,
        id: str,
        *,
        state: Literal["waiting", "givenUp"] | None = None,
        limit: int | None = None,
    ) -> Pages[WebhookDeliveryPage, WebhookDelivery]:
        """List events that were not delivered.

        The events that the endpoint has not taken yet, in pages, in the order in which that was noted. Those with a
        `gaveUpAt` were given up, three days after the first attempt; the others are tried again at `dueAt`, or wait for
        one before them of the same record (`dueAt` null). `state` narrows them to either. What was taken is in no such
        list, nor is what comes behind it while the endpoint is down. Refused with 404 when there is no such endpoint.

        The least role is admin.
        """

        def fetch(cursor: str | None) -> WebhookDeliveryPage:
            request = Request(
                "GET",
                "/api/webhook-endpoints/{id}/deliveries",
                {"id": id},
                query={"state": state, "limit": limit, "cursor": cursor},
            )
            return self._transport.send(request, WebhookDeliveryPage)

        return Pages(fetch)

    def redeliver_webhook_events(
        self,
        id: str,
        body: WebhookRedeliver,
        *,
        idempotency_key: str | None = None,
    ) -> WebhookRedelivery:
        """Redeliver events.

        Sends events once more, under the same `webhook-id`, in their order and before newer ones, as far as the
        endpoint has their types: from `firstEventId`, or from what is behind `after` (a `next` of listEvents, empty for
        the beginning of the log), to `lastEventId`, or to what there is now. The same event twice is one event. The ids
        are those of events that were sent to an endpoint of the organization, as listWebhookAttempts and
        listWebhookDeliveries have them. Refused with 404 when there is no such endpoint or event.

        The least role is admin.
        """
        request = Request(
            "POST",
            "/api/webhook-endpoints/{id}/redeliver",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return self._transport.send(request, WebhookRedelivery)


class AsyncWebhooks:
    """The same for `AsyncClient`."""

    def __init__(self, transport: Async) -> None:
        self._transport = transport

    async def create_webhook_endpoint(
        self,
        body: WebhookEndpointCreate,
        *,
        idempotency_key: str | None = None,
    ) -> WebhookSecret:
        """Create webhook endpoint.

        Has events sent to a URL from now on, by Standard Webhooks: as POST requests with the headers `webhook-id`,
        `webhook-timestamp` and `webhook-signature`, in the order of the events of each record, each until it was taken
        with 2xx, which may happen twice. `eventTypes` are types of events (`sales_order.shipped`), all of a table
        (`sales_order.*`), or all there are (`*`). The secret that requests are signed with is in the answer, this once.
        Refused with 422 for a URL that leads into a private or local network, and for a type that there is not; with
        409 `conflict` when the organization has as many endpoints as the server allows (`details.limit`).

        The least role is admin.
        """
        request = Request("POST", "/api/webhook-endpoints", body=body, takes_key=True, idempotency_key=idempotency_key)
        return await self._transport.send(request, WebhookSecret)

    async def list_webhook_endpoints(self) -> WebhookEndpointList:
        """List webhook endpoints (bounded; no pagination).

        All endpoints of the organization, in the order in which they were made. Secrets are never shown again.

        The least role is admin.
        """
        request = Request("GET", "/api/webhook-endpoints")
        return await self._transport.send(request, WebhookEndpointList)

    async def update_webhook_endpoint(
        self,
        id: str,
        body: WebhookEndpointUpdate,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> WebhookEndpoint:
        """Update webhook endpoint.

        Changes the keys that are sent and leaves the others. `isActive: false` stops sending; `true` goes on where it
        stopped, also after the server has paused the endpoint, and tries at once. Refused with 404 when there is no
        such endpoint, and with 422 as createWebhookEndpoint is.

        The least role is admin.
        """
        request = Request(
            "PATCH",
            "/api/webhook-endpoints/{id}",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return await self._transport.send(request, WebhookEndpoint)

    async def delete_webhook_endpoint(
        self,
        id: str,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> DeletedId:
        """Delete webhook endpoint.

        Deletes the endpoint and what was noted of its deliveries; nothing more is sent there. Refused with 404 when
        there is no such endpoint.

        The least role is admin.
        """
        request = Request(
            "DELETE",
            "/api/webhook-endpoints/{id}",
            {"id": id},
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return await self._transport.send(request, DeletedId)

    async def get_webhook_endpoint(self, id: str, *, if_none_match: WebhookEndpoint | None = None) -> WebhookEndpoint:
        """Get webhook endpoint.

        One endpoint, without its secret. Refused with 404 when there is no such endpoint.

        The least role is admin.
        """
        request = Request("GET", "/api/webhook-endpoints/{id}", {"id": id}, if_none_match=if_none_match)
        return await self._transport.send(request, WebhookEndpoint)

    async def rotate_webhook_secret(
        self,
        id: str,
        body: WebhookSecretRotate,
        *,
        idempotency_key: str | None = None,
    ) -> WebhookSecret:
        """Rotate webhook secret.

        Gives the endpoint a new secret, which is in the answer, this once. Until `previousSecretEndsAt` requests are
        signed with the one before as well, so that a receiver that knows either of them can verify; `0` hours end it at
        once. Refused with 404 when there is no such endpoint.

        The least role is admin.
        """
        request = Request(
            "POST",
            "/api/webhook-endpoints/{id}/rotate-secret",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return await self._transport.send(request, WebhookSecret)

    async def test_webhook_endpoint(self, id: str, *, idempotency_key: str | None = None) -> WebhookDelivery:
        """Send test event.

        Sends an event of the type `webhook_endpoint.test`, whatever types the endpoint has, and tries at once what
        waits for its time. What became of it is in listWebhookAttempts, by its `eventId`. Refused with 404 when there
        is no such endpoint, and with 409 `conflict` when it is not active.

        The least role is admin.
        """
        request = Request(
            "POST",
            "/api/webhook-endpoints/{id}/test",
            {"id": id},
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return await self._transport.send(request, WebhookDelivery)

    def list_webhook_attempts(
        self,
        id: str,
        *,
        event_id: str | None = None,
        is_delivered: bool | None = None,
        limit: int | None = None,
    ) -> AsyncPages[WebhookAttemptPage, WebhookAttempt]:
        """List webhook attempts.

        The requests that were sent to the endpoint, the newest first, in pages: what was answered, how the answer began
        and how long it took. `eventId` narrows them to those of one event, `isDelivered` to those that were taken, or
        were not. They are kept for as long as the server says (30 days, unless it says otherwise). Refused with 404
        when there is no such endpoint.

        The least role is admin.
        """

        def fetch(cursor: str | None) -> Awaitable[WebhookAttemptPage]:
            request = Request(
                "GET",
                "/api/webhook-endpoints/{id}/attempts",
                {"id": id},
                query={"eventId": event_id, "isDelivered": is_delivered, "limit": limit, "cursor": cursor},
            )
            return self._transport.send(request, WebhookAttemptPage)

        return AsyncPages(fetch)

    def list_webhook_deliveries(
        self,
        id: str,
        *,
        state: Literal["waiting", "givenUp"] | None = None,
        limit: int | None = None,
    ) -> AsyncPages[WebhookDeliveryPage, WebhookDelivery]:
        """List events that were not delivered.

        The events that the endpoint has not taken yet, in pages, in the order in which that was noted. Those with a
        `gaveUpAt` were given up, three days after the first attempt; the others are tried again at `dueAt`, or wait for
        one before them of the same record (`dueAt` null). `state` narrows them to either. What was taken is in no such
        list, nor is what comes behind it while the endpoint is down. Refused with 404 when there is no such endpoint.

        The least role is admin.
        """

        def fetch(cursor: str | None) -> Awaitable[WebhookDeliveryPage]:
            request = Request(
                "GET",
                "/api/webhook-endpoints/{id}/deliveries",
                {"id": id},
                query={"state": state, "limit": limit, "cursor": cursor},
            )
            return self._transport.send(request, WebhookDeliveryPage)

        return AsyncPages(fetch)

    async def redeliver_webhook_events(
        self,
        id: str,
        body: WebhookRedeliver,
        *,
        idempotency_key: str | None = None,
    ) -> WebhookRedelivery:
        """Redeliver events.

        Sends events once more, under the same `webhook-id`, in their order and before newer ones, as far as the
        endpoint has their types: from `firstEventId`, or from what is behind `after` (a `next` of listEvents, empty for
        the beginning of the log), to `lastEventId`, or to what there is now. The same event twice is one event. The ids
        are those of events that were sent to an endpoint of the organization, as listWebhookAttempts and
        listWebhookDeliveries have them. Refused with 404 when there is no such endpoint or event.

        The least role is admin.
        """
        request = Request(
            "POST",
            "/api/webhook-endpoints/{id}/redeliver",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return await self._transport.send(request, WebhookRedelivery)
