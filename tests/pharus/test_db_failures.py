"""What a unit of work makes of connections that break and of transactions that stand in each other's way."""

import logging
import threading

import peewee
import pytest

from pharus import db
from pharus.db import ATTEMPTS, Acting, Unit, run, unit_of_work
from pharus.errors import Conflict, NotFound, ServiceUnavailable
from pharus.identity import ANONYMOUS
from tests import database, factories
from tests.factories import Organization
from tests.pharus.acting import at_once, owner_of


def kill_connection(url: str) -> None:
    """Make PostgreSQL end this thread's connection, and wait until it has."""
    [(pid,)] = db.db.execute_sql("SELECT pg_backend_pid()").fetchall()
    # A pooler might hand the same session to the one who ends it.
    assert database.execute(database.past_pooler(url), "SELECT pg_terminate_backend(%s, 5000)", pid) == [(True,)]


def test_connection_that_broke_while_idle_is_replaced_unseen(database_url: str, organization: Organization) -> None:
    with unit_of_work(owner_of(organization.id)):
        pass
    kill_connection(database_url)
    with unit_of_work(owner_of(organization.id)) as unit:
        assert db.db.execute_sql("SELECT current_setting('pharus.org_id')").fetchone() == (unit.org_id,)


def test_connection_that_breaks_inside_a_unit_is_unavailable_and_the_next_unit_works(
    database_url: str, organization: Organization
) -> None:
    with pytest.raises(ServiceUnavailable), unit_of_work(owner_of(organization.id)):
        kill_connection(database_url)
        db.db.execute_sql("SELECT 1")
    with unit_of_work(owner_of(organization.id)):
        assert db.db.execute_sql("SELECT 1").fetchone() == (1,)
    assert db.db.transaction_depth() == 0


def test_connection_that_breaks_before_the_commit_commits_nothing(
    database_url: str, organization: Organization
) -> None:
    ran: list[str] = []
    with pytest.raises(ServiceUnavailable), unit_of_work(owner_of(organization.id)) as unit:
        unit.after_commit(lambda: ran.append("after"))
        db.db.execute_sql("UPDATE organization SET name = 'changed' WHERE id = %s", (organization.id,))
        kill_connection(database_url)
    assert ran == []
    [(name,)] = database.execute(database_url, "SELECT name FROM organization WHERE id = %s", organization.id)
    assert name == organization.name


def test_error_of_the_work_itself_survives_a_broken_connection(database_url: str, organization: Organization) -> None:
    with pytest.raises(NotFound), unit_of_work(owner_of(organization.id)):
        kill_connection(database_url)
        raise NotFound("gone")
    with unit_of_work(owner_of(organization.id)):
        assert db.db.execute_sql("SELECT 1").fetchone() == (1,)


def test_first_statement_that_fails_on_a_new_connection_does_not_poison_the_next_unit(
    organization: Organization,
) -> None:
    class Failing(Acting):
        @property
        def sql(self) -> str:
            return "SELECT 1 / 0, %s, %s, %s"

    for _ in range(2):
        db.disconnect()
        with pytest.raises(peewee.DataError), unit_of_work(Failing(owner_of(organization.id))):
            pytest.fail("a unit of work was begun")
        with unit_of_work(owner_of(organization.id)):
            assert db.db.execute_sql("SELECT 1").fetchone() == (1,)
    assert db.db.transaction_depth() == 0


def test_commit_whose_answer_is_lost_is_unavailable_and_says_that_nobody_knows(
    database_url: str, organization: Organization
) -> None:
    with pytest.raises(ServiceUnavailable, match="whether it has stored this"), unit_of_work(ANONYMOUS):
        db.db.opened().sever()


