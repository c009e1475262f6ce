"""The shapes of bom.

Generated from openapi.yaml by `make codegen`. Do not edit.
"""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import NotRequired, TypedDict

from pharus_client.models.shared import ListTotal


class Bom(TypedDict):
    """What a batch of a SKU takes, and what comes out of it."""

    outputSkuId: str
    batchSize: Decimal
    yieldPercent: Decimal
    costSharePercent: Decimal
    items: list[BomItem]
    byProducts: list[BomByProduct]


class BomItem(TypedDict):
    """One line of a BOM; either materialId or inputSkuId is null."""

    id: str
    orgId: str
    skuId: str
    materialId: str | None
    inputSkuId: str | None
    quantity: Decimal
    unit: str | None
    unitQuantity: Decimal | None
    unitFactor: str | None
    scrapPercent: Decimal
    createdAt: datetime.datetime


class BomByProduct(TypedDict):
    """What comes out of a batch beside the SKU that the BOM is for: a by-product, or a co-product if it bears much of
    the cost.
    """

    id: str
    orgId: str
    skuId: str
    byProductSkuId: str
    quantity: Decimal
    costSharePercent: Decimal
    createdAt: datetime.datetime


class BomCreate(TypedDict):
    """`batchSize` is for how many units that are begun the quantities are, 1 if it is not sent, `yieldPercent` how much
    of what is begun comes out, 100 if it is not sent.
    """

    outputSkuId: str
    items: list[BomItemInput]
    batchSize: NotRequired[Decimal | int]
    yieldPercent: NotRequired[Decimal | int]
    costSharePercent: NotRequired[Decimal | int]
    byProducts: NotRequired[list[BomByProductInput]]


class BomReplace(TypedDict):
    """The lines, all of them."""

    outputSkuId: str
    items: list[BomItemInput]
    batchSize: NotRequired[Decimal | int]
    yieldPercent: NotRequired[Decimal | int]
    costSharePercent: NotRequired[Decimal | int]
    byProducts: NotRequired[list[BomByProductInput]]


class BomItemInput(TypedDict):
    """One line of a BOM, with exactly one of materialId and inputSkuId."""

    materialId: NotRequired[str]
    inputSkuId: NotRequired[str]
    quantity: Decimal | int | None
    unit: NotRequired[str]
    unitQuantity: NotRequired[Decimal | int]
    scrapPercent: NotRequired[Decimal | int]


class BomByProductInput(TypedDict):
    """What comes out of a batch beside the SKU that the BOM is for."""

    byProductSkuId: str
    quantity: Decimal | int
    costSharePercent: Decimal | int


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
