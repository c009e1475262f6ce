"""The group of methods `locations`.

Generated from openapi.yaml by `make codegen`. Do not edit.
"""

from __future__ import annotations

from typing import Literal

from pharus_client.models.locations import (
    Location,
    LocationBulkImport,
    LocationCreate,
    LocationInUse,
    LocationList,
    LocationUpdate,
)
from pharus_client.models.shared import BulkImportResult, DeletedId
from pharus_client.transport import Async, Request, Sync


class Locations:
    """`client.locations`: the places where goods are kept, received, made and shipped from."""

    def __init__(self, transport: Sync) -> None:
        self._transport = transport

    def create_location(self, body: LocationCreate, *, idempotency_key: str | None = None) -> Location:
        """Create location.

        Adds a location to the organization, active and last in the order (`sortOrder` is the highest so far plus one).
        Refused with 409 `conflict` when another location has the same name, whatever the letter case.

        The least role is admin.
        """
        request = Request("POST", "/api/locations", body=body, takes_key=True, idempotency_key=idempotency_key)
        return self._transport.send(request, Location)

    def list_locations(self) -> LocationList:
        """List locations (bounded; no pagination).

        All locations of the organization, active and deactivated, by `sortOrder`. The list is bounded and comes whole,
        without pages.

        The least role is viewer.
        """
        request = Request("GET", "/api/locations")
        return self._transport.send(request, LocationList)

    def bulk_import_locations(
        self,
        body: LocationBulkImport,
        *,
        mode: Literal["atomic", "partial"] | None = None,
        dry_run: bool | None = None,
        idempotency_key: str | None = None,
    ) -> BulkImportResult:
        """Bulk-import locations.

        Stores up to 5,000 locations at once. Every row is a location as createLocation takes it; they come last in the
        order, one behind the other.

        A row that breaks the schema is a bad row like any other. In `mode=atomic` all rows are stored in one
        transaction or none is: a bad row, such as one whose name another location or an earlier row has, makes it 422,
        with `details` naming every bad row by its index. In `mode=partial` each row is stored or refused on its own,
        and `results` tells which. With `dryRun=true` everything is checked and nothing is stored: `ids` is empty and
        the results carry no id.

        The least role is admin.
        """
        request = Request(
            "POST",
            "/api/locations/bulk-import",
            query={"mode": mode, "dryRun": dry_run},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return self._transport.send(request, BulkImportResult)

    def update_location(self, id: str, body: LocationUpdate, *, idempotency_key: str | None = None) -> Location:
        """Update location.

        Changes the keys that are sent and leaves the others. Moving a location to a `sortOrder` that is taken shifts
        the others in the same transaction. `isActive: false` hides the location from new work; existing orders keep it,
        and naming it in a new order, or as the destination of a transfer, is 409. What it still holds is in the answer,
        `stillHolds`, and can be emptied. Refused with 404 when there is no such location, and with 409 `conflict` when
        another location has the new name, whatever the letter case.

        The least role is admin.
        """
        request = Request(
            "PATCH",
            "/api/locations/{id}",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return self._transport.send(request, Location)

    def delete_location(self, id: str, *, idempotency_key: str | None = None) -> DeletedId:
        """Delete location (gated by in-use check).

        Deletes a location nothing refers to. Refused with 404 when there is no such location, and with 409 `in_use`
        while a purchase order, work order, production order, sales order or ledger row (also as a transfer's
        destination) refers to it; `details.references` then has the counts by kind. Deactivate such a location instead.

        The least role is admin.
        """
        request = Request("DELETE", "/api/locations/{id}", {"id": id}, takes_key=True, idempotency_key=idempotency_key)
        return self._transport.send(request, DeletedId)

    def check_location_in_use(self, id: str) -> LocationInUse:
        """Check if location is referenced anywhere.

        Counts what refers to a location, and so tells whether deleteLocation would refuse. Rows of both ledgers count,
        also where the location is a transfer's destination. Refused with 404 when there is no such location.

        The least role is viewer.
        """
        request = Request("GET", "/api/locations/{id}/in-use", {"id": id})
        return self._transport.send(request, LocationInUse)


class AsyncLocations:
    """The same for `AsyncClient`."""

    def __init__(self, transport: Async) -> None:
        self._transport = transport

    async def create_location(self, body: LocationCreate, *, idempotency_key: str | None = None) -> Location:
        """Create location.

        Adds a location to the organization, active and last in the order (`sortOrder` is the highest so far plus one).
        Refused with 409 `conflict` when another location has the same name, whatever the letter case.

        The least role is admin.
        """
        request = Request("POST", "/api/locations", body=body, takes_key=True, idempotency_key=idempotency_key)
        return await self._transport.send(request, Location)

    async def list_locations(self) -> LocationList:
        """List locations (bounded; no pagination).

        All locations of the organization, active and deactivated, by `sortOrder`. The list is bounded and comes whole,
        without pages.

        The least role is viewer.
        """
        request = Request("GET", "/api/locations")
        return await self._transport.send(request, LocationList)

    async def bulk_import_locations(
        self,
        body: LocationBulkImport,
        *,
        mode: Literal["atomic", "partial"] | None = None,
        dry_run: bool | None = None,
        idempotency_key: str | None = None,
    ) -> BulkImportResult:
        """Bulk-import locations.

        Stores up to 5,000 locations at once. Every row is a location as createLocation takes it; they come last in the
        order, one behind the other.

        A row that breaks the schema is a bad row like any other. In `mode=atomic` all rows are stored in one
        transaction or none is: a bad row, such as one whose name another location or an earlier row has, makes it 422,
        with `details` naming every bad row by its index. In `mode=partial` each row is stored or refused on its own,
        and `results` tells which. With `dryRun=true` everything is checked and nothing is stored: `ids` is empty and
        the results carry no id.

        The least role is admin.
        """
        request = Request(
            "POST",
            "/api/locations/bulk-import",
            query={"mode": mode, "dryRun": dry_run},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return await self._transport.send(request, BulkImportResult)

    async def update_location(self, id: str, body: LocationUpdate, *, idempotency_key: str | None = None) -> Location:
        """Update location.

        Changes the keys that are sent and leaves the others. Moving a location to a `sortOrder` that is taken shifts
        the others in the same transaction. `isActive: false` hides the location from new work; existing orders keep it,
        and naming it in a new order, or as the destination of a transfer, is 409. What it still holds is in the answer,
        `stillHolds`, and can be emptied. Refused with 404 when there is no such location, and with 409 `conflict` when
        another location has the new name, whatever the letter case.

        The least role is admin.
        """
        request = Request(
            "PATCH",
            "/api/locations/{id}",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return await self._transport.send(request, Location)

    async def delete_location(self, id: str, *, idempotency_key: str | None = None) -> DeletedId:
        """Delete location (gated by in-use check).

        Deletes a location nothing refers to. Refused with 404 when there is no such location, and with 409 `in_use`
        while a purchase order, work order, production order, sales order or ledger row (also as a transfer's
        destination) refers to it; `details.references` then has the counts by kind. Deactivate such a location instead.

        The least role is admin.
        """
        request = Request("DELETE", "/api/locations/{id}", {"id": id}, takes_key=True, idempotency_key=idempotency_key)
        return await self._transport.send(request, DeletedId)

    async def check_location_in_use(self, id: str) -> LocationInUse:
        """Check if location is referenced anywhere.

        Counts what refers to a location, and so tells whether deleteLocation would refuse. Rows of both ledgers count,
        also where the location is a transfer's destination. Refused with 404 when there is no such location.

        The least role is viewer.
        """
        request = Request("GET", "/api/locations/{id}/in-use", {"id": id})
        return await self._transport.send(request, LocationInUse)
