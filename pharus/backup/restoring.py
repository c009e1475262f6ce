"""Puts a backup into another database and another store, as the owner of that database.

First all of the backup is held against its manifest, then everything that could refuse does so, and only then is
anything changed: the files come first, then the database in one transaction. So a database that is there has its files.
"""

import shutil
import tarfile
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psycopg2
from psycopg2 import sql

from pharus import storage
from pharus.backup import manifest, programs
from pharus.backup.making import Cursor, count_rows, refuse_pooler
from pharus.backup.manifest import Manifest
from pharus.db import db, maintenance
from pharus.errors import ConfigurationError
from pharus.migrations import Migration, roles

_OTHERS = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name LIKE 'pharus%'"""
_IS_EMPTY = """
SELECT NOT EXISTS (SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace)
    AND NOT EXISTS (SELECT FROM pg_proc WHERE pronamespace = 'public'::regnamespace)"""
# Everything in it, and not the schema itself: that belongs to the database's owner, with rights of its own.
_CLEAR = """
DO $$
DECLARE
    each text;
BEGIN
    -- All names before the first of them is gone. A sequence of a column goes with its table.
    FOREACH each IN ARRAY coalesce((
        SELECT array_agg(
            format(
                '%s IF EXISTS %I.%I', CASE relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW'
                WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, 'public', relname
            ) ORDER BY relkind = 'S'
        )
        FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'S')
    ), '{}') LOOP
        EXECUTE format('DROP %s CASCADE', each);
    END LOOP;
    -- A type of ranges takes its functions along.
    FOR each IN SELECT oid::regtype FROM pg_type
        WHERE typnamespace = 'public'::regnamespace AND typrelid = 0 AND typelem = 0 AND typtype IN ('d', 'e', 'r') LOOP
        EXECUTE format('DROP TYPE IF EXISTS %s CASCADE', each);
    END LOOP;
    FOREACH each IN ARRAY coalesce((
        SELECT array_agg(oid::regprocedure::text) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    ), '{}') LOOP
        EXECUTE format('DROP ROUTINE IF EXISTS %s CASCADE', each);
    END LOOP;
