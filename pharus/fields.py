"""Column types of our tables: ids, exact decimals, business dates, UTC timestamps."""

import decimal
import os
import struct
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import peewee

# Products of two 18-digit numbers are exact in 60 digits; the 28 of the standard context are not enough. Threads that
# start later take theirs from the default context.
decimal.DefaultContext.prec = 60
decimal.getcontext().prec = 60


class _IdState(threading.local):
    """Of each thread: its last id, and random numbers for the next ones. To ask the system anew for each id would take
    longer than all the rest."""

    def __init__(self) -> None:
        self.last = 0
        self.random: list[int] = []


_ids = _IdState()
_LAST_BITS = (1 << 62) - 1
_FIRST_DAY = date(1970, 1, 1)


def new_id() -> str:
    """A UUID version 7: keys are ordered by time, so that indexes grow at one end.

    48 bits are the milliseconds since 1970, the others come from the system's secure random numbers. Ids of one
    thread always ascend: within a millisecond each follows the last one at a random distance. Libraries add one
    instead, so that two ids show how many records others made in between.
    """
    ids = _ids
    random = ids.random
    if not random:
        random.extend(struct.unpack("128Q", os.urandom(1024)))
    bits = time.time_ns() // 1_000_000 << 74
    bits = bits | random.pop() << 10 if bits > ids.last else ids.last + 1 + random.pop()
    ids.last = bits
    # 60 bits, the version, and 62 bits behind the two of the variant.
    text = (bits >> 62 << 64 | bits & _LAST_BITS | 1 << 63).to_bytes(16).hex()
    return f"{text[1:9]}-{text[9:13]}-7{text[13:16]}-{text[16:20]}-{text[20:]}"


def new_ids(count: int) -> list[str]:
    """So many at once, ascending, in less than half of the time: one millisecond, in which they are random."""
    ids = _ids
    milliseconds = max(time.time_ns() // 1_000_000, (ids.last >> 74) + 1)
    # What comes next is of a later millisecond.
    ids.last = (milliseconds + 1 << 74) - 1
    time_digits, random = f"{milliseconds:012x}", os.urandom(9 * count).hex()
    before = f"{time_digits[:8]}-{time_digits[8:]}-7"
    digits = sorted(random[at : at + 18] for at in range(0, len(random), 18))
    return [f"{before}{each[:3]}-8{each[3:6]}-{each[6:]}" for each in digits]


def ids_of_days(days: Sequence[date]) -> list[str]:
    """Ids of records of these days, each as if it had been made then: lists whose newest comes first have them where
    they belong. Those of one day are in the order of the list."""
    random = os.urandom(9 * len(days)).hex()
    made = []
    for number, day in enumerate(days):
        # No day before the first one that an id can say.
        milliseconds = max(0, (day - _FIRST_DAY).days) * 86_400_000 + number
        digits, each = f"{milliseconds:012x}", random[18 * number : 18 * number + 18]
        made.append(f"{digits[:8]}-{digits[8:]}-7{each[:3]}-8{each[3:6]}-{each[6:]}")
    return made


def _forget_ids() -> None:
    """In a process that was split off: with the same numbers it would make the same ids."""
    global _ids
    _ids = _IdState()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_ids)


def canonical(value: Decimal) -> str:
    """The contract's decimal string: no exponent, no trailing zeros, no minus zero (docs/rules.md, Values).

    >>> canonical(Decimal("950.000000")), canonical(Decimal("1E+3")), canonical(Decimal("-0.0"))
    ('950', '1000', '0')
    """
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def canonical_sql(expression: str) -> str:
    """The SQL expression of a decimal as the text that `canonical` makes of it. Where rows are only shown, PostgreSQL
    writes each decimal once; a Decimal on the way would cost more than the rest of the row.

    >>> canonical_sql("quantity")
    'trim_scale(quantity)::text'
    """
    return f"trim_scale({expression})::text"


_CENT = Decimal("0.01")


