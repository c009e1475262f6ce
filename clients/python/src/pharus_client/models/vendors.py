"""The shapes of vendors.

Generated from openapi.yaml by `make codegen`. Do not edit.
"""

from __future__ import annotations

import datetime
from typing import NotRequired, TypedDict

from pharus_client.models.shared import ListTotal


class Vendor(TypedDict):
    id: str
    orgId: str
    name: str
    address: str | None
    city: str | None
    state: str | None
    country: str | None
    zipCode: str | None
    term: str | None
    qboId: str | None
    notes: str | None
    isActive: bool
    createdAt: datetime.datetime
    updatedAt: datetime.datetime


class VendorCreate(TypedDict):
    name: str
    address: NotRequired[str | None]
    city: NotRequired[str | None]
    state: NotRequired[str | None]
    country: NotRequired[str | None]
    zipCode: NotRequired[str | None]
    term: NotRequired[str | None]
    qboId: NotRequired[str | None]
    notes: NotRequired[str | None]
    isActive: NotRequired[bool]


class VendorUpdate(TypedDict):
    """Only the keys that are sent change; null clears a value."""

    name: NotRequired[str]
    address: NotRequired[str | None]
    city: NotRequired[str | None]
    state: NotRequired[str | None]
    country: NotRequired[str | None]
    zipCode: NotRequired[str | None]
    term: NotRequired[str | None]
    qboId: NotRequired[str | None]
    notes: NotRequired[str | None]
    isActive: NotRequired[bool]


class VendorPage(TypedDict):
    data: list[Vendor]
    nextCursor: str | None
    total: NotRequired[ListTotal]


class VendorBulkImport(TypedDict):
    rows: list[VendorCreate]
