"""The table of jobs: each is taken once, whatever happens to the process that has taken it."""

from datetime import UTC, datetime, time, timedelta

import pytest

from pharus import db, job_queue, jobs
from pharus.db import unit_of_work
from pharus.job_queue import Claim, ClaimLost, Jobs
from pharus.jobs import Daily, Every, Job
from tests import factories
from tests.pharus.acting import at_once, owner_of

NIGHTLY = Job("nightly", print, Daily(time(2)), attempts=2)
BY_HAND = Job("by-hand", print, attempts=2)
JOBS: Jobs = {("labels", "nightly"): NIGHTLY, ("labels", "by-hand"): BY_HAND}

pytestmark = pytest.mark.usefixtures("migrated")


@pytest.fixture
def org_id() -> str:
    return factories.make_organization().id


def ask(org_id: str) -> None:
    with unit_of_work(owner_of(org_id)):
        jobs.enqueue("labels", "by-hand", {"copies": 3})


def claimed() -> Claim:
    claim = job_queue.claim(JOBS)
    assert claim is not None
    return claim


def rows(org_id: str) -> list[dict[str, object]]:
    with unit_of_work(owner_of(org_id)):
        return job_queue.listed("labels", ["nightly", "by-hand"])


def make_due(org_id: str) -> None:
    db.db.execute_sql("UPDATE plugin_job SET due_at = now() WHERE org_id = %s", (org_id,))


def test_jobs_are_scheduled_for_each_organization_by_its_own_clock(org_id: str) -> None:
    other = factories.make_organization().id
    db.db.execute_sql("UPDATE organization SET time_zone = 'Pacific/Auckland' WHERE id = %s", (other,))
    assert job_queue.put_on_schedule(JOBS) == 2
    assert job_queue.put_on_schedule(JOBS) == 0
    ((here,), (there,)) = rows(org_id), rows(other)
    assert here["dueAt"].hour == 2  # type: ignore[attr-defined]
    assert there["dueAt"].hour == 13  # type: ignore[attr-defined]
    # Another clock, or another schedule of the plugin's next version, and the time follows.
    db.db.execute_sql("UPDATE organization SET time_zone = 'UTC' WHERE id = %s", (other,))
    assert job_queue.put_on_schedule(JOBS) == 1
    assert rows(other)[0]["dueAt"] == here["dueAt"]
    assert job_queue.put_on_schedule({("labels", "nightly"): Job("nightly", print, Every(60))}) == 2
    assert str(rows(org_id)[0]["schedule"]) == "every 60 minutes UTC"


def test_nothing_is_scheduled_for_an_organization_that_is_gone(org_id: str) -> None:
    db.db.execute_sql("UPDATE organization SET is_active = false WHERE id = %s", (org_id,))
    assert job_queue.put_on_schedule(JOBS) == 0
    ask(org_id)
    assert job_queue.claim(JOBS) is None


def test_each_job_is_taken_once_and_an_organization_has_one_at_a_time(org_id: str) -> None:
    others = [factories.make_organization().id for _ in range(3)]
    for each in (org_id, org_id, *others):
        ask(each)
    found = [claim for claim in at_once(8, lambda number: job_queue.claim(JOBS)) if claim is not None]
    assert len({(claim.org_id, claim.id) for claim in found}) == len(found)
    while (claim := job_queue.claim(JOBS)) is not None:
        found.append(claim)
    # Two that look at the same moment may each find another one of the same organization.
    assert {claim.org_id for claim in found} == {org_id, *others}
    assert found[0].arguments == ({"copies": 3},)


def test_what_is_not_known_here_is_left_to_others(org_id: str) -> None:
    ask(org_id)
    assert job_queue.claim({("labels", "nightly"): NIGHTLY}) is None
    assert job_queue.claim({}) is None


def test_done_is_stored_with_the_work_or_not_at_all(org_id: str) -> None:
    job_queue.put_on_schedule(JOBS)
    make_due(org_id)
    claim = claimed()
    with pytest.raises(LookupError), unit_of_work(owner_of(org_id)) as unit:
        job_queue.note_done(claim, NIGHTLY, unit)
        raise LookupError
    assert rows(org_id)[0]["isRunning"] is True
    with unit_of_work(owner_of(org_id)) as unit:
        job_queue.note_done(claim, NIGHTLY, unit)
    (row,) = rows(org_id)
    assert (row["outcome"], row["attempts"], row["isRunning"], row["error"]) == ("done", 0, False, None)
    assert row["dueAt"] > datetime.now(UTC)  # type: ignore[operator]


def test_what_was_asked_for_is_gone_when_it_is_done(org_id: str) -> None:
    ask(org_id)
    claim = claimed()
    with unit_of_work(owner_of(org_id)) as unit:
        job_queue.note_done(claim, BY_HAND, unit)
    assert rows(org_id) == []


def test_claim_of_a_process_that_died_ends_and_what_it_would_store_later_is_refused(org_id: str) -> None:
    ask(org_id)
    dead = claimed()
    assert job_queue.claim(JOBS) is None
    db.db.execute_sql("UPDATE plugin_job SET claimed_until = now() - interval '1 second' WHERE org_id = %s", (org_id,))
    alive = claimed()
    assert (alive.id, alive.attempts) == (dead.id, 2)
    with pytest.raises(ClaimLost), unit_of_work(owner_of(org_id)) as unit:
        job_queue.note_done(dead, BY_HAND, unit)
    job_queue.note_failed(dead, BY_HAND, LookupError("late"))
    assert rows(org_id)[0]["outcome"] is None


def test_what_fails_is_tried_again_later_and_then_given_up(org_id: str) -> None:
    ask(org_id)
    assert job_queue.note_failed(claimed(), BY_HAND, LookupError("no \0printer"))
    (row,) = rows(org_id)
    assert (row["outcome"], row["error"], row["attempts"]) == ("failed", "LookupError: no printer", 1)
    assert timedelta(seconds=50) < row["dueAt"] - datetime.now(UTC) < timedelta(seconds=61)  # type: ignore[operator]
    assert job_queue.claim(JOBS) is None
    make_due(org_id)
    assert not job_queue.note_failed(claimed(), BY_HAND, LookupError("no printer"))
    assert [(row["outcome"], row["dueAt"]) for row in rows(org_id)] == [("given up", None)]
    # People see it for a while.
    job_queue.put_on_schedule({})
    assert len(rows(org_id)) == 1
    db.db.execute_sql("UPDATE plugin_job SET finished_at = now() - interval '31 days'")
    job_queue.put_on_schedule({})
    assert rows(org_id) == []


def test_one_on_a_schedule_that_fails_waits_for_its_next_time(org_id: str) -> None:
    job_queue.put_on_schedule(JOBS)
    for attempt in (1, 2):
        make_due(org_id)
        claim = claimed()
        assert claim.attempts == attempt
        job_queue.note_failed(claim, NIGHTLY, LookupError("no printer"))
    (row,) = rows(org_id)
    assert (row["outcome"], row["attempts"]) == ("given up", 0)
    assert row["dueAt"] > datetime.now(UTC)  # type: ignore[operator]
