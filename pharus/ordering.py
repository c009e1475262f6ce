"""Records that people put in order: lookups and locations have a sortOrder.

A new one comes last; one that moves to a taken position shifts the others in the same transaction (docs/rules.md,
Master data). Who changes the order of a table waits for others who change it in the same organization.
"""

from pharus.db import current, db
from pharus.locks import advisory_lock

# The largest position. Who is pushed beyond it stays there, ordered by age with those who are there already.
_LAST = 2**31 - 1


def next_position(table: str) -> int:
    """The position behind the last one; 0 in an empty table."""
    advisory_lock(table)
    row = db.row(f"SELECT max(sort_order) FROM {table} WHERE org_id = %s", (current().org_id,))
    return 0 if row[0] is None else min(row[0] + 1, _LAST)


def make_room(table: str, id: str, position: int) -> None:
    """Shift the records at `position` and behind it by one, if another record than `id` is there."""
    advisory_lock(table)
    org_id = current().org_id
    db.execute_sql(
        f"""
        UPDATE {table} SET sort_order = least(sort_order::bigint + 1, {_LAST})
        WHERE org_id = %s AND sort_order >= %s AND id <> %s
            AND EXISTS (SELECT FROM {table} WHERE org_id = %s AND sort_order = %s AND id <> %s)
        """,
        (org_id, position, id, org_id, position, id),
    )
