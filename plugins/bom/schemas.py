"""The shapes of the requests and responses of bom.

Generated from openapi.yaml by `make codegen`. Do not edit.
"""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import NotRequired, TypedDict

from pharus.schemas import ListTotal
from pharus.shown import Shown


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
    data: list[Shown[BomSummary]]
    nextCursor: str | None
    total: NotRequired[ListTotal]


class BomWithLines(TypedDict):
    """A BOM with its lines; the SKU that it is for bears what the by-products leave of the cost."""

    outputSkuId: str
    outputSkuCode: NotRequired[str]
    outputSkuName: NotRequired[str]
    batchSize: Decimal
    yieldPercent: Decimal
    lines: list[BomLine]


class BomLine(TypedDict):
    """One of materialId, inputSkuId and byProductSkuId is what the line is, the others are null."""

    materialId: str | None
    materialCode: NotRequired[str | None]
    materialName: NotRequired[str | None]
    inputSkuId: str | None
    inputSkuCode: NotRequired[str | None]
    inputSkuName: NotRequired[str | None]
    byProductSkuId: str | None
    byProductSkuCode: NotRequired[str | None]
    byProductSkuName: NotRequired[str | None]
    quantity: Decimal | None
    unit: str | None
    unitQuantity: Decimal | None
    scrapPercent: Decimal | None
    costSharePercent: Decimal | None
    stockQuantity: Decimal


class BomLinePage(TypedDict):
    data: list[Shown[BomWithLines]]
    nextCursor: str | None


class BomImport(TypedDict):
    """The BOM of a SKU, for an import: what comes out besides are lines, too."""

    outputSkuId: str
    batchSize: NotRequired[Decimal | int]
    yieldPercent: NotRequired[Decimal | int]
    lines: list[BomLineInput]


class BomLineInput(TypedDict):
    """An input (materialId or inputSkuId) or a by-product (byProductSkuId), exactly one of them; a key that is null
    counts as absent.
    """

    materialId: NotRequired[str | None]
    inputSkuId: NotRequired[str | None]
    byProductSkuId: NotRequired[str | None]
    quantity: NotRequired[Decimal | int]
    unit: NotRequired[str]
    unitQuantity: NotRequired[Decimal | int]
    scrapPercent: NotRequired[Decimal | int]
    costSharePercent: NotRequired[Decimal | int]


class BomBulkImport(TypedDict):
    rows: list[BomImport]
