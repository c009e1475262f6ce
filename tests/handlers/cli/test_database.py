"""One login owns the tables and migrates, another one serves; and what a server refuses to start on."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from pharus import migrations
from plugins import manager
from tests import database, logins
from tests.api import Api
from tests.handlers.cli.test_commands import pharus, refused
from tests.server import Server

ALL = migrations.read(manager.sources(manager.load(())))
# Written down by a version that there is not yet.
NEWER = (
    "INSERT INTO schema_migration (source, name, checksum, old_servers_work) VALUES ('pharus', '9999_x.sql', 'x', %s)"
)


@pytest.fixture
def two_logins(environment: dict[str, str], database_url: str, tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of a server that serves as a login that owns nothing."""
    with (
        logins.login(database_url, "CREATEROLE") as owner,
        logins.login(database_url) as serving,
        logins.owned_database(database_url, owner) as url,
    ):
        logins.let_it_be_as_if_it_had_made_the_roles(database_url, owner)
        yield {
            **environment,
            "PHARUS_MIGRATE_URL": url,
            "PHARUS_DATABASE_URL": logins.as_login(url, serving),
            "PHARUS_DATA": str(tmp_path / "data"),
        }


def test_migrate_by_an_owner_then_serve_without_migrating_by_another_login(
    two_logins: dict[str, str], tmp_path: Path
) -> None:
    serving = {name: value for name, value in two_logins.items() if name != "PHARUS_MIGRATE_URL"}
    assert "The database has no tables yet: run `pharus migrate`." in refused(
        pharus("serve", "--no-migrate", **serving)
    )
    done = pharus("migrate", **two_logins)
    assert (done.returncode, done.stdout) == (0, f"{len(ALL)} migrations applied\n"), done.stderr

    server = Server(serving, tmp_path / "log", "--no-migrate")
    try:
        assert Api(server.address, "pharus_pat_x").get("/api/vendors").status_code == 401
        login = serving["PHARUS_DATABASE_URL"].partition("//")[2].partition(":")[0]
        database.execute(two_logins["PHARUS_MIGRATE_URL"], f"REVOKE pharus_app FROM {login}")
        response = httpx.get(f"{server.address}/readyz", trust_env=False)
        assert response.status_code == 503
        assert f"The login {login} may not act as pharus_app." in response.json()["status"]
    finally:
        assert server.stop() == 0, server.read_log()
    assert '"internal error"' not in server.read_log()


def test_check_sees_all_rows_as_the_owner_and_refuses_to_see_none(two_logins: dict[str, str]) -> None:
    filled = pharus("demo", **two_logins)
    assert filled.returncode == 0, filled.stderr
    checked = pharus("check", **two_logins)
    assert (checked.returncode, checked.stdout, checked.stderr.splitlines()[-1]) == (0, "", "no discrepancies")
    serving = {name: value for name, value in two_logins.items() if name != "PHARUS_MIGRATE_URL"}
    assert "This login sees no organization's rows" in refused(pharus("check", **serving))
