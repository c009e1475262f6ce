"""The shapes of the requests and responses of locations.

Generated from openapi.yaml by `make codegen`. Do not edit.
"""

from __future__ import annotations

import datetime
from typing import NotRequired, TypedDict

from pharus.schemas import StillHolds


class Location(TypedDict):
    id: str
    orgId: str
    name: str
    sortOrder: int
    address: str | None
    city: str | None
    state: str | None
    country: str | None
    zipCode: str | None
    contactName: str | None
    contactEmail: str | None
    contactPhone: str | None
    notes: str | None
    isActive: bool
    stillHolds: NotRequired[StillHolds]
    createdAt: datetime.datetime
    updatedAt: datetime.datetime


class LocationCreate(TypedDict):
    name: str
    address: NotRequired[str | None]
    city: NotRequired[str | None]
    state: NotRequired[str | None]
    country: NotRequired[str | None]
    zipCode: NotRequired[str | None]
    notes: NotRequired[str | None]
    contactName: NotRequired[str | None]
    contactEmail: NotRequired[str | None]
    contactPhone: NotRequired[str | None]
    isActive: NotRequired[bool]


class LocationUpdate(TypedDict):
    """Only the keys that are sent change; null clears a value."""

    name: NotRequired[str]
    address: NotRequired[str | None]
    city: NotRequired[str | None]
    state: NotRequired[str | None]
    country: NotRequired[str | None]
    zipCode: NotRequired[str | None]
    notes: NotRequired[str | None]
    sortOrder: NotRequired[int]
    isActive: NotRequired[bool]
    contactName: NotRequired[str | None]
    contactEmail: NotRequired[str | None]
    contactPhone: NotRequired[str | None]


class LocationList(TypedDict):
    data: list[Location]


class LocationBulkImport(TypedDict):
    rows: list[LocationCreate]


class LocationInUse(TypedDict):
    inUse: bool
    references: LocationReferences


class LocationReferences(TypedDict):
    """How many records of each kind refer to the location."""

    poCount: int
    woCount: int
    soCount: int
    ledgerCount: int
    productionOrderCount: int
