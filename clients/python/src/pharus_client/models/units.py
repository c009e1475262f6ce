"""The shapes of units.

Generated from openapi.yaml by `make codegen`. Do not edit.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, NotRequired, TypedDict


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
