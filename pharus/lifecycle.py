"""The statuses of an order: which may follow which, and the dates on which they were entered.

The statuses on the way from the first to the last stand in order. Those aside of it (cancelled, rejected, in dispute)
can be entered from it, and nothing that was reached before is forgotten then (docs/rules.md, Orders, in common).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pharus.errors import InvalidTransition
from pharus.names import camel


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """`way` and `aside` map each status to the column with the date on which it was entered; `steps` maps each status
    to those that may follow it by hand."""

    way: Mapping[str, str]
    aside: Mapping[str, str]
    steps: Mapping[str, Sequence[str]]

    def __post_init__(self) -> None:
        assert self.steps.keys() == self.way.keys() | self.aside.keys()

    def is_end(self, status: str) -> bool:
        return not self.steps[status]

    def refuse_step(self, before: str, after: str, *, refused: Collection[str] = ()) -> None:
        """InvalidTransition unless `after` may follow. `refused` are steps of the map that this record's state rules
        out. The same status again is no step."""
        allowed = [status for status in self.steps[before] if status not in refused]
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
        entered = self.way.get(after) or self.aside[after]
        if not record.get(camel(entered)):
            changes[entered] = today
        for column in self._left(before, after):
            if record.get(camel(column)):
                changes[column] = None
        return {column: day for column, day in changes.items() if column not in given}

    def _left(self, before: str | None, after: str) -> Sequence[str]:
        if before is None or after not in self.way:
            return ()
        if before in self.aside:
            return (self.aside[before],)
        statuses = list(self.way)
        return [self.way[status] for status in statuses[statuses.index(after) + 1 : statuses.index(before) + 1]]
