"""How the kernel reaches its database: directly, or through a PgBouncer that hands out sessions by the transaction."""

import threading
import time
from collections.abc import Iterator
from typing import Any
from unittest import mock

import psycopg2
import pytest

from pharus import connecting, db, deadlines, numbering
from pharus.db import unit_of_work
from pharus.deadlines import Deadline
from pharus.errors import ServiceUnavailable
from pharus.identity import ANONYMOUS
from pharus.locks import advisory_lock
from tests import database
from tests.drills.poolers import PROGRAM, pooler
from tests.drills.proxies import Proxy
from tests.factories import Organization
from tests.pharus.acting import at_once, owner_of
from tests.waiting import wait_until

SETTINGS = "SELECT name, setting FROM pg_settings WHERE name = ANY(%s) ORDER BY name"
EXPECTED = [
    ("TimeZone", "UTC"),
    ("client_connection_check_interval", "500"),
    ("idle_in_transaction_session_timeout", "60000"),
    ("statement_timeout", "7000"),
]

needs_pgbouncer = pytest.mark.skipif(PROGRAM is None, reason="pgbouncer is not installed")


@pytest.fixture
def configured(database_url: str) -> Iterator[None]:
    yield
    db.disconnect()
    db.configure(database_url, application_name="pharus-tests")


@pytest.fixture(params=["", "ignore_startup_parameters = options"], ids=["refuses options", "loses options"])
def pooled(request: pytest.FixtureRequest, database_url: str, configured: None) -> Iterator[str]:
    """The kernel reaches its database through a pooler that has two sessions."""
    with pooler(database_url, size=2, more=request.param) as url:
        db.disconnect()
        db.configure(url, statement_timeout_seconds=7)
        yield url
        db.disconnect()


def settings() -> list[tuple[str, str]]:
    rows = db.db.rows(SETTINGS, ([name for name, _ in EXPECTED],))
    return sorted((name, setting) for name, setting in rows)


def test_every_session_has_its_settings_also_between_units(configured: None, unpooled: str) -> None:
    db.configure(unpooled, statement_timeout_seconds=7)
    with unit_of_work(ANONYMOUS):
        assert not db.db.opened().is_pooled
        assert settings() == EXPECTED
    with db.maintenance():
        assert settings() == EXPECTED


def test_what_the_url_says_goes_before() -> None:
    parameters = connecting.parameters(
        "postgresql://db/pharus?connect_timeout=2&tcp_user_timeout=900&options=-c%20work_mem%3D64MB",
        {"timezone": "UTC"},
    )
    assert not {"connect_timeout", "tcp_user_timeout"} & set(parameters)
    assert parameters["options"] == "-c timezone=UTC -c work_mem=64MB"
    assert parameters["keepalives_idle"] <= 30


def test_server_that_is_not_to_be_reached_is_noticed_by_the_kernel_alone(database_url: str, configured: None) -> None:
    """As for what runs beside requests and has no deadline."""
    with Proxy(database_url) as proxy:
        db.disconnect()
        db.configure(f"{proxy.url}&tcp_user_timeout=500")
        with unit_of_work(ANONYMOUS):
            pass
        proxy.lose()
        started = time.monotonic()
        with pytest.raises(ServiceUnavailable), unit_of_work(ANONYMOUS):
            pytest.fail("the network is gone")
        # The lost connection, and the attempt to open another.
        assert time.monotonic() - started < 10
        proxy.go_on()
        with unit_of_work(ANONYMOUS):
            assert db.db.row("SELECT 1") == (1,)


def test_threads_open_connections_beside_one_another(database_url: str, configured: None) -> None:
    """Also to a server that does not answer: nobody waits for the attempt of another."""
    with Proxy(database_url) as proxy:
        db.disconnect()
        db.configure(f"{proxy.url}&connect_timeout=2")
        proxy.hang()
        started = time.monotonic()

        def connect(_: int) -> None:
            with pytest.raises(ServiceUnavailable), unit_of_work(ANONYMOUS):
                pytest.fail("the server hangs")

        at_once(5, connect)
        assert time.monotonic() - started < 4
        proxy.go_on()


