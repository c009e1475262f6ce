"""The embedded server and what it survives. Each test has a data folder and thereby a server of its own."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest

from pharus import embedded
from tests import database
from tests.database import postmaster

_START = """
import sys, threading
from pathlib import Path
from pharus import embedded
print(embedded.start(Path(sys.argv[1])), flush=True)
sys.stdin.readline()
"""


class Starter:
    """A process that starts the embedded server in the folder, or finds it there, and lives until it is ended."""

    def __init__(self, folder: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", _START, str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parent.parent.parent,
        )
        assert self.process.stdout is not None
        self.url = self.process.stdout.readline().strip()
        assert self.url.startswith("postgresql://"), "the server did not start"

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


def test_create_database_orders_by_code_point_and_may_exist_already(database_url: str, scratch_url: str) -> None:
    embedded.create_database(database_url, scratch_url.rpartition("/")[2].partition("?")[0])
    assert database.execute(scratch_url, "SHOW server_encoding") == [("UTF8",)]
    words = "SELECT string_agg(word, '' ORDER BY word), lower('ÄÉ') FROM unnest(ARRAY['a', 'B', 'ä', 'Z']) AS word"
    assert database.execute(scratch_url, words) == [("BZaä", "äé")]
