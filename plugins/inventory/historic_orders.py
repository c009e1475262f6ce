"""Orders of the years before an organization came here, whatever their kind (docs/adr/0063; docs/rules.md, Orders, in
common).

They have ended, and hold nothing in the ledgers: what they moved is in the opening balances. So nothing may be done to
one that would move goods; what was imported wrong is deleted, and imported again.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pharus.bulk import RowError, wrong_by_itself
from pharus.db import current, db
from pharus.errors import InvalidTransition, Problem
from pharus.fields import business_date, ids_of_days
from pharus.records import Records, Values
from pharus.schemas import BulkImportResult

# The columns of an order, and those of its lines.
Draft = tuple[Values, Sequence[Values]]

# What events have for their operation that the import of such an order has written.
HISTORY_IMPORT = "importHistory"

_ENTER = (
    "SELECT set_config('pharus.origin_before', current_setting('pharus.origin'), true), "
    "set_config('pharus.origin', regexp_replace(current_setting('pharus.origin'), '[^|]*$', %s), true)"
)
_LEAVE = "SELECT set_config('pharus.origin', current_setting('pharus.origin_before'), true)"


@dataclass(frozen=True, slots=True)
class HistoricKind:
    """What holds for one kind of order: its table, the column of its number there and the key, the statuses at which it
    may be, and the keys of dates that only rows of history have. `placed` are the keys of the order's date, of which
    one is needed."""

    table: str
    number_column: str
    number_key: str
    statuses: tuple[str, ...]
    dates: tuple[str, ...]
    placed: tuple[str, ...] = ("placedAt",)

    def row_errors(self, rows: Sequence[Mapping[str, Any]]) -> list[RowError]:
        """What is wrong with the keys of rows that are history, and with those keys of rows that are none."""
        return [
            error
            for index, row in enumerate(rows)
            for error in wrong_by_itself(index, self._of_history(row) if row.get("history") else self._of_present(row))
        ]

    def ids(self, rows: Sequence[Mapping[str, Any]]) -> list[str]:
        """Ids for orders of these rows: lists have the newest first, by the day on which they were placed."""
        return ids_of_days([business_date(self._placed(row)[-1]) for row in rows])

    def stored(self, rows: Sequence[Mapping[str, Any]]) -> set[int]:
        """Which of the rows are orders already, by their number, and history just as the row is."""
        found = set(
            db.rows(
                f"SELECT {self.number_column}, is_history FROM {self.table} "
                f"WHERE org_id = %s AND {self.number_column} = ANY(%s::text[])",
                (current().org_id, [row[self.number_key] for row in rows]),
            )
        )
        return {index for index, row in enumerate(rows) if (row[self.number_key], bool(row.get("history"))) in found}

    def _of_history(self, row: Mapping[str, Any]) -> Iterator[Problem]:
        if row["status"] not in self.statuses:
            yield Problem("/status", f"of history is one of {', '.join(self.statuses)}")
        if row.get(self.number_key) is None:
            yield Problem(f"/{self.number_key}", "is missing: an order of history has its number")
        if not self._placed(row):
            yield Problem(f"/{self.placed[-1]}", "is missing: an order of history has its date")

    def _of_present(self, row: Mapping[str, Any]) -> Iterator[Problem]:
        for key in self.dates:
            if row.get(key) is not None:
                yield Problem(f"/{key}", "is a date of history, and the row is none")

    def _placed(self, row: Mapping[str, Any]) -> list[str]:
        return [row[key] for key in self.placed if row.get(key) is not None]


def historic(rows: Sequence[Mapping[str, Any]]) -> set[int]:
    """Which of the rows are orders of history."""
    return {index for index, row in enumerate(rows) if row.get("history")}


def note(result: BulkImportResult, of_history: Collection[int]) -> None:
    """Say in the result of an import of which orders nothing was written to the ledgers."""
    for each in result["results"]:
        if each["index"] in of_history and each["status"] == "ok":
            each["history"] = True


def insert(
    good: Sequence[int],
    of_history: Collection[int],
    present: Callable[[Sequence[int]], Sequence[str]],
    past: Callable[[Sequence[int]], Sequence[str]],
) -> list[str]:
    """Store the rows with these indexes, each by the function for its sort, and return the ids in their order."""
    ids: dict[int, str] = {}
    for store, part in (
        (present, [index for index in good if index not in of_history]),
        (past, [index for index in good if index in of_history]),
    ):
        if part:
            ids.update(zip(part, store(part), strict=True))
    return [ids[index] for index in good]


def store(
    orders: Records[Any], items: Records[Any], reference: str, drafts: Iterable[Draft], ids: Sequence[str]
) -> list[str]:
    """Store orders with these ids and their lines, which name their order in the column `reference`. Nothing of them
    goes into the ledgers, and in the log of events they are an import of history. Returns the ids."""
    known = list(zip(drafts, ids, strict=True))
    db.defer(_ENTER, (HISTORY_IMPORT,))
    orders.insert_many({**order, "id": id} for (order, _), id in known)
    items.insert_many({**line, reference: id} for (_, lines), id in known for line in lines)
    db.defer(_LEAVE)
    return list(ids)


def refuse(order: Any, what: str) -> None:
    """InvalidTransition, with what cannot be done, when the order is history."""
    if order["isHistory"]:
        raise InvalidTransition(
            f"the order is history, and no stock was moved for it here: {what}; "
            "one that was imported wrong is deleted and imported again"
        )
