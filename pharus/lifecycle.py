"""The statuses of an order: which may follow which, and the dates on which they were entered.

The statuses on the way from the first to the last are in order. Those aside of it (cancelled, rejected, in dispute)
can be entered from it, and nothing that was reached before is forgotten then (docs/rules.md, Orders, in common).
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypedDict, TypeVar

import peewee

from pharus.db import TenantModel
from pharus.errors import InvalidTransition
from pharus.fields import BusinessDateField
from pharus.names import camel


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """One row of the table of statuses. A domain adds what else depends on the status, as fields of a subclass.

    `date_column` keeps the day on which the status was entered. `next` are the statuses that may follow by hand. An
    order at a status that is `ended` is closed: see `refuse_ended`.
    """

    date_column: str
    next: tuple[str, ...] = ()
    aside: bool = False
    ended: bool = False


class Ending(TypedDict):
    """What no response shows of an order: the status that it had before it ended aside of the way."""

    endedFrom: str | None


# What of a closed order may change, beside its dates.
_OPEN = frozenset({"status", "order_status", "notes", "qbo_id"})


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

    def refuse_ended(self, status: str, what: str) -> None:
        """InvalidTransition with `what` cannot be done when an order at this status is closed."""
        if self.statuses[status].ended:
            raise InvalidTransition(f"an order that is {status} has ended: {what}")

    def refuse_changes(self, status: str, changed: Collection[str], model: type[TenantModel]) -> None:
        """InvalidTransition when other columns of a closed order change than its notes, its dates, its `qboId` and the
        status that may follow."""
        columns: Mapping[str, peewee.Field] = model._meta.columns
        closed = [
            column
            for column in changed
            if column not in _OPEN and not isinstance(columns.get(column), BusinessDateField)
        ]
        if closed:
            self.refuse_ended(status, f"{', '.join(map(camel, sorted(closed)))} cannot change")

    def before_end(self, status: str, ending: Ending, record: Mapping[str, Any]) -> str:
        """The status from which an order came that has ended; InvalidTransition when it has not.

        On the way that is the one before. Aside of it the order remembers; one that ended before orders did is at the
        last one on the way whose date its record has, and one that was made at its end at the first.
        """
        if not self.statuses[status].ended:
            raise InvalidTransition(f"an order that is {status} has not ended")
        way = self.where(lambda each: not each.aside)
        if not self.statuses[status].aside:
            return way[way.index(status) - 1]
        reached = [each for each in way if record.get(camel(self.statuses[each].date_column))]
        return ending["endedFrom"] or (reached or way[:1])[-1]

    def entering(
        self, before: str | None, after: str, record: Mapping[str, Any], given: Collection[str], today: date
    ) -> dict[str, date | str | None]:
        """The columns that change when `after` follows `before` (None: the record is new).

        Entering a status stamps its date with today unless the record, as the contract shows it, has one; going back
        clears the dates of the statuses left. A column that the caller gives always wins and is not among the changes.
        An end aside of the way keeps in mind where the order was.
        """
        if after == before:
            return {}
        changes: dict[str, date | str | None] = {}
        if self.statuses[after].aside and self.statuses[after].ended:
            changes["ended_from"] = before
        entered = self.statuses[after].date_column
        if not record.get(camel(entered)):
            changes[entered] = today
        for status in self._left(before, after):
            column = self.statuses[status].date_column
            if record.get(camel(column)):
                changes[column] = None
        return {column: value for column, value in changes.items() if column not in given}

    def add_columns(self, model: type[TenantModel]) -> None:
        """Give the model of the orders a date column for each status, unless it declares the column itself, and one for
        what an end keeps in mind."""
        model._meta.add_field("ended_from", peewee.CharField(max_length=20, null=True))
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
