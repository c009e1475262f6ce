"""The group of methods `accounting`.

Generated from openapi.yaml by `make codegen`. Do not edit.
"""

from __future__ import annotations

from collections.abc import Awaitable

from pharus_client.models.accounting import (
    AccountingSettings,
    AccountingSettingsUpdate,
    AsOfBasis,
    CostOfGoods,
    CostOfGoodsGroup,
    CostOfGoodsRow,
    JournalEntry,
    JournalPage,
    Valuation,
)
from pharus_client.pages import AsyncPages, Pages
from pharus_client.transport import Async, Request, Sync
from pharus_client.values import Moment, Version


class Accounting:
    """`client.accounting`: what the stock is worth and what sales cost, as of any moment, the journal of both, and the
    settings of the books.
    """

    def __init__(self, transport: Sync) -> None:
        self._transport = transport

    def get_accounting_settings(self, *, if_none_match: AccountingSettings | None = None) -> AccountingSettings:
        """Get accounting settings.

        The time zone, which says what day it is and which day a moment belongs to, the last day of the closed books,
        and the names of the accounts of the journal.

        The least role is viewer.
        """
        request = Request("GET", "/api/accounting/settings", if_none_match=if_none_match)
        return self._transport.send(request, AccountingSettings)

    def update_accounting_settings(
        self,
        body: AccountingSettingsUpdate,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> AccountingSettings:
        """Update accounting settings.

        Changes the keys that are sent and leaves the others, also of `accounts`. `timeZone` is a name of the IANA time
        zone database. `closedThrough` must be before today (422); from then on an event that is dated on that day or
        earlier is refused with 409 `period_closed`, and null opens all periods again. Requests that began before may
        still post.

        The least role is admin.
        """
        request = Request(
            "PATCH",
            "/api/accounting/settings",
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return self._transport.send(request, AccountingSettings)

    def get_valuation(
        self,
        *,
        as_of: Moment | None = None,
        as_of_basis: AsOfBasis | None = None,
        location_id: str | None = None,
    ) -> Valuation:
        """Stock valuation.

        What the stock is worth at moving average as of `asOf`, the end of today if it is not sent: for each item at
        each location where something is or is on its way to, for each location, and in all. `locationId` narrows it to
        one location; it is empty when there is no such thing. It comes whole, without pages.

        The least role is viewer.
        """
        request = Request(
            "GET",
            "/api/accounting/valuation",
            query={"asOf": as_of, "asOfBasis": as_of_basis, "locationId": location_id},
        )
        return self._transport.send(request, Valuation)

    def get_cost_of_goods(
        self,
        *,
        group_by: CostOfGoodsGroup | None = None,
        date_from: Moment | None = None,
        as_of: Moment | None = None,
        as_of_basis: AsOfBasis | None = None,
        limit: int | None = None,
    ) -> Pages[CostOfGoods, CostOfGoodsRow]:
        """Cost of goods sold.

        What the goods cost that sales orders took from `dateFrom` on, the beginning if it is not sent, up to `asOf`,
        the end of today if it is not sent: the value with which they left, less that of what came back. Orders and
        customers come in the order in which they were made, all of them; SKUs by code and months by date, those with
        something to show; months all at once. `variance` is what corrections of receipts and productions of finished
        goods could no longer put right in the stock (positive: too much was charged); it is known of SKUs and months,
        not of single sales, so it is null elsewhere. In `total`, which counts all rows of all pages, `netCostOfGoods`
        is `costOfGoods` less `variance`. Without `dateFrom`, months go back 240 at most (422).

        The least role is viewer.
        """

        def fetch(cursor: str | None) -> CostOfGoods:
            request = Request(
                "GET",
                "/api/accounting/cost-of-goods",
                query={
                    "groupBy": group_by,
                    "dateFrom": date_from,
                    "asOf": as_of,
                    "asOfBasis": as_of_basis,
                    "limit": limit,
                    "cursor": cursor,
                },
            )
            return self._transport.send(request, CostOfGoods)

        return Pages(fetch)

    def list_journal_entries(
        self,
        *,
        date_from: Moment | None = None,
        date_to: Moment | None = None,
        limit: int | None = None,
    ) -> Pages[JournalPage, JournalEntry]:
        """List journal entries.

        Every movement of value of both ledgers as a double entry, the oldest `eventDate` first, in pages: one entry for
        each row of a ledger that moves value, with the row's id and code. The debits of an entry are its credits, to
        the last digit, and the sums of the inventory accounts up to a day are the valuation of that day. `dateFrom` and
        `dateTo` narrow it to a time. A cursor belongs to the list it came from: keep the filters the same from page to
        page.

        The least role is viewer.
        """

        def fetch(cursor: str | None) -> JournalPage:
            request = Request(
                "GET",
                "/api/accounting/journal",
                query={"dateFrom": date_from, "dateTo": date_to, "limit": limit, "cursor": cursor},
            )
            return self._transport.send(request, JournalPage)

        return Pages(fetch)


class AsyncAccounting:
    """The same for `AsyncClient`."""

    def __init__(self, transport: Async) -> None:
        self._transport = transport

    async def get_accounting_settings(self, *, if_none_match: AccountingSettings | None = None) -> AccountingSettings:
        """Get accounting settings.

        The time zone, which says what day it is and which day a moment belongs to, the last day of the closed books,
        and the names of the accounts of the journal.

        The least role is viewer.
        """
        request = Request("GET", "/api/accounting/settings", if_none_match=if_none_match)
        return await self._transport.send(request, AccountingSettings)

    async def update_accounting_settings(
        self,
        body: AccountingSettingsUpdate,
        *,
        if_match: Version = None,
        idempotency_key: str | None = None,
    ) -> AccountingSettings:
        """Update accounting settings.

        Changes the keys that are sent and leaves the others, also of `accounts`. `timeZone` is a name of the IANA time
        zone database. `closedThrough` must be before today (422); from then on an event that is dated on that day or
        earlier is refused with 409 `period_closed`, and null opens all periods again. Requests that began before may
        still post.

        The least role is admin.
        """
        request = Request(
            "PATCH",
            "/api/accounting/settings",
            body=body,
            takes_key=True,
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
        return await self._transport.send(request, AccountingSettings)

    async def get_valuation(
        self,
        *,
        as_of: Moment | None = None,
        as_of_basis: AsOfBasis | None = None,
        location_id: str | None = None,
    ) -> Valuation:
        """Stock valuation.

        What the stock is worth at moving average as of `asOf`, the end of today if it is not sent: for each item at
        each location where something is or is on its way to, for each location, and in all. `locationId` narrows it to
        one location; it is empty when there is no such thing. It comes whole, without pages.

        The least role is viewer.
        """
        request = Request(
            "GET",
            "/api/accounting/valuation",
            query={"asOf": as_of, "asOfBasis": as_of_basis, "locationId": location_id},
        )
        return await self._transport.send(request, Valuation)

    def get_cost_of_goods(
        self,
        *,
        group_by: CostOfGoodsGroup | None = None,
        date_from: Moment | None = None,
        as_of: Moment | None = None,
        as_of_basis: AsOfBasis | None = None,
        limit: int | None = None,
    ) -> AsyncPages[CostOfGoods, CostOfGoodsRow]:
        """Cost of goods sold.

        What the goods cost that sales orders took from `dateFrom` on, the beginning if it is not sent, up to `asOf`,
        the end of today if it is not sent: the value with which they left, less that of what came back. Orders and
        customers come in the order in which they were made, all of them; SKUs by code and months by date, those with
        something to show; months all at once. `variance` is what corrections of receipts and productions of finished
        goods could no longer put right in the stock (positive: too much was charged); it is known of SKUs and months,
        not of single sales, so it is null elsewhere. In `total`, which counts all rows of all pages, `netCostOfGoods`
        is `costOfGoods` less `variance`. Without `dateFrom`, months go back 240 at most (422).

        The least role is viewer.
        """

        def fetch(cursor: str | None) -> Awaitable[CostOfGoods]:
            request = Request(
                "GET",
                "/api/accounting/cost-of-goods",
                query={
                    "groupBy": group_by,
                    "dateFrom": date_from,
                    "asOf": as_of,
                    "asOfBasis": as_of_basis,
                    "limit": limit,
                    "cursor": cursor,
                },
            )
            return self._transport.send(request, CostOfGoods)

        return AsyncPages(fetch)

    def list_journal_entries(
        self,
        *,
        date_from: Moment | None = None,
        date_to: Moment | None = None,
        limit: int | None = None,
    ) -> AsyncPages[JournalPage, JournalEntry]:
        """List journal entries.

        Every movement of value of both ledgers as a double entry, the oldest `eventDate` first, in pages: one entry for
        each row of a ledger that moves value, with the row's id and code. The debits of an entry are its credits, to
        the last digit, and the sums of the inventory accounts up to a day are the valuation of that day. `dateFrom` and
        `dateTo` narrow it to a time. A cursor belongs to the list it came from: keep the filters the same from page to
        page.

        The least role is viewer.
        """

        def fetch(cursor: str | None) -> Awaitable[JournalPage]:
            request = Request(
                "GET",
                "/api/accounting/journal",
                query={"dateFrom": date_from, "dateTo": date_to, "limit": limit, "cursor": cursor},
            )
            return self._transport.send(request, JournalPage)

        return AsyncPages(fetch)
