"""The group of methods `production_orders`.

Generated from openapi.yaml by `make codegen`. Do not edit.
"""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from typing import Literal

from pharus_client.models.manufacturing import (
    ProductionOrder,
    ProductionOrderBulkImport,
    ProductionOrderCreate,
    ProductionOrderDetail,
    ProductionOrderItemCreate,
    ProductionOrderItemDetail,
    ProductionOrderItemUpdate,
    ProductionOrderPage,
    ProductionOrderReceipt,
    ProductionOrderReceiptCreate,
    ProductionOrderReceiptDetail,
    ProductionOrderReceiptList,
    ProductionOrderReceiptUpdate,
    ProductionOrderReceived,
    ProductionOrderStatus,
    ProductionOrderStatusList,
    ProductionOrderUpdate,
)
from pharus_client.models.shared import BulkImportResult, DeletedId
from pharus_client.pages import AsyncPages, Pages
from pharus_client.transport import Async, Request, Sync
from pharus_client.values import Moment, Version


class ProductionOrders:
    """`client.production_orders`: the orders for full manufacture out of raw materials, and what came out of them."""

    def __init__(self, transport: Sync) -> None:
        self._transport = transport

    def create_production_order(
        self,
        body: ProductionOrderCreate,
        *,
        idempotency_key: str | None = None,
    ) -> ProductionOrderDetail:
        """Create production order.

        Writes a production order of one or more output SKUs, each in one line only, and takes a number for it
        (PROD-2026-…), counted by organization and calendar year and never used twice. Each line takes its inputs from
        the SKU's BOM as it is now, exploded through all sub-assemblies down to raw materials: as much as lets the
        line's quantity come out, with what is lost at each level, equal materials summed. The by-products of the SKU's
        own BOM are on order, too. Later changes of a BOM do not touch it. `status` may be any, so that history can be
        written: nothing is received by it, but what the status commits is put into the ledgers at once, the outputs as
        on order and the inputs as demanded or allocated. `orderDate` becomes `placedAt`. The date of the status is
        today, that of Placed only if there is no `orderDate`. Wrong by itself, and so 422, is a SKU that comes twice.
        Refused with 404 when there is no such location or SKU, and with 409 `conflict` when one of them is deactivated,
        when an output SKU or a sub-assembly in it has no BOM, or when a quantity of an input grows too large.

        The least role is member.
        """
        request = Request("POST", "/api/production-orders", body=body, takes_key=True, idempotency_key=idempotency_key)
        return self._transport.send(request, ProductionOrderDetail)

    def list_production_orders(
        self,
        *,
        status: ProductionOrderStatus | None = None,
        q: str | None = None,
        location_id: str | None = None,
        date_from: Moment | None = None,
        date_to: Moment | None = None,
        limit: int | None = None,
        sort: Literal["id", "-id", "orderDate", "-orderDate", "updatedAt", "-updatedAt"] | None = None,
        ids: Sequence[str] | None = None,
        updated_since: Moment | None = None,
        count: bool | None = None,
        expand: Literal["names"] | None = None,
    ) -> Pages[ProductionOrderPage, ProductionOrder]:
        """List production orders.

        The production orders of the organization, newest first, in pages, without their lines. `status` narrows the
        list to one status, `q` to orders with a text in their number or in the name of their location, `locationId` to
        those of one location, `dateFrom` and `dateTo` to those placed in a time, both days included; an order without
        `placedAt` counts by the day it was written. A cursor belongs to the list it came from: keep the filters the
        same from page to page.

        The least role is viewer.
        """

        def fetch(cursor: str | None) -> ProductionOrderPage:
            request = Request(
                "GET",
                "/api/production-orders",
                query={
                    "status": status,
                    "q": q,
                    "locationId": location_id,
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
            return self._transport.send(request, ProductionOrderPage)

        return Pages(fetch)

    def update_production_order(
        self,
        id: str,
        body: ProductionOrderUpdate,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> ProductionOrder:
        """Update production order.

        Changes the keys that are sent and leaves the others. A new `status` must be one that the present one leads to
        (see ProductionOrderStatus), otherwise 409 `invalid_transition`, and `details` has `from`, `to` and `allowed`;
        the same status again is no change. Entering a status sets its date to today unless it is set already or the
        request gives one; going back clears the dates of the statuses that are left. Dates that are sent win.
        `orderDate` is another name for `placedAt`, which wins where both are sent. Quantities follow in the ledgers:
        Draft and what is finished hold nothing open; the other statuses hold the outputs on order as far as they are
        not received, Entered and Placed their inputs as demand, Production, In Transit and Partial as allocated. Of an
        order that is Received, Completed or Cancelled only notes, dates and the status can change; another location is
        409 `invalid_transition`. Refused with 404 when there is no such production order or location, and with 409
        `conflict` when a newly named location is deactivated, or when the location would change and there is a receipt.

        The least role is member.
        """
        request = Request(
            "PATCH",
            "/api/production-orders/{id}",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return self._transport.send(request, ProductionOrder)

    def delete_production_order(
        self,
        id: str,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> DeletedId:
        """Delete production order.

        Deletes a production order with its lines and receipts. All it holds in the ledgers is reversed first, by rows
        of their own: what it committed, what its receipts consumed and what they made. Refused with 404 when there is
        no such production order, with 409 `invalid_transition` when it has ended (Received, Completed, Cancelled), and
        with 409 `conflict` when goods that it made are not on hand any more; `details` then has `itemId`, `locationId`,
        `onHand` and `requested`.

        The least role is member.
        """
        request = Request(
            "DELETE",
            "/api/production-orders/{id}",
            {"id": id},
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return self._transport.send(request, DeletedId)

    def get_production_order(
        self,
        id: str,
        *,
        if_none_match: ProductionOrderDetail | None = None,
    ) -> ProductionOrderDetail:
        """Get production order detail.

        One production order with its lines and the inputs of all lines. Refused with 404 when there is no such
        production order.

        The least role is viewer.
        """
        request = Request("GET", "/api/production-orders/{id}", {"id": id}, if_none_match=if_none_match)
        return self._transport.send(request, ProductionOrderDetail)

    def reopen_production_order(
        self,
        id: str,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> ProductionOrder:
        """Reopen production order.

        Opens a production order again that has ended (Received, Completed or Cancelled), at the status from which it
        ended. One that was closed short goes back to Partial: what was not made is to be made. Refused with 409
        `conflict` when the order is Received and all of it was made; with 409 `invalid_transition` when the order has
        not ended, and with 404 when there is no such order.

        The least role is admin.
        """
        request = Request(
            "POST",
            "/api/production-orders/{id}/reopen",
            {"id": id},
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return self._transport.send(request, ProductionOrder)

    def bulk_import_production_orders(
        self,
        body: ProductionOrderBulkImport,
        *,
        mode: Literal["atomic", "partial"] | None = None,
        dry_run: bool | None = None,
        idempotency_key: str | None = None,
    ) -> BulkImportResult:
        """Bulk-import production orders.

        Stores up to 5,000 production orders at once. Every row is a production order as createProductionOrder takes it,
        with its lines; each gets a number of its own, and what its status commits is put into the ledgers.

        A row that breaks the schema is a bad row like any other. In `mode=atomic` all rows are stored in one
        transaction or none is: a bad row, such as one that names a location that does not exist or a SKU without a BOM,
        makes it 422, with `details` naming every bad row by its index. In `mode=partial` each row is stored or refused
        on its own, and `results` tells which. With `dryRun=true` everything is checked and nothing is stored: `ids` is
        empty and the results carry no id.

        A row with `history: true` is an order of earlier years: Received, Completed or Cancelled, with a number and
        dates of its own, of partners, items and locations that may be deactivated; it has no inputs and needs no BOM.
        Nothing is written to the ledgers for it, which `history` in its result says, and its events reach no webhook.
        Later it may only go on to a status that is an end as well, and be deleted. Any row may bring a number along
        (`prodNumber`); one that is taken, or that the numbering has given already, makes it a bad row.

        The least role is admin.
        """
        request = Request(
            "POST",
            "/api/production-orders/bulk-import",
            query={"mode": mode, "dryRun": dry_run},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return self._transport.send(request, BulkImportResult)

    def get_production_order_pdf(self, id: str) -> bytes:
        """Generate production order sheet PDF.

        The order as a PDF for those who make it: where, for when, each line with the inputs that it takes for its whole
        quantity, in their units, and room for what was really made and used, and for lots; no costs. Of the status it
        says only that an order is a draft or cancelled. Refused with 404 when there is no such order, and with 503 when
        rendering takes too long.

        The least role is viewer.
        """
        request = Request("GET", "/api/production-orders/{id}/pdf", {"id": id})
        return self._transport.send(request, bytes)

    def add_production_order_item(
        self,
        id: str,
        body: ProductionOrderItemCreate,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> ProductionOrderItemDetail:
        """Add item to production order.

        Adds a line to a production order, with its inputs by the SKU's BOM as it is now, and puts what the order's
        status commits of it into the ledgers. Refused with 404 when there is no such production order or SKU, with 409
        `invalid_transition` when the order has ended, and with 409 `conflict` once the order has a receipt, when the
        SKU is in a line of the order already or is deactivated, when the SKU or a sub-assembly in it has no BOM, or
        when a quantity of an input grows too large.

        The least role is member.
        """
        request = Request(
            "POST",
            "/api/production-orders/{id}/items",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return self._transport.send(request, ProductionOrderItemDetail)

    def update_production_order_item(
        self,
        id: str,
        body: ProductionOrderItemUpdate,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> ProductionOrderItemDetail:
        """Update production order item.

        Changes the keys that are sent and leaves the others. A new quantity rescales the line's inputs as they were
        taken from the BOM, which may have changed since, and the ledgers follow. Null takes the cost away. Refused with
        404 when there is no such line, with 409 `invalid_transition` when the order has ended, and with 409 `conflict`
        once the order has a receipt, or when a quantity of an input grows too large.

        The least role is member.
        """
        request = Request(
            "PATCH",
            "/api/production-order-items/{id}",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return self._transport.send(request, ProductionOrderItemDetail)

    def remove_production_order_item(
        self,
        id: str,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> DeletedId:
        """Remove production order item.

        Removes a line of a production order with its inputs; what it holds in the ledgers is reversed. Refused with 404
        when there is no such line, with 409 `invalid_transition` when the order has ended, and with 409 `conflict` once
        the order has a receipt, or when it is the order's last line.

        The least role is member.
        """
        request = Request(
            "DELETE",
            "/api/production-order-items/{id}",
            {"id": id},
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return self._transport.send(request, DeletedId)

    def create_production_order_receipt(
        self,
        id: str,
        body: ProductionOrderReceiptCreate,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> ProductionOrderReceived:
        """Create receipt against production order.

        Takes in what was made of the order's lines. Each line of the receipt consumes its part of the inputs at the
        location (their quantity times received by ordered) and then produces the output there; a unit of it costs what
        was consumed for it plus the line's `productionCost`. What a line says of its `inputs` was really used instead
        of what was planned; what was `scrapped` is disposed of at its cost, which the output does not bear; what is
        left of the plan is no longer allocated. By-products are produced as planned, or as a line says, and bear their
        part of the cost. More than was ordered may be received. When all lines are full the order becomes Received,
        otherwise Partial; from Entered or Placed it goes through Production first: what was only demanded is allocated,
        then consumed. `receiptDate` is today if it is not sent. Wrong by itself, and so 422, are a SKU, an input or a
        by-product that comes twice, and something `scrapped` without a `scrapReason` or a reason without. Refused with
        404 when there is no such production order, or a SKU, an input or a by-product is not on it, with 409
        `invalid_transition` when the status is Draft, Completed or Cancelled, and with 409 `conflict` when a line of
        the order has no `productionCost`, which the error then names, or when the location has less of an input on
        hand; `details` then has `itemId`, `locationId`, `onHand` and `requested`. So is more of a line than
        `overReceiptTolerancePercent` of the organization allows, unless the receipt's line says `acceptOver: true`;
        `details.lines` then has what each of these lines `ordered`, has `received`, `open` and `accepted` (what may
        still come), and what was `requested`.

        The least role is member.
        """
        request = Request(
            "POST",
            "/api/production-orders/{id}/receipts",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return self._transport.send(request, ProductionOrderReceived)

    def list_production_order_receipts(self, id: str) -> ProductionOrderReceiptList:
        """List production order receipts.

        The receipts of a production order, newest first. The list is bounded and comes whole, without pages. Refused
        with 404 when there is no such production order.

        The least role is viewer.
        """
        request = Request("GET", "/api/production-orders/{id}/receipts", {"id": id})
        return self._transport.send(request, ProductionOrderReceiptList)

    def update_production_order_receipt(
        self,
        id: str,
        body: ProductionOrderReceiptUpdate,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> ProductionOrderReceipt:
        """Update production order receipt.

        Changes the date of a receipt. It moves no quantity, and the rows of the ledgers keep their own date. Refused
        with 404 when there is no such receipt.

        The least role is member.
        """
        request = Request(
            "PATCH",
            "/api/production-order-receipts/{id}",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return self._transport.send(request, ProductionOrderReceipt)

    def delete_production_order_receipt(
        self,
        id: str,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> DeletedId:
        """Delete production order receipt.

        Deletes a receipt and reverses what it did in the ledgers: the outputs and by-products go, the inputs come back,
        and what was scrapped, too. The order becomes Received or Partial by the receipts that are left, and Production
        when none is. Refused with 404 when there is no such receipt, with 409 `invalid_transition` when the order is
        Completed or Cancelled, and with 409 `conflict` when goods that it made are not on hand any more; `details` then
        has `itemId`, `locationId`, `onHand` and `requested`.

        The least role is member.
        """
        request = Request(
            "DELETE",
            "/api/production-order-receipts/{id}",
            {"id": id},
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return self._transport.send(request, DeletedId)

    def get_production_order_receipt(
        self,
        id: str,
        *,
        if_none_match: ProductionOrderReceiptDetail | None = None,
    ) -> ProductionOrderReceiptDetail:
        """Get production order receipt detail.

        One receipt of a production order with its lines. Refused with 404 when there is no such receipt.

        The least role is viewer.
        """
        request = Request("GET", "/api/production-order-receipts/{id}", {"id": id}, if_none_match=if_none_match)
        return self._transport.send(request, ProductionOrderReceiptDetail)

    def list_production_order_status_types(self) -> ProductionOrderStatusList:
        """List production order status enum values.

        All statuses a production order can have, in the order of its life, as plain strings.

        The least role is viewer.
        """
        request = Request("GET", "/api/production-order-status-types")
        return self._transport.send(request, ProductionOrderStatusList)


class AsyncProductionOrders:
    """The same for `AsyncClient`."""

    def __init__(self, transport: Async) -> None:
        self._transport = transport

    async def create_production_order(
        self,
        body: ProductionOrderCreate,
        *,
        idempotency_key: str | None = None,
    ) -> ProductionOrderDetail:
        """Create production order.

        Writes a production order of one or more output SKUs, each in one line only, and takes a number for it
        (PROD-2026-…), counted by organization and calendar year and never used twice. Each line takes its inputs from
        the SKU's BOM as it is now, exploded through all sub-assemblies down to raw materials: as much as lets the
        line's quantity come out, with what is lost at each level, equal materials summed. The by-products of the SKU's
        own BOM are on order, too. Later changes of a BOM do not touch it. `status` may be any, so that history can be
        written: nothing is received by it, but what the status commits is put into the ledgers at once, the outputs as
        on order and the inputs as demanded or allocated. `orderDate` becomes `placedAt`. The date of the status is
        today, that of Placed only if there is no `orderDate`. Wrong by itself, and so 422, is a SKU that comes twice.
        Refused with 404 when there is no such location or SKU, and with 409 `conflict` when one of them is deactivated,
        when an output SKU or a sub-assembly in it has no BOM, or when a quantity of an input grows too large.

        The least role is member.
        """
        request = Request("POST", "/api/production-orders", body=body, takes_key=True, idempotency_key=idempotency_key)
        return await self._transport.send(request, ProductionOrderDetail)

    def list_production_orders(
        self,
        *,
        status: ProductionOrderStatus | None = None,
        q: str | None = None,
        location_id: str | None = None,
        date_from: Moment | None = None,
        date_to: Moment | None = None,
        limit: int | None = None,
        sort: Literal["id", "-id", "orderDate", "-orderDate", "updatedAt", "-updatedAt"] | None = None,
        ids: Sequence[str] | None = None,
        updated_since: Moment | None = None,
        count: bool | None = None,
        expand: Literal["names"] | None = None,
    ) -> AsyncPages[ProductionOrderPage, ProductionOrder]:
        """List production orders.

        The production orders of the organization, newest first, in pages, without their lines. `status` narrows the
        list to one status, `q` to orders with a text in their number or in the name of their location, `locationId` to
        those of one location, `dateFrom` and `dateTo` to those placed in a time, both days included; an order without
        `placedAt` counts by the day it was written. A cursor belongs to the list it came from: keep the filters the
        same from page to page.

        The least role is viewer.
        """

        def fetch(cursor: str | None) -> Awaitable[ProductionOrderPage]:
            request = Request(
                "GET",
                "/api/production-orders",
                query={
                    "status": status,
                    "q": q,
                    "locationId": location_id,
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
            return self._transport.send(request, ProductionOrderPage)

        return AsyncPages(fetch)

    async def update_production_order(
        self,
        id: str,
        body: ProductionOrderUpdate,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> ProductionOrder:
        """Update production order.

        Changes the keys that are sent and leaves the others. A new `status` must be one that the present one leads to
        (see ProductionOrderStatus), otherwise 409 `invalid_transition`, and `details` has `from`, `to` and `allowed`;
        the same status again is no change. Entering a status sets its date to today unless it is set already or the
        request gives one; going back clears the dates of the statuses that are left. Dates that are sent win.
        `orderDate` is another name for `placedAt`, which wins where both are sent. Quantities follow in the ledgers:
        Draft and what is finished hold nothing open; the other statuses hold the outputs on order as far as they are
        not received, Entered and Placed their inputs as demand, Production, In Transit and Partial as allocated. Of an
        order that is Received, Completed or Cancelled only notes, dates and the status can change; another location is
        409 `invalid_transition`. Refused with 404 when there is no such production order or location, and with 409
        `conflict` when a newly named location is deactivated, or when the location would change and there is a receipt.

        The least role is member.
        """
        request = Request(
            "PATCH",
            "/api/production-orders/{id}",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return await self._transport.send(request, ProductionOrder)

    async def delete_production_order(
        self,
        id: str,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> DeletedId:
        """Delete production order.

        Deletes a production order with its lines and receipts. All it holds in the ledgers is reversed first, by rows
        of their own: what it committed, what its receipts consumed and what they made. Refused with 404 when there is
        no such production order, with 409 `invalid_transition` when it has ended (Received, Completed, Cancelled), and
        with 409 `conflict` when goods that it made are not on hand any more; `details` then has `itemId`, `locationId`,
        `onHand` and `requested`.

        The least role is member.
        """
        request = Request(
            "DELETE",
            "/api/production-orders/{id}",
            {"id": id},
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return await self._transport.send(request, DeletedId)

    async def get_production_order(
        self,
        id: str,
        *,
        if_none_match: ProductionOrderDetail | None = None,
    ) -> ProductionOrderDetail:
        """Get production order detail.

        One production order with its lines and the inputs of all lines. Refused with 404 when there is no such
        production order.

        The least role is viewer.
        """
        request = Request("GET", "/api/production-orders/{id}", {"id": id}, if_none_match=if_none_match)
        return await self._transport.send(request, ProductionOrderDetail)

    async def reopen_production_order(
        self,
        id: str,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> ProductionOrder:
        """Reopen production order.

        Opens a production order again that has ended (Received, Completed or Cancelled), at the status from which it
        ended. One that was closed short goes back to Partial: what was not made is to be made. Refused with 409
        `conflict` when the order is Received and all of it was made; with 409 `invalid_transition` when the order has
        not ended, and with 404 when there is no such order.

        The least role is admin.
        """
        request = Request(
            "POST",
            "/api/production-orders/{id}/reopen",
            {"id": id},
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return await self._transport.send(request, ProductionOrder)

    async def bulk_import_production_orders(
        self,
        body: ProductionOrderBulkImport,
        *,
        mode: Literal["atomic", "partial"] | None = None,
        dry_run: bool | None = None,
        idempotency_key: str | None = None,
    ) -> BulkImportResult:
        """Bulk-import production orders.

        Stores up to 5,000 production orders at once. Every row is a production order as createProductionOrder takes it,
        with its lines; each gets a number of its own, and what its status commits is put into the ledgers.

        A row that breaks the schema is a bad row like any other. In `mode=atomic` all rows are stored in one
        transaction or none is: a bad row, such as one that names a location that does not exist or a SKU without a BOM,
        makes it 422, with `details` naming every bad row by its index. In `mode=partial` each row is stored or refused
        on its own, and `results` tells which. With `dryRun=true` everything is checked and nothing is stored: `ids` is
        empty and the results carry no id.

        A row with `history: true` is an order of earlier years: Received, Completed or Cancelled, with a number and
        dates of its own, of partners, items and locations that may be deactivated; it has no inputs and needs no BOM.
        Nothing is written to the ledgers for it, which `history` in its result says, and its events reach no webhook.
        Later it may only go on to a status that is an end as well, and be deleted. Any row may bring a number along
        (`prodNumber`); one that is taken, or that the numbering has given already, makes it a bad row.

        The least role is admin.
        """
        request = Request(
            "POST",
            "/api/production-orders/bulk-import",
            query={"mode": mode, "dryRun": dry_run},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return await self._transport.send(request, BulkImportResult)

    async def get_production_order_pdf(self, id: str) -> bytes:
        """Generate production order sheet PDF.

        The order as a PDF for those who make it: where, for when, each line with the inputs that it takes for its whole
        quantity, in their units, and room for what was really made and used, and for lots; no costs. Of the status it
        says only that an order is a draft or cancelled. Refused with 404 when there is no such order, and with 503 when
        rendering takes too long.

        The least role is viewer.
        """
        request = Request("GET", "/api/production-orders/{id}/pdf", {"id": id})
        return await self._transport.send(request, bytes)

    async def add_production_order_item(
        self,
        id: str,
        body: ProductionOrderItemCreate,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> ProductionOrderItemDetail:
        """Add item to production order.

        Adds a line to a production order, with its inputs by the SKU's BOM as it is now, and puts what the order's
        status commits of it into the ledgers. Refused with 404 when there is no such production order or SKU, with 409
        `invalid_transition` when the order has ended, and with 409 `conflict` once the order has a receipt, when the
        SKU is in a line of the order already or is deactivated, when the SKU or a sub-assembly in it has no BOM, or
        when a quantity of an input grows too large.

        The least role is member.
        """
        request = Request(
            "POST",
            "/api/production-orders/{id}/items",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return await self._transport.send(request, ProductionOrderItemDetail)

    async def update_production_order_item(
        self,
        id: str,
        body: ProductionOrderItemUpdate,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> ProductionOrderItemDetail:
        """Update production order item.

        Changes the keys that are sent and leaves the others. A new quantity rescales the line's inputs as they were
        taken from the BOM, which may have changed since, and the ledgers follow. Null takes the cost away. Refused with
        404 when there is no such line, with 409 `invalid_transition` when the order has ended, and with 409 `conflict`
        once the order has a receipt, or when a quantity of an input grows too large.

        The least role is member.
        """
        request = Request(
            "PATCH",
            "/api/production-order-items/{id}",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return await self._transport.send(request, ProductionOrderItemDetail)

    async def remove_production_order_item(
        self,
        id: str,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> DeletedId:
        """Remove production order item.

        Removes a line of a production order with its inputs; what it holds in the ledgers is reversed. Refused with 404
        when there is no such line, with 409 `invalid_transition` when the order has ended, and with 409 `conflict` once
        the order has a receipt, or when it is the order's last line.

        The least role is member.
        """
        request = Request(
            "DELETE",
            "/api/production-order-items/{id}",
            {"id": id},
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return await self._transport.send(request, DeletedId)

    async def create_production_order_receipt(
        self,
        id: str,
        body: ProductionOrderReceiptCreate,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> ProductionOrderReceived:
        """Create receipt against production order.

        Takes in what was made of the order's lines. Each line of the receipt consumes its part of the inputs at the
        location (their quantity times received by ordered) and then produces the output there; a unit of it costs what
        was consumed for it plus the line's `productionCost`. What a line says of its `inputs` was really used instead
        of what was planned; what was `scrapped` is disposed of at its cost, which the output does not bear; what is
        left of the plan is no longer allocated. By-products are produced as planned, or as a line says, and bear their
        part of the cost. More than was ordered may be received. When all lines are full the order becomes Received,
        otherwise Partial; from Entered or Placed it goes through Production first: what was only demanded is allocated,
        then consumed. `receiptDate` is today if it is not sent. Wrong by itself, and so 422, are a SKU, an input or a
        by-product that comes twice, and something `scrapped` without a `scrapReason` or a reason without. Refused with
        404 when there is no such production order, or a SKU, an input or a by-product is not on it, with 409
        `invalid_transition` when the status is Draft, Completed or Cancelled, and with 409 `conflict` when a line of
        the order has no `productionCost`, which the error then names, or when the location has less of an input on
        hand; `details` then has `itemId`, `locationId`, `onHand` and `requested`. So is more of a line than
        `overReceiptTolerancePercent` of the organization allows, unless the receipt's line says `acceptOver: true`;
        `details.lines` then has what each of these lines `ordered`, has `received`, `open` and `accepted` (what may
        still come), and what was `requested`.

        The least role is member.
        """
        request = Request(
            "POST",
            "/api/production-orders/{id}/receipts",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return await self._transport.send(request, ProductionOrderReceived)

    async def list_production_order_receipts(self, id: str) -> ProductionOrderReceiptList:
        """List production order receipts.

        The receipts of a production order, newest first. The list is bounded and comes whole, without pages. Refused
        with 404 when there is no such production order.

        The least role is viewer.
        """
        request = Request("GET", "/api/production-orders/{id}/receipts", {"id": id})
        return await self._transport.send(request, ProductionOrderReceiptList)

    async def update_production_order_receipt(
        self,
        id: str,
        body: ProductionOrderReceiptUpdate,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> ProductionOrderReceipt:
        """Update production order receipt.

        Changes the date of a receipt. It moves no quantity, and the rows of the ledgers keep their own date. Refused
        with 404 when there is no such receipt.

        The least role is member.
        """
        request = Request(
            "PATCH",
            "/api/production-order-receipts/{id}",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return await self._transport.send(request, ProductionOrderReceipt)

    async def delete_production_order_receipt(
        self,
        id: str,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> DeletedId:
        """Delete production order receipt.

        Deletes a receipt and reverses what it did in the ledgers: the outputs and by-products go, the inputs come back,
        and what was scrapped, too. The order becomes Received or Partial by the receipts that are left, and Production
        when none is. Refused with 404 when there is no such receipt, with 409 `invalid_transition` when the order is
        Completed or Cancelled, and with 409 `conflict` when goods that it made are not on hand any more; `details` then
        has `itemId`, `locationId`, `onHand` and `requested`.

        The least role is member.
        """
        request = Request(
            "DELETE",
            "/api/production-order-receipts/{id}",
            {"id": id},
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return await self._transport.send(request, DeletedId)

    async def get_production_order_receipt(
        self,
        id: str,
        *,
        if_none_match: ProductionOrderReceiptDetail | None = None,
    ) -> ProductionOrderReceiptDetail:
        """Get production order receipt detail.

        One receipt of a production order with its lines. Refused with 404 when there is no such receipt.

        The least role is viewer.
        """
        request = Request("GET", "/api/production-order-receipts/{id}", {"id": id}, if_none_match=if_none_match)
        return await self._transport.send(request, ProductionOrderReceiptDetail)

    async def list_production_order_status_types(self) -> ProductionOrderStatusList:
        """List production order status enum values.

        All statuses a production order can have, in the order of its life, as plain strings.

        The least role is viewer.
        """
        request = Request("GET", "/api/production-order-status-types")
        return await self._transport.send(request, ProductionOrderStatusList)