def test_server_that_is_away_is_unavailable(database_url: str, organization: Organization) -> None:
    db.configure("postgresql://nobody@/nothing?host=/nonexistent")
    try:
        for _ in range(2):
            with pytest.raises(ServiceUnavailable), unit_of_work(owner_of(organization.id)):
                pass
    finally:
        db.configure(database_url, application_name="pharus-tests")
    with unit_of_work(owner_of(organization.id)):
        assert db.db.execute_sql("SELECT 1").fetchone() == (1,)


def test_statement_that_takes_too_long_is_unavailable(database_url: str, organization: Organization) -> None:
    db.configure(database_url, statement_timeout_seconds=7)
    try:
        with pytest.raises(ServiceUnavailable), unit_of_work(owner_of(organization.id)):
            assert db.db.execute_sql("SHOW statement_timeout").fetchone() == ("7s",)
            db.db.execute_sql("SET LOCAL statement_timeout = 50")
            db.db.execute_sql("SELECT pg_sleep(10)")
    finally:
        db.configure(database_url, application_name="pharus-tests")


def test_run_deadlock_is_begun_anew_and_both_succeed(
    organization: Organization, caplog: pytest.LogCaptureFixture
) -> None:
    ids = [factories.make_vendor(organization.id), factories.make_vendor(organization.id)]
    both_hold_one = threading.Barrier(2)
    attempts = [0, 0]

    def work(number: int) -> None:
        def append_name(unit: Unit) -> None:
            attempts[number] += 1
            order = ids if number == 0 else ids[::-1]
            for position, id in enumerate(order):
                if position == 1 and attempts[number] == 1:
                    both_hold_one.wait(timeout=30)
                db.db.execute_sql("UPDATE vendor SET notes = coalesce(notes, '') || %s WHERE id = %s", (number, id))

        run(owner_of(organization.id), append_name)

    with caplog.at_level(logging.INFO, "pharus.db"):
        at_once(2, work)
    # The one that begins anew may take a row before the other one, which waits for it, wakes up: they meet again.
    begun_anew = [record for record in caplog.records if record.getMessage() == "unit of work begun anew"]
    assert len(begun_anew) == sum(attempts) - 2 > 0
    assert {(record.__dict__["sqlstate"], record.__dict__["attempt"]) for record in begun_anew} >= {("40P01", 1)}
    with unit_of_work(owner_of(organization.id)):
        notes = [text for (text,) in db.db.execute_sql("SELECT notes FROM vendor")]
    assert sorted(map(len, notes)) == [2, 2], "a rolled back attempt left something behind"


@pytest.mark.parametrize(
    "statement",
    [
        "DO $$ BEGIN RAISE SQLSTATE '40001'; END $$",
        "INSERT INTO membership SELECT current_org(), gen_random_uuid(), gen_random_uuid(), 'viewer'",
    ],
    ids=["serialization", "foreign key"],
)
def test_run_that_is_always_in_the_way_gives_up_with_a_conflict(organization: Organization, statement: str) -> None:
    attempts: list[Unit] = []

    def work(unit: Unit) -> None:
        attempts.append(unit)
        db.db.execute_sql(statement)

    with pytest.raises(Conflict):
        run(owner_of(organization.id), work)
    assert len(attempts) == ATTEMPTS


def test_run_that_is_refused_by_a_rule_or_by_a_duplicate_is_not_begun_anew(organization: Organization) -> None:
    attempts: list[Unit] = []

    def refuse(unit: Unit) -> None:
        attempts.append(unit)
        raise Conflict("the rule says no")

    with pytest.raises(Conflict, match="the rule says no"):
        run(owner_of(organization.id), refuse)

    def duplicate(unit: Unit) -> None:
        attempts.append(unit)
        db.db.execute_sql("UPDATE organization SET slug = %s", (taken.slug,))

    taken = factories.make_organization()
    with pytest.raises(Conflict, match=r"^another organization has this slug$"):
        run(owner_of(organization.id), duplicate)
    assert len(attempts) == 2


def test_run_returns_what_the_work_returns(organization: Organization) -> None:
    assert run(owner_of(organization.id), lambda unit: unit.org_id) == organization.id
