"""The embedded server and what it survives. Each test has a data folder and thereby a server of its own."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psycopg2
import pytest

from pharus import embedded
from tests import database
from tests.database import postmaster

_START = """
import logging, os, sys
from pathlib import Path
import psutil, psycopg2
from pharus import embedded
folder, user, keep = sys.argv[1:]
logging.basicConfig(level=logging.WARNING)
if user:
    os.setgid(int(user))
    os.setuid(int(user))
try:
    print(embedded.start(Path(folder)), flush=True)
except embedded.ConfigurationError as error:
    sys.exit(f"refused: {error}")
if keep:
    embedded.keep_running(Path(folder))
sys.stdin.readline()
"""

# Root may do everything. Everybody has a second user on the machine only as root.
_OTHER_USER = 65534 if os.geteuid() == 0 else None


class Starter:
    """A process that starts the embedded server in the folder, or finds it there, and lives until it is ended."""

    def __init__(self, folder: Path, *, user: int | None = None, keep: bool = False) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", _START, str(folder), str(user or ""), "keep" if keep else ""],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parent.parent.parent,
        )
        assert self.process.stdout is not None
        self.url = self.process.stdout.readline().strip()

    @property
    def refusal(self) -> str:
        """The sentence with which it ended, without a traceback."""
        _, errors = self.process.communicate(timeout=60)
        assert self.process.returncode == 1
        assert "Traceback" not in errors
        return errors.partition("refused: ")[2].strip()

    def end(self, *, kill: bool = False) -> None:
        if kill:
            self.process.kill()
        self.process.communicate(timeout=60)


@pytest.fixture
def folder() -> Iterator[Path]:
    with database.data_of_its_own() as data:
        yield data


def test_start_after_the_process_was_killed_finds_the_running_server_with_its_data(folder: Path) -> None:
    first = Starter(folder)
    database.execute(first.url, "CREATE TABLE kept AS SELECT 7 AS value")
    running = postmaster(folder)
    first.end(kill=True)
    assert postmaster(folder) == running is not None, "the server went down with the process"

    second = Starter(folder)
    assert second.url == first.url
    assert postmaster(folder) == running
    assert database.execute(second.url, "SELECT value FROM kept") == [(7,)]
    second.end()


def test_server_stops_with_the_last_process_that_uses_it(folder: Path) -> None:
    first, second = Starter(folder), Starter(folder)
    assert first.url == second.url
    first.end()
    assert postmaster(folder) is not None
    assert database.execute(second.url, "SELECT 1") == [(1,)]
    second.end()
    assert postmaster(folder) is None


def test_server_killed_under_load_has_every_acknowledged_row_after_the_next_start(folder: Path) -> None:
    first = Starter(folder)
    database.execute(first.url, "CREATE TABLE kept (value int PRIMARY KEY)")
    acknowledged: list[int] = []
    enough = threading.Event()

    def write(number: int) -> None:
        connection = psycopg2.connect(first.url)
        connection.autocommit = True
        try:
            with connection.cursor() as cursor:
                for value in range(number, 10**6, 4):
                    cursor.execute("INSERT INTO kept VALUES (%s)", (value,))
                    acknowledged.append(value)
                    if len(acknowledged) >= 200:
                        enough.set()
        except psycopg2.OperationalError:
            pass
        finally:
            connection.close()

    writers = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for writer in writers:
        writer.start()
    assert enough.wait(timeout=60)
    pid = postmaster(folder)
    assert pid is not None
    # Its children end by themselves when the server is gone; what a crash leaves behind, the next start must clear.
    os.kill(pid, signal.SIGKILL)
    for writer in writers:
        writer.join(timeout=60)
    first.end(kill=True)

    second = Starter(folder)
    stored = {value for (value,) in database.execute(second.url, "SELECT value FROM kept")}
    assert set(acknowledged) <= stored
    assert len(stored) - len(acknowledged) <= len(writers), "rows that nobody has written"
    second.end()


def test_start_when_another_program_has_the_number_of_the_killed_server_starts_anew(folder: Path) -> None:
    first = Starter(folder)
    database.execute(first.url, "CREATE TABLE kept AS SELECT 7 AS value")
    pid = postmaster(folder)
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    first.end(kill=True)
    lock = folder / "postgres" / "postmaster.pid"
    lock.write_text(lock.read_text().replace(str(pid), str(os.getpid()), 1))

    second = Starter(folder)
    assert postmaster(folder) not in (None, pid, os.getpid())
    assert database.execute(second.url, "SELECT value FROM kept") == [(7,)]
    second.end()


def test_server_that_is_killed_is_started_again_with_every_acknowledged_row(folder: Path) -> None:
    user = Starter(folder, keep=True)
    database.execute(user.url, "CREATE TABLE kept (value int)")
    for value in range(2):
        pid = postmaster(folder)
        assert pid is not None
        database.execute(user.url, "INSERT INTO kept VALUES (%s)", value)
        os.kill(pid, signal.SIGKILL)
        wait_until_up(user.url)
        assert postmaster(folder) not in (None, pid)
    assert embedded.Cluster(folder).url("pharus") == user.url
    assert database.execute(user.url, "SELECT value FROM kept ORDER BY value") == [(0,), (1,)]
    user.end()
    assert postmaster(folder) is None, "it was started again behind the process that has ended"


def wait_until_up(url: str) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with suppress(psycopg2.OperationalError):
            assert database.execute(url, "SELECT 1") == [(1,)]
            return
        time.sleep(0.05)
    raise AssertionError("it stays away")


def test_server_that_cannot_be_started_again_is_tried_until_it_can(folder: Path) -> None:
    user = Starter(folder, keep=True)
    pid = postmaster(folder)
    assert pid is not None
    control = folder / "postgres" / "global" / "pg_control"
    control.rename(folder / "away")
    os.kill(pid, signal.SIGKILL)
    assert user.process.stderr is not None
    said = [user.process.stderr.readline() for _ in range(4)]
    assert "the embedded PostgreSQL has ended; it is started again\n" in said[0]
    assert "The embedded PostgreSQL does not start: " in said[1]
    assert "has ended; it is started again in 1 s" in said[2]
    (folder / "away").rename(control)
    wait_until_up(user.url)
    user.end()


def test_start_with_a_folder_of_somebody_else_is_refused_with_a_sentence(folder: Path) -> None:
    (folder / "mine").mkdir(mode=0o555)
    refusal = Starter(folder / "mine", user=_OTHER_USER).refusal
    assert f"The embedded PostgreSQL cannot use {folder / 'mine'}" in refusal
    assert "(Permission denied): name a folder that is yours in PHARUS_DATA" in refusal


def test_start_by_a_second_user_of_the_machine_has_a_server_of_its_own(folder: Path) -> None:
    folders = [folder / "first", folder / "second"]
    for each in folders:
        each.mkdir()
    if _OTHER_USER is not None:
        os.chown(folders[1], _OTHER_USER, _OTHER_USER)
    first, second = Starter(folders[0]), Starter(folders[1], user=_OTHER_USER)
    assert database.execute(second.url, "SELECT 1") == [(1,)]
    assert postmaster(folders[0]) not in (None, postmaster(folders[1]))
    for each in (first, second):
        each.end()
    assert [postmaster(each) for each in folders] == [None, None]


def test_start_that_was_interrupted_while_it_made_the_data_begins_anew(folder: Path) -> None:
    (folder / "postgres").mkdir()
    (folder / "postgres.new").mkdir()
    (folder / "postgres.new" / "PG_VERSION").write_text("18\n")
    user = Starter(folder)
    assert database.execute(user.url, "SELECT 1") == [(1,)]
    user.end()


def test_start_in_a_folder_with_a_long_name_has_its_socket_in_a_short_one(folder: Path) -> None:
    long = folder / ("a folder, " * 8) / "ä"
    user = Starter(long)
    assert database.execute(user.url, "SELECT 1") == [(1,)]
    (socket_folder,) = database.execute(user.url, "SHOW unix_socket_directories")[0]
    assert Path(socket_folder).stat().st_mode & 0o077 == 0
    assert Path(socket_folder) != long / "postgres"
    user.end()
    assert list(Path(socket_folder).iterdir()) == []
    Path(socket_folder).rmdir()


def test_start_that_cannot_be_is_refused_with_a_sentence_that_says_why(folder: Path) -> None:
    user = Starter(folder)
    assert (folder / "postgres" / ".s.PGSQL.5432").stat().st_mode & 0o077 == 0, "others may open the socket"
    user.end()
    version = folder / "postgres" / "PG_VERSION"
    version.write_text("17\n")
    refusal = Starter(folder).refusal
    assert (
        "holds data of PostgreSQL 17, and this installation brings PostgreSQL 18: `pharus upgrade-database`" in refusal
    )

    version.write_text("18\n")
    with (folder / "postgres" / "postgresql.conf").open("a") as settings:
        settings.write("\nmax_connections = many\n")
    refusal = Starter(folder).refusal
    assert refusal.startswith("The embedded PostgreSQL does not start: configuration file"), refusal
    assert refusal.endswith(f"Its log is {folder / 'postgres' / 'log'}.")


def test_create_database_orders_by_code_point_and_may_exist_already(database_url: str, scratch_url: str) -> None:
    embedded.create_database(database_url, scratch_url.rpartition("/")[2].partition("?")[0])
    assert database.execute(scratch_url, "SHOW server_encoding") == [("UTF8",)]
    words = "SELECT string_agg(word, '' ORDER BY word), lower('ÄÉ') FROM unnest(ARRAY['a', 'B', 'ä', 'Z']) AS word"
    assert database.execute(scratch_url, words) == [("BZaä", "äé")]
