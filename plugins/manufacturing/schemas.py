"""The shapes of the requests and responses of manufacturing.

Generated from openapi.yaml by `make codegen`. Do not edit.
"""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Literal, NotRequired, TypedDict

from pharus.schemas import ListTotal, LotQuantity, ReceivedLot
from pharus.shown import Shown

# How far the order is.
WorkOrderStatus = Literal[
    "Draft",
    "Entered",
    "Placed",
    "Production",
    "In Transit",
    "Partial",
    "Received",
    "Completed",
    "Cancelled",
]


class WorkOrder(TypedDict):
    """Contract assembly at a work site, of materials and sub-assemblies."""

    id: str
    orgId: str
    woNumber: str
    isHistory: bool
    status: WorkOrderStatus
    workSiteId: str
    draftAt: datetime.date | None
    enteredAt: datetime.date | None
    placedAt: datetime.date | None
    expectedDeliveryDate: datetime.date | None
    productionStartedAt: datetime.date | None
    inTransitAt: datetime.date | None
    partialAt: datetime.date | None
    receivedAt: datetime.date | None
    completedAt: datetime.date | None
    cancelledAt: datetime.date | None
    notes: str | None
    createdAt: datetime.datetime
    updatedAt: datetime.datetime
    workSiteName: NotRequired[str]


class WorkOrderCreate(TypedDict):
    status: WorkOrderStatus
    workSiteLocationId: str
    orderDate: NotRequired[str]
    expectedDeliveryDate: NotRequired[str | None]
    notes: NotRequired[str | None]
    items: list[WorkOrderItemCreate]


class WorkOrderImport(TypedDict):
    """A row of an import: a work order as createWorkOrder takes it, or one of earlier years, with `history: true`."""

    status: WorkOrderStatus
    workSiteLocationId: str
    orderDate: NotRequired[str]
    expectedDeliveryDate: NotRequired[str | None]
    notes: NotRequired[str | None]
    items: list[WorkOrderItemCreate]
    history: NotRequired[bool]
    woNumber: NotRequired[str]
    placedAt: NotRequired[str]
    draftAt: NotRequired[str | None]
    enteredAt: NotRequired[str | None]
    productionStartedAt: NotRequired[str | None]
    inTransitAt: NotRequired[str | None]
    partialAt: NotRequired[str | None]
    receivedAt: NotRequired[str | None]
    completedAt: NotRequired[str | None]
    cancelledAt: NotRequired[str | None]


class WorkOrderUpdate(TypedDict):
    """Only the keys that are sent change; null clears a value."""

    status: NotRequired[WorkOrderStatus]
    workSiteLocationId: NotRequired[str]
    orderDate: NotRequired[str]
    expectedDeliveryDate: NotRequired[str | None]
    notes: NotRequired[str | None]
    placedAt: NotRequired[str]
    draftAt: NotRequired[str | None]
    enteredAt: NotRequired[str | None]
    productionStartedAt: NotRequired[str | None]
    inTransitAt: NotRequired[str | None]
    partialAt: NotRequired[str | None]
    receivedAt: NotRequired[str | None]
    completedAt: NotRequired[str | None]
    cancelledAt: NotRequired[str | None]


class WorkOrderDetail(TypedDict):
    workOrder: WorkOrder
    items: list[WorkOrderItem]
    inputs: list[WorkOrderInput]
    byProducts: list[WorkOrderByProduct]


class WorkOrderPage(TypedDict):
    data: list[Shown[WorkOrder]]
    nextCursor: str | None
    total: NotRequired[ListTotal]


class WorkOrderBulkImport(TypedDict):
    rows: list[WorkOrderImport]


class WorkOrderStatusList(TypedDict):
    data: list[WorkOrderStatus]


class WorkOrderItem(TypedDict):
    """One line of a work order, an output SKU."""

    id: str
    orgId: str
    workOrderId: str
    skuId: str
    quantity: int
    unit: str | None
    unitQuantity: Decimal | None
    unitFactor: str | None
    conversionCost: Decimal
    batchSize: Decimal
    yieldPercent: Decimal
    byProductCount: int
    createdAt: datetime.datetime


class WorkOrderItemCreate(TypedDict):
    """One line of a work order."""

    skuId: str
    quantity: int | None
    conversionCost: NotRequired[Decimal | int]
    unit: NotRequired[str]
    unitQuantity: NotRequired[Decimal | int]


