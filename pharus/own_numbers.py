"""Numbers that records of an import bring along: PO-2021-0815, or whatever they were called elsewhere.

Those that look like ours belong to the sequence of their kind and year, which goes on behind them. Nothing else can
look like a number that is given later, so nothing else matters to the sequences.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from pharus import numbering
from pharus.bulk import RowError
from pharus.db import current, db
from pharus.errors import Conflict, Invalid, Problem
from pharus.numbering import Number, given_among
from pharus.records import Records

# Beyond this no sequence goes on: its numbers would not fit their column one day.
_MOST_DIGITS = 12


def row_errors(
    records: Records[Any],
    key: str,
    prefix: str,
    rows: Sequence[Mapping[str, Any]],
    *,
    bad: Collection[int],
    mode: str,
    stores: bool,
) -> list[RowError]:
    """What is wrong with the numbers that rows (column values) have where a record shows `key`: one that is not written
    as ours are, that a record has or a row before has, or that the sequence has given already. Two statements.

    Unless it only tries (`stores`), the sequences go on behind the numbers of the rows that may be stored: all but the
    `bad` ones, and in `mode` atomic none where there is such a one.
    """
    column = records.column_of[key]
    named = {index: row[column] for index, row in enumerate(rows) if row.get(column) is not None}
    if not named:
        return []
    pointer = f"/{key}"
    found: list[RowError] = []
    ours: dict[int, Number] = {}
    taken = _taken(records, column, list(named.values()))
    first: dict[str, int] = {}
    for index, text in named.items():
        read = _read(prefix, text)
        if isinstance(read, str):
            found.append(RowError(index, pointer, Invalid([Problem(pointer, read)], read)))
        elif text in taken:
            found.append(RowError(index, pointer, Conflict(f"another {records.entity} has this number")))
        else:
            # Where the first one is refused for something else, the next one has the number.
            if text in first:
                error = Conflict(f"another {records.entity} has this number")
                found.append(RowError(index, pointer, error, first[text]))
            if read is not None:
                ours[index] = read
        first.setdefault(text, index)
    if not stores or (mode == "atomic" and (bad or found)):
        given = given_among(prefix, ours.values(), go_on_behind=False)
    else:
        refused = {*bad, *(error.row for error in found if error.first is None)}
        may_be_stored = [number for index, number in ours.items() if index not in refused]
        given = given_among(prefix, may_be_stored, go_on_behind=True)
    error = Conflict(f"a {records.entity} was given this number here")
    return found + [RowError(index, pointer, error) for index, number in ours.items() if number in given]


def order_numbers(prefix: str, year: int, brought: Sequence[str | None]) -> list[str]:
    """The numbers of new records: those that they bring along, fresh ones for the others."""
    fresh = iter(numbering.order_numbers(prefix, year, missing) if (missing := brought.count(None)) else ())
    return [next(fresh) if number is None else number for number in brought]


def _taken(records: Records[Any], column: str, numbers: Sequence[str]) -> set[str]:
    rows = db.rows(
        f"SELECT {column} FROM {records.table} WHERE org_id = %s AND {column} = ANY(%s::text[])",
        (current().org_id, list(numbers)),
    )
    return {number for (number,) in rows}


def _read(prefix: str, text: str) -> Number | str | None:
    """The number, if it looks like one of ours; what is wrong with how it is written."""
    looks = re.fullmatch(rf"{prefix}-(\d{{4}})-(\d+)", text, re.IGNORECASE | re.ASCII)
    if looks is None:
        return None
    year, digits = looks.groups()
    counter = int(digits)
    if len(digits.lstrip("0")) > _MOST_DIGITS or counter == 0:
        return f"must count from 1 and have at most {_MOST_DIGITS} digits after the year"
    written = f"{prefix}-{year}-{counter:04d}"
    return Number(int(year), counter) if text == written else f"is written {written} here"
