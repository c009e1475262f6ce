"""The shapes of the requests and responses of lots.

Generated from openapi.yaml by `make codegen`. Do not edit.
"""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Literal, NotRequired, TypedDict

from pharus.schemas import ListTotal
from pharus.shown import Shown

# Which lots go where nobody names them: what expires first, what came first, or none: then they must be named.
LotPolicy = Literal["fefo", "fifo", "none"]

# Only what is released is used, sold, or taken where nobody names lots, and only until it has expired.
LotStatus = Literal["quarantine", "released", "on_hold", "rejected", "recalled"]


class Lot(TypedDict):
    """So much of one item that came or was made together, of a material or of a SKU."""

    id: str
    orgId: str
    materialId: str | None
    skuId: str | None
    code: str
    supplierLot: str | None
    madeOn: datetime.date | None
    bestBefore: datetime.date | None
    allowedUntil: datetime.date | None
    status: LotStatus
    statusReason: str | None
    statusBy: str | None
    statusAt: datetime.datetime | None
    expiredAt: datetime.datetime | None
    isOpening: bool
    notes: str | None
    createdAt: datetime.datetime
    updatedAt: datetime.datetime
    attributes: dict[str, str] | None
    itemCode: NotRequired[str]
    itemName: NotRequired[str]


class LotPage(TypedDict):
    data: list[Shown[Lot]]
    nextCursor: str | None
    total: NotRequired[ListTotal]


class LotUpdate(TypedDict):
    """Only the keys that are sent change; null clears a value."""

    supplierLot: NotRequired[str | None]
    madeOn: NotRequired[str | None]
    bestBefore: NotRequired[str | None]
    notes: NotRequired[str | None]
    attributes: NotRequired[dict[str, str] | None]


class LotReason(TypedDict):
    reason: str


class LotAllowance(TypedDict):
    until: str
    reason: str


class LotBalance(TypedDict):
    """How much of a lot is at a location, and on its way there."""

    locationId: str
    onHand: Decimal
    inTransit: Decimal


class LotBalanceList(TypedDict):
    data: list[LotBalance]


class LotEntry(TypedDict):
    """What an entry of a ledger did to a lot."""

    id: str
    orgId: str
    lotId: str
    entryId: str | None
    locationId: str
    toLocationId: str | None
    eventType: str
    quantity: Decimal
    onHand: Decimal
    inTransit: Decimal
    sourceType: str | None
    sourceId: str | None
    ref: str | None
    eventDate: datetime.datetime
    reversesId: str | None
    createdAt: datetime.datetime
    locationName: NotRequired[str]


class LotEntryPage(TypedDict):
    data: list[Shown[LotEntry]]
    nextCursor: str | None
    total: NotRequired[ListTotal]


class LotSettings(TypedDict):
    """What holds for the lots of all items that do not say otherwise."""

    policy: LotPolicy
    receivedStatus: Literal["released", "quarantine"]


class LotSettingsUpdate(TypedDict):
    """Only the keys that are sent change."""

    policy: NotRequired[LotPolicy]
    receivedStatus: NotRequired[Literal["released", "quarantine"]]


class LotTrackingStart(TypedDict):
    """The item that is switched to lots, and what is known of what there is of it."""

    materialId: NotRequired[str | None]
    skuId: NotRequired[str | None]
    lotTracking: Literal["lots", "lots_with_expiry"]
    code: str
    supplierLot: NotRequired[str | None]
    madeOn: NotRequired[str | None]
    bestBefore: NotRequired[str | None]
    notes: NotRequired[str | None]


class ExpiringLot(TypedDict):
    """What is on hand of a lot at a location."""

    lotId: str
    code: str
    materialId: str | None
    skuId: str | None
    itemCode: str
    itemName: str
    status: LotStatus
    bestBefore: datetime.date
    allowedUntil: datetime.date | None
    locationId: str
    locationName: str
    onHand: Decimal
    value: Decimal


class ExpiringLotPage(TypedDict):
    data: list[Shown[ExpiringLot]]
    nextCursor: str | None


class LotInTrace(TypedDict):
    """A lot on the way of another one."""

    id: str
    code: str
    materialId: str | None
    skuId: str | None
    itemCode: str
    itemName: str
    unit: str | None
    status: LotStatus
    supplierLot: str | None
    bestBefore: datetime.date | None
    level: int