class WorkOrderItemUpdate(TypedDict):
    """Only the keys that are sent change."""

    quantity: NotRequired[int]
    conversionCost: NotRequired[Decimal | int]
    unit: NotRequired[str | None]
    unitQuantity: NotRequired[Decimal | int | None]


class WorkOrderItemDetail(TypedDict):
    item: WorkOrderItem
    inputs: list[WorkOrderInput]
    byProducts: list[WorkOrderByProduct]


class WorkOrderInput(TypedDict):
    """What a line takes, for its whole quantity; either materialId or inputSkuId is null."""

    id: str
    orgId: str
    workOrderItemId: str
    materialId: str | None
    inputSkuId: str | None
    quantity: Decimal
    quantityVariance: Decimal


class WorkOrderByProduct(TypedDict):
    """What comes out beside a line's SKU, for its whole quantity."""

    id: str
    orgId: str
    workOrderItemId: str
    byProductSkuId: str
    quantity: Decimal
    quantityVariance: Decimal
    costSharePercent: Decimal


class WorkOrderReceipt(TypedDict):
    """What came out of a work order at one time."""

    id: str
    orgId: str
    workOrderId: str
    receiptDate: datetime.date
    externalId: str | None
    createdAt: datetime.datetime


class WorkOrderReceiptItem(TypedDict):
    """One line of a receipt; `unitCost` is what one unit of the output cost: its part of what was used and of what
    making it cost besides.
    """

    id: str
    orgId: str
    receiptId: str
    skuId: str
    quantity: Decimal
    unitQuantity: Decimal | None
    unitCost: Decimal
    usageCount: int
    byProductCount: int


class WorkOrderReceiptUsage(TypedDict):
    """What was really used of an input for a line of a receipt."""

    id: str
    orgId: str
    receiptItemId: str
    inputId: str
    planned: Decimal
    used: Decimal
    scrapped: Decimal
    scrapReason: str | None
    scrappedValue: Decimal
    returned: Decimal


class WorkOrderReceiptByProduct(TypedDict):
    """What came out beside a line of a receipt."""

    id: str
    orgId: str
    receiptItemId: str
    byProductId: str
    planned: Decimal
    quantity: Decimal
    unitCost: Decimal | None


class WorkOrderReceiptCreate(TypedDict):
    receiptDate: NotRequired[str]
    notes: NotRequired[str | None]
    items: list[WorkOrderReceiptItemCreate]
    externalId: NotRequired[str | None]


class WorkOrderReceiptItemCreate(TypedDict):
    skuId: str
    quantity: NotRequired[Decimal | int]
    unitQuantity: NotRequired[Decimal | int]
    acceptOver: NotRequired[bool]
    inputs: NotRequired[list[WorkOrderReceiptUsageCreate]]
    byProducts: NotRequired[list[WorkOrderReceiptByProductCreate]]
    lots: NotRequired[list[ReceivedLot]]


class WorkOrderReceiptUsageCreate(TypedDict):
    """What was really used of one of the line's inputs, with exactly one of materialId and inputSkuId."""

    materialId: NotRequired[str]
    inputSkuId: NotRequired[str]
    used: NotRequired[Decimal | int]
    scrapped: NotRequired[Decimal | int]
    scrapReason: NotRequired[str]
    returned: NotRequired[Decimal | int]
    lots: NotRequired[list[LotQuantity]]
    scrappedLots: NotRequired[list[LotQuantity]]


class WorkOrderReceiptByProductCreate(TypedDict):
    """What really came out of one of the line's by-products."""

    byProductSkuId: str
    quantity: Decimal | int
    lots: NotRequired[list[ReceivedLot]]


class WorkOrderReceiptUpdate(TypedDict):
    """Only the keys that are sent change."""

    receiptDate: NotRequired[str]


class WorkOrderReceiptList(TypedDict):
    data: list[WorkOrderReceipt]


class WorkOrderReceiptDetail(TypedDict):
    receipt: WorkOrderReceipt
    items: list[WorkOrderReceiptItem]
    usages: list[WorkOrderReceiptUsage]
    byProducts: list[WorkOrderReceiptByProduct]


