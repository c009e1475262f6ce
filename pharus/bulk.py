"""Bulk imports: thousands of rows in a number of statements that does not grow with them.

`atomic` stores all rows or none: a bad row makes it 422, naming every bad row by its index. `partial` stores what can
be stored and says of each row what became of it. A dry run checks everything and stores nothing (contract, README,
Bulk import).
"""

import re
from collections.abc import Sequence
from typing import Any, NamedTuple, TypeVar

import peewee
import psycopg2

from pharus.constraints import refusal
from pharus.db import current, db
from pharus.errors import Conflict, Invalid, NotFound, PharusError, Problem
from pharus.records import Records, Values
from pharus.schemas import BulkImportResult, BulkRowResult

T = TypeVar("T")


class Fault(NamedTuple):
    """What is wrong with a row beyond its form: its index, a pointer inside the row (`/qboId`), the refusal."""

    row: int
    pointer: str
    error: PharusError


def import_records(
    records: Records[T],
    rows: Sequence[Values],
    *,
    mode: str,
    dry_run: bool,
    faults: Sequence[Fault] = (),
) -> BulkImportResult:
    """Store the rows (column values) as `mode` says; `faults` are what `duplicates`, `unknown_references` and the
    domain's own rules found."""
    found = sorted(faults, key=lambda fault: (fault.row, fault.pointer))
    if mode == "atomic" and found:
        raise _refused(found)
    bad = {fault.row for fault in found}
    ids: dict[int, str] = {}
    if not dry_run:
        ids = _store(records, rows, [index for index in range(len(rows)) if index not in bad], mode, found)
    first: dict[int, Fault] = {}
    for fault in found:
        first.setdefault(fault.row, fault)
    return {
        "ids": [ids[index] for index in sorted(ids)],
        "results": [_result(index, ids.get(index), first.get(index)) for index in range(len(rows))],
    }


def duplicates(records: Records[T], rows: Sequence[Values], *unique: str) -> list[Fault]:
    """Rows with a value that a row before them has, or a record of the organization: one statement for each of
    `unique`, an expression over a column as its unique index has it (`qbo_id`, `lower(sku_code)`)."""
    faults = []
    for expression in unique:
        column = _column(expression)
        given = [(index, row[column]) for index, row in enumerate(rows) if row.get(column) is not None]
        if not given:
            continue
        value = expression.replace(column, "given.value")
        taken = db.execute_sql(
            f"""
            SELECT index FROM (
                SELECT index, row_number() OVER (PARTITION BY {value} ORDER BY index) AS nth, EXISTS (
                    SELECT FROM {records.table} WHERE org_id = %s AND {expression} = {value}
                ) AS stored
                FROM unnest(%s::integer[], %s::text[]) AS given (index, value)
            ) AS compared
            WHERE nth > 1 OR stored
            """,
            (current().org_id, [index for index, _ in given], [text for _, text in given]),
        )
        asked = records.asked_as(column)
        error = Conflict(f"another {records.kind} has this {asked}")
        faults += [Fault(index, f"/{asked}", error) for (index,) in taken]
    return faults


def unknown_references(records: Records[T], rows: Sequence[Values], column: str, target: Records[Any]) -> list[Fault]:
    """Rows whose `column` names a record of `target` that does not exist or is deactivated: one statement."""
    wanted = list({row[column] for row in rows if row.get(column) is not None})
    known = {found["id"]: found["isActive"] for found in target.select("AND id = ANY(%s::uuid[])", (wanted,))}
    pointer = f"/{records.asked_as(column)}"
    faults = []
    for index, row in enumerate(rows):
        id = row.get(column)
        if id is None or known.get(id):
            continue
        if id in known:
            faults.append(Fault(index, pointer, Conflict(f"the {target.kind} {id} is deactivated")))
        else:
            faults.append(Fault(index, pointer, NotFound(f"no {target.kind} with the id {id}")))
    return faults


def _store(
    records: Records[T], rows: Sequence[Values], good: Sequence[int], mode: str, found: list[Fault]
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
                found.append(Fault(index, "", refused))
        if mode == "atomic" and found:
            raise _refused(found) from None
        return ids


def _column(expression: str) -> str:
    match = re.fullmatch(r"(?:lower\()?([a-z_]+)\)?", expression)
    assert match is not None, expression
    return match[1]


def _refused(found: Sequence[Fault]) -> Invalid:
    return Invalid(
        [Problem(f"/rows/{fault.row}{fault.pointer}", fault.error.message) for fault in found], "no row was stored"
    )


def _result(index: int, id: str | None, fault: Fault | None) -> BulkRowResult:
    if fault is not None:
        return {"index": index, "status": "error", "error": {"code": fault.error.code, "message": fault.error.message}}
    return {"index": index, "status": "ok", "id": id} if id is not None else {"index": index, "status": "ok"}
