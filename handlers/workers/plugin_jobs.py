"""The threads that run the jobs of plugins (pharus/jobs.py): whatever is due, in whichever organization.

Each takes one job at a time, within the job's time limit, and waits where none is due. A process without plugins that
have jobs has no such thread.
"""

import logging
import threading
import time
from collections.abc import Sequence

from pharus import db, deadlines, instrumentation, job_queue, jobs, outages
from pharus.deadlines import Deadline
from pharus.hooks import Plugins
from pharus.identity import Actor, Role
from pharus.job_queue import Claim, ClaimLost, Jobs
from pharus.jobs import Job

log = logging.getLogger("pharus.jobs")

_THREADS = 2
# How often it is looked for what is due, and for organizations that lack a job.
_SECONDS = 5.0
_SCHEDULE_SECONDS = 60.0


def of_plugins(plugins: Plugins) -> Jobs:
    """All jobs there are, by plugin and name. ConfigurationError for those that cannot be run."""
    found: dict[tuple[str, str], Job] = {}
    for other in plugins.others:
        own: Sequence[Job] = [job for part in plugins.hook_of(other.name, "jobs")() for job in part or ()]
        jobs.check(other.name, own)
        found |= {(other.name, job.name): job for job in own}
    return found


class PluginJobs:
    def __init__(self, known: Jobs, *, threads: int = _THREADS, seconds: float = _SECONDS) -> None:
        self._known = known
        self._seconds = seconds
        self._ended = False
        self._scheduled_at = float("-inf")
        self._scheduling = threading.Lock()
        # Daemons: a job that does not return must not keep the process alive.
        self._threads = [
            threading.Thread(target=self._run, name=f"jobs-{number}", daemon=True)
            for number in range(threads if known else 0)
        ]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def close(self, timeout: float) -> None:
        """Begin nothing new, and wait so long for what is being done."""
        self._ended = True
        jobs.requested.set()
        end = time.monotonic() + timeout
        for thread in self._threads:
            if thread.is_alive():
                thread.join(max(0.0, end - time.monotonic()))

    def _run(self) -> None:
        while not self._ended:
            try:
                jobs.requested.clear()
                self._schedule()
                while not self._ended and (claim := job_queue.claim(self._known)) is not None:
                    run(claim, self._known[claim.plugin, claim.name])
            except Exception as error:
                # The database does not answer: the next round tries again.
                if not outages.is_of_database(error):
                    log.exception("jobs cannot be looked for now; that is tried again")
            finally:
                db.disconnect()
            if not self._ended:
                jobs.requested.wait(self._seconds)

    def _schedule(self) -> None:
        with self._scheduling:
            if time.monotonic() - self._scheduled_at < _SCHEDULE_SECONDS:
                return
            while not self._ended and job_queue.put_on_schedule(self._known):
                pass
            self._scheduled_at = time.monotonic()


def run(claim: Claim, job: Job) -> None:
    """Do the job and note what became of it. What it raises is logged."""
    name = f"{claim.plugin}.{claim.name}"
    facts = {"job": name, "org_id": claim.org_id, "attempt": claim.attempts}
    if claim.attempts > job.attempts:
        # Each time the process ended before it could say what happened.
        _failed(claim, job, RuntimeError("no attempt has come to an end"), facts)
        return
    began = time.monotonic()
    try:
        _within_its_time(claim, job, name)
    except ClaimLost:
        log.warning("job %s was taken by another process meanwhile; nothing of it was stored", name, extra=facts)
    except Exception as error:  # noqa: BLE001 - of a plugin, which may raise anything
        _failed(claim, job, error, facts)
    else:
        instrumentation.count("plugin_jobs", 1, "done")
        log.info("job %s is done", name, extra={**facts, "ms": round((time.monotonic() - began) * 1000, 1)})


def _within_its_time(claim: Claim, job: Job, name: str) -> None:
    def work(unit: db.Unit) -> None:
        # Of one statement less is allowed to a request.
        db.db.defer("SELECT set_config('statement_timeout', %s, true)", (str(job.seconds * 1000),))
        job.work(*claim.arguments)
        job_queue.note_done(claim, job, unit)

    deadline = Deadline()
    timer = threading.Timer(job.seconds, deadline.expire)
    timer.daemon = True
    work_of_job = instrumentation.Work(claim.claim_id)
    work_of_job.operation = name
    tokens = deadlines.current.set(deadline), instrumentation.current.set(work_of_job)
    timer.start()
    try:
        db.run(Actor(org_id=claim.org_id, role=Role.owner), work)
    except Exception:
        if deadline.passed:
            raise TimeoutError(f"it took longer than {job.seconds} seconds; nothing of it was stored") from None
        raise
    finally:
        timer.cancel()
        deadlines.current.reset(tokens[0])
        instrumentation.current.reset(tokens[1])


def _failed(claim: Claim, job: Job, error: Exception, facts: dict[str, object]) -> None:
    if outages.is_of_database(error):
        # The claim ends by itself, and the job is tried again.
        return
    is_tried_again = job_queue.note_failed(claim, job, error)
    instrumentation.count("plugin_jobs", 1, "failed" if is_tried_again else "given_up")
    log.error(
        "job %s failed (attempt %d of %d)%s",
        *(facts["job"], claim.attempts, job.attempts, "" if is_tried_again else " and is given up"),
        exc_info=error,
        extra=facts,
    )