@needs_pgbouncer
def test_pooled_transactions_have_their_settings_and_leave_nothing_behind(pooled: str, database_url: str) -> None:
    with unit_of_work(ANONYMOUS):
        assert db.db.opened().is_pooled
        assert settings() == EXPECTED
        assert db.db.prepared("SELECT %s::text", ("a",)) == [("a",)]
        assert db.db.row("SELECT count(*) FROM pg_prepared_statements") == (0,)
    [(timeout, user)] = database.execute(pooled, "SELECT current_setting('statement_timeout'), current_user")
    assert (timeout, user) == tuple(
        database.execute(database_url, "SELECT current_setting('statement_timeout'), current_user")[0]
    )


@needs_pgbouncer
def test_pooled_threads_share_few_sessions_and_never_meet(pooled: str, organization: Organization) -> None:
    taken: list[int] = []
    names: set[str] = set()

    def work(number: int) -> None:
        for step in range(20):
            with unit_of_work(owner_of(organization.id)) as unit:
                advisory_lock("pooled")
                taken.extend(numbering.take("pooled"))
                names.add(db.db.prepared("SELECT name FROM organization WHERE id = %s", (unit.org_id,))[0][0])
                text = f"{number} {step}"
                assert db.db.prepared("SELECT %s::text, current_user::text", (text,)) == [(text, "pharus_app")]
        db.disconnect()

    at_once(6, work)
    assert sorted(taken) == list(range(1, 121))
    assert names == {organization.name}


@needs_pgbouncer
def test_threads_may_find_at_once_that_the_pooler_takes_no_options(database_url: str, configured: None) -> None:
    """What all threads connect with is told without them as soon as one thread knows, also while another one asks."""
    ask = psycopg2.connect

    def ask_while_another_is_told(url: str, **parameters: Any) -> Any:
        db.db.connect_params.pop("options", None)
        return ask(url, **parameters)

    with pooler(database_url, size=2) as url:
        db.disconnect()
        db.configure(url)
        with mock.patch.object(psycopg2, "connect", ask_while_another_is_told), unit_of_work(ANONYMOUS):
            assert db.db.opened().is_pooled
        db.disconnect()


@needs_pgbouncer
def test_pooled_statement_that_takes_too_long_is_ended_by_its_timeout_and_by_a_deadline(
    pooled: str, database_url: str
) -> None:
    with pytest.raises(ServiceUnavailable), unit_of_work(ANONYMOUS):
        db.db.send("SET LOCAL statement_timeout = 50")
        db.db.row("SELECT pg_sleep(20)")
    deadline = Deadline()
    token = deadlines.current.set(deadline)
    threading.Timer(0.2, deadline.expire).start()
    with pytest.raises(ServiceUnavailable), unit_of_work(ANONYMOUS):
        (pid,) = db.db.row("SELECT pg_backend_pid()")
        db.db.row("SELECT pg_sleep(20)")
    deadlines.current.reset(token)
    wait_until(lambda: not database.execute(database_url, "SELECT FROM pg_stat_activity WHERE pid = %s", pid), 5)
    with unit_of_work(ANONYMOUS):
        assert db.db.row("SELECT 1") == (1,)


@needs_pgbouncer
def test_pooler_that_has_no_session_free_is_unavailable(
    database_url: str, organization: Organization, configured: None
) -> None:
    with pooler(database_url, size=1, wait=1) as url:
        holder = psycopg2.connect(url)
        with holder.cursor() as cursor:
            cursor.execute("SELECT 1")
        db.disconnect()
        db.configure(url)
        with pytest.raises(ServiceUnavailable), unit_of_work(owner_of(organization.id)):
            pytest.fail("no session is free")
        holder.close()
        with unit_of_work(owner_of(organization.id)):
            assert db.db.row("SELECT 1") == (1,)
        db.disconnect()