END $$"""

# PostgreSQL keeps the values of these as they are written, with quotes of their own.
_LISTS = frozenset({"search_path", "temp_tablespaces", "session_preload_libraries", "local_preload_libraries"})


def restore(
    url: str,
    source: Path,
    known: Sequence[Migration],
    *,
    overwrite: bool = False,
    given: Path | None = None,
    say: Callable[[str], None] = lambda step: None,
) -> Manifest:
    """Put the backup into the database, which is empty unless it may be overwritten, and into the store of the process.
    `known` are the migrations of this version, `given` is a folder with pg_restore.

    ConfigurationError, and nothing was changed, when the backup or the target does not fit, or behind a pooler; also
    when pg_restore fails, and then the database is empty.
    """
    with _unpacked(source, say) as folder:
        say("Checking the backup")
        made = manifest.read(folder)
        _refuse_newer(made, known)
        refuse_pooler(url)
        with maintenance():
            db.execute_sql("SET statement_timeout = 0")
            restoring = _check_target(made, overwrite, given)
            with db.transaction():
                roles.ensure()
                if overwrite:
                    db.connection().cursor().execute(_CLEAR)
        say(f"Copying {len(made.files)} files")
        _copy_files(made, folder, overwrite)
        say(f"Restoring the database with pg_restore {restoring.major}")
        # What is in the schema, and not the schema itself, which is there.
        arguments = ("--no-owner", "--schema=public", "--single-transaction", str(folder / manifest.DUMP))
        restoring.run("pg_restore", url, *arguments)
    with psycopg2.connect(url) as connection, connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        _give_back(cursor, made)
        # The log of events goes on here, where transactions are numbered anew.
        cursor.execute("SELECT to_regprocedure('follow_cluster()') IS NOT NULL")
        if cursor.fetchone() == (True,):
            cursor.execute("CALL follow_cluster()")
        connection.commit()
        for failed in _apply_settings(cursor, made):
            say(failed)
        say("Counting")
        cursor.execute("ANALYZE")
        counted = count_rows(cursor)
    connection.close()
    if counted != dict(made.tables):
        tables = sorted(counted.keys() | made.tables.keys())
        differing = ", ".join(table for table in tables if counted.get(table) != made.tables.get(table))
        raise ConfigurationError(f"The restored database has other numbers of rows than the backup: {differing}.")
    return made


def _refuse_newer(made: Manifest, known: Sequence[Migration]) -> None:
    """What a newer version has migrated this one could not serve."""
    names = {(each.source, each.name) for each in known}
    sources = {each.source for each in known}
    for source, name in made.migrations:
        if source in sources and (source, name) not in names:
            raise ConfigurationError(
                f"The backup was made by a newer version of Pharus ({made.pharus}): this one does not know the "
                f"migration {name} of {source}. Install that version, or a later one."
            )


def _check_target(made: Manifest, overwrite: bool, given: Path | None) -> programs.Programs:
    """pg_restore, if nothing speaks against using it."""
    server = db.connection().server_version // 10000
    if server < made.server:
        raise ConfigurationError(
            f"The backup is of PostgreSQL {made.server}, and this server is {server}: restore it into {made.server} or "
            "later."
        )
    encoding = db.row("SHOW server_encoding")[0]
    if encoding != "UTF8":
        raise ConfigurationError(f"The database has the encoding {encoding}: make one with UTF8.")
    others = db.row(_OTHERS)[0]
    if others:
        raise ConfigurationError(f"{others} connections of Pharus are open to this database: stop its servers first.")
    if not overwrite:
        if not db.row(_IS_EMPTY)[0]:
            raise ConfigurationError(
                "The database is not empty: name another one, or say --overwrite to lose what it holds."
            )
        if next(iter(storage.store().paths()), None) is not None:
            raise ConfigurationError(
                "The store holds files already: name another one (PHARUS_DATA, PHARUS_STORAGE_BUCKET), or say "
                "--overwrite to lose them."
            )
    return programs.for_restore(server, made.pg_dump, given)


def _copy_files(made: Manifest, folder: Path, overwrite: bool) -> None:
    store = storage.store()
    if overwrite:
        for path in list(store.paths()):
            store.delete(path)
    for path in made.files:
        with (folder / manifest.FILES / path).open("rb") as content:
            store.put(path, content, "application/octet-stream")


def _give_back(cursor: Cursor, made: Manifest) -> None:
    """Everything belongs to the login that has restored it. Functions that act as a role of ours belong to that role,
    which must be allowed to make one meanwhile."""
    for function, role in made.functions.items():
        if role not in roles.ALL:
            raise ConfigurationError(f"The backup gives the function {function} to {role}, which is no role of ours.")
        owner = sql.Identifier(role)
        cursor.execute("SELECT %s::regprocedure::text", (function,))
        ((name,),) = cursor.fetchall()
        cursor.execute(sql.SQL("GRANT CREATE ON SCHEMA public TO {}").format(owner))
        cursor.execute(sql.SQL("ALTER FUNCTION {} OWNER TO {}").format(sql.SQL(name), owner))
        cursor.execute(sql.SQL("REVOKE CREATE ON SCHEMA public FROM {}").format(owner))
    for role in sorted({*roles.OF_REQUESTS, *made.functions.values()}):
        cursor.execute(sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(sql.Identifier(role)))


def _apply_settings(cursor: Cursor, made: Manifest) -> Iterator[str]:
    """Those of the database, and of roles in it. Some only an administrator may set: they are told."""
    cursor.execute("SELECT current_database()")
    ((database,),) = cursor.fetchall()
    for role, setting in made.settings:
        name, _, value = setting.partition("=")
        of = sql.SQL("DATABASE {}") if role is None else sql.SQL("ROLE {role} IN DATABASE {}")
        statement = sql.SQL("ALTER {} SET {} TO {}").format(
            of.format(sql.Identifier(database), role=sql.Identifier(role or "")),
            sql.Identifier(name),
            sql.SQL(value) if name in _LISTS else sql.Literal(value),
        )
        try:
            cursor.execute(statement)
            cursor.connection.commit()
        except psycopg2.Error as error:
            cursor.connection.rollback()
            yield f"Not done: {statement.as_string(cursor)}; ({str(error).strip().partition(chr(10))[0]})"


@contextmanager
def _unpacked(source: Path, say: Callable[[str], None]) -> Iterator[Path]:
    """The folder of the backup; what is in a tar file, beside it for as long as this takes."""
    if not source.is_file():
        yield source
        return
    say("Unpacking the tar file")
    folder = Path(tempfile.mkdtemp(prefix=f".{source.name}.", dir=source.parent))
    try:
        try:
            with tarfile.open(source, "r:") as archive:
                archive.extractall(folder, filter="data")
        except tarfile.TarError as error:
            raise ConfigurationError(f"{source} is no backup: {error}.") from error
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
