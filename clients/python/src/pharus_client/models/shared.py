"""The shapes of shared.

Generated from openapi.yaml by `make codegen`. Do not edit.
"""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Literal, NotRequired, TypedDict

from pharus_client.values import Moment

# What went wrong, for programs.
ErrorCode = Literal[
    "validation_failed",
    "unauthorized",
    "forbidden",
    "not_found",
    "method_not_allowed",
    "not_acceptable",
    "in_use",
    "invalid_transition",
    "conflict",
    "period_closed",
    "gone",
    "precondition_failed",
    "precondition_required",
    "payload_too_large",
    "unsupported_media_type",
    "rate_limited",
    "internal_error",
    "service_unavailable",
]


class ListTotal(TypedDict):
    """How many records a list has with its filters, on all pages."""

    count: int
    atLeast: bool


class DeletedId(TypedDict):
    deletedId: str


class BulkImportResult(TypedDict):
    ids: list[str]
    results: list[BulkRowResult]


class BulkRowResult(TypedDict):
    index: int
    status: Literal["ok", "error"]
    id: NotRequired[str]
    history: NotRequired[bool]
    error: NotRequired[BulkRowError]
    warnings: NotRequired[list[AnswerWarning]]


class AnswerWarning(TypedDict):
    """What somebody should look at, although the request was carried out."""

    code: Literal["price_not_found"]
    message: str
    path: str


class BulkRowError(TypedDict):
    """Why the row was refused; only with status `error`."""

    code: ErrorCode
    message: str
    details: NotRequired[object]


class Lookup(TypedDict):
    """An entry of one of the short lists that records are sorted by."""

    id: str
    orgId: str
    name: str
    sortOrder: int
    isActive: bool
    createdAt: datetime.datetime


class LookupCreate(TypedDict):
    name: str
    isActive: NotRequired[bool]


class LookupUpdate(TypedDict):
    """Only the keys that are sent change."""

    name: NotRequired[str]
    sortOrder: NotRequired[int]
    isActive: NotRequired[bool]


class LookupList(TypedDict):
    data: list[Lookup]


class LookupBulkImport(TypedDict):
    rows: list[LookupCreate]


class StillHolds(TypedDict):
    """What a deactivated material, SKU or location still holds of stock, at any location or of any item: it can be
    transferred away and disposed of.
    """

    stockCount: NotRequired[int]
    stock: NotRequired[list[StillHeldStock]]


class StillHeldStock(TypedDict):
    """What there is of one item at one location."""

    materialId: str | None
    skuId: str | None
    locationId: str
    onHand: Decimal
    onOrder: Decimal
    demand: Decimal
    allocated: Decimal
    inTransit: Decimal
    value: Decimal


# Whether lots of the item are told apart: then each movement of it is one of lots.
LotTracking = Literal["none", "lots", "lots_with_expiry"]

# The policy of the item (see LotPolicy); null is that of the organization.
LotPolicyOrNull = Literal["fefo", "fifo", "none"]


class LotQuantity(TypedDict):
    """So much of a lot that there is, named by its id or by its code."""

    lotId: NotRequired[str | None]
    code: NotRequired[str | None]
    quantity: Decimal | int


class ReceivedLot(TypedDict):
    """So much of a lot."""

    lotId: NotRequired[str | None]
    code: NotRequired[str | None]
    quantity: Decimal | int
    supplierLot: NotRequired[str | None]
    madeOn: NotRequired[Moment | None]
    bestBefore: NotRequired[Moment | None]
