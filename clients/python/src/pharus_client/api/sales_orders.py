"""The group of methods `sales_orders`.

Generated from openapi.yaml by `make codegen`. Do not edit.
"""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from typing import Literal

from pharus_client.models.sales_orders import (
    FulfillmentStatusList,
    OrderChannelInUse,
    SalesOrder,
    SalesOrderBulkImport,
    SalesOrderCreate,
    SalesOrderDetail,
    SalesOrderItem,
    SalesOrderItemCreate,
    SalesOrderItemList,
    SalesOrderItemUpdate,
    SalesOrderPage,
    SalesOrderReturnCreate,
    SalesOrderReturnDetail,
    SalesOrderReturnList,
    SalesOrderShipment,
    SalesOrderShipmentCreate,
    SalesOrderShipmentDetail,
    SalesOrderShipmentList,
    SalesOrderShipmentUpdate,
    SalesOrderShipped,
    SalesOrderStatus,
    SalesOrderStatusList,
    SalesOrderUpdate,
    TimelineNote,
    TimelineNoteCreate,
    TimelineNotePage,
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


class SalesOrders:
    """`client.sales_orders`: what customers order, how far each order is, and the channels by which orders come."""

    def __init__(self, transport: Sync) -> None:
        self._transport = transport

    def create_sales_order(self, body: SalesOrderCreate, *, idempotency_key: str | None = None) -> SalesOrderDetail:
        """Create sales order.

        Writes a sales order with its lines under the next number of the year, `SO-2026-0001` and so on; a number is
        never used again. Its order date, `placedAt`, is today. The order may begin at any status, so that history can
        be taken over: that status' date is today, too; one that begins `In-Dispute` came from `Received`. What it takes
        from the stock of its fulfillment location follows the status: see updateSalesOrder.

        A line without `unitPrice` has the customer's price for its quantity on the day of the order (see
        createCustomerPrice). Where none holds it has 0, and `warnings` says so: code `price_not_found`.

        Broker and fee percent are the customer's where they are not sent; null means none, and without a broker there
        is no fee. `brokerFees`, where it is not sent, is the value of the lines times the percent, rounded half up to
        cents, and follows the lines, the percent and the broker until the order is Invoiced.

        A SKU that comes twice is 422. Refused with 404 when there is no such customer, channel, location, broker or
        SKU, and with 409 `conflict` when one of them is deactivated (the customer's broker as well, unless another or
        null is sent), when another sales order has the same `qboId`, or when the status means that goods have left and
        there is no fulfillment location or less on hand there; in the last case `details` has `itemId`, `locationId`,
        `onHand` and `requested`.

        The least role is member.
        """
        request = Request("POST", "/api/sales-orders", body=body, takes_key=True, idempotency_key=idempotency_key)
        return self._transport.send(request, SalesOrderDetail)

    def list_sales_orders(
        self,
        *,
        status: SalesOrderStatus | None = None,
        customer_id: str | None = None,
        q: str | None = None,
        date_from: Moment | None = None,
        date_to: Moment | None = None,
        limit: int | None = None,
        sort: Literal["id", "-id", "orderDate", "-orderDate", "updatedAt", "-updatedAt"] | None = None,
        ids: Sequence[str] | None = None,
        updated_since: Moment | None = None,
        count: bool | None = None,
        expand: Literal["names"] | None = None,
    ) -> Pages[SalesOrderPage, SalesOrder]:
        """List sales orders.

        The sales orders of the organization, newest first, in pages. `status` and `customerId` narrow the list to those
        that have this one, `q` to those whose number or customer's name contains a text, `dateFrom` and `dateTo`, both
        inclusive, to those whose order date, `placedAt`, is in that span. A cursor belongs to the list it came from:
        keep the filters the same from page to page.

        The least role is viewer.
        """

        def fetch(cursor: str | None) -> SalesOrderPage:
            request = Request(
                "GET",
                "/api/sales-orders",
                query={
                    "status": status,
                    "customerId": customer_id,
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
            return self._transport.send(request, SalesOrderPage)

        return Pages(fetch)

    def update_sales_order(
        self,
        id: str,
        body: SalesOrderUpdate,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> SalesOrder:
        """Update sales order.

        Changes the keys that are sent and leaves the others; null clears a value. Stock follows a change of status or
        location at once: `Received` is demand at the fulfillment location, `Entered` allocates it, and from `Shipped`
        on the goods are gone, at the average cost of what was there. `Rejected` reverses all of it, so shipped goods
        come back. `In-Dispute` leaves it as it was. Without a fulfillment location an order can be `Received` or
        `Entered`, and nothing is demanded or allocated.

        A new `status` must be one that follows the present one; anything else is 409 `invalid_transition`, with `from`,
        `to` and `allowed` in `details`. The same status again is no change.

        - Received: Entered, Rejected, In-Dispute. - Entered: Received, Shipped, Rejected, In-Dispute. - Shipped:
        Invoiced, Rejected, In-Dispute. - Invoiced: Paid, Rejected, In-Dispute. - Paid: Completed, In-Dispute. -
        In-Dispute: the status it came from, Rejected. - Rejected, Completed: none.

        Entering a status sets its date to today unless a date is sent or there already; going back clears the dates of
        the statuses that are left. A date that is sent wins. `fulfillmentStatus` is what the caller says and moves
        nothing. `brokerFees` that nobody set follow lines, percent and broker until the order is Invoiced; another
        customer brings its broker and percent, where the order has those of the one before.

        Of an order that is Paid, Completed or Rejected only notes, dates, `qboId` and the status can change; anything
        else is 409 `invalid_transition`.

        Refused with 404 when there is no such order, customer, channel, location or broker; with 409
        `invalid_transition` when the location should change from `Shipped` on (also `In-Dispute` since then, and
        `Rejected`), as for the lines; and with 409 `conflict` when one that is newly named is deactivated, when another
        sales order has the new `qboId`, or when the order should ship without a fulfillment location or with less on
        hand there, in which case `details` has `itemId`, `locationId`, `onHand` and `requested`.

        The least role is member.
        """
        request = Request(
            "PATCH",
            "/api/sales-orders/{id}",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return self._transport.send(request, SalesOrder)

    def delete_sales_order(self, id: str, *, if_match: Version = None, idempotency_key: str | None = None) -> DeletedId:
        """Delete sales order.

        Deletes a sales order with its lines, timeline notes and documents. Everything it holds in the ledger is
        reversed first, so shipped goods come back. Refused with 404 when there is no such order, with 409
        `invalid_transition` when it has ended (Paid, Completed, Rejected), and with 409 `conflict` when the stock with
        what comes back would be larger than can be kept.

        The least role is member.
        """
        request = Request(
            "DELETE",
            "/api/sales-orders/{id}",
            {"id": id},
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return self._transport.send(request, DeletedId)

    def get_sales_order(self, id: str, *, if_none_match: SalesOrderDetail | None = None) -> SalesOrderDetail:
        """Get sales order detail.

        One sales order with all its lines. Refused with 404 when there is no such order.

        The least role is viewer.
        """
        request = Request("GET", "/api/sales-orders/{id}", {"id": id}, if_none_match=if_none_match)
        return self._transport.send(request, SalesOrderDetail)

    def reopen_sales_order(
        self,
        id: str,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> SalesOrder:
        """Reopen SO.

        Opens a sales order again that has ended (Paid, Completed or Rejected), at the status from which it ended. Of
        one that was rejected after it had left, the goods leave again. Refused with 409 `conflict` when there are not
        enough on hand; with 409 `invalid_transition` when the order has not ended, and with 404 when there is no such
        order.

        The least role is admin.
        """
        request = Request(
            "POST",
            "/api/sales-orders/{id}/reopen",
            {"id": id},
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return self._transport.send(request, SalesOrder)

    def bulk_import_sales_orders(
        self,
        body: SalesOrderBulkImport,
        *,
        mode: Literal["atomic", "partial"] | None = None,
        dry_run: bool | None = None,
        idempotency_key: str | None = None,
    ) -> BulkImportResult:
        """Bulk-import sales orders.

        Stores up to 5,000 sales orders with their lines at once. Every row is a sales order as createSalesOrder takes
        it; it gets a fresh number, and stock follows its status as there. A line without `unitPrice` has its price as
        there, too; the result of a row has the `warnings`.

        A row that breaks the schema is a bad row like any other. In `mode=atomic` all rows are stored in one
        transaction or none is: a bad row, such as one that names a customer that does not exist or whose `qboId` is
        taken by another sales order or by an earlier row, makes it 422, with `details` naming every bad row by its
        index. In `mode=partial` each row is stored or refused on its own, and `results` tells which. A row whose goods
        have left takes them from the rows behind it, as if the rows were stored one after another, and is bad when too
        few are left; a bad row takes nothing. With `dryRun=true` everything is checked and nothing is stored: `ids` is
        empty and the results carry no id.

        A row with `history: true` is an order of earlier years: Shipped, Invoiced, Paid, Completed or Rejected, with a
        number and dates of its own, of partners, items and locations that may be deactivated; a broker or a percent
        that is not sent is none. Nothing is written to the ledgers for it, which `history` in its result says, and its
        events reach no webhook. Later it may only go on to a status that is an end as well, and be deleted. Any row may
        bring a number along (`soNumber`); one that is taken, or that the numbering has given already, makes it a bad
        row.

        The least role is admin.
        """
        request = Request(
            "POST",
            "/api/sales-orders/bulk-import",
            query={"mode": mode, "dryRun": dry_run},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return self._transport.send(request, BulkImportResult)

    def get_sales_order_confirmation_pdf(self, id: str) -> bytes:
        """Generate order confirmation PDF.

        The sales order as a PDF to send to the customer: the organization's name, address and contact, the customer
        with its primary contact, the customer's own number of the order, order date, the day by which the goods arrive,
        terms and currency, and the lines with code, name, quantity, unit price and amount. Amounts are rounded to the
        places of the currency one by one, and add up. It tells neither notes nor costs, and of the status only that the
        order is not confirmed yet (`Received`) or cancelled. Refused with 404 when there is no such order, and with 503
        when rendering takes too long.

        The least role is viewer.
        """
        request = Request("GET", "/api/sales-orders/{id}/confirmation", {"id": id})
        return self._transport.send(request, bytes)

    def add_sales_order_item(
        self,
        id: str,
        body: SalesOrderItemCreate,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> SalesOrderItem:
        """Add item to sales order.

        Adds a line to a sales order; demand and allocation follow at once. Without `unitPrice` it has the customer's
        price, or 0 and a warning, as in createSalesOrder. Refused with 404 when there is no such order or SKU, with 409
        `conflict` when the SKU is deactivated or is on the order already, and with 409 `invalid_transition` from
        `Shipped` on.

        The least role is member.
        """
        request = Request(
            "POST",
            "/api/sales-orders/{id}/items",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return self._transport.send(request, SalesOrderItem)

    def list_sales_order_items(self, id: str) -> SalesOrderItemList:
        """List sales order items.

        All lines of one sales order, in the order in which they were written. The list is bounded and comes whole,
        without pages. Refused with 404 when there is no such order.

        The least role is viewer.
        """
        request = Request("GET", "/api/sales-orders/{id}/items", {"id": id})
        return self._transport.send(request, SalesOrderItemList)

    def update_sales_order_item(
        self,
        id: str,
        body: SalesOrderItemUpdate,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> SalesOrderItem:
        """Update sales order item.

        Changes the keys that are sent and leaves the others; demand and allocation follow at once. Refused with 404
        when there is no such line or SKU, with 409 `conflict` when a SKU that is newly named is deactivated or is on
        another line of the order, and with 409 `invalid_transition` from `Shipped` on.

        The least role is member.
        """
        request = Request(
            "PATCH",
            "/api/sales-order-items/{id}",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return self._transport.send(request, SalesOrderItem)

    def remove_sales_order_item(
        self,
        id: str,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> DeletedId:
        """Remove item from sales order.

        Removes a line from its sales order; what it demanded and allocated is reversed. Refused with 404 when there is
        no such line, with 409 `conflict` when it is the order's last line, and with 409 `invalid_transition` from
        `Shipped` on.

        The least role is member.
        """
        request = Request(
            "DELETE",
            "/api/sales-order-items/{id}",
            {"id": id},
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return self._transport.send(request, DeletedId)

    def create_sales_order_shipment(
        self,
        id: str,
        body: SalesOrderShipmentCreate,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> SalesOrderShipped:
        """Ship a part of a sales order.

        Goods of an order that is `Entered` leave, in whole or in part: from each line as many as the shipment says, at
        the average cost of what is there. They leave the fulfillment location, or the location that is named;
        `shippedAt` is the event date of the ledger entries, and more than one day ahead is 422. What is not shipped
        stays allocated. `fulfillmentStatus` becomes `Partial`; when nothing is open any more, it becomes `Fulfilled`
        and the order `Shipped`.

        Refused with 404 when there is no such order or location, or a line is not one of this order; with 409
        `invalid_transition` when the order is not `Entered`; and with 409 `conflict` when less of a line is open
        (`details` has `soItemId`, `openQuantity` and `requested`), when the order has no fulfillment location, when the
        organization has a shipment of the same `externalId`, or when less is on hand there (`details` has `itemId`,
        `locationId`, `onHand` and `requested`). A line that comes twice is 422.

        The least role is member.
        """
        request = Request(
            "POST",
            "/api/sales-orders/{id}/shipments",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return self._transport.send(request, SalesOrderShipped)

    def list_sales_order_shipments(self, id: str) -> SalesOrderShipmentList:
        """List shipments of a sales order.

        All shipments of one sales order, newest first. What the status of the order has shipped, all that was open
        then, is one of them: it has the id and the number of the order. The list is bounded and comes whole, without
        pages. Refused with 404 when there is no such order.

        The least role is viewer.
        """
        request = Request("GET", "/api/sales-orders/{id}/shipments", {"id": id})
        return self._transport.send(request, SalesOrderShipmentList)

    def get_sales_order_shipment(
        self,
        id: str,
        *,
        if_none_match: SalesOrderShipmentDetail | None = None,
    ) -> SalesOrderShipmentDetail:
        """Get a shipment.

        One shipment with its lines, and what of each has come back. The id of an order names what its status has
        shipped. Refused with 404 when there is no such shipment.

        The least role is viewer.
        """
        request = Request("GET", "/api/sales-order-shipments/{id}", {"id": id}, if_none_match=if_none_match)
        return self._transport.send(request, SalesOrderShipmentDetail)

    def update_sales_order_shipment(
        self,
        id: str,
        body: SalesOrderShipmentUpdate,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> SalesOrderShipment:
        """Update a shipment.

        Changes carrier, tracking number and notes of a shipment; null clears one. No goods move. Refused with 404 when
        there is no such shipment, and with 409 `invalid_transition` when the order has ended, or when its status has
        shipped the goods: then there is nothing to be changed but the order.

        The least role is member.
        """
        request = Request(
            "PATCH",
            "/api/sales-order-shipments/{id}",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return self._transport.send(request, SalesOrderShipment)

    def delete_sales_order_shipment(
        self,
        id: str,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> DeletedId:
        """Undo a shipment.

        The goods are back, at exactly the cost with which they left, and what the lines have open is allocated again.
        An order that was `Shipped` is `Entered` again, its `fulfillmentStatus` `Partial`, or `Pending` without a
        shipment. With the id of the order what its status has shipped is undone. Refused with 404 when there is no such
        shipment; with 409 `invalid_transition` unless the order is `Entered` or `Shipped`; and with 409 `conflict` when
        something of it was returned, or when the status of the order has shipped the rest: that is undone first.

        The least role is member.
        """
        request = Request(
            "DELETE",
            "/api/sales-order-shipments/{id}",
            {"id": id},
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return self._transport.send(request, DeletedId)

    def get_sales_order_packing_slip_pdf(self, id: str) -> bytes:
        """Generate packing slip PDF.

        What is in a shipment, as a PDF to go along in the box: from where and to whom, carrier and tracking number, and
        of each line what was ordered, what is in this shipment and what is still to come; no prices. Refused with 404
        when there is no such shipment, and with 503 when rendering takes too long.

        The least role is viewer.
        """
        request = Request("GET", "/api/sales-order-shipments/{id}/packing-slip", {"id": id})
        return self._transport.send(request, bytes)

    def get_sales_order_delivery_note_pdf(self, id: str) -> bytes:
        """Generate delivery note PDF.

        What a shipment delivers, as a PDF for the customer to sign: the lines with code, name and quantity, no prices,
        and lines for date, name and signature. Refused with 404 when there is no such shipment, and with 503 when
        rendering takes too long.

        The least role is viewer.
        """
        request = Request("GET", "/api/sales-order-shipments/{id}/delivery-note", {"id": id})
        return self._transport.send(request, bytes)

    def create_sales_order_return(
        self,
        id: str,
        body: SalesOrderReturnCreate,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> SalesOrderReturnDetail:
        """Take goods of a shipment back.

        Goods of a shipment come back: each line names a line of the order and how many of it. They are in stock again
        at the location, at exactly the cost with which they left, or written off: then the stock does not change, and
        that cost is a write-off instead of cost of goods. The location is that of the shipment, or the one that is
        named; `returnedAt` is the event date of the ledger entries, and more than one day ahead is 422. What comes back
        is not shipped again.

        With each return goes a credit note, unless `creditNote` is false: its `amount` is the quantities at the prices
        of the order, each line rounded half up to cents, and `brokerFees` what of the broker's fees goes with it.

        Refused with 404 when there is no such shipment or location, or a line is not one of the shipment; with 409
        `invalid_transition` when the order has ended; and with 409 `conflict` when less of a line is still with the
        customer (`details` has `soItemId`, `returnable` and `requested`), when goods would lie at a location that is
        deactivated, when a `unitQuantity` is no whole number of stock units, or when the organization has a return of
        the same `externalId`. A line that comes twice, to be kept or to be written off, is 422.

        The least role is member.
        """
        request = Request(
            "POST",
            "/api/sales-order-shipments/{id}/returns",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return self._transport.send(request, SalesOrderReturnDetail)

    def list_sales_order_returns(self, id: str) -> SalesOrderReturnList:
        """List returns of a sales order.

        All returns of one sales order, newest first. The list is bounded and comes whole, without pages. Refused with
        404 when there is no such order.

        The least role is viewer.
        """
        request = Request("GET", "/api/sales-orders/{id}/returns", {"id": id})
        return self._transport.send(request, SalesOrderReturnList)

    def get_sales_order_return(
        self,
        id: str,
        *,
        if_none_match: SalesOrderReturnDetail | None = None,
    ) -> SalesOrderReturnDetail:
        """Get a return.

        One return with its lines. Refused with 404 when there is no such return.

        The least role is viewer.
        """
        request = Request("GET", "/api/sales-order-returns/{id}", {"id": id}, if_none_match=if_none_match)
        return self._transport.send(request, SalesOrderReturnDetail)

    def delete_sales_order_return(
        self,
        id: str,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> DeletedId:
        """Undo a return.

        The goods are taken out of the stock again, and what was written off no longer is; the number of the credit note
        is not used again. Refused with 404 when there is no such return, with 409 `invalid_transition` when the order
        has ended, and with 409 `conflict` when the goods are no longer there to take back; `details` then has `itemId`,
        `locationId`, `onHand` and `requested`.

        The least role is member.
        """
        request = Request(
            "DELETE",
            "/api/sales-order-returns/{id}",
            {"id": id},
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return self._transport.send(request, DeletedId)

    def get_sales_order_credit_note_pdf(self, id: str) -> bytes:
        """Generate credit note PDF.

        The credit note of a return as a PDF: the customer, the order, the lines with quantity, unit price and amount,
        and the total, which is the sum of the printed amounts. Refused with 404 when there is no such return or nothing
        was credited, and with 503 when rendering takes too long.

        The least role is viewer.
        """
        request = Request("GET", "/api/sales-order-returns/{id}/credit-note", {"id": id})
        return self._transport.send(request, bytes)

    def add_sales_order_note(
        self,
        id: str,
        body: TimelineNoteCreate,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> TimelineNote:
        """Add timeline note.

        Adds a note to the timeline of a sales order, under `statusAtTime` or, where it is not sent, the status that the
        order has now. Refused with 404 when there is no such order.

        The least role is member.
        """
        request = Request(
            "POST",
            "/api/sales-orders/{id}/timeline-notes",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return self._transport.send(request, TimelineNote)

    def list_sales_order_notes(
        self,
        id: str,
        *,
        limit: int | None = None,
        sort: Literal["id", "-id", "createdAt", "-createdAt"] | None = None,
        ids: Sequence[str] | None = None,
        updated_since: Moment | None = None,
        count: bool | None = None,
    ) -> Pages[TimelineNotePage, TimelineNote]:
        """List sales order timeline notes.

        The timeline notes of one sales order, newest first, in pages. Refused with 404 when there is no such order.

        The least role is viewer.
        """

        def fetch(cursor: str | None) -> TimelineNotePage:
            request = Request(
                "GET",
                "/api/sales-orders/{id}/timeline-notes",
                {"id": id},
                query={
                    "limit": limit,
                    "sort": sort,
                    "ids": ids,
                    "updatedSince": updated_since,
                    "count": count,
                    "cursor": cursor,
                },
            )
            return self._transport.send(request, TimelineNotePage)

        return Pages(fetch)

    def delete_sales_order_note(self, id: str, *, idempotency_key: str | None = None) -> DeletedId:
        """Delete timeline note.

        Deletes a timeline note. Refused with 404 when there is no such note.

        The least role is member.
        """
        request = Request(
            "DELETE",
            "/api/sales-order-timeline-notes/{id}",
            {"id": id},
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return self._transport.send(request, DeletedId)

    def create_order_channel(self, body: LookupCreate, *, idempotency_key: str | None = None) -> Lookup:
        """Create order channel.

        Adds an order channel to the organization, active and last in the order (`sortOrder` is the highest so far plus
        one). Refused with 409 `conflict` when another order channel has the same name, whatever the letter case.

        The least role is admin.
        """
        request = Request("POST", "/api/order-channels", body=body, takes_key=True, idempotency_key=idempotency_key)
        return self._transport.send(request, Lookup)

    def list_order_channels(self) -> LookupList:
        """List order channels.

        All order channels of the organization, active and deactivated, by `sortOrder`. The list is bounded and comes
        whole, without pages.

        The least role is viewer.
        """
        request = Request("GET", "/api/order-channels")
        return self._transport.send(request, LookupList)

    def bulk_import_order_channels(
        self,
        body: LookupBulkImport,
        *,
        mode: Literal["atomic", "partial"] | None = None,
        dry_run: bool | None = None,
        idempotency_key: str | None = None,
    ) -> BulkImportResult:
        """Bulk-import order channels.

        Stores up to 5,000 order channels at once. Every row is a order channel as createOrderChannel takes it; they
        come last in the order, one behind the other.

        A row that breaks the schema is a bad row like any other. In `mode=atomic` all rows are stored in one
        transaction or none is: a bad row, such as one whose name another order channel or an earlier row has, makes it
        422, with `details` naming every bad row by its index. In `mode=partial` each row is stored or refused on its
        own, and `results` tells which. With `dryRun=true` everything is checked and nothing is stored: `ids` is empty
        and the results carry no id.

        The least role is admin.
        """
        request = Request(
            "POST",
            "/api/order-channels/bulk-import",
            query={"mode": mode, "dryRun": dry_run},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return self._transport.send(request, BulkImportResult)

    def update_order_channel(self, id: str, body: LookupUpdate, *, idempotency_key: str | None = None) -> Lookup:
        """Update order channel.

        Changes the keys that are sent and leaves the others. Moving an order channel to a `sortOrder` that is taken
        shifts the others in the same transaction. `isActive: false` hides the order channel from new work; its sales
        orders keep it, and naming it in a new sales order is 409. Refused with 404 when there is no such order channel,
        and with 409 `conflict` when another order channel has the new name, whatever the letter case.

        The least role is admin.
        """
        request = Request(
            "PATCH",
            "/api/order-channels/{id}",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return self._transport.send(request, Lookup)

    def delete_order_channel(self, id: str, *, idempotency_key: str | None = None) -> DeletedId:
        """Delete order channel.

        Deletes an order channel nothing refers to. Refused with 404 when there is no such order channel, and with 409
        `in_use` while a sales order refers to it; `details.references` then has the counts by kind. Deactivate such an
        order channel instead.

        The least role is admin.
        """
        request = Request(
            "DELETE",
            "/api/order-channels/{id}",
            {"id": id},
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return self._transport.send(request, DeletedId)

    def reactivate_order_channel(self, id: str, *, idempotency_key: str | None = None) -> Lookup:
        """Reactivate order channel.

        Opens a deactivated order channel to new work again; it keeps its place in the order. Refused with 404 when
        there is no such order channel, and with 409 `invalid_transition` when it is active.

        The least role is admin.
        """
        request = Request(
            "POST",
            "/api/order-channels/{id}/reactivate",
            {"id": id},
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return self._transport.send(request, Lookup)

    def check_order_channel_in_use(self, id: str) -> OrderChannelInUse:
        """Check order channel usage.

        Counts the sales orders that have an order channel, and so tells whether deleteOrderChannel would refuse.
        Refused with 404 when there is no such order channel.

        The least role is viewer.
        """
        request = Request("GET", "/api/order-channels/{id}/in-use", {"id": id})
        return self._transport.send(request, OrderChannelInUse)

    def list_order_status_types(self) -> SalesOrderStatusList:
        """List order status enum values.

        All statuses a sales order can have, in the usual order.

        The least role is viewer.
        """
        request = Request("GET", "/api/order-status-types")
        return self._transport.send(request, SalesOrderStatusList)

    def list_fulfillment_status_types(self) -> FulfillmentStatusList:
        """List fulfillment status enum values.

        All fulfillment statuses a sales order can have, from nothing to all of it.

        The least role is viewer.
        """
        request = Request("GET", "/api/fulfillment-status-types")
        return self._transport.send(request, FulfillmentStatusList)


class AsyncSalesOrders:
    """The same for `AsyncClient`."""

    def __init__(self, transport: Async) -> None:
        self._transport = transport

    async def create_sales_order(
        self,
        body: SalesOrderCreate,
        *,
        idempotency_key: str | None = None,
    ) -> SalesOrderDetail:
        """Create sales order.

        Writes a sales order with its lines under the next number of the year, `SO-2026-0001` and so on; a number is
        never used again. Its order date, `placedAt`, is today. The order may begin at any status, so that history can
        be taken over: that status' date is today, too; one that begins `In-Dispute` came from `Received`. What it takes
        from the stock of its fulfillment location follows the status: see updateSalesOrder.

        A line without `unitPrice` has the customer's price for its quantity on the day of the order (see
        createCustomerPrice). Where none holds it has 0, and `warnings` says so: code `price_not_found`.

        Broker and fee percent are the customer's where they are not sent; null means none, and without a broker there
        is no fee. `brokerFees`, where it is not sent, is the value of the lines times the percent, rounded half up to
        cents, and follows the lines, the percent and the broker until the order is Invoiced.

        A SKU that comes twice is 422. Refused with 404 when there is no such customer, channel, location, broker or
        SKU, and with 409 `conflict` when one of them is deactivated (the customer's broker as well, unless another or
        null is sent), when another sales order has the same `qboId`, or when the status means that goods have left and
        there is no fulfillment location or less on hand there; in the last case `details` has `itemId`, `locationId`,
        `onHand` and `requested`.

        The least role is member.
        """
        request = Request("POST", "/api/sales-orders", body=body, takes_key=True, idempotency_key=idempotency_key)
        return await self._transport.send(request, SalesOrderDetail)

    def list_sales_orders(
        self,
        *,
        status: SalesOrderStatus | None = None,
        customer_id: str | None = None,
        q: str | None = None,
        date_from: Moment | None = None,
        date_to: Moment | None = None,
        limit: int | None = None,
        sort: Literal["id", "-id", "orderDate", "-orderDate", "updatedAt", "-updatedAt"] | None = None,
        ids: Sequence[str] | None = None,
        updated_since: Moment | None = None,
        count: bool | None = None,
        expand: Literal["names"] | None = None,
    ) -> AsyncPages[SalesOrderPage, SalesOrder]:
        """List sales orders.

        The sales orders of the organization, newest first, in pages. `status` and `customerId` narrow the list to those
        that have this one, `q` to those whose number or customer's name contains a text, `dateFrom` and `dateTo`, both
        inclusive, to those whose order date, `placedAt`, is in that span. A cursor belongs to the list it came from:
        keep the filters the same from page to page.

        The least role is viewer.
        """

        def fetch(cursor: str | None) -> Awaitable[SalesOrderPage]:
            request = Request(
                "GET",
                "/api/sales-orders",
                query={
                    "status": status,
                    "customerId": customer_id,
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
            return self._transport.send(request, SalesOrderPage)

        return AsyncPages(fetch)

    async def update_sales_order(
        self,
        id: str,
        body: SalesOrderUpdate,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> SalesOrder:
        """Update sales order.

        Changes the keys that are sent and leaves the others; null clears a value. Stock follows a change of status or
        location at once: `Received` is demand at the fulfillment location, `Entered` allocates it, and from `Shipped`
        on the goods are gone, at the average cost of what was there. `Rejected` reverses all of it, so shipped goods
        come back. `In-Dispute` leaves it as it was. Without a fulfillment location an order can be `Received` or
        `Entered`, and nothing is demanded or allocated.

        A new `status` must be one that follows the present one; anything else is 409 `invalid_transition`, with `from`,
        `to` and `allowed` in `details`. The same status again is no change.

        - Received: Entered, Rejected, In-Dispute. - Entered: Received, Shipped, Rejected, In-Dispute. - Shipped:
        Invoiced, Rejected, In-Dispute. - Invoiced: Paid, Rejected, In-Dispute. - Paid: Completed, In-Dispute. -
        In-Dispute: the status it came from, Rejected. - Rejected, Completed: none.

        Entering a status sets its date to today unless a date is sent or there already; going back clears the dates of
        the statuses that are left. A date that is sent wins. `fulfillmentStatus` is what the caller says and moves
        nothing. `brokerFees` that nobody set follow lines, percent and broker until the order is Invoiced; another
        customer brings its broker and percent, where the order has those of the one before.

        Of an order that is Paid, Completed or Rejected only notes, dates, `qboId` and the status can change; anything
        else is 409 `invalid_transition`.

        Refused with 404 when there is no such order, customer, channel, location or broker; with 409
        `invalid_transition` when the location should change from `Shipped` on (also `In-Dispute` since then, and
        `Rejected`), as for the lines; and with 409 `conflict` when one that is newly named is deactivated, when another
        sales order has the new `qboId`, or when the order should ship without a fulfillment location or with less on
        hand there, in which case `details` has `itemId`, `locationId`, `onHand` and `requested`.

        The least role is member.
        """
        request = Request(
            "PATCH",
            "/api/sales-orders/{id}",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return await self._transport.send(request, SalesOrder)

    async def delete_sales_order(
        self,
        id: str,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> DeletedId:
        """Delete sales order.

        Deletes a sales order with its lines, timeline notes and documents. Everything it holds in the ledger is
        reversed first, so shipped goods come back. Refused with 404 when there is no such order, with 409
        `invalid_transition` when it has ended (Paid, Completed, Rejected), and with 409 `conflict` when the stock with
        what comes back would be larger than can be kept.

        The least role is member.
        """
        request = Request(
            "DELETE",
            "/api/sales-orders/{id}",
            {"id": id},
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return await self._transport.send(request, DeletedId)

    async def get_sales_order(self, id: str, *, if_none_match: SalesOrderDetail | None = None) -> SalesOrderDetail:
        """Get sales order detail.

        One sales order with all its lines. Refused with 404 when there is no such order.

        The least role is viewer.
        """
        request = Request("GET", "/api/sales-orders/{id}", {"id": id}, if_none_match=if_none_match)
        return await self._transport.send(request, SalesOrderDetail)

    async def reopen_sales_order(
        self,
        id: str,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> SalesOrder:
        """Reopen SO.

        Opens a sales order again that has ended (Paid, Completed or Rejected), at the status from which it ended. Of
        one that was rejected after it had left, the goods leave again. Refused with 409 `conflict` when there are not
        enough on hand; with 409 `invalid_transition` when the order has not ended, and with 404 when there is no such
        order.

        The least role is admin.
        """
        request = Request(
            "POST",
            "/api/sales-orders/{id}/reopen",
            {"id": id},
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return await self._transport.send(request, SalesOrder)

    async def bulk_import_sales_orders(
        self,
        body: SalesOrderBulkImport,
        *,
        mode: Literal["atomic", "partial"] | None = None,
        dry_run: bool | None = None,
        idempotency_key: str | None = None,
    ) -> BulkImportResult:
        """Bulk-import sales orders.

        Stores up to 5,000 sales orders with their lines at once. Every row is a sales order as createSalesOrder takes
        it; it gets a fresh number, and stock follows its status as there. A line without `unitPrice` has its price as
        there, too; the result of a row has the `warnings`.

        A row that breaks the schema is a bad row like any other. In `mode=atomic` all rows are stored in one
        transaction or none is: a bad row, such as one that names a customer that does not exist or whose `qboId` is
        taken by another sales order or by an earlier row, makes it 422, with `details` naming every bad row by its
        index. In `mode=partial` each row is stored or refused on its own, and `results` tells which. A row whose goods
        have left takes them from the rows behind it, as if the rows were stored one after another, and is bad when too
        few are left; a bad row takes nothing. With `dryRun=true` everything is checked and nothing is stored: `ids` is
        empty and the results carry no id.

        A row with `history: true` is an order of earlier years: Shipped, Invoiced, Paid, Completed or Rejected, with a
        number and dates of its own, of partners, items and locations that may be deactivated; a broker or a percent
        that is not sent is none. Nothing is written to the ledgers for it, which `history` in its result says, and its
        events reach no webhook. Later it may only go on to a status that is an end as well, and be deleted. Any row may
        bring a number along (`soNumber`); one that is taken, or that the numbering has given already, makes it a bad
        row.

        The least role is admin.
        """
        request = Request(
            "POST",
            "/api/sales-orders/bulk-import",
            query={"mode": mode, "dryRun": dry_run},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return await self._transport.send(request, BulkImportResult)

    async def get_sales_order_confirmation_pdf(self, id: str) -> bytes:
        """Generate order confirmation PDF.

        The sales order as a PDF to send to the customer: the organization's name, address and contact, the customer
        with its primary contact, the customer's own number of the order, order date, the day by which the goods arrive,
        terms and currency, and the lines with code, name, quantity, unit price and amount. Amounts are rounded to the
        places of the currency one by one, and add up. It tells neither notes nor costs, and of the status only that the
        order is not confirmed yet (`Received`) or cancelled. Refused with 404 when there is no such order, and with 503
        when rendering takes too long.

        The least role is viewer.
        """
        request = Request("GET", "/api/sales-orders/{id}/confirmation", {"id": id})
        return await self._transport.send(request, bytes)

    async def add_sales_order_item(
        self,
        id: str,
        body: SalesOrderItemCreate,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> SalesOrderItem:
        """Add item to sales order.

        Adds a line to a sales order; demand and allocation follow at once. Without `unitPrice` it has the customer's
        price, or 0 and a warning, as in createSalesOrder. Refused with 404 when there is no such order or SKU, with 409
        `conflict` when the SKU is deactivated or is on the order already, and with 409 `invalid_transition` from
        `Shipped` on.

        The least role is member.
        """
        request = Request(
            "POST",
            "/api/sales-orders/{id}/items",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return await self._transport.send(request, SalesOrderItem)

    async def list_sales_order_items(self, id: str) -> SalesOrderItemList:
        """List sales order items.

        All lines of one sales order, in the order in which they were written. The list is bounded and comes whole,
        without pages. Refused with 404 when there is no such order.

        The least role is viewer.
        """
        request = Request("GET", "/api/sales-orders/{id}/items", {"id": id})
        return await self._transport.send(request, SalesOrderItemList)

    async def update_sales_order_item(
        self,
        id: str,
        body: SalesOrderItemUpdate,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> SalesOrderItem:
        """Update sales order item.

        Changes the keys that are sent and leaves the others; demand and allocation follow at once. Refused with 404
        when there is no such line or SKU, with 409 `conflict` when a SKU that is newly named is deactivated or is on
        another line of the order, and with 409 `invalid_transition` from `Shipped` on.

        The least role is member.
        """
        request = Request(
            "PATCH",
            "/api/sales-order-items/{id}",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return await self._transport.send(request, SalesOrderItem)

    async def remove_sales_order_item(
        self,
        id: str,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> DeletedId:
        """Remove item from sales order.

        Removes a line from its sales order; what it demanded and allocated is reversed. Refused with 404 when there is
        no such line, with 409 `conflict` when it is the order's last line, and with 409 `invalid_transition` from
        `Shipped` on.

        The least role is member.
        """
        request = Request(
            "DELETE",
            "/api/sales-order-items/{id}",
            {"id": id},
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return await self._transport.send(request, DeletedId)

    async def create_sales_order_shipment(
        self,
        id: str,
        body: SalesOrderShipmentCreate,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> SalesOrderShipped:
        """Ship a part of a sales order.

        Goods of an order that is `Entered` leave, in whole or in part: from each line as many as the shipment says, at
        the average cost of what is there. They leave the fulfillment location, or the location that is named;
        `shippedAt` is the event date of the ledger entries, and more than one day ahead is 422. What is not shipped
        stays allocated. `fulfillmentStatus` becomes `Partial`; when nothing is open any more, it becomes `Fulfilled`
        and the order `Shipped`.

        Refused with 404 when there is no such order or location, or a line is not one of this order; with 409
        `invalid_transition` when the order is not `Entered`; and with 409 `conflict` when less of a line is open
        (`details` has `soItemId`, `openQuantity` and `requested`), when the order has no fulfillment location, when the
        organization has a shipment of the same `externalId`, or when less is on hand there (`details` has `itemId`,
        `locationId`, `onHand` and `requested`). A line that comes twice is 422.

        The least role is member.
        """
        request = Request(
            "POST",
            "/api/sales-orders/{id}/shipments",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return await self._transport.send(request, SalesOrderShipped)

    async def list_sales_order_shipments(self, id: str) -> SalesOrderShipmentList:
        """List shipments of a sales order.

        All shipments of one sales order, newest first. What the status of the order has shipped, all that was open
        then, is one of them: it has the id and the number of the order. The list is bounded and comes whole, without
        pages. Refused with 404 when there is no such order.

        The least role is viewer.
        """
        request = Request("GET", "/api/sales-orders/{id}/shipments", {"id": id})
        return await self._transport.send(request, SalesOrderShipmentList)

    async def get_sales_order_shipment(
        self,
        id: str,
        *,
        if_none_match: SalesOrderShipmentDetail | None = None,
    ) -> SalesOrderShipmentDetail:
        """Get a shipment.

        One shipment with its lines, and what of each has come back. The id of an order names what its status has
        shipped. Refused with 404 when there is no such shipment.

        The least role is viewer.
        """
        request = Request("GET", "/api/sales-order-shipments/{id}", {"id": id}, if_none_match=if_none_match)
        return await self._transport.send(request, SalesOrderShipmentDetail)

    async def update_sales_order_shipment(
        self,
        id: str,
        body: SalesOrderShipmentUpdate,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> SalesOrderShipment:
        """Update a shipment.

        Changes carrier, tracking number and notes of a shipment; null clears one. No goods move. Refused with 404 when
        there is no such shipment, and with 409 `invalid_transition` when the order has ended, or when its status has
        shipped the goods: then there is nothing to be changed but the order.

        The least role is member.
        """
        request = Request(
            "PATCH",
            "/api/sales-order-shipments/{id}",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return await self._transport.send(request, SalesOrderShipment)

    async def delete_sales_order_shipment(
        self,
        id: str,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> DeletedId:
        """Undo a shipment.

        The goods are back, at exactly the cost with which they left, and what the lines have open is allocated again.
        An order that was `Shipped` is `Entered` again, its `fulfillmentStatus` `Partial`, or `Pending` without a
        shipment. With the id of the order what its status has shipped is undone. Refused with 404 when there is no such
        shipment; with 409 `invalid_transition` unless the order is `Entered` or `Shipped`; and with 409 `conflict` when
        something of it was returned, or when the status of the order has shipped the rest: that is undone first.

        The least role is member.
        """
        request = Request(
            "DELETE",
            "/api/sales-order-shipments/{id}",
            {"id": id},
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return await self._transport.send(request, DeletedId)

    async def get_sales_order_packing_slip_pdf(self, id: str) -> bytes:
        """Generate packing slip PDF.

        What is in a shipment, as a PDF to go along in the box: from where and to whom, carrier and tracking number, and
        of each line what was ordered, what is in this shipment and what is still to come; no prices. Refused with 404
        when there is no such shipment, and with 503 when rendering takes too long.

        The least role is viewer.
        """
        request = Request("GET", "/api/sales-order-shipments/{id}/packing-slip", {"id": id})
        return await self._transport.send(request, bytes)

    async def get_sales_order_delivery_note_pdf(self, id: str) -> bytes:
        """Generate delivery note PDF.

        What a shipment delivers, as a PDF for the customer to sign: the lines with code, name and quantity, no prices,
        and lines for date, name and signature. Refused with 404 when there is no such shipment, and with 503 when
        rendering takes too long.

        The least role is viewer.
        """
        request = Request("GET", "/api/sales-order-shipments/{id}/delivery-note", {"id": id})
        return await self._transport.send(request, bytes)

    async def create_sales_order_return(
        self,
        id: str,
        body: SalesOrderReturnCreate,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> SalesOrderReturnDetail:
        """Take goods of a shipment back.

        Goods of a shipment come back: each line names a line of the order and how many of it. They are in stock again
        at the location, at exactly the cost with which they left, or written off: then the stock does not change, and
        that cost is a write-off instead of cost of goods. The location is that of the shipment, or the one that is
        named; `returnedAt` is the event date of the ledger entries, and more than one day ahead is 422. What comes back
        is not shipped again.

        With each return goes a credit note, unless `creditNote` is false: its `amount` is the quantities at the prices
        of the order, each line rounded half up to cents, and `brokerFees` what of the broker's fees goes with it.

        Refused with 404 when there is no such shipment or location, or a line is not one of the shipment; with 409
        `invalid_transition` when the order has ended; and with 409 `conflict` when less of a line is still with the
        customer (`details` has `soItemId`, `returnable` and `requested`), when goods would lie at a location that is
        deactivated, when a `unitQuantity` is no whole number of stock units, or when the organization has a return of
        the same `externalId`. A line that comes twice, to be kept or to be written off, is 422.

        The least role is member.
        """
        request = Request(
            "POST",
            "/api/sales-order-shipments/{id}/returns",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return await self._transport.send(request, SalesOrderReturnDetail)

    async def list_sales_order_returns(self, id: str) -> SalesOrderReturnList:
        """List returns of a sales order.

        All returns of one sales order, newest first. The list is bounded and comes whole, without pages. Refused with
        404 when there is no such order.

        The least role is viewer.
        """
        request = Request("GET", "/api/sales-orders/{id}/returns", {"id": id})
        return await self._transport.send(request, SalesOrderReturnList)

    async def get_sales_order_return(
        self,
        id: str,
        *,
        if_none_match: SalesOrderReturnDetail | None = None,
    ) -> SalesOrderReturnDetail:
        """Get a return.

        One return with its lines. Refused with 404 when there is no such return.

        The least role is viewer.
        """
        request = Request("GET", "/api/sales-order-returns/{id}", {"id": id}, if_none_match=if_none_match)
        return await self._transport.send(request, SalesOrderReturnDetail)

    async def delete_sales_order_return(
        self,
        id: str,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> DeletedId:
        """Undo a return.

        The goods are taken out of the stock again, and what was written off no longer is; the number of the credit note
        is not used again. Refused with 404 when there is no such return, with 409 `invalid_transition` when the order
        has ended, and with 409 `conflict` when the goods are no longer there to take back; `details` then has `itemId`,
        `locationId`, `onHand` and `requested`.

        The least role is member.
        """
        request = Request(
            "DELETE",
            "/api/sales-order-returns/{id}",
            {"id": id},
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return await self._transport.send(request, DeletedId)

    async def get_sales_order_credit_note_pdf(self, id: str) -> bytes:
        """Generate credit note PDF.

        The credit note of a return as a PDF: the customer, the order, the lines with quantity, unit price and amount,
        and the total, which is the sum of the printed amounts. Refused with 404 when there is no such return or nothing
        was credited, and with 503 when rendering takes too long.

        The least role is viewer.
        """
        request = Request("GET", "/api/sales-order-returns/{id}/credit-note", {"id": id})
        return await self._transport.send(request, bytes)

    async def add_sales_order_note(
        self,
        id: str,
        body: TimelineNoteCreate,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> TimelineNote:
        """Add timeline note.

        Adds a note to the timeline of a sales order, under `statusAtTime` or, where it is not sent, the status that the
        order has now. Refused with 404 when there is no such order.

        The least role is member.
        """
        request = Request(
            "POST",
            "/api/sales-orders/{id}/timeline-notes",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return await self._transport.send(request, TimelineNote)

    def list_sales_order_notes(
        self,
        id: str,
        *,
        limit: int | None = None,
        sort: Literal["id", "-id", "createdAt", "-createdAt"] | None = None,
        ids: Sequence[str] | None = None,
        updated_since: Moment | None = None,
        count: bool | None = None,
    ) -> AsyncPages[TimelineNotePage, TimelineNote]:
        """List sales order timeline notes.

        The timeline notes of one sales order, newest first, in pages. Refused with 404 when there is no such order.

        The least role is viewer.
        """

        def fetch(cursor: str | None) -> Awaitable[TimelineNotePage]:
            request = Request(
                "GET",
                "/api/sales-orders/{id}/timeline-notes",
                {"id": id},
                query={
                    "limit": limit,
                    "sort": sort,
                    "ids": ids,
                    "updatedSince": updated_since,
                    "count": count,
                    "cursor": cursor,
                },
            )
            return self._transport.send(request, TimelineNotePage)

        return AsyncPages(fetch)

    async def delete_sales_order_note(self, id: str, *, idempotency_key: str | None = None) -> DeletedId:
        """Delete timeline note.

        Deletes a timeline note. Refused with 404 when there is no such note.

        The least role is member.
        """
        request = Request(
            "DELETE",
            "/api/sales-order-timeline-notes/{id}",
            {"id": id},
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return await self._transport.send(request, DeletedId)

    async def create_order_channel(self, body: LookupCreate, *, idempotency_key: str | None = None) -> Lookup:
        """Create order channel.

        Adds an order channel to the organization, active and last in the order (`sortOrder` is the highest so far plus
        one). Refused with 409 `conflict` when another order channel has the same name, whatever the letter case.

        The least role is admin.
        """
        request = Request("POST", "/api/order-channels", body=body, takes_key=True, idempotency_key=idempotency_key)
        return await self._transport.send(request, Lookup)

    async def list_order_channels(self) -> LookupList:
        """List order channels.

        All order channels of the organization, active and deactivated, by `sortOrder`. The list is bounded and comes
        whole, without pages.

        The least role is viewer.
        """
        request = Request("GET", "/api/order-channels")
        return await self._transport.send(request, LookupList)

    async def bulk_import_order_channels(
        self,
        body: LookupBulkImport,
        *,
        mode: Literal["atomic", "partial"] | None = None,
        dry_run: bool | None = None,
        idempotency_key: str | None = None,
    ) -> BulkImportResult:
        """Bulk-import order channels.

        Stores up to 5,000 order channels at once. Every row is a order channel as createOrderChannel takes it; they
        come last in the order, one behind the other.

        A row that breaks the schema is a bad row like any other. In `mode=atomic` all rows are stored in one
        transaction or none is: a bad row, such as one whose name another order channel or an earlier row has, makes it
        422, with `details` naming every bad row by its index. In `mode=partial` each row is stored or refused on its
        own, and `results` tells which. With `dryRun=true` everything is checked and nothing is stored: `ids` is empty
        and the results carry no id.

        The least role is admin.
        """
        request = Request(
            "POST",
            "/api/order-channels/bulk-import",
            query={"mode": mode, "dryRun": dry_run},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return await self._transport.send(request, BulkImportResult)

    async def update_order_channel(self, id: str, body: LookupUpdate, *, idempotency_key: str | None = None) -> Lookup:
        """Update order channel.

        Changes the keys that are sent and leaves the others. Moving an order channel to a `sortOrder` that is taken
        shifts the others in the same transaction. `isActive: false` hides the order channel from new work; its sales
        orders keep it, and naming it in a new sales order is 409. Refused with 404 when there is no such order channel,
        and with 409 `conflict` when another order channel has the new name, whatever the letter case.

        The least role is admin.
        """
        request = Request(
            "PATCH",
            "/api/order-channels/{id}",
            {"id": id},
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return await self._transport.send(request, Lookup)

    async def delete_order_channel(self, id: str, *, idempotency_key: str | None = None) -> DeletedId:
        """Delete order channel.

        Deletes an order channel nothing refers to. Refused with 404 when there is no such order channel, and with 409
        `in_use` while a sales order refers to it; `details.references` then has the counts by kind. Deactivate such an
        order channel instead.

        The least role is admin.
        """
        request = Request(
            "DELETE",
            "/api/order-channels/{id}",
            {"id": id},
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return await self._transport.send(request, DeletedId)

    async def reactivate_order_channel(self, id: str, *, idempotency_key: str | None = None) -> Lookup:
        """Reactivate order channel.

        Opens a deactivated order channel to new work again; it keeps its place in the order. Refused with 404 when
        there is no such order channel, and with 409 `invalid_transition` when it is active.

        The least role is admin.
        """
        request = Request(
            "POST",
            "/api/order-channels/{id}/reactivate",
            {"id": id},
            takes_key=True,
            idempotency_key=idempotency_key,
        )
        return await self._transport.send(request, Lookup)

    async def check_order_channel_in_use(self, id: str) -> OrderChannelInUse:
        """Check order channel usage.

        Counts the sales orders that have an order channel, and so tells whether deleteOrderChannel would refuse.
        Refused with 404 when there is no such order channel.

        The least role is viewer.
        """
        request = Request("GET", "/api/order-channels/{id}/in-use", {"id": id})
        return await self._transport.send(request, OrderChannelInUse)

    async def list_order_status_types(self) -> SalesOrderStatusList:
        """List order status enum values.

        All statuses a sales order can have, in the usual order.

        The least role is viewer.
        """
        request = Request("GET", "/api/order-status-types")
        return await self._transport.send(request, SalesOrderStatusList)

    async def list_fulfillment_status_types(self) -> FulfillmentStatusList:
        """List fulfillment status enum values.

        All fulfillment statuses a sales order can have, from nothing to all of it.

        The least role is viewer.
        """
        request = Request("GET", "/api/fulfillment-status-types")
        return await self._transport.send(request, FulfillmentStatusList)
