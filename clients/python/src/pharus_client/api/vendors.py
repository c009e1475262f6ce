"""The group of methods `vendors`.

Generated from openapi.yaml by `make codegen`. Do not edit.
"""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from typing import Literal

from pharus_client.models.shared import BulkImportResult, DeletedId
from pharus_client.models.vendors import Vendor, VendorBulkImport, VendorCreate, VendorPage, VendorUpdate
from pharus_client.pages import AsyncPages, Pages
from pharus_client.transport import Async, Request, Sync
from pharus_client.values import Moment, Version


class Vendors:
    """`client.vendors`: those materials, finished goods and assembly work are bought from."""

    def __init__(self, transport: Sync) -> None:
        self._transport = transport

    def create_vendor(self, body: VendorCreate, *, idempotency_key: str | None = None) -> Vendor:
        """Create vendor.

        Adds a vendor to the organization, active. Names need not be unique. Refused with 409 `conflict` when another
        vendor has the same `qboId`.

        The least role is member.
        """
        request = Request("POST", "/api/vendors", body=body, takes_key=True, idempotency_key=idempotency_key)
        return self._transport.send(request, Vendor)

    def list_vendors(
        self,
        *,
        is_active: bool | None = None,
        active: bool | None = None,
        q: str | None = None,
        limit: int | None = None,
        sort: Literal["name", "-name", "id", "-id", "updatedAt", "-updatedAt"] | None = None,
        ids: Sequence[str] | None = None,
        updated_since: Moment | None = None,
        count: bool | None = None,
    ) -> Pages[VendorPage, Vendor]:
        """List vendors.

        The vendors of the organization by name, in pages. `isActive` narrows the list to active or to deactivated
        vendors, `q` to those whose name contains a text. A cursor belongs to the list it came from: keep the filters
        the same from page to page.

        The least role is viewer.
        """

        def fetch(cursor: str | None) -> VendorPage:
            request = Request(
                "GET",
                "/api/vendors",
                query={
                    "isActive": is_active,
                    "active": active,
                    "q": q,
                    "limit": limit,
                    "sort": sort,
                    "ids": ids,
                    "updatedSince": updated_since,
                    "count": count,
                    "cursor": cursor,
                },
            )
            return self._transport.send(request, VendorPage)

        return Pages(fetch)

    def update_vendor(
        self,
        id: str,
        body: VendorUpdate,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> Vendor:
        """Update vendor.

        Changes the keys that are sent and leaves the others. `isActive: false` hides the vendor from new work; existing
        orders keep it, and naming it in a new order is 409. Refused with 404 when there is no such vendor, and with 409
        `conflict` when another vendor has the new `qboId`.

        The least role is member.
        """
        request = Request(
            "PATCH",
            "/api/vendors/{id}",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return self._transport.send(request, Vendor)

    def delete_vendor(self, id: str, *, if_match: Version = None, idempotency_key: str | None = None) -> DeletedId:
        """Delete vendor.

        Deletes a vendor nothing refers to; its contact links go with it, the contacts stay. Refused with 404 when there
        is no such vendor, and with 409 `in_use` while a purchase order refers to it; `details.references` then has the
        counts by kind. Deactivate such a vendor instead.

        The least role is admin.
        """
        request = Request(
            "DELETE",
            "/api/vendors/{id}",
            {"id": id},
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return self._transport.send(request, DeletedId)

    def get_vendor(self, id: str, *, if_none_match: Vendor | None = None) -> Vendor:
        """Get vendor detail.

        One vendor, active or deactivated. Refused with 404 when there is no such vendor.

        The least role is viewer.
        """
        request = Request("GET", "/api/vendors/{id}", {"id": id}, if_none_match=if_none_match)
        return self._transport.send(request, Vendor)

    def bulk_import_vendors(
        self,
        body: VendorBulkImport,
        *,
        mode: Literal["atomic", "partial"] | None = None,
        dry_run: bool | None = None,
        idempotency_key: str | None = None,
    ) -> BulkImportResult:
        """Bulk-import vendors.

        Stores up to 5,000 vendors at once. Every row is a vendor as createVendor takes it.

        A row that breaks the schema is a bad row like any other. In `mode=atomic` all rows are stored in one
        transaction or none is: a bad row, such as one whose `qboId` is taken by another vendor or by an earlier row,
        makes it 422, with `details` naming every bad row by its index. In `mode=partial` each row is stored or refused
        on its own, and `results` tells which. With `dryRun=true` everything is checked and nothing is stored: `ids` is
        empty and the results carry no id.

        The least role is admin.
        """
        request = Request(
            "POST",
            "/api/vendors/bulk-import",
            query={"mode": mode, "dryRun": dry_run},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return self._transport.send(request, BulkImportResult)


class AsyncVendors:
    """The same for `AsyncClient`."""

    def __init__(self, transport: Async) -> None:
        self._transport = transport

    async def create_vendor(self, body: VendorCreate, *, idempotency_key: str | None = None) -> Vendor:
        """Create vendor.

        Adds a vendor to the organization, active. Names need not be unique. Refused with 409 `conflict` when another
        vendor has the same `qboId`.

        The least role is member.
        """
        request = Request("POST", "/api/vendors", body=body, takes_key=True, idempotency_key=idempotency_key)
        return await self._transport.send(request, Vendor)

    def list_vendors(
        self,
        *,
        is_active: bool | None = None,
        active: bool | None = None,
        q: str | None = None,
        limit: int | None = None,
        sort: Literal["name", "-name", "id", "-id", "updatedAt", "-updatedAt"] | None = None,
        ids: Sequence[str] | None = None,
        updated_since: Moment | None = None,
        count: bool | None = None,
    ) -> AsyncPages[VendorPage, Vendor]:
        """List vendors.

        The vendors of the organization by name, in pages. `isActive` narrows the list to active or to deactivated
        vendors, `q` to those whose name contains a text. A cursor belongs to the list it came from: keep the filters
        the same from page to page.

        The least role is viewer.
        """

        def fetch(cursor: str | None) -> Awaitable[VendorPage]:
            request = Request(
                "GET",
                "/api/vendors",
                query={
                    "isActive": is_active,
                    "active": active,
                    "q": q,
                    "limit": limit,
                    "sort": sort,
                    "ids": ids,
                    "updatedSince": updated_since,
                    "count": count,
                    "cursor": cursor,
                },
            )
            return self._transport.send(request, VendorPage)

        return AsyncPages(fetch)

    async def update_vendor(
        self,
        id: str,
        body: VendorUpdate,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> Vendor:
        """Update vendor.

        Changes the keys that are sent and leaves the others. `isActive: false` hides the vendor from new work; existing
        orders keep it, and naming it in a new order is 409. Refused with 404 when there is no such vendor, and with 409
        `conflict` when another vendor has the new `qboId`.

        The least role is member.
        """
        request = Request(
            "PATCH",
            "/api/vendors/{id}",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return await self._transport.send(request, Vendor)

    async def delete_vendor(
        self,
        id: str,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> DeletedId:
        """Delete vendor.

        Deletes a vendor nothing refers to; its contact links go with it, the contacts stay. Refused with 404 when there
        is no such vendor, and with 409 `in_use` while a purchase order refers to it; `details.references` then has the
        counts by kind. Deactivate such a vendor instead.

        The least role is admin.
        """
        request = Request(
            "DELETE",
            "/api/vendors/{id}",
            {"id": id},
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return await self._transport.send(request, DeletedId)

    async def get_vendor(self, id: str, *, if_none_match: Vendor | None = None) -> Vendor:
        """Get vendor detail.

        One vendor, active or deactivated. Refused with 404 when there is no such vendor.

        The least role is viewer.
        """
        request = Request("GET", "/api/vendors/{id}", {"id": id}, if_none_match=if_none_match)
        return await self._transport.send(request, Vendor)

    async def bulk_import_vendors(
        self,
        body: VendorBulkImport,
        *,
        mode: Literal["atomic", "partial"] | None = None,
        dry_run: bool | None = None,
        idempotency_key: str | None = None,
    ) -> BulkImportResult:
        """Bulk-import vendors.

        Stores up to 5,000 vendors at once. Every row is a vendor as createVendor takes it.

        A row that breaks the schema is a bad row like any other. In `mode=atomic` all rows are stored in one
        transaction or none is: a bad row, such as one whose `qboId` is taken by another vendor or by an earlier row,
        makes it 422, with `details` naming every bad row by its index. In `mode=partial` each row is stored or refused
        on its own, and `results` tells which. With `dryRun=true` everything is checked and nothing is stored: `ids` is
        empty and the results carry no id.

        The least role is admin.
        """
        request = Request(
            "POST",
            "/api/vendors/bulk-import",
            query={"mode": mode, "dryRun": dry_run},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return await self._transport.send(request, BulkImportResult)
