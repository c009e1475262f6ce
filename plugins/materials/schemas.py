"""The shapes of the requests and responses of materials.

Generated from openapi.yaml by `make codegen`. Do not edit.
"""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import NotRequired, TypedDict

from pharus.schemas import ListTotal, LotPolicyOrNull, LotTracking, StillHolds
from pharus.shown import Shown


class Material(TypedDict):
    id: str
    orgId: str
    materialCode: str
    name: str
    materialTypeId: str
    unit: str | None
    density: Decimal | None
    lotTracking: LotTracking
    lotPolicy: LotPolicyOrNull | None
    shelfLifeDays: int | None
    gtin: str | None
    notes: str | None
    isActive: bool
    stillHolds: NotRequired[StillHolds]
    createdAt: datetime.datetime
    updatedAt: datetime.datetime
    materialTypeName: NotRequired[str]


class MaterialCreate(TypedDict):
    code: str
    name: str
    typeId: str
    notes: NotRequired[str | None]
    unit: NotRequired[str | None]
    density: NotRequired[Decimal | int | None]
    isActive: NotRequired[bool]
    lotTracking: NotRequired[LotTracking]
    lotPolicy: NotRequired[LotPolicyOrNull | None]
    shelfLifeDays: NotRequired[int | None]
    gtin: NotRequired[str | None]


class MaterialUpdate(TypedDict):
    """Only the keys that are sent change; null clears a value."""

    code: NotRequired[str]
    name: NotRequired[str]
    typeId: NotRequired[str]
    notes: NotRequired[str | None]
    isActive: NotRequired[bool]
    unit: NotRequired[str | None]
    density: NotRequired[Decimal | int | None]
    lotTracking: NotRequired[LotTracking]
    lotPolicy: NotRequired[LotPolicyOrNull | None]
    shelfLifeDays: NotRequired[int | None]
    gtin: NotRequired[str | None]


class MaterialPage(TypedDict):
    data: list[Shown[Material]]
    nextCursor: str | None
    total: NotRequired[ListTotal]


class MaterialBulkImport(TypedDict):
    rows: list[MaterialCreate]


class MaterialTypeInUse(TypedDict):
    """What refers to a material type."""

    inUse: bool
    materialCount: int
    sampleMaterialIds: list[str]
