"""PostgreSQL from a wheel: the same engine on a laptop, in tests and in production.

It listens on a socket in its own folder, stops with the last process that uses it, and is found again by the next start
after a crash. Every process that uses it holds a lock on a file in the data folder, which the system takes from a
process that is killed; another lock lets one process at a time start or stop the server.
"""

import atexit
import fcntl
import hashlib
import logging
import os
import shlex
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import BufferedWriter
from pathlib import Path
from urllib.parse import quote

from pharus import postgres_programs as programs
from pharus.errors import ConfigurationError

log = logging.getLogger("pharus.embedded")

# How long what is left of a killed server may take to end.
_ORPHAN_SECONDS = 20
# After a crash the server reads its log first.
_START_SECONDS = 120
_STOP_SECONDS = 30
# A server that ends again and again is started anew after 1, 2, 4 … seconds; one that ran for so long is well again.
_LONGEST_PAUSE_SECONDS = 30
_WELL_SECONDS = 60

_PORT = 5432
# The path of a socket may be so long, with the zero at its end: 104 bytes on macOS, 108 on Linux.
_LONGEST_SOCKET_PATH = 103

_leaving = threading.Event()
# The lock files of the clusters that this process uses.
_in_use: "dict[Cluster, BufferedWriter]" = {}


def start(data: Path, database: str = "pharus") -> str:
    """Start the server in `data`/postgres, or find it running there, and return the URL of `database`.

    ConfigurationError, with a sentence that says why, when that cannot be done.
    """
    cluster = Cluster(data.absolute())
    with cluster.usable(), cluster.alone():
        if not _in_use:
            atexit.register(leave)
        if cluster not in _in_use:
            users = cluster.users_file.open("wb")
            fcntl.flock(users, fcntl.LOCK_SH)
            _in_use[cluster] = users
        cluster.run()
    create_database(cluster.url("postgres"), database)
    return cluster.url(database)


def keep_running(data: Path) -> None:
    """Start the server of the folder anew whenever it ends while this process uses it. What was committed is there."""
    cluster = Cluster(data.absolute())
    threading.Thread(target=_keep_running, args=(cluster,), name="postgres-supervisor", daemon=True).start()


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


