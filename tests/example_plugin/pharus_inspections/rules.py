"""Decisions on values; no HTTP, no database."""

from collections.abc import Iterable

# An inspection that is one of these holds the goods back.
OPEN = ("pending", "overdue")
STATUSES = (*OPEN, "passed", "failed")


def summary(statuses: Iterable[str]) -> str:
    """What the inspections of a receipt say together: the worst of them."""
    found = set(statuses)
    return next((status for status in ("failed", "overdue", "pending") if status in found), "passed")
