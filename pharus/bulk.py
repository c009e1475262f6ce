"""Bulk imports: thousands of rows in a number of statements that does not grow with them.

`atomic` stores all rows or none: a bad row makes it 422, naming every bad row by its index. `partial` stores what can
be stored and says of each row what became of it. A dry run checks everything and stores nothing (docs/rules.md,
Bulk import).
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple, TypeVar

import orjson
import peewee
import psycopg2

from pharus.constraints import refusal
from pharus.db import current, db
from pharus.errors import Conflict, Invalid, NotFound, PharusError, Problem
from pharus.records import Records, Values
from pharus.schemas import AnswerWarning, BulkImportResult, BulkRowResult

T = TypeVar("T")


class RowError(NamedTuple):
    """What is wrong with a row beyond its form: its index, a pointer inside the row (`/qboId`), the refusal.

    `first` is the first row with the same value where nothing but a row before this one is in the way.
    """

    row: int
    pointer: str
    error: PharusError
    first: int | None = None


def import_records(
    records: Records[T],
    rows: Sequence[Values],
    *,
    mode: str,
    dry_run: bool,
    row_errors: Sequence[RowError] = (),
) -> BulkImportResult:
    """Store the rows (column values), each a record, as `mode` says."""

    def insert(good: Sequence[int]) -> list[str]:
        return records.insert_many([rows[index] for index in good])

    return import_rows(len(rows), insert, mode=mode, dry_run=dry_run, row_errors=row_errors)


def import_rows(
    count: int,
    insert: Callable[[Sequence[int]], list[str]],
    *,
    mode: str,
    dry_run: bool,
    row_errors: Sequence[RowError] = (),
    check: Callable[[int], Sequence[RowError]] | None = None,
) -> BulkImportResult:
    """Store `count` rows as `mode` says. `insert` stores those with these indexes, together, and returns their ids;
    `row_errors` is what `duplicates`, `unknown_references` and the domain's own rules found. `check` is asked of each
    row without an error, in their order, for what is wrong with it after those before it: a row takes what is there
    from the rows behind it, a refused one takes nothing."""
    found = sorted(row_errors, key=lambda each: (each.row, each.pointer))
    if mode == "atomic":
        if check is not None:
            bad = {each.row for each in found}
            found += [each for row in range(count) if row not in bad for each in check(row)]
        if found:
            raise _refused(sorted(found, key=lambda each: each.row))
    elif found or check is not None:
        found = _in_turn(count, found, check or (lambda row: ()))
    bad = {each.row for each in found}
    ids: dict[int, str] = {}
    if not dry_run:
        ids = _store(insert, [index for index in range(count) if index not in bad], mode, found)
    first: dict[int, RowError] = {}
    for each in found:
        first.setdefault(each.row, each)
    return {
        "ids": [ids[index] for index in sorted(ids)],
        "results": [
            _refused_row(index, first[index].error)
            if index in first
            else {"index": index, "status": "ok"}
            if dry_run
            else {"index": index, "status": "ok", "id": ids[index]}
            for index in range(count)
        ],
    }


def with_warnings(result: BulkImportResult, warnings: Mapping[int, Sequence[AnswerWarning]]) -> BulkImportResult:
    """The result, which says of each good row what there is to say, by its index."""
    for row in result["results"]:
        if row["status"] == "ok" and row["index"] in warnings:
            row["warnings"] = list(warnings[row["index"]])
    return result


def duplicates(records: Records[T], rows: Sequence[Values], *unique: str) -> list[RowError]:
    """Rows with a text that a row before them has, or a record of the organization, whatever its letter case and form:
    one statement for each of `unique`, columns that `make_unique_text` made so.

    Behind row-level security a function of a column is looked up in no index, and each row would be compared with
    every record: so the table keeps the keys.
    """
    row_errors = []
    for column in unique:
        given = [row.get(column) for row in rows]
        texts = [value for value in given if value is not None]
        if not texts:
            continue
        # Almost always, and then the keys are known here.
        find = _taken_ascii if all(map(str.isascii, texts)) else _taken
        taken = find(records.table, column, given)
        asked = records.asked_as(column)
        error = Conflict(f"another {records.entity} has this {asked}")
        row_errors += [RowError(index, f"/{asked}", error, first) for index, first in taken]
    return row_errors


def _taken(table: str, column: str, given: Sequence[str | None]) -> Iterable[tuple[int, int | None]]:
    """The rows whose text is taken, and the first row that has it where no record has."""
    return db.rows(
        f"""
        SELECT index - 1, CASE WHEN NOT stored THEN first - 1 END FROM (
            SELECT index, min(index) OVER (PARTITION BY key) AS first, EXISTS (
                SELECT FROM {table} WHERE org_id = %s AND {column}_key = key
            ) AS stored
            FROM json_array_elements_text(%s) WITH ORDINALITY AS given (value, index), text_key(value) AS key
            WHERE value IS NOT NULL
        ) AS compared
        WHERE first < index OR stored
        """,
        (current().org_id, orjson.dumps(given).decode()),
    )


def _taken_ascii(table: str, column: str, given: Sequence[str | None]) -> Iterable[tuple[int, int | None]]:
    """The same for texts of ASCII, of which `text_key` makes small letters: in a quarter of PostgreSQL's time."""
    keys = [None if value is None else value.lower() for value in given]
    first = {key: index for index, key in reversed([*enumerate(keys)]) if key is not None}
    # A constant: where PostgreSQL chooses no index, misled by statistics from before a large import, it hashes that.
    # Each of what it only knows when it runs it would compare with each record.
    quoted = ",".join('"' + key.replace("\\", "\\\\").replace('"', '\\"') + '"' for key in first)
    found = db.rows(
        f"SELECT {column}_key FROM {table} WHERE org_id = %s AND {column}_key = ANY(%s::text[])",
        (current().org_id, f"{{{quoted}}}"),
    )
    stored = {key for (key,) in found}
    for index, key in enumerate(keys):
        if key in stored:
            yield index, None
        elif key is not None and first[key] < index:
            yield index, first[key]


