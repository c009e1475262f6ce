"""The shapes of the requests and responses of inventory.

Generated from openapi.yaml by `make codegen`. Do not edit.
"""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Literal, NotRequired, TypedDict

from pharus.schemas import ListTotal, LotQuantity, ReceivedLot
from pharus.shown import Shown


class TransferComplete(TypedDict):
    eventDate: NotRequired[str]
    notes: NotRequired[str | None]
    quantity: NotRequired[Decimal | int]
    lots: NotRequired[list[LotQuantity]]


class TransferCancel(TypedDict):
    eventDate: NotRequired[str]
    notes: NotRequired[str | None]


class RevaluationReversal(TypedDict):
    eventDate: NotRequired[str]
    notes: NotRequired[str | None]


# What happened to the material.
MaterialsEventType = Literal[
    "ORDER",
    "RECEIVE",
    "DEMAND",
    "ALLOCATE",
    "CONSUME",
    "TRANSFER",
    "ADJUST",
    "DISPOSE",
    "REVALUE",
    "REVERSE_ORDER",
    "REVERSE_RECEIVE",
    "REVERSE_DEMAND",
    "REVERSE_ALLOCATE",
    "REVERSE_CONSUME",
    "REVERSE_TRANSFER",
    "REVERSE_REVALUE",
]


class MaterialsLedgerEntry(TypedDict):
    """One event in the ledger of materials."""

    id: str
    orgId: str
    code: str
    materialId: str
    locationId: str
    eventType: MaterialsEventType
    quantity: Decimal
    unitCost: Decimal | None
    ref: str | None
    toLocationId: str | None
    notes: str | None
    eventDate: datetime.datetime
    sourceType: str | None
    sourceId: str | None
    value: Decimal
    variance: Decimal
    reversesId: str | None
    externalId: str | None
    createdAt: datetime.datetime
    materialCode: NotRequired[str]
    materialName: NotRequired[str]
    materialUnit: NotRequired[str | None]
    locationName: NotRequired[str]
    toLocationName: NotRequired[str | None]


class MaterialsLedgerPage(TypedDict):
    data: list[Shown[MaterialsLedgerEntry]]
    nextCursor: str | None
    total: NotRequired[ListTotal]


class MaterialsTransferCreate(TypedDict):
    materialId: str
    sourceLocationId: str
    destinationLocationId: str
    quantity: Decimal | int
    eventDate: NotRequired[str]
    notes: NotRequired[str | None]
    externalId: NotRequired[str | None]
    lots: NotRequired[list[LotQuantity]]


class MaterialsTransferCreated(TypedDict):
    ledgerEntry: MaterialsLedgerEntry
    ref: str


class MaterialsAdjustment(TypedDict):
    materialId: str
    locationId: str
    quantity: Decimal | int
    notes: NotRequired[str | None]
    eventDate: NotRequired[str]
    unitCost: NotRequired[Decimal | int]
    externalId: NotRequired[str | None]
    lots: NotRequired[list[ReceivedLot]]


class MaterialsOpeningBalance(TypedDict):
    """What was on hand of a material at a location when the organization came here."""

    materialId: str
    locationId: str
    quantity: Decimal | int
    unitCost: Decimal | int
    notes: NotRequired[str | None]
    eventDate: NotRequired[str]
    acceptAgain: NotRequired[bool]


class MaterialsOpeningBalanceBulkImport(TypedDict):
    rows: list[MaterialsOpeningBalance]


class MaterialsDisposal(TypedDict):
    materialId: str
    locationId: str
    quantity: Decimal | int
    notes: NotRequired[str | None]
    eventDate: NotRequired[str]
    externalId: NotRequired[str | None]
    lots: NotRequired[list[LotQuantity]]


class MaterialsRevaluation(TypedDict):
    materialId: str
    locationId: str
    unitCost: Decimal | int
    reason: str
    eventDate: NotRequired[str]
    externalId: NotRequired[str | None]


class MaterialsSummary(TypedDict):
    """What there is of one material at one location."""

    materialId: str
    locationId: str
    onHand: Decimal
    onOrder: Decimal
    demand: Decimal
    allocated: Decimal
    available: Decimal
    inTransit: Decimal
    averageCost: Decimal | None
    value: Decimal
    inTransitValue: Decimal
    materialCode: NotRequired[str]
    materialName: NotRequired[str]
    materialUnit: NotRequired[str | None]
    locationName: NotRequired[str]


