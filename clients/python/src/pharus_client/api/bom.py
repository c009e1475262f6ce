"""The group of methods `bom`.

Generated from openapi.yaml by `make codegen`. Do not edit.
"""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from typing import Literal

from pharus_client.models.bom import (
    Bom,
    BomBulkImport,
    BomCreate,
    BomLinePage,
    BomPage,
    BomReplace,
    BomSummary,
    BomWithLines,
)
from pharus_client.models.shared import BulkImportResult, DeletedId
from pharus_client.pages import AsyncPages, Pages
from pharus_client.transport import Async, Request, Sync
from pharus_client.values import Version


class BOM:
    """`client.bom`: bills of materials, which say what one unit of a SKU takes."""

    def __init__(self, transport: Sync) -> None:
        self._transport = transport

    def create_bom(self, body: BomCreate, *, idempotency_key: str | None = None) -> Bom:
        """Create BOM.

        Gives a SKU its BOM (bill of materials): how much of which materials and other SKUs one unit of it takes, or a
        batch of `batchSize` units that are begun, of which `yieldPercent` come out; and what comes out besides. An
        order takes as much as lets its quantity come out. Wrong by itself, and so 422, are an input or a by-product
        that comes twice, a SKU that is an input or a by-product of itself, a by-product that is an input, and parts of
        the cost that are not 100 percent together. Refused with 404 when there is no such SKU or material, and with 409
        `conflict` when the SKU has a BOM already, when it, an input or a by-product is deactivated, or when the BOM
        would close a loop through sub-assemblies or by-products; `details` then has the path of SKU codes.

        The least role is member.
        """
        request = Request("POST", "/api/boms", body=body, takes_key=True, idempotency_key=idempotency_key)
        return self._transport.send(request, Bom)

    def list_boms(
        self,
        *,
        q: str | None = None,
        limit: int | None = None,
        sort: Literal["outputSkuId", "-outputSkuId"] | None = None,
        ids: Sequence[str] | None = None,
        count: bool | None = None,
        expand: Literal["names"] | None = None,
    ) -> Pages[BomPage, BomSummary]:
        """List SKUs with BOMs.

        The SKUs that have a BOM, by code, in pages, each with the number of its BOM's lines. `q` narrows the list to
        SKUs whose code or name contains a text. A cursor belongs to the list it came from: keep the filters the same
        from page to page.

        The least role is viewer.
        """

        def fetch(cursor: str | None) -> BomPage:
            request = Request(
                "GET",
                "/api/boms",
                query={
                    "q": q,
                    "limit": limit,
                    "sort": sort,
                    "ids": ids,
                    "count": count,
                    "expand": expand,
                    "cursor": cursor,
                },
            )
            return self._transport.send(request, BomPage)

        return Pages(fetch)

    def bulk_import_boms(
        self,
        body: BomBulkImport,
        *,
        mode: Literal["atomic", "partial"] | None = None,
        dry_run: bool | None = None,
        accept_deactivated: bool | None = None,
        idempotency_key: str | None = None,
    ) -> BulkImportResult:
        """Bulk-import BOMs.

        Stores up to 5,000 BOMs at once. Every row is the BOM of a SKU as createBom takes it, but for its by- products,
        which are lines, too. In a file the lines with the same output SKU are one BOM.

        A row that breaks the schema is a bad row like any other. In `mode=atomic` all rows are stored in one
        transaction or none is: a bad row, such as one whose SKU has a BOM already or that would close a loop, makes it
        422, with `details` naming every bad row by its index. In `mode=partial` each row is stored or refused on its
        own, and `results` tells which. With `dryRun=true` everything is checked and nothing is stored: `ids` is empty
        and the results carry no id.

        The least role is admin.
        """
        request = Request(
            "POST",
            "/api/boms/bulk-import",
            query={"mode": mode, "dryRun": dry_run, "acceptDeactivated": accept_deactivated},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return self._transport.send(request, BulkImportResult)

    def list_bom_lines(
        self,
        *,
        limit: int | None = None,
        expand: Literal["names"] | None = None,
    ) -> Pages[BomLinePage, BomWithLines]:
        """List BOMs with their lines.

        The BOMs by the code of the SKU that they are for, in pages, each with its lines in their order: inputs, then
        by-products. As a file it has a row for each line, and bulkImportBoms takes it.

        The least role is viewer.
        """

        def fetch(cursor: str | None) -> BomLinePage:
            request = Request("GET", "/api/bom-lines", query={"limit": limit, "expand": expand, "cursor": cursor})
            return self._transport.send(request, BomLinePage)

        return Pages(fetch)

    def replace_bom(
        self,
        id: str,
        body: BomReplace,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> Bom:
        """Replace BOM composition.

        Replaces all lines of a SKU's BOM at once; orders in flight keep what they have. `batchSize`, `yieldPercent` and
        `byProducts` stay as they are where they are not sent. Wrong by itself, and so 422, are an `outputSkuId` that is
        not the id in the path, and what is wrong in createBom. Refused with 404 when there is no such SKU or material
        or the SKU has no BOM, and with 409 `conflict` when the SKU, an input or a by-product is deactivated, or when
        the BOM would close a loop through sub-assemblies or by-products; `details` then has the path of SKU codes.

        The least role is member.
        """
        request = Request(
            "PATCH",
            "/api/boms/{id}",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return self._transport.send(request, Bom)

    def delete_bom(self, id: str, *, if_match: Version = None, idempotency_key: str | None = None) -> DeletedId:
        """Delete BOM.

        Deletes the BOM of a SKU with all its lines; the SKU stays, and orders in flight keep what they have. Refused
        with 404 when there is no such SKU or it has no BOM.

        The least role is member.
        """
        request = Request(
            "DELETE",
            "/api/boms/{id}",
            {"id": id},
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return self._transport.send(request, DeletedId)

    def get_sku_bom(self, id: str, *, if_none_match: Bom | None = None) -> Bom:
        """Get BOM for a SKU.

        The BOM of a SKU. Refused with 404 when there is no such SKU or it has no BOM.

        The least role is viewer.
        """
        request = Request("GET", "/api/skus/{id}/bom", {"id": id}, if_none_match=if_none_match)
        return self._transport.send(request, Bom)


class AsyncBOM:
    """The same for `AsyncClient`."""

    def __init__(self, transport: Async) -> None:
        self._transport = transport

    async def create_bom(self, body: BomCreate, *, idempotency_key: str | None = None) -> Bom:
        """Create BOM.

        Gives a SKU its BOM (bill of materials): how much of which materials and other SKUs one unit of it takes, or a
        batch of `batchSize` units that are begun, of which `yieldPercent` come out; and what comes out besides. An
        order takes as much as lets its quantity come out. Wrong by itself, and so 422, are an input or a by-product
        that comes twice, a SKU that is an input or a by-product of itself, a by-product that is an input, and parts of
        the cost that are not 100 percent together. Refused with 404 when there is no such SKU or material, and with 409
        `conflict` when the SKU has a BOM already, when it, an input or a by-product is deactivated, or when the BOM
        would close a loop through sub-assemblies or by-products; `details` then has the path of SKU codes.

        The least role is member.
        """
        request = Request("POST", "/api/boms", body=body, takes_key=True, idempotency_key=idempotency_key)
        return await self._transport.send(request, Bom)

    def list_boms(
        self,
        *,
        q: str | None = None,
        limit: int | None = None,
        sort: Literal["outputSkuId", "-outputSkuId"] | None = None,
        ids: Sequence[str] | None = None,
        count: bool | None = None,
        expand: Literal["names"] | None = None,
    ) -> AsyncPages[BomPage, BomSummary]:
        """List SKUs with BOMs.

        The SKUs that have a BOM, by code, in pages, each with the number of its BOM's lines. `q` narrows the list to
        SKUs whose code or name contains a text. A cursor belongs to the list it came from: keep the filters the same
        from page to page.

        The least role is viewer.
        """

        def fetch(cursor: str | None) -> Awaitable[BomPage]:
            request = Request(
                "GET",
                "/api/boms",
                query={
                    "q": q,
                    "limit": limit,
                    "sort": sort,
                    "ids": ids,
                    "count": count,
                    "expand": expand,
                    "cursor": cursor,
                },
            )
            return self._transport.send(request, BomPage)

        return AsyncPages(fetch)

    async def bulk_import_boms(
        self,
        body: BomBulkImport,
        *,
        mode: Literal["atomic", "partial"] | None = None,
        dry_run: bool | None = None,
        accept_deactivated: bool | None = None,
        idempotency_key: str | None = None,
    ) -> BulkImportResult:
        """Bulk-import BOMs.

        Stores up to 5,000 BOMs at once. Every row is the BOM of a SKU as createBom takes it, but for its by- products,
        which are lines, too. In a file the lines with the same output SKU are one BOM.

        A row that breaks the schema is a bad row like any other. In `mode=atomic` all rows are stored in one
        transaction or none is: a bad row, such as one whose SKU has a BOM already or that would close a loop, makes it
        422, with `details` naming every bad row by its index. In `mode=partial` each row is stored or refused on its
        own, and `results` tells which. With `dryRun=true` everything is checked and nothing is stored: `ids` is empty
        and the results carry no id.

        The least role is admin.
        """
        request = Request(
            "POST",
            "/api/boms/bulk-import",
            query={"mode": mode, "dryRun": dry_run, "acceptDeactivated": accept_deactivated},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return await self._transport.send(request, BulkImportResult)

    def list_bom_lines(
        self,
        *,
        limit: int | None = None,
        expand: Literal["names"] | None = None,
    ) -> AsyncPages[BomLinePage, BomWithLines]:
        """List BOMs with their lines.

        The BOMs by the code of the SKU that they are for, in pages, each with its lines in their order: inputs, then
        by-products. As a file it has a row for each line, and bulkImportBoms takes it.

        The least role is viewer.
        """

        def fetch(cursor: str | None) -> Awaitable[BomLinePage]:
            request = Request("GET", "/api/bom-lines", query={"limit": limit, "expand": expand, "cursor": cursor})
            return self._transport.send(request, BomLinePage)

        return AsyncPages(fetch)

    async def replace_bom(
        self,
        id: str,
        body: BomReplace,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> Bom:
        """Replace BOM composition.

        Replaces all lines of a SKU's BOM at once; orders in flight keep what they have. `batchSize`, `yieldPercent` and
        `byProducts` stay as they are where they are not sent. Wrong by itself, and so 422, are an `outputSkuId` that is
        not the id in the path, and what is wrong in createBom. Refused with 404 when there is no such SKU or material
        or the SKU has no BOM, and with 409 `conflict` when the SKU, an input or a by-product is deactivated, or when
        the BOM would close a loop through sub-assemblies or by-products; `details` then has the path of SKU codes.

        The least role is member.
        """
        request = Request(
            "PATCH",
            "/api/boms/{id}",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return await self._transport.send(request, Bom)

    async def delete_bom(self, id: str, *, if_match: Version = None, idempotency_key: str | None = None) -> DeletedId:
        """Delete BOM.

        Deletes the BOM of a SKU with all its lines; the SKU stays, and orders in flight keep what they have. Refused
        with 404 when there is no such SKU or it has no BOM.

        The least role is member.
        """
        request = Request(
            "DELETE",
            "/api/boms/{id}",
            {"id": id},
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return await self._transport.send(request, DeletedId)

    async def get_sku_bom(self, id: str, *, if_none_match: Bom | None = None) -> Bom:
        """Get BOM for a SKU.

        The BOM of a SKU. Refused with 404 when there is no such SKU or it has no BOM.

        The least role is viewer.
        """
        request = Request("GET", "/api/skus/{id}/bom", {"id": id}, if_none_match=if_none_match)
        return await self._transport.send(request, Bom)