@dataclass(frozen=True, slots=True)
class Cluster:
    """A server and its data, in `data`/postgres."""

    data: Path

    @property
    def folder(self) -> Path:
        return self.data.resolve() / "postgres"

    @property
    def users_file(self) -> Path:
        return self.data / "postgres.users"

    @property
    def log_file(self) -> Path:
        return self.folder / "log"

    def url(self, database: str) -> str:
        socket = quote(str(self._socket_folder()), safe="/")
        return f"postgresql://postgres@/{database}?host={socket}&port={_PORT}"

    @contextmanager
    def usable(self) -> Iterator[None]:
        """The folder is made; a block that the system does not let use it ends with a sentence."""
        try:
            self.data.mkdir(parents=True, exist_ok=True)
            yield
        except OSError as error:
            raise ConfigurationError(
                f"The embedded PostgreSQL cannot use {error.filename or self.data} ({error.strerror or error}): name a "
                "folder that is yours in PHARUS_DATA, or a database in PHARUS_DATABASE_URL."
            ) from error

    @contextmanager
    def alone(self) -> Iterator[None]:
        """No other process starts or stops the server meanwhile."""
        with (self.data / "postgres.lock").open("wb") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def pid(self) -> int | None:
        """The number of the running server. A number in its file that somebody else has got is not the server's."""
        pid, _ = self._pid_file()
        return pid if pid is not None and pid in _processes_inside(self.folder, pid) else None

    def version(self) -> int | None:
        """The major version that has written the data; None before there are any."""
        try:
            return int((self.folder / "PG_VERSION").read_text())
        except FileNotFoundError:
            return None

    def run(self, binaries: Path | None = None) -> None:
        """Start the server unless it runs, and make its data before the first time. In a block of `alone`."""
        if self.pid() is not None:
            self._wait_until_ready()
            return
        binaries = binaries or programs.folder()
        self._clear_after_crash()
        account = programs.account_for(self.folder)
        for opened in programs.let_in(account, self.folder, binaries):
            log.warning("%s is open to pass through now, for %s, who runs the embedded PostgreSQL", opened, account)
        if self.version() is None:
            self.make(account)
        self._refuse_other_version(binaries)
        options = {
            "listen_addresses": "",
            "port": str(_PORT),
            "unix_socket_directories": str(self._make_socket_folder(account)),
            # Whoever may open the socket may do anything.
            "unix_socket_permissions": "0700",
        }
        try:
            programs.run(
                binaries / "pg_ctl",
                *("start", "--wait", "--timeout", str(_START_SECONDS)),
                *("--pgdata", str(self.folder), "--log", str(self.log_file)),
                *("--options", " ".join(shlex.quote(f"--{name}={value}") for name, value in options.items())),
                account=account,
            )
        except programs.ProgramFailed as error:
            raise ConfigurationError(
                f"The embedded PostgreSQL does not start: {self._last_word() or error}. Its log is {self.log_file}."
            ) from error

    def make(self, account: programs.Account | None, binaries: Path | None = None) -> None:
        """The files of an empty server. They are there whole or not at all."""
        made = self.folder.with_name("postgres.new")
        shutil.rmtree(made, ignore_errors=True)
        made.mkdir(mode=0o700)
        if account is not None:
            os.chown(made, account.uid, account.gid)
        arguments = ("--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--pgdata", str(made))
        programs.run((binaries or programs.folder()) / "initdb", *arguments, account=account)
        with suppress(FileNotFoundError):
            # Left empty by a start that was interrupted. What somebody keeps there is not ours to remove.
            self.folder.rmdir()
        made.rename(self.folder)

    def stop(self, binaries: Path | None = None) -> None:
        """Stop the server if it runs. In a block of `alone`."""
        if self.pid() is None:
            return
        account = programs.account_for(self.folder)
        arguments = ("stop", "--wait", "--timeout", str(_STOP_SECONDS), "--pgdata", str(self.folder))
        pg_ctl = (binaries or programs.folder()) / "pg_ctl"
        try:
            programs.run(pg_ctl, *arguments, "--mode=fast", account=account)
        except programs.ProgramFailed as error:
            log.warning("the embedded PostgreSQL does not stop: %s", error)
            with suppress(programs.ProgramFailed):
                programs.run(pg_ctl, *arguments, "--mode=immediate", account=account)

    def _refuse_other_version(self, binaries: Path) -> None:
        stored, brought = self.version(), programs.major(binaries)
        if stored != brought:
            raise ConfigurationError(
                f"{self.folder} holds data of PostgreSQL {stored}, and this installation brings PostgreSQL {brought}: "
                "`pharus upgrade-database` makes data of the new version from them."
            )

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + _START_SECONDS
        while self.pid() is not None and time.monotonic() < deadline:
            if self._pid_file()[1][7:8] == ["ready"]:
                return
            time.sleep(0.05)
        raise ConfigurationError(f"The embedded PostgreSQL is running and not ready. Its log is {self.log_file}.")

    def _pid_file(self) -> tuple[int | None, list[str]]:
        try:
            lines = [line.strip() for line in (self.folder / "postmaster.pid").read_text().splitlines()]
            return int(lines[0]), lines
        except (FileNotFoundError, IndexError, ValueError):
            return None, []

    def _socket_folder(self) -> Path:
        """The folder of a running server is the one in its file. A path that is too long has a short one instead."""
        _, lines = self._pid_file()
        if lines[4:5] and lines[4]:
            return Path(lines[4])
        if len(os.fsencode(self.folder / f".s.PGSQL.{_PORT}")) < _LONGEST_SOCKET_PATH:
            return self.folder
        name = hashlib.sha256(os.fsencode(self.folder)).hexdigest()[:12]
        return Path(tempfile.gettempdir(), f"pharus-{os.geteuid()}-{name}")

    def _make_socket_folder(self, account: programs.Account | None) -> Path:
        folder = self._socket_folder()
        if folder == self.folder:
            return folder
        owner = account.uid if account else os.geteuid()
        with suppress(FileExistsError):
            folder.mkdir(mode=0o700)
            if account is not None:
                os.chown(folder, account.uid, account.gid)
        found = folder.lstat()
        # The temporary folder is everybody's: what another user has put there would be in their hands.
        if folder.is_symlink() or found.st_uid != owner or found.st_mode & 0o077:
            raise ConfigurationError(
                f"{folder} is not this server's own, and the path of {self.folder} is too long for a socket: name a "
                "shorter one in PHARUS_DATA."
            )
        return folder

    def _clear_after_crash(self) -> None:
        """Remove the lock files of a server that was killed, once everything that belonged to it has ended.

        They name a process. After a crash of the machine or of its container another program may have that number, or
        nobody has buried the dead server yet; both would be taken for the server, and nothing would ever listen.
        """
        pid, lines = self._pid_file()
        if pid is None:
            return
        deadline = time.monotonic() + _ORPHAN_SECONDS
        # A server works inside its data folder, and so do the processes that serve its connections: they end by
        # themselves soon after it, and until then they may still write.
        while alive := _processes_inside(self.folder):
            if time.monotonic() > deadline:
                raise ConfigurationError(
                    f"Processes of a killed PostgreSQL still work in {self.folder}: "
                    f"{', '.join(map(str, sorted(alive)))}. Wait until they have ended, or end them."
                )
            time.sleep(0.1)
        if len(lines) > 4:
            # The fourth line is the port, the fifth the folder of the socket.
            Path(lines[4], f".s.PGSQL.{lines[3]}.lock").unlink(missing_ok=True)
        (self.folder / "postmaster.pid").unlink(missing_ok=True)

    def _last_word(self) -> str | None:
        """Why the server says that it does not start."""
        try:
            with self.log_file.open("rb") as file:
                file.seek(max(0, self.log_file.stat().st_size - 16 * 1024))
                lines = file.read().decode(errors="replace").splitlines()
        except OSError:
            return None
        return next((line.partition("FATAL:")[2].strip() for line in reversed(lines) if "FATAL:" in line), None)


