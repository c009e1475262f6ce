"""Days of an organization: time zones that are ahead and behind, and days of 23 and 25 hours."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pharus.calendar import Calendar

pytestmark = pytest.mark.no_database

ZONES = ("UTC", "Europe/Paris", "Pacific/Auckland", "America/St_Johns", "Pacific/Kiritimati", "Africa/Cairo")


@given(
    st.sampled_from(ZONES),
    st.integers(0, 4_000_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC)),
)
def test_every_moment_is_in_its_day(zone: str, moment: datetime) -> None:
    calendar = Calendar(zone)
    day = calendar.day_of(moment)
    assert calendar.start_of(day) <= moment < calendar.end_of(day)


@pytest.mark.parametrize(("day", "hours"), [("2026-03-29", 23), ("2026-10-25", 25), ("2026-06-01", 24)])
def test_a_day_may_have_an_hour_more_or_less(day: str, hours: int) -> None:
    calendar, of = Calendar("Europe/Paris"), date.fromisoformat(day)
    assert calendar.end_of(of) - calendar.start_of(of) == timedelta(hours=hours)


def test_a_date_is_its_first_moment_and_a_date_time_is_itself() -> None:
    calendar = Calendar("Pacific/Auckland")
    assert calendar.moment("2026-01-01") == datetime(2025, 12, 31, 11, tzinfo=UTC)
    assert calendar.moment("2026-01-01t08:00:00+13:00") == datetime(2025, 12, 31, 19, tzinfo=UTC)


def test_closed_is_every_day_up_to_the_last_one() -> None:
    calendar = Calendar("Pacific/Auckland", date(2026, 1, 31))
    assert calendar.is_closed(datetime(2026, 1, 31, 10, 59, tzinfo=UTC))
    assert not calendar.is_closed(datetime(2026, 1, 31, 11, tzinfo=UTC))
    assert not Calendar().is_closed(datetime(1975, 1, 1, tzinfo=UTC))
