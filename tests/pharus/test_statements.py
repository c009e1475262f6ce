from collections.abc import Iterator

import pytest

from pharus import instrumentation, statements
from pharus.db import db, unit_of_work
from pharus.errors import ServiceUnavailable
from pharus.identity import ANONYMOUS
from pharus.instrumentation import Work
from pharus.statements import described


@pytest.fixture
def work() -> Iterator[Work]:
    made = Work("4711")
    token = instrumentation.current.set(made)
    yield made
    instrumentation.current.reset(token)


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statements, "_slow_seconds", 0.05)


def slow_lines(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.name == "pharus.statements"]


def test_round_trips_rows_and_time_are_counted_for_the_request(work: Work) -> None:
    with unit_of_work(ANONYMOUS):
        db.rows("SELECT generate_series(1, 7)")
        db.defer("SELECT 1")
        db.prepared("SELECT pg_sleep(%s)::text", ("0.05",))
    # With those that open and end the unit.
    assert work.round_trips == 4
    assert work.rows == 1 + 7 + 1
    assert 0.05 <= work.sql_seconds < 5


def test_refused_statement_counts_as_well(work: Work) -> None:
    with pytest.raises(Exception, match="division"), unit_of_work(ANONYMOUS):
        db.send("SELECT 1 / 0")
    assert work.round_trips == 3


def test_slow_statement_is_named_with_its_text_and_without_values(
    work: Work, slow: None, caplog: pytest.LogCaptureFixture
) -> None:
    with unit_of_work(ANONYMOUS):
        db.row("SELECT 1, %s", ("harmless",))
        db.row("SELECT\n  pg_sleep(0.06)::text, %s", ("my secret",))
    [line] = slow_lines(caplog)
    assert line.endswith("SELECT pg_sleep(0.06)::text, %s")
    assert ", 1 rows: " in line


def test_slow_statement_is_named_whether_it_was_prepared_now_or_before(
    unpooled: str, slow: None, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(2):
        with unit_of_work(ANONYMOUS):
            db.prepared("SELECT pg_sleep(%s::text::float)::text", ("0.06",))
    lines = slow_lines(caplog)
    assert [line.partition(" rows: ")[2] for line in lines] == [
        "SELECT pg_sleep($1::text::float)::text",
        "SELECT pg_sleep(%s::text::float)::text",
    ]


def test_what_was_deferred_is_named_with_the_slow_statement_it_went_along_with(
    slow: None, caplog: pytest.LogCaptureFixture
) -> None:
    with unit_of_work(ANONYMOUS):
        db.defer("SELECT pg_sleep(0.06), %s", ("it's a 'secret' of O\\Brien",))
    [line] = slow_lines(caplog)
    assert line.endswith("SELECT pg_sleep(?), ?; COMMIT")


def test_slow_statement_that_was_refused_says_why(slow: None, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(ServiceUnavailable), unit_of_work(ANONYMOUS):
        db.send("SET LOCAL statement_timeout = 100")
        db.send("SELECT pg_sleep(5)")
    [line] = slow_lines(caplog)
    assert line.endswith(" ms, QueryCanceled: SELECT pg_sleep(5)")


def test_nothing_is_named_when_nothing_is_slow_or_that_is_turned_off(caplog: pytest.LogCaptureFixture) -> None:
    statements.configure(0)
    with unit_of_work(ANONYMOUS):
        db.row("SELECT pg_sleep(0.02)::text")
    assert slow_lines(caplog) == []


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        (b"INSERT INTO t (a) VALUES ('x''y', E'a\\'b', 12.50, -3)", "INSERT INTO t (a) VALUES (?, ?, ?, -?)"),
        (b"EXECUTE p12_ab34 ('secret', NULL)", "EXECUTE p12_ab34 (?, NULL)"),
        (b"SELECT t2.c3, $1 FROM t2", "SELECT t2.c3, $1 FROM t2"),
        (b"SELECT 'cut in the midst of a sec", "SELECT ?"),
        (b"SELECT E'a\\\\', 'b'", "SELECT ?, ?"),
        ("SELECT  %s\n FROM t", "SELECT %s FROM t"),
    ],
)
def test_described_leaves_values_out(sent: str | bytes, shown: str) -> None:
    assert described(sent, {}) == shown


def test_described_is_quick_and_short_for_the_largest_import() -> None:
    text = described(b"INSERT INTO t VALUES ('" + b"x" * 8_000_000 + b"secret')", {})
    assert text == "INSERT INTO t VALUES (?"
