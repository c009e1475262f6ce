from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pharus import jobs
from pharus.calendar import UTC_CALENDAR, Calendar
from pharus.db import db, unit_of_work
from pharus.errors import ConfigurationError
from pharus.jobs import MONDAY_TO_FRIDAY, Daily, Every, Job
from tests.factories import Organization
from tests.pharus.acting import owner_of

HOURS, MINUTES = st.integers(0, 23), st.integers(0, 59)
PARIS = Calendar("Europe/Paris")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.no_database
@pytest.mark.parametrize(
    ("schedule", "after", "following"),
    [
        (Every(15), "2026-11-28T10:07", "2026-11-28T10:15"),
        (Every(15), "2026-11-28T10:15", "2026-11-28T10:30"),
        # What does not go into a day begins anew at midnight.
        (Every(7 * 60), "2026-11-28T22:00", "2026-11-29T00:00"),
        (Every(1440), "2026-11-28T22:00", "2026-11-29T00:00"),
        (Daily(time(2)), "2026-11-28T00:59", "2026-11-28T01:00"),
        (Daily(time(2)), "2026-11-28T01:00", "2026-11-29T01:00"),
        (Daily(time(2)), "2026-07-01T00:00", "2026-07-02T00:00"),
        # The clock goes from 2:00 to 3:00, and from 3:00 back to 2:00.
        (Daily(time(2, 30)), "2026-03-28T12:00", "2026-03-29T01:30"),
        (Daily(time(2, 30)), "2026-10-24T12:00", "2026-10-25T00:30"),
        (Daily(time(2, 30)), "2026-10-25T00:30", "2026-10-26T01:30"),
        # From Friday to Monday.
        (Daily(time(2), MONDAY_TO_FRIDAY), "2026-11-27T12:00", "2026-11-30T01:00"),
        (Daily(time(0), (6,)), "2026-11-28T22:59", "2026-11-28T23:00"),
    ],
)
def test_next_time_is_the_first_behind_a_moment_by_the_clock_of_the_organization(
    schedule: Daily | Every, after: str, following: str
) -> None:
    assert schedule.next(at(after), PARIS) == at(following)


@pytest.mark.no_database
@given(
    st.integers(0, 5_000 * 86_400),
    st.one_of(st.builds(Every, st.integers(1, 1440)), st.builds(Daily, st.builds(time, HOURS, MINUTES))),
    st.sampled_from(["UTC", "Europe/Paris", "America/St_Johns", "Australia/Lord_Howe", "Pacific/Apia"]),
)
def test_next_time_is_never_past_and_at_most_a_day_and_a_bit_away(
    seconds: int, schedule: Daily | Every, zone: str
) -> None:
    after = at("2020-01-01") + timedelta(seconds=seconds)
    following = schedule.next(after, Calendar(zone))
    assert after < following <= after + timedelta(hours=50)
    assert schedule.next(following - timedelta(microseconds=1), Calendar(zone)) == following


@pytest.mark.no_database
def test_schedules_are_told_in_words() -> None:
    assert str(Every(15)) == "every 15 minutes"
    assert str(Daily(time(2, 5))) == "daily at 02:05"
    assert str(Daily(time(2), (0, 6))) == "daily at 02:00 on Mon, Sun"


@pytest.mark.no_database
@pytest.mark.parametrize(
    ("made", "message"),
    [
        ([Job("Nightly", print)], "a job called 'Nightly'"),
        ([Job("", print)], "a job called ''"),
        ([Job("a" * 61, print)], "take small letters"),
        ([Job("x", print), Job("x", print)], "two jobs called x"),
        ([Job("x", print, Every(0))], "runs every 1 to 1440 minutes"),
        ([Job("x", print, Daily(time(), ()))], "runs on no day of the week"),
    ],
)
def test_jobs_that_cannot_be_run_are_refused(made: list[Job], message: str) -> None:
    with pytest.raises(ConfigurationError, match=message):
        jobs.check("labels", made)
    jobs.check("labels", [Job("nightly-2", print, Every(1440)), Job("by-hand", print)])


def test_what_is_asked_for_is_there_when_the_transaction_has_committed_and_not_else(
    organization: Organization,
) -> None:
    with unit_of_work(owner_of(organization.id)) as unit:
        jobs.enqueue("labels", "print", {"copies": 3}, delay=timedelta(minutes=5))
        due = unit.now + timedelta(minutes=5)
    with pytest.raises(LookupError), unit_of_work(owner_of(organization.id)):
        jobs.enqueue("labels", "print")
        raise LookupError
    rows = db.rows("SELECT plugin, name, argument::text, due_at FROM plugin_job WHERE org_id = %s", (organization.id,))
    assert rows == [("labels", "print", '{"copies": 3}', due)]
    assert UTC_CALENDAR.at(due.date(), time(1)).hour == 1
