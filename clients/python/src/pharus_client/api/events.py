"""The group of methods `events`.

Generated from openapi.yaml by `make codegen`. Do not edit.
"""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from typing import Literal

from pharus_client.feed import AsyncFeed, Feed
from pharus_client.models.events import AuditPage, Event, EventPage
from pharus_client.pages import AsyncPages, Pages
from pharus_client.transport import Async, Request, Sync
from pharus_client.values import Moment


class Events:
    """`client.events`: what has changed, by whom, in an order that hides nothing."""

    def __init__(self, transport: Sync) -> None:
        self._transport = transport

    def list_events(
        self,
        *,
        after: str | None = None,
        types: Sequence[str] | None = None,
        limit: int | None = None,
    ) -> Feed[EventPage, Event]:
        """List events.

        What has changed of the organization's records, whatever way it went: requests, imports, what follows from
        others, commands. The oldest is first, one event for each record that a transaction has changed, with what of it
        is another than before. `next` is where the log goes on: keep it, and send it as `after` the next time, also
        when the page is empty. No event appears before one that was read: those of a transaction that is still under
        way, and of all that began after it, wait until it has ended. Deleted records are in it. Who is no admin sees
        nothing of invitations and API tokens. A log can be read again at any time, from its beginning or from where it
        is kept (`eventRetentionDays`).

        The least role is viewer.
        """

        def fetch(after: str | None, wait: int) -> EventPage:
            request = Request(
                "GET",
                "/api/events",
                query={"after": after, "types": types, "limit": limit, "wait": wait},
            )
            return self._transport.send(request, EventPage)

        return Feed(fetch, after)

    def list_audit_events(
        self,
        *,
        record_id: str | None = None,
        types: Sequence[str] | None = None,
        user_id: str | None = None,
        token_id: str | None = None,
        operation: str | None = None,
        request_id: str | None = None,
        since: Moment | None = None,
        until: Moment | None = None,
        limit: int | None = None,
    ) -> Pages[AuditPage, Event]:
        """List audit events.

        Who has changed what, the newest first: the events of the log, by record, by user or token, by operation or
        request, by time. Filters that are given together must all hold. As in `listEvents`, an event appears once every
        transaction that began before its own has ended.

        The least role is admin.
        """

        def fetch(cursor: str | None) -> AuditPage:
            request = Request(
                "GET",
                "/api/audit",
                query={
                    "recordId": record_id,
                    "types": types,
                    "userId": user_id,
                    "tokenId": token_id,
                    "operation": operation,
                    "requestId": request_id,
                    "since": since,
                    "until": until,
                    "limit": limit,
                    "cursor": cursor,
                },
            )
            return self._transport.send(request, AuditPage)

        return Pages(fetch)

    def export_audit_events(
        self,
        *,
        record_id: str | None = None,
        types: Sequence[str] | None = None,
        user_id: str | None = None,
        token_id: str | None = None,
        operation: str | None = None,
        request_id: str | None = None,
        since: Moment | None = None,
        until: Moment | None = None,
        file_format: Literal["jsonl", "csv"] | None = None,
    ) -> bytes:
        """Export audit events.

        The same events as `listAuditEvents`, all of them in one file, the newest first, one a line. It is sent as it is
        made, so that it may be of any length; one that does not end properly was cut.

        The least role is admin.
        """
        request = Request(
            "GET",
            "/api/audit/export",
            query={
                "recordId": record_id,
                "types": types,
                "userId": user_id,
                "tokenId": token_id,
                "operation": operation,
                "requestId": request_id,
                "since": since,
                "until": until,
                "fileFormat": file_format,
            },
        )
        return self._transport.send(request, bytes)


class AsyncEvents:
    """The same for `AsyncClient`."""

    def __init__(self, transport: Async) -> None:
        self._transport = transport

    def list_events(
        self,
        *,
        after: str | None = None,
        types: Sequence[str] | None = None,
        limit: int | None = None,
    ) -> AsyncFeed[EventPage, Event]:
        """List events.

        What has changed of the organization's records, whatever way it went: requests, imports, what follows from
        others, commands. The oldest is first, one event for each record that a transaction has changed, with what of it
        is another than before. `next` is where the log goes on: keep it, and send it as `after` the next time, also
        when the page is empty. No event appears before one that was read: those of a transaction that is still under
        way, and of all that began after it, wait until it has ended. Deleted records are in it. Who is no admin sees
        nothing of invitations and API tokens. A log can be read again at any time, from its beginning or from where it
        is kept (`eventRetentionDays`).

        The least role is viewer.
        """

        def fetch(after: str | None, wait: int) -> Awaitable[EventPage]:
            request = Request(
                "GET",
                "/api/events",
                query={"after": after, "types": types, "limit": limit, "wait": wait},
            )
            return self._transport.send(request, EventPage)

        return AsyncFeed(fetch, after)

    def list_audit_events(
        self,
        *,
        record_id: str | None = None,
        types: Sequence[str] | None = None,
        user_id: str | None = None,
        token_id: str | None = None,
        operation: str | None = None,
        request_id: str | None = None,
        since: Moment | None = None,
        until: Moment | None = None,
        limit: int | None = None,
    ) -> AsyncPages[AuditPage, Event]:
        """List audit events.

        Who has changed what, the newest first: the events of the log, by record, by user or token, by operation or
        request, by time. Filters that are given together must all hold. As in `listEvents`, an event appears once every
        transaction that began before its own has ended.

        The least role is admin.
        """

        def fetch(cursor: str | None) -> Awaitable[AuditPage]:
            request = Request(
                "GET",
                "/api/audit",
                query={
                    "recordId": record_id,
                    "types": types,
                    "userId": user_id,
                    "tokenId": token_id,
                    "operation": operation,
                    "requestId": request_id,
                    "since": since,
                    "until": until,
                    "limit": limit,
                    "cursor": cursor,
                },
            )
            return self._transport.send(request, AuditPage)

        return AsyncPages(fetch)

    async def export_audit_events(
        self,
        *,
        record_id: str | None = None,
        types: Sequence[str] | None = None,
        user_id: str | None = None,
        token_id: str | None = None,
        operation: str | None = None,
        request_id: str | None = None,
        since: Moment | None = None,
        until: Moment | None = None,
        file_format: Literal["jsonl", "csv"] | None = None,
    ) -> bytes:
        """Export audit events.

        The same events as `listAuditEvents`, all of them in one file, the newest first, one a line. It is sent as it is
        made, so that it may be of any length; one that does not end properly was cut.

        The least role is admin.
        """
        request = Request(
            "GET",
            "/api/audit/export",
            query={
                "recordId": record_id,
                "types": types,
                "userId": user_id,
                "tokenId": token_id,
                "operation": operation,
                "requestId": request_id,
                "since": since,
                "until": until,
                "fileFormat": file_format,
            },
        )
        return await self._transport.send(request, bytes)