class LotOfStep(TypedDict):
    lotId: str
    quantity: Decimal


class LotStep(TypedDict):
    """Lots that were used together, and what came of it."""

    processId: str
    sourceType: str
    ref: str | None
    eventDate: datetime.datetime
    level: int
    used: list[LotOfStep]
    made: list[LotOfStep]


class LotOrigin(TypedDict):
    """Where a lot came from that was not made."""

    lotId: str
    sourceType: str
    sourceId: str | None
    ref: str | None
    quantity: Decimal
    eventDate: datetime.datetime
    purchaseOrderId: str | None
    vendorId: str | None
    vendorName: str | None


class LotSale(TypedDict):
    """What of a lot left for a line of a sales order, or of a shipment."""

    lotId: str
    sourceType: str
    sourceId: str
    ref: str | None
    quantity: Decimal
    returned: Decimal
    eventDate: datetime.datetime
    salesOrderId: str
    customerId: str
    customerName: str


class LotPlace(TypedDict):
    """How much of a lot is at a location, and on its way there."""

    lotId: str
    locationId: str
    locationName: str
    onHand: Decimal
    inTransit: Decimal


class LotTrace(TypedDict):
    """The way of a lot, in both directions."""

    lot: Lot
    lots: list[LotInTrace]
    steps: list[LotStep]
    omittedSteps: int
    origins: list[LotOrigin]
    sales: list[LotSale]
    places: list[LotPlace]


class LotMassBalance(TypedDict):
    """What came of a lot, and what has become of it."""

    lotId: str
    received: Decimal
    produced: Decimal
    found: Decimal
    opening: Decimal
    used: Decimal
    shipped: Decimal
    lost: Decimal
    onHand: Decimal
    inTransit: Decimal
    difference: Decimal


class LotRecallCreate(TypedDict):
    reason: str
    mock: NotRequired[bool]


class LotRecall(TypedDict):
    """A recall of a lot, or an exercise of one."""

    id: str
    orgId: str
    lotId: str
    isMock: bool
    reason: str
    lotCount: int
    milliseconds: int
    recalledBy: str | None
    createdAt: datetime.datetime


class LotRecallList(TypedDict):
    data: list[LotRecall]


class LotRecallContact(TypedDict):
    name: str
    role: str | None
    isPrimary: bool
    email: str | None
    phone: str | None


class LotRecallCustomer(TypedDict):
    """A customer who got of the lots, and whom to call there."""

    customerId: str
    customerName: str
    quantity: Decimal
    returned: Decimal
    contacts: list[LotRecallContact]


class LotScan(TypedDict):
    """What a scan says, and the lots that it means."""

    gtin: str | None
    lotCode: str | None
    bestBefore: datetime.date | None
    lots: list[Lot]


class LotTrackingEvent(TypedDict):
    """What was done to a lot, with what the FDA wants to be known of it."""

    event: Literal["receiving", "transformation_used", "transformation_made", "shipping"]
    eventDate: datetime.datetime
    traceabilityLotCode: str
    itemCode: str
    itemName: str
    quantity: Decimal
    unit: str | None
    locationName: str
    locationDescription: str
    partnerName: str | None
    partnerDescription: str | None
    lotCodeSource: str | None
    referenceType: str | None
    referenceNumber: str | None
    lotId: str
    lotCode: str
    process: str | None


class LotTrackingEventList(TypedDict):
    data: list[LotTrackingEvent]


class LotRecallLine(TypedDict):
    """Where so much of a lot of a recall is."""

    lotId: str
    lotCode: str
    itemCode: str
    itemName: str
    unit: str | None
    level: int
    status: LotStatus
    supplierLot: str | None
    bestBefore: datetime.date | None
    whereabouts: Literal["customer", "location", "in_transit"]
    placeName: str
    quantity: Decimal
    returned: Decimal
    ref: str | None
    eventDate: datetime.datetime | None
    contactName: str | None
    contactEmail: str | None
    contactPhone: str | None


class LotRecallLineList(TypedDict):
    data: list[LotRecallLine]


class LotRecallReport(TypedDict):
    """What a recall has reached, who has it, and what is still where."""

    recall: LotRecall
    lots: list[LotInTrace]
    sales: list[LotSale]
    customers: list[LotRecallCustomer]
    places: list[LotPlace]