class MaterialsSummaryList(TypedDict):
    data: list[MaterialsSummary]


# What happened to the SKU.
FinishedGoodsEventType = Literal[
    "ORDER",
    "RECEIVE",
    "PRODUCE",
    "DEMAND",
    "ALLOCATE",
    "CONSUME",
    "TRANSFER",
    "ADJUST",
    "DISPOSE",
    "REVALUE",
    "WRITE_OFF",
    "REVERSE_ORDER",
    "REVERSE_RECEIVE",
    "REVERSE_PRODUCE",
    "REVERSE_DEMAND",
    "REVERSE_ALLOCATE",
    "REVERSE_CONSUME",
    "REVERSE_TRANSFER",
    "REVERSE_REVALUE",
    "REVERSE_WRITE_OFF",
]


class FinishedGoodsLedgerEntry(TypedDict):
    """One event in the ledger of SKUs."""

    id: str
    orgId: str
    code: str
    skuId: str
    locationId: str
    eventType: FinishedGoodsEventType
    quantity: Decimal
    unitCost: Decimal | None
    ref: str | None
    toLocationId: str | None
    notes: str | None
    eventDate: datetime.datetime
    sourceType: str | None
    sourceId: str | None
    value: Decimal
    variance: Decimal
    reversesId: str | None
    externalId: str | None
    createdAt: datetime.datetime
    skuCode: NotRequired[str]
    skuName: NotRequired[str]
    skuUnit: NotRequired[str | None]
    locationName: NotRequired[str]
    toLocationName: NotRequired[str | None]


class FinishedGoodsLedgerPage(TypedDict):
    data: list[Shown[FinishedGoodsLedgerEntry]]
    nextCursor: str | None
    total: NotRequired[ListTotal]


class FinishedGoodsTransferCreate(TypedDict):
    skuId: str
    sourceLocationId: str
    destinationLocationId: str
    quantity: Decimal | int
    eventDate: NotRequired[str]
    notes: NotRequired[str | None]
    externalId: NotRequired[str | None]
    lots: NotRequired[list[LotQuantity]]


class FinishedGoodsTransferCreated(TypedDict):
    ledgerEntry: FinishedGoodsLedgerEntry
    ref: str


class FinishedGoodsAdjustment(TypedDict):
    skuId: str
    locationId: str
    quantity: Decimal | int
    notes: NotRequired[str | None]
    eventDate: NotRequired[str]
    unitCost: NotRequired[Decimal | int]
    externalId: NotRequired[str | None]
    lots: NotRequired[list[ReceivedLot]]


class FinishedGoodsOpeningBalance(TypedDict):
    """What was on hand of a SKU at a location when the organization came here."""

    skuId: str
    locationId: str
    quantity: Decimal | int
    unitCost: Decimal | int
    notes: NotRequired[str | None]
    eventDate: NotRequired[str]
    acceptAgain: NotRequired[bool]


class FinishedGoodsOpeningBalanceBulkImport(TypedDict):
    rows: list[FinishedGoodsOpeningBalance]


class FinishedGoodsDisposal(TypedDict):
    skuId: str
    locationId: str
    quantity: Decimal | int
    notes: NotRequired[str | None]
    eventDate: NotRequired[str]
    externalId: NotRequired[str | None]
    lots: NotRequired[list[LotQuantity]]


class FinishedGoodsRevaluation(TypedDict):
    skuId: str
    locationId: str
    unitCost: Decimal | int
    reason: str
    eventDate: NotRequired[str]
    externalId: NotRequired[str | None]


class FinishedGoodsSummary(TypedDict):
    """What there is of one SKU at one location."""

    skuId: str
    locationId: str
    onHand: Decimal
    demand: Decimal
    allocated: Decimal
    available: Decimal
    onOrder: Decimal
    inTransit: Decimal
    averageCost: Decimal | None
    value: Decimal
    inTransitValue: Decimal
    skuCode: NotRequired[str]
    skuName: NotRequired[str]
    skuUnit: NotRequired[str | None]
    locationName: NotRequired[str]


class FinishedGoodsSummaryList(TypedDict):
    data: list[FinishedGoodsSummary]
