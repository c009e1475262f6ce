"""Work that is given up, on real connections, and behind a network that loses them."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import peewee
import psutil
import pytest

from pharus import db, deadlines, numbering
from pharus.deadlines import Deadline
from pharus.errors import NotFound, ServiceUnavailable
from pharus.identity import ANONYMOUS
from tests import database
from tests.drills.proxies import Proxy
from tests.factories import Organization
from tests.pharus.acting import owner_of
from tests.waiting import wait_until


@pytest.fixture
def deadline() -> Iterator[Deadline]:
    deadline = Deadline()
    token = deadlines.current.set(deadline)
    yield deadline
    deadlines.current.reset(token)


@pytest.fixture
def proxy(database_url: str) -> Iterator[Proxy]:
    """The kernel reaches its database through it."""
    with Proxy(database_url) as running:
        db.configure(running.url)
        yield running
        running.go_on()
        db.disconnect()
    db.configure(database_url, application_name="pharus-tests")


def expire_until(ended: threading.Event, deadline: Deadline) -> None:
    """As the watcher of the worker threads does."""
    while not ended.wait(0.02):
        deadline.expire()


class Noting:
    """A connection that notes when it is severed."""

    def __init__(self, noted: list[str]) -> None:
        self.noted = noted
        self.deadline: Deadline | None = None

    def sever(self) -> None:
        self.noted.append("severed")


@pytest.mark.no_database
def test_who_waits_is_told_once_and_before_the_thread_that_works_can_notice() -> None:
    """Else its own words, that a connection is gone, may be there first."""
    noted: list[str] = []
    deadline = Deadline()
    deadline.enter(Noting(noted))
    for _ in range(2):
        assert deadline.expire(lambda: noted.append("told"))
    assert noted == ["told", "severed", "severed"]


@pytest.mark.no_database
def test_nobody_is_told_that_nothing_was_stored_while_a_commit_is_under_way() -> None:
    noted: list[str] = []
    deadline = Deadline()
    deadline.enter(Noting(noted))
    deadline.close()
    assert not deadline.expire(lambda: noted.append("told"))
    assert noted == []


@contextmanager
def passing_after(seconds: float, deadline: Deadline) -> Iterator[None]:
    ended = threading.Event()

    def watch() -> None:
        time.sleep(seconds)
        deadline.expire()
        expire_until(ended, deadline)

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def test_statement_under_way_is_ended_here_and_in_postgresql(deadline: Deadline, database_url: str) -> None:
    started = time.monotonic()
    with passing_after(0.1, deadline):
        with pytest.raises(ServiceUnavailable, match="does not answer in time"), db.unit_of_work(ANONYMOUS):
            (pid,) = db.db.row("SELECT pg_backend_pid()")
            db.db.row("SELECT pg_sleep(20)")
        assert time.monotonic() - started < 2
    wait_until(lambda: not database.execute(database_url, "SELECT FROM pg_stat_activity WHERE pid = %s", pid), 5)
    deadlines.current.set(None)
    with db.unit_of_work(ANONYMOUS):
        assert db.db.row("SELECT 1") == (1,)


@pytest.mark.parametrize("how", ["hang", "lose"])
@pytest.mark.parametrize("step", ["opening", "statement", "number", "rollback"])
def test_work_that_waits_for_a_server_that_is_silent_ends_with_its_deadline(
    proxy: Proxy, deadline: Deadline, organization: Organization, how: str, step: str
) -> None:
    for _ in range(2 if step == "opening" else 1):
        with db.unit_of_work(owner_of(organization.id)):
            numbering.take("deadline")
        deadline.reopen()
    started = time.monotonic()
    with passing_after(0.2, deadline), pytest.raises((ServiceUnavailable, NotFound)):
        if step == "opening":
            getattr(proxy, how)()
        with db.unit_of_work(owner_of(organization.id)):
            db.db.row("SELECT 1")
            getattr(proxy, how)()
            if step == "rollback":
                raise NotFound("gone")
            if step == "number":
                numbering.take("deadline")
            db.db.row("SELECT 1")
    assert time.monotonic() - started < 2
    proxy.go_on()
    deadlines.current.set(None)
    with db.unit_of_work(owner_of(organization.id)):
        assert len(numbering.take("deadline")) == 1


@pytest.mark.parametrize("how", ["hang", "lose"])
def test_commit_that_is_not_answered_is_ended_too_and_its_outcome_is_said_to_be_unknown(
    proxy: Proxy, deadline: Deadline, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    monkeypatch.setattr(deadlines, "COMMIT_SECONDS", 0.5)
    started = time.monotonic()
    unanswered = pytest.raises(ServiceUnavailable, match="whether it has stored this")
    with passing_after(0.1, deadline), unanswered, db.unit_of_work(ANONYMOUS):
        getattr(proxy, how)()
    assert 0.5 <= time.monotonic() - started < 2
    assert not deadline.passed


def test_work_that_commits_ahead_of_the_rest_ends_with_its_deadline(proxy: Proxy, deadline: Deadline) -> None:
    started = time.monotonic()
    given_up = pytest.raises(ServiceUnavailable)
    with passing_after(0.1, deadline), given_up, deadlines.suspended(), db.unit_of_work(ANONYMOUS):
        proxy.hang()
    assert time.monotonic() - started < 2
    assert deadline.passed


def test_work_whose_caller_has_left_is_not_begun_and_what_has_begun_is_finished(deadline: Deadline) -> None:
    seen: list[object] = []

    def look() -> None:
        with db.unit_of_work(ANONYMOUS):
            seen.append(db.db.row("SELECT 1"))

    with db.unit_of_work(ANONYMOUS) as unit:
        unit.after_commit(look, required=True)
        deadline.caller_has_left = True
        db.db.row("SELECT 1")
    assert seen == [(1,)]
    deadline.reopen()
    with pytest.raises(ServiceUnavailable, match="nothing was begun"), db.unit_of_work(ANONYMOUS):
        pytest.fail("a unit of work was begun")
    deadlines.current.set(None)
    look()
    assert len(seen) == 2


def test_work_that_was_given_up_sends_nothing_any_more(deadline: Deadline) -> None:
    with pytest.raises(ServiceUnavailable, match="nothing of it was stored"), db.unit_of_work(ANONYMOUS):
        assert deadline.expire()
        # A handler may catch what a statement raises, and go on.
        for _ in range(2):
            with pytest.raises(ServiceUnavailable):
                db.db.row("SELECT 1")
    with pytest.raises(ServiceUnavailable), db.unit_of_work(ANONYMOUS):
        pytest.fail("a unit of work was begun")


def test_work_that_was_given_up_is_not_committed(deadline: Deadline) -> None:
    with db.maintenance():
        db.db.execute_sql("DELETE FROM rate_limit WHERE key = 'given up'")
    with pytest.raises(ServiceUnavailable), db.unit_of_work(ANONYMOUS):
        db.db.execute_sql("INSERT INTO rate_limit (key, window_start, requests) VALUES ('given up', now(), 1)")
        deadline.expire()
    deadlines.current.set(None)
    with db.maintenance():
        assert db.db.row("SELECT count(*) FROM rate_limit WHERE key = 'given up'") == (0,)


def test_work_that_is_committed_is_not_given_up_any_more(deadline: Deadline) -> None:
    with db.unit_of_work(ANONYMOUS) as unit:
        unit.after_commit(lambda: seen.append(deadline.expire()), required=True)
        seen: list[bool] = []
    assert seen == [False]
    assert not deadline.expire()
    # What is still to be done behind the commit may be done.
    with db.unit_of_work(ANONYMOUS):
        assert db.db.row("SELECT 1") == (1,)


def test_work_whose_commit_was_refused_may_be_given_up_again(deadline: Deadline) -> None:
    with pytest.raises(peewee.DataError, match="division by zero"), db.unit_of_work(ANONYMOUS):
        db.db.defer("SELECT 1 / 0")
    assert deadline.expire()


def test_suspended_work_commits_ahead_and_the_rest_can_still_be_given_up(deadline: Deadline) -> None:
    with deadlines.suspended(), db.unit_of_work(ANONYMOUS):
        db.db.row("SELECT 1")
    assert deadlines.current.get() is deadline
    assert deadline.expire()


def test_deadline_never_meets_the_work_that_comes_after_on_the_same_connection() -> None:
    """Deadlines that pass at any moment of short work, and behind each of them work that nobody gave up."""
    failures: list[str] = []
    given_up = 0
    for number in range(150):
        deadline = Deadline()
        token = deadlines.current.set(deadline)
        with passing_after(number % 30 / 1500, deadline):
            try:
                with db.unit_of_work(ANONYMOUS):
                    db.db.row("SELECT pg_sleep(0.003)")
                    db.db.row("SELECT pg_sleep(0.001)")
            except ServiceUnavailable:
                given_up += 1
                assert deadline.passed
            else:
                assert not deadline.passed
            finally:
                deadlines.current.reset(token)
            try:
                with db.unit_of_work(ANONYMOUS):
                    db.db.row("SELECT pg_sleep(0.002)")
            except ServiceUnavailable as error:
                failures.append(f"{number}: {error!r}")
    assert failures == []
    assert 10 < given_up < 150


def test_severed_connections_leave_no_file_open(deadline: Deadline) -> None:
    opened = psutil.Process().num_fds()
    for _ in range(5):
        db.disconnect()
        with pytest.raises(ServiceUnavailable), db.unit_of_work(ANONYMOUS):
            deadline.expire()
            db.db.row("SELECT 1")
        deadline.passed = False
    db.disconnect()
    db.db.connect()
    assert psutil.Process().num_fds() <= opened
