"""The shapes of the requests and responses of sales_orders.

Generated from openapi.yaml by `make codegen`. Do not edit.
"""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Literal, NotRequired, TypedDict

from pharus.schemas import AnswerWarning, ListTotal, LotQuantity
from pharus.shown import Shown

# How far a sales order is. updateSalesOrder says which status may follow which.
SalesOrderStatus = Literal["Received", "Entered", "Shipped", "Invoiced", "Paid", "Rejected", "In-Dispute", "Completed"]

# How much of a sales order was fulfilled, as the caller says; no stock follows it.
FulfillmentStatus = Literal["Pending", "Partial", "Fulfilled"]


class SalesOrder(TypedDict):
    """An order of a customer."""

    id: str
    orgId: str
    customerId: str
    soNumber: str
    isHistory: bool
    orderChannelId: str
    orderStatus: SalesOrderStatus
    fulfillmentStatus: FulfillmentStatus
    fulfillmentLocationId: str | None
    brokerId: str | None
    brokerFeePercent: Decimal | None
    brokerFees: Decimal
    fulfillmentCosts: Decimal
    freightCosts: Decimal
    promoCosts: Decimal
    otherCosts: Decimal
    mabd: datetime.date
    placedAt: datetime.date
    receivedAt: datetime.date | None
    enteredAt: datetime.date | None
    shippedAt: datetime.date | None
    invoicedAt: datetime.date | None
    paidAt: datetime.date | None
    rejectedAt: datetime.date | None
    inDisputeAt: datetime.date | None
    completedAt: datetime.date | None
    customerReference: str | None
    terms: str | None
    notes: str | None
    qboId: str | None
    createdAt: datetime.datetime
    updatedAt: datetime.datetime
    customerName: NotRequired[str]
    orderChannelName: NotRequired[str]
    fulfillmentLocationName: NotRequired[str | None]
    brokerName: NotRequired[str | None]


class SalesOrderCreate(TypedDict):
    """A brokerId or brokerFeePercent that is not sent is the customer's; brokerFees that nobody sent follow from lines
    and percent; other costs that are not sent are 0.
    """

    customerId: str
    channelId: str
    status: SalesOrderStatus
    fulfillmentStatus: FulfillmentStatus
    fulfillmentLocationId: NotRequired[str | None]
    brokerId: NotRequired[str | None]
    brokerFeePercent: NotRequired[Decimal | int | None]
    brokerFees: NotRequired[Decimal | int]
    fulfillmentCosts: NotRequired[Decimal | int]
    freightCosts: NotRequired[Decimal | int]
    promoCosts: NotRequired[Decimal | int]
    otherCosts: NotRequired[Decimal | int]
    mabd: str
    notes: NotRequired[str | None]
    qboId: NotRequired[str | None]
    items: list[SalesOrderItemCreate]
    customerReference: NotRequired[str | None]
    terms: NotRequired[str | None]


class SalesOrderImport(TypedDict):
    """A row of an import: a sales order as createSalesOrder takes it, or one of earlier years, with `history: true`."""

    customerId: str
    channelId: str
    status: SalesOrderStatus
    fulfillmentStatus: FulfillmentStatus
    fulfillmentLocationId: NotRequired[str | None]
    brokerId: NotRequired[str | None]
    brokerFeePercent: NotRequired[Decimal | int | None]
    brokerFees: NotRequired[Decimal | int]
    fulfillmentCosts: NotRequired[Decimal | int]
    freightCosts: NotRequired[Decimal | int]
    promoCosts: NotRequired[Decimal | int]
    otherCosts: NotRequired[Decimal | int]
    mabd: str
    notes: NotRequired[str | None]
    qboId: NotRequired[str | None]
    items: list[SalesOrderItemCreate]
    customerReference: NotRequired[str | None]
    terms: NotRequired[str | None]
    history: NotRequired[bool]
    soNumber: NotRequired[str]
    placedAt: NotRequired[str]
    receivedAt: NotRequired[str | None]
    enteredAt: NotRequired[str | None]
    shippedAt: NotRequired[str | None]
    invoicedAt: NotRequired[str | None]
    paidAt: NotRequired[str | None]
    rejectedAt: NotRequired[str | None]
    completedAt: NotRequired[str | None]