class WorkOrderReceived(TypedDict):
    workOrder: WorkOrder
    receipt: WorkOrderReceipt
    receiptItems: list[WorkOrderReceiptItem]
    usages: list[WorkOrderReceiptUsage]
    byProducts: list[WorkOrderReceiptByProduct]


# How far the order is.
ProductionOrderStatus = Literal[
    "Draft",
    "Entered",
    "Placed",
    "Production",
    "In Transit",
    "Partial",
    "Received",
    "Completed",
    "Cancelled",
]


class ProductionOrder(TypedDict):
    """Full manufacture at a location, of raw materials."""

    id: str
    orgId: str
    prodNumber: str
    isHistory: bool
    status: ProductionOrderStatus
    locationId: str
    placedAt: datetime.date | None
    expectedDeliveryDate: datetime.date | None
    draftAt: datetime.date | None
    enteredAt: datetime.date | None
    productionStartedAt: datetime.date | None
    inTransitAt: datetime.date | None
    partialAt: datetime.date | None
    receivedAt: datetime.date | None
    completedAt: datetime.date | None
    cancelledAt: datetime.date | None
    notes: str | None
    createdAt: datetime.datetime
    updatedAt: datetime.datetime
    locationName: NotRequired[str]


class ProductionOrderCreate(TypedDict):
    status: ProductionOrderStatus
    locationId: str
    orderDate: NotRequired[str]
    expectedDeliveryDate: NotRequired[str | None]
    notes: NotRequired[str | None]
    items: list[ProductionOrderItemCreate]


class ProductionOrderImport(TypedDict):
    """A row of an import: a production order as createProductionOrder takes it, or one of earlier years, with `history:
    true`.
    """

    status: ProductionOrderStatus
    locationId: str
    orderDate: NotRequired[str]
    expectedDeliveryDate: NotRequired[str | None]
    notes: NotRequired[str | None]
    items: list[ProductionOrderItemCreate]
    history: NotRequired[bool]
    prodNumber: NotRequired[str]
    placedAt: NotRequired[str]
    draftAt: NotRequired[str | None]
    enteredAt: NotRequired[str | None]
    productionStartedAt: NotRequired[str | None]
    inTransitAt: NotRequired[str | None]
    partialAt: NotRequired[str | None]
    receivedAt: NotRequired[str | None]
    completedAt: NotRequired[str | None]
    cancelledAt: NotRequired[str | None]


class ProductionOrderUpdate(TypedDict):
    """Only the keys that are sent change; null clears a value."""

    status: NotRequired[ProductionOrderStatus]
    locationId: NotRequired[str]
    orderDate: NotRequired[str]
    expectedDeliveryDate: NotRequired[str | None]
    notes: NotRequired[str | None]
    placedAt: NotRequired[str]
    draftAt: NotRequired[str | None]
    enteredAt: NotRequired[str | None]
    productionStartedAt: NotRequired[str | None]
    inTransitAt: NotRequired[str | None]
    partialAt: NotRequired[str | None]
    receivedAt: NotRequired[str | None]
    completedAt: NotRequired[str | None]
    cancelledAt: NotRequired[str | None]


class ProductionOrderDetail(TypedDict):
    productionOrder: ProductionOrder
    items: list[ProductionOrderItem]
    inputs: list[ProductionOrderInput]
    byProducts: list[ProductionOrderByProduct]


class ProductionOrderPage(TypedDict):
    data: list[Shown[ProductionOrder]]
    nextCursor: str | None
    total: NotRequired[ListTotal]


class ProductionOrderBulkImport(TypedDict):
    rows: list[ProductionOrderImport]


class ProductionOrderStatusList(TypedDict):
    data: list[ProductionOrderStatus]


class ProductionOrderItem(TypedDict):
    """One line of a production order, an output SKU."""

    id: str
    orgId: str
    productionOrderId: str
    skuId: str
    quantity: int
    unit: str | None
    unitQuantity: Decimal | None
    unitFactor: str | None
    productionCost: Decimal | None
    batchSize: Decimal
    yieldPercent: Decimal
    byProductCount: int
    createdAt: datetime.datetime


class ProductionOrderItemCreate(TypedDict):
    """One line of a production order."""

    skuId: str
    quantity: int | None
    productionCost: NotRequired[Decimal | int | None]
    unit: NotRequired[str]
    unitQuantity: NotRequired[Decimal | int]


