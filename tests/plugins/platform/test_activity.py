"""When somebody was last active is noted beside the requests: it changes no answer and delays none."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg2
import pytest

from pharus.db import db
from pharus.identity import Actor
from pharus.providers import LocalProvider
from plugins.platform import activity
from tests import database, factories
from tests.api import Api
from tests.conftest import AsIdentity
from tests.plugins.platform.tables import execute, rows
from tests.server import Server
from tests.waiting import wait_until

CURRENT = "/api/organizations/current"
AT_ONCE_SECONDS = 5


@contextmanager
def held(sql: str, *parameters: Any) -> Iterator[Any]:
    """The cursor of another connection that holds what the statement locks."""
    connection = psycopg2.connect(db.database, **db.connect_params)
    try:
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            yield cursor
    finally:
        connection.close()


def token_of(organization: factories.Organization, address: str) -> tuple[factories.User, Api]:
    user = factories.make_user()
    factories.make_membership(organization.id, user.id, "owner")
    return user, Api(address, factories.make_api_token(organization.id, user.id), organization.id)


def last_active(user: factories.User) -> list[Any]:
    return [
        value
        for (value,) in rows(
            "SELECT last_active_at FROM membership WHERE user_id = %s"
            " UNION ALL SELECT last_used_at FROM api_token WHERE user_id = %s",
            user.id,
            user.id,
        )
        if value is not None
    ]


def times_of(user: factories.User) -> tuple[Any, ...]:
    [times] = rows(
        "SELECT last_active_at, last_login_at FROM membership JOIN app_user ON app_user.id = user_id"
        " WHERE user_id = %s",
        user.id,
    )
    return times


@pytest.mark.parametrize("table", ["membership", "api_token"])
def test_activity_of_a_row_that_others_hold_delays_no_answer_and_is_noted_later(
    organization: factories.Organization, anonymous: Api, table: str
) -> None:
    user, caller = token_of(organization, anonymous.address)
    with held(f"SELECT FROM {table} WHERE user_id = %s FOR UPDATE", user.id):
        started = time.monotonic()
        answers = [caller.post("/api/vendors", {"name": f"Vendor {number}"}) for number in range(3)]
        assert time.monotonic() - started < AT_ONCE_SECONDS
        assert {answer.status_code for answer in answers} == {201}
        wait_until(lambda: len(last_active(user)) == 1)
    assert caller.get("/api/vendors").status_code == 200
    wait_until(lambda: len(last_active(user)) == 2)


def test_activity_waits_for_no_row_while_it_holds_another(organization: factories.Organization, anonymous: Api) -> None:
    """So that it deadlocks with nobody, in whatever order they lock."""
    for first, second in (("membership", "api_token"), ("api_token", "membership")):
        user, caller = token_of(organization, anonymous.address)
        with held(f"SELECT FROM {first} WHERE user_id = %s FOR UPDATE", user.id) as cursor:
            assert caller.get("/api/vendors").status_code == 200
            wait_until(lambda user=user: len(last_active(user)) == 1)
            cursor.execute("SET LOCAL lock_timeout = '2s'")
            cursor.execute(f"SELECT FROM {second} WHERE user_id = %s FOR UPDATE", (user.id,))


def test_get_user_whose_row_others_hold_is_answered_at_once(as_identity: AsIdentity) -> None:
    user = factories.make_user()
    caller = as_identity(user=user)
    with held("SELECT FROM app_user WHERE id = %s FOR UPDATE", user.id):
        started = time.monotonic()
        answer = caller.get("/api/user")
        assert (answer.status_code, time.monotonic() - started < AT_ONCE_SECONDS) == (200, True)
        assert answer.json()["user"]["lastLoginAt"] is not None
    caller.get("/api/user")
    wait_until(lambda: rows("SELECT FROM app_user WHERE id = %s AND last_login_at IS NOT NULL", user.id))


def test_activity_where_nothing_can_be_written_changes_no_answer(
    environment: dict[str, str],
    scratch: str,
    data_folder: Path,
    local_provider: LocalProvider,
    tmp_path: Path,
) -> None:
    """The database loses its sessions and comes back as a standby would: it can be read, and not be written."""
    server = Server({**environment, "PHARUS_DATABASE_URL": scratch}, tmp_path / "log")
    try:
        organization = factories.make_organization()
        user, caller = token_of(organization, server.address)
        assert caller.get(CURRENT).status_code == 200
        wait_until(lambda: len(last_active(user)) == 2)
        execute("UPDATE membership SET last_active_at = NULL")
        name = rows("SELECT current_database()")[0][0]
        execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
        # A pooler would keep one of them, the one that says this, for the server.
        database.execute(
            database.past_pooler(scratch),
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()",
            name,
        )
        for _ in range(2):
            assert caller.get(CURRENT).status_code == 200
        person = Api(server.address, local_provider.issue(user.email, uid=user.uid))
        assert person.get("/api/user").status_code == 200
        wait_until(lambda: "read-only transaction" in server.read_log())
        errors = [line for line in server.read_log().split("\n") if '"level":"error"' in line]
        # The cause, named once, and no request that failed.
        assert len(errors) == len(set(errors)) <= 2
        assert all("pharus.outages" in line for line in errors)
    finally:
        assert server.stop() == 0


def test_write_notes_all_at_once_and_passes_over_what_is_recent(organization: factories.Organization) -> None:
    user = factories.make_user()
    factories.make_membership(organization.id, user.id)
    actor = Actor(user.uid, user.email, True, user.id, organization.id)
    notes = {activity.Note(actor.user_id, actor.org_id), activity.Note(user.id)}
    activity.write(notes)
    active, login = times_of(user)
    assert active == login
    activity.write(notes)
    again, later = times_of(user)
    assert (again, later > login) == (active, True)
