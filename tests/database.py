"""One database for a whole test run, on the server named by PHARUS_TEST_DATABASE_URL or on an embedded one.

Tests run in parallel against it: each makes organizations of its own, so nothing needs cleaning.
"""

import os
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg2
from psycopg2 import sql

from pharus import db, embedded, hooks, migrations
from plugins import manager

FOLDER = Path(__file__).parent.parent / "build" / "test"


def create() -> str:
    """Create and migrate a database, drop those that killed runs left behind, and return the new one's URL."""
    admin_url = os.environ.get("PHARUS_TEST_DATABASE_URL") or embedded.start(FOLDER, "pharus_tests")
    _drop_orphans(admin_url)
    name = f"pharus_test_{os.getpid()}"
    embedded.create_database(admin_url, name)
    url = _renamed(admin_url, name)
    plugins = manager.load(())
    hooks.install(plugins)
    db.configure(url)
    with db.db.connection_context():
        migrations.apply(migrations.read(manager.sources(plugins)))
    return url


def drop(url: str) -> None:
    db.disconnect()
    admin_url = os.environ.get("PHARUS_TEST_DATABASE_URL") or _renamed(url, "pharus_tests")
    _drop(admin_url, urlsplit(url).path.strip("/"))


def _drop_orphans(admin_url: str) -> None:
    connection = psycopg2.connect(admin_url)
    with connection.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname ~ '^pharus_test_[0-9]+$'")
        names = [name for (name,) in cursor.fetchall()]
    connection.close()
    for name in names:
        if not Path(f"/proc/{name.rpartition('_')[2]}").exists() and Path("/proc").exists():
            _drop(admin_url, name)


def _drop(admin_url: str, name: str) -> None:
    connection = psycopg2.connect(admin_url)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
    connection.close()


def _renamed(url: str, name: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
