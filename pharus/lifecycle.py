"""The statuses of an order: which may follow which, and the dates on which they were entered.

The statuses on the way from the first to the last are in order. Those aside of it (cancelled, rejected, in dispute)
can be entered from it, and nothing that was reached before is forgotten then (docs/rules.md, Orders, in common).
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from pharus.db import TenantModel
from pharus.errors import InvalidTransition
from pharus.fields import BusinessDateField
from pharus.names import camel


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """One row of the table of statuses. A domain adds what else depends on the status, as fields of a subclass.

    `date_column` keeps the day on which the status was entered. `next` are the statuses that may follow by hand.
    """

    date_column: str
    next: tuple[str, ...] = ()
    aside: bool = False


S = TypeVar("S", bound=Status)


@dataclass(frozen=True, slots=True)
class Lifecycle(Generic[S]):
    """The table of statuses of one kind of order, in the order of the document's enum."""

    statuses: Mapping[str, S]

    def __post_init__(self) -> None:
        followers = {follower for status in self.statuses.values() for follower in status.next}
        assert followers <= self.statuses.keys(), followers - self.statuses.keys()

    def __getitem__(self, status: str) -> S:
        return self.statuses[status]

    def where(self, condition: Callable[[S], bool]) -> list[str]:
        """The statuses whose row fulfils the condition."""
        return [name for name, status in self.statuses.items() if condition(status)]

    def is_end(self, status: str) -> bool:
        return not self.statuses[status].next

    def refuse_step(
        self, before: str, after: str, *, refused: Collection[str] = (), back_to: str | None = None
    ) -> None:
        """InvalidTransition unless `after` may follow. The same status again is no step.

        `refused` are steps of the table that this record's state rules out; `back_to` is the status that the present
        one interrupts, and may follow as well.
        """
        steps = (*([] if back_to is None else [back_to]), *self.statuses[before].next)
        allowed = [status for status in steps if status not in refused]
        if after != before and after not in allowed:
            raise InvalidTransition(
                f"an order that is {before} cannot become {after}",
                details={"from": before, "to": after, "allowed": allowed},
            )

    def dates(
        self, before: str | None, after: str, record: Mapping[str, Any], given: Collection[str], today: date
    ) -> dict[str, date | None]:
        """The date columns that change when `after` follows `before` (None: the record is new).

        Entering a status stamps its date with today unless the record, as the contract shows it, has one; going back
        clears the dates of the statuses left. A column that the caller gives always wins and is not among the changes.
        """
        if after == before:
            return {}
        changes: dict[str, date | None] = {}
        entered = self.statuses[after].date_column
        if not record.get(camel(entered)):
            changes[entered] = today
        for status in self._left(before, after):
            column = self.statuses[status].date_column
            if record.get(camel(column)):
                changes[column] = None
        return {column: day for column, day in changes.items() if column not in given}

    def add_date_columns(self, model: type[TenantModel]) -> None:
        """Give the model of the orders a date column for each status, unless it declares the column itself."""
        for status in self.statuses.values():
            if status.date_column not in model._meta.columns:
                model._meta.add_field(status.date_column, BusinessDateField(null=True))

    def _left(self, before: str | None, after: str) -> list[str]:
        """The statuses that are no longer reached."""
        if before is None or self.statuses[after].aside:
            return []
        if self.statuses[before].aside:
            return [before]
        way = self.where(lambda status: not status.aside)
        return way[way.index(after) + 1 : way.index(before) + 1]
