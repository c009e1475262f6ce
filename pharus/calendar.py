"""The days of an organization: which one a moment belongs to, when one begins, and which are closed."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Calendar:
    """`time_zone` is an IANA name; `closed_through` the last day of the closed books, None while none are."""

    time_zone: str = "UTC"
    closed_through: date | None = None

    def day_of(self, moment: datetime) -> date:
        """The day that this moment belongs to.

        >>> Calendar("Pacific/Auckland").day_of(datetime(2025, 12, 31, 19, tzinfo=UTC))
        datetime.date(2026, 1, 1)
        """
        return moment.astimezone(_zone(self.time_zone)).date()

    def start_of(self, day: date) -> datetime:
        """The first moment of the day, in UTC. ValueError or OverflowError for one that cannot be kept.

        >>> Calendar("Europe/Paris").start_of(date(2026, 3, 29)).isoformat()
        '2026-03-28T23:00:00+00:00'
        """
        return datetime.combine(day, time(), _zone(self.time_zone)).astimezone(UTC)

    def at(self, day: date, moment: time) -> datetime:
        """When the clock of the organization shows this time of the day, in UTC. One that it leaves out is the one that
        it has then; one that it shows twice, the first.

        >>> Calendar("Europe/Paris").at(date(2026, 3, 29), time(2, 30)).isoformat()
        '2026-03-29T01:30:00+00:00'
        """
        return datetime.combine(day, moment, _zone(self.time_zone)).astimezone(UTC)

    def end_of(self, day: date) -> datetime:
        """The first moment after the day, in UTC."""
        return self.start_of(day + timedelta(days=1))

    def moment(self, text: str) -> datetime:
        """A date (its first moment) or an RFC 3339 date-time, in UTC. The document has checked the form."""
        if len(text) == 10:
            return self.start_of(date.fromisoformat(text))
        return datetime.fromisoformat(text.upper()).astimezone(UTC)

    def is_closed(self, moment: datetime) -> bool:
        return self.closed_through is not None and self.day_of(moment) <= self.closed_through


# That of an organization that has said nothing, and of who acts in none.
UTC_CALENDAR = Calendar()


@lru_cache(maxsize=1024)
def calendar_of(time_zone: str | None, closed_through: date | None) -> Calendar:
    """That of an organization; of none, that of UTC."""
    return UTC_CALENDAR if time_zone is None else Calendar(time_zone, closed_through)


@lru_cache(maxsize=1024)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)
