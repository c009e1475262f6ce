"""Who migrates and who serves: a login that is no superuser, and another one that owns nothing."""

from collections.abc import Iterator

import pytest

from pharus import db, migrations
from pharus.errors import ConfigurationError
from pharus.identity import Actor
from pharus.migrations import roles, state
from plugins import manager
from tests import database, factories, logins
from tests.factories import Organization

ALL = migrations.read(manager.sources(manager.load(())))


@pytest.fixture
def owner_url(database_url: str) -> Iterator[str]:
    """A database that belongs to a login with CREATEROLE; the kernel of this process is connected as that login."""
    with (
        logins.login(database_url, "CREATEROLE") as owner,
        logins.owned_database(database_url, owner) as url,
    ):
        logins.let_it_be_as_if_it_had_made_the_roles(database_url, owner)
        with database.kernel_on(url, database_url):
            yield url


@pytest.fixture
def serving(database_url: str) -> Iterator[str]:
    with logins.login(database_url) as name:
        yield name


def connect(url: str) -> None:
    db.configure(url)
    db.db.connect()


def test_login_that_is_no_superuser_migrates_and_serves(owner_url: str) -> None:
    assert migrations.apply(ALL) == len(ALL)
    state.require(ALL)
    assert state.readiness(ALL) == "ok"
    organization = factories.make_organization()
    with db.unit_of_work(Actor(org_id=organization.id)):
        assert db.db.row("SELECT count(*) FROM organization") == (1,)
    assert migrations.apply(ALL) == 0


def test_owner_sees_the_rows_of_every_organization(owner_url: str) -> None:
    """Or migrations would change nothing, `pharus check` find nothing and a backup hold nothing, in silence."""
    migrations.apply(ALL)
    for _ in range(2):
        factories.make_vendor(factories.make_organization().id)
    assert roles.sees_everything()
    with db.maintenance():
        assert db.db.row("SELECT count(*) FROM vendor") == (2,)
        assert db.db.execute_sql("UPDATE vendor SET city = 'Sample'").rowcount == 2
        assert roles.closed_tables() == []


def test_login_that_owns_nothing_serves_once_the_owner_has_let_it(
    owner_url: str, serving: str, database_url: str
) -> None:
    migrations.apply(ALL)
    organization = factories.make_organization()
    factories.make_vendor(organization.id)
    connect(logins.as_login(owner_url, serving))
    with pytest.raises(
        ConfigurationError, match="may not act as pharus_app and pharus_platform and pharus_purge"
    ) as at:
        state.require(ALL)
    assert state.readiness(ALL) == str(at.value)

    connect(owner_url)
    roles.let_serve(serving)
    roles.let_serve(serving)
    connect(logins.as_login(owner_url, serving))
    state.require(ALL)
    assert state.readiness(ALL) == "ok"
    with db.unit_of_work(Actor(org_id=organization.id)):
        assert db.db.row("SELECT count(*) FROM vendor") == (1,)
    assert not roles.sees_everything()
    with db.maintenance(), pytest.raises(db.peewee.ProgrammingError, match="permission denied"):
        db.db.row("SELECT count(*) FROM vendor")


def test_sql_of_the_refusal_lets_the_login_serve(owner_url: str, serving: str, database_url: str) -> None:
    migrations.apply(ALL)
    connect(logins.as_login(owner_url, serving))
    sentence = roles.lacking()
    assert sentence is not None
    database.execute(database_url, sentence.partition("run: ")[2])
    assert roles.lacking() is None


def test_login_without_the_right_to_make_roles_is_told_the_sql(database_url: str) -> None:
    with logins.login(database_url) as plain, logins.owned_database(database_url, plain) as url:
        try:
            connect(url)
            with pytest.raises(ConfigurationError, match="Let an administrator run") as refused:
                migrations.apply(ALL)
            # The roles exist here already.
            grant = "GRANT " + str(refused.value).partition("GRANT ")[2].partition(";")[0].replace("…", plain)
            database.execute(database_url, grant)
            assert migrations.apply(ALL) == len(ALL)
            state.require(ALL)
        finally:
            db.configure(database_url, application_name="pharus-tests")


def test_let_serve_refuses_a_login_that_does_not_exist(owner_url: str) -> None:
    with pytest.raises(ConfigurationError, match="names the login nobody_of_that_name, which does not exist"):
        roles.let_serve("nobody_of_that_name")


def test_login_of_requests_is_no_member_of_what_sees_everything(database_url: str, organization: Organization) -> None:
    for role in roles.OF_REQUESTS:
        for other in (roles.SEARCH, roles.MAINTENANCE):
            (member,) = database.execute(database_url, "SELECT pg_has_role(%s, %s, 'MEMBER')", role, other)
            assert member == (False,), (role, other)
