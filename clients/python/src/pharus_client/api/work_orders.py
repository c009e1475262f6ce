"""The group of methods `work_orders`.

Generated from openapi.yaml by `make codegen`. Do not edit.
"""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from typing import Literal

from pharus_client.models.manufacturing import (
    WorkOrder,
    WorkOrderBulkImport,
    WorkOrderCreate,
    WorkOrderDetail,
    WorkOrderItemCreate,
    WorkOrderItemDetail,
    WorkOrderItemUpdate,
    WorkOrderPage,
    WorkOrderReceipt,
    WorkOrderReceiptCreate,
    WorkOrderReceiptDetail,
    WorkOrderReceiptList,
    WorkOrderReceiptUpdate,
    WorkOrderReceived,
    WorkOrderStatus,
    WorkOrderStatusList,
    WorkOrderUpdate,
)
from pharus_client.models.shared import BulkImportResult, DeletedId
from pharus_client.pages import AsyncPages, Pages
from pharus_client.transport import Async, Request, Sync
from pharus_client.values import Moment, Version


class WorkOrders:
    """`client.work_orders`: the orders for contract assembly at a work site, and what came out of them."""

    def __init__(self, transport: Sync) -> None:
        self._transport = transport

    def create_work_order(self, body: WorkOrderCreate, *, idempotency_key: str | None = None) -> WorkOrderDetail:
        """Create WO.

        Writes a work order of one or more output SKUs, each in one line only, and takes a number for it (WO-2026-…),
        counted by organization and calendar year and never used twice. Each line takes its inputs, materials and
        sub-assembly SKUs, from the SKU's BOM as it is now, one level deep: as much as lets the line's quantity come
        out; its by-products are on order, too. Later changes of a BOM do not touch it. `status` may be any, so that
        history can be written: nothing is received by it, but what the status commits is put into the ledgers at once,
        the outputs as on order and the inputs as demanded or allocated. `orderDate` becomes `placedAt`. The date of the
        status is today, that of Placed only if there is no `orderDate`. Wrong by itself, and so 422, is a SKU that
        comes twice. Refused with 404 when there is no such work site or SKU, and with 409 `conflict` when one of them
        is deactivated, when an output SKU has no BOM, or when a quantity of an input grows too large.

        The least role is member.
        """
        request = Request("POST", "/api/work-orders", body=body, takes_key=True, idempotency_key=idempotency_key)
        return self._transport.send(request, WorkOrderDetail)

    def list_work_orders(
        self,
        *,
        status: WorkOrderStatus | None = None,
        q: str | None = None,
        work_site_location_id: str | None = None,
        date_from: Moment | None = None,
        date_to: Moment | None = None,
        limit: int | None = None,
        sort: Literal["id", "-id", "orderDate", "-orderDate", "updatedAt", "-updatedAt"] | None = None,
        ids: Sequence[str] | None = None,
        updated_since: Moment | None = None,
        count: bool | None = None,
        expand: Literal["names"] | None = None,
    ) -> Pages[WorkOrderPage, WorkOrder]:
        """List WOs.

        The work orders of the organization, newest first, in pages, without their lines. `status` narrows the list to
        one status, `q` to orders with a text in their number or in the name of their work site, `workSiteLocationId` to
        those of one work site, `dateFrom` and `dateTo` to those placed in a time, both days included; an order without
        `placedAt` counts by the day it was written. A cursor belongs to the list it came from: keep the filters the
        same from page to page.

        The least role is viewer.
        """

        def fetch(cursor: str | None) -> WorkOrderPage:
            request = Request(
                "GET",
                "/api/work-orders",
                query={
                    "status": status,
                    "q": q,
                    "workSiteLocationId": work_site_location_id,
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
            return self._transport.send(request, WorkOrderPage)

        return Pages(fetch)

    def update_work_order(
        self,
        id: str,
        body: WorkOrderUpdate,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> WorkOrder:
        """Update WO.

        Changes the keys that are sent and leaves the others. A new `status` must be one that the present one leads to
        (see WorkOrderStatus), otherwise 409 `invalid_transition`, and `details` has `from`, `to` and `allowed`; the
        same status again is no change. Entering a status sets its date to today unless it is set already or the request
        gives one; going back clears the dates of the statuses that are left. Dates that are sent win. `orderDate` is
        another name for `placedAt`, which wins where both are sent. Quantities follow in the ledgers: Draft and what is
        finished hold nothing open; the other statuses hold the outputs on order as far as they are not received,
        Entered and Placed their inputs as demand, Production, In Transit and Partial as allocated. Of an order that is
        Received, Completed or Cancelled only notes, dates and the status can change; another work site is 409
        `invalid_transition`. Refused with 404 when there is no such work order or work site, and with 409 `conflict`
        when a newly named work site is deactivated, or when the work site would change and there is a receipt.

        The least role is member.
        """
        request = Request(
            "PATCH",
            "/api/work-orders/{id}",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return self._transport.send(request, WorkOrder)

    def delete_work_order(self, id: str, *, if_match: Version = None, idempotency_key: str | None = None) -> DeletedId:
        """Delete WO.

        Deletes a work order with its lines, receipts and documents. All it holds in the ledgers is reversed first, by
        rows of their own: what it committed, what its receipts consumed and what they made. Refused with 404 when there
        is no such work order, with 409 `invalid_transition` when it has ended (Received, Completed, Cancelled), and
        with 409 `conflict` when goods that it made are not on hand any more; `details` then has `itemId`, `locationId`,
        `onHand` and `requested`.

        The least role is member.
        """
        request = Request(
            "DELETE",
            "/api/work-orders/{id}",
            {"id": id},
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return self._transport.send(request, DeletedId)

    def get_work_order(self, id: str, *, if_none_match: WorkOrderDetail | None = None) -> WorkOrderDetail:
        """Get WO detail.

        One work order with its lines and the inputs of all lines. Refused with 404 when there is no such work order.

        The least role is viewer.
        """
        request = Request("GET", "/api/work-orders/{id}", {"id": id}, if_none_match=if_none_match)
        return self._transport.send(request, WorkOrderDetail)

    def reopen_work_order(self, id: str, *, if_match: Version = None, idempotency_key: str | None = None) -> WorkOrder:
        """Reopen work order.

        Opens a work order again that has ended (Received, Completed or Cancelled), at the status from which it ended.
        One that was closed short goes back to Partial: what was not made is to be made. Refused with 409 `conflict`
        when the order is Received and all of it was made; with 409 `invalid_transition` when the order has not ended,
        and with 404 when there is no such order.

        The least role is admin.
        """
        request = Request(
            "POST",
            "/api/work-orders/{id}/reopen",
            {"id": id},
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return self._transport.send(request, WorkOrder)

    def bulk_import_work_orders(
        self,
        body: WorkOrderBulkImport,
        *,
        mode: Literal["atomic", "partial"] | None = None,
        dry_run: bool | None = None,
        idempotency_key: str | None = None,
    ) -> BulkImportResult:
        """Bulk-import WOs.

        Stores up to 5,000 work orders at once. Every row is a work order as createWorkOrder takes it, with its lines;
        each gets a number of its own, and what its status commits is put into the ledgers.

        A row that breaks the schema is a bad row like any other. In `mode=atomic` all rows are stored in one
        transaction or none is: a bad row, such as one that names a work site that does not exist or a SKU without a
        BOM, makes it 422, with `details` naming every bad row by its index. In `mode=partial` each row is stored or
        refused on its own, and `results` tells which. With `dryRun=true` everything is checked and nothing is stored:
        `ids` is empty and the results carry no id.

        A row with `history: true` is an order of earlier years: Received, Completed or Cancelled, with a number and
        dates of its own, of partners, items and locations that may be deactivated; it has no inputs and needs no BOM.
        Nothing is written to the ledgers for it, which `history` in its result says, and its events reach no webhook.
        Later it may only go on to a status that is an end as well, and be deleted. Any row may bring a number along
        (`woNumber`); one that is taken, or that the numbering has given already, makes it a bad row.

        The least role is admin.
        """
        request = Request(
            "POST",
            "/api/work-orders/bulk-import",
            query={"mode": mode, "dryRun": dry_run},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return self._transport.send(request, BulkImportResult)

    def get_work_order_pdf(self, id: str) -> bytes:
        """Generate WO sheet PDF.

        The order as a PDF for those who make it: where, for when, each line with the inputs that it takes for its whole
        quantity, in their units, and room for what was really made and used, and for lots; no costs. Of the status it
        says only that an order is a draft or cancelled. Refused with 404 when there is no such order, and with 503 when
        rendering takes too long.

        The least role is viewer.
        """
        request = Request("GET", "/api/work-orders/{id}/pdf", {"id": id})
        return self._transport.send(request, bytes)

    def add_work_order_item(
        self,
        id: str,
        body: WorkOrderItemCreate,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> WorkOrderItemDetail:
        """Add item to WO.

        Adds a line to a work order, with its inputs by the SKU's BOM as it is now, and puts what the order's status
        commits of it into the ledgers. Refused with 404 when there is no such work order or SKU, with 409
        `invalid_transition` when the order has ended, and with 409 `conflict` once the order has a receipt, when the
        SKU is in a line of the order already or is deactivated, when the SKU has no BOM, or when a quantity of an input
        grows too large.

        The least role is member.
        """
        request = Request(
            "POST",
            "/api/work-orders/{id}/items",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return self._transport.send(request, WorkOrderItemDetail)

    def update_work_order_item(
        self,
        id: str,
        body: WorkOrderItemUpdate,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> WorkOrderItemDetail:
        """Update WO item.

        Changes the keys that are sent and leaves the others. A new quantity rescales the line's inputs as they were
        taken from the BOM, which may have changed since, and the ledgers follow. Refused with 404 when there is no such
        line, with 409 `invalid_transition` when the order has ended, and with 409 `conflict` once the order has a
        receipt, or when a quantity of an input grows too large.

        The least role is member.
        """
        request = Request(
            "PATCH",
            "/api/work-order-items/{id}",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return self._transport.send(request, WorkOrderItemDetail)

    def remove_work_order_item(
        self,
        id: str,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> DeletedId:
        """Remove WO item.

        Removes a line of a work order with its inputs; what it holds in the ledgers is reversed. Refused with 404 when
        there is no such line, with 409 `invalid_transition` when the order has ended, and with 409 `conflict` once the
        order has a receipt, or when it is the order's last line.

        The least role is member.
        """
        request = Request(
            "DELETE",
            "/api/work-order-items/{id}",
            {"id": id},
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return self._transport.send(request, DeletedId)

    def create_work_order_receipt(
        self,
        id: str,
        body: WorkOrderReceiptCreate,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> WorkOrderReceived:
        """Create receipt against WO.

        Takes in what was made of the order's lines. Each line of the receipt consumes its part of the inputs at the
        work site (their quantity times received by ordered) and then produces the output there; a unit of it costs what
        was consumed for it plus the line's `conversionCost`. What a line says of its `inputs` was really used instead
        of what was planned; what was `scrapped` is disposed of at its cost, which the output does not bear; what is
        left of the plan is no longer allocated. By-products are produced as planned, or as a line says, and bear their
        part of the cost. A sub-assembly and what takes it can be on one receipt: lines come in the order in which they
        feed one another. More than was ordered may be received. When all lines are full the order becomes Received,
        otherwise Partial; from Entered or Placed it goes through Production first: what was only demanded is allocated,
        then consumed. `receiptDate` is today if it is not sent. Wrong by itself, and so 422, are a SKU, an input or a
        by-product that comes twice, and something `scrapped` without a `scrapReason` or a reason without. Refused with
        404 when there is no such work order, or a SKU, an input or a by-product is not on it, with 409
        `invalid_transition` when the status is Draft, Completed or Cancelled, and with 409 `conflict` when the work
        site has less of an input on hand; `details` then has `itemId`, `locationId`, `onHand` and `requested`. So is
        more of a line than `overReceiptTolerancePercent` of the organization allows, unless the receipt's line says
        `acceptOver: true`; `details.lines` then has what each of these lines `ordered`, has `received`, `open` and
        `accepted` (what may still come), and what was `requested`.

        The least role is member.
        """
        request = Request(
            "POST",
            "/api/work-orders/{id}/receipts",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return self._transport.send(request, WorkOrderReceived)

    def list_work_order_receipts(self, id: str) -> WorkOrderReceiptList:
        """List WO receipts.

        The receipts of a work order, newest first. The list is bounded and comes whole, without pages. Refused with 404
        when there is no such work order.

        The least role is viewer.
        """
        request = Request("GET", "/api/work-orders/{id}/receipts", {"id": id})
        return self._transport.send(request, WorkOrderReceiptList)

    def update_work_order_receipt(
        self,
        id: str,
        body: WorkOrderReceiptUpdate,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> WorkOrderReceipt:
        """Update WO receipt.

        Changes the date of a receipt. It moves no quantity, and the rows of the ledgers keep their own date. Refused
        with 404 when there is no such receipt.

        The least role is member.
        """
        request = Request(
            "PATCH",
            "/api/work-order-receipts/{id}",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return self._transport.send(request, WorkOrderReceipt)

    def delete_work_order_receipt(
        self,
        id: str,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> DeletedId:
        """Delete WO receipt.

        Deletes a receipt and reverses what it did in the ledgers: the outputs and by-products go, the inputs come back,
        and what was scrapped, too. The order becomes Received or Partial by the receipts that are left, and Production
        when none is. Refused with 404 when there is no such receipt, with 409 `invalid_transition` when the order is
        Completed or Cancelled, and with 409 `conflict` when goods that it made are not on hand any more; `details` then
        has `itemId`, `locationId`, `onHand` and `requested`.

        The least role is member.
        """
        request = Request(
            "DELETE",
            "/api/work-order-receipts/{id}",
            {"id": id},
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return self._transport.send(request, DeletedId)

    def get_work_order_receipt(
        self,
        id: str,
        *,
        if_none_match: WorkOrderReceiptDetail | None = None,
    ) -> WorkOrderReceiptDetail:
        """Get WO receipt detail.

        One receipt of a work order with its lines. Refused with 404 when there is no such receipt.

        The least role is viewer.
        """
        request = Request("GET", "/api/work-order-receipts/{id}", {"id": id}, if_none_match=if_none_match)
        return self._transport.send(request, WorkOrderReceiptDetail)

    def list_work_order_status_types(self) -> WorkOrderStatusList:
        """List WO status enum values.

        All statuses a work order can have, in the order of its life, as plain strings.

        The least role is viewer.
        """
        request = Request("GET", "/api/work-order-status-types")
        return self._transport.send(request, WorkOrderStatusList)


class AsyncWorkOrders:
    """The same for `AsyncClient`."""

    def __init__(self, transport: Async) -> None:
        self._transport = transport

    async def create_work_order(self, body: WorkOrderCreate, *, idempotency_key: str | None = None) -> WorkOrderDetail:
        """Create WO.

        Writes a work order of one or more output SKUs, each in one line only, and takes a number for it (WO-2026-…),
        counted by organization and calendar year and never used twice. Each line takes its inputs, materials and
        sub-assembly SKUs, from the SKU's BOM as it is now, one level deep: as much as lets the line's quantity come
        out; its by-products are on order, too. Later changes of a BOM do not touch it. `status` may be any, so that
        history can be written: nothing is received by it, but what the status commits is put into the ledgers at once,
        the outputs as on order and the inputs as demanded or allocated. `orderDate` becomes `placedAt`. The date of the
        status is today, that of Placed only if there is no `orderDate`. Wrong by itself, and so 422, is a SKU that
        comes twice. Refused with 404 when there is no such work site or SKU, and with 409 `conflict` when one of them
        is deactivated, when an output SKU has no BOM, or when a quantity of an input grows too large.

        The least role is member.
        """
        request = Request("POST", "/api/work-orders", body=body, takes_key=True, idempotency_key=idempotency_key)
        return await self._transport.send(request, WorkOrderDetail)

    def list_work_orders(
        self,
        *,
        status: WorkOrderStatus | None = None,
        q: str | None = None,
        work_site_location_id: str | None = None,
        date_from: Moment | None = None,
        date_to: Moment | None = None,
        limit: int | None = None,
        sort: Literal["id", "-id", "orderDate", "-orderDate", "updatedAt", "-updatedAt"] | None = None,
        ids: Sequence[str] | None = None,
        updated_since: Moment | None = None,
        count: bool | None = None,
        expand: Literal["names"] | None = None,
    ) -> AsyncPages[WorkOrderPage, WorkOrder]:
        """List WOs.

        The work orders of the organization, newest first, in pages, without their lines. `status` narrows the list to
        one status, `q` to orders with a text in their number or in the name of their work site, `workSiteLocationId` to
        those of one work site, `dateFrom` and `dateTo` to those placed in a time, both days included; an order without
        `placedAt` counts by the day it was written. A cursor belongs to the list it came from: keep the filters the
        same from page to page.

        The least role is viewer.
        """

        def fetch(cursor: str | None) -> Awaitable[WorkOrderPage]:
            request = Request(
                "GET",
                "/api/work-orders",
                query={
                    "status": status,
                    "q": q,
                    "workSiteLocationId": work_site_location_id,
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
            return self._transport.send(request, WorkOrderPage)

        return AsyncPages(fetch)

    async def update_work_order(
        self,
        id: str,
        body: WorkOrderUpdate,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> WorkOrder:
        """Update WO.

        Changes the keys that are sent and leaves the others. A new `status` must be one that the present one leads to
        (see WorkOrderStatus), otherwise 409 `invalid_transition`, and `details` has `from`, `to` and `allowed`; the
        same status again is no change. Entering a status sets its date to today unless it is set already or the request
        gives one; going back clears the dates of the statuses that are left. Dates that are sent win. `orderDate` is
        another name for `placedAt`, which wins where both are sent. Quantities follow in the ledgers: Draft and what is
        finished hold nothing open; the other statuses hold the outputs on order as far as they are not received,
        Entered and Placed their inputs as demand, Production, In Transit and Partial as allocated. Of an order that is
        Received, Completed or Cancelled only notes, dates and the status can change; another work site is 409
        `invalid_transition`. Refused with 404 when there is no such work order or work site, and with 409 `conflict`
        when a newly named work site is deactivated, or when the work site would change and there is a receipt.

        The least role is member.
        """
        request = Request(
            "PATCH",
            "/api/work-orders/{id}",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return await self._transport.send(request, WorkOrder)

    async def delete_work_order(
        self,
        id: str,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> DeletedId:
        """Delete WO.

        Deletes a work order with its lines, receipts and documents. All it holds in the ledgers is reversed first, by
        rows of their own: what it committed, what its receipts consumed and what they made. Refused with 404 when there
        is no such work order, with 409 `invalid_transition` when it has ended (Received, Completed, Cancelled), and
        with 409 `conflict` when goods that it made are not on hand any more; `details` then has `itemId`, `locationId`,
        `onHand` and `requested`.

        The least role is member.
        """
        request = Request(
            "DELETE",
            "/api/work-orders/{id}",
            {"id": id},
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return await self._transport.send(request, DeletedId)

    async def get_work_order(self, id: str, *, if_none_match: WorkOrderDetail | None = None) -> WorkOrderDetail:
        """Get WO detail.

        One work order with its lines and the inputs of all lines. Refused with 404 when there is no such work order.

        The least role is viewer.
        """
        request = Request("GET", "/api/work-orders/{id}", {"id": id}, if_none_match=if_none_match)
        return await self._transport.send(request, WorkOrderDetail)

    async def reopen_work_order(
        self,
        id: str,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> WorkOrder:
        """Reopen work order.

        Opens a work order again that has ended (Received, Completed or Cancelled), at the status from which it ended.
        One that was closed short goes back to Partial: what was not made is to be made. Refused with 409 `conflict`
        when the order is Received and all of it was made; with 409 `invalid_transition` when the order has not ended,
        and with 404 when there is no such order.

        The least role is admin.
        """
        request = Request(
            "POST",
            "/api/work-orders/{id}/reopen",
            {"id": id},
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return await self._transport.send(request, WorkOrder)

    async def bulk_import_work_orders(
        self,
        body: WorkOrderBulkImport,
        *,
        mode: Literal["atomic", "partial"] | None = None,
        dry_run: bool | None = None,
        idempotency_key: str | None = None,
    ) -> BulkImportResult:
        """Bulk-import WOs.

        Stores up to 5,000 work orders at once. Every row is a work order as createWorkOrder takes it, with its lines;
        each gets a number of its own, and what its status commits is put into the ledgers.

        A row that breaks the schema is a bad row like any other. In `mode=atomic` all rows are stored in one
        transaction or none is: a bad row, such as one that names a work site that does not exist or a SKU without a
        BOM, makes it 422, with `details` naming every bad row by its index. In `mode=partial` each row is stored or
        refused on its own, and `results` tells which. With `dryRun=true` everything is checked and nothing is stored:
        `ids` is empty and the results carry no id.

        A row with `history: true` is an order of earlier years: Received, Completed or Cancelled, with a number and
        dates of its own, of partners, items and locations that may be deactivated; it has no inputs and needs no BOM.
        Nothing is written to the ledgers for it, which `history` in its result says, and its events reach no webhook.
        Later it may only go on to a status that is an end as well, and be deleted. Any row may bring a number along
        (`woNumber`); one that is taken, or that the numbering has given already, makes it a bad row.

        The least role is admin.
        """
        request = Request(
            "POST",
            "/api/work-orders/bulk-import",
            query={"mode": mode, "dryRun": dry_run},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return await self._transport.send(request, BulkImportResult)

    async def get_work_order_pdf(self, id: str) -> bytes:
        """Generate WO sheet PDF.

        The order as a PDF for those who make it: where, for when, each line with the inputs that it takes for its whole
        quantity, in their units, and room for what was really made and used, and for lots; no costs. Of the status it
        says only that an order is a draft or cancelled. Refused with 404 when there is no such order, and with 503 when
        rendering takes too long.

        The least role is viewer.
        """
        request = Request("GET", "/api/work-orders/{id}/pdf", {"id": id})
        return await self._transport.send(request, bytes)

    async def add_work_order_item(
        self,
        id: str,
        body: WorkOrderItemCreate,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> WorkOrderItemDetail:
        """Add item to WO.

        Adds a line to a work order, with its inputs by the SKU's BOM as it is now, and puts what the order's status
        commits of it into the ledgers. Refused with 404 when there is no such work order or SKU, with 409
        `invalid_transition` when the order has ended, and with 409 `conflict` once the order has a receipt, when the
        SKU is in a line of the order already or is deactivated, when the SKU has no BOM, or when a quantity of an input
        grows too large.

        The least role is member.
        """
        request = Request(
            "POST",
            "/api/work-orders/{id}/items",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return await self._transport.send(request, WorkOrderItemDetail)

    async def update_work_order_item(
        self,
        id: str,
        body: WorkOrderItemUpdate,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> WorkOrderItemDetail:
        """Update WO item.

        Changes the keys that are sent and leaves the others. A new quantity rescales the line's inputs as they were
        taken from the BOM, which may have changed since, and the ledgers follow. Refused with 404 when there is no such
        line, with 409 `invalid_transition` when the order has ended, and with 409 `conflict` once the order has a
        receipt, or when a quantity of an input grows too large.

        The least role is member.
        """
        request = Request(
            "PATCH",
            "/api/work-order-items/{id}",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return await self._transport.send(request, WorkOrderItemDetail)

    async def remove_work_order_item(
        self,
        id: str,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> DeletedId:
        """Remove WO item.

        Removes a line of a work order with its inputs; what it holds in the ledgers is reversed. Refused with 404 when
        there is no such line, with 409 `invalid_transition` when the order has ended, and with 409 `conflict` once the
        order has a receipt, or when it is the order's last line.

        The least role is member.
        """
        request = Request(
            "DELETE",
            "/api/work-order-items/{id}",
            {"id": id},
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return await self._transport.send(request, DeletedId)

    async def create_work_order_receipt(
        self,
        id: str,
        body: WorkOrderReceiptCreate,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> WorkOrderReceived:
        """Create receipt against WO.

        Takes in what was made of the order's lines. Each line of the receipt consumes its part of the inputs at the
        work site (their quantity times received by ordered) and then produces the output there; a unit of it costs what
        was consumed for it plus the line's `conversionCost`. What a line says of its `inputs` was really used instead
        of what was planned; what was `scrapped` is disposed of at its cost, which the output does not bear; what is
        left of the plan is no longer allocated. By-products are produced as planned, or as a line says, and bear their
        part of the cost. A sub-assembly and what takes it can be on one receipt: lines come in the order in which they
        feed one another. More than was ordered may be received. When all lines are full the order becomes Received,
        otherwise Partial; from Entered or Placed it goes through Production first: what was only demanded is allocated,
        then consumed. `receiptDate` is today if it is not sent. Wrong by itself, and so 422, are a SKU, an input or a
        by-product that comes twice, and something `scrapped` without a `scrapReason` or a reason without. Refused with
        404 when there is no such work order, or a SKU, an input or a by-product is not on it, with 409
        `invalid_transition` when the status is Draft, Completed or Cancelled, and with 409 `conflict` when the work
        site has less of an input on hand; `details` then has `itemId`, `locationId`, `onHand` and `requested`. So is
        more of a line than `overReceiptTolerancePercent` of the organization allows, unless the receipt's line says
        `acceptOver: true`; `details.lines` then has what each of these lines `ordered`, has `received`, `open` and
        `accepted` (what may still come), and what was `requested`.

        The least role is member.
        """
        request = Request(
            "POST",
            "/api/work-orders/{id}/receipts",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return await self._transport.send(request, WorkOrderReceived)

    async def list_work_order_receipts(self, id: str) -> WorkOrderReceiptList:
        """List WO receipts.

        The receipts of a work order, newest first. The list is bounded and comes whole, without pages. Refused with 404
        when there is no such work order.

        The least role is viewer.
        """
        request = Request("GET", "/api/work-orders/{id}/receipts", {"id": id})
        return await self._transport.send(request, WorkOrderReceiptList)

    async def update_work_order_receipt(
        self,
        id: str,
        body: WorkOrderReceiptUpdate,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> WorkOrderReceipt:
        """Update WO receipt.

        Changes the date of a receipt. It moves no quantity, and the rows of the ledgers keep their own date. Refused
        with 404 when there is no such receipt.

        The least role is member.
        """
        request = Request(
            "PATCH",
            "/api/work-order-receipts/{id}",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return await self._transport.send(request, WorkOrderReceipt)

    async def delete_work_order_receipt(
        self,
        id: str,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> DeletedId:
        """Delete WO receipt.

        Deletes a receipt and reverses what it did in the ledgers: the outputs and by-products go, the inputs come back,
        and what was scrapped, too. The order becomes Received or Partial by the receipts that are left, and Production
        when none is. Refused with 404 when there is no such receipt, with 409 `invalid_transition` when the order is
        Completed or Cancelled, and with 409 `conflict` when goods that it made are not on hand any more; `details` then
        has `itemId`, `locationId`, `onHand` and `requested`.

        The least role is member.
        """
        request = Request(
            "DELETE",
            "/api/work-order-receipts/{id}",
            {"id": id},
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return await self._transport.send(request, DeletedId)

    async def get_work_order_receipt(
        self,
        id: str,
        *,
        if_none_match: WorkOrderReceiptDetail | None = None,
    ) -> WorkOrderReceiptDetail:
        """Get WO receipt detail.

        One receipt of a work order with its lines. Refused with 404 when there is no such receipt.

        The least role is viewer.
        """
        request = Request("GET", "/api/work-order-receipts/{id}", {"id": id}, if_none_match=if_none_match)
        return await self._transport.send(request, WorkOrderReceiptDetail)

    async def list_work_order_status_types(self) -> WorkOrderStatusList:
        """List WO status enum values.

        All statuses a work order can have, in the order of its life, as plain strings.

        The least role is viewer.
        """
        request = Request("GET", "/api/work-order-status-types")
        return await self._transport.send(request, WorkOrderStatusList)
