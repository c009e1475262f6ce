"""The database all peers share: migrated by Pharus, filled by the bench, brought back to the same rows before each run.

Rows are written as the roles that requests run as, so that a login without superuser rights will do.
"""

import base64
import hashlib
import time
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import psycopg2

from bench.peers import outbox
from bench.workloads.workload import Caller, Workload
from pharus import embedded, migrations
from pharus.db import configure, db, unit_of_work
from pharus.identity import ANONYMOUS
from plugins import manager
from plugins.webhooks import signing

_NAMESPACE = uuid.UUID("7f0d1e2c-5a4b-4c3d-9e8f-0a1b2c3d4e5f")

_SETTINGS = ("server_version", "fsync", "synchronous_commit", "shared_buffers", "max_connections")


@dataclass(frozen=True, slots=True)
class Database:
    """A migrated database. `pid` is PostgreSQL's main process, or None when it is none of this machine's."""

    url: str
    pid: int | None
    settings: dict[str, str]

    def token(self, workload: Workload, caller: Caller) -> str | None:
        if caller == "nobody":
            return None
        secret = hashlib.sha256(f"{workload.name} {caller}".encode()).digest()
        return "pharus_pat_" + base64.urlsafe_b64encode(secret).decode().rstrip("=")

    def fill(self, workload: Workload) -> None:
        """The workload's organization, its users and their tokens, unless they are there."""
        org_id = _id(workload.name)
        with _connected(self.url) as cursor:
            cursor.execute("BEGIN; SET LOCAL ROLE pharus_platform")
            cursor.execute(
                "INSERT INTO organization (id, name, slug) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
                (org_id, workload.title, f"bench-{workload.name}"),
            )
            cursor.execute("INSERT INTO organization_settings (org_id) VALUES (%s) ON CONFLICT DO NOTHING", (org_id,))
            self._fill_caller(cursor, workload, "member", "member")
            self._fill_caller(cursor, workload, "admin", "admin")
            self._fill_caller(cursor, workload, "viewer", "viewer")
            self._fill_caller(cursor, workload, "revoked", "member")
            revoked = _id(workload.name, "revoked")
            cursor.execute("UPDATE api_token SET revoked_at = created_at WHERE id = %s", (revoked,))
            cursor.execute("COMMIT")

    def prepare(self, workload: Workload, *, at_rest: bool = False) -> None:
        """Bring the workload's rows to where every run starts and, for a measured run, PostgreSQL to rest."""
        with self._inside(workload) as cursor:
            workload.prepare(cursor, _id(workload.name))
        with _connected(self.url) as cursor:
            for table in workload.tables:
                # On a new database the planner knows nothing of what has just been filled.
                cursor.execute(f"{'VACUUM (ANALYZE)' if at_rest else 'ANALYZE'} {table}")
            if not at_rest:
                return
            # Otherwise one run would pay for writing out what another changed. Not every login may.
            with suppress(psycopg2.errors.InsufficientPrivilege):
                cursor.execute("CHECKPOINT")

    def open_endpoint(self, workload: Workload, url: str) -> str:
        """From now on what happens in the workload's organization is delivered there: by Pharus to an endpoint, by the
        peers from their outbox. The secret that requests are signed with."""
        org_id, id, secret_id = _id(workload.name), _id(workload.name, "endpoint"), _id(workload.name, "secret")
        with _connected(self.url) as cursor:
            cursor.execute(outbox.TABLE)
        with self._inside(workload) as cursor:
            cursor.execute(
                "INSERT INTO webhook_endpoint (org_id, id, url, event_types, secret_id) VALUES (%s, %s, %s, %s, %s)",
                (org_id, id, url, [workload.webhook], secret_id),
            )
            cursor.execute(
                "INSERT INTO webhook_progress (org_id, endpoint_id, transaction_id) VALUES (%s, %s, event_horizon())",
                (org_id, id),
            )
        with unit_of_work(ANONYMOUS):
            return signing.secret(secret_id)

    def close_endpoint(self, workload: Workload) -> None:
        with self._inside(workload) as cursor:
            cursor.execute("DELETE FROM webhook_endpoint WHERE org_id = %s", (_id(workload.name),))
        with _connected(self.url) as cursor:
            cursor.execute("DELETE FROM bench_outbox")

    def ids(self, workload: Workload) -> list[str]:
        """The records that the workload's webhooks tell of."""
        assert workload.webhook is not None
        table, _, _ = workload.webhook.partition(".")
        with self._inside(workload) as cursor:
            cursor.execute(f"SELECT id::text FROM {table} WHERE org_id = %s", (_id(workload.name),))
            return [id for (id,) in cursor.fetchall()]

    def run_baseline(self, workload: Workload, number: int) -> float:
        """The seconds that the workload's baseline takes, its commit included. As the login itself: COPY does not go
        through row-level security."""
        assert workload.baseline is not None
        statement, rows = workload.baseline(_id(workload.name), number)
        with _connected(self.url) as cursor:
            started = time.perf_counter()
            cursor.copy_expert(statement, rows)
            return time.perf_counter() - started

    @contextmanager
    def _inside(self, workload: Workload) -> Iterator[Any]:
        """A cursor in a transaction inside the workload's organization, as requests have it."""
        with _connected(self.url) as cursor:
            cursor.execute("BEGIN; SELECT set_config('pharus.org_id', %s, true)", (_id(workload.name),))
            cursor.execute("SET LOCAL ROLE pharus_app")
            yield cursor
            cursor.execute("COMMIT")

    def _fill_caller(self, cursor: Any, workload: Workload, caller: Caller, role: str) -> None:
        org_id, user_id = _id(workload.name), _id(workload.name, caller)
        token = self.token(workload, caller)
        assert token is not None
        cursor.execute(
            "INSERT INTO app_user (id, firebase_uid, email, display_name) VALUES (%s, %s, %s, %s) "
            "ON CONFLICT DO NOTHING",
            (user_id, f"bench-{workload.name}-{caller}", f"{caller}@{workload.name}.example.com", caller),
        )
        cursor.execute(
            "INSERT INTO membership (org_id, id, user_id, role) VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING",
            (org_id, user_id, user_id, role),
        )
        cursor.execute(
            "INSERT INTO api_token (org_id, id, user_id, name, token_prefix, token_hash) "
            "VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
            (org_id, user_id, user_id, caller, token[:12], hashlib.sha256(token.encode()).digest()),
        )


