"""docs/reference/tables.md: the tables as PostgreSQL's catalog has them once all migrations are applied.

Read from the catalog and not from the models, which know no index, no reference of another table and not the exact
types: what a migration makes is what a plugin meets. So it needs a database, and is written and checked where there is
one anyway, by a test.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from codegen.rendering import templates

# Runs a statement and gives its rows.
Execute = Callable[[str], Sequence[tuple[Any, ...]]]

# Of a generated column the catalog has no default but how it is made.
_COLUMNS = """
SELECT attrelid::regclass::text, attname, format_type(atttypid, atttypmod), NOT attnotnull,
    CASE WHEN attgenerated = 's' THEN 'generated: ' ELSE '' END || coalesce(pg_get_expr(adbin, adrelid), '')
FROM pg_attribute
JOIN pg_class ON pg_class.oid = attrelid AND relkind = 'r' AND relnamespace = 'public'::regnamespace
LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
WHERE attnum > 0 AND NOT attisdropped
ORDER BY attrelid::regclass::text, attnum"""

# The parts of an index as they were declared, an expression among them, and its condition.
_UNIQUE_INDEXES = """
SELECT indrelid::regclass::text, indexrelid::regclass::text, indisprimary,
    ARRAY(SELECT pg_get_indexdef(indexrelid, number, true) FROM generate_series(1, indnkeyatts) AS number),
    pg_get_expr(indpred, indrelid, true), indnullsnotdistinct
FROM pg_index
JOIN pg_class ON pg_class.oid = indrelid AND relnamespace = 'public'::regnamespace
WHERE indisunique
ORDER BY indrelid::regclass::text, NOT indisprimary, indexrelid::regclass::text"""

_REFERENCES = """
SELECT conrelid::regclass::text, confrelid::regclass::text,
    ARRAY(SELECT attname::text FROM unnest(conkey) WITH ORDINALITY AS key (number, position)
        JOIN pg_attribute ON attrelid = conrelid AND attnum = key.number ORDER BY position),
    CASE confdeltype WHEN 'c' THEN 'cascade' WHEN 'n' THEN 'set null' ELSE '' END
FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace
ORDER BY 1, 3, 2"""


@dataclass(frozen=True)
class Column:
    name: str
    type: str
    is_nullable: bool
    default: str


@dataclass(frozen=True)
class UniqueIndex:
    name: str
    is_primary: bool
    parts: Sequence[str]
    condition: str | None
    is_null_equal: bool


@dataclass(frozen=True)
class Reference:
    """A foreign key of `table` to `target`, and what happens when what it refers to is deleted, if anything."""

    table: str
    target: str
    columns: Sequence[str]
    on_delete: str


@dataclass(frozen=True)
class Table:
    name: str
    columns: list[Column]
    unique_indexes: list[UniqueIndex]
    references: list[Reference]
    referred_to_by: list[Reference]


def read_tables(execute: Execute) -> list[Table]:
    """All tables of the database, by name."""
    columns: dict[str, list[Column]] = {}
    for table, *column in execute(_COLUMNS):
        columns.setdefault(table, []).append(Column(*column))
    indexes = [(table, UniqueIndex(*index)) for table, *index in execute(_UNIQUE_INDEXES)]
    references = [Reference(*row) for row in execute(_REFERENCES)]
    return [
        Table(
            name,
            own,
            [index for table, index in indexes if table == name],
            [reference for reference in references if reference.table == name],
            [reference for reference in references if reference.target == name],
        )
        for name, own in columns.items()
    ]


def table_page(tables: Sequence[Table], owners: Mapping[str, str]) -> str:
    """The text of the page; `owners` has the package whose migration made each table, in the order of the page."""
    groups = {
        owner: [table for table in tables if owners[table.name] == owner] for owner in dict.fromkeys(owners.values())
    }
    return templates().get_template("tables.md.j2").render(groups=groups)
