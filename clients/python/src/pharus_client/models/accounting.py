"""The shapes of accounting.

Generated from openapi.yaml by `make codegen`. Do not edit.
"""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Literal, NotRequired, TypedDict

from pharus_client.values import Moment

# An account of the journal.
Account = Literal[
    "materials",
    "finishedGoods",
    "goodsInTransit",
    "goodsReceived",
    "production",
    "conversionCosts",
    "costOfGoods",
    "variance",
    "adjustments",
    "writeOffs",
    "openingBalances",
]


class AccountNames(TypedDict):
    """The name of each account, as the accountant's program knows it."""

    materials: str
    finishedGoods: str
    goodsInTransit: str
    goodsReceived: str
    production: str
    conversionCosts: str
    costOfGoods: str
    variance: str
    adjustments: str
    writeOffs: str
    openingBalances: str


class AccountNamesUpdate(TypedDict):
    """Only the names that are sent change."""

    materials: NotRequired[str]
    finishedGoods: NotRequired[str]
    goodsInTransit: NotRequired[str]
    goodsReceived: NotRequired[str]
    production: NotRequired[str]
    conversionCosts: NotRequired[str]
    costOfGoods: NotRequired[str]
    variance: NotRequired[str]
    adjustments: NotRequired[str]
    writeOffs: NotRequired[str]
    openingBalances: NotRequired[str]


class AccountingSettings(TypedDict):
    timeZone: str
    closedThrough: datetime.date | None
    accounts: AccountNames


class AccountingSettingsUpdate(TypedDict):
    """Only the keys that are sent change."""

    timeZone: NotRequired[str]
    closedThrough: NotRequired[Moment | None]
    accounts: NotRequired[AccountNamesUpdate]


# Whether rows count by their `eventDate` or by the time at which they were written.
AsOfBasis = Literal["event", "written"]

# The ledger of materials or that of finished goods.
LedgerName = Literal["materials", "finished_goods"]


class ValuationRow(TypedDict):
    """One item at one location."""

    ledger: LedgerName
    itemId: str
    itemCode: str
    locationId: str
    onHand: Decimal
    value: Decimal
    inTransit: Decimal
    inTransitValue: Decimal


class ValuationLocation(TypedDict):
    """What all items at one location are worth, and those on their way to it."""

    locationId: str
    value: Decimal
    inTransitValue: Decimal
    total: Decimal


class ValuationTotal(TypedDict):
    """What all of it is worth."""

    materials: Decimal
    finishedGoods: Decimal
    inTransitValue: Decimal
    total: Decimal


class Valuation(TypedDict):
    asOf: datetime.datetime
    basis: AsOfBasis
    data: list[ValuationRow]
    locations: list[ValuationLocation]
    total: ValuationTotal


class CostOfGoodsRow(TypedDict):
    """What the goods of one order, customer, SKU or month cost; the keys of the others are null."""

    orderId: str | None
    orderNumber: str | None
    customerId: str | None
    customerName: str | None
    skuId: str | None
    skuCode: str | None
    month: str | None
    quantity: Decimal
    costOfGoods: Decimal
    variance: Decimal | None


class CostOfGoodsTotal(TypedDict):
    """All of it, on this and all other pages."""

    quantity: Decimal
    costOfGoods: Decimal
    variance: Decimal
    netCostOfGoods: Decimal


class CostOfGoods(TypedDict):
    dateFrom: datetime.datetime | None
    asOf: datetime.datetime
    basis: AsOfBasis
    groupBy: CostOfGoodsGroup
    data: list[CostOfGoodsRow]
    total: CostOfGoodsTotal
    nextCursor: str | None


# What each row of the report sums up.
CostOfGoodsGroup = Literal["order", "customer", "sku", "month"]


class JournalLine(TypedDict):
    """What an entry adds to one account, on one of both sides."""

    account: Account
    name: str
    debit: Decimal
    credit: Decimal


class JournalEntry(TypedDict):
    """One movement of value as a double entry."""

    id: str
    code: str
    date: datetime.date
    eventDate: datetime.datetime
    eventType: str
    ledger: LedgerName
    itemId: str
    locationId: str
    ref: str | None
    sourceType: str | None
    sourceId: str | None
    reversesId: str | None
    createdAt: datetime.datetime
    lines: list[JournalLine]


class JournalPage(TypedDict):
    data: list[JournalEntry]
    nextCursor: str | None
