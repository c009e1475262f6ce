"""The shapes of bom.

Generated from openapi.yaml by `make codegen`. Do not edit.
"""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import NotRequired, TypedDict

from pharus_client.models.shared import ListTotal


class Bom(TypedDict):
    """What one unit of a SKU takes."""

    outputSkuId: str
    items: list[BomItem]


class BomItem(TypedDict):
    """One line of a BOM; either materialId or inputSkuId is null."""

    id: str
    orgId: str
    skuId: str
    materialId: str | None
    inputSkuId: str | None
    quantity: Decimal
    createdAt: datetime.datetime


class BomCreate(TypedDict):
    outputSkuId: str
    items: list[BomItemInput]


class BomReplace(TypedDict):
    outputSkuId: str
    items: list[BomItemInput]


class BomItemInput(TypedDict):
    """One line of a BOM, with exactly one of materialId and inputSkuId."""

    materialId: NotRequired[str]
    inputSkuId: NotRequired[str]
    quantity: Decimal | int


class BomSummary(TypedDict):
    """A SKU that has a BOM."""

    outputSkuId: str
    itemCount: int
    skuCode: NotRequired[str]
    skuName: NotRequired[str]


class BomPage(TypedDict):
    data: list[BomSummary]
    nextCursor: str | None
    total: NotRequired[ListTotal]
