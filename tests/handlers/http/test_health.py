import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import psycopg2
import pytest

from tests import database
from tests.api import Api
from tests.server import Server
from tests.waiting import wait_until


@pytest.fixture
def own(environment: dict[str, str], migrated_url: str, tmp_path: Path) -> Iterator[Server]:
    """A server with a database of its own, which the test may take away."""
    running = Server({**environment, "PHARUS_DATABASE_URL": migrated_url}, tmp_path / "log")
    yield running
    assert running.stop() == 0


def state(server: Server, path: str) -> tuple[int, str]:
    response = httpx.get(server.address + path, trust_env=False, timeout=30)
    return response.status_code, response.json()["status"]


def test_readyz_tells_a_database_that_is_not_migrated_or_away_and_healthz_lives_on(
    own: Server, migrated_url: str, database_url: str
) -> None:
    assert state(own, "/readyz") == (200, "ok")

    removed = database.execute(
        migrated_url, "DELETE FROM schema_migration WHERE source = 'plugins.vendors' RETURNING 1"
    )
    assert state(own, "/readyz") == (503, f"{len(removed)} migrations are not applied")
    assert state(own, "/healthz") == (200, "ok")

    database.drop_scratch(database_url, migrated_url)
    status, message = state(own, "/readyz")
    assert (status, "database" in message) == (503, True)
    assert state(own, "/healthz") == (200, "ok")
    operation = Api(own.address, "pharus_pat_x").get("/api/vendors")
    assert operation.status_code == 503
    assert operation.json()["error"]["code"] == "service_unavailable"
    assert operation.headers["retry-after"] == "1"
    assert "internal error" not in own.read_log()


def test_readyz_does_not_show_where_the_database_is(own: Server, migrated_url: str, database_url: str) -> None:
    database.drop_scratch(database_url, migrated_url)
    _, message = state(own, "/readyz")
    assert "pharus_test" not in message
    assert "/" not in message


def test_readyz_answers_in_time_when_the_database_hangs(own: Server, migrated_url: str) -> None:
    """And so do those who ask meanwhile; when it answers again, so does the next."""
    blocker = psycopg2.connect(migrated_url)
    with blocker.cursor() as cursor:
        cursor.execute("LOCK TABLE schema_migration IN ACCESS EXCLUSIVE MODE")
    started = time.monotonic()
    for _ in range(2):
        assert state(own, "/readyz") == (503, "the database does not answer in time")
    assert time.monotonic() - started < 5
    blocker.close()
    wait_until(lambda: state(own, "/readyz") == (200, "ok"))