def _keep_running(cluster: Cluster) -> None:
    import psutil

    pause, started = 0, time.monotonic()
    while not _leaving.is_set():
        pid = cluster.pid()
        if pid is not None:
            with suppress(psutil.Error):
                psutil.Process(pid).wait(timeout=1)
            continue
        pause = 0 if time.monotonic() - started > _WELL_SECONDS else pause
        log.error("the embedded PostgreSQL has ended; it is started again%s", f" in {pause} s" if pause else "")
        if _leaving.wait(pause):
            return
        pause = min(max(1, 2 * pause), _LONGEST_PAUSE_SECONDS)
        started = time.monotonic()
        try:
            with cluster.usable(), cluster.alone():
                # Not when this process has begun to stop it.
                if not _leaving.is_set():
                    cluster.run()
        except ConfigurationError as error:
            log.error("%s", error)
        else:
            log.warning("the embedded PostgreSQL runs again, after %.1f s", time.monotonic() - started)


def leave() -> None:
    """At the end of this process: stop what nobody else uses."""
    _leaving.set()
    for cluster, users in _in_use.items():
        # Somebody may have removed the folder.
        with suppress(OSError), cluster.alone(), users:
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            cluster.stop()


def _processes_inside(folder: Path, *only: int) -> set[int]:
    """The processes of PostgreSQL that live and work in the folder; of those named, if any are."""
    import psutil

    found = set()
    for pid in only or psutil.pids():
        try:
            process = psutil.Process(pid)
            inside = process.name().startswith("postgres") and process.cwd() == str(folder)
            if inside and process.status() != psutil.STATUS_ZOMBIE:
                found.add(pid)
        except psutil.Error:
            # Ended meanwhile, or another user's: then it is no server of ours.
            continue
    return found
