"""Records that people put in order: lookups and locations have a sortOrder.

A new one comes last; one that moves to a taken position shifts the others in the same transaction (contract, rules.md,
Master data). Whoever changes the order of a table waits for others who change it in the same organization.
"""

from pharus.db import current, db


def next_position(table: str) -> int:
    """The position behind the last one; 0 in an empty table."""
    _lock(table)
    row = db.row(f"SELECT coalesce(max(sort_order) + 1, 0) FROM {table} WHERE org_id = %s", (current().org_id,))
    return int(row[0])


def make_room(table: str, id: str, position: int) -> None:
    """Shift the records at `position` and behind it by one, if another record than `id` stands there."""
    _lock(table)
    org_id = current().org_id
    db.execute_sql(
        f"""
        UPDATE {table} SET sort_order = sort_order + 1
        WHERE org_id = %s AND sort_order >= %s AND id <> %s
            AND EXISTS (SELECT FROM {table} WHERE org_id = %s AND sort_order = %s AND id <> %s)
        """,
        (org_id, position, id, org_id, position, id),
    )


def _lock(table: str) -> None:
    db.execute_sql("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", (f"{table}:{current().org_id}",))
