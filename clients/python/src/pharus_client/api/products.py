"""The group of methods `products`.

Generated from openapi.yaml by `make codegen`. Do not edit.
"""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from typing import Literal

from pharus_client.models.products import Sku, SkuBulkImport, SkuCreate, SkuPage, SkuTypeInUse, SkuUpdate
from pharus_client.models.shared import (
    BulkImportResult,
    DeletedId,
    Lookup,
    LookupBulkImport,
    LookupCreate,
    LookupList,
    LookupUpdate,
)
from pharus_client.pages import AsyncPages, Pages
from pharus_client.transport import Async, Request, Sync
from pharus_client.values import Moment, Version


class Products:
    """`client.products`: the SKUs, which are what is made and sold, and the types of them."""

    def __init__(self, transport: Sync) -> None:
        self._transport = transport

    def create_sku(self, body: SkuCreate, *, idempotency_key: str | None = None) -> Sku:
        """Create SKU.

        Adds a SKU (a finished good or sub-assembly) to the organization, active. Refused with 404 when there is no such
        SKU type, and with 409 `conflict` when the type is deactivated or when another SKU has the same code or the same
        `qboId`; codes compare without spaces around them, whatever the letter case.

        The least role is member.
        """
        request = Request("POST", "/api/skus", body=body, takes_key=True, idempotency_key=idempotency_key)
        return self._transport.send(request, Sku)

    def list_skus(
        self,
        *,
        active: bool | None = None,
        type: str | None = None,
        items_per_unit_min: str | None = None,
        items_per_unit_max: str | None = None,
        oz_per_item_min: str | None = None,
        oz_per_item_max: str | None = None,
        q: str | None = None,
        limit: int | None = None,
        is_active: bool | None = None,
        sort: Literal["skuCode", "-skuCode", "id", "-id", "updatedAt", "-updatedAt"] | None = None,
        ids: Sequence[str] | None = None,
        updated_since: Moment | None = None,
        count: bool | None = None,
        expand: Literal["names"] | None = None,
    ) -> Pages[SkuPage, Sku]:
        """List SKUs.

        The SKUs of the organization by code, in pages. `active` narrows the list to active or to deactivated SKUs,
        `type` to those of one type, `q` to those whose code or name contains a text. The bounds of `itemsPerUnit` and
        `ozPerItem` are inclusive; a SKU without `ozPerItem` is outside of any. A cursor belongs to the list it came
        from: keep the filters the same from page to page.

        The least role is viewer.
        """

        def fetch(cursor: str | None) -> SkuPage:
            request = Request(
                "GET",
                "/api/skus",
                query={
                    "active": active,
                    "type": type,
                    "itemsPerUnitMin": items_per_unit_min,
                    "itemsPerUnitMax": items_per_unit_max,
                    "ozPerItemMin": oz_per_item_min,
                    "ozPerItemMax": oz_per_item_max,
                    "q": q,
                    "limit": limit,
                    "isActive": is_active,
                    "sort": sort,
                    "ids": ids,
                    "updatedSince": updated_since,
                    "count": count,
                    "expand": expand,
                    "cursor": cursor,
                },
            )
            return self._transport.send(request, SkuPage)

        return Pages(fetch)

    def update_sku(
        self,
        id: str,
        body: SkuUpdate,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> Sku:
        """Update SKU.

        Changes the keys that are sent and leaves the others. `isActive: false` hides the SKU from new work; existing
        orders and BOMs keep it, and naming it in a new order or BOM is 409. What of it is still held is in the answer,
        `stillHolds`, and can be emptied. Refused with 404 when there is no such SKU or SKU type, and with 409
        `conflict` when a newly named type is deactivated or when another SKU has the new code, whatever the letter
        case, or the new `qboId`.

        The least role is member.
        """
        request = Request(
            "PATCH",
            "/api/skus/{id}",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return self._transport.send(request, Sku)

    def delete_sku(self, id: str, *, if_match: Version = None, idempotency_key: str | None = None) -> DeletedId:
        """Delete SKU.

        Deletes a SKU nothing refers to. Refused with 404 when there is no such SKU, and with 409 `in_use` while a line
        or an input of a purchase, work, production or sales order, a BOM (its own or another's line) or a ledger row
        refers to it; `details.references` then has the counts by kind. Deactivate such a SKU instead.

        The least role is admin.
        """
        request = Request(
            "DELETE",
            "/api/skus/{id}",
            {"id": id},
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return self._transport.send(request, DeletedId)

    def get_sku(self, id: str, *, if_none_match: Sku | None = None) -> Sku:
        """Get SKU detail.

        One SKU, active or deactivated. Refused with 404 when there is no such SKU.

        The least role is viewer.
        """
        request = Request("GET", "/api/skus/{id}", {"id": id}, if_none_match=if_none_match)
        return self._transport.send(request, Sku)

    def bulk_import_skus(
        self,
        body: SkuBulkImport,
        *,
        mode: Literal["atomic", "partial"] | None = None,
        dry_run: bool | None = None,
        accept_deactivated: bool | None = None,
        idempotency_key: str | None = None,
    ) -> BulkImportResult:
        """Bulk-import SKUs.

        Stores up to 5,000 SKUs at once. Every row is a SKU as createSku takes it.

        A row that breaks the schema is a bad row like any other. In `mode=atomic` all rows are stored in one
        transaction or none is: a bad row, such as one that names a type that does not exist or whose code or `qboId` is
        taken by another SKU or by an earlier row, makes it 422, with `details` naming every bad row by its index. In
        `mode=partial` each row is stored or refused on its own, and `results` tells which. With `dryRun=true`
        everything is checked and nothing is stored: `ids` is empty and the results carry no id.

        The least role is admin.
        """
        request = Request(
            "POST",
            "/api/skus/bulk-import",
            query={"mode": mode, "dryRun": dry_run, "acceptDeactivated": accept_deactivated},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return self._transport.send(request, BulkImportResult)

    def create_sku_type(self, body: LookupCreate, *, idempotency_key: str | None = None) -> Lookup:
        """Create SKU type.

        Adds a SKU type to the organization, active and last in the order (`sortOrder` is the highest so far plus one).
        Refused with 409 `conflict` when another SKU type has the same name, whatever the letter case.

        The least role is admin.
        """
        request = Request("POST", "/api/sku-types", body=body, takes_key=True, idempotency_key=idempotency_key)
        return self._transport.send(request, Lookup)

    def list_sku_types(self) -> LookupList:
        """List SKU types.

        All SKU types of the organization, active and deactivated, by `sortOrder`. The list is bounded and comes whole,
        without pages.

        The least role is viewer.
        """
        request = Request("GET", "/api/sku-types")
        return self._transport.send(request, LookupList)

    def bulk_import_sku_types(
        self,
        body: LookupBulkImport,
        *,
        mode: Literal["atomic", "partial"] | None = None,
        dry_run: bool | None = None,
        idempotency_key: str | None = None,
    ) -> BulkImportResult:
        """Bulk-import SKU types.

        Stores up to 5,000 SKU types at once. Every row is a SKU type as createSkuType takes it; they come last in the
        order, one behind the other.

        A row that breaks the schema is a bad row like any other. In `mode=atomic` all rows are stored in one
        transaction or none is: a bad row, such as one whose name another SKU type or an earlier row has, makes it 422,
        with `details` naming every bad row by its index. In `mode=partial` each row is stored or refused on its own,
        and `results` tells which. With `dryRun=true` everything is checked and nothing is stored: `ids` is empty and
        the results carry no id.

        The least role is admin.
        """
        request = Request(
            "POST",
            "/api/sku-types/bulk-import",
            query={"mode": mode, "dryRun": dry_run},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return self._transport.send(request, BulkImportResult)

    def update_sku_type(self, id: str, body: LookupUpdate, *, idempotency_key: str | None = None) -> Lookup:
        """Update SKU type.

        Changes the keys that are sent and leaves the others. Moving a SKU type to a `sortOrder` that is taken shifts
        the others in the same transaction. `isActive: false` hides the SKU type from new work; its SKUs keep it, and
        naming it in a new SKU is 409. Refused with 404 when there is no such SKU type, and with 409 `conflict` when
        another SKU type has the new name, whatever the letter case.

        The least role is admin.
        """
        request = Request(
            "PATCH",
            "/api/sku-types/{id}",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return self._transport.send(request, Lookup)

    def delete_sku_type(self, id: str, *, idempotency_key: str | None = None) -> DeletedId:
        """Delete SKU type.

        Deletes a SKU type nothing refers to. Refused with 404 when there is no such SKU type, and with 409 `in_use`
        while a SKU refers to it; `details.references` then has the counts by kind. Deactivate such a SKU type instead.

        The least role is admin.
        """
        request = Request("DELETE", "/api/sku-types/{id}", {"id": id}, takes_key=True, idempotency_key=idempotency_key)
        return self._transport.send(request, DeletedId)

    def check_sku_type_in_use(self, id: str) -> SkuTypeInUse:
        """Check SKU type usage.

        Counts the SKUs of a type, and so tells whether deleteSkuType would refuse. Refused with 404 when there is no
        such SKU type.

        The least role is viewer.
        """
        request = Request("GET", "/api/sku-types/{id}/in-use", {"id": id})
        return self._transport.send(request, SkuTypeInUse)


class AsyncProducts:
    """The same for `AsyncClient`."""

    def __init__(self, transport: Async) -> None:
        self._transport = transport

    async def create_sku(self, body: SkuCreate, *, idempotency_key: str | None = None) -> Sku:
        """Create SKU.

        Adds a SKU (a finished good or sub-assembly) to the organization, active. Refused with 404 when there is no such
        SKU type, and with 409 `conflict` when the type is deactivated or when another SKU has the same code or the same
        `qboId`; codes compare without spaces around them, whatever the letter case.

        The least role is member.
        """
        request = Request("POST", "/api/skus", body=body, takes_key=True, idempotency_key=idempotency_key)
        return await self._transport.send(request, Sku)

    def list_skus(
        self,
        *,
        active: bool | None = None,
        type: str | None = None,
        items_per_unit_min: str | None = None,
        items_per_unit_max: str | None = None,
        oz_per_item_min: str | None = None,
        oz_per_item_max: str | None = None,
        q: str | None = None,
        limit: int | None = None,
        is_active: bool | None = None,
        sort: Literal["skuCode", "-skuCode", "id", "-id", "updatedAt", "-updatedAt"] | None = None,
        ids: Sequence[str] | None = None,
        updated_since: Moment | None = None,
        count: bool | None = None,
        expand: Literal["names"] | None = None,
    ) -> AsyncPages[SkuPage, Sku]:
        """List SKUs.

        The SKUs of the organization by code, in pages. `active` narrows the list to active or to deactivated SKUs,
        `type` to those of one type, `q` to those whose code or name contains a text. The bounds of `itemsPerUnit` and
        `ozPerItem` are inclusive; a SKU without `ozPerItem` is outside of any. A cursor belongs to the list it came
        from: keep the filters the same from page to page.

        The least role is viewer.
        """

        def fetch(cursor: str | None) -> Awaitable[SkuPage]:
            request = Request(
                "GET",
                "/api/skus",
                query={
                    "active": active,
                    "type": type,
                    "itemsPerUnitMin": items_per_unit_min,
                    "itemsPerUnitMax": items_per_unit_max,
                    "ozPerItemMin": oz_per_item_min,
                    "ozPerItemMax": oz_per_item_max,
                    "q": q,
                    "limit": limit,
                    "isActive": is_active,
                    "sort": sort,
                    "ids": ids,
                    "updatedSince": updated_since,
                    "count": count,
                    "expand": expand,
                    "cursor": cursor,
                },
            )
            return self._transport.send(request, SkuPage)

        return AsyncPages(fetch)

    async def update_sku(
        self,
        id: str,
        body: SkuUpdate,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> Sku:
        """Update SKU.

        Changes the keys that are sent and leaves the others. `isActive: false` hides the SKU from new work; existing
        orders and BOMs keep it, and naming it in a new order or BOM is 409. What of it is still held is in the answer,
        `stillHolds`, and can be emptied. Refused with 404 when there is no such SKU or SKU type, and with 409
        `conflict` when a newly named type is deactivated or when another SKU has the new code, whatever the letter
        case, or the new `qboId`.

        The least role is member.
        """
        request = Request(
            "PATCH",
            "/api/skus/{id}",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return await self._transport.send(request, Sku)

    async def delete_sku(self, id: str, *, if_match: Version = None, idempotency_key: str | None = None) -> DeletedId:
        """Delete SKU.

        Deletes a SKU nothing refers to. Refused with 404 when there is no such SKU, and with 409 `in_use` while a line
        or an input of a purchase, work, production or sales order, a BOM (its own or another's line) or a ledger row
        refers to it; `details.references` then has the counts by kind. Deactivate such a SKU instead.

        The least role is admin.
        """
        request = Request(
            "DELETE",
            "/api/skus/{id}",
            {"id": id},
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return await self._transport.send(request, DeletedId)

    async def get_sku(self, id: str, *, if_none_match: Sku | None = None) -> Sku:
        """Get SKU detail.

        One SKU, active or deactivated. Refused with 404 when there is no such SKU.

        The least role is viewer.
        """
        request = Request("GET", "/api/skus/{id}", {"id": id}, if_none_match=if_none_match)
        return await self._transport.send(request, Sku)

    async def bulk_import_skus(
        self,
        body: SkuBulkImport,
        *,
        mode: Literal["atomic", "partial"] | None = None,
        dry_run: bool | None = None,
        accept_deactivated: bool | None = None,
        idempotency_key: str | None = None,
    ) -> BulkImportResult:
        """Bulk-import SKUs.

        Stores up to 5,000 SKUs at once. Every row is a SKU as createSku takes it.

        A row that breaks the schema is a bad row like any other. In `mode=atomic` all rows are stored in one
        transaction or none is: a bad row, such as one that names a type that does not exist or whose code or `qboId` is
        taken by another SKU or by an earlier row, makes it 422, with `details` naming every bad row by its index. In
        `mode=partial` each row is stored or refused on its own, and `results` tells which. With `dryRun=true`
        everything is checked and nothing is stored: `ids` is empty and the results carry no id.

        The least role is admin.
        """
        request = Request(
            "POST",
            "/api/skus/bulk-import",
            query={"mode": mode, "dryRun": dry_run, "acceptDeactivated": accept_deactivated},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return await self._transport.send(request, BulkImportResult)

    async def create_sku_type(self, body: LookupCreate, *, idempotency_key: str | None = None) -> Lookup:
        """Create SKU type.

        Adds a SKU type to the organization, active and last in the order (`sortOrder` is the highest so far plus one).
        Refused with 409 `conflict` when another SKU type has the same name, whatever the letter case.

        The least role is admin.
        """
        request = Request("POST", "/api/sku-types", body=body, takes_key=True, idempotency_key=idempotency_key)
        return await self._transport.send(request, Lookup)

    async def list_sku_types(self) -> LookupList:
        """List SKU types.

        All SKU types of the organization, active and deactivated, by `sortOrder`. The list is bounded and comes whole,
        without pages.

        The least role is viewer.
        """
        request = Request("GET", "/api/sku-types")
        return await self._transport.send(request, LookupList)

    async def bulk_import_sku_types(
        self,
        body: LookupBulkImport,
        *,
        mode: Literal["atomic", "partial"] | None = None,
        dry_run: bool | None = None,
        idempotency_key: str | None = None,
    ) -> BulkImportResult:
        """Bulk-import SKU types.

        Stores up to 5,000 SKU types at once. Every row is a SKU type as createSkuType takes it; they come last in the
        order, one behind the other.

        A row that breaks the schema is a bad row like any other. In `mode=atomic` all rows are stored in one
        transaction or none is: a bad row, such as one whose name another SKU type or an earlier row has, makes it 422,
        with `details` naming every bad row by its index. In `mode=partial` each row is stored or refused on its own,
        and `results` tells which. With `dryRun=true` everything is checked and nothing is stored: `ids` is empty and
        the results carry no id.

        The least role is admin.
        """
        request = Request(
            "POST",
            "/api/sku-types/bulk-import",
            query={"mode": mode, "dryRun": dry_run},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return await self._transport.send(request, BulkImportResult)

    async def update_sku_type(self, id: str, body: LookupUpdate, *, idempotency_key: str | None = None) -> Lookup:
        """Update SKU type.

        Changes the keys that are sent and leaves the others. Moving a SKU type to a `sortOrder` that is taken shifts
        the others in the same transaction. `isActive: false` hides the SKU type from new work; its SKUs keep it, and
        naming it in a new SKU is 409. Refused with 404 when there is no such SKU type, and with 409 `conflict` when
        another SKU type has the new name, whatever the letter case.

        The least role is admin.
        """
        request = Request(
            "PATCH",
            "/api/sku-types/{id}",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return await self._transport.send(request, Lookup)

    async def delete_sku_type(self, id: str, *, idempotency_key: str | None = None) -> DeletedId:
        """Delete SKU type.

        Deletes a SKU type nothing refers to. Refused with 404 when there is no such SKU type, and with 409 `in_use`
        while a SKU refers to it; `details.references` then has the counts by kind. Deactivate such a SKU type instead.

        The least role is admin.
        """
        request = Request("DELETE", "/api/sku-types/{id}", {"id": id}, takes_key=True, idempotency_key=idempotency_key)
        return await self._transport.send(request, DeletedId)

    async def check_sku_type_in_use(self, id: str) -> SkuTypeInUse:
        """Check SKU type usage.

        Counts the SKUs of a type, and so tells whether deleteSkuType would refuse. Refused with 404 when there is no
        such SKU type.

        The least role is viewer.
        """
        request = Request("GET", "/api/sku-types/{id}/in-use", {"id": id})
        return await self._transport.send(request, SkuTypeInUse)
