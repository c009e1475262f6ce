"""The jobs of a plugin: what it does in the background, when somebody has asked for it or on a schedule.

A job runs in each organization by itself, in a unit of work of its own, as an owner: behind row-level security, in the
organization's calendar. Of all servers one runs it. What it writes to the database is written once: returning commits,
raising rolls back, and a process that is killed has written nothing. What it does elsewhere may be done twice.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from threading import Event
from typing import Any

from pharus.calendar import Calendar
from pharus.db import current, db
from pharus.errors import ConfigurationError
from pharus.fields import new_id

MONDAY_TO_FRIDAY = (0, 1, 2, 3, 4)
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

# Set when one was asked for: whoever waits for jobs looks at once.
requested = Event()


@dataclass(frozen=True, slots=True)
class Every:
    """Each so many minutes, counted from midnight UTC: `Every(60)`."""

    minutes: int

    def next(self, after: datetime, calendar: Calendar) -> datetime:
        """The first moment behind `after`, in UTC."""
        start = datetime.combine(after.astimezone(UTC).date(), time(), UTC)
        gone = (after - start) // timedelta(minutes=self.minutes)
        following = start + (gone + 1) * timedelta(minutes=self.minutes)
        return min(following, start + timedelta(days=1))

    def __str__(self) -> str:
        return f"every {self.minutes} minutes"


@dataclass(frozen=True, slots=True)
class Daily:
    """Each day at this time of the organization's own clock: `Daily(time(2, 30))`; only on some `weekdays`, of which
    Monday is 0. A time that a clock leaves out is the one it has then; one that it has twice, the first."""

    at: time
    weekdays: Sequence[int] = range(7)

    def next(self, after: datetime, calendar: Calendar) -> datetime:
        """The first moment behind `after`, in UTC."""
        day = calendar.day_of(after)
        while True:
            moment = calendar.at(day, self.at)
            if moment > after and day.weekday() in self.weekdays:
                return moment
            day += timedelta(days=1)

    def __str__(self) -> str:
        days = "" if len(self.weekdays) == 7 else f" on {', '.join(_WEEKDAYS[each] for each in self.weekdays)}"
        return f"daily at {self.at:%H:%M}{days}"


Schedule = Every | Daily


@dataclass(frozen=True, slots=True)
class Job:
    """A job: what the hook `jobs` returns.

    name      small letters, digits and hyphens: `nightly`
    work      is called in a unit of work: without an argument on a schedule, with the one that was given to `enqueue`
    schedule  `Every` or `Daily`; None for one that only runs when it is asked for
    seconds   the time limit: what takes longer is given up, and its connection ended
    attempts  how often it is tried, a minute later, two, four and so on, at most an hour. Behind the last one it waits
              for its next time; one that was asked for is given up
    """

    name: str
    work: Callable[..., None]
    schedule: Schedule | None = None
    seconds: int = 300
    attempts: int = 5


def enqueue(plugin: str, name: str, argument: Any = None, *, delay: timedelta = timedelta()) -> str:
    """Have a job of the plugin done in this organization, once this transaction has committed, and not before `delay`.
    `argument` is JSON. Its id, by which it is in the list of jobs until it is done. Inside a unit of work."""
    unit, id = current(), new_id()
    text = None if argument is None else json.dumps(argument)
    db.defer(
        "INSERT INTO plugin_job (org_id, id, plugin, name, argument, due_at) VALUES (%s, %s, %s, %s, %s, %s)",
        (unit.org_id, id, plugin, name, text, unit.now + delay),
    )
    unit.after_commit(requested.set)
    return id


def check(plugin: str, jobs: Sequence[Job]) -> None:
    """ConfigurationError for jobs that cannot be run."""
    names = [job.name for job in jobs]
    for job in jobs:
        if not job.name.replace("-", "").isalnum() or job.name != job.name.lower() or len(job.name) > 60:
            raise ConfigurationError(
                f"The plugin {plugin} has a job called {job.name!r}: take small letters, digits and hyphens."
            )
        if names.count(job.name) > 1:
            raise ConfigurationError(f"The plugin {plugin} has two jobs called {job.name}.")
        if isinstance(job.schedule, Every) and not 1 <= job.schedule.minutes <= 1440:
            raise ConfigurationError(f"The job {job.name} of the plugin {plugin} runs every 1 to 1440 minutes.")
        if isinstance(job.schedule, Daily) and not set(job.schedule.weekdays) & set(range(7)):
            raise ConfigurationError(f"The job {job.name} of the plugin {plugin} runs on no day of the week.")
