"""The shapes of the requests and responses of pharus_batches.

Generated from openapi.yaml by `make codegen`. Do not edit.
"""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Literal, NotRequired, TypedDict

from pharus.schemas import ListTotal
from pharus.shown import Shown

BatchesItemType = Literal["material", "sku"]


class BatchesArrival(TypedDict):
    id: str
    orgId: str
    itemType: BatchesItemType
    itemId: str
    ref: str | None
    supplierBatch: str | None
    expiresOn: datetime.date | None
    batchId: str | None
    createdAt: datetime.datetime


class BatchesArrivalCreate(TypedDict):
    itemType: BatchesItemType
    itemId: str
    ref: NotRequired[str | None]
    supplierBatch: NotRequired[str | None]
    expiresOn: NotRequired[str | None]


class BatchesArrivalPage(TypedDict):
    data: list[Shown[BatchesArrival]]
    nextCursor: str | None


class BatchesBatch(TypedDict):
    id: str
    orgId: str
    number: str
    itemType: BatchesItemType
    itemId: str
    supplierBatch: str | None
    expiresOn: datetime.date | None
    notes: str | None
    createdAt: datetime.datetime
    updatedAt: datetime.datetime
    itemName: NotRequired[str]


class BatchesBatchUpdate(TypedDict):
    """Only the keys that are sent change; null clears a value."""

    supplierBatch: NotRequired[str | None]
    expiresOn: NotRequired[str | None]
    notes: NotRequired[str | None]


class BatchesBatchWithLocations(TypedDict):
    id: str
    orgId: str
    number: str
    itemType: BatchesItemType
    itemId: str
    supplierBatch: str | None
    expiresOn: datetime.date | None
    notes: str | None
    createdAt: datetime.datetime
    updatedAt: datetime.datetime
    itemName: NotRequired[str]
    locations: list[BatchesBatchWithLocationsLocationsItem]


class BatchesBatchWithLocationsLocationsItem(TypedDict):
    locationId: str
    quantity: Decimal


class BatchesBatchPage(TypedDict):
    data: list[Shown[BatchesBatch]]
    nextCursor: str | None
    total: NotRequired[ListTotal]


class BatchesTrace(TypedDict):
    batch: BatchesBatch
    madeOf: list[BatchesBatch]
    madeInto: list[BatchesBatch]
    origins: list[BatchesOrigin]
    shipments: list[BatchesShipment]


class BatchesOrigin(TypedDict):
    batchId: str
    receiptItemId: str
    ref: str | None
    quantity: Decimal
    receivedAt: datetime.datetime


class BatchesShipment(TypedDict):
    batchId: str
    salesOrderItemId: str
    ref: str | None
    quantity: Decimal
    shippedAt: datetime.datetime


class BatchesSuggestion(TypedDict):
    batches: list[BatchesSuggestionBatchesItem]
    missing: Decimal


class BatchesSuggestionBatchesItem(TypedDict):
    batchId: str
    number: str
    expiresOn: datetime.date | None
    quantity: Decimal
