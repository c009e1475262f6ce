"""The further units of items as they are stored."""

from decimal import Decimal
from typing import TypedDict

from pharus.records import Records
from plugins.units import models
from plugins.units.schemas import ItemUnitSummary


class Stored(TypedDict):
    """One `unit` is exactly `numerator` / `denominator` of `baseUnit`."""

    unit: str
    numerator: Decimal
    denominator: Decimal
    baseUnit: str


material_units = Records(models.MaterialUnit, Stored)
sku_units = Records(models.SkuUnit, Stored)
item_units = Records(models.ItemUnit, ItemUnitSummary)
