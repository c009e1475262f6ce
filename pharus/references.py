"""Who refers to a record: the counts behind in-use checks and delete guards, declared instead of written.

    references_to = hookimpl(
        References({"material_type": {"materialCount": [("material", "material_type_id")]}}).count,
        specname="references_to",
    )

A domain declares the columns of its own tables only; the kernel adds the domains up (`pharus.hooks.references`).
"""

from collections.abc import Mapping, Sequence

from pharus.db import current, db

# (table, column) pairs; the column holds the id of the record referred to.
Columns = Sequence[tuple[str, str]]


class References:
    """`tables` maps the table of a record to the counts of what refers to it: the contract's name of a count to the
    columns whose rows it counts."""

    def __init__(self, tables: Mapping[str, Mapping[str, Columns]]) -> None:
        names = {table: tuple(counts) for table, counts in tables.items()}
        texts = {
            table: "SELECT " + ", ".join(_count(columns) for columns in counts.values())
            for table, counts in tables.items()
        }
        placeholders = {table: sum(len(columns) for columns in counts.values()) for table, counts in tables.items()}

        def count(table: str, id: str) -> dict[str, int]:
            """The counts by name, in one statement; empty when nothing here refers to records of that table."""
            if table not in texts:
                return {}
            row = db.row(texts[table], (current().org_id, id) * placeholders[table])
            return dict(zip(names[table], row, strict=True))

        # A function, no method: a hook's implementation is marked as such, and a bound method cannot carry the mark.
        self.count = count


def _count(columns: Columns) -> str:
    return " + ".join(
        f"(SELECT count(*) FROM {table} WHERE org_id = %s AND {column} = %s)" for table, column in columns
    )
