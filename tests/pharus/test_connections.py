import hashlib

import peewee
import pytest

from pharus import db
from pharus.db import Unit, platform_role, run, unit_of_work
from pharus.errors import Conflict, NotFound
from pharus.fields import new_id
from pharus.records import Records
from plugins.vendors import models, schemas
from tests import factories
from tests.factories import Organization
from tests.pharus.acting import owner_of
from tests.statements import statements

vendors = Records(models.Vendor, schemas.Vendor)

INSERT = "INSERT INTO vendor (org_id, id, name) VALUES (%s, %s, %s)"


def test_deferred_statement_goes_along_with_the_next_one(organization: Organization) -> None:
    with unit_of_work(owner_of(organization.id)) as unit, statements() as sent:
        db.db.defer(INSERT, (unit.org_id, new_id(), "50 % \u00e4"))
        assert sent == []
        assert db.db.row("SELECT name FROM vendor WHERE org_id = %s", (unit.org_id,)) == ("50 % \u00e4",)
        db.db.flush()
        assert len(sent) == 1


def test_deferred_statement_goes_along_with_the_commit_and_not_with_a_rollback(organization: Organization) -> None:
    with pytest.raises(NotFound), unit_of_work(owner_of(organization.id)) as unit:
        db.db.defer(INSERT, (unit.org_id, new_id(), "rolled back"))
        raise NotFound("gone")
    with unit_of_work(owner_of(organization.id)) as unit:
        db.db.defer(INSERT, (unit.org_id, new_id(), "kept"))
    with unit_of_work(owner_of(organization.id)):
        assert [vendor["name"] for vendor in vendors.select()] == ["kept"]


def test_deferred_statement_that_is_refused_refuses_the_unit(organization: Organization) -> None:
    id = new_id()
    with pytest.raises(Conflict), unit_of_work(owner_of(organization.id)) as unit:
        for _ in range(2):
            db.db.defer(INSERT, (unit.org_id, id, "twice"))
    with unit_of_work(owner_of(organization.id)):
        assert vendors.select() == []


@pytest.mark.parametrize("sent_before", [False, True])
@pytest.mark.parametrize("sent_within", [False, True])
def test_savepoint_that_raises_leaves_what_was_before_it(
    organization: Organization, sent_before: bool, sent_within: bool
) -> None:
    with unit_of_work(owner_of(organization.id)) as unit:
        db.db.defer(INSERT, (unit.org_id, new_id(), "before"))
        if sent_before:
            db.db.flush()
        with pytest.raises(NotFound), db.db.savepoint():
            db.db.defer(INSERT, (unit.org_id, new_id(), "within"))
            if sent_within:
                db.db.flush()
            raise NotFound("gone")
        db.db.defer(INSERT, (unit.org_id, new_id(), "after"))
    with unit_of_work(owner_of(organization.id)):
        assert [vendor["name"] for vendor in vendors.select("ORDER BY id")] == ["before", "after"]


def test_savepoint_raises_what_it_deferred_and_the_unit_goes_on(organization: Organization) -> None:
    id = new_id()
    with unit_of_work(owner_of(organization.id)) as unit:
        with pytest.raises(peewee.IntegrityError), db.db.savepoint():
            for _ in range(2):
                db.db.defer(INSERT, (unit.org_id, id, "twice"))
        with db.db.savepoint(), db.db.savepoint():
            db.db.defer(INSERT, (unit.org_id, id, "once"))
        with db.db.savepoint():
            pass
    with unit_of_work(owner_of(organization.id)):
        assert [vendor["name"] for vendor in vendors.select()] == ["once"]


def test_savepoint_costs_no_round_trip_among_statements(organization: Organization) -> None:
    with unit_of_work(owner_of(organization.id)), statements() as sent:
        db.db.flush()
        with db.db.savepoint():
            db.db.row("SELECT 1")
        db.db.row("SELECT 2")
    assert len(sent) == 3


NAMES = "SELECT name FROM vendor WHERE org_id = %s AND name LIKE %s ORDER BY id"


def test_prepared_statement_is_planned_once_and_sees_what_each_unit_may_see(
    unpooled: str, organization: Organization
) -> None:
    for name in ("50 %", "it's"):
        with unit_of_work(owner_of(organization.id)) as unit:
            vendors.insert({"name": name})
            assert db.db.prepared(NAMES, (unit.org_id, name)) == [(name,)]
            assert prepared_as(NAMES) == 1
    other = factories.make_organization()
    with unit_of_work(owner_of(other.id)):
        assert db.db.prepared(NAMES, (organization.id, "%")) == []
    denied = pytest.raises(peewee.ProgrammingError, match="permission denied")
    with denied, unit_of_work(owner_of(organization.id)), platform_role():
        db.db.prepared(NAMES, (organization.id, "%"))


def test_statement_whose_preparation_failed_is_prepared_when_it_comes_again(organization: Organization) -> None:
    with pytest.raises(Conflict), unit_of_work(owner_of(organization.id)) as unit:
        id = new_id()
        for _ in range(2):
            db.db.defer(INSERT, (unit.org_id, id, "twice"))
        db.db.prepared(NAMES + " LIMIT 1", (unit.org_id, "%"))
    with unit_of_work(owner_of(organization.id)) as unit:
        assert db.db.prepared(NAMES + " LIMIT 1", (unit.org_id, "%")) == []
    with pytest.raises(peewee.DataError), unit_of_work(owner_of(organization.id)) as unit:
        db.db.prepared(NAMES + " LIMIT 2", ("no id", "%"))
    with unit_of_work(owner_of(organization.id)) as unit:
        assert db.db.prepared(NAMES + " LIMIT 2", (unit.org_id, "%")) == []


