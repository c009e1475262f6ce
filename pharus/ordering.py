"""Records that people put in order: lookups and locations have a sortOrder.

A new one comes last; one that moves to a taken position shifts the others in the same transaction (docs/rules.md,
Master data). Who changes the order of a table waits for others who change it in the same organization.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pharus import bulk
from pharus.db import current, db
from pharus.locks import advisory_lock
from pharus.records import Records
from pharus.schemas import BulkImportResult

# The largest position. Who is pushed beyond it stays there, ordered by age with those who are there already.
_LAST = 2**31 - 1


def next_position(table: str) -> int:
    """The position behind the last one; 0 in an empty table."""
    advisory_lock(table)
    row = db.row(f"SELECT max(sort_order) FROM {table} WHERE org_id = %s", (current().org_id,))
    return 0 if row[0] is None else min(row[0] + 1, _LAST)


def make_room(table: str, id: str, position: int) -> None:
    """Shift the records at `position` and behind it by one, if another record than `id` is there."""
    advisory_lock(table)
    org_id = current().org_id
    db.execute_sql(
        f"""
        UPDATE {table} SET sort_order = least(sort_order::bigint + 1, {_LAST})
        WHERE org_id = %s AND sort_order >= %s AND id <> %s
            AND EXISTS (SELECT FROM {table} WHERE org_id = %s AND sort_order = %s AND id <> %s)
        """,
        (org_id, position, id, org_id, position, id),
    )


def bulk_import(
    records: Records[Any], given: Iterable[Mapping[str, Any]], *, mode: str, dry_run: bool
) -> BulkImportResult:
    """The rows of a bulk import behind the last record, in their order. Names are unique."""
    rows = [records.values_of(row) for row in given]

    def insert(good: Sequence[int]) -> list[str]:
        first = next_position(records.table)
        return records.insert_many(
            {**rows[index], "sort_order": min(first + place, _LAST)} for place, index in enumerate(good)
        )

    return bulk.import_rows(
        len(rows), insert, mode=mode, dry_run=dry_run, row_errors=bulk.duplicates(records, rows, "name")
    )
