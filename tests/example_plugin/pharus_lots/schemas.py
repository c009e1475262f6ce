"""The shapes of the requests and responses of pharus_lots.

Generated from openapi.yaml by `make codegen`. Do not edit.
"""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Literal, NotRequired, TypedDict

from pharus.schemas import ListTotal
from pharus.shown import Shown

LotsItemType = Literal["material", "sku"]


class LotsArrival(TypedDict):
    id: str
    orgId: str
    itemType: LotsItemType
    itemId: str
    ref: str | None
    supplierLot: str | None
    expiresOn: datetime.date | None
    lotId: str | None
    createdAt: datetime.datetime


class LotsArrivalCreate(TypedDict):
    itemType: LotsItemType
    itemId: str
    ref: NotRequired[str | None]
    supplierLot: NotRequired[str | None]
    expiresOn: NotRequired[str | None]


class LotsArrivalPage(TypedDict):
    data: list[Shown[LotsArrival]]
    nextCursor: str | None


class LotsLot(TypedDict):
    id: str
    orgId: str
    number: str
    itemType: LotsItemType
    itemId: str
    supplierLot: str | None
    expiresOn: datetime.date | None
    notes: str | None
    createdAt: datetime.datetime
    updatedAt: datetime.datetime
    itemName: NotRequired[str]


class LotsLotUpdate(TypedDict):
    """Only the keys that are sent change; null clears a value."""

    supplierLot: NotRequired[str | None]
    expiresOn: NotRequired[str | None]
    notes: NotRequired[str | None]


class LotsLotWithLocations(TypedDict):
    id: str
    orgId: str
    number: str
    itemType: LotsItemType
    itemId: str
    supplierLot: str | None
    expiresOn: datetime.date | None
    notes: str | None
    createdAt: datetime.datetime
    updatedAt: datetime.datetime
    itemName: NotRequired[str]
    locations: list[LotsLotWithLocationsLocationsItem]


class LotsLotWithLocationsLocationsItem(TypedDict):
    locationId: str
    quantity: Decimal


class LotsLotPage(TypedDict):
    data: list[Shown[LotsLot]]
    nextCursor: str | None
    total: NotRequired[ListTotal]


class LotsTrace(TypedDict):
    lot: LotsLot
    madeOf: list[LotsLot]
    madeInto: list[LotsLot]
    origins: list[LotsOrigin]
    shipments: list[LotsShipment]


class LotsOrigin(TypedDict):
    lotId: str
    receiptItemId: str
    ref: str | None
    quantity: Decimal
    receivedAt: datetime.datetime


class LotsShipment(TypedDict):
    lotId: str
    salesOrderItemId: str
    ref: str | None
    quantity: Decimal
    shippedAt: datetime.datetime


class LotsSuggestion(TypedDict):
    lots: list[LotsSuggestionLotsItem]
    missing: Decimal


class LotsSuggestionLotsItem(TypedDict):
    lotId: str
    number: str
    expiresOn: datetime.date | None
    quantity: Decimal
