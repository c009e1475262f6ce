"""Whether a server can work on the database; before it serves, and for /readyz."""

import pytest

from pharus import migrations
from pharus.db import db, maintenance
from pharus.errors import ConfigurationError
from plugins import manager

ALL = migrations.read(manager.sources(manager.load(())))
# Written down by a version that there is not yet.
NEWER = (
    "INSERT INTO schema_migration (source, name, checksum, old_servers_work) VALUES ('pharus', '9999_x.sql', 'x', %s)"
)


@pytest.fixture(autouse=True)
def migrated(scratch: str) -> None:
    migrations.apply(ALL)


def execute(statement: str, *parameters: object) -> None:
    with maintenance():
        db.execute_sql(statement, parameters or None)


def refusal() -> str:
    with pytest.raises(ConfigurationError) as refused:
        migrations.require(ALL)
    return str(refused.value)


def test_newer_database_is_refused_unless_old_servers_work_on_it() -> None:
    execute(NEWER, True)
    assert migrations.require(ALL) == ["9999_x.sql of pharus"]
    assert migrations.readiness(ALL) == "ok"
    execute("UPDATE schema_migration SET old_servers_work = false WHERE name = '9999_x.sql'")
    assert "newer than this server, which does not know the migration 9999_x.sql of pharus" in refusal()
    assert migrations.readiness(ALL) == refusal()


def test_plugin_that_is_not_loaded_makes_the_database_no_newer() -> None:
    execute(NEWER.replace("'pharus'", "'pharus_lots'"), False)
    migrations.require(ALL)
    assert migrations.readiness(ALL) == "ok"


def test_migrations_that_are_not_applied_are_refused() -> None:
    execute("DELETE FROM schema_migration WHERE name = '0006_text_keys.sql'")
    assert "1 migrations are not applied, the first of them 0006_text_keys.sql of pharus" in refusal()
    assert migrations.readiness(ALL) == "1 migrations are not applied"


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        (
            "DROP POLICY own ON organization; DROP POLICY platform ON organization",
            "the table organization has no policy",
        ),
        (
            "CREATE FUNCTION search_vendor() RETURNS int LANGUAGE sql SECURITY DEFINER RETURN 1",
            "the function search_vendor does not belong to pharus_search",
        ),
        ("REVOKE SELECT ON schema_migration FROM pharus_platform", "pharus_platform may not read schema_migration"),
    ],
)
def test_database_that_was_restored_without_its_roles_is_refused(statement: str, sentence: str) -> None:
    execute(statement)
    assert f"The database was restored without its roles: {sentence}" in refusal()


def test_readiness_says_so_as_well() -> None:
    execute("REVOKE SELECT ON schema_migration FROM pharus_platform")
    assert migrations.readiness(ALL) == "the database was restored without its roles: see docs/backup.md"


def test_database_without_tables_is_refused() -> None:
    execute("ALTER TABLE schema_migration RENAME TO gone")
    assert refusal() == "The database has no tables yet: run `pharus migrate`."