def unknown_references(
    records: Records[T],
    rows: Sequence[Values],
    column: str,
    target: Records[Any],
    may_be_inactive: Collection[int] = (),
) -> list[RowError]:
    """Rows whose `column` names a record of `target` that does not exist or is deactivated, unless the row is among
    those that may name such: one statement."""
    ids = list({row[column] for row in rows if row.get(column) is not None})
    known = {found["id"]: found["isActive"] for found in target.select("AND id = ANY(%s::uuid[])", (ids,))}
    if all(map(known.get, ids)):
        return []
    pointer = f"/{records.asked_as(column)}"
    row_errors = []
    for index, row in enumerate(rows):
        id = row.get(column)
        if id is None or known.get(id) or (id in known and index in may_be_inactive):
            continue
        if id in known:
            row_errors.append(RowError(index, pointer, Conflict(f"the {target.entity} {id} is deactivated")))
        else:
            row_errors.append(RowError(index, pointer, NotFound(f"no {target.entity} with the id {id}")))
    return row_errors


def wrong_references(
    records: Records[T], rows: Sequence[Values], targets: Mapping[str, Records[Any]], accept_deactivated: str
) -> list[RowError]:
    """`unknown_references` of several columns, each with what it names; `accept_deactivated` is the import's parameter:
    with "true" rows may name deactivated records (docs/rules.md, Bulk import)."""
    may_be_inactive = range(len(rows)) if accept_deactivated == "true" else ()
    return [
        error
        for column, target in targets.items()
        for error in unknown_references(records, rows, column, target, may_be_inactive)
    ]


def wrong_by_itself(row: int, problems: Iterable[Problem]) -> list[RowError]:
    """Problems of a row that no other row or record has a part in; their paths are pointers inside the row."""
    return [RowError(row, problem.path, Invalid([problem], problem.message)) for problem in problems]


def in_lines(row_errors: Iterable[RowError], positions: Sequence[tuple[int, int]]) -> list[RowError]:
    """Errors of lines as errors of their rows: `positions` says of each line its row, and which of the row's
    `items` it is."""
    return [
        each._replace(row=positions[each.row][0], pointer=f"/items/{positions[each.row][1]}{each.pointer}")
        for each in row_errors
    ]


def _in_turn(count: int, found: Sequence[RowError], check: Callable[[int], Sequence[RowError]]) -> list[RowError]:
    """The errors that are left when the rows are stored one after another: a refused row takes no value from those
    behind it."""
    of_rows = {row: list(row_errors) for row, row_errors in groupby(found, key=lambda each: each.row)}
    left: list[RowError] = []
    refused: set[int] = set()
    # Values whose first row was refused and that a later row has got.
    passed_on: set[tuple[str, int | None]] = set()
    for row in range(count):
        row_errors = of_rows.get(row, [])
        left_here: Sequence[RowError] = [
            each
            for each in row_errors
            if each.first is None or each.first not in refused or (each.pointer, each.first) in passed_on
        ]
        left_here = left_here or check(row)
        if left_here:
            refused.add(row)
            left += left_here
        else:
            passed_on.update((each.pointer, each.first) for each in row_errors)
    return left


def _store(
    insert: Callable[[Sequence[int]], list[str]], good: Sequence[int], mode: str, found: list[RowError]
) -> dict[int, str]:
    """All rows at once. Only when somebody else stored one of them a moment ago are they stored one by one."""
    if not good:
        return {}
    try:
        with db.savepoint():
            return dict(zip(good, insert(good), strict=True))
    except (peewee.IntegrityError, psycopg2.IntegrityError):
        ids: dict[int, str] = {}
        for index in good:
            try:
                with db.savepoint():
                    (id,) = insert([index])
                # Only here it is stored.
                ids[index] = id
            except (peewee.IntegrityError, psycopg2.IntegrityError) as error:
                refused = refusal(error)
                if refused is None:
                    raise
                found.append(RowError(index, "", refused))
        if mode == "atomic" and found:
            raise _refused(found) from None
        return ids


def _refused(found: Sequence[RowError]) -> Invalid:
    return Invalid(
        [Problem(f"/rows/{each.row}{each.pointer}", each.error.message) for each in found], "no row was stored"
    )


def _refused_row(index: int, error: PharusError) -> BulkRowResult:
    return {"index": index, "status": "error", "error": {"code": error.code, "message": error.message}}
