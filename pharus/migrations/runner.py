"""Applies what is pending: each file in a transaction of its own, one process at a time, never long in anybody's way.

A statement that changes a table waits until nobody reads it, and whoever comes meanwhile waits behind it. So a file
that does not get a lock at once gives up, lets the others pass, and is tried again a little later.
"""

import logging
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count

import peewee
import psycopg2
from psycopg2 import errorcodes

from pharus.constraints import sqlstate
from pharus.db import db, maintenance
from pharus.errors import ConfigurationError
from pharus.migrations import history, ownership, roles, sql_errors
from pharus.migrations.files import Migration

log = logging.getLogger("pharus.migrations")

# Any constant will do, as long as every process uses the same: only one of them migrates at a time.
_LOCK = 0x70686172

# Of two transactions that wait for each other PostgreSQL ends one after a second. The migration gives up before.
_LOCK_SECONDS = 0.5
_PAUSES_SECONDS = (0.5, 1.0, 2.0, 4.0, 8.0)

_IN_THE_WAY = frozenset({errorcodes.LOCK_NOT_AVAILABLE, errorcodes.DEADLOCK_DETECTED})

_LONGEST_TRANSACTIONS = """
SELECT concat(
    'process ', pid, ' of ', usename, ', ', application_name, ', ', extract(epoch FROM now() - xact_start)::int, ' s: ',
    left(regexp_replace(query, '\\s+', ' ', 'g'), 80)
)
FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
    AND xact_start < now() - make_interval(secs => %s / 1000.0)
ORDER BY xact_start LIMIT 3"""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long one file waits for a lock before it lets others pass, and how long it is tried in all."""

    lock_seconds: float = _LOCK_SECONDS
    total_seconds: float = 600


def apply(
    migrations: Sequence[Migration],
    progress: Callable[[Migration], None] = lambda migration: None,
    patience: Patience | None = None,
) -> int:
    """Apply what is pending and say how many that were. Safe when several processes start at once, and while servers
    work on the database.

    ConfigurationError when the login lacks a right, or when others hold what a file needs for too long.
    """
    patience = patience or Patience()
    with maintenance():
        with db.transaction():
            _take_turn()
            roles.ensure()
            history.prepare()
        _patiently("What lets the owner see all rows", _open_tables, patience)
        applied = sum(_apply(migration, progress, patience) for migration in history.pending(migrations))
        if db.row("SELECT to_regprocedure('follow_cluster()') IS NOT NULL")[0]:
            db.send("CALL follow_cluster()")
            _patiently("What the log shows of tables that have changed", _renew_events, patience)
        return applied


def _apply(migration: Migration, progress: Callable[[Migration], None], patience: Patience) -> bool:
    """False when another process has applied it meanwhile."""
    is_told = False

    def step() -> bool:
        nonlocal is_told
        if not history.pending([migration]):
            return False
        if not is_told:
            progress(migration)
            is_told = True
        _run(migration)
        roles.open_to_maintenance(roles.closed_tables())
        history.record(migration)
        return True

    return _patiently(f"The migration {migration.name} of {migration.source}", step, patience)


def _renew_events() -> bool:
    db.send("CALL renew_events()")
    return True


def _open_tables() -> bool:
    tables = roles.closed_tables()
    if tables:
        # Whatever a request does begins with its organization: while that is locked none begins, and those under way
        # end, so that the other locks are free.
        db.send("LOCK TABLE organization IN ACCESS EXCLUSIVE MODE")
        roles.open_to_maintenance(tables)
    return bool(tables)


def _patiently(what: str, step: Callable[[], bool], patience: Patience) -> bool:
    """The step in a transaction of its own, begun anew when it does not get a lock in time."""
    begun = time.monotonic()
    for attempt in count():
        try:
            with db.transaction():
                _take_turn()
                db.send(f"SET LOCAL lock_timeout = {round(patience.lock_seconds * 1000)}")
                return step()
        except (peewee.PeeweeException, psycopg2.Error) as error:
            if sqlstate(error) not in _IN_THE_WAY:
                raise
            waited = time.monotonic() - begun
            if waited > patience.total_seconds:
                raise ConfigurationError(_gives_up(what, waited, patience)) from error
        pause = _PAUSES_SECONDS[min(attempt, len(_PAUSES_SECONDS) - 1)]
        log.warning("%s waits for others, lets them pass, and is tried again in %.1f s.", what, pause)
        # Not at the same moment of what others do again and again.
        time.sleep(pause * random.uniform(0.8, 1.2))  # noqa: S311 - no secret
    raise AssertionError("unreachable")


def _take_turn() -> None:
    """Wait for other processes that migrate, until the transaction ends. All of it in the transaction, and nothing of
    the session: behind a pooler the next transaction may run in another one."""
    # A migration may well take longer than any statement of a request, and so may waiting for another process's.
    db.send("SET LOCAL statement_timeout = 0")
    db.send(f"SELECT pg_advisory_xact_lock({_LOCK})")


def _run(migration: Migration) -> None:
    if migration.prefix is None:
        _execute(migration.sql)
        return
    before = ownership.survey()
    try:
        _execute(migration.sql)
    except psycopg2.Error as error:
        if sqlstate(error) in _IN_THE_WAY:
            raise
        raise ConfigurationError(
            f"The migration {migration.name} of {migration.source} failed and was rolled back: "
            f"{sql_errors.reason(error, migration.sql)}."
        ) from error
    is_first = not db.row("SELECT EXISTS (SELECT FROM schema_migration WHERE source = %s)", (migration.source,))[0]
    found = ownership.foreign_changes(migration.prefix, before, ownership.survey(), is_first=is_first)
    if found is not None:
        raise ConfigurationError(f"The migration {migration.name} of {migration.source} was rolled back: it {found}.")


def _gives_up(what: str, waited: float, patience: Patience) -> str:
    holders = [row[0] for row in db.rows(_LONGEST_TRANSACTIONS, (round(patience.lock_seconds * 1000),))]
    named = "; ".join(holders) or "none is open any more"
    return (
        f"{what} was rolled back: for {waited:.0f} s others held what it changes. The longest transactions: {named}. "
        "End them, or migrate when they have ended."
    )


def _execute(sql: str) -> None:
    """Run SQL without parameters on the raw cursor: with parameters, each % in a file would be a placeholder."""
    db.connection().cursor().execute(sql)
