"""Decisions on times and references of the inventory (docs/rules.md, Inventory)."""

from datetime import UTC, date, datetime, time, timedelta

from pharus.errors import Invalid, Problem
from pharus.fields import business_date
from pharus.references import References

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


def instant(text: str) -> datetime:
    """A date (its first moment, in UTC) or an RFC 3339 date-time. The document has checked the form."""
    if len(text) == 10:
        return datetime.combine(date.fromisoformat(text), time(), UTC)
    return datetime.fromisoformat(text.upper()).astimezone(UTC)


def event_date(text: str | None, now: datetime, path: str = "/eventDate") -> datetime | None:
    """When the event took place; None for now. It may lie in the past, at most a day ahead."""
    if text is None:
        return None
    moment = _readable(text, path)
    if moment > now + _AHEAD:
        raise Invalid([Problem(path, "must be at most one day ahead")])
    return moment


def receipt_date(text: str | None, now: datetime) -> tuple[date, datetime | None]:
    """The day of a receipt, and when its entries took place: None, which means now, for one of today."""
    moment = event_date(text, now, "/receiptDate")
    if text is None or text == now.date().isoformat():
        return now.date(), None
    return business_date(text), moment


def arrival_date(text: str | None, sent: datetime, now: datetime) -> datetime:
    """When a transfer arrived. The day on which it was sent, given as a plain date, means after it was sent."""
    moment = event_date(text, now) or max(now, sent)
    if text is not None and len(text) == 10 and moment.date() == sent.date():
        return sent
    return moment


def period(first: str | None, last: str | None) -> tuple[datetime | None, datetime | None]:
    """The first moment of a period and the first one after it, of `dateFrom` and `dateTo`, both inclusive."""
    start = None if first is None else _readable(first, "query/dateFrom")
    if last is None:
        return start, None
    end = _readable(last, "query/dateTo")
    try:
        return start, end + (timedelta(days=1) if len(last) == 10 else timedelta(microseconds=1))
    except OverflowError:
        # Nothing comes after the end of the calendar.
        return start, None


def ref_prefix(ref: str | None) -> str | None:
    """What the ref begins with, if it ends in %; None for a whole one."""
    return ref[:-1] if ref is not None and ref.endswith("%") else None


def _readable(text: str, path: str) -> datetime:
    """A day that no calendar has, or a moment before the first or after the last one that can be kept, is refused."""
    try:
        return instant(text)
    except (ValueError, OverflowError):
        raise Invalid([Problem(path, "is no date")]) from None
