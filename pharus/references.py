"""Who refers to a record: the counts behind in-use checks and delete guards, declared instead of written.

    references_to = hookimpl(
        References({"material_type": {"materialCount": [("material", "material_type_id")]}}).count,
        specname="references_to",
    )

A domain declares the columns of its own tables only; the kernel adds the domains up, in one statement
(`pharus.hooks.references`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from pharus.db import current, db

# (table, column) pairs; the column holds the id of the record referred to.
Columns = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Counting:
    """The counts of what refers to records of one table: their names, and an SQL expression for each of them, which
    takes the organization and the record as often as `pairs` says."""

    names: tuple[str, ...]
    expressions: tuple[str, ...]
    pairs: int


class References:
    """`tables` maps the table of a record to the counts of what refers to it: the contract's name of a count to the
    columns whose rows it counts."""

    def __init__(self, tables: Mapping[str, Mapping[str, Columns]]) -> None:
        countings = {
            table: Counting(
                tuple(counts),
                tuple(map(_count, counts.values())),
                sum(map(len, counts.values())),
            )
            for table, counts in tables.items()
        }

        def count(table: str, id: str) -> dict[str, int]:
            """The counts by name, in one statement; empty when nothing here refers to records of that table."""
            return counted([countings[table]] if table in countings else [], id)

        # A function, no method: a hook's implementation is marked as such, and a bound method cannot carry the mark.
        self.count = count
        # Who adds several domains up finds here what it can ask in one statement.
        count.__dict__[COUNTINGS] = countings


# The attribute of a hook's function with its countings by table.
COUNTINGS = "countings"


def counted(countings: Sequence[Counting], id: str) -> dict[str, int]:
    """The counts of all of them in one statement, those of the same name added up; without any none is sent."""
    if not countings:
        return {}
    expressions = chain.from_iterable(each.expressions for each in countings)
    pairs = sum(each.pairs for each in countings)
    row = db.row("SELECT " + ", ".join(expressions), (current().org_id, id) * pairs)
    counts: dict[str, int] = {}
    for name, number in zip(chain.from_iterable(each.names for each in countings), row, strict=True):
        counts[name] = counts.get(name, 0) + number
    return counts


def _count(columns: Columns) -> str:
    return " + ".join(
        f"(SELECT count(*) FROM {table} WHERE org_id = %s AND {column} = %s)" for table, column in columns
    )
