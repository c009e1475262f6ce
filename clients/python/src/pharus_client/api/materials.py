"""The group of methods `materials`.

Generated from openapi.yaml by `make codegen`. Do not edit.
"""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from typing import Literal

from pharus_client.models.materials import (
    Material,
    MaterialBulkImport,
    MaterialCreate,
    MaterialPage,
    MaterialTypeInUse,
    MaterialUpdate,
)
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


class Materials:
    """`client.materials`: what is bought to make something of it, and the types of it."""

    def __init__(self, transport: Sync) -> None:
        self._transport = transport

    def create_material(self, body: MaterialCreate, *, idempotency_key: str | None = None) -> Material:
        """Create material.

        Adds a material to the organization, active. Refused with 404 when there is no such material type, and with 409
        `conflict` when the type is deactivated or when another material has the same code; codes compare without spaces
        around them, whatever the letter case. `unit` names the unit of all its quantities.

        The least role is member.
        """
        request = Request("POST", "/api/materials", body=body, takes_key=True, idempotency_key=idempotency_key)
        return self._transport.send(request, Material)

    def list_materials(
        self,
        *,
        active: bool | None = None,
        type: str | None = None,
        q: str | None = None,
        limit: int | None = None,
        is_active: bool | None = None,
        sort: Literal["materialCode", "-materialCode", "id", "-id", "updatedAt", "-updatedAt"] | None = None,
        ids: Sequence[str] | None = None,
        updated_since: Moment | None = None,
        count: bool | None = None,
        expand: Literal["names"] | None = None,
    ) -> Pages[MaterialPage, Material]:
        """List materials.

        The materials of the organization by code, in pages. `active` narrows the list to active or to deactivated
        materials, `type` to those of one type, `q` to those whose code or name contains a text. A cursor belongs to the
        list it came from: keep the filters the same from page to page.

        The least role is viewer.
        """

        def fetch(cursor: str | None) -> MaterialPage:
            request = Request(
                "GET",
                "/api/materials",
                query={
                    "active": active,
                    "type": type,
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
            return self._transport.send(request, MaterialPage)

        return Pages(fetch)

    def update_material(
        self,
        id: str,
        body: MaterialUpdate,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> Material:
        """Update material.

        Changes the keys that are sent and leaves the others. `isActive: false` hides the material from new work;
        existing orders and BOMs keep it, and naming it in a new order or BOM is 409. What of it is still held is in the
        answer, `stillHolds`, and can be emptied. Refused with 404 when there is no such material or material type, and
        with 409 `conflict` when a newly named type is deactivated, when another material has the new code, whatever the
        letter case, or when the material has another stock unit and something refers to it: `details.references` then
        has the counts by kind.

        The least role is member.
        """
        request = Request(
            "PATCH",
            "/api/materials/{id}",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return self._transport.send(request, Material)

    def delete_material(self, id: str, *, if_match: Version = None, idempotency_key: str | None = None) -> DeletedId:
        """Delete material.

        Deletes a material nothing refers to. Refused with 404 when there is no such material, and with 409 `in_use`
        while a purchase order line, a BOM line, an input of a work or production order or a ledger row refers to it;
        `details.references` then has the counts by kind. Deactivate such a material instead.

        The least role is admin.
        """
        request = Request(
            "DELETE",
            "/api/materials/{id}",
            {"id": id},
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return self._transport.send(request, DeletedId)

    def get_material(self, id: str, *, if_none_match: Material | None = None) -> Material:
        """Get material detail.

        One material, active or deactivated. Refused with 404 when there is no such material.

        The least role is viewer.
        """
        request = Request("GET", "/api/materials/{id}", {"id": id}, if_none_match=if_none_match)
        return self._transport.send(request, Material)

    def bulk_import_materials(
        self,
        body: MaterialBulkImport,
        *,
        mode: Literal["atomic", "partial"] | None = None,
        dry_run: bool | None = None,
        accept_deactivated: bool | None = None,
        idempotency_key: str | None = None,
    ) -> BulkImportResult:
        """Bulk-import materials.

        Stores up to 5,000 materials at once. Every row is a material as createMaterial takes it.

        A row that breaks the schema is a bad row like any other. In `mode=atomic` all rows are stored in one
        transaction or none is: a bad row, such as one that names a type that does not exist or whose code is taken by
        another material or by an earlier row, makes it 422, with `details` naming every bad row by its index. In
        `mode=partial` each row is stored or refused on its own, and `results` tells which. With `dryRun=true`
        everything is checked and nothing is stored: `ids` is empty and the results carry no id.

        The least role is admin.
        """
        request = Request(
            "POST",
            "/api/materials/bulk-import",
            query={"mode": mode, "dryRun": dry_run, "acceptDeactivated": accept_deactivated},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return self._transport.send(request, BulkImportResult)

    def create_material_type(self, body: LookupCreate, *, idempotency_key: str | None = None) -> Lookup:
        """Create material type.

        Adds a material type to the organization, active and last in the order (`sortOrder` is the highest so far plus
        one). Refused with 409 `conflict` when another material type has the same name, whatever the letter case.

        The least role is admin.
        """
        request = Request("POST", "/api/material-types", body=body, takes_key=True, idempotency_key=idempotency_key)
        return self._transport.send(request, Lookup)

    def list_material_types(self) -> LookupList:
        """List material types.

        All material types of the organization, active and deactivated, by `sortOrder`. The list is bounded and comes
        whole, without pages.

        The least role is viewer.
        """
        request = Request("GET", "/api/material-types")
        return self._transport.send(request, LookupList)

    def bulk_import_material_types(
        self,
        body: LookupBulkImport,
        *,
        mode: Literal["atomic", "partial"] | None = None,
        dry_run: bool | None = None,
        idempotency_key: str | None = None,
    ) -> BulkImportResult:
        """Bulk-import material types.

        Stores up to 5,000 material types at once. Every row is a material type as createMaterialType takes it; they
        come last in the order, one behind the other.

        A row that breaks the schema is a bad row like any other. In `mode=atomic` all rows are stored in one
        transaction or none is: a bad row, such as one whose name another material type or an earlier row has, makes it
        422, with `details` naming every bad row by its index. In `mode=partial` each row is stored or refused on its
        own, and `results` tells which. With `dryRun=true` everything is checked and nothing is stored: `ids` is empty
        and the results carry no id.

        The least role is admin.
        """
        request = Request(
            "POST",
            "/api/material-types/bulk-import",
            query={"mode": mode, "dryRun": dry_run},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return self._transport.send(request, BulkImportResult)

    def update_material_type(self, id: str, body: LookupUpdate, *, idempotency_key: str | None = None) -> Lookup:
        """Update material type.

        Changes the keys that are sent and leaves the others. Moving a material type to a `sortOrder` that is taken
        shifts the others in the same transaction. `isActive: false` hides the material type from new work; its
        materials keep it, and naming it in a new material is 409. Refused with 404 when there is no such material type,
        and with 409 `conflict` when another material type has the new name, whatever the letter case.

        The least role is admin.
        """
        request = Request(
            "PATCH",
            "/api/material-types/{id}",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return self._transport.send(request, Lookup)

    def delete_material_type(self, id: str, *, idempotency_key: str | None = None) -> DeletedId:
        """Delete material type.

        Deletes a material type nothing refers to. Refused with 404 when there is no such material type, and with 409
        `in_use` while a material refers to it; `details.references` then has the counts by kind. Deactivate such a
        material type instead.

        The least role is admin.
        """
        request = Request(
            "DELETE",
            "/api/material-types/{id}",
            {"id": id},
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return self._transport.send(request, DeletedId)

    def check_material_type_in_use(self, id: str) -> MaterialTypeInUse:
        """Check if material type is in use.

        Counts the materials of a type, and so tells whether deleteMaterialType would refuse. Refused with 404 when
        there is no such material type.

        The least role is viewer.
        """
        request = Request("GET", "/api/material-types/{id}/in-use", {"id": id})
        return self._transport.send(request, MaterialTypeInUse)


class AsyncMaterials:
    """The same for `AsyncClient`."""

    def __init__(self, transport: Async) -> None:
        self._transport = transport

    async def create_material(self, body: MaterialCreate, *, idempotency_key: str | None = None) -> Material:
        """Create material.

        Adds a material to the organization, active. Refused with 404 when there is no such material type, and with 409
        `conflict` when the type is deactivated or when another material has the same code; codes compare without spaces
        around them, whatever the letter case. `unit` names the unit of all its quantities.

        The least role is member.
        """
        request = Request("POST", "/api/materials", body=body, takes_key=True, idempotency_key=idempotency_key)
        return await self._transport.send(request, Material)

    def list_materials(
        self,
        *,
        active: bool | None = None,
        type: str | None = None,
        q: str | None = None,
        limit: int | None = None,
        is_active: bool | None = None,
        sort: Literal["materialCode", "-materialCode", "id", "-id", "updatedAt", "-updatedAt"] | None = None,
        ids: Sequence[str] | None = None,
        updated_since: Moment | None = None,
        count: bool | None = None,
        expand: Literal["names"] | None = None,
    ) -> AsyncPages[MaterialPage, Material]:
        """List materials.

        The materials of the organization by code, in pages. `active` narrows the list to active or to deactivated
        materials, `type` to those of one type, `q` to those whose code or name contains a text. A cursor belongs to the
        list it came from: keep the filters the same from page to page.

        The least role is viewer.
        """

        def fetch(cursor: str | None) -> Awaitable[MaterialPage]:
            request = Request(
                "GET",
                "/api/materials",
                query={
                    "active": active,
                    "type": type,
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
            return self._transport.send(request, MaterialPage)

        return AsyncPages(fetch)

    async def update_material(
        self,
        id: str,
        body: MaterialUpdate,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> Material:
        """Update material.

        Changes the keys that are sent and leaves the others. `isActive: false` hides the material from new work;
        existing orders and BOMs keep it, and naming it in a new order or BOM is 409. What of it is still held is in the
        answer, `stillHolds`, and can be emptied. Refused with 404 when there is no such material or material type, and
        with 409 `conflict` when a newly named type is deactivated, when another material has the new code, whatever the
        letter case, or when the material has another stock unit and something refers to it: `details.references` then
        has the counts by kind.

        The least role is member.
        """
        request = Request(
            "PATCH",
            "/api/materials/{id}",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return await self._transport.send(request, Material)

    async def delete_material(
        self,
        id: str,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> DeletedId:
        """Delete material.

        Deletes a material nothing refers to. Refused with 404 when there is no such material, and with 409 `in_use`
        while a purchase order line, a BOM line, an input of a work or production order or a ledger row refers to it;
        `details.references` then has the counts by kind. Deactivate such a material instead.

        The least role is admin.
        """
        request = Request(
            "DELETE",
            "/api/materials/{id}",
            {"id": id},
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return await self._transport.send(request, DeletedId)

    async def get_material(self, id: str, *, if_none_match: Material | None = None) -> Material:
        """Get material detail.

        One material, active or deactivated. Refused with 404 when there is no such material.

        The least role is viewer.
        """
        request = Request("GET", "/api/materials/{id}", {"id": id}, if_none_match=if_none_match)
        return await self._transport.send(request, Material)

    async def bulk_import_materials(
        self,
        body: MaterialBulkImport,
        *,
        mode: Literal["atomic", "partial"] | None = None,
        dry_run: bool | None = None,
        accept_deactivated: bool | None = None,
        idempotency_key: str | None = None,
    ) -> BulkImportResult:
        """Bulk-import materials.

        Stores up to 5,000 materials at once. Every row is a material as createMaterial takes it.

        A row that breaks the schema is a bad row like any other. In `mode=atomic` all rows are stored in one
        transaction or none is: a bad row, such as one that names a type that does not exist or whose code is taken by
        another material or by an earlier row, makes it 422, with `details` naming every bad row by its index. In
        `mode=partial` each row is stored or refused on its own, and `results` tells which. With `dryRun=true`
        everything is checked and nothing is stored: `ids` is empty and the results carry no id.

        The least role is admin.
        """
        request = Request(
            "POST",
            "/api/materials/bulk-import",
            query={"mode": mode, "dryRun": dry_run, "acceptDeactivated": accept_deactivated},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return await self._transport.send(request, BulkImportResult)

    async def create_material_type(self, body: LookupCreate, *, idempotency_key: str | None = None) -> Lookup:
        """Create material type.

        Adds a material type to the organization, active and last in the order (`sortOrder` is the highest so far plus
        one). Refused with 409 `conflict` when another material type has the same name, whatever the letter case.

        The least role is admin.
        """
        request = Request("POST", "/api/material-types", body=body, takes_key=True, idempotency_key=idempotency_key)
        return await self._transport.send(request, Lookup)

    async def list_material_types(self) -> LookupList:
        """List material types.

        All material types of the organization, active and deactivated, by `sortOrder`. The list is bounded and comes
        whole, without pages.

        The least role is viewer.
        """
        request = Request("GET", "/api/material-types")
        return await self._transport.send(request, LookupList)

    async def bulk_import_material_types(
        self,
        body: LookupBulkImport,
        *,
        mode: Literal["atomic", "partial"] | None = None,
        dry_run: bool | None = None,
        idempotency_key: str | None = None,
    ) -> BulkImportResult:
        """Bulk-import material types.

        Stores up to 5,000 material types at once. Every row is a material type as createMaterialType takes it; they
        come last in the order, one behind the other.

        A row that breaks the schema is a bad row like any other. In `mode=atomic` all rows are stored in one
        transaction or none is: a bad row, such as one whose name another material type or an earlier row has, makes it
        422, with `details` naming every bad row by its index. In `mode=partial` each row is stored or refused on its
        own, and `results` tells which. With `dryRun=true` everything is checked and nothing is stored: `ids` is empty
        and the results carry no id.

        The least role is admin.
        """
        request = Request(
            "POST",
            "/api/material-types/bulk-import",
            query={"mode": mode, "dryRun": dry_run},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return await self._transport.send(request, BulkImportResult)

    async def update_material_type(self, id: str, body: LookupUpdate, *, idempotency_key: str | None = None) -> Lookup:
        """Update material type.

        Changes the keys that are sent and leaves the others. Moving a material type to a `sortOrder` that is taken
        shifts the others in the same transaction. `isActive: false` hides the material type from new work; its
        materials keep it, and naming it in a new material is 409. Refused with 404 when there is no such material type,
        and with 409 `conflict` when another material type has the new name, whatever the letter case.

        The least role is admin.
        """
        request = Request(
            "PATCH",
            "/api/material-types/{id}",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return await self._transport.send(request, Lookup)

    async def delete_material_type(self, id: str, *, idempotency_key: str | None = None) -> DeletedId:
        """Delete material type.

        Deletes a material type nothing refers to. Refused with 404 when there is no such material type, and with 409
        `in_use` while a material refers to it; `details.references` then has the counts by kind. Deactivate such a
        material type instead.

        The least role is admin.
        """
        request = Request(
            "DELETE",
            "/api/material-types/{id}",
            {"id": id},
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return await self._transport.send(request, DeletedId)

    async def check_material_type_in_use(self, id: str) -> MaterialTypeInUse:
        """Check if material type is in use.

        Counts the materials of a type, and so tells whether deleteMaterialType would refuse. Refused with 404 when
        there is no such material type.

        The least role is viewer.
        """
        request = Request("GET", "/api/material-types/{id}/in-use", {"id": id})
        return await self._transport.send(request, MaterialTypeInUse)
