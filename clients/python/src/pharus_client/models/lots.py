"""The shapes of lots.

Generated from openapi.yaml by `make codegen`. Do not edit.
"""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Literal, NotRequired, TypedDict

from pharus_client.models.shared import ListTotal
from pharus_client.values import Moment

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
    itemCode: NotRequired[str]
    itemName: NotRequired[str]


class LotPage(TypedDict):
    data: list[Lot]
    nextCursor: str | None
    total: NotRequired[ListTotal]


class LotUpdate(TypedDict):
    """Only the keys that are sent change; null clears a value."""

    supplierLot: NotRequired[str | None]
    madeOn: NotRequired[Moment | None]
    bestBefore: NotRequired[Moment | None]
    notes: NotRequired[str | None]


class LotReason(TypedDict):
    reason: str


class LotAllowance(TypedDict):
    until: Moment
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
    data: list[LotEntry]
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
