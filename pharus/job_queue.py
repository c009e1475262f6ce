"""The table `plugin_job`: which jobs are due, and what became of them. Several processes work, and each job is taken by
one of them at a time, and of each organization one job.

A claim ends by itself, behind the time limit. So a process that dies leaves its job to the others, and one that comes
back to life finds that what it does under its claim is not stored.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from pharus.calendar import calendar_of
from pharus.db import Unit, current, db, unit_of_work
from pharus.fields import new_id
from pharus.identity import ANONYMOUS
from pharus.jobs import Job

# The key of a job: its plugin and its name.
Jobs = Mapping[tuple[str, str], Job]

# Behind the time limit of a job: its connection is severed then, and a COMMIT has ended.
_GRACE = timedelta(seconds=30)
_LONGEST_PAUSE = timedelta(hours=1)
_LONGEST_ERROR = 500
# What was asked for and given up is kept for so long, for people to see.
_KEPT = timedelta(days=30)
# Organizations that are looked after in one transaction.
_MOST = 500

_MISSING = """
SELECT o.id, o.time_zone, wanted.plugin, wanted.name FROM organization AS o
CROSS JOIN unnest(%s::text[], %s::text[], %s::text[]) AS wanted (plugin, name, schedule)
LEFT JOIN plugin_job AS job ON job.org_id = o.id AND job.plugin = wanted.plugin AND job.name = wanted.name
    AND job.schedule IS NOT NULL
WHERE o.is_active AND job.schedule IS DISTINCT FROM wanted.schedule || ' ' || coalesce(o.time_zone, 'UTC') LIMIT %s"""

_SCHEDULE = """
INSERT INTO plugin_job (org_id, id, plugin, name, schedule, due_at) VALUES (%s, %s, %s, %s, %s, %s)
ON CONFLICT (org_id, plugin, name) WHERE schedule IS NOT NULL
DO UPDATE SET schedule = excluded.schedule, due_at = excluded.due_at"""

_CLAIM = """
WITH due AS MATERIALIZED (
    SELECT job.org_id, job.id, known.seconds FROM plugin_job AS job
    JOIN unnest(%s::text[], %s::text[], %s::integer[]) AS known (plugin, name, seconds)
        ON known.plugin = job.plugin AND known.name = job.name
    WHERE job.due_at <= now() AND (job.claimed_until IS NULL OR job.claimed_until < now())
        AND EXISTS (SELECT FROM organization AS o WHERE o.id = job.org_id AND o.is_active)
        AND NOT EXISTS (
            SELECT FROM plugin_job AS other WHERE other.org_id = job.org_id AND other.claimed_until >= now()
        )
    ORDER BY job.due_at LIMIT 1 FOR NO KEY UPDATE OF job SKIP LOCKED
)
UPDATE plugin_job AS job SET claim_id = gen_random_uuid(), attempts = attempts + 1, started_at = now(),
    claimed_until = now() + make_interval(secs => due.seconds) + %s
FROM due WHERE job.org_id = due.org_id AND job.id = due.id
RETURNING job.org_id, job.id, job.claim_id, job.plugin, job.name, job.argument::text, job.attempts,
    job.schedule IS NOT NULL"""

_END = """
UPDATE plugin_job SET claim_id = NULL, claimed_until = NULL, finished_at = clock_timestamp(), due_at = %s, outcome = %s,
    error = %s, attempts = %s
