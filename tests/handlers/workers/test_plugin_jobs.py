"""The threads that run jobs: on a database of their own, where they find only what a test has made."""

import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from handlers.workers import plugin_jobs
from handlers.workers.plugin_jobs import PluginJobs, of_plugins
from pharus import db, instrumentation, jobs
from pharus.db import current, unit_of_work
from pharus.errors import ConfigurationError
from pharus.external import External
from pharus.hooks import Plugins, hookimpl
from pharus.jobs import Every, Job
from tests import factories
from tests.pharus.acting import owner_of
from tests.pharus.modules import module
from tests.waiting import wait_until

Working = Callable[..., PluginJobs]


@pytest.fixture
def working(migrated: str) -> Iterator[Working]:
    made: list[PluginJobs] = []

    def start(*known: Job, processes: int = 1) -> PluginJobs:
        for _ in range(processes):
            made.append(PluginJobs({("labels", job.name): job for job in known}, seconds=0.05))
            made[-1].start()
        return made[-1]

    yield start
    for each in made:
        each.close(20)
    assert not any(thread.name.startswith("jobs-") for thread in threading.enumerate())


def vendors(org_id: str) -> list[str]:
    return [name for (name,) in db.db.execute_sql("SELECT name FROM vendor WHERE org_id = %s ORDER BY name", (org_id,))]


def add_vendor(name: str = "one") -> None:
    db.db.execute_sql(
        "INSERT INTO vendor (org_id, id, name) VALUES (%s, gen_random_uuid(), %s)", (current().org_id, name)
    )


def ask(org_id: str, name: str = "add", argument: Any = None) -> None:
    with unit_of_work(owner_of(org_id)):
        jobs.enqueue("labels", name, argument)


def state(org_id: str) -> list[tuple[Any, ...]]:
    rows = db.db.execute_sql("SELECT outcome, error FROM plugin_job WHERE org_id = %s", (org_id,))
    return list(rows)


def test_a_job_runs_once_in_its_organization_although_several_processes_look_for_it(working: Working) -> None:
    organizations = [factories.make_organization().id for _ in range(6)]
    for org_id in organizations:
        ask(org_id, argument="one")
    working(Job("add", add_vendor), processes=3)
    wait_until(lambda: all(vendors(org_id) for org_id in organizations))
    wait_until(lambda: db.db.row("SELECT count(*) FROM plugin_job") == (0,))
    assert [vendors(org_id) for org_id in organizations] == [["one"]] * 6


def test_a_job_on_a_schedule_runs_in_every_organization_and_says_who_it_was(working: Working) -> None:
    org_id = factories.make_organization().id
    working(Job("add", add_vendor, Every(1)))
    wait_until(lambda: db.db.row("SELECT count(*) FROM plugin_job") == (1,))
    db.db.execute_sql("UPDATE plugin_job SET due_at = now()")
    jobs.requested.set()
    wait_until(lambda: vendors(org_id))
    wait_until(lambda: state(org_id) == [("done", None)])
    operations = db.db.execute_sql(
        "SELECT operation FROM event WHERE org_id = %s AND type = 'vendor.created'", (org_id,)
    )
    assert list(operations) == [("labels.add",)]


