"""The shapes of products.

Generated from openapi.yaml by `make codegen`. Do not edit.
"""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import NotRequired, TypedDict

from pharus_client.models.shared import ListTotal, LotPolicyOrNull, LotTracking, StillHolds


class Sku(TypedDict):
    """A finished good or sub-assembly."""

    id: str
    orgId: str
    skuCode: str
    name: str
    skuTypeId: str
    itemsPerUnit: int
    ozPerItem: Decimal | None
    unit: str | None
    density: Decimal | None
    lotTracking: LotTracking
    lotPolicy: LotPolicyOrNull | None
    shelfLifeDays: int | None
    gtin: str | None
    qboId: str | None
    notes: str | None
    isActive: bool
    stillHolds: NotRequired[StillHolds]
    createdAt: datetime.datetime
    updatedAt: datetime.datetime
    skuTypeName: NotRequired[str]


class SkuCreate(TypedDict):
    code: str
    name: str
    typeId: str
    itemsPerUnit: NotRequired[int]
    ozPerItem: NotRequired[Decimal | int | None]
    qboId: NotRequired[str | None]
    notes: NotRequired[str | None]
    unit: NotRequired[str | None]
    density: NotRequired[Decimal | int | None]
    isActive: NotRequired[bool]
    lotTracking: NotRequired[LotTracking]
    lotPolicy: NotRequired[LotPolicyOrNull | None]
    shelfLifeDays: NotRequired[int | None]
    gtin: NotRequired[str | None]


class SkuUpdate(TypedDict):
    """Only the keys that are sent change; null clears a value."""

    code: NotRequired[str]
    name: NotRequired[str]
    typeId: NotRequired[str]
    itemsPerUnit: NotRequired[int]
    ozPerItem: NotRequired[Decimal | int | None]
    qboId: NotRequired[str | None]
    notes: NotRequired[str | None]
    isActive: NotRequired[bool]
    unit: NotRequired[str | None]
    density: NotRequired[Decimal | int | None]
    lotTracking: NotRequired[LotTracking]
    lotPolicy: NotRequired[LotPolicyOrNull | None]
    shelfLifeDays: NotRequired[int | None]
    gtin: NotRequired[str | None]


class SkuPage(TypedDict):
    data: list[Sku]
    nextCursor: str | None
    total: NotRequired[ListTotal]


class SkuBulkImport(TypedDict):
    rows: list[SkuCreate]


class SkuTypeInUse(TypedDict):
    """What refers to a SKU type."""

    inUse: bool
    skuCount: int
    sampleSkuIds: list[str]
