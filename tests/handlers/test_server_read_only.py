"""A database that can only be read, as a standby or one under repair, or that is full: what reads works, what writes is
503."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from psycopg2 import sql

from pharus.fields import new_id
from pharus.providers import LocalProvider
from tests import database
from tests.api import Api, error_code
from tests.contract.judging import document
from tests.server import Server


@pytest.fixture(scope="module")
def url(database_url: str) -> Iterator[str]:
    scratch = database.scratch(database_url)
    yield scratch
    database.drop_scratch(database_url, scratch)


@pytest.fixture(scope="module")
def owner_of_it(
    url: str, environment: dict[str, str], data_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Api]:
    """The owner of an organization, at a server with a database of its own."""
    settings = {"PHARUS_DATABASE_URL": url, "PHARUS_THREADS": "2"}
    running = Server({**environment, **settings}, tmp_path_factory.mktemp("read-only") / "log")
    api = Api(running.address, LocalProvider(data_folder).issue("ada@example.com"))
    assert api.post("/api/user", {"email": "ada@example.com"}).status_code == 200
    org_id = api.post("/api/organizations", {"name": "Maker", "slug": "maker"}).json()["organization"]["id"]
    api.headers["X-Org-Id"] = org_id
    yield api
    assert running.stop() == 0
    assert "internal error" not in running.read_log()


@pytest.fixture(scope="module")
def reader(owner_of_it: Api, url: str) -> Api:
    """The same, now that the database can only be read. It ends the connections that may write."""
    # Then the server would like to note that they are active.
    database.execute(url, "UPDATE membership SET last_active_at = NULL")
    name = sql.Identifier(urlsplit(url).path.strip("/"))
    database.execute(url, sql.SQL("ALTER DATABASE {} SET default_transaction_read_only = on").format(name))
    # A pooler would keep one of them, the one that says this, for the server.
    database.execute(
        database.past_pooler(url),
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() "
        "AND pid <> pg_backend_pid()",
    )
    return owner_of_it


# Guesses are counted, in the database; without the count nobody may guess.
COUNTED = {"getInvitationByToken"}
READS = sorted(
    path
    for path, operations in document()["paths"].items()
    if "get" in operations and operations["get"]["operationId"] not in COUNTED
)

# What PostgreSQL refuses when its disk is full, and the like, and a word that the caller is told.
TROUBLES = [("53100", "no room"), ("53200", "memory"), ("53400", "limit"), ("58030", "disk")]


@pytest.mark.parametrize(("state", "word"), TROUBLES)
def test_what_writes_is_unavailable_while_the_database_is_in_trouble(
    owner_of_it: Api, url: str, state: str, word: str
) -> None:
    database.execute(
        url,
        "CREATE OR REPLACE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE 'no' USING ERRCODE = '{state}'; END $$; "
        "CREATE OR REPLACE TRIGGER fail BEFORE INSERT ON vendor EXECUTE FUNCTION fail()",
    )
    for _ in range(2):
        response = owner_of_it.post("/api/vendors", {"name": "Oils"})
        assert (response.status_code, error_code(response)) == (503, "service_unavailable")
        assert word in response.json()["error"]["message"]
        assert int(response.headers["retry-after"]) >= 1
    assert owner_of_it.get("/api/vendors").status_code == 200
    database.execute(url, "DROP TRIGGER fail ON vendor")
    assert owner_of_it.post("/api/vendors", {"name": f"After {state}"}).status_code == 201


@pytest.mark.parametrize("path", READS)
def test_what_reads_works_on_a_database_that_can_only_be_read(reader: Api, path: str) -> None:
    """A record that is asked for is found, or not; a parameter that is missing is missed."""
    expected = {404, 422} if "{" in path else {200, 422}
    assert reader.get(re.sub(r"\{\w+\}", new_id(), path)).status_code in expected


def test_readyz_is_ok_on_a_database_that_can_only_be_read(reader: Api) -> None:
    assert httpx.get(f"{reader.address}/readyz", trust_env=False).status_code == 200


def test_what_writes_is_unavailable_on_a_database_that_can_only_be_read(reader: Api) -> None:
    for _ in range(2):
        response = reader.post("/api/vendors", {"name": "Oils"})
        assert (response.status_code, error_code(response)) == (503, "service_unavailable")
        assert "can only be read" in response.json()["error"]["message"]
        assert int(response.headers["retry-after"]) > 1
    names = [vendor["name"] for vendor in reader.get("/api/vendors").json()["data"]]
    assert "Oils" not in names
