"""Makes a backup while servers work: the database as of one moment, and the files that its rows name at that moment."""

import shutil
import tarfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg2
from psycopg2 import sql

from pharus import __version__, locks, storage
from pharus.backup import manifest, programs
from pharus.backup.manifest import Manifest
from pharus.connecting import goes_through_pooler
from pharus.db import maintenance
from pharus.errors import ConfigurationError
from pharus.migrations import roles

# A dump waits behind a migration, and everybody who comes later behind both.
_LOCK_WAIT_MILLISECONDS = 60_000

_MIGRATIONS = "SELECT source, name FROM schema_migration ORDER BY source, name"
_TABLES = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY relname"
_SETTINGS = """
SELECT rolname, unnest(setconfig) FROM pg_db_role_setting LEFT JOIN pg_roles ON pg_roles.oid = setrole
WHERE setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database())
    AND (setrole = 0 OR rolname = ANY(%s))
ORDER BY 1 NULLS FIRST, 2"""
_FUNCTIONS = """
SELECT oid::regprocedure::text, proowner::regrole::text FROM pg_proc
WHERE pronamespace = 'public'::regnamespace AND proowner::regrole::text = ANY(%s) ORDER BY 1"""

Cursor = psycopg2.extensions.cursor


def make(
    url: str,
    target: Path,
    paths_of: Callable[[Cursor], Sequence[str]],
    given: Path | None = None,
    say: Callable[[str], None] = lambda step: None,
) -> Manifest:
    """A backup of the database, as the owner, and of the files of the store that `paths_of` names, at the target: a tar
    file when its name ends with `.tar`, else a folder. `given` is a folder with pg_dump.

    ConfigurationError when the target is there already, when this login would not see all rows, or behind a pooler.
    """
    if target.exists():
        raise ConfigurationError(f"{target} is there already: name another file or folder.")
    refuse_pooler(url)
    with maintenance():
        if not roles.sees_everything():
            raise ConfigurationError(
                "This login does not see every organization's rows, and neither would its backup: name the owner's "
                "login in PHARUS_MIGRATE_URL, and run `pharus migrate` once."
            )
    partial = target.with_name(f"{target.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(mode=0o700, parents=True)
    try:
        with _moment(url) as (cursor, snapshot):
            made = _fill(partial, url, cursor, snapshot, paths_of, given, say)
        if target.suffix == ".tar":
            say("Writing the tar file")
            _pack(partial, target)
        else:
            partial.rename(target)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return made


def _fill(
    folder: Path,
    url: str,
    cursor: Cursor,
    snapshot: str,
    paths_of: Callable[[Cursor], Sequence[str]],
    given: Path | None,
    say: Callable[[str], None],
) -> Manifest:
    server = cursor.connection.server_version // 10000
    dumping = programs.for_dump(server, given)
    say(f"Dumping the database with pg_dump {dumping.major}")
    dump = folder / manifest.DUMP
    # A superuser is held back by nothing; for the owner the policy of pharus_maintenance decides, if it may.
    arguments = ["--format=custom", "--enable-row-security", f"--snapshot={snapshot}", f"--file={dump}"]
    dumping.run("pg_dump", url, *arguments, "--schema=public", f"--lock-wait-timeout={_LOCK_WAIT_MILLISECONDS}")
    paths = paths_of(cursor)
    say(f"Copying {len(paths)} files")
    files = {path: _copy(path, folder / manifest.FILES / path) for path in paths}
    say("Counting")
    made = Manifest(
        pharus=__version__,
        made_at=datetime.now(UTC).isoformat(timespec="seconds"),
        server=server,
        pg_dump=dumping.major or server,
        migrations=_rows(cursor, _MIGRATIONS),
        tables=count_rows(cursor),
        settings=_rows(cursor, _SETTINGS, list(roles.ALL)),
        functions=dict(_rows(cursor, _FUNCTIONS, list(roles.ALL))),
        database=manifest.content_of(dump),
        files=files,
    )
    made.write(folder)
    return made


def refuse_pooler(url: str) -> None:
    """Sessions that the programs of PostgreSQL have set up for themselves must not be handed to anybody else."""
    connection = psycopg2.connect(url)
    try:
        is_pooled = goes_through_pooler(connection)
    finally:
        connection.close()
    if is_pooled:
        raise ConfigurationError(
            "This database is reached through a pooler, and pg_dump and pg_restore need sessions of their own: name "
            "PostgreSQL itself in PHARUS_DATABASE_URL or PHARUS_MIGRATE_URL for this command."
        )


def count_rows(cursor: Cursor) -> dict[str, int]:
    """The number of rows of each table."""
    counts: dict[str, int] = {}
    for (table,) in _rows(cursor, _TABLES):
        cursor.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier("public", table)))
        ((counts[table],),) = cursor.fetchall()
    return counts


@contextmanager
def _moment(url: str) -> Iterator[tuple[Cursor, str]]:
    """A transaction that sees one moment, and the name under which pg_dump sees the same. Until its end no file is
    deleted from the store."""
    connection = psycopg2.connect(url)
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0")
            # Before the moment begins: by then every deletion under way has ended.
            cursor.execute("SELECT pg_advisory_lock(%s)", (locks.FILES_STAY,))
            cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute("SELECT pg_export_snapshot()")
            ((snapshot,),) = cursor.fetchall()
            yield cursor, snapshot
            # Not when the server has noticed that the connection is closed: the next may ask at once.
            cursor.execute("ROLLBACK")
            cursor.execute("SELECT pg_advisory_unlock(%s)", (locks.FILES_STAY,))
    finally:
        connection.close()


def _copy(path: str, target: Path) -> manifest.Content:
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with target.open("wb") as opened:
            storage.store().get(path, opened)
    except FileNotFoundError:
        raise ConfigurationError(
            f"The file {path} of a document is not in the store, as `pharus check` would say: mend that first."
        ) from None
    return manifest.content_of(target)


def _pack(folder: Path, target: Path) -> None:
    packed = target.with_name(f"{target.name}.packing")
    try:
        with tarfile.open(packed, "w") as archive:
            packed.chmod(0o600)
            archive.add(folder, arcname=".")
        packed.rename(target)
    finally:
        packed.unlink(missing_ok=True)


def _rows(cursor: Cursor, statement: str, *parameters: object) -> list[tuple[Any, ...]]:
    cursor.execute(statement, parameters or None)
    return cursor.fetchall()
