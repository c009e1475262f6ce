"""The shapes of customers.

Generated from openapi.yaml by `make codegen`. Do not edit.
"""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import NotRequired, TypedDict

from pharus_client.models.shared import ListTotal


class Customer(TypedDict):
    id: str
    orgId: str
    name: str
    customerTypeId: str
    customerSegmentId: str | None
    brokerId: str | None
    brokerFeePercent: Decimal | None
    address: str | None
    city: str | None
    state: str | None
    country: str | None
    zipCode: str | None
    parentCustomerId: str | None
    qboId: str | None
    notes: str | None
    isActive: bool
    createdAt: datetime.datetime
    updatedAt: datetime.datetime
    customerTypeName: NotRequired[str]
    customerSegmentName: NotRequired[str | None]
    brokerName: NotRequired[str | None]
    parentCustomerName: NotRequired[str | None]


class CustomerCreate(TypedDict):
    name: str
    typeId: str
    segmentId: NotRequired[str | None]
    brokerId: NotRequired[str | None]
    brokerFeePercent: NotRequired[Decimal | int | None]
    address: NotRequired[str | None]
    city: NotRequired[str | None]
    state: NotRequired[str | None]
    country: NotRequired[str | None]
    zipCode: NotRequired[str | None]
    parentId: NotRequired[str | None]
    qboId: NotRequired[str | None]
    notes: NotRequired[str | None]
    isActive: NotRequired[bool]


class CustomerUpdate(TypedDict):
    """Only the keys that are sent change; null clears a value."""

    name: NotRequired[str]
    typeId: NotRequired[str]
    segmentId: NotRequired[str | None]
    brokerId: NotRequired[str | None]
    brokerFeePercent: NotRequired[Decimal | int | None]
    address: NotRequired[str | None]
    city: NotRequired[str | None]
    state: NotRequired[str | None]
    country: NotRequired[str | None]
    zipCode: NotRequired[str | None]
    parentId: NotRequired[str | None]
    qboId: NotRequired[str | None]
    notes: NotRequired[str | None]
    isActive: NotRequired[bool]


class CustomerPage(TypedDict):
    data: list[Customer]
    nextCursor: str | None
    total: NotRequired[ListTotal]


class CustomerBulkImport(TypedDict):
    rows: list[CustomerCreate]


class CustomerLookupInUse(TypedDict):
    """What refers to a customer type or customer segment."""

    inUse: bool
    customerCount: int
    sampleCustomerIds: list[str]


class BrokerInUse(TypedDict):
    """What refers to a broker."""

    inUse: bool
    customerCount: int
    soCount: int
