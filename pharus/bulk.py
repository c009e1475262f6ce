"""Bulk imports: thousands of rows in a number of statements that does not grow with them.

`atomic` stores all rows or none: a bad row makes it 422, naming every bad row by its index. `partial` stores what can
be stored and says of each row what became of it. A dry run checks everything and stores nothing (contract, README,
Bulk import).
"""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

import peewee
import psycopg2

from pharus.constraints import refusal
from pharus.db import current, db
from pharus.errors import Conflict, Invalid, PharusError, Problem
from pharus.names import camel
from pharus.records import Records, Values
from pharus.schemas import BulkImportResult, BulkRowResult

T = TypeVar("T")

# What is wrong with a row beyond its form: its index, the column's pointer inside the row, the refusal.
Faults = Mapping[int, tuple[str, PharusError]]


def import_records(
    records: Records[T],
    rows: Sequence[Values],
    *,
    mode: str,
    dry_run: bool,
    unique: Sequence[str] = (),
    faults: Faults | None = None,
) -> BulkImportResult:
    """Store the rows (column values) as `mode` says. `unique` names the columns that must not hold a value twice in
    the organization; `faults` are what the domain's own rules found."""
    found: dict[int, tuple[str, PharusError]] = {**_duplicates(records, rows, unique), **(faults or {})}
    if mode == "atomic" and found:
        raise _refused(found)
    good = [index for index in range(len(rows)) if index not in found]
    ids: dict[int, str] = {}
    if not dry_run:
        ids = _store(records, rows, good, mode, found)
    return {
        "ids": [ids[index] for index in sorted(ids)],
        "results": [_result(index, ids.get(index), found.get(index)) for index in range(len(rows))],
    }


def _store(
    records: Records[T],
    rows: Sequence[Values],
    good: Sequence[int],
    mode: str,
    found: dict[int, tuple[str, PharusError]],
) -> dict[int, str]:
    """All rows at once. Only when somebody else stored one of them a moment ago are they stored one by one."""
    try:
        with db.atomic():
            return dict(zip(good, records.insert_many([rows[index] for index in good]), strict=True))
    except (peewee.IntegrityError, psycopg2.IntegrityError):
        ids: dict[int, str] = {}
        for index in good:
            try:
                with db.atomic():
                    ids[index] = records.insert_many([rows[index]])[0]
            except (peewee.IntegrityError, psycopg2.IntegrityError) as error:
                refused = refusal(error)
                if refused is None:
                    raise
                found[index] = ("", refused)
        if mode == "atomic" and found:
            raise _refused(found) from None
        return ids


def _duplicates(
    records: Records[T], rows: Sequence[Values], unique: Sequence[str]
) -> dict[int, tuple[str, PharusError]]:
    """Rows whose value another row before them has, or a record: one statement per unique column."""
    found: dict[int, tuple[str, PharusError]] = {}
    for column in unique:
        wanted = {row[column] for row in rows if row.get(column) is not None}
        if not wanted:
            continue
        cursor = db.execute_sql(
            f"SELECT {column} FROM {records.table} WHERE org_id = %s AND {column} = ANY(%s)",
            (current().org_id, list(wanted)),
        )
        taken: set[Any] = {value for (value,) in cursor}
        for index, row in enumerate(rows):
            value = row.get(column)
            if value is None:
                continue
            if value in taken:
                found[index] = (f"/{camel(column)}", Conflict(f"another {records.kind} has this {camel(column)}"))
            taken.add(value)
    return found


def _refused(found: Faults) -> Invalid:
    return Invalid(
        [Problem(f"/rows/{index}{path}", error.message) for index, (path, error) in sorted(found.items())],
        "no row was stored",
    )


def _result(index: int, id: str | None, fault: tuple[str, PharusError] | None) -> BulkRowResult:
    if fault is not None:
        return {"index": index, "status": "error", "error": {"code": fault[1].code, "message": fault[1].message}}
    return {"index": index, "status": "ok", **({"id": id} if id is not None else {})}  # type: ignore[typeddict-item]
