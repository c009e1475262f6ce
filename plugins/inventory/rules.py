"""Decisions on times and references of the inventory (docs/rules.md, Inventory)."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from pharus.db import current
from pharus.errors import Invalid, PeriodClosed, Problem
from pharus.references import References
from plugins.inventory.history import AsOf, Basis
from plugins.inventory.postings import Posting

# How far ahead of now an event may lie: clocks and time zones differ.
_AHEAD = timedelta(days=1)

REFERENCES = References(
    {
        "material": {"ledgerCount": [("materials_ledger_entry", "item_id")]},
        "sku": {"ledgerCount": [("finished_goods_ledger_entry", "item_id")]},
        "location": {
            "ledgerCount": [
                ("materials_ledger_entry", "location_id"),
                ("materials_ledger_entry", "to_location_id"),
                ("finished_goods_ledger_entry", "location_id"),
                ("finished_goods_ledger_entry", "to_location_id"),
            ]
        },
    }
)


def event_date(text: str | None, now: datetime, path: str = "/eventDate") -> datetime | None:
    """When the event took place; None for now. It may lie in the past, at most a day ahead. A plain date means its
    first moment in the organization's time zone."""
    if text is None:
        return None
    moment = _readable(text, path)
    if moment > now + _AHEAD:
        raise Invalid([Problem(path, "must be at most one day ahead")])
    return moment


def event_day(text: str | None, path: str = "/eventDate") -> tuple[date, datetime | None]:
    """The day of a receipt, and when its entries took place: None, which means now, for the plain date of today.

    The day is that of the entries' event date, so that a receipt and its entries agree."""
    moment = event_date(text, current().now, path)
    if moment is None or text == current().today.isoformat():
        return current().today, None
    return current().calendar.day_of(moment), moment


def moment_of(day: date | None) -> datetime | None:
    """When something took place of which only the day is known: None, which means now, for no day, for today
    and for days to come: nothing has taken place yet that did so tomorrow."""
    return None if day is None or day >= current().today else current().calendar.start_of(day)


def refuse_closed(requested: Iterable[Posting]) -> None:
    """PeriodClosed when one of the postings is dated on a day whose books are closed. What undoes something of such a
    day is dated when it is written."""
    now = current().now
    for posting in requested:
        refuse_closed_day(posting.event_date or now)


def refuse_closed_day(moment: datetime) -> None:
    """PeriodClosed when the books of the day of the moment are closed."""
    calendar = current().calendar
    if calendar.is_closed(moment):
        raise PeriodClosed(
            f"the books are closed through {calendar.closed_through}",
            details={"closedThrough": calendar.closed_through, "eventDate": moment},
        )


def arrival_date(text: str | None, sent: datetime, now: datetime) -> datetime:
    """When a transfer arrived. The day on which it was sent, given as a plain date, means after it was sent."""
    moment = event_date(text, now) or max(now, sent)
    day_of = current().calendar.day_of
    if text is not None and len(text) == 10 and day_of(moment) == day_of(sent):
        return sent
    return moment


def end_of(text: str, path: str) -> datetime:
    """The first moment after a date (its whole day counts) or after a date-time."""
    moment = _readable(text, path)
    try:
        if len(text) != 10:
            return moment + timedelta(microseconds=1)
        return current().calendar.end_of(date.fromisoformat(text))
    except OverflowError:
        # Nothing comes after the end of the calendar.
        return datetime.max.replace(tzinfo=UTC)


def as_of(text: str | None, basis: Basis) -> AsOf | None:
    """The moment to look back to, of `asOf`: the end of a day, or a date-time, which counts itself."""
    return None if text is None else AsOf(end_of(text, "query/asOf"), basis)


def period(first: str | None, last: str | None) -> tuple[datetime | None, datetime | None]:
    """The first moment of a period and the first one after it, of `dateFrom` and `dateTo`, both inclusive."""
    start = None if first is None else _readable(first, "query/dateFrom")
    if last is None:
        return start, None
    return start, end_of(last, "query/dateTo")


def ref_prefix(ref: str | None) -> str | None:
    """What the ref begins with, if it ends in %; None for a whole one."""
    return ref[:-1] if ref is not None and ref.endswith("%") else None


def _readable(text: str, path: str) -> datetime:
    """A day that no calendar has, or a moment before the first or after the last one that can be kept, is refused."""
    try:
        return current().calendar.moment(text)
    except (ValueError, OverflowError):
        raise Invalid([Problem(path, "is no date")]) from None
