"""The shapes of the requests and responses of prices.

Generated from openapi.yaml by `make codegen`. Do not edit.
"""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import NotRequired, TypedDict

from pharus.schemas import ListTotal
from pharus.shown import Shown


class SupplierPrice(TypedDict):
    """What a material or SKU costs at a vendor; either materialId or skuId is null."""

    id: str
    orgId: str
    vendorId: str
    materialId: str | None
    skuId: str | None
    supplierItemCode: str | None
    minQuantity: Decimal
    unitCost: Decimal
    validFrom: datetime.date
    validTo: datetime.date | None
    notes: str | None
    createdAt: datetime.datetime
    updatedAt: datetime.datetime
    unit: str | None
    unitFactor: str | None
    vendorName: NotRequired[str]
    materialCode: NotRequired[str | None]
    materialName: NotRequired[str | None]
    skuCode: NotRequired[str | None]
    skuName: NotRequired[str | None]


class SupplierPriceCreate(TypedDict):
    """With exactly one of materialId and skuId; a key that is null counts as absent."""

    vendorId: str
    materialId: NotRequired[str | None]
    skuId: NotRequired[str | None]
    supplierItemCode: NotRequired[str | None]
    minQuantity: NotRequired[Decimal | int]
    unitCost: Decimal | int
    validFrom: NotRequired[str]
    validTo: NotRequired[str | None]
    notes: NotRequired[str | None]
    unit: NotRequired[str | None]


class SupplierPriceUpdate(TypedDict):
    """Only the keys that are sent change; null clears a value."""

    supplierItemCode: NotRequired[str | None]
    minQuantity: NotRequired[Decimal | int]
    unitCost: NotRequired[Decimal | int]
    validFrom: NotRequired[str]
    validTo: NotRequired[str | None]
    notes: NotRequired[str | None]


class SupplierPricePage(TypedDict):
    data: list[Shown[SupplierPrice]]
    nextCursor: str | None
    total: NotRequired[ListTotal]


class SupplierPriceBulkImport(TypedDict):
    rows: list[SupplierPriceCreate]


class SupplierPriceLookUp(TypedDict):
    """Which supplier price holds for a quantity on a day."""

    vendorId: str
    materialId: str | None
    skuId: str | None
    quantity: Decimal
    date: datetime.date
    unitCost: Decimal | None
    amount: Decimal | None
    supplierPriceId: str | None
    minQuantity: Decimal | None
    supplierItemCode: str | None
    validFrom: datetime.date | None
    validTo: datetime.date | None
    unit: str | None
    pricePerUnit: Decimal | None


class CustomerPrice(TypedDict):
    """What a SKU is sold for to a customer, a segment or everybody."""

    id: str
    orgId: str
    skuId: str
    customerId: str | None
    customerSegmentId: str | None
    minQuantity: Decimal
    unitPrice: Decimal
    validFrom: datetime.date
    validTo: datetime.date | None
    notes: str | None
    createdAt: datetime.datetime
    updatedAt: datetime.datetime
    unit: str | None
    unitFactor: str | None
    skuCode: NotRequired[str]
    skuName: NotRequired[str]
    customerName: NotRequired[str | None]
    customerSegmentName: NotRequired[str | None]


class CustomerPriceCreate(TypedDict):
    """With at most one of customerId and customerSegmentId; with neither it is a price for everybody."""

    skuId: str
    customerId: NotRequired[str | None]
    customerSegmentId: NotRequired[str | None]
    minQuantity: NotRequired[Decimal | int]
    unitPrice: Decimal | int
    validFrom: NotRequired[str]
    validTo: NotRequired[str | None]
    notes: NotRequired[str | None]
    unit: NotRequired[str | None]


class CustomerPriceUpdate(TypedDict):
    """Only the keys that are sent change; null clears a value."""

    minQuantity: NotRequired[Decimal | int]
    unitPrice: NotRequired[Decimal | int]
    validFrom: NotRequired[str]
    validTo: NotRequired[str | None]
    notes: NotRequired[str | None]


class CustomerPricePage(TypedDict):
    data: list[Shown[CustomerPrice]]
    nextCursor: str | None
    total: NotRequired[ListTotal]


class CustomerPriceBulkImport(TypedDict):
    rows: list[CustomerPriceCreate]


class CustomerPriceLookUp(TypedDict):
    """Which customer price holds for a quantity on a day."""

    skuId: str
    customerId: str | None
    quantity: Decimal
    date: datetime.date
    unitPrice: Decimal | None
    amount: Decimal | None
    customerPriceId: str | None
    minQuantity: Decimal | None
    forCustomerId: str | None
    forCustomerSegmentId: str | None
    validFrom: datetime.date | None
    validTo: datetime.date | None
    unit: str | None
    pricePerUnit: Decimal | None
