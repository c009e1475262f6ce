"""The shapes of the requests and responses of pharus_inspections.

Generated from openapi.yaml by `make codegen`. Do not edit.
"""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Literal, NotRequired, TypedDict

from pharus.shown import Shown

# What became of an inspection.
InspectionsStatus = Literal["pending", "overdue", "passed", "failed"]


class InspectionsInspection(TypedDict):
    """The inspection of one material of a receipt."""

    id: str
    orgId: str
    receiptId: str
    materialId: str
    quantity: Decimal
    status: InspectionsStatus
    notes: str | None
    decidedAt: datetime.datetime | None
    createdAt: datetime.datetime
    updatedAt: datetime.datetime
    materialName: NotRequired[str | None]


class InspectionsInspectionPage(TypedDict):
    """One page of inspections."""

    data: list[Shown[InspectionsInspection]]
    nextCursor: str | None


class InspectionsDecision(TypedDict):
    """Whether the goods have passed."""

    passed: bool
    notes: NotRequired[str]


class InspectionsReceiptCreate(TypedDict):
    """What came with the goods."""

    certificate: str


class InspectionsReceipt(TypedDict):
    """The certificate that came with the goods, and the worst of what became of their inspections."""

    certificate: str | None
    result: InspectionsStatus
