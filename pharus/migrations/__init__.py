"""Plain SQL files, applied in order, each in a transaction, recorded with a checksum.

A source is a package that brings a folder `migrations` of files named `NNNN_name.sql`: the kernel, then each plugin in
order. An applied file that was edited afterwards refuses to start: the database would no longer be what the files say.
"""

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable

import psycopg2

from pharus.db import db, maintenance
from pharus.errors import ConfigurationError
from pharus.migrations import ownership

# Any constant will do, as long as every process uses the same: only one of them migrates at a time.
_LOCK = 0x70686172

_HISTORY = """
CREATE TABLE IF NOT EXISTS schema_migration (
    source text NOT NULL,
    name text NOT NULL,
    checksum text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (source, name)
)"""


@dataclass(frozen=True, slots=True)
class Migration:
    """`prefix` is what the tables must begin with that it makes or changes; None for ours, which may do anything."""

    source: str
    name: str
    sql: str
    prefix: str | None = None

    @property
    def checksum(self) -> str:
        return hashlib.sha256(self.sql.encode()).hexdigest()


def read(sources: Sequence[str], prefixes: Mapping[str, str] | None = None) -> list[Migration]:
    """All migrations of the packages named (`pharus`, `plugins.vendors`, …), in the order they are applied.

    `prefixes` says what the tables of the packages of others begin with.
    """
    return [migration for source in sources for migration in _read_source(source, (prefixes or {}).get(source))]


def pending(migrations: Sequence[Migration]) -> list[Migration]:
    """Those not applied yet. Raises ConfigurationError when an applied one was edited."""
    with maintenance():
        applied = _applied()
    for migration in migrations:
        checksum = applied.get((migration.source, migration.name))
        if checksum is not None and checksum != migration.checksum:
            raise ConfigurationError(
                f"The migration {migration.name} of {migration.source} was edited after it had been applied to this "
                "database; restore the file and put the change in a new one."
            )
    return [migration for migration in migrations if (migration.source, migration.name) not in applied]


def apply(migrations: Sequence[Migration], progress: Callable[[Migration], None] = lambda migration: None) -> int:
    """Apply what is pending and say how many that were. Safe when several processes start at once."""
    with maintenance():
        return _apply(migrations, progress)


def _apply(migrations: Sequence[Migration], progress: Callable[[Migration], None]) -> int:
    # A migration may well take longer than any statement of a request, and so may waiting for another process's.
    _execute("SET statement_timeout = 0")
    _execute(f"SELECT pg_advisory_lock({_LOCK})")
    try:
        _execute(_HISTORY)
        waiting = pending(migrations)
        for migration in waiting:
            progress(migration)
            with db.transaction():
                _run(migration)
                db.execute_sql(
                    "INSERT INTO schema_migration (source, name, checksum) VALUES (%s, %s, %s)",
                    (migration.source, migration.name, migration.checksum),
                )
        return len(waiting)
    finally:
        _execute(f"SELECT pg_advisory_unlock({_LOCK})")
        _execute("RESET statement_timeout")


def _applied() -> dict[tuple[str, str], str]:
    if db.execute_sql("SELECT to_regclass('schema_migration')").fetchone() == (None,):
        return {}
    return {(row[0], row[1]): row[2] for row in db.execute_sql("SELECT source, name, checksum FROM schema_migration")}


def _run(migration: Migration) -> None:
    if migration.prefix is None:
        _execute(migration.sql)
        return
    before = ownership.survey()
    try:
        _execute(migration.sql)
    except psycopg2.Error as error:
        reason = str(error).strip().partition("\n")[0]
        raise ConfigurationError(
            f"The migration {migration.name} of {migration.source} failed and was rolled back: {reason}."
        ) from error
    is_first = not db.row("SELECT EXISTS (SELECT FROM schema_migration WHERE source = %s)", (migration.source,))[0]
    found = ownership.foreign_changes(migration.prefix, before, ownership.survey(), is_first=is_first)
    if found is not None:
        raise ConfigurationError(f"The migration {migration.name} of {migration.source} was rolled back: it {found}.")


def _read_source(source: str, prefix: str | None) -> list[Migration]:
    folder: Traversable = files(source) / "migrations"
    if not folder.is_dir():
        return []
    found = sorted((entry for entry in folder.iterdir() if entry.name.endswith(".sql")), key=lambda entry: entry.name)
    for entry in found:
        if not re.fullmatch(r"\d{4}_[a-z0-9_]+\.sql", entry.name):
            raise ConfigurationError(f"The migration {entry.name} of {source} must be named NNNN_name.sql.")
    return [Migration(source, entry.name, entry.read_text(encoding="utf-8"), prefix) for entry in found]


def _execute(sql: str) -> None:
    """Run SQL without parameters on the raw cursor: with parameters, each % in a file would be a placeholder."""
    db.connection().cursor().execute(sql)
