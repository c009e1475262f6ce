"""What was applied to this database, as the table `schema_migration` says."""

from collections.abc import Sequence
from typing import NamedTuple

from pharus.db import db, maintenance
from pharus.errors import ConfigurationError
from pharus.migrations.files import Migration

_TABLE = """
CREATE TABLE IF NOT EXISTS schema_migration (
    source text NOT NULL,
    name text NOT NULL,
    checksum text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (source, name)
)"""

# Whether servers that do not know the migration go on working. Of what nothing is known they do not.
_COLUMN = "ALTER TABLE schema_migration ADD COLUMN old_servers_work boolean NOT NULL DEFAULT false"
_HAS_COLUMN = """
SELECT EXISTS (
    SELECT FROM pg_attribute WHERE attrelid = to_regclass('schema_migration') AND attname = 'old_servers_work'
)"""

# The row as JSON, because a database of before has fewer columns.
_APPLIED = """
SELECT source, name, checksum, coalesce(to_jsonb(schema_migration) ->> 'old_servers_work', 'false') = 'true'
FROM schema_migration"""


class _Row(NamedTuple):
    checksum: str
    old_servers_work: bool


def prepare() -> None:
    """Make the table, or bring it up to date. As the owner, while nobody else migrates."""
    db.execute_sql(_TABLE)
    if not db.row(_HAS_COLUMN)[0]:
        db.execute_sql(_COLUMN)


class Compared(NamedTuple):
    """The migrations of this installation beside those of its database. `newer` are those that a newer version of a
    package has applied: `0009_name.sql of its source`, and whether servers that do not know it go on working."""

    pending: list[Migration]
    newer: list[tuple[str, bool]]


def compare(migrations: Sequence[Migration]) -> Compared:
    """Raises ConfigurationError when an applied one was edited."""
    with maintenance():
        applied = _applied()
    for migration in migrations:
        row = applied.get((migration.source, migration.name))
        if row is not None and row.checksum != migration.checksum:
            raise ConfigurationError(
                f"The migration {migration.name} of {migration.source} was edited after it had been applied to this "
                "database; restore the file and put the change in a new one."
            )
    known = {(migration.source, migration.name) for migration in migrations}
    sources = {source for source, _ in known}
    return Compared(
        [migration for migration in migrations if (migration.source, migration.name) not in applied],
        [
            (f"{name} of {source}", row.old_servers_work)
            for (source, name), row in sorted(applied.items())
            if source in sources and (source, name) not in known
        ],
    )


def pending(migrations: Sequence[Migration]) -> list[Migration]:
    """Those not applied yet. Raises ConfigurationError when an applied one was edited."""
    return compare(migrations).pending


def record(migration: Migration) -> None:
    db.execute_sql(
        "INSERT INTO schema_migration (source, name, checksum, old_servers_work) VALUES (%s, %s, %s, %s)",
        (migration.source, migration.name, migration.checksum, migration.old_servers_work),
    )


def _applied() -> dict[tuple[str, str], _Row]:
    if db.execute_sql("SELECT to_regclass('schema_migration')").fetchone() == (None,):
        return {}
    return {(row[0], row[1]): _Row(row[2], row[3]) for row in db.execute_sql(_APPLIED)}
