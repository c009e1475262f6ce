"""The group of methods `units`.

Generated from openapi.yaml by `make codegen`. Do not edit.
"""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from typing import Literal

from pharus_client.models.shared import BulkImportResult
from pharus_client.models.units import (
    BuiltInUnitList,
    ItemUnitBulkImport,
    ItemUnitPage,
    ItemUnits,
    ItemUnitsReplace,
    ItemUnitSummary,
)
from pharus_client.pages import AsyncPages, Pages
from pharus_client.transport import Async, Request, Sync
from pharus_client.values import Version


class Units:
    """`client.units`: the units in which quantities are said, those that each item has of its own, and how they
    convert.
    """

    def __init__(self, transport: Sync) -> None:
        self._transport = transport

    def list_units(self) -> BuiltInUnitList:
        """List built-in units.

        The units of mass and volume that every item knows, with their exact factors to the kilogram and the litre.
        Units are compared without spaces around them and whatever the letter case. The list is bounded and comes whole,
        without pages.

        The least role is viewer.
        """
        request = Request("GET", "/api/units")
        return self._transport.send(request, BuiltInUnitList)

    def list_item_units(
        self,
        *,
        limit: int | None = None,
        sort: Literal["id", "-id"] | None = None,
        ids: Sequence[str] | None = None,
        count: bool | None = None,
        expand: Literal["names"] | None = None,
    ) -> Pages[ItemUnitPage, ItemUnitSummary]:
        """List units of all materials and SKUs.

        The units of their own that materials and SKUs have, the oldest first, in pages.

        The least role is viewer.
        """

        def fetch(cursor: str | None) -> ItemUnitPage:
            request = Request(
                "GET",
                "/api/item-units",
                query={"limit": limit, "sort": sort, "ids": ids, "count": count, "expand": expand, "cursor": cursor},
            )
            return self._transport.send(request, ItemUnitPage)

        return Pages(fetch)

    def bulk_import_item_units(
        self,
        body: ItemUnitBulkImport,
        *,
        mode: Literal["atomic", "partial"] | None = None,
        dry_run: bool | None = None,
        idempotency_key: str | None = None,
    ) -> BulkImportResult:
        """Bulk-import units of materials and SKUs.

        Stores up to 5,000 units of materials and SKUs at once. Every row is a unit as replaceMaterialUnits takes it,
        with its material or SKU; it comes to those that there are.

        A row that breaks the schema is a bad row like any other. In `mode=atomic` all rows are stored in one
        transaction or none is: a bad row, such as one that the item has already, makes it 422, with `details` naming
        every bad row by its index. In `mode=partial` each row is stored or refused on its own, and `results` tells
        which. With `dryRun=true` everything is checked and nothing is stored: `ids` is empty and the results carry no
        id.

        The least role is admin.
        """
        request = Request(
            "POST",
            "/api/item-units/bulk-import",
            query={"mode": mode, "dryRun": dry_run},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return self._transport.send(request, BulkImportResult)

    def get_material_units(self, id: str, *, if_none_match: ItemUnits | None = None) -> ItemUnits:
        """Get the units of a material.

        The stock unit of a material, its density, and the further units in which its quantities may be said, in the
        order in which they were given. `factor` is how many stock units one unit is, a fraction without a common
        divisor; null where the two do not convert. Refused with 404 when there is no such material.

        The least role is viewer.
        """
        request = Request("GET", "/api/materials/{id}/units", {"id": id}, if_none_match=if_none_match)
        return self._transport.send(request, ItemUnits)

    def replace_material_units(
        self,
        id: str,
        body: ItemUnitsReplace,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> ItemUnits:
        """Replace the units of a material.

        Replaces the further units of a material: one `unit` is exactly `numerator` / `denominator` of `baseUnit`, which
        is the stock unit, if it is not sent, or a built-in unit of mass or volume. Lines that are there keep the factor
        with which they were written. Wrong by itself, and so 422, is a unit that comes twice or is its own base.
        Refused with 404 when there is no such material, and with 409 `conflict` when a unit is the stock unit or has a
        built-in factor to it, when a base does not convert into the stock unit, and when a base is not sent and the
        material has no stock unit.

        The least role is member.
        """
        request = Request(
            "PUT",
            "/api/materials/{id}/units",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return self._transport.send(request, ItemUnits)

    def get_sku_units(self, id: str, *, if_none_match: ItemUnits | None = None) -> ItemUnits:
        """Get the units of a SKU.

        The stock unit of a SKU, its density, and the further units in which its quantities may be said, in the order in
        which they were given. `factor` is how many stock units one unit is, a fraction without a common divisor; null
        where the two do not convert. Refused with 404 when there is no such SKU.

        The least role is viewer.
        """
        request = Request("GET", "/api/skus/{id}/units", {"id": id}, if_none_match=if_none_match)
        return self._transport.send(request, ItemUnits)

    def replace_sku_units(
        self,
        id: str,
        body: ItemUnitsReplace,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> ItemUnits:
        """Replace the units of a SKU.

        Replaces the further units of a SKU: one `unit` is exactly `numerator` / `denominator` of `baseUnit`, which is
        the stock unit, if it is not sent, or a built-in unit of mass or volume. Lines that are there keep the factor
        with which they were written. Wrong by itself, and so 422, is a unit that comes twice or is its own base.
        Refused with 404 when there is no such SKU, and with 409 `conflict` when a unit is the stock unit or has a
        built-in factor to it, when a base does not convert into the stock unit, and when a base is not sent and the SKU
        has no stock unit.

        The least role is member.
        """
        request = Request(
            "PUT",
            "/api/skus/{id}/units",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return self._transport.send(request, ItemUnits)


class AsyncUnits:
    """The same for `AsyncClient`."""

    def __init__(self, transport: Async) -> None:
        self._transport = transport

    async def list_units(self) -> BuiltInUnitList:
        """List built-in units.

        The units of mass and volume that every item knows, with their exact factors to the kilogram and the litre.
        Units are compared without spaces around them and whatever the letter case. The list is bounded and comes whole,
        without pages.

        The least role is viewer.
        """
        request = Request("GET", "/api/units")
        return await self._transport.send(request, BuiltInUnitList)

    def list_item_units(
        self,
        *,
        limit: int | None = None,
        sort: Literal["id", "-id"] | None = None,
        ids: Sequence[str] | None = None,
        count: bool | None = None,
        expand: Literal["names"] | None = None,
    ) -> AsyncPages[ItemUnitPage, ItemUnitSummary]:
        """List units of all materials and SKUs.

        The units of their own that materials and SKUs have, the oldest first, in pages.

        The least role is viewer.
        """

        def fetch(cursor: str | None) -> Awaitable[ItemUnitPage]:
            request = Request(
                "GET",
                "/api/item-units",
                query={"limit": limit, "sort": sort, "ids": ids, "count": count, "expand": expand, "cursor": cursor},
            )
            return self._transport.send(request, ItemUnitPage)

        return AsyncPages(fetch)

    async def bulk_import_item_units(
        self,
        body: ItemUnitBulkImport,
        *,
        mode: Literal["atomic", "partial"] | None = None,
        dry_run: bool | None = None,
        idempotency_key: str | None = None,
    ) -> BulkImportResult:
        """Bulk-import units of materials and SKUs.

        Stores up to 5,000 units of materials and SKUs at once. Every row is a unit as replaceMaterialUnits takes it,
        with its material or SKU; it comes to those that there are.

        A row that breaks the schema is a bad row like any other. In `mode=atomic` all rows are stored in one
        transaction or none is: a bad row, such as one that the item has already, makes it 422, with `details` naming
        every bad row by its index. In `mode=partial` each row is stored or refused on its own, and `results` tells
        which. With `dryRun=true` everything is checked and nothing is stored: `ids` is empty and the results carry no
        id.

        The least role is admin.
        """
        request = Request(
            "POST",
            "/api/item-units/bulk-import",
            query={"mode": mode, "dryRun": dry_run},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return await self._transport.send(request, BulkImportResult)

    async def get_material_units(self, id: str, *, if_none_match: ItemUnits | None = None) -> ItemUnits:
        """Get the units of a material.

        The stock unit of a material, its density, and the further units in which its quantities may be said, in the
        order in which they were given. `factor` is how many stock units one unit is, a fraction without a common
        divisor; null where the two do not convert. Refused with 404 when there is no such material.

        The least role is viewer.
        """
        request = Request("GET", "/api/materials/{id}/units", {"id": id}, if_none_match=if_none_match)
        return await self._transport.send(request, ItemUnits)

    async def replace_material_units(
        self,
        id: str,
        body: ItemUnitsReplace,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> ItemUnits:
        """Replace the units of a material.

        Replaces the further units of a material: one `unit` is exactly `numerator` / `denominator` of `baseUnit`, which
        is the stock unit, if it is not sent, or a built-in unit of mass or volume. Lines that are there keep the factor
        with which they were written. Wrong by itself, and so 422, is a unit that comes twice or is its own base.
        Refused with 404 when there is no such material, and with 409 `conflict` when a unit is the stock unit or has a
        built-in factor to it, when a base does not convert into the stock unit, and when a base is not sent and the
        material has no stock unit.

        The least role is member.
        """
        request = Request(
            "PUT",
            "/api/materials/{id}/units",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return await self._transport.send(request, ItemUnits)

    async def get_sku_units(self, id: str, *, if_none_match: ItemUnits | None = None) -> ItemUnits:
        """Get the units of a SKU.

        The stock unit of a SKU, its density, and the further units in which its quantities may be said, in the order in
        which they were given. `factor` is how many stock units one unit is, a fraction without a common divisor; null
        where the two do not convert. Refused with 404 when there is no such SKU.

        The least role is viewer.
        """
        request = Request("GET", "/api/skus/{id}/units", {"id": id}, if_none_match=if_none_match)
        return await self._transport.send(request, ItemUnits)

    async def replace_sku_units(
        self,
        id: str,
        body: ItemUnitsReplace,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> ItemUnits:
        """Replace the units of a SKU.

        Replaces the further units of a SKU: one `unit` is exactly `numerator` / `denominator` of `baseUnit`, which is
        the stock unit, if it is not sent, or a built-in unit of mass or volume. Lines that are there keep the factor
        with which they were written. Wrong by itself, and so 422, is a unit that comes twice or is its own base.
        Refused with 404 when there is no such SKU, and with 409 `conflict` when a unit is the stock unit or has a
        built-in factor to it, when a base does not convert into the stock unit, and when a base is not sent and the SKU
        has no stock unit.

        The least role is member.
        """
        request = Request(
            "PUT",
            "/api/skus/{id}/units",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return await self._transport.send(request, ItemUnits)