class ProductionOrderItemUpdate(TypedDict):
    """Only the keys that are sent change; null clears a value."""

    quantity: NotRequired[int]
    productionCost: NotRequired[Decimal | int | None]
    unit: NotRequired[str | None]
    unitQuantity: NotRequired[Decimal | int | None]


class ProductionOrderItemDetail(TypedDict):
    item: ProductionOrderItem
    inputs: list[ProductionOrderInput]
    byProducts: list[ProductionOrderByProduct]


class ProductionOrderInput(TypedDict):
    """What a line takes of a raw material, for its whole quantity."""

    id: str
    orgId: str
    productionOrderItemId: str
    materialId: str
    quantity: Decimal
    quantityVariance: Decimal


class ProductionOrderByProduct(TypedDict):
    """What comes out beside a line's SKU, for its whole quantity."""

    id: str
    orgId: str
    productionOrderItemId: str
    byProductSkuId: str
    quantity: Decimal
    quantityVariance: Decimal
    costSharePercent: Decimal


class ProductionOrderReceipt(TypedDict):
    """What came out of a production order at one time."""

    id: str
    orgId: str
    productionOrderId: str
    receiptDate: datetime.date
    externalId: str | None
    createdAt: datetime.datetime


class ProductionOrderReceiptItem(TypedDict):
    """One line of a receipt; `unitCost` is what one unit of the output cost: its part of what was used and of what
    making it cost besides.
    """

    id: str
    orgId: str
    receiptId: str
    skuId: str
    quantity: Decimal
    unitQuantity: Decimal | None
    unitCost: Decimal
    usageCount: int
    byProductCount: int


class ProductionOrderReceiptUsage(TypedDict):
    """What was really used of an input for a line of a receipt."""

    id: str
    orgId: str
    receiptItemId: str
    inputId: str
    planned: Decimal
    used: Decimal
    scrapped: Decimal
    scrapReason: str | None
    scrappedValue: Decimal
    returned: Decimal


class ProductionOrderReceiptByProduct(TypedDict):
    """What came out beside a line of a receipt."""

    id: str
    orgId: str
    receiptItemId: str
    byProductId: str
    planned: Decimal
    quantity: Decimal
    unitCost: Decimal | None


class ProductionOrderReceiptCreate(TypedDict):
    receiptDate: NotRequired[str]
    notes: NotRequired[str | None]
    items: list[ProductionOrderReceiptItemCreate]
    externalId: NotRequired[str | None]


class ProductionOrderReceiptItemCreate(TypedDict):
    skuId: str
    quantity: NotRequired[Decimal | int]
    unitQuantity: NotRequired[Decimal | int]
    acceptOver: NotRequired[bool]
    inputs: NotRequired[list[ProductionOrderReceiptUsageCreate]]
    byProducts: NotRequired[list[ProductionOrderReceiptByProductCreate]]
    lots: NotRequired[list[ReceivedLot]]


class ProductionOrderReceiptUsageCreate(TypedDict):
    """What was really used of one of the line's inputs."""

    materialId: str
    used: NotRequired[Decimal | int]
    scrapped: NotRequired[Decimal | int]
    scrapReason: NotRequired[str]
    returned: NotRequired[Decimal | int]
    lots: NotRequired[list[LotQuantity]]
    scrappedLots: NotRequired[list[LotQuantity]]


class ProductionOrderReceiptByProductCreate(TypedDict):
    """What really came out of one of the line's by-products."""

    byProductSkuId: str
    quantity: Decimal | int
    lots: NotRequired[list[ReceivedLot]]


class ProductionOrderReceiptUpdate(TypedDict):
    """Only the keys that are sent change."""

    receiptDate: NotRequired[str]


class ProductionOrderReceiptList(TypedDict):
    data: list[ProductionOrderReceipt]


class ProductionOrderReceiptDetail(TypedDict):
    receipt: ProductionOrderReceipt
    items: list[ProductionOrderReceiptItem]
    usages: list[ProductionOrderReceiptUsage]
    byProducts: list[ProductionOrderReceiptByProduct]


class ProductionOrderReceived(TypedDict):
    productionOrder: ProductionOrder
    receipt: ProductionOrderReceipt
    receiptItems: list[ProductionOrderReceiptItem]
    usages: list[ProductionOrderReceiptUsage]
    byProducts: list[ProductionOrderReceiptByProduct]
