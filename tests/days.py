"""The day that it is. Asked for in each test: a run of the tests may begin before midnight and end after it."""

from datetime import UTC, date, datetime


def today() -> date:
    return datetime.now(UTC).date()