def to_cents(amount: Decimal) -> Decimal:
    """Half up to cents, whatever the number of its digits.

    >>> to_cents(Decimal("1234.565"))
    Decimal('1234.57')
    """
    with decimal.localcontext(prec=100):
        return amount.quantize(_CENT, decimal.ROUND_HALF_UP)


def canonical_instant(text: str) -> str:
    """The contract's timestamp, of the text that PostgreSQL gives of one in a session in UTC.

    >>> canonical_instant("2026-03-29 12:00:00+00"), canonical_instant("2026-03-29 12:00:00.25+00")
    ('2026-03-29T12:00:00Z', '2026-03-29T12:00:00.250000Z')
    """
    if len(text) == 22:
        return f"{text[:10]}T{text[11:19]}Z"
    return f"{text[:10]}T{text[11:-3]:0<15}Z"


def business_date(text: str) -> date:
    """The date part of a date or of an RFC 3339 date-time, which the document has checked.

    >>> business_date("2026-03-02"), business_date("2026-03-02T23:30:00-08:00")
    (datetime.date(2026, 3, 2), datetime.date(2026, 3, 2))
    """
    return date.fromisoformat(text[:10])


class IdField(peewee.UUIDField):
    """A uuid column whose Python value is its text: ids go in and out as text, so no UUID object is ever needed."""

    def db_value(self, value: Any) -> Any:
        return value

    def python_value(self, value: Any) -> Any:
        return value


# NUMERIC(18,6) has twelve digits before the point: from here on nothing can be kept.
TOO_LARGE = Decimal(10**12)


class AmountField(peewee.DecimalField):
    """NUMERIC(18,6): quantities and money. More than six decimals never get here; the contract refuses them."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_digits=18, decimal_places=6, auto_round=False, **options)


class TextsField(peewee.Field):
    """text[]; the Python value is a list."""

    field_type = "TEXT[]"


class NamedTextsField(peewee.Field):
    """jsonb with an object of texts; the Python value is a dictionary. It is written as JSON."""

    field_type = "JSONB"


class InstantField(peewee.DateTimeField):
    """timestamptz; the Python value is always aware and in UTC."""

    field_type = "TIMESTAMPTZ"

    def python_value(self, value: Any) -> Any:
        return value.astimezone(UTC) if isinstance(value, datetime) else value


class ValueField(peewee.DecimalField):
    """NUMERIC(36,12): value, the exact product of a quantity and a unit cost."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_digits=36, decimal_places=12, auto_round=False, **options)


class BusinessDateField(peewee.DateField):
    """DATE: a day on which something took place or is due, without a time and a time zone."""

    def python_value(self, value: Any) -> Any:
        return value


def as_stored(field: peewee.Field) -> Callable[[Any], Any]:
    """What the database gives back for a value of the field, once it is stored. The callable takes no None."""
    if isinstance(field, peewee.DecimalField):
        exponent = Decimal(1).scaleb(-field.decimal_places)
        return lambda value: Decimal(value).quantize(exponent, decimal.ROUND_HALF_UP)
    return _AS_STORED.get(field.field_type, as_it_is)


def as_it_is(value: Any) -> Any:
    return value


def _instant(value: datetime | str) -> datetime:
    return (datetime.fromisoformat(value) if isinstance(value, str) else value).astimezone(UTC)


# PostgreSQL's types whose values can be written as the texts that JSON has of them, by the names that peewee has.
SQL_TYPES: Mapping[str, str] = {
    "BIGINT": "bigint",
    "BOOL": "boolean",
    "DATE": "date",
    "DECIMAL": "numeric",
    "INT": "integer",
    "SMALLINT": "smallint",
    "TEXT": "text",
    "TIMESTAMPTZ": "timestamptz",
    "UUID": "uuid",
    "VARCHAR": "text",
}

_AS_STORED: Mapping[str, Callable[[Any], Any]] = {
    "INT": int,
    "SMALLINT": int,
    # The contract shows a BIGINT as a string: not every reader of JSON keeps all its digits.
    "BIGINT": str,
    "DATE": lambda value: business_date(value) if isinstance(value, str) else value,
    "TIMESTAMPTZ": _instant,
}
