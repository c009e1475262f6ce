"""The group of methods `purchase_orders`.

Generated from openapi.yaml by `make codegen`. Do not edit.
"""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from typing import Literal

from pharus_client.models.purchase_orders import (
    PurchaseOrder,
    PurchaseOrderBulkImport,
    PurchaseOrderCostAllocationCreate,
    PurchaseOrderCostChangeDetail,
    PurchaseOrderCostChangeList,
    PurchaseOrderCostCorrectionCreate,
    PurchaseOrderCreate,
    PurchaseOrderDetail,
    PurchaseOrderItem,
    PurchaseOrderItemCreate,
    PurchaseOrderItemList,
    PurchaseOrderItemPage,
    PurchaseOrderItemSummary,
    PurchaseOrderItemUpdate,
    PurchaseOrderPage,
    PurchaseOrderReceipt,
    PurchaseOrderReceiptCreate,
    PurchaseOrderReceiptDetail,
    PurchaseOrderReceiptList,
    PurchaseOrderReceiptUpdate,
    PurchaseOrderReceived,
    PurchaseOrderStatus,
    PurchaseOrderStatusList,
    PurchaseOrderUpdate,
)
from pharus_client.models.shared import BulkImportResult, DeletedId
from pharus_client.pages import AsyncPages, Pages
from pharus_client.transport import Async, Request, Sync
from pharus_client.values import Moment, Version