class SalesOrderUpdate(TypedDict):
    """Only the keys that are sent change; null clears a value."""

    customerId: NotRequired[str]
    channelId: NotRequired[str]
    status: NotRequired[SalesOrderStatus]
    fulfillmentStatus: NotRequired[FulfillmentStatus]
    fulfillmentLocationId: NotRequired[str | None]
    brokerId: NotRequired[str | None]
    brokerFeePercent: NotRequired[Decimal | int | None]
    brokerFees: NotRequired[Decimal | int]
    fulfillmentCosts: NotRequired[Decimal | int]
    freightCosts: NotRequired[Decimal | int]
    promoCosts: NotRequired[Decimal | int]
    otherCosts: NotRequired[Decimal | int]
    mabd: NotRequired[str]
    notes: NotRequired[str | None]
    qboId: NotRequired[str | None]
    placedAt: NotRequired[str]
    receivedAt: NotRequired[str | None]
    enteredAt: NotRequired[str | None]
    shippedAt: NotRequired[str | None]
    invoicedAt: NotRequired[str | None]
    paidAt: NotRequired[str | None]
    rejectedAt: NotRequired[str | None]
    inDisputeAt: NotRequired[str | None]
    completedAt: NotRequired[str | None]
    customerReference: NotRequired[str | None]
    terms: NotRequired[str | None]


class SalesOrderDetail(TypedDict):
    salesOrder: SalesOrder
    items: list[SalesOrderItem]
    warnings: NotRequired[list[AnswerWarning]]


class SalesOrderPage(TypedDict):
    data: list[Shown[SalesOrder]]
    nextCursor: str | None
    total: NotRequired[ListTotal]


class SalesOrderBulkImport(TypedDict):
    rows: list[SalesOrderImport]


class SalesOrderItem(TypedDict):
    """One line of a sales order."""

    id: str
    orgId: str
    salesOrderId: str
    skuId: str
    quantity: int
    unitPrice: Decimal
    unit: str | None
    unitQuantity: Decimal | None
    unitFactor: str | None
    pricePerUnit: Decimal | None
    shippedQuantity: int
    returnedQuantity: int
    openQuantity: int
    warnings: NotRequired[list[AnswerWarning]]


class SalesOrderItemCreate(TypedDict):
    """One line."""

    skuId: str
    quantity: int | None
    unitPrice: NotRequired[Decimal | int]
    unit: NotRequired[str]
    unitQuantity: NotRequired[Decimal | int]
    pricePerUnit: NotRequired[Decimal | int]


class SalesOrderItemUpdate(TypedDict):
    """Only the keys that are sent change."""

    skuId: NotRequired[str]
    quantity: NotRequired[int]
    unitPrice: NotRequired[Decimal | int]
    unit: NotRequired[str | None]
    unitQuantity: NotRequired[Decimal | int | None]
    pricePerUnit: NotRequired[Decimal | int | None]


class SalesOrderItemList(TypedDict):
    data: list[SalesOrderItem]


class SalesOrderShipment(TypedDict):
    """Goods of a sales order that left together."""

    id: str
    orgId: str
    salesOrderId: str
    shipmentNumber: str
    locationId: str
    shippedAt: datetime.date | None
    carrier: str | None
    trackingNumber: str | None
    notes: str | None
    externalId: str | None
    createdAt: datetime.datetime
    updatedAt: datetime.datetime


