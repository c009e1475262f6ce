import threading

import psycopg2
import pytest

from pharus import db, migrations
from pharus.errors import ConfigurationError
from pharus.migrations import Migration
from plugins import manager
from tests import database
from tests.pharus.acting import at_once

FIRST = Migration("example", "0001_first.sql", "CREATE TABLE first (id int); INSERT INTO first VALUES (1)")
SECOND = Migration("example", "0002_second.sql", "ALTER TABLE first RENAME TO second; SELECT 1 WHERE '5%' LIKE '%s'")


def tables() -> set[str]:
    names = db.db.execute_sql(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
    )
    return {name for (name,) in names} - {"schema_migration"}


def test_apply_runs_what_is_pending_in_order_and_once(scratch: str) -> None:
    seen: list[Migration] = []
    assert migrations.pending([FIRST]) == [FIRST]
    assert migrations.apply([FIRST], seen.append) == 1
    assert migrations.pending([FIRST, SECOND]) == [SECOND]
    assert migrations.apply([FIRST, SECOND], seen.append) == 1
    assert migrations.apply([FIRST, SECOND], seen.append) == 0
    assert seen == [FIRST, SECOND]
    assert tables() == {"second"}


def test_apply_refuses_a_file_that_was_edited_after_it_had_been_applied(scratch: str) -> None:
    migrations.apply([FIRST])
    edited = Migration(FIRST.source, FIRST.name, FIRST.sql + " ")
    for step in (migrations.apply, migrations.pending):
        with pytest.raises(ConfigurationError, match=r"0001_first\.sql of example was edited"):
            step([edited, SECOND])
    assert tables() == {"first"}


def test_apply_file_that_fails_is_rolled_back_whole_and_can_be_repaired(scratch: str) -> None:
    broken = Migration("example", "0002_second.sql", "CREATE TABLE half (id int); SELECT 1 / 0")
    with pytest.raises(psycopg2.Error, match="division by zero"):
        migrations.apply([FIRST, broken, Migration("example", "0003_third.sql", "CREATE TABLE third (id int)")])
    assert tables() == {"first"}
    assert migrations.pending([FIRST, broken]) == [broken]
    assert migrations.apply([FIRST, SECOND]) == 1
    assert tables() == {"second"}


def test_apply_by_many_at_once_runs_each_file_once(scratch: str) -> None:
    slow = Migration("example", "0001_first.sql", "CREATE TABLE first (id int); SELECT pg_sleep(0.2)")
    seen: list[int] = []
    lock = threading.Lock()

    def apply(_: int) -> int:
        with db.db.connection_context():
            applied = migrations.apply([slow])
        with lock:
            seen.append(applied)
        return applied

    assert sorted(at_once(4, apply)) == [0, 0, 0, 1]
    assert tables() == {"first"}


def test_apply_is_not_cut_short_by_the_statement_timeout(scratch: str) -> None:
    # Behind a pooler only transactions have a timeout.
    db.configure(database.past_pooler(scratch), statement_timeout_seconds=1)
    with db.db.connection_context():
        assert migrations.apply([Migration("example", "0001_slow.sql", "SELECT pg_sleep(1.1)")]) == 1
        assert db.db.execute_sql("SHOW statement_timeout").fetchone() == ("1s",)


def test_read_takes_the_files_of_all_sources_in_order() -> None:
    sources = ["pharus", *(f"plugins.{domain}" for domain in manager.DOMAINS)]
    found = migrations.read(sources)
    # Imports only read and write what others have.
    sources.remove("plugins.imports")
    assert list(dict.fromkeys(migration.source for migration in found)) == sources
    for source in sources:
        names = [migration.name for migration in found if migration.source == source]
        assert names == sorted(names)
        # Those of one number would be applied in the order of their names, which says nothing.
        assert len({name[:4] for name in names}) == len(names)
    assert migrations.read(["codegen"]) == [], "a package without migrations has none"


def test_read_refuses_a_file_with_another_name(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path_factory.mktemp("path") / "example_of_a_bad_name"
    (package / "migrations").mkdir(parents=True)
    (package / "__init__.py").touch()
    monkeypatch.syspath_prepend(package.parent)
    (package / "migrations" / "0001_good.sql").write_text("SELECT 1")
    (package / "migrations" / "README.md").write_text("not a migration")
    assert [each.name for each in migrations.read([package.name])] == ["0001_good.sql"]
    (package / "migrations" / "2_Bad.sql").write_text("SELECT 1")
    with pytest.raises(ConfigurationError, match=r"2_Bad\.sql of example_of_a_bad_name must be named"):
        migrations.read([package.name])
