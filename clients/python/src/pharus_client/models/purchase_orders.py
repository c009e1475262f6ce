"""The shapes of purchase orders.

Generated from openapi.yaml by `make codegen`. Do not edit.
"""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Literal, NotRequired, TypedDict

from pharus_client.models.shared import AnswerWarning, ListTotal, ReceivedLot
from pharus_client.values import Moment

# How far a purchase order is. updatePurchaseOrder says which status may follow which.
PurchaseOrderStatus = Literal["Planning", "Placed", "In Transit", "Partial", "Received", "Paid", "Cancelled"]

# What a purchase order buys.
PurchaseOrderTargetType = Literal["materials", "finished_goods"]


class PurchaseOrder(TypedDict):
    """An order to a vendor."""

    id: str
    orgId: str
    poNumber: str
    isHistory: bool
    vendorId: str
    targetType: PurchaseOrderTargetType
    status: PurchaseOrderStatus
    shipToLocationId: str | None
    planningAt: datetime.date | None
    placedAt: datetime.date | None
    shipDate: datetime.date | None
    inTransitAt: datetime.date | None
    partialAt: datetime.date | None
    expectedDeliveryDate: datetime.date | None
    receivedAt: datetime.date | None
    paidAt: datetime.date | None
    cancelledAt: datetime.date | None
    shippingCosts: Decimal
    setupCosts: Decimal
    otherCosts: Decimal
    terms: str | None
    notes: str | None
    createdAt: datetime.datetime
    updatedAt: datetime.datetime
    vendorName: NotRequired[str]
    shipToLocationName: NotRequired[str | None]


class PurchaseOrderCreate(TypedDict):
    """Costs that are not sent are 0."""

    vendorId: str
    targetType: PurchaseOrderTargetType
    status: PurchaseOrderStatus
    shipToLocationId: NotRequired[str | None]
    placedAt: NotRequired[Moment]
    shipDate: NotRequired[Moment | None]
    expectedDeliveryDate: NotRequired[Moment | None]
    shippingCosts: NotRequired[Decimal | int]
    setupCosts: NotRequired[Decimal | int]
    otherCosts: NotRequired[Decimal | int]
    notes: NotRequired[str | None]
    items: list[PurchaseOrderItemCreate]
    terms: NotRequired[str | None]


class PurchaseOrderImport(TypedDict):
    """A row of an import: a purchase order as createPurchaseOrder takes it, or one of earlier years, with `history:
    true`.
    """

    vendorId: str
    targetType: PurchaseOrderTargetType
    status: PurchaseOrderStatus
    shipToLocationId: NotRequired[str | None]
    placedAt: NotRequired[Moment]
    shipDate: NotRequired[Moment | None]
    expectedDeliveryDate: NotRequired[Moment | None]
    shippingCosts: NotRequired[Decimal | int]
    setupCosts: NotRequired[Decimal | int]
    otherCosts: NotRequired[Decimal | int]
    notes: NotRequired[str | None]
    items: list[PurchaseOrderItemCreate]
    terms: NotRequired[str | None]
    history: NotRequired[bool]
    poNumber: NotRequired[str]
    planningAt: NotRequired[Moment | None]
    inTransitAt: NotRequired[Moment | None]
    partialAt: NotRequired[Moment | None]
    receivedAt: NotRequired[Moment | None]
    paidAt: NotRequired[Moment | None]
    cancelledAt: NotRequired[Moment | None]


class PurchaseOrderUpdate(TypedDict):
    """Only the keys that are sent change; null clears a value."""

    vendorId: NotRequired[str]
    targetType: NotRequired[PurchaseOrderTargetType]
    status: NotRequired[PurchaseOrderStatus]
    shipToLocationId: NotRequired[str | None]
    placedAt: NotRequired[Moment]
    shipDate: NotRequired[Moment | None]
    expectedDeliveryDate: NotRequired[Moment | None]
    shippingCosts: NotRequired[Decimal | int]
    setupCosts: NotRequired[Decimal | int]
    otherCosts: NotRequired[Decimal | int]
    notes: NotRequired[str | None]
    planningAt: NotRequired[Moment | None]
    inTransitAt: NotRequired[Moment | None]
    partialAt: NotRequired[Moment | None]
    receivedAt: NotRequired[Moment | None]
    paidAt: NotRequired[Moment | None]
    cancelledAt: NotRequired[Moment | None]
    terms: NotRequired[str | None]


class PurchaseOrderDetail(TypedDict):
    purchaseOrder: PurchaseOrder
    items: list[PurchaseOrderItem]
    warnings: NotRequired[list[AnswerWarning]]


class PurchaseOrderPage(TypedDict):
    data: list[PurchaseOrder]
    nextCursor: str | None
    total: NotRequired[ListTotal]


class PurchaseOrderBulkImport(TypedDict):
    rows: list[PurchaseOrderImport]


class PurchaseOrderItem(TypedDict):
    """One line of a purchase order; either materialId or skuId is null."""

    id: str
    orgId: str
    purchaseOrderId: str
    materialId: str | None
    skuId: str | None
    quantity: Decimal
    unitCost: Decimal
    unit: str | None
    unitQuantity: Decimal | None
    unitFactor: str | None
    pricePerUnit: Decimal | None
    warnings: NotRequired[list[AnswerWarning]]
    supplierItemCode: str | None


class PurchaseOrderItemCreate(TypedDict):
    """One line, with exactly one of materialId and skuId; a key that is null counts as absent."""

    materialId: NotRequired[str | None]
    skuId: NotRequired[str | None]
    quantity: Decimal | int | None
    unitCost: NotRequired[Decimal | int]
    unit: NotRequired[str]
    unitQuantity: NotRequired[Decimal | int]
    pricePerUnit: NotRequired[Decimal | int]
    supplierItemCode: NotRequired[str | None]


