"""Logins that are no superusers, on the server that all tests share, each with a database of its own."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote, urlsplit, urlunsplit

from psycopg2 import sql

from pharus.migrations import roles
from tests import database

PASSWORD = "secret"


@contextmanager
def login(url: str, attributes: str = "") -> Iterator[str]:
    """The name of a new login. Nothing may belong to it at the end."""
    name = f"pharus_test_{secrets.token_hex(4)}"
    identifier = sql.Identifier(name)
    create = sql.SQL("CREATE ROLE {} LOGIN PASSWORD %s " + attributes).format(identifier)
    database.execute(url, create, PASSWORD)
    try:
        yield name
    finally:
        database.execute(url, sql.SQL("DROP OWNED BY {} CASCADE").format(identifier))
        database.execute(url, sql.SQL("DROP ROLE {}").format(identifier))


@contextmanager
def owned_database(url: str, owner: str) -> Iterator[str]:
    """The URL of a new, empty database that belongs to the login, for that login."""
    scratch = database.scratch(url)
    name = sql.Identifier(urlsplit(scratch).path.strip("/"))
    database.execute(url, sql.SQL("ALTER DATABASE {} OWNER TO {}").format(name, sql.Identifier(owner)))
    try:
        yield as_login(scratch, owner)
    finally:
        database.drop_scratch(url, scratch)


def as_login(url: str, name: str) -> str:
    """The URL of the same database for another login. A pooler of the tests lets everybody in as one."""
    parts = urlsplit(database.past_pooler(url))
    address = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"{quote(name)}:{PASSWORD}@{address}"))


def let_it_be_as_if_it_had_made_the_roles(url: str, name: str) -> None:
    """The roles are there already, made by a superuser. Who makes a role may from PostgreSQL 16 on give it to others
    and to itself, and no more."""
    how = sql.SQL("WITH ADMIN TRUE, INHERIT FALSE, SET FALSE" if version(url) >= 160000 else "WITH ADMIN OPTION")
    for role in roles.ALL:
        make = (
            f"DO $$ BEGIN CREATE ROLE {role} NOLOGIN; EXCEPTION WHEN duplicate_object OR unique_violation THEN END $$"
        )
        database.execute(url, make)
        grant = sql.SQL("GRANT {} TO {} {}").format(sql.Identifier(role), sql.Identifier(name), how)
        database.execute(url, grant)


def version(url: str) -> int:
    return int(database.execute(url, "SHOW server_version_num")[0][0])
