"""Whether the database is one that this server can work on; what it is not, as a sentence for the operator.

Looked at before a server serves, and by /readyz again and again.
"""

from collections.abc import Sequence

import peewee
from psycopg2 import errorcodes

from pharus.constraints import sqlstate
from pharus.db import db, maintenance, unit_of_work
from pharus.errors import ConfigurationError
from pharus.identity import ANONYMOUS
from pharus.migrations import history, roles
from pharus.migrations.files import Migration

# Whatever `pg_restore` could not do without the roles, it has left out: policies, grants, owners of functions. Without
# policies tables with row-level security show nothing.
_LEFT_OUT = """
SELECT 'the table ' || relname || ' has no policy' FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND relrowsecurity
    AND NOT EXISTS (SELECT FROM pg_policy WHERE polrelid = pg_class.oid)
UNION ALL
SELECT 'the function ' || proname || ' does not belong to ' || %(search)s FROM pg_proc
WHERE pronamespace = 'public'::regnamespace AND prosecdef AND proname LIKE 'search\\_%%'
    AND proowner::regrole::text <> %(search)s
UNION ALL
SELECT 'pharus_platform may not read schema_migration'
WHERE NOT has_table_privilege('pharus_platform', 'schema_migration', 'SELECT')
LIMIT 1"""

# A role that does not exist, or that the login may not act as; a table that it may not read.
_ROLE_TROUBLE = frozenset({errorcodes.INVALID_PARAMETER_VALUE, errorcodes.INSUFFICIENT_PRIVILEGE})


def require(known: Sequence[Migration]) -> list[str]:
    """ConfigurationError unless a server that knows these migrations can work, as the login that is connected. Returns
    what a newer version has applied that this one can work with."""
    with maintenance():
        is_empty = db.row("SELECT to_regclass('schema_migration') IS NULL")[0]
        amiss = "The database has no tables yet: run `pharus migrate`." if is_empty else roles.lacking() or _left_out()
    if amiss is not None:
        raise ConfigurationError(amiss)
    with unit_of_work(ANONYMOUS):
        found = history.compare(known)
    if found.pending:
        raise ConfigurationError(
            f"{len(found.pending)} migrations are not applied, the first of them {found.pending[0].name} of "
            f"{found.pending[0].source}: run `pharus migrate`."
        )
    amiss = _too_new(found)
    if amiss is not None:
        raise ConfigurationError(amiss)
    return [name for name, _ in found.newer]


def readiness(known: Sequence[Migration]) -> str:
    """`ok`, or what is amiss."""
    try:
        with unit_of_work(ANONYMOUS):
            found = history.compare(known)
            if found.pending:
                return f"{len(found.pending)} migrations are not applied"
            return _too_new(found) or roles.lacking() or "ok"
    except ConfigurationError as error:
        return str(error)
    except peewee.PeeweeException as error:
        if sqlstate(error) not in _ROLE_TROUBLE:
            raise
        return roles.lacking() or "the database was restored without its roles: see docs/backup.md"


def _too_new(found: history.Compared) -> str | None:
    for name, old_servers_work in found.newer:
        if not old_servers_work:
            return (
                f"The database is newer than this server, which does not know the migration {name}: "
                "start the version that applied it, or a later one."
            )
    return None


def _left_out() -> str | None:
    found = db.rows(_LEFT_OUT, {"search": roles.SEARCH})  # type: ignore[arg-type]  # psycopg2 takes a mapping as well
    if not found:
        return None
    return (
        f"The database was restored without its roles: {found[0][0]}. Restore it anew, with `pharus restore`, or make "
        "the roles before pg_restore (docs/backup.md)."
    )
