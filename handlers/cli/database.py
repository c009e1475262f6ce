"""`pharus migrate`, and the two logins: the owner, who migrates, checks and saves the database, and the one that
serves.

They are one and the same unless PHARUS_MIGRATE_URL names the owner's (docs/adr/0028).
"""

import getpass
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from handlers.cli.waiting import waiting
from pharus.errors import ConfigurationError

if TYPE_CHECKING:
    from handlers.app import Installation
    from pharus.migrations import Migration

log = logging.getLogger("pharus.migrations")


@click.command()
@click.option(
    "--wait",
    default=600,
    show_default=True,
    type=click.IntRange(0, 7 * 24 * 3600),
    metavar="SECONDS",
    help="How long a migration is tried again while others hold what it changes.",
)
def migrate(wait: int) -> None:
    """Bring the database to this version's tables, while servers work on it."""
    _, count = migrated(wait)
    click.echo(f"{count} migrations applied")


def migrated(wait: int = 600) -> "tuple[Installation, int]":
    """Start what has to run, apply what is pending, and say how many migrations that were. Then the database is one
    that the login that serves can work on, or ConfigurationError says what it is not."""
    from handlers import app
    from pharus import migrations
    from pharus.migrations import roles

    with waiting("Starting the database"):
        installation = app.install()
        with as_owner(installation):
            patience = migrations.Patience(total_seconds=wait)
            count = migrations.apply(installation.migrations, _tell, patience)
            if installation.settings.migrate_url:
                roles.let_serve(login(installation.database_url))
        newer = migrations.require(installation.migrations)
    _tell_newer(newer)
    return installation, count


def fit() -> "Installation":
    """The installation, for a server that does not migrate. ConfigurationError when it cannot work on the database as
    it is."""
    from handlers import app
    from pharus import migrations

    installation = app.install()
    _tell_newer(migrations.require(installation.migrations))
    return installation


@contextmanager
def as_owner(installation: "Installation") -> Iterator[None]:
    """Within it the kernel connects as the owner."""
    from handlers import app

    app.connect(installation.settings, owner_url(installation))
    try:
        yield
    finally:
        app.connect(installation.settings, installation.database_url)


def owner_url(installation: "Installation") -> str:
    return installation.settings.migrate_url or installation.database_url


def require_sight() -> None:
    """ConfigurationError unless the login sees the rows of all organizations, which it would find in order, or leave
    out, in silence. Inside `maintenance`."""
    from pharus.db import db
    from pharus.migrations import roles

    is_migrated = db.row("SELECT to_regclass('schema_migration') IS NOT NULL")[0]
    if is_migrated and not roles.sees_everything():
        raise ConfigurationError(
            "This login sees no organization's rows. Name the owner's login in PHARUS_MIGRATE_URL; if it migrated the "
            "database with an earlier version, run `pharus migrate` once."
        )


def find_organization(name: str) -> str:
    """The id of the organization with this id or slug. ConfigurationError. Inside `maintenance`, as the owner."""
    from pharus.db import db

    rows = db.rows(
        "SELECT id FROM organization WHERE purge_requested_at IS NULL AND %s IN (id::text, slug)", (name.lower(),)
    )
    if not rows:
        raise ConfigurationError(f"There is no organization {name}.")
    return str(rows[0][0])


def _tell(step: "Migration") -> None:
    click.echo(f"Migrating {step.source} {step.name}", err=True)


def _tell_newer(newer: list[str]) -> None:
    if newer:
        log.warning("A newer version has migrated the database; this one works with it: %s.", ", ".join(newer))


def login(url: str) -> str:
    """Whom the driver would log in as."""
    from psycopg2.extensions import parse_dsn

    return str(parse_dsn(url).get("user") or os.environ.get("PGUSER") or getpass.getuser())
