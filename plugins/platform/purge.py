"""Organizations that were deleted: out of sight at once, removed in bounded steps afterwards.

The request marks the organization, in its own transaction; from then on nobody gets in, whatever token they have, and
its slug is free. The sweeper deletes the rows, each step a transaction of its own that takes a second at most. A step
remembers nothing: after a crash the next process begins with what is left. What was written by a request that had begun
before goes with the organization's own row, the last of all.
"""

import graphlib
import logging
import time
from collections.abc import Callable
from typing import NamedTuple

from psycopg2 import errorcodes

from pharus import instrumentation
from pharus.constraints import sqlstate
from pharus.db import current, db, unit_of_work
from pharus.errors import ServiceUnavailable
from pharus.hooks import hooks
from pharus.identity import ANONYMOUS
from pharus.sweeping import requested
from plugins.platform import users
from plugins.platform.models import Organization

log = logging.getLogger("pharus.purge")

# Rows of one step. Half as many are tried when the database gives up or a step takes too long.
_MOST_ROWS = 5000
_STEP_SECONDS = 1.0
# One organization keeps the sweeper's other work waiting no longer than this.
_TURN_SECONDS = 10.0

_REFERENCES = """
SELECT conrelid::regclass::text, confrelid::regclass::text, (
    SELECT string_agg(format('referring.%I = referred.%I', theirs.attname, mine.attname), ' AND ')
    FROM unnest(conkey, confkey) AS pair (their, my)
    JOIN pg_attribute theirs ON theirs.attrelid = conrelid AND theirs.attnum = their
    JOIN pg_attribute mine ON mine.attrelid = confrelid AND mine.attnum = my
)
FROM pg_constraint WHERE contype = 'f' AND conrelid IN (
    SELECT conrelid FROM pg_constraint
    WHERE contype = 'f' AND confrelid = 'organization'::regclass AND confdeltype = 'c'
)"""


class _Table(NamedTuple):
    """`is_referred` is the condition under which a row must wait for others of the same table that refer to it."""

    name: str
    is_referred: str | None


def request(org_id: str) -> None:
    """Delete the organization with every row that belongs to it. As the platform role.

    Plugins that keep something outside of the tables come first, inside the organization, where they still see their
    rows.
    """
    _enter("pharus_app", org_id)
    hooks().organization_purged(org_id=org_id)
    _enter("pharus_platform", current().actor.org_id or "")
    now = current().now
    # No slug has a colon: nobody could ask for this one.
    changes = {"is_active": False, "purge_requested_at": now, "updated_at": now, "slug": f"purged:{org_id}"}
    Organization.update(**changes).where(Organization.id == org_id).execute()
    current().after_commit(requested.set)


def carry_on(is_ended: Callable[[], bool] = lambda: False) -> bool:
    """Remove what is left of deleted users and organizations. What is more than a turn's work is asked for anew.

    True when nothing is left to do. Runs outside of any unit of work."""
    users.finish_deletions(is_ended)
    deadline = time.monotonic() + _TURN_SECONDS
    due = _due()
    for org_id in due:
        if _purge(org_id, lambda: is_ended() or time.monotonic() > deadline):
            instrumentation.count("organizations_purged")
            log.info("an organization was purged", extra={"org_id": org_id})
        elif not is_ended() and time.monotonic() > deadline:
            requested.set()
            return False
    return not due or not _due()


def waiting() -> int:
    """How many deleted organizations still have rows. Outside of any unit of work."""
    return len(_due())


def tables() -> list[_Table]:
    """Those that hold rows of organizations; before each of them, those that refer to it."""
    with unit_of_work(ANONYMOUS):
        references = db.rows(_REFERENCES)
    order: graphlib.TopologicalSorter[str] = graphlib.TopologicalSorter()
    own: dict[str, list[str]] = {}
    for referring, referred, pairs in references:
        if referring == referred:
            own.setdefault(referring, []).append(f"EXISTS (SELECT FROM {referring} AS referring WHERE {pairs})")
        else:
            order.add(referred, referring)
    return [
        _Table(name, " OR ".join(own[name]) if name in own else None)
        for name in order.static_order()
        if name not in ("organization", "app_user")
    ]


def _due() -> list[str]:
    with unit_of_work(ANONYMOUS):
        return [id for (id,) in db.rows("SELECT id FROM organization WHERE purge_requested_at IS NOT NULL ORDER BY 1")]


def _purge(org_id: str, is_ended: Callable[[], bool]) -> bool:
    """False when it was not finished: the caller ended it, or another process is at it."""
    for table in tables():
        most = _MOST_ROWS
        while True:
            if is_ended():
                return False
            started = time.monotonic()
            try:
                removed = _step(org_id, table, most)
            except ServiceUnavailable as error:
                if most == 1 or error.__cause__ is None or sqlstate(error.__cause__) != errorcodes.QUERY_CANCELED:
                    raise
                most = max(1, most // 4)
                continue
            if removed is None:
                return False
            if removed == 0:
                break
            if time.monotonic() - started > _STEP_SECONDS:
                most = max(1, most // 2)
    with unit_of_work(ANONYMOUS):
        if not _hold(org_id):
            return False
        Organization.delete().where(Organization.id == org_id).execute()
    return True


def _step(org_id: str, table: _Table, most: int) -> int | None:
    """How many rows were removed; None when another process is at it."""
    with unit_of_work(ANONYMOUS):
        if not _hold(org_id):
            return None
        _enter("pharus_purge", org_id)
        condition = f"AND NOT ({table.is_referred})" if table.is_referred else ""
        return db.execute_sql(
            f"""
            DELETE FROM {table.name} WHERE ctid = ANY(ARRAY(
                SELECT ctid FROM {table.name} AS referred WHERE org_id = %s {condition} LIMIT %s
            ))
            """,
            (org_id, most),
        ).rowcount


def _hold(org_id: str) -> bool:
    """Whether it is ours to purge until the transaction ends."""
    sql = "SELECT FROM organization WHERE id = %s AND purge_requested_at IS NOT NULL FOR UPDATE SKIP LOCKED"
    return db.execute_sql(sql, (org_id,)).fetchone() is not None


def _enter(role: str, org_id: str) -> None:
    """The role and the organization that row-level security checks from here on."""
    db.execute_sql("SELECT set_config('role', %s, true), set_config('pharus.org_id', %s, true)", (role, org_id))
