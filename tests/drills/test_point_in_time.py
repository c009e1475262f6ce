"""docs/backup.md, "Go back to a moment", as it is written: after a mistake, and after PostgreSQL was killed."""

import re
import time
from pathlib import Path

import pytest

from pharus.providers import LocalProvider
from tests import database
from tests.api import Api
from tests.drills.figures import Record, report
from tests.drills.postgres import VERSIONS, cluster
from tests.handlers.cli.test_commands import pharus
from tests.server import Server
from tests.waiting import wait_until

pytestmark = [pytest.mark.drills, pytest.mark.long]

PAGE = (Path(__file__).parents[2] / "docs" / "backup.md").read_text(encoding="utf-8")
CHAPTER = PAGE.split("## Go back to a moment\n")[1].split("\n## ")[0]


def blocks(archive: Path, backups: Path) -> list[str]:
    """What the page has between its words, for other folders."""
    found = re.findall(r"```\n(.*?)```", CHAPTER, re.DOTALL)
    assert len(found) == 4
    return [block.replace("/archive/", f"{archive}/").replace("/backups/", f"{backups}/") for block in found]


def settings(block: str) -> dict[str, str]:
    lines = [line.split(" = ", 1) for line in block.splitlines()]
    return {name: value.strip("'") for name, value in lines}


@pytest.mark.parametrize("version", VERSIONS)
def test_everything_is_as_it_was_at_that_moment(
    version: str, environment: dict[str, str], tmp_path: Path, record_property: Record
) -> None:
    with cluster(version) as postgres:
        archive, backups = (postgres.data.parent / name for name in ("archive", "backups"))
        postgres.run_shell(f"mkdir {archive} {backups}")
        archiving, base_backup, put_back, going_back = blocks(archive, backups)
        postgres.settings |= settings(archiving)
        postgres.kill()
        postgres.start()
        database.execute(postgres.url(), "CREATE ROLE maker LOGIN CREATEROLE")
        database.execute(postgres.url(), "CREATE DATABASE pharus OWNER maker")

        data = tmp_path / "data"
        seen = {**environment, "PHARUS_DATABASE_URL": postgres.url("pharus", "maker"), "PHARUS_DATA": str(data)}
        server = Server(seen, tmp_path / "log")
        api = Api(server.address, LocalProvider(data).issue("ada@example.com", lifetime_seconds=3600))
        assert api.post("/api/user", {"email": "ada@example.com"}).status_code == 200
        made = api.post("/api/organizations", {"name": "Maker", "slug": "maker"}).json()["organization"]
        api.headers["X-Org-Id"] = made["id"]
        kept = [_make(api, f"before the base backup {number}") for number in range(20)]
        postgres.run_shell(base_backup)
        kept += [_make(api, f"after it {number}") for number in range(20)]
        time.sleep(1)
        [(moment,)] = database.execute(postgres.url(), "SELECT now()::text")
        time.sleep(1)
        for each in kept[::2]:
            assert api.delete(f"/api/vendors/{each}").status_code == 200
        lost = [_make(api, f"after the mistake {number}") for number in range(20)]
        assert server.stop() == 0
        postgres.kill()

        begun = time.monotonic()
        postgres.run_shell(put_back)
        postgres.settings |= {**settings(going_back), "recovery_target_time": moment}
        postgres.start()
        wait_until(lambda: database.execute(postgres.url(), "SELECT pg_is_in_recovery()") == [(False,)], 60)
        seconds = time.monotonic() - begun

        checked = pharus("check", **seen)
        assert (checked.returncode, checked.stdout) == (0, ""), checked
        server = Server(seen, tmp_path / "log-after")
        api = Api(server.address, api.headers["Authorization"].removeprefix("Bearer "), made["id"])
        stored = {vendor["id"] for vendor in api.get("/api/vendors", limit=500).json()["data"]}
        _make(api, "after the way back")
        assert server.stop() == 0
    measured = {
        "missing": len(set(kept) - stored),
        "there though later": len(stored & set(lost)),
        "took (s)": round(seconds, 1),
    }
    report(record_property, "back to a moment before a mistake, after a kill", f"PostgreSQL {version}", measured)
    assert stored == set(kept)


def _make(api: Api, name: str) -> str:
    response = api.post("/api/vendors", {"name": name})
    assert response.status_code == 201
    return str(response.json()["id"])
