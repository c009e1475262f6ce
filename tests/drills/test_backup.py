"""An owner that is no superuser migrates, another login serves; under load a backup is made, and restored into another
cluster, which is then the same installation. On every version of PostgreSQL from 15 on that is installed here."""

import os
import threading
import time
from collections import Counter
from pathlib import Path

import psycopg2
import pytest
from psycopg2 import sql

from pharus import db, embedded
from pharus.backup.making import count_rows
from pharus.backup.manifest import read
from pharus.fields import new_id
from tests import database, factories, logins
from tests.api import Api
from tests.drills import figures
from tests.drills.postgres import VERSIONS, cluster
from tests.handlers.cli.test_commands import pharus
from tests.server import Server

SECONDS = min(float(os.environ.get("DRILL_SECONDS", "60")), 20)

pytestmark = [pytest.mark.drills, pytest.mark.long]


def environment(url: str, data: Path) -> dict[str, str]:
    """An owner and a login that serves, made by the administrator of the cluster, and what a server of theirs sees."""
    for name, attributes in (("owning", "CREATEROLE"), ("serving", "")):
        create = sql.SQL("CREATE ROLE {} LOGIN PASSWORD %s " + attributes).format(sql.Identifier(name))
        database.execute(url, create, logins.PASSWORD)
    database.execute(url, "ALTER DATABASE pharus OWNER TO owning")
    return {
        "PHARUS_MIGRATE_URL": logins.as_login(url, "owning"),
        "PHARUS_DATABASE_URL": logins.as_login(url, "serving"),
        "PHARUS_DATA": str(data),
        "PHARUS_AUTH": "local",
        "PHARUS_ALLOW_LOCAL_AUTH": "on",
        "PHARUS_LOG": "json",
    }


@pytest.mark.parametrize(
    ("version", "to"), [(version, to) for version in VERSIONS for to in VERSIONS if int(to) >= int(version)]
)
def test_backup_made_under_load_is_the_same_installation_elsewhere(
    version: str, to: str, tmp_path: Path, database_url: str, record_property: figures.Record
) -> None:
    with cluster(version) as first, cluster(to) as second:
        for each in (first, second):
            embedded.create_database(each.url(), "pharus")
        url, other_url = first.url("pharus"), second.url("pharus")
        here, there = environment(url, tmp_path / "here"), environment(other_url, tmp_path / "there")
        demo = pharus("demo", **here)
        assert demo.returncode == 0, demo.stderr
        try:
            db.configure(url)
            db.db.connect()
            organization, user = factories.make_organization(), factories.make_user()
            factories.make_membership(organization.id, user.id, "admin")
            token = factories.make_api_token(organization.id, user.id)
            order = factories.make_purchase_order(organization.id)
        finally:
            db.configure(database_url, application_name="pharus-tests")

        server = Server(here, tmp_path / "log", "--no-migrate")
        api = Api(server.address, token, organization.id)
        ended, statuses = threading.Event(), Counter[int]()
        writers = [threading.Thread(target=_write, args=(api, order, ended, statuses)) for _ in range(4)]
        for writer in writers:
            writer.start()
        time.sleep(SECONDS / 2)
        begun = time.monotonic()
        saved = pharus("backup", str(tmp_path / "backup"), **here)
        backup_seconds = time.monotonic() - begun
        time.sleep(1)
        ended.set()
        for writer in writers:
            writer.join()
        assert server.stop() == 0
        assert saved.returncode == 0, saved.stderr
        assert set(statuses) == {200, 201}, statuses

        begun = time.monotonic()
        restored = pharus("restore", str(tmp_path / "backup"), **there)
        restore_seconds = time.monotonic() - begun
        assert restored.returncode == 0, restored.stderr
        checked = pharus("check", **there)
        assert (checked.returncode, checked.stdout) == (0, ""), checked.stdout + checked.stderr
        made = read(tmp_path / "backup")
        with psycopg2.connect(other_url) as connection, connection.cursor() as cursor:
            assert count_rows(cursor) == made.tables
        connection.close()

        other = Server(there, tmp_path / "other-log", "--no-migrate")
        try:
            moved = Api(other.address, token, organization.id)
            listed = moved.get("/api/vendors?limit=1")
            assert listed.status_code == 200
            assert moved.post("/api/vendors", {"name": "After the restore"}).status_code == 201
        finally:
            assert other.stop() == 0, other.read_log()[-2000:]
        on = f"PostgreSQL {version}" + (f", restored into {to}" if to != version else "")
        measured = {
            "requests meanwhile": statuses.total(),
            "rows": sum(made.tables.values()),
            "files": len(made.files),
            "saved in (s)": round(backup_seconds, 1),
            "restored in (s)": round(restore_seconds, 1),
        }
        figures.report(record_property, "backup under load", on, measured)


def _write(api: Api, order: str, ended: threading.Event, statuses: Counter[int]) -> None:
    """Vendors and files are made, and every other one is deleted, one after the other."""
    while not ended.is_set():
        for number in range(2):
            vendor = api.post("/api/vendors", {"name": f"Vendor {new_id()}"})
            file = api.post(
                "/api/documents",
                data={"entityType": "purchase_order", "entityId": order},
                files={"file": ("label.txt", b"soap" * 5000, "text/plain")},
            )
            statuses.update((vendor.status_code, file.status_code))
            if number == 0:
                statuses[api.delete(f"/api/vendors/{vendor.json()['id']}").status_code] += 1
                statuses[api.delete(f"/api/documents/{file.json()['id']}").status_code] += 1
