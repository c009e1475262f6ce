"""The operations of the accounting domain, in the order of the document."""

from pharus.db import current
from pharus.listing import DEFAULT_LIMIT
from plugins.accounting import accounts, cost_of_goods, journal, valuation
from plugins.accounting.schemas import (
    AccountingSettings,
    AccountingSettingsUpdate,
    CostOfGoods,
    JournalPage,
    Valuation,
)
from plugins.inventory import rules
from plugins.inventory.history import AsOf, Basis


def get_accounting_settings() -> AccountingSettings:
    return accounts.settings()


def update_accounting_settings(body: AccountingSettingsUpdate) -> AccountingSettings:
    return accounts.change(body)


def get_valuation(as_of: str | None = None, as_of_basis: Basis = "event", location_id: str | None = None) -> Valuation:
    return valuation.report(_as_of(as_of, as_of_basis), location_id)


def get_cost_of_goods(
    group_by: str = "order",
    date_from: str | None = None,
    as_of: str | None = None,
    as_of_basis: Basis = "event",
    cursor: str | None = None,
    limit: int = DEFAULT_LIMIT,
) -> CostOfGoods:
    start, _ = rules.period(date_from, None)
    period = cost_of_goods.Period(None if start is None else AsOf(start, as_of_basis), _as_of(as_of, as_of_basis))
    return cost_of_goods.report(period, group_by, cursor, limit)


def list_journal_entries(
    date_from: str | None = None,
    date_to: str | None = None,
    cursor: str | None = None,
    limit: int = DEFAULT_LIMIT,
) -> JournalPage:
    return journal.page(*rules.period(date_from, date_to), cursor, limit)


def _as_of(text: str | None, basis: Basis) -> AsOf:
    """The end of today where nothing is asked for."""
    given = rules.as_of(text, basis)
    return AsOf(current().calendar.end_of(current().today), basis) if given is None else given
