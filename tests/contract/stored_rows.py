"""What is stored of an organization: the names of its records, and a fingerprint by which a change is seen."""

from collections.abc import Callable
from functools import cache
from uuid import UUID

from pharus.db import db
from tests.waiting import wait_until

# Looking is an activity, too: these change without anybody changing anything.
_ACTIVITY = ("last_active_at", "last_used_at", "last_login_at")


@cache
def tables() -> tuple[str, ...]:
    """Every tenant table, whichever there are, but those that follow from others at a time of their own: what the
    sweeper derives, and what becomes of deliveries and jobs."""
    found = db.execute_sql(
        """
        SELECT relname FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
        WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND attname = 'org_id'
            AND relname !~ '_history(_queue)?$|^event_(block|chain)$|^webhook_(progress|delivery|attempt)$|^plugin_job$'
        ORDER BY relname
        """
    ).fetchall()
    assert len(found) > 20, found
    return tuple(table for (table,) in found)


def fingerprint(org_id: str) -> dict[str, str]:
    """Which versions of its rows an organization has in every tenant table, and of its own row: whoever writes a row
    makes another version of it, even of the same values. Of one that was ended the sweeper takes the rows away at a
    time of its own, in steps: it is looked at when all are gone."""
    wait_until(lambda: not _is_being_purged(org_id))
    return {table: str(digest) for table, digest in _prepared("fingerprint", _fingerprint, org_id)}


class Watch:
    """Tells what was written of an organization since it was asked last."""

    def __init__(self, org_id: str) -> None:
        self._org_id = org_id
        self._seen = fingerprint(org_id)

    def touched(self) -> list[str]:
        before, self._seen = self._seen, fingerprint(self._org_id)
        return changed(before, self._seen)


def _is_being_purged(org_id: str) -> bool:
    return bool(
        db.execute_sql("SELECT FROM organization WHERE id = %s AND purge_requested_at IS NOT NULL", (org_id,)).rowcount
    )


@cache
def _fingerprint() -> str:
    """The statement: of each table how many rows there are, and the sum of the transactions that wrote them. To hash
    what is in them costs three times as much, so that is done only of tables that tell of activity as well."""
    columns = db.execute_sql(
        """
        SELECT relname, bool_or(attname = ANY(%(activity)s)),
            string_agg(quote_ident(attname), ', ' ORDER BY attnum) FILTER (WHERE attname <> ALL(%(activity)s))
        FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
        WHERE relname = ANY(%(tables)s) AND relnamespace = 'public'::regnamespace AND attnum > 0 AND NOT attisdropped
        GROUP BY relname
        """,
        {"tables": ["organization", *tables()], "activity": list(_ACTIVITY)},
    ).fetchall()
    return " UNION ALL ".join(
        f"""
        SELECT '{table}', count(*) || ' ' || sum({
            f"hashtextextended(ROW({shown})::text, 0)" if tells_of_activity else "xmin::text::bigint"
        })
        FROM {table} WHERE {"id" if table == "organization" else "org_id"} = $1
        """
        for table, tells_of_activity, shown in columns
    )


def _prepared(name: str, statement: Callable[[], str], id: str) -> list[tuple[str, ...]]:
    """The rows of a statement over all tables. To plan it takes ten times longer than to run it, and it is asked for
    thousands of times: each connection prepares it once, with one plan for all ids, that reads no table whole."""
    with db.atomic():
        if not db.execute_sql("SELECT FROM pg_prepared_statements WHERE name = %s", (name,)).rowcount:
            db.execute_sql(f"PREPARE {name}(uuid) AS {statement()}")
        db.execute_sql("SET LOCAL plan_cache_mode = force_generic_plan; SET LOCAL enable_seqscan = off")
        return list(db.execute_sql(f"EXECUTE {name}(%s)", (id,)).fetchall())


def changed(before: dict[str, str], after: dict[str, str]) -> list[str]:
    """The tables whose rows are no longer the same. Numbers that were taken stay taken, whatever comes of it; the
    history of the stock is brought up to date in the background."""
    return sorted(
        table
        for table in before
        if before[table] != after[table] and table != "number_sequence" and "_history" not in table
    )


@cache
def _named() -> tuple[tuple[str, str, str], ...]:
    """(table, column, organization column) of everything that a request can name by a UUID."""
    found = db.execute_sql(
        """
        SELECT relname FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
        WHERE relkind = 'r' AND relname = ANY(%s) AND attname = 'id' AND atttypid = 'uuid'::regtype
        """,
        (list(tables()),),
    ).fetchall()
    return (
        ("organization", "id", "id"),
        ("membership", "user_id", "org_id"),
        *((table, "id", "org_id") for (table,) in found),
    )


def table_of(id: str) -> str | None:
    """The table of the record with this id, of any organization; None when there is no such record."""
    try:
        UUID(id)
    except ValueError:
        return None
    rows = _prepared("table_of", _tables_of, id)
    return rows[0][0] if rows else None


@cache
def _tables_of() -> str:
    return " UNION ALL ".join(f"SELECT '{table}' FROM {table} WHERE {column} = $1" for table, column, _ in _named())


def ids_of(org_id: str, table: str, at_most: int) -> list[str]:
    """The organization's first records of a table."""
    column, key = next((column, key) for name, column, key in _named() if name == table)
    rows = db.execute_sql(
        f"SELECT {column} FROM {table} WHERE {key} = %s ORDER BY {column} LIMIT {int(at_most)}", (org_id,)
    ).fetchall()
    return [str(id) for (id,) in rows]