class PurchaseOrderItemUpdate(TypedDict):
    """Only the keys that are sent change."""

    materialId: NotRequired[str | None]
    skuId: NotRequired[str | None]
    quantity: NotRequired[Decimal | int]
    unitCost: NotRequired[Decimal | int]
    unit: NotRequired[str | None]
    unitQuantity: NotRequired[Decimal | int | None]
    pricePerUnit: NotRequired[Decimal | int | None]
    supplierItemCode: NotRequired[str | None]


class PurchaseOrderItemList(TypedDict):
    data: list[PurchaseOrderItem]


class PurchaseOrderItemSummary(TypedDict):
    """One line of a purchase order, with its order and with what was received of it so far."""

    id: str
    orgId: str
    purchaseOrderId: str
    materialId: str | None
    skuId: str | None
    quantity: Decimal
    unitCost: Decimal
    unit: str | None
    unitQuantity: Decimal | None
    unitFactor: str | None
    pricePerUnit: Decimal | None
    supplierItemCode: str | None
    poNumber: str
    poStatus: PurchaseOrderStatus
    receivedQuantity: Decimal
    materialCode: NotRequired[str | None]
    materialName: NotRequired[str | None]
    skuCode: NotRequired[str | None]
    skuName: NotRequired[str | None]


class PurchaseOrderItemPage(TypedDict):
    data: list[PurchaseOrderItemSummary]
    nextCursor: str | None
    total: NotRequired[ListTotal]


class PurchaseOrderReceipt(TypedDict):
    """Goods of a purchase order that arrived together."""

    id: str
    orgId: str
    purchaseOrderId: str
    receiptDate: datetime.date
    externalId: str | None
    createdAt: datetime.datetime
    updatedAt: datetime.datetime


class PurchaseOrderReceiptCreate(TypedDict):
    """A receiptDate that is not sent is today."""

    receiptDate: NotRequired[Moment]
    notes: NotRequired[str | None]
    items: list[PurchaseOrderReceiptItemCreate]
    externalId: NotRequired[str | None]


class PurchaseOrderReceiptUpdate(TypedDict):
    """Only the keys that are sent change."""

    receiptDate: NotRequired[Moment]


class PurchaseOrderReceiptItemCreate(TypedDict):
    """What arrived of one line of the order."""

    poItemId: str
    quantity: NotRequired[Decimal | int]
    unitCost: NotRequired[Decimal | int]
    unitQuantity: NotRequired[Decimal | int]
    pricePerUnit: NotRequired[Decimal | int]
    acceptOver: NotRequired[bool]
    lots: NotRequired[list[ReceivedLot]]


class PurchaseOrderReceiptItem(TypedDict):
    """What arrived of one line of the order."""

    id: str
    orgId: str
    receiptId: str
    poItemId: str
    quantity: Decimal
    unitCost: Decimal
    unitQuantity: Decimal | None
    amount: Decimal | None


class PurchaseOrderReceiptList(TypedDict):
    data: list[PurchaseOrderReceipt]


class PurchaseOrderReceiptDetail(TypedDict):
    receipt: PurchaseOrderReceipt
    items: list[PurchaseOrderReceiptItem]


class PurchaseOrderReceived(TypedDict):
    purchaseOrder: PurchaseOrder
    receipt: PurchaseOrderReceipt
    receiptItems: list[PurchaseOrderReceiptItem]


class PurchaseOrderCostChange(TypedDict):
    """A correction of what lines of a receipt have cost, or an allocation of a cost to them."""

    id: str
    orgId: str
    purchaseOrderId: str
    kind: Literal["correction", "allocation"]
    cost: Literal["shippingCosts", "setupCosts", "otherCosts", "additional"] | None
    basis: Literal["value", "quantity", "hand"] | None
    reason: str | None
    eventDate: datetime.datetime
    createdAt: datetime.datetime


class PurchaseOrderCostChangeItem(TypedDict):
    """One line of a receipt whose cost was changed."""

    id: str
    orgId: str
    costChangeId: str
    receiptItemId: str
    ledgerEntryId: str
    unitCostBefore: Decimal | None
    unitCost: Decimal | None
    amount: Decimal


class PurchaseOrderCostChangeDetail(TypedDict):
    costChange: PurchaseOrderCostChange
    items: list[PurchaseOrderCostChangeItem]


class PurchaseOrderCostChangeList(TypedDict):
    data: list[PurchaseOrderCostChange]
    notAllocated: PurchaseOrderCostsNotAllocated


class PurchaseOrderCostsNotAllocated(TypedDict):
    """What of the order's costs is left to be allocated."""

    shippingCosts: Decimal
    setupCosts: Decimal
    otherCosts: Decimal


class PurchaseOrderCostCorrectionCreate(TypedDict):
    reason: NotRequired[str | None]
    eventDate: NotRequired[Moment]
    items: list[PurchaseOrderCostCorrectionItem]


class PurchaseOrderCostCorrectionItem(TypedDict):
    receiptItemId: str
    unitCost: Decimal | int


class PurchaseOrderCostAllocationCreate(TypedDict):
    cost: Literal["shippingCosts", "setupCosts", "otherCosts", "additional"]
    basis: Literal["value", "quantity", "hand"]
    amount: NotRequired[Decimal | int]
    reason: NotRequired[str | None]
    eventDate: NotRequired[Moment]
    items: NotRequired[list[PurchaseOrderCostAllocationItem]]


class PurchaseOrderCostAllocationItem(TypedDict):
    receiptItemId: str
    amount: NotRequired[Decimal | int]


class PurchaseOrderStatusList(TypedDict):
    data: list[PurchaseOrderStatus]