def test_statements_that_the_server_has_forgotten_are_prepared_anew(organization: Organization) -> None:
    """As behind a pooler that hands out another session for each transaction."""
    forgets = True

    def work(unit: Unit) -> list[tuple[str]]:
        nonlocal forgets
        if forgets:
            forgets = False
            db.db.send("DEALLOCATE ALL")
        return db.db.prepared(NAMES, (unit.org_id, "%"))

    with unit_of_work(owner_of(organization.id)) as unit:
        db.db.prepared(NAMES, (unit.org_id, "%"))
    assert run(owner_of(organization.id), work) == []
    with unit_of_work(owner_of(organization.id)):
        db.db.send("DEALLOCATE ALL")
    # Now it is the opening that is gone.
    assert run(owner_of(organization.id), work) == []


def test_table_that_is_changed_under_a_running_server_is_read_as_it_is_now(organization: Organization) -> None:
    text = "SELECT note FROM changing WHERE note <> %s"
    with unit_of_work(owner_of(organization.id)):
        db.db.send("CREATE TEMPORARY TABLE changing (note varchar(5))")
        assert db.db.prepared(text, ("",)) == []
    with unit_of_work(owner_of(organization.id)):
        db.db.send("ALTER TABLE changing ALTER note TYPE text; INSERT INTO changing VALUES ('changed')")
    assert run(owner_of(organization.id), lambda unit: db.db.prepared(text, ("",))) == [("changed",)]
    with unit_of_work(owner_of(organization.id)):
        db.db.send("DROP TABLE changing")


RENAME = "UPDATE vendor SET name = %s WHERE org_id = %s AND name = %s"


def renamed(unit: Unit, to: str) -> None:
    db.db.defer_prepared(RENAME, (to, unit.org_id, "before"))


def names_of(organization: Organization) -> list[str]:
    with unit_of_work(owner_of(organization.id)):
        return [vendor["name"] for vendor in vendors.select()]


def test_deferred_statement_that_is_prepared_goes_along_and_is_planned_once(
    unpooled: str, organization: Organization
) -> None:
    for _ in range(2):
        with unit_of_work(owner_of(organization.id)) as unit, statements() as sent:
            vendors.insert({"name": "before"})
            renamed(unit, "50 % it's")
            renamed(unit, "nobody has the old name any more")
            assert sent == []
    assert names_of(organization) == ["50 % it's", "50 % it's"]
    with unit_of_work(owner_of(organization.id)):
        assert prepared_as(RENAME) == 1


def test_deferred_statement_in_a_long_text_is_not_prepared(unpooled: str, organization: Organization) -> None:
    """The server would keep all of it, for as long as the connection is open."""
    text = RENAME + " AND true"
    with unit_of_work(owner_of(organization.id)) as unit:
        vendors.insert({"name": "before"})
        db.db.defer_prepared(text, ("after", unit.org_id, "x" * 100_000))
        db.db.defer_prepared(text, ("after", unit.org_id, "before"))
        db.db.flush()
        assert prepared_as(text) == 0
        db.db.defer_prepared(text, ("last", unit.org_id, "after"))
        db.db.flush()
        assert prepared_as(text) == 1
    assert names_of(organization) == ["last"]


def prepared_as(text: str) -> int:
    """How many statements this session keeps for the text."""
    digest = hashlib.sha256(text.encode()).hexdigest()[:20]
    return int(db.db.row("SELECT count(*) FROM pg_prepared_statements WHERE name LIKE %s", (f"p%{digest}",))[0])


@pytest.mark.parametrize("dropped_by", ["rollback", "refusal", "savepoint", "server"])
def test_deferred_statement_whose_preparation_was_not_sent_is_prepared_when_it_comes_again(
    organization: Organization, dropped_by: str
) -> None:
    db.db.close()
    if dropped_by == "server":
        with unit_of_work(owner_of(organization.id)) as unit:
            renamed(unit, "known")
            db.db.flush()
            db.db.send("DEALLOCATE ALL")
    elif dropped_by == "savepoint":
        with unit_of_work(owner_of(organization.id)) as unit:
            with pytest.raises(NotFound), db.db.savepoint():
                renamed(unit, "dropped")
                raise NotFound("gone")
            db.db.row("SELECT 1")
    else:
        with pytest.raises((NotFound, Conflict)), unit_of_work(owner_of(organization.id)) as unit:
            if dropped_by == "refusal":
                id = new_id()
                for _ in range(2):
                    db.db.defer(INSERT, (unit.org_id, id, "twice"))
            renamed(unit, "dropped")
            if dropped_by == "rollback":
                raise NotFound("gone")

    def work(unit: Unit) -> None:
        vendors.insert({"name": "before"})
        renamed(unit, "after")

    run(owner_of(organization.id), work)
    assert names_of(organization) == ["after"]