class PurchaseOrders:
    """`client.purchase_orders`: what is ordered from vendors, what of it has arrived, and the document that goes to the
    vendor.
    """

    def __init__(self, transport: Sync) -> None:
        self._transport = transport

    def create_purchase_order(
        self,
        body: PurchaseOrderCreate,
        *,
        idempotency_key: str | None = None,
    ) -> PurchaseOrderDetail:
        """Create PO.

        Writes a purchase order (PO) with its lines under the next number of the year, `PO-2026-0001` and so on; a
        number is never used again. The order may begin at any status, so that history can be taken over: that status'
        date is today unless it is sent. While it is `Placed`, `In Transit` or `Partial`, what is not yet received is on
        order at the ship-to location; without a location nothing is.

        A line names a material or a SKU, as `targetType` says; one of the other kind is 422. A line without `unitCost`
        has the vendor's price for its quantity on the day of the order (`placedAt`, else today; see
        createSupplierPrice). Where none holds it has 0, and `warnings` says so: code `price_not_found`. Refused with
        404 when there is no such vendor, location, material or SKU, and with 409 `conflict` when one of them is
        deactivated.

        The least role is member.
        """
        request = Request("POST", "/api/purchase-orders", body=body, takes_key=True, idempotency_key=idempotency_key)
        return self._transport.send(request, PurchaseOrderDetail)

    def list_purchase_orders(
        self,
        *,
        status: PurchaseOrderStatus | None = None,
        vendor_id: str | None = None,
        q: str | None = None,
        date_from: Moment | None = None,
        date_to: Moment | None = None,
        limit: int | None = None,
        sort: Literal["id", "-id", "orderDate", "-orderDate", "updatedAt", "-updatedAt"] | None = None,
        ids: Sequence[str] | None = None,
        updated_since: Moment | None = None,
        count: bool | None = None,
        expand: Literal["names"] | None = None,
    ) -> Pages[PurchaseOrderPage, PurchaseOrder]:
        """List POs.

        The purchase orders of the organization, newest first, in pages. `status` and `vendorId` narrow the list to
        those that have this one, `q` to those whose number or vendor's name contains a text, `dateFrom` and `dateTo`,
        both inclusive, to those with an order date in that span: the date of `placedAt`, or the day the order was
        written while there is none. A cursor belongs to the list it came from: keep the filters the same from page to
        page.

        The least role is viewer.
        """

        def fetch(cursor: str | None) -> PurchaseOrderPage:
            request = Request(
                "GET",
                "/api/purchase-orders",
                query={
                    "status": status,
                    "vendorId": vendor_id,
                    "q": q,
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
            return self._transport.send(request, PurchaseOrderPage)

        return Pages(fetch)

    def update_purchase_order(
        self,
        id: str,
        body: PurchaseOrderUpdate,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> PurchaseOrder:
        """Update PO.

        Changes the keys that are sent and leaves the others; null clears a value. The stock on order follows a change
        of status or location at once.

        A new `status` must be one that follows the present one; anything else is 409 `invalid_transition`, with `from`,
        `to` and `allowed` in `details`. The same status again is no change.

        - Planning: Placed, Cancelled. - Placed: Planning (while there is no receipt), In Transit, Cancelled. - In
        Transit: Placed, Cancelled. - Partial: In Transit, Received (which closes the order short), Cancelled (of what
        is not yet received). - Received: Paid. - Paid, Cancelled: none.

        `Partial` and `Received` otherwise come from receipts. Entering a status sets its date to today unless a date is
        sent or there already; going back clears the dates of the statuses that are left. A date that is sent wins.

        Of an order that is Received, Paid or Cancelled only notes, dates and the status can change; anything else is
        409 `invalid_transition`.

        Refused with 404 when there is no such order, vendor or location, and with 409 `conflict` when one that is newly
        named is deactivated, when a cost would be less than what was allocated of it to receipts, when `targetType` is
        not the kind of the order's lines, or when vendor, location or target type should change although there is a
        receipt.

        The least role is member.
        """
        request = Request(
            "PATCH",
            "/api/purchase-orders/{id}",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return self._transport.send(request, PurchaseOrder)

    def delete_purchase_order(
        self,
        id: str,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> DeletedId:
        """Delete PO.

        Deletes a purchase order with its lines, receipts and documents. Everything it holds in the ledgers is reversed
        first: what is on order, and what its receipts brought in. Refused with 404 when there is no such order, with
        409 `invalid_transition` when it has ended (Received, Paid, Cancelled), and with 409 `conflict` when goods it
        brought in are no longer there to take back; `details` then has `itemId`, `locationId`, `onHand` and
        `requested`.

        The least role is member.
        """
        request = Request(
            "DELETE",
            "/api/purchase-orders/{id}",
            {"id": id},
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return self._transport.send(request, DeletedId)

    def get_purchase_order(self, id: str, *, if_none_match: PurchaseOrderDetail | None = None) -> PurchaseOrderDetail:
        """Get PO detail.

        One purchase order with all its lines. Refused with 404 when there is no such order.

        The least role is viewer.
        """
        request = Request("GET", "/api/purchase-orders/{id}", {"id": id}, if_none_match=if_none_match)
        return self._transport.send(request, PurchaseOrderDetail)

    def reopen_purchase_order(
        self,
        id: str,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> PurchaseOrder:
        """Reopen PO.

        Opens a purchase order again that has ended (Received, Paid or Cancelled), at the status from which it ended.
        One that was closed short goes back to Partial: what had not arrived is on order again. Refused with 409
        `conflict` when the order is Received and all of it has arrived; with 409 `invalid_transition` when the order
        has not ended, and with 404 when there is no such order.

        The least role is admin.
        """
        request = Request(
            "POST",
            "/api/purchase-orders/{id}/reopen",
            {"id": id},
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return self._transport.send(request, PurchaseOrder)

    def bulk_import_purchase_orders(
        self,
        body: PurchaseOrderBulkImport,
        *,
        mode: Literal["atomic", "partial"] | None = None,
        dry_run: bool | None = None,
        idempotency_key: str | None = None,
    ) -> BulkImportResult:
        """Bulk-import POs.

        Stores up to 5,000 purchase orders with their lines at once. Every row is a purchase order as
        createPurchaseOrder takes it; it gets a fresh number, and stock follows its status as there. A line without
        `unitCost` has its price as there, too; the result of a row has the `warnings`.

        A row that breaks the schema is a bad row like any other. In `mode=atomic` all rows are stored in one
        transaction or none is: a bad row, such as one that names a vendor that does not exist, makes it 422, with
        `details` naming every bad row by its index. In `mode=partial` each row is stored or refused on its own, and
        `results` tells which. With `dryRun=true` everything is checked and nothing is stored: `ids` is empty and the
        results carry no id.

        A row with `history: true` is an order of earlier years: Received, Paid or Cancelled, with a number and dates of
        its own, of partners, items and locations that may be deactivated; its lines count as received where it is
        Received or Paid. Nothing is written to the ledgers for it, which `history` in its result says, and its events
        reach no webhook. Later it may only go on to a status that is an end as well, and be deleted. Any row may bring
        a number along (`poNumber`); one that is taken, or that the numbering has given already, makes it a bad row.

        The least role is admin.
        """
        request = Request(
            "POST",
            "/api/purchase-orders/bulk-import",
            query={"mode": mode, "dryRun": dry_run},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return self._transport.send(request, BulkImportResult)

    def add_purchase_order_item(
        self,
        id: str,
        body: PurchaseOrderItemCreate,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> PurchaseOrderItem:
        """Add item to PO.

        Adds a line to a purchase order; what is on order follows at once. Without `unitCost` it has the vendor's price,
        or 0 and a warning, as in createPurchaseOrder. A line of the other kind than the order's `targetType` is 422.
        Refused with 404 when there is no such order, material or SKU, with 409 `invalid_transition` when the order has
        ended, and with 409 `conflict` when the material or SKU is deactivated or when the order has a receipt, which
        locks its lines.

        The least role is member.
        """
        request = Request(
            "POST",
            "/api/purchase-orders/{id}/items",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return self._transport.send(request, PurchaseOrderItem)

    def list_purchase_order_items(self, id: str) -> PurchaseOrderItemList:
        """List PO items.

        All lines of one purchase order, in the order in which they were written. The list is bounded and comes whole,
        without pages. Refused with 404 when there is no such order.

        The least role is viewer.
        """
        request = Request("GET", "/api/purchase-orders/{id}/items", {"id": id})
        return self._transport.send(request, PurchaseOrderItemList)

    def list_all_purchase_order_items(
        self,
        *,
        material_id: str | None = None,
        sku_id: str | None = None,
        status: PurchaseOrderStatus | None = None,
        limit: int | None = None,
        sort: Literal["purchaseOrderId", "-purchaseOrderId"] | None = None,
        ids: Sequence[str] | None = None,
        count: bool | None = None,
        expand: Literal["names"] | None = None,
    ) -> Pages[PurchaseOrderItemPage, PurchaseOrderItemSummary]:
        """List items across POs.

        The lines of all purchase orders, those of the newest order first and in it the newest line first, in pages,
        each with its order's number and status and with what was received of it. `materialId` and `skuId` narrow the
        list to lines for this one, `status` to lines of orders that have it. A cursor belongs to the list it came from:
        keep the filters the same from page to page.

        The least role is viewer.
        """

        def fetch(cursor: str | None) -> PurchaseOrderItemPage:
            request = Request(
                "GET",
                "/api/purchase-order-items",
                query={
                    "materialId": material_id,
                    "skuId": sku_id,
                    "status": status,
                    "limit": limit,
                    "sort": sort,
                    "ids": ids,
                    "count": count,
                    "expand": expand,
                    "cursor": cursor,
                },
            )
            return self._transport.send(request, PurchaseOrderItemPage)

        return Pages(fetch)

    def update_purchase_order_item(
        self,
        id: str,
        body: PurchaseOrderItemUpdate,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> PurchaseOrderItem:
        """Update PO item.

        Changes the keys that are sent and leaves the others; what is on order follows at once. Naming a material or SKU
        puts it in the place of what the line has. A line that would have both, none, or one of the other kind than the
        order's `targetType` is 422. Refused with 404 when there is no such line, material or SKU, with 409
        `invalid_transition` when the order has ended, and with 409 `conflict` when one that is newly named is
        deactivated or when the order has a receipt, which locks its lines.

        The least role is member.
        """
        request = Request(
            "PATCH",
            "/api/purchase-order-items/{id}",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return self._transport.send(request, PurchaseOrderItem)

    def remove_purchase_order_item(
        self,
        id: str,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> DeletedId:
        """Remove PO item.

        Removes a line from its purchase order; what was on order for it is reversed. Refused with 404 when there is no
        such line, with 409 `invalid_transition` when the order has ended, and with 409 `conflict` when it is the
        order's last line or when the order has a receipt, which locks its lines.

        The least role is member.
        """
        request = Request(
            "DELETE",
            "/api/purchase-order-items/{id}",
            {"id": id},
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return self._transport.send(request, DeletedId)

    def create_purchase_order_receipt(
        self,
        id: str,
        body: PurchaseOrderReceiptCreate,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> PurchaseOrderReceived:
        """Create receipt against PO.

        Takes goods in: each line of the receipt puts its quantity on hand at the ship-to location, at the receipt's
        unit cost, and takes it off what is on order. More than was ordered may arrive, as far as the organization
        tolerates it. `receiptDate` is the event date of the ledger rows; more than one day ahead is 422. When all lines
        of the order are full it becomes `Received`, before that `Partial`.

        Refused with 404 when there is no such order or a line is not one of this order, with 409 `invalid_transition`
        when the order is `Planning`, `Paid` or `Cancelled`, and with 409 `conflict` when it has no ship-to location, or
        when more of a line arrives than `overReceiptTolerancePercent` allows and the receipt's line does not say
        `acceptOver: true`; `details.lines` then has what each of these lines `ordered`, has `received`, `open` and
        `accepted` (what may still arrive), and what was `requested`.

        The least role is member.
        """
        request = Request(
            "POST",
            "/api/purchase-orders/{id}/receipts",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return self._transport.send(request, PurchaseOrderReceived)

    def list_purchase_order_receipts(self, id: str) -> PurchaseOrderReceiptList:
        """List PO receipts.

        All receipts of one purchase order, newest first. The list is bounded and comes whole, without pages. Refused
        with 404 when there is no such order.

        The least role is viewer.
        """
        request = Request("GET", "/api/purchase-orders/{id}/receipts", {"id": id})
        return self._transport.send(request, PurchaseOrderReceiptList)

    def update_purchase_order_receipt(
        self,
        id: str,
        body: PurchaseOrderReceiptUpdate,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> PurchaseOrderReceipt:
        """Update PO receipt.

        Changes the date of a receipt. No quantity moves, and the ledger rows keep their own event date. Refused with
        404 when there is no such receipt.

        The least role is member.
        """
        request = Request(
            "PATCH",
            "/api/purchase-order-receipts/{id}",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return self._transport.send(request, PurchaseOrderReceipt)

    def delete_purchase_order_receipt(
        self,
        id: str,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> DeletedId:
        """Delete PO receipt.

        Undoes a receipt: what it put on hand is taken back by reversing ledger rows, with what was corrected of its
        cost or allocated to it, and the order's status follows from the receipts that are left: `Received`, `Partial`,
        or `Placed` when there is none. Refused with 404 when there is no such receipt, with 409 `invalid_transition`
        when the order is Paid or Cancelled, and with 409 `conflict` when the goods are no longer there to take back;
        `details` then has `itemId`, `locationId`, `onHand` and `requested`.

        The least role is member.
        """
        request = Request(
            "DELETE",
            "/api/purchase-order-receipts/{id}",
            {"id": id},
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return self._transport.send(request, DeletedId)

    def get_purchase_order_receipt(
        self,
        id: str,
        *,
        if_none_match: PurchaseOrderReceiptDetail | None = None,
    ) -> PurchaseOrderReceiptDetail:
        """Get PO receipt detail.

        One receipt with its lines. Refused with 404 when there is no such receipt.

        The least role is viewer.
        """
        request = Request("GET", "/api/purchase-order-receipts/{id}", {"id": id}, if_none_match=if_none_match)
        return self._transport.send(request, PurchaseOrderReceiptDetail)

    def create_purchase_order_cost_correction(
        self,
        id: str,
        body: PurchaseOrderCostCorrectionCreate,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> PurchaseOrderCostChangeDetail:
        """Correct PO receipt costs.

        Gives lines of a receipt the unit cost that they really had, at any time and at any status of the order. The
        receipt's lines show the corrected `unitCost` from then on, and the ledger gets a `REVALUE` row for each of
        them: the part of the goods that is still at the ship-to location changes its value, the part that is gone is
        the row's `variance`. Neither the order's lines nor its PDF change. Lines that cost that already are left out.
        `eventDate` is when it happened, the present if it is not sent; more than one day ahead is 422, and so is a line
        that is named twice. Refused with 404 when there is no such receipt or a line is not one of it, and with 409
        `conflict` when all lines cost that already, or one would have cost less than nothing in all.

        The least role is admin.
        """
        request = Request(
            "POST",
            "/api/purchase-order-receipts/{id}/cost-corrections",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return self._transport.send(request, PurchaseOrderCostChangeDetail)

    def create_purchase_order_cost_allocation(
        self,
        id: str,
        body: PurchaseOrderCostAllocationCreate,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> PurchaseOrderCostChangeDetail:
        """Allocate costs to PO receipts.

        Adds a cost that came with the goods to what lines of the order's receipts have cost: one of the order's three
        costs, or an additional one, as duty. It is divided by the lines' value or quantity, or by hand; the shares add
        up to it exactly. Without `items` all lines that have arrived take part. Without `amount` all that is left of
        the order's cost is allocated; nothing is allocated twice. The ledger gets a `REVALUE` row for each line, as for
        a correction of its cost. An additional cost may be below 0, which is a credit. `eventDate` is when it happened,
        the present if it is not sent; more than one day ahead is 422, and so are amounts that do not fit the basis, and
        a line that is named twice. Refused with 404 when there is no such order or a line is not one of its receipts,
        and with 409 `conflict` when nothing has arrived, when less of the cost is left, when the lines to be taken by
        value cost nothing, or when one would have cost less than nothing.

        The least role is admin.
        """
        request = Request(
            "POST",
            "/api/purchase-orders/{id}/cost-allocations",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return self._transport.send(request, PurchaseOrderCostChangeDetail)

    def list_purchase_order_cost_changes(self, id: str) -> PurchaseOrderCostChangeList:
        """List PO cost changes.

        The corrections and allocations of one purchase order, newest first, and what of its three costs is not
        allocated. The list is bounded and comes whole, without pages. Refused with 404 when there is no such order.

        The least role is viewer.
        """
        request = Request("GET", "/api/purchase-orders/{id}/cost-changes", {"id": id})
        return self._transport.send(request, PurchaseOrderCostChangeList)

    def delete_purchase_order_cost_change(
        self,
        id: str,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> DeletedId:
        """Delete PO cost change.

        Undoes a correction or an allocation: its ledger rows are reversed by `REVERSE_REVALUE` rows, the receipt's
        lines cost again what they did before, and what was allocated is open again. Refused with 404 when there is no
        such change, which is also so when its receipt was deleted, and with 409 `conflict` when a line was corrected
        again since, or would have cost less than nothing.

        The least role is admin.
        """
        request = Request(
            "DELETE",
            "/api/purchase-order-cost-changes/{id}",
            {"id": id},
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return self._transport.send(request, DeletedId)

    def get_purchase_order_cost_change(
        self,
        id: str,
        *,
        if_none_match: PurchaseOrderCostChangeDetail | None = None,
    ) -> PurchaseOrderCostChangeDetail:
        """Get PO cost change detail.

        One correction or allocation, with its lines. Refused with 404 when there is no such change.

        The least role is viewer.
        """
        request = Request("GET", "/api/purchase-order-cost-changes/{id}", {"id": id}, if_none_match=if_none_match)
        return self._transport.send(request, PurchaseOrderCostChangeDetail)

    def get_purchase_order_pdf(self, id: str) -> bytes:
        """Generate PO PDF.

        The purchase order as a PDF to send to the vendor: the organization's name, address and contact, the vendor with
        its primary contact, the ship-to location with its contact, order date, requested date, terms and currency, the
        lines with code, the vendor's own code, name, quantity, unit, unit cost and amount, the three costs and the
        total. Amounts are rounded to the places of the currency one by one, and add up. Of the status it says only that
        an order is a draft or cancelled. Refused with 404 when there is no such order, and with 503 when rendering
        takes too long.

        The least role is viewer.
        """
        request = Request("GET", "/api/purchase-orders/{id}/pdf", {"id": id})
        return self._transport.send(request, bytes)

    def list_purchase_order_status_types(self) -> PurchaseOrderStatusList:
        """List PO status enum values.

        All statuses a purchase order can have, in the usual order.

        The least role is viewer.
        """
        request = Request("GET", "/api/purchase-order-status-types")
        return self._transport.send(request, PurchaseOrderStatusList)


class AsyncPurchaseOrders:
    """The same for `AsyncClient`."""

    def __init__(self, transport: Async) -> None:
        self._transport = transport

    async def create_purchase_order(
        self,
        body: PurchaseOrderCreate,
        *,
        idempotency_key: str | None = None,
    ) -> PurchaseOrderDetail:
        """Create PO.

        Writes a purchase order (PO) with its lines under the next number of the year, `PO-2026-0001` and so on; a
        number is never used again. The order may begin at any status, so that history can be taken over: that status'
        date is today unless it is sent. While it is `Placed`, `In Transit` or `Partial`, what is not yet received is on
        order at the ship-to location; without a location nothing is.

        A line names a material or a SKU, as `targetType` says; one of the other kind is 422. A line without `unitCost`
        has the vendor's price for its quantity on the day of the order (`placedAt`, else today; see
        createSupplierPrice). Where none holds it has 0, and `warnings` says so: code `price_not_found`. Refused with
        404 when there is no such vendor, location, material or SKU, and with 409 `conflict` when one of them is
        deactivated.

        The least role is member.
        """
        request = Request("POST", "/api/purchase-orders", body=body, takes_key=True, idempotency_key=idempotency_key)
        return await self._transport.send(request, PurchaseOrderDetail)

    def list_purchase_orders(
        self,
        *,
        status: PurchaseOrderStatus | None = None,
        vendor_id: str | None = None,
        q: str | None = None,
        date_from: Moment | None = None,
        date_to: Moment | None = None,
        limit: int | None = None,
        sort: Literal["id", "-id", "orderDate", "-orderDate", "updatedAt", "-updatedAt"] | None = None,
        ids: Sequence[str] | None = None,
        updated_since: Moment | None = None,
        count: bool | None = None,
        expand: Literal["names"] | None = None,
    ) -> AsyncPages[PurchaseOrderPage, PurchaseOrder]:
        """List POs.

        The purchase orders of the organization, newest first, in pages. `status` and `vendorId` narrow the list to
        those that have this one, `q` to those whose number or vendor's name contains a text, `dateFrom` and `dateTo`,
        both inclusive, to those with an order date in that span: the date of `placedAt`, or the day the order was
        written while there is none. A cursor belongs to the list it came from: keep the filters the same from page to
        page.

        The least role is viewer.
        """

        def fetch(cursor: str | None) -> Awaitable[PurchaseOrderPage]:
            request = Request(
                "GET",
                "/api/purchase-orders",
                query={
                    "status": status,
                    "vendorId": vendor_id,
                    "q": q,
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
            return self._transport.send(request, PurchaseOrderPage)

        return AsyncPages(fetch)

    async def update_purchase_order(
        self,
        id: str,
        body: PurchaseOrderUpdate,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> PurchaseOrder:
        """Update PO.

        Changes the keys that are sent and leaves the others; null clears a value. The stock on order follows a change
        of status or location at once.

        A new `status` must be one that follows the present one; anything else is 409 `invalid_transition`, with `from`,
        `to` and `allowed` in `details`. The same status again is no change.

        - Planning: Placed, Cancelled. - Placed: Planning (while there is no receipt), In Transit, Cancelled. - In
        Transit: Placed, Cancelled. - Partial: In Transit, Received (which closes the order short), Cancelled (of what
        is not yet received). - Received: Paid. - Paid, Cancelled: none.

        `Partial` and `Received` otherwise come from receipts. Entering a status sets its date to today unless a date is
        sent or there already; going back clears the dates of the statuses that are left. A date that is sent wins.

        Of an order that is Received, Paid or Cancelled only notes, dates and the status can change; anything else is
        409 `invalid_transition`.

        Refused with 404 when there is no such order, vendor or location, and with 409 `conflict` when one that is newly
        named is deactivated, when a cost would be less than what was allocated of it to receipts, when `targetType` is
        not the kind of the order's lines, or when vendor, location or target type should change although there is a
        receipt.

        The least role is member.
        """
        request = Request(
            "PATCH",
            "/api/purchase-orders/{id}",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return await self._transport.send(request, PurchaseOrder)

    async def delete_purchase_order(
        self,
        id: str,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> DeletedId:
        """Delete PO.

        Deletes a purchase order with its lines, receipts and documents. Everything it holds in the ledgers is reversed
        first: what is on order, and what its receipts brought in. Refused with 404 when there is no such order, with
        409 `invalid_transition` when it has ended (Received, Paid, Cancelled), and with 409 `conflict` when goods it
        brought in are no longer there to take back; `details` then has `itemId`, `locationId`, `onHand` and
        `requested`.

        The least role is member.
        """
        request = Request(
            "DELETE",
            "/api/purchase-orders/{id}",
            {"id": id},
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return await self._transport.send(request, DeletedId)

    async def get_purchase_order(
        self,
        id: str,
        *,
        if_none_match: PurchaseOrderDetail | None = None,
    ) -> PurchaseOrderDetail:
        """Get PO detail.

        One purchase order with all its lines. Refused with 404 when there is no such order.

        The least role is viewer.
        """
        request = Request("GET", "/api/purchase-orders/{id}", {"id": id}, if_none_match=if_none_match)
        return await self._transport.send(request, PurchaseOrderDetail)

    async def reopen_purchase_order(
        self,
        id: str,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> PurchaseOrder:
        """Reopen PO.

        Opens a purchase order again that has ended (Received, Paid or Cancelled), at the status from which it ended.
        One that was closed short goes back to Partial: what had not arrived is on order again. Refused with 409
        `conflict` when the order is Received and all of it has arrived; with 409 `invalid_transition` when the order
        has not ended, and with 404 when there is no such order.

        The least role is admin.
        """
        request = Request(
            "POST",
            "/api/purchase-orders/{id}/reopen",
            {"id": id},
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return await self._transport.send(request, PurchaseOrder)

    async def bulk_import_purchase_orders(
        self,
        body: PurchaseOrderBulkImport,
        *,
        mode: Literal["atomic", "partial"] | None = None,
        dry_run: bool | None = None,
        idempotency_key: str | None = None,
    ) -> BulkImportResult:
        """Bulk-import POs.

        Stores up to 5,000 purchase orders with their lines at once. Every row is a purchase order as
        createPurchaseOrder takes it; it gets a fresh number, and stock follows its status as there. A line without
        `unitCost` has its price as there, too; the result of a row has the `warnings`.

        A row that breaks the schema is a bad row like any other. In `mode=atomic` all rows are stored in one
        transaction or none is: a bad row, such as one that names a vendor that does not exist, makes it 422, with
        `details` naming every bad row by its index. In `mode=partial` each row is stored or refused on its own, and
        `results` tells which. With `dryRun=true` everything is checked and nothing is stored: `ids` is empty and the
        results carry no id.

        A row with `history: true` is an order of earlier years: Received, Paid or Cancelled, with a number and dates of
        its own, of partners, items and locations that may be deactivated; its lines count as received where it is
        Received or Paid. Nothing is written to the ledgers for it, which `history` in its result says, and its events
        reach no webhook. Later it may only go on to a status that is an end as well, and be deleted. Any row may bring
        a number along (`poNumber`); one that is taken, or that the numbering has given already, makes it a bad row.

        The least role is admin.
        """
        request = Request(
            "POST",
            "/api/purchase-orders/bulk-import",
            query={"mode": mode, "dryRun": dry_run},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return await self._transport.send(request, BulkImportResult)

    async def add_purchase_order_item(
        self,
        id: str,
        body: PurchaseOrderItemCreate,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> PurchaseOrderItem:
        """Add item to PO.

        Adds a line to a purchase order; what is on order follows at once. Without `unitCost` it has the vendor's price,
        or 0 and a warning, as in createPurchaseOrder. A line of the other kind than the order's `targetType` is 422.
        Refused with 404 when there is no such order, material or SKU, with 409 `invalid_transition` when the order has
        ended, and with 409 `conflict` when the material or SKU is deactivated or when the order has a receipt, which
        locks its lines.

        The least role is member.
        """
        request = Request(
            "POST",
            "/api/purchase-orders/{id}/items",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return await self._transport.send(request, PurchaseOrderItem)

    async def list_purchase_order_items(self, id: str) -> PurchaseOrderItemList:
        """List PO items.

        All lines of one purchase order, in the order in which they were written. The list is bounded and comes whole,
        without pages. Refused with 404 when there is no such order.

        The least role is viewer.
        """
        request = Request("GET", "/api/purchase-orders/{id}/items", {"id": id})
        return await self._transport.send(request, PurchaseOrderItemList)

    def list_all_purchase_order_items(
        self,
        *,
        material_id: str | None = None,
        sku_id: str | None = None,
        status: PurchaseOrderStatus | None = None,
        limit: int | None = None,
        sort: Literal["purchaseOrderId", "-purchaseOrderId"] | None = None,
        ids: Sequence[str] | None = None,
        count: bool | None = None,
        expand: Literal["names"] | None = None,
    ) -> AsyncPages[PurchaseOrderItemPage, PurchaseOrderItemSummary]:
        """List items across POs.

        The lines of all purchase orders, those of the newest order first and in it the newest line first, in pages,
        each with its order's number and status and with what was received of it. `materialId` and `skuId` narrow the
        list to lines for this one, `status` to lines of orders that have it. A cursor belongs to the list it came from:
        keep the filters the same from page to page.

        The least role is viewer.
        """

        def fetch(cursor: str | None) -> Awaitable[PurchaseOrderItemPage]:
            request = Request(
                "GET",
                "/api/purchase-order-items",
                query={
                    "materialId": material_id,
                    "skuId": sku_id,
                    "status": status,
                    "limit": limit,
                    "sort": sort,
                    "ids": ids,
                    "count": count,
                    "expand": expand,
                    "cursor": cursor,
                },
            )
            return self._transport.send(request, PurchaseOrderItemPage)

        return AsyncPages(fetch)

    async def update_purchase_order_item(
        self,
        id: str,
        body: PurchaseOrderItemUpdate,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> PurchaseOrderItem:
        """Update PO item.

        Changes the keys that are sent and leaves the others; what is on order follows at once. Naming a material or SKU
        puts it in the place of what the line has. A line that would have both, none, or one of the other kind than the
        order's `targetType` is 422. Refused with 404 when there is no such line, material or SKU, with 409
        `invalid_transition` when the order has ended, and with 409 `conflict` when one that is newly named is
        deactivated or when the order has a receipt, which locks its lines.

        The least role is member.
        """
        request = Request(
            "PATCH",
            "/api/purchase-order-items/{id}",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return await self._transport.send(request, PurchaseOrderItem)

    async def remove_purchase_order_item(
        self,
        id: str,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> DeletedId:
        """Remove PO item.

        Removes a line from its purchase order; what was on order for it is reversed. Refused with 404 when there is no
        such line, with 409 `invalid_transition` when the order has ended, and with 409 `conflict` when it is the
        order's last line or when the order has a receipt, which locks its lines.

        The least role is member.
        """
        request = Request(
            "DELETE",
            "/api/purchase-order-items/{id}",
            {"id": id},
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return await self._transport.send(request, DeletedId)

    async def create_purchase_order_receipt(
        self,
        id: str,
        body: PurchaseOrderReceiptCreate,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> PurchaseOrderReceived:
        """Create receipt against PO.

        Takes goods in: each line of the receipt puts its quantity on hand at the ship-to location, at the receipt's
        unit cost, and takes it off what is on order. More than was ordered may arrive, as far as the organization
        tolerates it. `receiptDate` is the event date of the ledger rows; more than one day ahead is 422. When all lines
        of the order are full it becomes `Received`, before that `Partial`.

        Refused with 404 when there is no such order or a line is not one of this order, with 409 `invalid_transition`
        when the order is `Planning`, `Paid` or `Cancelled`, and with 409 `conflict` when it has no ship-to location, or
        when more of a line arrives than `overReceiptTolerancePercent` allows and the receipt's line does not say
        `acceptOver: true`; `details.lines` then has what each of these lines `ordered`, has `received`, `open` and
        `accepted` (what may still arrive), and what was `requested`.

        The least role is member.
        """
        request = Request(
            "POST",
            "/api/purchase-orders/{id}/receipts",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return await self._transport.send(request, PurchaseOrderReceived)

    async def list_purchase_order_receipts(self, id: str) -> PurchaseOrderReceiptList:
        """List PO receipts.

        All receipts of one purchase order, newest first. The list is bounded and comes whole, without pages. Refused
        with 404 when there is no such order.

        The least role is viewer.
        """
        request = Request("GET", "/api/purchase-orders/{id}/receipts", {"id": id})
        return await self._transport.send(request, PurchaseOrderReceiptList)

    async def update_purchase_order_receipt(
        self,
        id: str,
        body: PurchaseOrderReceiptUpdate,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> PurchaseOrderReceipt:
        """Update PO receipt.

        Changes the date of a receipt. No quantity moves, and the ledger rows keep their own event date. Refused with
        404 when there is no such receipt.

        The least role is member.
        """
        request = Request(
            "PATCH",
            "/api/purchase-order-receipts/{id}",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return await self._transport.send(request, PurchaseOrderReceipt)

    async def delete_purchase_order_receipt(
        self,
        id: str,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> DeletedId:
        """Delete PO receipt.

        Undoes a receipt: what it put on hand is taken back by reversing ledger rows, with what was corrected of its
        cost or allocated to it, and the order's status follows from the receipts that are left: `Received`, `Partial`,
        or `Placed` when there is none. Refused with 404 when there is no such receipt, with 409 `invalid_transition`
        when the order is Paid or Cancelled, and with 409 `conflict` when the goods are no longer there to take back;
        `details` then has `itemId`, `locationId`, `onHand` and `requested`.

        The least role is member.
        """
        request = Request(
            "DELETE",
            "/api/purchase-order-receipts/{id}",
            {"id": id},
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return await self._transport.send(request, DeletedId)

    async def get_purchase_order_receipt(
        self,
        id: str,
        *,
        if_none_match: PurchaseOrderReceiptDetail | None = None,
    ) -> PurchaseOrderReceiptDetail:
        """Get PO receipt detail.

        One receipt with its lines. Refused with 404 when there is no such receipt.

        The least role is viewer.
        """
        request = Request("GET", "/api/purchase-order-receipts/{id}", {"id": id}, if_none_match=if_none_match)
        return await self._transport.send(request, PurchaseOrderReceiptDetail)

    async def create_purchase_order_cost_correction(
        self,
        id: str,
        body: PurchaseOrderCostCorrectionCreate,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> PurchaseOrderCostChangeDetail:
        """Correct PO receipt costs.

        Gives lines of a receipt the unit cost that they really had, at any time and at any status of the order. The
        receipt's lines show the corrected `unitCost` from then on, and the ledger gets a `REVALUE` row for each of
        them: the part of the goods that is still at the ship-to location changes its value, the part that is gone is
        the row's `variance`. Neither the order's lines nor its PDF change. Lines that cost that already are left out.
        `eventDate` is when it happened, the present if it is not sent; more than one day ahead is 422, and so is a line
        that is named twice. Refused with 404 when there is no such receipt or a line is not one of it, and with 409
        `conflict` when all lines cost that already, or one would have cost less than nothing in all.

        The least role is admin.
        """
        request = Request(
            "POST",
            "/api/purchase-order-receipts/{id}/cost-corrections",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return await self._transport.send(request, PurchaseOrderCostChangeDetail)

    async def create_purchase_order_cost_allocation(
        self,
        id: str,
        body: PurchaseOrderCostAllocationCreate,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> PurchaseOrderCostChangeDetail:
        """Allocate costs to PO receipts.

        Adds a cost that came with the goods to what lines of the order's receipts have cost: one of the order's three
        costs, or an additional one, as duty. It is divided by the lines' value or quantity, or by hand; the shares add
        up to it exactly. Without `items` all lines that have arrived take part. Without `amount` all that is left of
        the order's cost is allocated; nothing is allocated twice. The ledger gets a `REVALUE` row for each line, as for
        a correction of its cost. An additional cost may be below 0, which is a credit. `eventDate` is when it happened,
        the present if it is not sent; more than one day ahead is 422, and so are amounts that do not fit the basis, and
        a line that is named twice. Refused with 404 when there is no such order or a line is not one of its receipts,
        and with 409 `conflict` when nothing has arrived, when less of the cost is left, when the lines to be taken by
        value cost nothing, or when one would have cost less than nothing.

        The least role is admin.
        """
        request = Request(
            "POST",
            "/api/purchase-orders/{id}/cost-allocations",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return await self._transport.send(request, PurchaseOrderCostChangeDetail)

    async def list_purchase_order_cost_changes(self, id: str) -> PurchaseOrderCostChangeList:
        """List PO cost changes.

        The corrections and allocations of one purchase order, newest first, and what of its three costs is not
        allocated. The list is bounded and comes whole, without pages. Refused with 404 when there is no such order.

        The least role is viewer.
        """
        request = Request("GET", "/api/purchase-orders/{id}/cost-changes", {"id": id})
        return await self._transport.send(request, PurchaseOrderCostChangeList)

    async def delete_purchase_order_cost_change(
        self,
        id: str,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> DeletedId:
        """Delete PO cost change.

        Undoes a correction or an allocation: its ledger rows are reversed by `REVERSE_REVALUE` rows, the receipt's
        lines cost again what they did before, and what was allocated is open again. Refused with 404 when there is no
        such change, which is also so when its receipt was deleted, and with 409 `conflict` when a line was corrected
        again since, or would have cost less than nothing.

        The least role is admin.
        """
        request = Request(
            "DELETE",
            "/api/purchase-order-cost-changes/{id}",
            {"id": id},
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return await self._transport.send(request, DeletedId)

    async def get_purchase_order_cost_change(
        self,
        id: str,
        *,
        if_none_match: PurchaseOrderCostChangeDetail | None = None,
    ) -> PurchaseOrderCostChangeDetail:
        """Get PO cost change detail.

        One correction or allocation, with its lines. Refused with 404 when there is no such change.

        The least role is viewer.
        """
        request = Request("GET", "/api/purchase-order-cost-changes/{id}", {"id": id}, if_none_match=if_none_match)
        return await self._transport.send(request, PurchaseOrderCostChangeDetail)

    async def get_purchase_order_pdf(self, id: str) -> bytes:
        """Generate PO PDF.

        The purchase order as a PDF to send to the vendor: the organization's name, address and contact, the vendor with
        its primary contact, the ship-to location with its contact, order date, requested date, terms and currency, the
        lines with code, the vendor's own code, name, quantity, unit, unit cost and amount, the three costs and the
        total. Amounts are rounded to the places of the currency one by one, and add up. Of the status it says only that
        an order is a draft or cancelled. Refused with 404 when there is no such order, and with 503 when rendering
        takes too long.

        The least role is viewer.
        """
        request = Request("GET", "/api/purchase-orders/{id}/pdf", {"id": id})
        return await self._transport.send(request, bytes)

    async def list_purchase_order_status_types(self) -> PurchaseOrderStatusList:
        """List PO status enum values.

        All statuses a purchase order can have, in the usual order.

        The least role is viewer.
        """
        request = Request("GET", "/api/purchase-order-status-types")
        return await self._transport.send(request, PurchaseOrderStatusList)
