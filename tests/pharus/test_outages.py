import logging
import threading

import pytest

from pharus import outages
from pharus.db import db, unit_of_work
from pharus.errors import Conflict, ServiceUnavailable
from pharus.identity import ANONYMOUS
from pharus.outages import Outage, is_of_database
from tests import database


def messages(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.name == "pharus.outages"]


def test_outage_is_named_once_and_its_end_once(caplog: pytest.LogCaptureFixture) -> None:
    outage = Outage("the thing", quiet_seconds=0)
    threads = [threading.Thread(target=outage.failed, args=(OSError("gone\n  away"),)) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert messages(caplog) == ["the thing does not do its work: gone away"]
    assert outage.is_on
    for _ in range(3):
        outage.answered()
    assert not outage.is_on
    assert len(messages(caplog)) == 2
    assert messages(caplog)[1].startswith("the thing does its work again, after ")
    assert messages(caplog)[1].endswith(" seconds and 20 failures")
    outage.failed(OSError("gone away"))
    assert messages(caplog)[2:] == ["the thing does not do its work: gone away"]


def test_each_cause_of_an_outage_is_named_and_not_more_of_them_than_anybody_reads(
    caplog: pytest.LogCaptureFixture,
) -> None:
    outage = Outage("the thing")
    for number in range(100):
        outage.failed(OSError(f"cause {number} {'x' * 10_000}"))
    assert len(messages(caplog)) == 20
    assert max(map(len, messages(caplog))) < 600


def test_success_between_failures_does_not_end_an_outage(caplog: pytest.LogCaptureFixture) -> None:
    """With a full disk reads go on succeeding."""
    outage = Outage("the thing", quiet_seconds=60)
    for _ in range(5):
        outage.failed(OSError("no space left"))
        outage.answered()
    assert messages(caplog) == ["the thing does not do its work: no space left"]


def test_watched_takes_a_refusal_for_an_answer(caplog: pytest.LogCaptureFixture) -> None:
    outage = Outage("the thing", quiet_seconds=0)
    for error in (ServiceUnavailable("away"), OSError("broken")):
        with pytest.raises(type(error)), outage.watched():
            raise error
    with pytest.raises(Conflict), outage.watched():
        raise Conflict("taken")
    assert [text.split(",")[0] for text in messages(caplog)] == [
        "the thing does not do its work: away",
        "the thing does not do its work: broken",
        "the thing does its work again",
    ]
    with outage.watched():
        pass
    assert len(messages(caplog)) == 3


def test_refusals_of_the_database_are_no_outage(caplog: pytest.LogCaptureFixture) -> None:
    slow = "SET LOCAL statement_timeout = 1; SELECT pg_sleep(1)"
    for statement, refusal in (("SELECT 1 / 0", "zero"), ("SELECT * FROM no_such", "no_such"), (slow, "in time")):
        with pytest.raises(Exception, match=refusal), unit_of_work(ANONYMOUS):
            db.send(statement)
    assert messages(caplog) == []


def test_connection_that_breaks_is_an_outage_until_another_works(
    database_url: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outages, "database", Outage("the database", quiet_seconds=0))
    caplog.set_level(logging.INFO)
    with pytest.raises(ServiceUnavailable) as raised, unit_of_work(ANONYMOUS):
        (pid,) = db.row("SELECT pg_backend_pid()")
        database.execute(database.past_pooler(database_url), "SELECT pg_terminate_backend(%s, 5000)", pid)
        db.send("SELECT 1")
    assert is_of_database(raised.value)
    [named] = messages(caplog)
    assert "terminating connection" in named or "closed" in named
    with unit_of_work(ANONYMOUS):
        db.send("SELECT 1")
    assert [text.split(",")[0] for text in messages(caplog)[1:]] == ["the database does its work again"]
