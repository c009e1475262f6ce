"""The database roles, and which logins may act as them (docs/adr/0005, 0028).

The owner is the login that migrates: it owns the tables and may act as every role. The login that serves need own
nothing: it may act as the roles of requests. Roles belong to the whole PostgreSQL server, so that another database, and
another login, may have made them already.
"""

from collections.abc import Sequence
from typing import NamedTuple

import peewee
from psycopg2 import errorcodes, sql

from pharus.constraints import sqlstate
from pharus.db import db, maintenance
from pharus.errors import ConfigurationError

# Units of work run as these.
OF_REQUESTS = ("pharus_app", "pharus_platform", "pharus_purge")
# Owns the functions that search. Never acted as, only given to.
SEARCH = "pharus_search"
# Sees the rows of every organization: what migrates, checks and saves the whole database has its rights without asking.
MAINTENANCE = "pharus_maintenance"
ALL = (*OF_REQUESTS, SEARCH, MAINTENANCE)

_MAKE = """
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}') THEN
        BEGIN
            CREATE ROLE {role} NOLOGIN;
        EXCEPTION WHEN duplicate_object OR unique_violation THEN
            NULL;
        END;
    END IF;
END $$"""

# From PostgreSQL 16 on a member may have to be allowed to act as the role, and to have its rights without that; who has
# made a role may at first do neither.
_ABILITIES = """
SELECT role, pg_has_role(%s, role, %s), pg_has_role(%s, role, 'USAGE')
FROM unnest(%s) AS role WHERE role IN (SELECT rolname FROM pg_roles)"""

_KNOWS = "SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = %s)"

# Row-level security is forced on these, so that it holds back their owner as well.
_CLOSED = """
SELECT oid::regclass::text FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND relforcerowsecurity
    AND NOT EXISTS (SELECT FROM pg_policy WHERE polrelid = pg_class.oid AND polname = 'maintenance')
ORDER BY oid"""

_PERMISSION = frozenset({errorcodes.INSUFFICIENT_PRIVILEGE, errorcodes.INVALID_GRANT_OPERATION})


class _Ability(NamedTuple):
    acts: bool
    has_rights: bool


def ensure() -> None:
    """Make the roles that are missing, and let the login that migrates act as all of them. In a transaction.

    ConfigurationError, with the SQL for somebody who may, when this login may not.
    """
    login = str(db.row("SELECT current_user")[0])
    able = _abilities(login, ALL)
    for role in ALL:
        if role not in able:
            _allowed(_MAKE.format(role=role), login)
    able = _abilities(login, ALL)
    barred = [role for role in ALL if not (able[role].acts and able[role].has_rights)]
    if barred:
        _allowed(_grant(barred, login, inherit=True), login)


def closed_tables() -> list[str]:
    """The tables whose rows pharus_maintenance does not see yet."""
    return [table for (table,) in db.rows(_CLOSED)]


def open_to_maintenance(tables: Sequence[str]) -> None:
    for table in tables:
        db.send(f"CREATE POLICY maintenance ON {table} TO {MAINTENANCE} USING (true) WITH CHECK (true)")


def let_serve(login: str) -> None:
    """Let another login serve: act as the roles of requests, and nothing else. As the owner.

    ConfigurationError when there is no such login, or when the owner may not grant that.
    """
    with maintenance():
        if not db.row(_KNOWS, (login,))[0]:
            raise ConfigurationError(
                f"PHARUS_DATABASE_URL names the login {login}, which does not exist. Let an administrator run: "
                f"CREATE ROLE {_quoted(login)} LOGIN PASSWORD '…'."
            )
        with db.transaction():
            able = _abilities(login, OF_REQUESTS)
            barred = [role for role in OF_REQUESTS if not able[role].acts]
            if barred:
                _allowed(_grant(barred, login, inherit=False), login)


def lacking() -> str | None:
    """What keeps the login that is connected from serving, as a sentence with the SQL that mends it."""
    with maintenance():
        login = str(db.row("SELECT session_user")[0])
        able = _abilities(login, OF_REQUESTS)
        missing = [role for role in OF_REQUESTS if role not in able]
        if missing:
            return (
                f"The database server lacks the role {missing[0]}, so this database was never migrated here, or it was "
                "restored without its roles: run `pharus migrate`, or `pharus restore` (docs/backup.md)."
            )
        barred = [role for role in OF_REQUESTS if not able[role].acts]
        if barred:
            return (
                f"The login {login} may not act as {' and '.join(barred)}. Let the login that migrates, or an "
                f"administrator, run: {_grant(barred, login, inherit=False)};"
            )
    return None


def sees_everything() -> bool:
    """Whether the login that is connected sees the rows of every organization."""
    with maintenance():
        return bool(
            db.row(
                "SELECT rolsuper OR rolbypassrls OR EXISTS (SELECT FROM pg_roles WHERE rolname = %s) "
                "AND pg_has_role(%s::name, 'USAGE') FROM pg_roles WHERE rolname = current_user",
                (MAINTENANCE, MAINTENANCE),
            )[0]
        )


def _abilities(login: str, roles: Sequence[str]) -> dict[str, _Ability]:
    """What the login may do with those of the roles that exist."""
    how = "SET" if _version() >= 160000 else "MEMBER"
    return {role: _Ability(*able) for role, *able in db.rows(_ABILITIES, (login, how, login, list(roles)))}


def _grant(roles: Sequence[str], login: str, *, inherit: bool) -> str:
    grant = f"GRANT {', '.join(roles)} TO {_quoted(login)}"
    # Before PostgreSQL 16 the login's own attribute says whether it inherits.
    return f"{grant} WITH INHERIT {str(inherit).upper()}, SET TRUE" if _version() >= 160000 else grant


def _allowed(statement: str, login: str) -> None:
    try:
        db.execute_sql(statement)
    except peewee.PeeweeException as error:
        if sqlstate(error) not in _PERMISSION:
            raise
        raise ConfigurationError(_for_an_administrator(login)) from error


def _for_an_administrator(login: str) -> str:
    makes = "; ".join(f"CREATE ROLE {role} NOLOGIN" for role in ALL)
    how = " WITH INHERIT TRUE, SET TRUE" if _version() >= 160000 else ""
    return (
        f"The login that migrates may not give the database roles to {login}: it has no CREATEROLE, or another login "
        f"has made them. Let an administrator run, leaving out roles that exist: {makes}; and then, for the login that "
        f"migrates: GRANT {', '.join(ALL)} TO …{how}; and if another login serves: "
        f"GRANT {', '.join(OF_REQUESTS)} TO …;"
    )


def _version() -> int:
    return db.connection().server_version


def _quoted(login: str) -> str:
    return sql.Identifier(login).as_string(db.connection())