def open_database(url: str | None, folder: Path) -> Database:
    """The database at `url`, or the embedded PostgreSQL in `folder`, migrated."""
    applied = migrations.read(manager.sources(manager.load(())))
    url = url or embedded.start(folder, _name(applied))
    configure(url)
    with db.connection_context():
        migrations.apply(applied)
    with _connected(url) as cursor:
        settings = {}
        for name in _SETTINGS:
            cursor.execute(f"SHOW {name}")
            settings[name] = cursor.fetchone()[0]
        cursor.execute("SELECT pg_backend_pid()")
        return Database(url, _postmaster(cursor.fetchone()[0]), settings)


@contextmanager
def _connected(url: str) -> Iterator[Any]:
    connection = psycopg2.connect(url)
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            yield cursor
    finally:
        connection.close()


def _name(applied: Sequence[migrations.Migration]) -> str:
    """A database for each state of the migrations: while they are being written, they need not fit an older one."""
    digest = hashlib.sha256("".join(migration.checksum for migration in applied).encode())
    return f"bench_{digest.hexdigest()[:12]}"


def _id(*names: str) -> str:
    return str(uuid.uuid5(_NAMESPACE, " ".join(names)))


def _postmaster(backend: int) -> int | None:
    """The parent of one of PostgreSQL's processes, if that number is such a process here and not somebody else's."""
    with suppress(psutil.Error):
        process = psutil.Process(backend)
        parent = process.parent()
        if parent is not None and process.name().startswith("postgres") and parent.name().startswith("postgres"):
            return int(parent.pid)
    return None
