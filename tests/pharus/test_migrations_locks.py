"""A migration stands in nobody's way for long: it gives a lock up that it does not get at once, and comes again."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg2
import pytest

from pharus import db, migrations
from pharus.errors import ConfigurationError
from pharus.migrations import Migration, Patience, history
from tests import database

MADE = Migration("example", "0001_made.sql", "CREATE TABLE busy (id int)")
ADDED = Migration("example", "0002_added.sql", "ALTER TABLE busy ADD COLUMN note text")
DROPPED = Migration("example", "0003_dropped.sql", "ALTER TABLE busy DROP COLUMN note")


@contextmanager
def long_reader(url: str, seconds: float | None = None) -> Iterator[psycopg2.extensions.connection]:
    """A transaction that has read the table and does not end, or only after so many seconds."""
    connection = psycopg2.connect(url, application_name="reporting")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM busy")
    timer = threading.Timer(seconds or 0, connection.rollback)
    if seconds is not None:
        timer.start()
    yield connection
    timer.cancel()
    connection.close()


def read_until(url: str, ended: threading.Event, longest: list[float]) -> None:
    """One short request after the other, and how long the longest took."""
    while not ended.is_set():
        begun = time.monotonic()
        database.execute(url, "SELECT count(*) FROM busy")
        longest[0] = max(longest[0], time.monotonic() - begun)


def test_apply_waits_for_a_long_reader_and_holds_up_nobody_else(scratch: str) -> None:
    migrations.apply([MADE])
    ended, longest = threading.Event(), [0.0]
    reading = threading.Thread(target=read_until, args=(scratch, ended, longest))
    with long_reader(scratch, seconds=1.5):
        reading.start()
        begun = time.monotonic()
        assert migrations.apply([MADE, ADDED], patience=Patience(lock_seconds=0.1)) == 1
        took = time.monotonic() - begun
    ended.set()
    reading.join()
    assert took > 1
    assert longest[0] < took / 2, "a reader waited behind the migration as long as the migration waited"


def test_apply_gives_up_in_the_end_and_names_who_holds_it(scratch: str) -> None:
    migrations.apply([MADE])
    told: list[Migration] = []
    with long_reader(scratch) as reader:
        pid = database.backend_pid(reader)
        reader.cursor().execute("SELECT count(*) FROM busy")
        time.sleep(0.2)
        with pytest.raises(
            ConfigurationError, match=r"0002_added\.sql of example was rolled back: for \d+ s"
        ) as refused:
            migrations.apply([MADE, ADDED], told.append, Patience(lock_seconds=0.1, total_seconds=0.3))
        assert f"process {pid} of " in str(refused.value)
        assert "reporting" in str(refused.value)
        assert "SELECT count(*) FROM busy" in str(refused.value)
    assert told == [ADDED], "it is told once, however often it is tried"
    assert migrations.pending([MADE, ADDED]) == [ADDED]
    assert migrations.apply([MADE, ADDED]) == 1


def test_apply_of_a_plugin_waits_as_ours_do(scratch: str) -> None:
    """What it is refused for is said in other words: a lock is no fault of its."""
    lots = Migration("pharus_lots", "0001_lots.sql", "CREATE TYPE lots_state AS ENUM ('open')", prefix="lots")
    more = Migration("pharus_lots", "0002_lots.sql", "LOCK TABLE busy", prefix="lots")
    migrations.apply([MADE])
    with db.maintenance():
        db.db.execute_sql("CREATE TABLE organization (id uuid PRIMARY KEY)")
    with long_reader(scratch, seconds=0.5):
        assert migrations.apply([MADE, lots, more], patience=Patience(lock_seconds=0.1)) == 2


def test_applied_migration_says_whether_old_servers_work(scratch: str) -> None:
    migrations.apply([MADE, ADDED, DROPPED])
    with db.maintenance():
        assert history.compare([MADE]).newer == [
            ("0002_added.sql of example", True),
            ("0003_dropped.sql of example", False),
        ]
        assert history.compare([Migration("other", "0001_x.sql", "")]).newer == [], "no version of it is here"


def test_database_that_an_earlier_version_migrated_gets_the_column(scratch: str) -> None:
    migrations.apply([MADE, ADDED])
    with db.maintenance():
        db.db.execute_sql("ALTER TABLE schema_migration DROP COLUMN old_servers_work")
        assert migrations.pending([MADE, ADDED]) == []
        assert history.compare([MADE]).newer == [("0002_added.sql of example", False)]
        assert migrations.apply([MADE, ADDED, DROPPED]) == 1
        assert migrations.pending([MADE, ADDED, DROPPED]) == []
