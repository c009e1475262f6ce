"""The shapes of the requests and responses of units.

Generated from openapi.yaml by `make codegen`. Do not edit.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, NotRequired, TypedDict

from pharus.schemas import ListTotal
from pharus.shown import Shown


class BuiltInUnit(TypedDict):
    """One `unit` is exactly `numerator` / `denominator` of `baseUnit`."""

    unit: str
    measure: Literal["mass", "volume"]
    baseUnit: Literal["kg", "l"]
    numerator: Decimal
    denominator: Decimal


class BuiltInUnitList(TypedDict):
    data: list[BuiltInUnit]


class ItemUnit(TypedDict):
    """One `unit` is exactly `numerator` / `denominator` of `baseUnit`."""

    unit: str
    numerator: Decimal
    denominator: Decimal
    baseUnit: str
    factor: str | None


class ItemUnits(TypedDict):
    """The units in which quantities of an item may be said, beside the built-in ones that convert."""

    unit: str | None
    density: Decimal | None
    units: list[ItemUnit]


class ItemUnitInput(TypedDict):
    unit: str
    numerator: Decimal | int
    denominator: NotRequired[Decimal | int]
    baseUnit: NotRequired[str]


class ItemUnitsReplace(TypedDict):
    units: list[ItemUnitInput]


class ItemUnitSummary(TypedDict):
    """One `unit` of an item is `numerator` / `denominator` of `baseUnit`; either materialId or skuId is null."""

    id: str
    orgId: str
    materialId: str | None
    skuId: str | None
    unit: str
    numerator: Decimal
    denominator: Decimal
    baseUnit: str
    materialCode: NotRequired[str | None]
    materialName: NotRequired[str | None]
    skuCode: NotRequired[str | None]
    skuName: NotRequired[str | None]


class ItemUnitPage(TypedDict):
    data: list[Shown[ItemUnitSummary]]
    nextCursor: str | None
    total: NotRequired[ListTotal]


class ItemUnitImport(TypedDict):
    """With exactly one of materialId and skuId; a key that is null counts as absent."""

    materialId: NotRequired[str | None]
    skuId: NotRequired[str | None]
    unit: str
    numerator: Decimal | int
    denominator: NotRequired[Decimal | int]
    baseUnit: NotRequired[str]


class ItemUnitBulkImport(TypedDict):
    rows: list[ItemUnitImport]