def test_what_a_job_wrote_before_it_failed_is_taken_back_and_told(
    working: Working, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> None:
        add_vendor()
        raise LookupError("no printer")

    org_id = factories.make_organization().id
    ask(org_id, "fail")
    with caplog.at_level(logging.ERROR, "pharus.jobs"):
        working(Job("fail", fail, attempts=1))
        wait_until(lambda: state(org_id) == [("given up", "LookupError: no printer")])
    assert vendors(org_id) == []
    assert "job labels.fail failed (attempt 1 of 1) and is given up" in caplog.text


def test_a_job_that_takes_too_long_is_given_up_whatever_the_database_does(working: Working) -> None:
    def sleep() -> None:
        add_vendor()
        db.db.execute_sql("SELECT pg_sleep(60)")

    org_id = factories.make_organization().id
    ask(org_id, "sleep")
    working(Job("sleep", sleep, seconds=1, attempts=1))
    began = time.monotonic()
    wait_until(lambda: [row[0] for row in state(org_id)] == ["given up"])
    assert time.monotonic() - began < 20
    assert "it took longer than 1 seconds" in state(org_id)[0][1]
    assert vendors(org_id) == []
    # The thread goes on with the next one.
    other = factories.make_organization().id
    working(Job("add", add_vendor))
    ask(other)
    wait_until(lambda: vendors(other) == ["one"])


KILLED = """
import os, signal
from handlers.workers.plugin_jobs import PluginJobs
from pharus import db, jobs
from pharus.db import current

def work(argument):
    insert = "INSERT INTO vendor (org_id, id, name) VALUES (%s, gen_random_uuid(), 'one')"
    db.db.execute_sql(insert, (current().org_id,))
    db.db.flush()
    print("written", flush=True)
    signal.pause()

db.configure(os.environ["URL"])
PluginJobs({("labels", "add"): jobs.Job("add", work)}).start()
signal.pause()
"""


def test_a_process_that_is_killed_has_written_nothing_and_another_does_the_job(working: Working, migrated: str) -> None:
    org_id = factories.make_organization().id
    ask(org_id, argument="two")
    killed = subprocess.Popen(
        [sys.executable, "-c", KILLED],
        env={**os.environ, "URL": migrated},
        stdout=subprocess.PIPE,
    )
    assert killed.stdout is not None
    assert killed.stdout.readline() == b"written\n"
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    killed.stdout.close()
    # Its claim ends by itself; nobody waits here for the minutes.
    db.db.execute_sql("UPDATE plugin_job SET claimed_until = now() - interval '1 second'")
    working(Job("add", add_vendor))
    wait_until(lambda: vendors(org_id) == ["two"])
    wait_until(lambda: state(org_id) == [])


def test_job_whose_process_ends_each_time_is_given_up(migrated: str) -> None:
    org_id = factories.make_organization().id
    ask(org_id)
    job = Job("add", add_vendor, attempts=2)
    for _ in range(3):
        claim = plugin_jobs.job_queue.claim({("labels", "add"): job})
        assert claim is not None
        db.db.execute_sql("UPDATE plugin_job SET claimed_until = now() - interval '1 second'")
    plugin_jobs.run(claim, job)
    assert state(org_id) == [("given up", "RuntimeError: no attempt has come to an end")]
    assert vendors(org_id) == []


def test_outcomes_are_counted(migrated: str, monkeypatch: pytest.MonkeyPatch) -> None:
    counted: list[tuple[Any, ...]] = []
    monkeypatch.setattr(instrumentation, "count", lambda *said: counted.append(said))
    org_id = factories.make_organization().id
    for job in (Job("add", add_vendor), Job("add", lambda: 1 / 0), Job("add", lambda: 1 / 0, attempts=1)):
        ask(org_id)
        claim = plugin_jobs.job_queue.claim({("labels", "add"): job})
        assert claim is not None
        plugin_jobs.run(claim, job)
        db.db.execute_sql("DELETE FROM plugin_job")
    assert counted == [("plugin_jobs", 1, outcome) for outcome in ("done", "failed", "given_up")]


def test_process_without_jobs_has_no_thread() -> None:
    made = PluginJobs({})
    made.start()
    assert not any(thread.name.startswith("jobs-") for thread in threading.enumerate())
    made.close(0)


def plugins_with(found: object) -> Plugins:
    hook = hookimpl(lambda: found, specname="jobs")
    return Plugins([], [External("labels", module("pharus_labels", made=hook)), External("z", module("z"))])


@pytest.mark.no_database
def test_jobs_are_those_of_all_plugins() -> None:
    nightly = Job("nightly", print, Every(60))
    assert of_plugins(plugins_with([nightly])) == {("labels", "nightly"): nightly}
    assert of_plugins(plugins_with(None)) == {}


@pytest.mark.no_database
@pytest.mark.parametrize("found", [[Job("Nightly", print)], "nightly", 7])
def test_jobs_that_cannot_be_run_refuse_the_start(found: object) -> None:
    with pytest.raises(ConfigurationError, match="The plugin labels"):
        of_plugins(plugins_with(found))
