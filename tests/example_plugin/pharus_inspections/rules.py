"""Decisions on values; no HTTP, no database."""

from collections.abc import Iterable

from pharus_inspections.schemas import InspectionsStatus

# An inspection that is one of these holds the goods back.
OPEN = ("pending", "overdue")
STATUSES = (*OPEN, "passed", "failed")
# What the worst is of several, from the worst on.
_BY_RANK: tuple[InspectionsStatus, ...] = ("failed", "overdue", "pending", "passed")


def summary(statuses: Iterable[str]) -> InspectionsStatus:
    """What the inspections of a receipt say together: the worst of them."""
    found = set(statuses)
    return next((status for status in _BY_RANK if status in found), "passed")
