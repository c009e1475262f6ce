"""Locks that have no row of their own: who changes the order of a list, or the shape of a graph, takes turns."""

from pharus.db import current, db

# Held by a backup: meanwhile no file is deleted from the store. Any constant will do.
FILES_STAY = 0x66696C65


def advisory_lock(subject: str) -> None:
    """Wait until nobody else in this organization changes the `subject` (a table's name); held until the transaction
    ends.

    A statement of its own, on purpose: what the next one reads, it reads as the one before in the line left it.
    """
    db.execute_sql("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", (f"{subject}:{current().org_id}",))


def wait_for_backup() -> None:
    """Wait until no backup copies files, and let none begin until the transaction ends."""
    db.execute_sql("SELECT pg_advisory_xact_lock_shared(%s)", (FILES_STAY,))


def is_backup_running() -> bool:
    """Whether a backup copies files. In a transaction, which none can begin before its end."""
    return not db.row("SELECT pg_try_advisory_xact_lock_shared(%s)", (FILES_STAY,))[0]