WHERE org_id = %s AND id = %s AND claim_id = %s RETURNING id"""


class Claim(NamedTuple):
    """A job that this process has for itself. `attempts` counts this one."""

    org_id: str
    id: str
    claim_id: str
    plugin: str
    name: str
    argument: str | None
    attempts: int
    is_scheduled: bool

    @property
    def arguments(self) -> tuple[Any, ...]:
        """What its function is called with."""
        return () if self.argument is None else (json.loads(self.argument),)


class ClaimLost(Exception):
    """Somebody else has the job by now: what was done is not to be stored."""


def put_on_schedule(jobs: Jobs) -> int:
    """Put those that are on a schedule into the table, for organizations that lack them, and where schedule or time
    zone are other ones than before; how many. Outside of any unit of work."""
    planned = [(*key, str(job.schedule)) for key, job in jobs.items() if job.schedule is not None]
    columns = [[row[column] for row in planned] for column in range(3)]
    with unit_of_work(ANONYMOUS) as unit:
        missing = db.rows(_MISSING, (*columns, _MOST)) if planned else []
        for org_id, time_zone, plugin, name in missing:
            schedule = jobs[plugin, name].schedule
            assert schedule is not None
            due = schedule.next(unit.now, calendar_of(time_zone, None))
            text = f"{schedule} {time_zone or 'UTC'}"
            db.defer(_SCHEDULE, (org_id, new_id(), plugin, name, text, due))
        db.defer("DELETE FROM plugin_job WHERE due_at IS NULL AND finished_at < %s", (unit.now - _KEPT,))
    return len(missing)


def claim(jobs: Jobs) -> Claim | None:
    """The one that has waited longest; None when none is due. Outside of any unit of work."""
    known = (
        [plugin for plugin, _ in jobs],
        [name for _, name in jobs],
        [job.seconds for job in jobs.values()],
    )
    with unit_of_work(ANONYMOUS):
        rows = db.rows(_CLAIM, (*known, _GRACE))
    return Claim._make(rows[0]) if rows else None


def note_done(claim: Claim, job: Job, unit: Unit) -> None:
    """In the unit of the job itself, so that both are stored or neither. ClaimLost."""
    of_claim = (claim.org_id, claim.id, claim.claim_id)
    if job.schedule is None or not claim.is_scheduled:
        rows = db.rows("DELETE FROM plugin_job WHERE org_id = %s AND id = %s AND claim_id = %s RETURNING id", of_claim)
    else:
        due = job.schedule.next(unit.now, unit.calendar)
        rows = db.rows(_END, (due, "done", None, 0, *of_claim))
    if not rows:
        raise ClaimLost


def note_failed(claim: Claim, job: Job, error: BaseException) -> bool:
    """Whether it is tried again; behind the last attempt it waits for its next time, or is given up. Outside of any
    unit of work."""
    text = f"{type(error).__name__}: {error}".replace("\0", "")[:_LONGEST_ERROR]
    is_tried_again = claim.attempts < job.attempts
    with unit_of_work(ANONYMOUS) as unit:
        due: datetime | None = None
        if is_tried_again:
            due = unit.now + min(timedelta(minutes=2 ** (claim.attempts - 1)), _LONGEST_PAUSE)
        elif job.schedule is not None and claim.is_scheduled:
            (time_zone,) = db.row("SELECT time_zone FROM organization WHERE id = %s", (claim.org_id,))
            due = job.schedule.next(unit.now, calendar_of(time_zone, None))
        outcome, attempts = ("failed", claim.attempts) if is_tried_again else ("given up", 0)
        db.send(_END, (due, outcome, text, attempts, claim.org_id, claim.id, claim.claim_id))
    return is_tried_again


def listed(plugin: str, names: Sequence[str]) -> list[dict[str, Any]]:
    """The jobs of a plugin in this organization: those on a schedule, and those that wait or were given up."""
    columns = (
        "id",
        "name",
        "schedule",
        "dueAt",
        "startedAt",
        "finishedAt",
        "outcome",
        "error",
        "attempts",
        "isRunning",
    )
    rows = db.rows(
        "SELECT id, name, schedule, due_at, started_at, finished_at, outcome, error, attempts, "
        "claimed_until IS NOT NULL AND claimed_until >= now() FROM plugin_job "
        "WHERE org_id = %s AND plugin = %s AND name = ANY(%s) ORDER BY schedule IS NULL, name, due_at, id LIMIT 500",
        (current().org_id, plugin, list(names)),
    )
    return [dict(zip(columns, row, strict=True)) for row in rows]
