"""A unit of work inside another one, and statements outside of any: both would leave the organization."""

from collections.abc import Iterator

import peewee
import pytest

from pharus.connections import outside_allowed
from pharus.db import as_platform, db, disconnect, maintenance, unit_of_work
from pharus.errors import NotFound
from pharus.fields import new_id
from pharus.identity import ANONYMOUS
from tests import database, factories
from tests.factories import Organization
from tests.pharus.acting import owner_of

INSERT = "INSERT INTO vendor (org_id, id, name) VALUES (%s, %s, %s)"


@pytest.fixture
def guarded(kernel: None) -> Iterator[None]:
    """As in a server: nothing outside of a unit of work is allowed."""
    token = outside_allowed.set(False)
    yield
    outside_allowed.reset(token)


def names(url: str, organization: Organization) -> list[tuple[str]]:
    return database.execute(url, "SELECT name FROM vendor WHERE org_id = %s ORDER BY id", organization.id)


@pytest.mark.parametrize("raises", [False, True])
def test_unit_inside_a_running_one_is_refused_and_ends_nothing(
    database_url: str, organization: Organization, guarded: None, raises: bool
) -> None:
    other = factories.make_organization()
    with pytest.raises(NotFound), unit_of_work(owner_of(organization.id)) as unit:
        db.send(INSERT, (unit.org_id, new_id(), "outer"))
        with pytest.raises(RuntimeError, match="runs on this thread already"), unit_of_work(owner_of(other.id)):
            pass
        assert names(database_url, organization) == [], "the outer unit was committed"
        state = db.row("SELECT current_user::text, current_setting('pharus.org_id')")
        assert state == ("pharus_app", organization.id)
        if raises:
            raise NotFound("gone")
        with pytest.raises(RuntimeError, match="runs on this thread already"):
            db.send("SELECT 1")
            unit_of_work(ANONYMOUS).__enter__()
        raise NotFound("gone")
    assert names(database_url, organization) == []


def test_unit_in_an_after_commit_callback_begins_behind_the_committed_one(
    database_url: str, organization: Organization, guarded: None
) -> None:
    def write() -> None:
        with unit_of_work(owner_of(organization.id)) as later:
            db.send(INSERT, (later.org_id, new_id(), "behind"))

    with unit_of_work(owner_of(organization.id)) as unit:
        unit.after_commit(write, required=True)
    assert names(database_url, organization) == [("behind",)]


def test_statement_outside_of_a_unit_is_refused_though_a_connection_is_open(
    organization: Organization, guarded: None
) -> None:
    with unit_of_work(owner_of(organization.id)):
        pass
    assert not db.is_closed()
    for statement in (db.execute_sql, db.send, db.rows, db.row, lambda sql: db.prepared(sql, ()), db.defer):
        with pytest.raises(RuntimeError, match="no unit of work is running"):
            statement("SELECT name FROM vendor")
    with unit_of_work(owner_of(organization.id)):
        assert db.rows("SELECT name FROM vendor") == []


def test_statement_behind_one_that_ended_the_transaction_is_refused(organization: Organization, guarded: None) -> None:
    with pytest.raises(RuntimeError, match="no unit of work"), unit_of_work(owner_of(organization.id)):
        db.send("COMMIT")
        db.rows("SELECT name FROM vendor")
    with unit_of_work(owner_of(organization.id)) as unit:
        assert db.row("SELECT current_setting('pharus.org_id')") == (unit.org_id,)


@pytest.mark.parametrize("ending", ["COMMIT", "ROLLBACK", "COMMIT; BEGIN; ROLLBACK"])
def test_unit_whose_transaction_ended_before_it_raises(organization: Organization, ending: str) -> None:
    with pytest.raises(RuntimeError, match="ended it before"), unit_of_work(owner_of(organization.id)):
        db.send(ending)
    with unit_of_work(owner_of(organization.id)):
        assert db.row("SELECT current_user::text") == ("pharus_app",)


def test_unit_of_which_a_refused_statement_was_caught_does_not_seem_to_be_stored(
    database_url: str, organization: Organization
) -> None:
    ran: list[str] = []
    with pytest.raises(RuntimeError, match="nothing of it was stored"), unit_of_work(owner_of(organization.id)) as unit:
        unit.after_commit(lambda: ran.append("after"))
        db.send(INSERT, (unit.org_id, new_id(), "lost"))
        with pytest.raises(Exception, match="no_such_column"):
            db.send("SELECT no_such_column FROM vendor")
    assert ran == []
    assert names(database_url, organization) == []


def test_maintenance_allows_statements_and_leaves_no_connection_that_it_opened(
    organization: Organization, guarded: None
) -> None:
    disconnect()
    with maintenance():
        count = db.row("SELECT count(*) FROM organization WHERE id = %s", (organization.id,))
        with unit_of_work(owner_of(organization.id)):
            assert db.row("SELECT current_user::text") == ("pharus_app",)
    assert count == (1,)
    assert db.is_closed()


def test_as_platform_is_one_transaction_behind_a_unit_and_never_inside_one(
    database_url: str, organization: Organization, guarded: None
) -> None:
    rename = "UPDATE organization SET name = %s WHERE id = %s"
    with pytest.raises(peewee.PeeweeException):
        as_platform(f"{rename}; SELECT 1 / 0", ("half", organization.id))
    as_platform(f"{rename}; SELECT set_config('pharus.test_role', current_user, false)", ("whole", organization.id))
    with unit_of_work(ANONYMOUS):
        assert db.row("SELECT current_setting('pharus.test_role')") == ("pharus_platform",)
        with pytest.raises(RuntimeError, match="open already"):
            as_platform(rename, ("inside", organization.id))
    with maintenance():
        user, name = db.row("SELECT current_user, name FROM organization WHERE id = %s", (organization.id,))
    assert (user != "pharus_platform", name) == (True, "whole")
