"""Work that is given up, on real connections."""

import threading
import time
from collections.abc import Iterator

import peewee
import pytest

from pharus import db, deadlines
from pharus.deadlines import Deadline
from pharus.errors import ServiceUnavailable
from pharus.identity import ANONYMOUS


@pytest.fixture
def deadline() -> Iterator[Deadline]:
    deadline = Deadline()
    token = deadlines.current.set(deadline)
    yield deadline
    deadlines.current.reset(token)


def cancel_until(ended: threading.Event, deadline: Deadline) -> None:
    """As the watcher of the worker threads does."""
    while deadline.expire():
        deadline.cancel()
        if ended.wait(0.02):
            break


def pass_after(seconds: float, deadline: Deadline, ended: threading.Event) -> threading.Thread:
    def watch() -> None:
        time.sleep(seconds)
        cancel_until(ended, deadline)

    thread = threading.Thread(target=watch)
    thread.start()
    return thread


def test_statement_under_way_is_cancelled_and_the_connection_serves_on(deadline: Deadline) -> None:
    ended = threading.Event()
    thread = pass_after(0.1, deadline, ended)
    started = time.monotonic()
    with pytest.raises(ServiceUnavailable), db.unit_of_work(ANONYMOUS):
        db.db.row("SELECT pg_sleep(20)")
    seconds = time.monotonic() - started
    ended.set()
    thread.join()
    assert seconds < 10
    deadlines.current.set(None)
    before = db.db.opened()
    for _ in range(20):
        with db.unit_of_work(ANONYMOUS):
            assert db.db.row("SELECT 1, pg_sleep(0.005)")[0] == 1
    assert db.db.opened() is before


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


def test_cancellation_never_meets_the_work_that_comes_after_on_the_same_connection() -> None:
    """Deadlines that pass at any moment of short work, and behind each of them work that nobody gave up."""
    failures: list[str] = []
    given_up = 0
    for number in range(150):
        deadline = Deadline()
        token = deadlines.current.set(deadline)
        ended = threading.Event()
        thread = pass_after(number % 30 / 1500, deadline, ended)
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
        ended.set()
        thread.join()
    assert failures == []
    assert 10 < given_up < 150


def test_server_that_cannot_be_reached_for_a_cancellation_is_logged(
    deadline: Deadline, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ServiceUnavailable), db.unit_of_work(ANONYMOUS):
        connection = db.db.opened()
        monkeypatch.setattr(connection, "_whole_dsn", "postgresql://127.0.0.1:1/nowhere")
        deadline.expire()
        deadline.cancel()
        until = time.monotonic() + 10
        while not caplog.records and time.monotonic() < until:
            time.sleep(0.01)
        db.db.row("SELECT 1")
    assert "could not be cancelled" in caplog.records[0].getMessage()
