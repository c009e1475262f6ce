"""The group of methods `lots`.

Generated from openapi.yaml by `make codegen`. Do not edit.
"""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from typing import Literal

from pharus_client.models.accounting import AsOfBasis
from pharus_client.models.lots import (
    ExpiringLot,
    ExpiringLotPage,
    Lot,
    LotAllowance,
    LotBalanceList,
    LotEntry,
    LotEntryPage,
    LotMassBalance,
    LotPage,
    LotReason,
    LotRecallCreate,
    LotRecallLineList,
    LotRecallList,
    LotRecallReport,
    LotScan,
    LotSettings,
    LotSettingsUpdate,
    LotStatus,
    LotTrace,
    LotTrackingEventList,
    LotTrackingStart,
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

    def start_lot_tracking(self, body: LotTrackingStart, *, idempotency_key: str | None = None) -> Lot:
        """Start lot tracking.

        Switches a material or a SKU to lots. What is on hand of it, and on its way, becomes one lot with the code that
        is sent, in one transaction; what was posted before is undone as a part of it. Refused with 404 when there is no
        such item, with 409 `conflict` when it has lots already, and with 422 without `bestBefore` where each lot of the
        item needs it.

        The least role is admin.
        """
        request = Request("POST", "/api/lots/tracking", body=body, takes_key=True, idempotency_key=idempotency_key)
        return self._transport.send(request, Lot)

    def resolve_lot_scan(self, *, code: str) -> LotScan:
        """Resolve scan to lot.

        The lots that a scan means, the newest first. `code` is what a scanner gives, or somebody types: an element
        string of GS1, with or without the name of the symbology (`]C1`) and FNC1, or as it is printed below a barcode;
        a GS1 Digital Link; what our own labels say; a GTIN; or a code of a lot, ours or the vendor's. A label that
        names its item means lots of that item alone. 100 lots at most; none where we have no such lot: then the answer
        says what the label says. Refused with 422 when it is nothing that a label says.

        The least role is viewer.
        """
        request = Request("GET", "/api/lots/scan", query={"code": code})
        return self._transport.send(request, LotScan)

    def list_expiring_lots(
        self,
        *,
        before: Moment | None = None,
        location_id: str | None = None,
        limit: int | None = None,
    ) -> Pages[ExpiringLotPage, ExpiringLot]:
        """List expiring lots.

        What is on hand of lots that expire, and what it is worth: its part of the value at the location. The first to
        expire comes first, what has expired before all others, in pages. `before` narrows the list to those that are
        good until that day at the latest, `locationId` to a location.

        The least role is viewer.
        """

        def fetch(cursor: str | None) -> ExpiringLotPage:
            request = Request(
                "GET",
                "/api/lots/expiring",
                query={"before": before, "locationId": location_id, "limit": limit, "cursor": cursor},
            )
            return self._transport.send(request, ExpiringLotPage)

        return Pages(fetch)

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

    def get_lot_label_pdf(
        self,
        id: str,
        *,
        copies: int | None = None,
        size: Literal["100x50", "100x150", "a6"] | None = None,
    ) -> bytes:
        """Generate label of lot PDF.

        The label of a lot as a PDF, a page for each copy: the item's name and code, the lot's code, until when it is
        good and when it was made, a barcode (GS1-128) and a QR code. Where the item has a GTIN, and a barcode of GS1
        can hold the lot's code, the barcode says both with the last good day, and the QR code is a GS1 Digital Link;
        else they say which lot of ours it is. resolveLotScan reads either. Refused with 404 when there is no such lot,
        and with 503 when rendering takes too long.

        The least role is viewer.
        """
        request = Request("GET", "/api/lots/{id}/label", {"id": id}, query={"copies": copies, "size": size})
        return self._transport.send(request, bytes)

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
        ids: Sequence[str] | None = None,
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
                query={"limit": limit, "sort": sort, "ids": ids, "count": count, "expand": expand, "cursor": cursor},
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

    def get_lot_trace(self, id: str, *, direction: Literal["both", "back", "forward"] | None = None) -> LotTrace:
        """Trace lot.

        The way of a lot in one call: what it was made of and what was made of it, through all levels, with the
        quantities of each step; where what was not made came from; who got of it and of all that was made of it, and
        how much came back; and what is still where. `level` is how many steps a lot is away, below 0 where it went into
        this one. `direction` looks only back or only forward. Up to 10,000 steps are shown, the nearest first; the
        others are counted. 404 when there is no such lot.

        The least role is viewer.
        """
        request = Request("GET", "/api/lots/{id}/trace", {"id": id}, query={"direction": direction})
        return self._transport.send(request, LotTrace)

    def list_lot_tracking_events(
        self,
        id: str,
        *,
        direction: Literal["both", "back", "forward"] | None = None,
    ) -> LotTrackingEventList:
        """List tracking events of lot.

        What was done to a lot, and to all that it went into or came from, by the tracking events of the FDA (21 CFR
        part 1, subpart S), with what a maker has to know of each, the first to happen first: as a spreadsheet it is the
        one that the FDA asks for. What is undone is left out, a part of it taken off. Of what was made, what went into
        it is here although it is not on the way of the lot. `direction` looks only back or only forward. 404 when there
        is no such lot.

        The least role is viewer.
        """
        request = Request("GET", "/api/lots/{id}/tracking-events", {"id": id}, query={"direction": direction})
        return self._transport.send(request, LotTrackingEventList)

    def get_lot_mass_balance(
        self,
        id: str,
        *,
        as_of: Moment | None = None,
        as_of_basis: AsOfBasis | None = None,
    ) -> LotMassBalance:
        """Get mass balance of lot.

        What came of a lot and what has become of it, to the last digit, as of a moment: received, produced, found and
        there at the opening are together what was used, shipped and lost, what is on hand and what is on its way. 404
        when there is no such lot.

        The least role is viewer.
        """
        request = Request(
            "GET",
            "/api/lots/{id}/mass-balance",
            {"id": id},
            query={"asOf": as_of, "asOfBasis": as_of_basis},
        )
        return self._transport.send(request, LotMassBalance)

    def recall_lot(self, id: str, body: LotRecallCreate, *, idempotency_key: str | None = None) -> LotRecallReport:
        """Recall lot.

        Recalls a lot: it and all that was made of it, through all levels, is put on hold (what is rejected stays so),
        and the answer says who got how much of what and when, with whom to call, and what is still where. Nothing of it
        leaves after that; what left before is in the report. With `mock` it is an exercise: nothing changes, and the
        report says how long it took. 404 when there is no such lot.

        The least role is admin.
        """
        request = Request(
            "POST",
            "/api/lots/{id}/recalls",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return self._transport.send(request, LotRecallReport)

    def list_lot_recalls(self, id: str) -> LotRecallList:
        """List recalls of lot.

        The recalls of a lot and the exercises, the newest first. 404 when there is no such lot.

        The least role is viewer.
        """
        request = Request("GET", "/api/lots/{id}/recalls", {"id": id})
        return self._transport.send(request, LotRecallList)

    def get_lot_recall(self, id: str) -> LotRecallReport:
        """Get recall of lot.

        A recall with all the lots that it reached, and where they are by now. 404 when there is no such recall.

        The least role is viewer.
        """
        request = Request("GET", "/api/lot-recalls/{id}", {"id": id})
        return self._transport.send(request, LotRecallReport)

    def list_lot_recall_lines(self, id: str) -> LotRecallLineList:
        """List lines of recall.

        A recall line by line, for a spreadsheet: each sale of what it reached with the customer and whom to call there,
        the first to leave first, then what is still where and what is on its way, as of now. 404 when there is no such
        recall.

        The least role is viewer.
        """
        request = Request("GET", "/api/lot-recalls/{id}/lines", {"id": id})
        return self._transport.send(request, LotRecallLineList)

    def get_lot_recall_pdf(self, id: str) -> bytes:
        """Generate recall report PDF.

        A recall as a PDF: why, when and how fast, the lots that it reached, who has how much of what, with whom to
        call, and what is still where, as of now. An exercise says so. Refused with 404 when there is no such recall,
        and with 503 when rendering takes too long.

        The least role is viewer.
        """
        request = Request("GET", "/api/lot-recalls/{id}/pdf", {"id": id})
        return self._transport.send(request, bytes)


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

    async def start_lot_tracking(self, body: LotTrackingStart, *, idempotency_key: str | None = None) -> Lot:
        """Start lot tracking.

        Switches a material or a SKU to lots. What is on hand of it, and on its way, becomes one lot with the code that
        is sent, in one transaction; what was posted before is undone as a part of it. Refused with 404 when there is no
        such item, with 409 `conflict` when it has lots already, and with 422 without `bestBefore` where each lot of the
        item needs it.

        The least role is admin.
        """
        request = Request("POST", "/api/lots/tracking", body=body, takes_key=True, idempotency_key=idempotency_key)
        return await self._transport.send(request, Lot)

    async def resolve_lot_scan(self, *, code: str) -> LotScan:
        """Resolve scan to lot.

        The lots that a scan means, the newest first. `code` is what a scanner gives, or somebody types: an element
        string of GS1, with or without the name of the symbology (`]C1`) and FNC1, or as it is printed below a barcode;
        a GS1 Digital Link; what our own labels say; a GTIN; or a code of a lot, ours or the vendor's. A label that
        names its item means lots of that item alone. 100 lots at most; none where we have no such lot: then the answer
        says what the label says. Refused with 422 when it is nothing that a label says.

        The least role is viewer.
        """
        request = Request("GET", "/api/lots/scan", query={"code": code})
        return await self._transport.send(request, LotScan)

    def list_expiring_lots(
        self,
        *,
        before: Moment | None = None,
        location_id: str | None = None,
        limit: int | None = None,
    ) -> AsyncPages[ExpiringLotPage, ExpiringLot]:
        """List expiring lots.

        What is on hand of lots that expire, and what it is worth: its part of the value at the location. The first to
        expire comes first, what has expired before all others, in pages. `before` narrows the list to those that are
        good until that day at the latest, `locationId` to a location.

        The least role is viewer.
        """

        def fetch(cursor: str | None) -> Awaitable[ExpiringLotPage]:
            request = Request(
                "GET",
                "/api/lots/expiring",
                query={"before": before, "locationId": location_id, "limit": limit, "cursor": cursor},
            )
            return self._transport.send(request, ExpiringLotPage)

        return AsyncPages(fetch)

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

    async def get_lot_label_pdf(
        self,
        id: str,
        *,
        copies: int | None = None,
        size: Literal["100x50", "100x150", "a6"] | None = None,
    ) -> bytes:
        """Generate label of lot PDF.

        The label of a lot as a PDF, a page for each copy: the item's name and code, the lot's code, until when it is
        good and when it was made, a barcode (GS1-128) and a QR code. Where the item has a GTIN, and a barcode of GS1
        can hold the lot's code, the barcode says both with the last good day, and the QR code is a GS1 Digital Link;
        else they say which lot of ours it is. resolveLotScan reads either. Refused with 404 when there is no such lot,
        and with 503 when rendering takes too long.

        The least role is viewer.
        """
        request = Request("GET", "/api/lots/{id}/label", {"id": id}, query={"copies": copies, "size": size})
        return await self._transport.send(request, bytes)

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
        ids: Sequence[str] | None = None,
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
                query={"limit": limit, "sort": sort, "ids": ids, "count": count, "expand": expand, "cursor": cursor},
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

    async def get_lot_trace(self, id: str, *, direction: Literal["both", "back", "forward"] | None = None) -> LotTrace:
        """Trace lot.

        The way of a lot in one call: what it was made of and what was made of it, through all levels, with the
        quantities of each step; where what was not made came from; who got of it and of all that was made of it, and
        how much came back; and what is still where. `level` is how many steps a lot is away, below 0 where it went into
        this one. `direction` looks only back or only forward. Up to 10,000 steps are shown, the nearest first; the
        others are counted. 404 when there is no such lot.

        The least role is viewer.
        """
        request = Request("GET", "/api/lots/{id}/trace", {"id": id}, query={"direction": direction})
        return await self._transport.send(request, LotTrace)

    async def list_lot_tracking_events(
        self,
        id: str,
        *,
        direction: Literal["both", "back", "forward"] | None = None,
    ) -> LotTrackingEventList:
        """List tracking events of lot.

        What was done to a lot, and to all that it went into or came from, by the tracking events of the FDA (21 CFR
        part 1, subpart S), with what a maker has to know of each, the first to happen first: as a spreadsheet it is the
        one that the FDA asks for. What is undone is left out, a part of it taken off. Of what was made, what went into
        it is here although it is not on the way of the lot. `direction` looks only back or only forward. 404 when there
        is no such lot.

        The least role is viewer.
        """
        request = Request("GET", "/api/lots/{id}/tracking-events", {"id": id}, query={"direction": direction})
        return await self._transport.send(request, LotTrackingEventList)

    async def get_lot_mass_balance(
        self,
        id: str,
        *,
        as_of: Moment | None = None,
        as_of_basis: AsOfBasis | None = None,
    ) -> LotMassBalance:
        """Get mass balance of lot.

        What came of a lot and what has become of it, to the last digit, as of a moment: received, produced, found and
        there at the opening are together what was used, shipped and lost, what is on hand and what is on its way. 404
        when there is no such lot.

        The least role is viewer.
        """
        request = Request(
            "GET",
            "/api/lots/{id}/mass-balance",
            {"id": id},
            query={"asOf": as_of, "asOfBasis": as_of_basis},
        )
        return await self._transport.send(request, LotMassBalance)

    async def recall_lot(
        self,
        id: str,
        body: LotRecallCreate,
        *,
        idempotency_key: str | None = None,
    ) -> LotRecallReport:
        """Recall lot.

        Recalls a lot: it and all that was made of it, through all levels, is put on hold (what is rejected stays so),
        and the answer says who got how much of what and when, with whom to call, and what is still where. Nothing of it
        leaves after that; what left before is in the report. With `mock` it is an exercise: nothing changes, and the
        report says how long it took. 404 when there is no such lot.

        The least role is admin.
        """
        request = Request(
            "POST",
            "/api/lots/{id}/recalls",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return await self._transport.send(request, LotRecallReport)

    async def list_lot_recalls(self, id: str) -> LotRecallList:
        """List recalls of lot.

        The recalls of a lot and the exercises, the newest first. 404 when there is no such lot.

        The least role is viewer.
        """
        request = Request("GET", "/api/lots/{id}/recalls", {"id": id})
        return await self._transport.send(request, LotRecallList)

    async def get_lot_recall(self, id: str) -> LotRecallReport:
        """Get recall of lot.

        A recall with all the lots that it reached, and where they are by now. 404 when there is no such recall.

        The least role is viewer.
        """
        request = Request("GET", "/api/lot-recalls/{id}", {"id": id})
        return await self._transport.send(request, LotRecallReport)

    async def list_lot_recall_lines(self, id: str) -> LotRecallLineList:
        """List lines of recall.

        A recall line by line, for a spreadsheet: each sale of what it reached with the customer and whom to call there,
        the first to leave first, then what is still where and what is on its way, as of now. 404 when there is no such
        recall.

        The least role is viewer.
        """
        request = Request("GET", "/api/lot-recalls/{id}/lines", {"id": id})
        return await self._transport.send(request, LotRecallLineList)

    async def get_lot_recall_pdf(self, id: str) -> bytes:
        """Generate recall report PDF.

        A recall as a PDF: why, when and how fast, the lots that it reached, who has how much of what, with whom to
        call, and what is still where, as of now. An exercise says so. Refused with 404 when there is no such recall,
        and with 503 when rendering takes too long.

        The least role is viewer.
        """
        request = Request("GET", "/api/lot-recalls/{id}/pdf", {"id": id})
        return await self._transport.send(request, bytes)
