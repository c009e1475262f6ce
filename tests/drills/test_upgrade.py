"""A newer version migrates while two servers of the one before work, a long report among them: no request fails.

The newer version is a plugin more, which the old servers do not know, and a column and an index of a busy table.
"""

import os
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import httpx
import psycopg2
import pytest

from pharus import migrations
from pharus.db import db, maintenance
from pharus.fields import new_id
from pharus.migrations import Migration
from plugins import manager
from tests import database, distributions, factories
from tests.drills import backends
from tests.drills.backends import BACKENDS, Backend
from tests.drills.figures import Record, report
from tests.handlers.cli.test_commands import pharus
from tests.server import Server

REPORT_SECONDS = min(float(os.environ.get("DRILL_SECONDS", "60")), 11)
CLIENTS = 8

LABELS = """
CREATE TABLE labels_item (
    org_id uuid NOT NULL, id uuid NOT NULL, vendor_id uuid, name varchar(255) NOT NULL,
    PRIMARY KEY (org_id, id), FOREIGN KEY (org_id, vendor_id) REFERENCES vendor (org_id, id)
);
CALL make_tenant_table('labels_item');
"""
OURS = Migration(
    "pharus", "9000_rating.sql",
    "ALTER TABLE vendor ADD COLUMN rating integer NOT NULL DEFAULT 0; CREATE INDEX ON vendor (org_id, rating)",
)  # fmt: skip

pytestmark = [pytest.mark.drills, pytest.mark.long]


class Clients:
    """Read, make, change and delete vendors at one server, on connections that are kept, and time it."""

    def __init__(self, address: str, token: str) -> None:
        self.statuses: Counter[int] = Counter()
        self.slowest = 0.0
        self._client = httpx.Client(
            base_url=address, headers={"Authorization": f"Bearer {token}"}, trust_env=False, timeout=60
        )
        self._ended = threading.Event()
        self._threads = [threading.Thread(target=self._work) for _ in range(CLIENTS // 2)]
        for thread in self._threads:
            thread.start()

    def end(self) -> None:
        self._ended.set()
        for thread in self._threads:
            thread.join()
        self._client.close()

    def _work(self) -> None:
        while not self._ended.is_set():
            made = self._send("POST", "/api/vendors", json={"name": f"Vendor {new_id()}"})
            self._send("GET", "/api/vendors", params={"limit": 20})
            if made is not None and made.status_code == 201:
                path = f"/api/vendors/{made.json()['id']}"
                self._send("PATCH", path, json={"city": "Sample"})
                self._send("DELETE", path)

    def _send(self, method: str, path: str, **options: object) -> httpx.Response | None:
        begun = time.monotonic()
        try:
            response = self._client.request(method, path, **options)  # type: ignore[arg-type]
        except httpx.TransportError:
            # No answer at all: counted as a status that there is not.
            self.statuses[0] += 1
            return None
        self.slowest = max(self.slowest, time.monotonic() - begun)
        self.statuses[response.status_code] += 1
        return response


@pytest.fixture(params=BACKENDS, ids=str)
def running(request: pytest.FixtureRequest, database_url: str) -> Iterator[backends.Running]:
    """The kernel of this process migrates it."""
    backend: Backend = request.param
    with backends.running(backend) as made, database.kernel_on(made.url, database_url):
        yield made


def test_upgrade_under_load_fails_no_request(
    running: backends.Running, environment: dict[str, str], tmp_path: Path, record_property: Record
) -> None:
    known = migrations.read(manager.sources(manager.load(())))
    migrations.apply(known)
    organization, user = factories.make_organization(), factories.make_user()
    factories.make_membership(organization.id, user.id, "admin")
    token = factories.make_api_token(organization.id, user.id)
    seen = {**environment, "PHARUS_DATABASE_URL": running.url, "PHARUS_DATA": str(tmp_path / "data")}
    old = [Server(seen, tmp_path / f"old-{number}", "--no-migrate") for number in range(2)]
    clients = [Clients(server.address, token) for server in old]
    try:
        time.sleep(2)
        before = max(each.slowest for each in clients)
        with (
            psycopg2.connect(running.admin_url, application_name="reporting") as reporting,
            reporting.cursor() as cursor,
        ):
            cursor.execute("SELECT count(*) FROM vendor")
            threading.Timer(REPORT_SECONDS, reporting.rollback).start()
            begun = time.monotonic()
            assert migrations.apply([*known, OURS]) == 1
            waited = time.monotonic() - begun
        assert waited > REPORT_SECONDS / 2, "the migration did not meet the report"

        site = tmp_path / "site"
        distributions.install(site, "labels", {"migrations/0001_labels.sql": LABELS})
        newer = {**seen, "PYTHONPATH": str(site)}
        # The newer version has the file of ours in its package; here that is only in the database.
        migrated = pharus("migrate", **newer)
        assert (migrated.returncode, migrated.stdout) == (0, "1 migrations applied\n"), migrated.stderr
        for server in old:
            assert httpx.get(f"{server.address}/readyz", trust_env=False).json() == {"status": "ok"}
        new = Server(newer, tmp_path / "new")
        clients.append(Clients(new.address, token))
        time.sleep(2)
    finally:
        for each in clients:
            each.end()
    for server in (*old, new):
        server.process.terminate()
        assert server.process.wait(60) == 0, server.read_log()[-2000:]
        assert '"internal error"' not in server.read_log()
    statuses = sum((each.statuses for each in clients), Counter[int]())
    slowest = max(each.slowest for each in clients)
    measured = {
        "requests": statuses.total(),
        "failed": sum(count for status, count in statuses.items() if status not in (200, 201)),
        "the migration waited (s)": round(waited, 1),
        "slowest response before (s)": round(before, 2),
        "slowest response (s)": round(slowest, 2),
    }
    report(record_property, "upgrade under load, a long report in its way", str(running.backend), measured)
    assert set(statuses) <= {200, 201}, statuses
    assert slowest < REPORT_SECONDS / 2, "a request waited for the report behind the migration"
    with maintenance():
        assert db.row("SELECT count(*) FROM labels_item") == (0,)
