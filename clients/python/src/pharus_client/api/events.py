"""The group of methods `events`.

Generated from openapi.yaml by `make codegen`. Do not edit.
"""

from __future__ import annotations

from collections.abc import Sequence

from pharus_client.models.events import EventPage
from pharus_client.transport import Async, Request, Sync


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
    ) -> EventPage:
        """List events.

        What has changed of the organization's records, whatever way it went: requests, imports, what follows from
        others, commands. The oldest is first, one event for each record that a transaction has changed, with what of it
        is another than before. `next` is where the log goes on: keep it, and send it as `after` the next time, also
        when the page is empty. No event appears before one that was read: those of a transaction that is still under
        way, and of all that began after it, wait until it has ended. Deleted records are in it. Who is no admin sees
        nothing of invitations and API tokens. A log can be read from its beginning again at any time.

        The least role is viewer.
        """
        request = Request("GET", "/api/events", query={"after": after, "types": types, "limit": limit})
        return self._transport.send(request, EventPage)


class AsyncEvents:
    """The same for `AsyncClient`."""

    def __init__(self, transport: Async) -> None:
        self._transport = transport

    async def list_events(
        self,
        *,
        after: str | None = None,
        types: Sequence[str] | None = None,
        limit: int | None = None,
    ) -> EventPage:
        """List events.

        What has changed of the organization's records, whatever way it went: requests, imports, what follows from
        others, commands. The oldest is first, one event for each record that a transaction has changed, with what of it
        is another than before. `next` is where the log goes on: keep it, and send it as `after` the next time, also
        when the page is empty. No event appears before one that was read: those of a transaction that is still under
        way, and of all that began after it, wait until it has ended. Deleted records are in it. Who is no admin sees
        nothing of invitations and API tokens. A log can be read from its beginning again at any time.

        The least role is viewer.
        """
        request = Request("GET", "/api/events", query={"after": after, "types": types, "limit": limit})
        return await self._transport.send(request, EventPage)
