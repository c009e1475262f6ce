"""One database for a whole test run, on the server named by PHARUS_TEST_DATABASE_URL or on an embedded one.

Tests run in parallel against it: each makes organizations of its own, so nothing needs cleaning. Whichever process
needs it first makes it; a run without such a test starts no server at all.
"""

import fcntl
import os
import secrets
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psutil
import psycopg2
from psycopg2 import errors, sql

from pharus import db, embedded, hooks, migrations
from plugins import manager

FOLDER = Path(__file__).parent.parent / "build" / "test"

# One file for each run that has a database, named by the process that started the run.
_RUNS = FOLDER / "runs"


def create(run: int) -> str:
    """The URL of the run's database, made and migrated unless another process of the run has done that already."""
    _RUNS.mkdir(parents=True, exist_ok=True)
    (_RUNS / str(run)).touch()
    admin_url = server_url()
    _make(admin_url, _name(run))
    url = renamed(admin_url, _name(run))
    plugins = manager.load(())
    hooks.install(plugins)
    db.configure(url, application_name="pharus-tests")
    migrations.apply(migrations.read(manager.sources(plugins)))
    return url


def server_url() -> str:
    """The server that all tests share, started if need be. Ours waits for no disk: to drop a database took a second."""
    named = os.environ.get("PHARUS_TEST_DATABASE_URL")
    if named:
        return named
    url = embedded.start(FOLDER, "pharus_tests")
    if execute(url, "SHOW fsync") != [("off",)]:
        for setting in ("fsync", "full_page_writes"):
            execute(url, sql.SQL("ALTER SYSTEM SET {} = off").format(sql.Identifier(setting)))
        execute(url, "SELECT pg_reload_conf()")
    return url


def drop(run: int) -> None:
    """Drop the run's database if it has one, and with it those that killed runs left behind."""
    if not (_RUNS / str(run)).exists():
        return
    db.disconnect()
    admin_url = server_url()
    for marker in _RUNS.iterdir():
        if int(marker.name) == run or not psutil.pid_exists(int(marker.name)):
            for (name,) in execute(
                admin_url, "SELECT datname FROM pg_database WHERE datname ~ %s", f"^{_name(marker.name)}(_|$)"
            ):
                _drop(admin_url, name)
            marker.unlink(missing_ok=True)


def scratch(url: str) -> str:
    """The URL of a new, empty database beside the one named; it goes with the run's at the latest."""
    scratch_url = renamed(url, f"{urlsplit(url).path.strip('/')}_{secrets.token_hex(4)}")
    _make(url, urlsplit(scratch_url).path.strip("/"))
    return scratch_url


def migrated(url: str) -> str:
    """The URL of a new database beside the one named, with all tables of ours: a copy of one that is made once a run,
    for to migrate takes ten times longer. The kernel of this process must be configured anew afterwards."""
    template = renamed(url, f"{urlsplit(url).path.strip('/')}_template")
    name = urlsplit(template).path.strip("/")
    with (FOLDER / "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not execute(url, "SELECT FROM pg_database WHERE datname = %s", name):
            _make(url, name)
            db.configure(template)
            migrations.apply(migrations.read(manager.sources(manager.load(()))))
            # Nobody may be connected to what is copied; a pooler would stay so.
            db.disconnect()
            execute(url, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", name)
    copy_url = renamed(url, f"{urlsplit(url).path.strip('/')}_{secrets.token_hex(4)}")
    _make(url, urlsplit(copy_url).path.strip("/"), template=name)
    return copy_url


def drop_scratch(url: str, scratch_url: str) -> None:
    _drop(url, urlsplit(scratch_url).path.strip("/"))


def postmaster(data: Path) -> int | None:
    """The process id of the embedded server in the data folder, if it runs; a number that another got is not it."""
    folder = data / "postgres"
    try:
        process = psutil.Process(int((folder / "postmaster.pid").read_text().split()[0]))
        is_server = str(folder) in process.cmdline() and process.status() != psutil.STATUS_ZOMBIE
    except (FileNotFoundError, psutil.NoSuchProcess):
        return None
    return process.pid if is_server else None


@contextmanager
def data_of_its_own() -> Iterator[Path]:
    """A data folder for an embedded server, which is stopped at the end if it runs, and removed.

    It is none of pytest's temporary ones: each run of pytest closes those to all other users, and the server is run by
    another one when the tests are run by root.
    """
    data = FOLDER.parent / "test-data" / secrets.token_hex(4)
    data.mkdir(parents=True)
    yield data
    pid = postmaster(data)
    if pid is not None:
        process = psutil.Process(pid)
        process.send_signal(signal.SIGINT)
        process.wait(30)
    shutil.rmtree(data)


def execute(url: str, statement: sql.Composable | str, *parameters: Any) -> list[tuple[Any, ...]]:
    """One statement in no transaction, on a connection of its own, and the rows it gives."""
    connection = psycopg2.connect(url)
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement, parameters or None)
            return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()


def backend_pid(connection: psycopg2.extensions.connection) -> int:
    """The process that serves the open transaction of the connection: a pooler gives it a number of its own."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        [(pid,)] = cursor.fetchall()
    return int(pid)


def is_pooled() -> bool:
    """Whether PgBouncer stands before the run's database: tests/pooled.py says what differs then."""
    return "PHARUS_TEST_UNPOOLED_URL" in os.environ


def past_pooler(url: str) -> str:
    """The URL of the same database without the pooler of tests/pooled.py, if that stands before it."""
    direct = urlsplit(os.environ.get("PHARUS_TEST_UNPOOLED_URL", ""))
    pooled = urlsplit(os.environ.get("PHARUS_TEST_DATABASE_URL", ""))
    parts = urlsplit(url)
    return urlunsplit(direct._replace(path=parts.path)) if direct.scheme and parts.netloc == pooled.netloc else url


def renamed(url: str, name: str) -> str:
    """The URL of another database on the same server."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def _make(url: str, name: str, *, template: str = "template0") -> None:
    """Nothing of it must survive a crash of the machine: a commit need not wait for the disk."""
    embedded.create_database(url, name, template=template)
    # Another process of the run may be doing the same.
    with suppress(errors.UniqueViolation, errors.InternalError):
        execute(url, sql.SQL("ALTER DATABASE {} SET synchronous_commit = off").format(sql.Identifier(name)))


@contextmanager
def kernel_on(url: str, afterwards: str) -> Iterator[None]:
    """The kernel of this process works on the database, with a connection open; afterwards on the other one again."""
    db.configure(url)
    db.db.connect()
    yield
    db.configure(afterwards, application_name="pharus-tests")


def _drop(url: str, name: str) -> None:
    execute(url, sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _name(run: int | str) -> str:
    return f"pharus_test_{run}"
