"""Locks that have no row of their own: who changes the order of a list, or the shape of a graph, takes turns."""

from pharus.db import current, db


def advisory_lock(subject: str) -> None:
    """Wait until nobody else in this organization changes the `subject` (a table's name); held until the transaction
    ends.

    A statement of its own, on purpose: what the next one reads, it reads as the one before in the line left it.
    """
    db.execute_sql("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", (f"{subject}:{current().org_id}",))