class SalesOrderShipmentCreate(TypedDict):
    """A shippedAt that is not sent is today, a locationId the order's fulfillment location."""

    shippedAt: NotRequired[str]
    locationId: NotRequired[str]
    carrier: NotRequired[str | None]
    trackingNumber: NotRequired[str | None]
    notes: NotRequired[str | None]
    externalId: NotRequired[str | None]
    items: list[SalesOrderShipmentItemCreate]


class SalesOrderShipmentUpdate(TypedDict):
    """Only the keys that are sent change; null clears a value."""

    carrier: NotRequired[str | None]
    trackingNumber: NotRequired[str | None]
    notes: NotRequired[str | None]


class SalesOrderShipmentItemCreate(TypedDict):
    """What left of one line of the order."""

    soItemId: str
    quantity: NotRequired[int]
    unitQuantity: NotRequired[Decimal | int]
    lots: NotRequired[list[LotQuantity]]


class SalesOrderShipmentItem(TypedDict):
    """What left of one line of the order."""

    id: str
    orgId: str
    shipmentId: str
    soItemId: str
    quantity: int
    unitQuantity: Decimal | None
    returnedQuantity: int


class SalesOrderShipmentList(TypedDict):
    data: list[SalesOrderShipment]


class SalesOrderShipmentDetail(TypedDict):
    shipment: SalesOrderShipment
    items: list[SalesOrderShipmentItem]


class SalesOrderShipped(TypedDict):
    salesOrder: SalesOrder
    shipment: SalesOrderShipment
    items: list[SalesOrderShipmentItem]


class SalesOrderReturn(TypedDict):
    """Goods of a shipment that came back together."""

    id: str
    orgId: str
    salesOrderId: str
    shipmentId: str
    returnNumber: str
    creditNoteNumber: str | None
    locationId: str
    returnedAt: datetime.date
    notes: str | None
    externalId: str | None
    amount: Decimal
    brokerFees: Decimal
    createdAt: datetime.datetime
    updatedAt: datetime.datetime


class SalesOrderReturnCreate(TypedDict):
    """A returnedAt that is not sent is today, a locationId that of the shipment."""

    returnedAt: NotRequired[str]
    locationId: NotRequired[str]
    notes: NotRequired[str | None]
    externalId: NotRequired[str | None]
    creditNote: NotRequired[bool]
    items: list[SalesOrderReturnItemCreate]


class SalesOrderReturnItemCreate(TypedDict):
    """What came back of one line of the order."""

    soItemId: str
    quantity: NotRequired[int]
    writtenOff: NotRequired[bool]
    unitQuantity: NotRequired[Decimal | int]
    lots: NotRequired[list[LotQuantity]]


class SalesOrderReturnItem(TypedDict):
    """What came back of one line of the order."""

    id: str
    orgId: str
    returnId: str
    soItemId: str
    shipmentItemId: str
    quantity: int
    writtenOff: bool
    unitPrice: Decimal
    amount: Decimal
    unitQuantity: Decimal | None
    pricePerUnit: Decimal | None


class SalesOrderReturnList(TypedDict):
    data: list[SalesOrderReturn]


class SalesOrderReturnDetail(TypedDict):
    salesOrderReturn: SalesOrderReturn
    items: list[SalesOrderReturnItem]


class TimelineNote(TypedDict):
    """A note on a sales order, under the status it is about."""

    id: str
    orgId: str
    salesOrderId: str
    orderStatus: SalesOrderStatus
    note: str
    createdAt: datetime.datetime


class TimelineNoteCreate(TypedDict):
    body: str
    statusAtTime: NotRequired[SalesOrderStatus]


class TimelineNotePage(TypedDict):
    data: list[Shown[TimelineNote]]
    nextCursor: str | None
    total: NotRequired[ListTotal]


class OrderChannelInUse(TypedDict):
    """What refers to an order channel."""

    inUse: bool
    soCount: int


class SalesOrderStatusList(TypedDict):
    data: list[SalesOrderStatus]


class FulfillmentStatusList(TypedDict):
    data: list[FulfillmentStatus]
