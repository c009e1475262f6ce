"""The group of methods `materials_inventory`.

Generated from openapi.yaml by `make codegen`. Do not edit.
"""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from typing import Literal

from pharus_client.models.accounting import AsOfBasis
from pharus_client.models.inventory import (
    MaterialsAdjustment,
    MaterialsDisposal,
    MaterialsEventType,
    MaterialsLedgerEntry,
    MaterialsLedgerPage,
    MaterialsOpeningBalanceBulkImport,
    MaterialsRevaluation,
    MaterialsSummaryList,
    MaterialsTransferCreate,
    MaterialsTransferCreated,
    RevaluationReversal,
    TransferCancel,
    TransferComplete,
)
from pharus_client.models.shared import BulkImportResult
from pharus_client.pages import AsyncPages, Pages
from pharus_client.transport import Async, Request, Sync
from pharus_client.values import Moment


class MaterialsInventory:
    """`client.materials_inventory`: the ledger of materials, what there is of each at each location, and the transfers
    between them.
    """

    def __init__(self, transport: Sync) -> None:
        self._transport = transport

    def create_materials_transfer(
        self,
        body: MaterialsTransferCreate,
        *,
        idempotency_key: str | None = None,
    ) -> MaterialsTransferCreated:
        """Create materials transfer.

        Sends a quantity of one material from one location to another. It leaves the source at once, with its part of
        the value there, and is in transit to the destination until completeMaterialsTransfer is called with the `ref`
        of this answer. `eventDate` is when it happened, the present if it is not sent; more than one day ahead is 422.
        Wrong by itself, and so 422, is a destination that is the source. Refused with 404 when there is no such
        material or location, and with 409 `conflict` when the destination is deactivated or when the source has less on
        hand; `details` then has `itemId`, `locationId`, `onHand` and `requested`. A deactivated source, and a
        deactivated material, can be emptied.

        The least role is member.
        """
        request = Request(
            "POST",
            "/api/materials-inventory/transfers",
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return self._transport.send(request, MaterialsTransferCreated)

    def complete_materials_transfer(
        self,
        ref: str,
        body: TransferComplete | None = None,
        *,
        idempotency_key: str | None = None,
    ) -> MaterialsLedgerEntry:
        """Complete in-transit transfer.

        Takes a transfer in at its destination, with the value that left the source. Without `quantity` all that is on
        its way arrives; with it that much, and the rest stays on its way: the parts bring together what left, to the
        last digit. The body may be left out. `eventDate` is when it happened, the present if it is not sent; more than
        one day ahead is 422. Wrong by itself, and so 422, is also an `eventDate` before the transfer's. Refused with
        404 when there is no transfer of a material with this `ref`, with 409 `invalid_transition` when nothing of it is
        on its way any more, also when two complete it at once, and with 409 `conflict` when less is on its way than
        `quantity`; `details` then has `itemId`, `locationId`, `inTransit` and `requested`. What was sent arrives even
        where the material or a location has been deactivated since.

        The least role is member.
        """
        request = Request(
            "POST",
            "/api/materials-inventory/transfers/{ref}/complete",
            {"ref": ref},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return self._transport.send(request, MaterialsLedgerEntry)

    def cancel_materials_transfer(
        self,
        ref: str,
        body: TransferCancel | None = None,
        *,
        idempotency_key: str | None = None,
    ) -> MaterialsLedgerEntry:
        """Cancel in-transit transfer.

        Calls back what of a transfer has not arrived: it is on hand at the source again, with the value with which it
        left. What has arrived stays. The body may be left out. `eventDate` is when it happened, the present if it is
        not sent; more than one day ahead is 422, and so is one before the transfer's. Refused with 404 when there is no
        transfer of a material with this `ref`, and with 409 `invalid_transition` when nothing of it is on its way any
        more.

        The least role is member.
        """
        request = Request(
            "POST",
            "/api/materials-inventory/transfers/{ref}/cancel",
            {"ref": ref},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return self._transport.send(request, MaterialsLedgerEntry)

    def adjust_materials_inventory(
        self,
        body: MaterialsAdjustment,
        *,
        idempotency_key: str | None = None,
    ) -> MaterialsLedgerEntry:
        """Adjust materials inventory.

        Adds a quantity of one material at a location, such as one found when counting, at the average cost it has
        there, 0 if it has none. An adjustment only adds; to take off, call disposeMaterialsInventory. `eventDate` is
        when it happened, the present if it is not sent; more than one day ahead is 422. Refused with 404 when there is
        no such material or location. Deactivated ones may be named: what still lies there has to be counted; but not,
        409 `conflict`, where the material never lay at the location.

        The least role is admin.
        """
        request = Request(
            "POST",
            "/api/materials-inventory/adjustments",
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return self._transport.send(request, MaterialsLedgerEntry)

    def dispose_materials_inventory(
        self,
        body: MaterialsDisposal,
        *,
        idempotency_key: str | None = None,
    ) -> MaterialsLedgerEntry:
        """Dispose materials inventory.

        Takes a quantity of one material off a location for good, with its part of the value there. A disposal has no
        reverse; to put back, call adjustMaterialsInventory. `eventDate` is when it happened, the present if it is not
        sent; more than one day ahead is 422. Refused with 404 when there is no such material or location, and with 409
        `conflict` when the location has less on hand; `details` then has `itemId`, `locationId`, `onHand` and
        `requested`. Deactivated records may be named: what still lies there has to go.

        The least role is admin.
        """
        request = Request(
            "POST",
            "/api/materials-inventory/disposals",
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return self._transport.send(request, MaterialsLedgerEntry)

    def revalue_materials_inventory(
        self,
        body: MaterialsRevaluation,
        *,
        idempotency_key: str | None = None,
    ) -> MaterialsLedgerEntry:
        """Revalue materials inventory.

        Gives what is on hand of one material at a location another unit cost, from now on; no quantity moves. The
        change of the value is the row's `value`. After it all that lies there has one cost: what is undone or corrected
        later of an earlier receipt is variance. `eventDate` is when it happened, the present if it is not sent; more
        than one day ahead is 422. Refused with 404 when there is no such material or location, and with 409 `conflict`
        when nothing is on hand or it costs that already. Deactivated ones may be named.

        The least role is admin.
        """
        request = Request(
            "POST",
            "/api/materials-inventory/revaluations",
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return self._transport.send(request, MaterialsLedgerEntry)

    def reverse_materials_revaluation(
        self,
        id: str,
        body: RevaluationReversal | None = None,
        *,
        idempotency_key: str | None = None,
    ) -> MaterialsLedgerEntry:
        """Reverse materials revaluation.

        Takes a revaluation by hand back. Of its change the part that is still on hand leaves the value there; the part
        that is gone meanwhile is the row's `variance`. The body may be left out. `eventDate` is when it happened, the
        present if it is not sent; more than one day ahead is 422. Refused with 404 when the id is that of no
        revaluation by hand, and with 409 `invalid_transition` when it was reversed already.

        The least role is admin.
        """
        request = Request(
            "POST",
            "/api/materials-inventory/revaluations/{id}/reverse",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return self._transport.send(request, MaterialsLedgerEntry)

    def bulk_import_materials_opening_balances(
        self,
        body: MaterialsOpeningBalanceBulkImport,
        *,
        mode: Literal["atomic", "partial"] | None = None,
        dry_run: bool | None = None,
        idempotency_key: str | None = None,
    ) -> BulkImportResult:
        """Bulk-import opening balances.

        Posts what was on hand when the organization came here, up to 5,000 balances at once: each row is an ADJUST of a
        material at a location, with its quantity, what one unit cost and when that was (`eventDate`, the present if it
        is not sent). The rows of the ledger have `opening` for their `sourceType`.

        A row that breaks the schema is a bad row like any other. In `mode=atomic` all rows are stored in one
        transaction or none is: a bad row makes it 422, with `details` naming every bad row by its index. A row is bad
        that names a material or a location that does not exist or is deactivated, that is dated more than one day ahead
        or in a closed period, or that would open a balance a second time, also one of an earlier row, unless it says
        `acceptAgain: true`. In `mode=partial` each row is stored or refused on its own, and `results` tells which. With
        `dryRun=true` everything is checked and nothing is stored: `ids` is empty and the results carry no id.

        The least role is admin.
        """
        request = Request(
            "POST",
            "/api/materials-inventory/opening-balances/bulk-import",
            query={"mode": mode, "dryRun": dry_run},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return self._transport.send(request, BulkImportResult)

    def get_materials_summary(
        self,
        *,
        material_id: str | None = None,
        location_id: str | None = None,
        as_of: Moment | None = None,
        as_of_basis: AsOfBasis | None = None,
        expand: Literal["names"] | None = None,
    ) -> MaterialsSummaryList:
        """Materials summary.

        What there is of each material at each location: one row for each pair that the ledger has rows of, also as a
        transfer's destination, by material code and then by the locations' `sortOrder`. `materialId` narrows it to one
        material, `locationId` to one location; the list is empty when there is no such thing. It comes whole, without
        pages. With `asOf` it is what there was then, of the pairs that the ledger had rows of by then; `asOfBasis` says
        which rows those are.

        The least role is viewer.
        """
        request = Request(
            "GET",
            "/api/materials-inventory/summary",
            query={
                "materialId": material_id,
                "locationId": location_id,
                "asOf": as_of,
                "asOfBasis": as_of_basis,
                "expand": expand,
            },
        )
        return self._transport.send(request, MaterialsSummaryList)

    def list_materials_ledger_entries(
        self,
        *,
        material_id: str | None = None,
        location_id: str | None = None,
        event_type: MaterialsEventType | None = None,
        ref: str | None = None,
        date_from: Moment | None = None,
        date_to: Moment | None = None,
        limit: int | None = None,
        sort: Literal["eventDate", "-eventDate", "createdAt", "-createdAt", "id", "-id"] | None = None,
        ids: Sequence[str] | None = None,
        updated_since: Moment | None = None,
        count: bool | None = None,
        expand: Literal["names"] | None = None,
    ) -> Pages[MaterialsLedgerPage, MaterialsLedgerEntry]:
        """List materials ledger entries.

        The rows of the ledger of materials, the newest `eventDate` first and then the newest written, in pages.
        `materialId` narrows the list to one material, `locationId` to one location, also as a transfer's destination,
        `eventType` to one kind of event, `ref` to one order or transfer, or to those whose number begins like this,
        `dateFrom` and `dateTo` to a time. A cursor belongs to the list it came from: keep the filters the same from
        page to page.

        The least role is viewer.
        """

        def fetch(cursor: str | None) -> MaterialsLedgerPage:
            request = Request(
                "GET",
                "/api/materials-inventory/ledger",
                query={
                    "materialId": material_id,
                    "locationId": location_id,
                    "eventType": event_type,
                    "ref": ref,
                    "dateFrom": date_from,
                    "dateTo": date_to,
                    "limit": limit,
                    "sort": sort,
                    "ids": ids,
                    "updatedSince": updated_since,
                    "count": count,
                    "expand": expand,
                    "cursor": cursor,
                },
            )
            return self._transport.send(request, MaterialsLedgerPage)

        return Pages(fetch)

    def get_materials_ledger_entry(
        self,
        id: str,
        *,
        if_none_match: MaterialsLedgerEntry | None = None,
    ) -> MaterialsLedgerEntry:
        """Get ledger entry detail.

        One row of the ledger of materials. Refused with 404 when there is no such row.

        The least role is viewer.
        """
        request = Request("GET", "/api/materials-inventory/ledger/{id}", {"id": id}, if_none_match=if_none_match)
        return self._transport.send(request, MaterialsLedgerEntry)


class AsyncMaterialsInventory:
    """The same for `AsyncClient`."""

    def __init__(self, transport: Async) -> None:
        self._transport = transport

    async def create_materials_transfer(
        self,
        body: MaterialsTransferCreate,
        *,
        idempotency_key: str | None = None,
    ) -> MaterialsTransferCreated:
        """Create materials transfer.

        Sends a quantity of one material from one location to another. It leaves the source at once, with its part of
        the value there, and is in transit to the destination until completeMaterialsTransfer is called with the `ref`
        of this answer. `eventDate` is when it happened, the present if it is not sent; more than one day ahead is 422.
        Wrong by itself, and so 422, is a destination that is the source. Refused with 404 when there is no such
        material or location, and with 409 `conflict` when the destination is deactivated or when the source has less on
        hand; `details` then has `itemId`, `locationId`, `onHand` and `requested`. A deactivated source, and a
        deactivated material, can be emptied.

        The least role is member.
        """
        request = Request(
            "POST",
            "/api/materials-inventory/transfers",
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return await self._transport.send(request, MaterialsTransferCreated)

    async def complete_materials_transfer(
        self,
        ref: str,
        body: TransferComplete | None = None,
        *,
        idempotency_key: str | None = None,
    ) -> MaterialsLedgerEntry:
        """Complete in-transit transfer.

        Takes a transfer in at its destination, with the value that left the source. Without `quantity` all that is on
        its way arrives; with it that much, and the rest stays on its way: the parts bring together what left, to the
        last digit. The body may be left out. `eventDate` is when it happened, the present if it is not sent; more than
        one day ahead is 422. Wrong by itself, and so 422, is also an `eventDate` before the transfer's. Refused with
        404 when there is no transfer of a material with this `ref`, with 409 `invalid_transition` when nothing of it is
        on its way any more, also when two complete it at once, and with 409 `conflict` when less is on its way than
        `quantity`; `details` then has `itemId`, `locationId`, `inTransit` and `requested`. What was sent arrives even
        where the material or a location has been deactivated since.

        The least role is member.
        """
        request = Request(
            "POST",
            "/api/materials-inventory/transfers/{ref}/complete",
            {"ref": ref},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return await self._transport.send(request, MaterialsLedgerEntry)

    async def cancel_materials_transfer(
        self,
        ref: str,
        body: TransferCancel | None = None,
        *,
        idempotency_key: str | None = None,
    ) -> MaterialsLedgerEntry:
        """Cancel in-transit transfer.

        Calls back what of a transfer has not arrived: it is on hand at the source again, with the value with which it
        left. What has arrived stays. The body may be left out. `eventDate` is when it happened, the present if it is
        not sent; more than one day ahead is 422, and so is one before the transfer's. Refused with 404 when there is no
        transfer of a material with this `ref`, and with 409 `invalid_transition` when nothing of it is on its way any
        more.

        The least role is member.
        """
        request = Request(
            "POST",
            "/api/materials-inventory/transfers/{ref}/cancel",
            {"ref": ref},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return await self._transport.send(request, MaterialsLedgerEntry)

    async def adjust_materials_inventory(
        self,
        body: MaterialsAdjustment,
        *,
        idempotency_key: str | None = None,
    ) -> MaterialsLedgerEntry:
        """Adjust materials inventory.

        Adds a quantity of one material at a location, such as one found when counting, at the average cost it has
        there, 0 if it has none. An adjustment only adds; to take off, call disposeMaterialsInventory. `eventDate` is
        when it happened, the present if it is not sent; more than one day ahead is 422. Refused with 404 when there is
        no such material or location. Deactivated ones may be named: what still lies there has to be counted; but not,
        409 `conflict`, where the material never lay at the location.

        The least role is admin.
        """
        request = Request(
            "POST",
            "/api/materials-inventory/adjustments",
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return await self._transport.send(request, MaterialsLedgerEntry)

    async def dispose_materials_inventory(
        self,
        body: MaterialsDisposal,
        *,
        idempotency_key: str | None = None,
    ) -> MaterialsLedgerEntry:
        """Dispose materials inventory.

        Takes a quantity of one material off a location for good, with its part of the value there. A disposal has no
        reverse; to put back, call adjustMaterialsInventory. `eventDate` is when it happened, the present if it is not
        sent; more than one day ahead is 422. Refused with 404 when there is no such material or location, and with 409
        `conflict` when the location has less on hand; `details` then has `itemId`, `locationId`, `onHand` and
        `requested`. Deactivated records may be named: what still lies there has to go.

        The least role is admin.
        """
        request = Request(
            "POST",
            "/api/materials-inventory/disposals",
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return await self._transport.send(request, MaterialsLedgerEntry)

    async def revalue_materials_inventory(
        self,
        body: MaterialsRevaluation,
        *,
        idempotency_key: str | None = None,
    ) -> MaterialsLedgerEntry:
        """Revalue materials inventory.

        Gives what is on hand of one material at a location another unit cost, from now on; no quantity moves. The
        change of the value is the row's `value`. After it all that lies there has one cost: what is undone or corrected
        later of an earlier receipt is variance. `eventDate` is when it happened, the present if it is not sent; more
        than one day ahead is 422. Refused with 404 when there is no such material or location, and with 409 `conflict`
        when nothing is on hand or it costs that already. Deactivated ones may be named.

        The least role is admin.
        """
        request = Request(
            "POST",
            "/api/materials-inventory/revaluations",
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return await self._transport.send(request, MaterialsLedgerEntry)

    async def reverse_materials_revaluation(
        self,
        id: str,
        body: RevaluationReversal | None = None,
        *,
        idempotency_key: str | None = None,
    ) -> MaterialsLedgerEntry:
        """Reverse materials revaluation.

        Takes a revaluation by hand back. Of its change the part that is still on hand leaves the value there; the part
        that is gone meanwhile is the row's `variance`. The body may be left out. `eventDate` is when it happened, the
        present if it is not sent; more than one day ahead is 422. Refused with 404 when the id is that of no
        revaluation by hand, and with 409 `invalid_transition` when it was reversed already.

        The least role is admin.
        """
        request = Request(
            "POST",
            "/api/materials-inventory/revaluations/{id}/reverse",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return await self._transport.send(request, MaterialsLedgerEntry)

    async def bulk_import_materials_opening_balances(
        self,
        body: MaterialsOpeningBalanceBulkImport,
        *,
        mode: Literal["atomic", "partial"] | None = None,
        dry_run: bool | None = None,
        idempotency_key: str | None = None,
    ) -> BulkImportResult:
        """Bulk-import opening balances.

        Posts what was on hand when the organization came here, up to 5,000 balances at once: each row is an ADJUST of a
        material at a location, with its quantity, what one unit cost and when that was (`eventDate`, the present if it
        is not sent). The rows of the ledger have `opening` for their `sourceType`.

        A row that breaks the schema is a bad row like any other. In `mode=atomic` all rows are stored in one
        transaction or none is: a bad row makes it 422, with `details` naming every bad row by its index. A row is bad
        that names a material or a location that does not exist or is deactivated, that is dated more than one day ahead
        or in a closed period, or that would open a balance a second time, also one of an earlier row, unless it says
        `acceptAgain: true`. In `mode=partial` each row is stored or refused on its own, and `results` tells which. With
        `dryRun=true` everything is checked and nothing is stored: `ids` is empty and the results carry no id.

        The least role is admin.
        """
        request = Request(
            "POST",
            "/api/materials-inventory/opening-balances/bulk-import",
            query={"mode": mode, "dryRun": dry_run},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return await self._transport.send(request, BulkImportResult)

    async def get_materials_summary(
        self,
        *,
        material_id: str | None = None,
        location_id: str | None = None,
        as_of: Moment | None = None,
        as_of_basis: AsOfBasis | None = None,
        expand: Literal["names"] | None = None,
    ) -> MaterialsSummaryList:
        """Materials summary.

        What there is of each material at each location: one row for each pair that the ledger has rows of, also as a
        transfer's destination, by material code and then by the locations' `sortOrder`. `materialId` narrows it to one
        material, `locationId` to one location; the list is empty when there is no such thing. It comes whole, without
        pages. With `asOf` it is what there was then, of the pairs that the ledger had rows of by then; `asOfBasis` says
        which rows those are.

        The least role is viewer.
        """
        request = Request(
            "GET",
            "/api/materials-inventory/summary",
            query={
                "materialId": material_id,
                "locationId": location_id,
                "asOf": as_of,
                "asOfBasis": as_of_basis,
                "expand": expand,
            },
        )
        return await self._transport.send(request, MaterialsSummaryList)

    def list_materials_ledger_entries(
        self,
        *,
        material_id: str | None = None,
        location_id: str | None = None,
        event_type: MaterialsEventType | None = None,
        ref: str | None = None,
        date_from: Moment | None = None,
        date_to: Moment | None = None,
        limit: int | None = None,
        sort: Literal["eventDate", "-eventDate", "createdAt", "-createdAt", "id", "-id"] | None = None,
        ids: Sequence[str] | None = None,
        updated_since: Moment | None = None,
        count: bool | None = None,
        expand: Literal["names"] | None = None,
    ) -> AsyncPages[MaterialsLedgerPage, MaterialsLedgerEntry]:
        """List materials ledger entries.

        The rows of the ledger of materials, the newest `eventDate` first and then the newest written, in pages.
        `materialId` narrows the list to one material, `locationId` to one location, also as a transfer's destination,
        `eventType` to one kind of event, `ref` to one order or transfer, or to those whose number begins like this,
        `dateFrom` and `dateTo` to a time. A cursor belongs to the list it came from: keep the filters the same from
        page to page.

        The least role is viewer.
        """

        def fetch(cursor: str | None) -> Awaitable[MaterialsLedgerPage]:
            request = Request(
                "GET",
                "/api/materials-inventory/ledger",
                query={
                    "materialId": material_id,
                    "locationId": location_id,
                    "eventType": event_type,
                    "ref": ref,
                    "dateFrom": date_from,
                    "dateTo": date_to,
                    "limit": limit,
                    "sort": sort,
                    "ids": ids,
                    "updatedSince": updated_since,
                    "count": count,
                    "expand": expand,
                    "cursor": cursor,
                },
            )
            return self._transport.send(request, MaterialsLedgerPage)

        return AsyncPages(fetch)

    async def get_materials_ledger_entry(
        self,
        id: str,
        *,
        if_none_match: MaterialsLedgerEntry | None = None,
    ) -> MaterialsLedgerEntry:
        """Get ledger entry detail.

        One row of the ledger of materials. Refused with 404 when there is no such row.

        The least role is viewer.
        """
        request = Request("GET", "/api/materials-inventory/ledger/{id}", {"id": id}, if_none_match=if_none_match)
        return await self._transport.send(request, MaterialsLedgerEntry)
