"""The group of methods `lots`.

Generated from openapi.yaml by `make codegen`. Do not edit.
"""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from typing import Literal

from pharus_client.models.lots import (
    Lot,
    LotAllowance,
    LotBalanceList,
    LotEntry,
    LotEntryPage,
    LotPage,
    LotReason,
    LotSettings,
    LotSettingsUpdate,
    LotStatus,
    LotUpdate,
)
from pharus_client.pages import AsyncPages, Pages
from pharus_client.transport import Async, Request, Sync
from pharus_client.values import Moment, Version


class Lots:
    """`client.lots`: lots of materials and SKUs, where they are, whether they may leave, what they came from and went
    into.
    """

    def __init__(self, transport: Sync) -> None:
        self._transport = transport

    def list_lots(
        self,
        *,
        material_id: str | None = None,
        sku_id: str | None = None,
        status: LotStatus | None = None,
        q: str | None = None,
        limit: int | None = None,
        sort: Literal["id", "-id", "code", "-code", "updatedAt", "-updatedAt"] | None = None,
        ids: Sequence[str] | None = None,
        updated_since: Moment | None = None,
        count: bool | None = None,
        expand: Literal["names"] | None = None,
    ) -> Pages[LotPage, Lot]:
        """List lots.

        The lots of the organization, the newest first, in pages. `materialId` and `skuId` narrow the list to those of
        an item, `status` to a status, `q` to codes, and vendors' codes, with a part of a text. A cursor belongs to the
        list it came from: keep the filters the same from page to page.

        The least role is viewer.
        """

        def fetch(cursor: str | None) -> LotPage:
            request = Request(
                "GET",
                "/api/lots",
                query={
                    "materialId": material_id,
                    "skuId": sku_id,
                    "status": status,
                    "q": q,
                    "limit": limit,
                    "sort": sort,
                    "ids": ids,
                    "updatedSince": updated_since,
                    "count": count,
                    "expand": expand,
                    "cursor": cursor,
                },
            )
            return self._transport.send(request, LotPage)

        return Pages(fetch)

    def get_lot_settings(self) -> LotSettings:
        """Get lot settings.

        Which lots go where nobody names them, and what new lots of purchase orders are, for all items that do not say
        otherwise.

        The least role is viewer.
        """
        request = Request("GET", "/api/lots/settings")
        return self._transport.send(request, LotSettings)

    def update_lot_settings(self, body: LotSettingsUpdate, *, idempotency_key: str | None = None) -> LotSettings:
        """Update lot settings.

        Changes the keys that are sent and leaves the others. Lots that there are stay what they are.

        The least role is admin.
        """
        request = Request("PATCH", "/api/lots/settings", body=body, takes_key=True, idempotency_key=idempotency_key)
        return self._transport.send(request, LotSettings)

    def get_lot(self, id: str, *, if_none_match: Lot | None = None) -> Lot:
        """Get lot.

        One lot. Where it is is for listLotBalances to say. 404 when there is no such lot.

        The least role is viewer.
        """
        request = Request("GET", "/api/lots/{id}", {"id": id}, if_none_match=if_none_match)
        return self._transport.send(request, Lot)

    def update_lot(
        self,
        id: str,
        body: LotUpdate,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> Lot:
        """Update lot.

        Changes the keys that are sent and leaves the others. Its code stays: it is on the goods. Refused with 404 when
        there is no such lot, and with 409 `conflict` when `bestBefore` would be null although each lot of the item
        needs one.

        The least role is admin.
        """
        request = Request(
            "PATCH",
            "/api/lots/{id}",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return self._transport.send(request, Lot)

    def list_lot_balances(self, id: str) -> LotBalanceList:
        """List balances of lot.

        Where a lot is, and where it is on its way to. 404 when there is no such lot.

        The least role is viewer.
        """
        request = Request("GET", "/api/lots/{id}/balances", {"id": id})
        return self._transport.send(request, LotBalanceList)

    def list_lot_entries(
        self,
        id: str,
        *,
        limit: int | None = None,
        sort: Literal["id", "-id"] | None = None,
        count: bool | None = None,
        expand: Literal["names"] | None = None,
    ) -> Pages[LotEntryPage, LotEntry]:
        """List entries of lot.

        What entries of the ledgers did to a lot, the newest first, in pages. 404 when there is no such lot.

        The least role is viewer.
        """

        def fetch(cursor: str | None) -> LotEntryPage:
            request = Request(
                "GET",
                "/api/lots/{id}/entries",
                {"id": id},
                query={"limit": limit, "sort": sort, "count": count, "expand": expand, "cursor": cursor},
            )
            return self._transport.send(request, LotEntryPage)

        return Pages(fetch)

    def release_lot(
        self,
        id: str,
        body: LotReason,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> Lot:
        """Release lot.

        Lets a lot be used and sold, whatever it was before, with a reason. Refused with 404 when there is no such lot,
        and with 409 `invalid_transition` when it has that status already.

        The least role is admin.
        """
        request = Request(
            "POST",
            "/api/lots/{id}/release",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return self._transport.send(request, Lot)

    def hold_lot(
        self,
        id: str,
        body: LotReason,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> Lot:
        """Hold lot.

        Puts a lot on hold, with a reason: it is neither used nor sold, nor taken where nobody names lots, until it is
        released. What leaves at the same moment has left, or stays. Refused with 404 when there is no such lot, and
        with 409 `invalid_transition` when it has that status already.

        The least role is admin.
        """
        request = Request(
            "POST",
            "/api/lots/{id}/hold",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return self._transport.send(request, Lot)

    def reject_lot(
        self,
        id: str,
        body: LotReason,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> Lot:
        """Reject lot.

        Rejects a lot, with a reason: it is neither used nor sold any more. It can be moved and disposed of. Refused
        with 404 when there is no such lot, and with 409 `invalid_transition` when it has that status already.

        The least role is admin.
        """
        request = Request(
            "POST",
            "/api/lots/{id}/reject",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return self._transport.send(request, Lot)

    def allow_expired_lot(
        self,
        id: str,
        body: LotAllowance,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> Lot:
        """Allow expired lot.

        Lets a lot leave up to a day, although it has expired or will have by then, with a reason; what it says of the
        lot stays. Refused with 404 when there is no such lot, and with 409 `conflict` when it never expires, or not
        before that day.

        The least role is admin.
        """
        request = Request(
            "POST",
            "/api/lots/{id}/allow",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return self._transport.send(request, Lot)


class AsyncLots:
    """The same for `AsyncClient`."""

    def __init__(self, transport: Async) -> None:
        self._transport = transport

    def list_lots(
        self,
        *,
        material_id: str | None = None,
        sku_id: str | None = None,
        status: LotStatus | None = None,
        q: str | None = None,
        limit: int | None = None,
        sort: Literal["id", "-id", "code", "-code", "updatedAt", "-updatedAt"] | None = None,
        ids: Sequence[str] | None = None,
        updated_since: Moment | None = None,
        count: bool | None = None,
        expand: Literal["names"] | None = None,
    ) -> AsyncPages[LotPage, Lot]:
        """List lots.

        The lots of the organization, the newest first, in pages. `materialId` and `skuId` narrow the list to those of
        an item, `status` to a status, `q` to codes, and vendors' codes, with a part of a text. A cursor belongs to the
        list it came from: keep the filters the same from page to page.

        The least role is viewer.
        """

        def fetch(cursor: str | None) -> Awaitable[LotPage]:
            request = Request(
                "GET",
                "/api/lots",
                query={
                    "materialId": material_id,
                    "skuId": sku_id,
                    "status": status,
                    "q": q,
                    "limit": limit,
                    "sort": sort,
                    "ids": ids,
                    "updatedSince": updated_since,
                    "count": count,
                    "expand": expand,
                    "cursor": cursor,
                },
            )
            return self._transport.send(request, LotPage)

        return AsyncPages(fetch)

    async def get_lot_settings(self) -> LotSettings:
        """Get lot settings.

        Which lots go where nobody names them, and what new lots of purchase orders are, for all items that do not say
        otherwise.

        The least role is viewer.
        """
        request = Request("GET", "/api/lots/settings")
        return await self._transport.send(request, LotSettings)

    async def update_lot_settings(self, body: LotSettingsUpdate, *, idempotency_key: str | None = None) -> LotSettings:
        """Update lot settings.

        Changes the keys that are sent and leaves the others. Lots that there are stay what they are.

        The least role is admin.
        """
        request = Request("PATCH", "/api/lots/settings", body=body, takes_key=True, idempotency_key=idempotency_key)
        return await self._transport.send(request, LotSettings)

    async def get_lot(self, id: str, *, if_none_match: Lot | None = None) -> Lot:
        """Get lot.

        One lot. Where it is is for listLotBalances to say. 404 when there is no such lot.

        The least role is viewer.
        """
        request = Request("GET", "/api/lots/{id}", {"id": id}, if_none_match=if_none_match)
        return await self._transport.send(request, Lot)

    async def update_lot(
        self,
        id: str,
        body: LotUpdate,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> Lot:
        """Update lot.

        Changes the keys that are sent and leaves the others. Its code stays: it is on the goods. Refused with 404 when
        there is no such lot, and with 409 `conflict` when `bestBefore` would be null although each lot of the item
        needs one.

        The least role is admin.
        """
        request = Request(
            "PATCH",
            "/api/lots/{id}",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return await self._transport.send(request, Lot)

    async def list_lot_balances(self, id: str) -> LotBalanceList:
        """List balances of lot.

        Where a lot is, and where it is on its way to. 404 when there is no such lot.

        The least role is viewer.
        """
        request = Request("GET", "/api/lots/{id}/balances", {"id": id})
        return await self._transport.send(request, LotBalanceList)

    def list_lot_entries(
        self,
        id: str,
        *,
        limit: int | None = None,
        sort: Literal["id", "-id"] | None = None,
        count: bool | None = None,
        expand: Literal["names"] | None = None,
    ) -> AsyncPages[LotEntryPage, LotEntry]:
        """List entries of lot.

        What entries of the ledgers did to a lot, the newest first, in pages. 404 when there is no such lot.

        The least role is viewer.
        """

        def fetch(cursor: str | None) -> Awaitable[LotEntryPage]:
            request = Request(
                "GET",
                "/api/lots/{id}/entries",
                {"id": id},
                query={"limit": limit, "sort": sort, "count": count, "expand": expand, "cursor": cursor},
            )
            return self._transport.send(request, LotEntryPage)

        return AsyncPages(fetch)

    async def release_lot(
        self,
        id: str,
        body: LotReason,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> Lot:
        """Release lot.

        Lets a lot be used and sold, whatever it was before, with a reason. Refused with 404 when there is no such lot,
        and with 409 `invalid_transition` when it has that status already.

        The least role is admin.
        """
        request = Request(
            "POST",
            "/api/lots/{id}/release",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return await self._transport.send(request, Lot)

    async def hold_lot(
        self,
        id: str,
        body: LotReason,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> Lot:
        """Hold lot.

        Puts a lot on hold, with a reason: it is neither used nor sold, nor taken where nobody names lots, until it is
        released. What leaves at the same moment has left, or stays. Refused with 404 when there is no such lot, and
        with 409 `invalid_transition` when it has that status already.

        The least role is admin.
        """
        request = Request(
            "POST",
            "/api/lots/{id}/hold",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return await self._transport.send(request, Lot)

    async def reject_lot(
        self,
        id: str,
        body: LotReason,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> Lot:
        """Reject lot.

        Rejects a lot, with a reason: it is neither used nor sold any more. It can be moved and disposed of. Refused
        with 404 when there is no such lot, and with 409 `invalid_transition` when it has that status already.

        The least role is admin.
        """
        request = Request(
            "POST",
            "/api/lots/{id}/reject",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return await self._transport.send(request, Lot)

    async def allow_expired_lot(
        self,
        id: str,
        body: LotAllowance,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> Lot:
        """Allow expired lot.

        Lets a lot leave up to a day, although it has expired or will have by then, with a reason; what it says of the
        lot stays. Refused with 404 when there is no such lot, and with 409 `conflict` when it never expires, or not
        before that day.

        The least role is admin.
        """
        request = Request(
            "POST",
            "/api/lots/{id}/allow",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return await self._transport.send(request, Lot)
