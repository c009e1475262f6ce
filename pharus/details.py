"""A record and those that belong to it, such as an order and its lines, read in one round trip to be shown.

PostgreSQL sends the lines as one JSON text beside the record: to read that takes less time than the rows of a statement
of its own, and each round trip is a wait in which the thread gives the interpreter's lock away.
"""

from typing import Any, Generic, TypeVar

import orjson
import peewee

from pharus.db import current, db
from pharus.fields import canonical_sql
from pharus.records import Records
from pharus.row_dicts import dicts

H = TypeVar("H")
L = TypeVar("L")

# Those of which JSON by PostgreSQL is what a response carries: it writes timestamps in another form.
_AS_THEY_ARE = frozenset({"UUID", "TEXT", "VARCHAR", "BOOL", "INT", "SMALLINT", "DATE"})


class Detail(Generic[H, L]):
    """Of `head`, with the records of `lines` whose `column` has its id, by their ids."""

    def __init__(self, head: Records[H], lines: Records[L], column: str) -> None:
        self._head, self._lines, self._column = head, lines, column
        fields = lines.model._meta.columns
        shown = ", ".join(_shown(fields[name]) for name in lines.columns)
        own = head.selected_as("head")
        self._text = (
            f"SELECT {own}, (SELECT json_agg(json_build_array({shown}))::text FROM (SELECT * FROM {lines.table} "
            f"WHERE org_id = head.org_id AND {column} = head.id ORDER BY id) AS line) "
            f"FROM {head.table} AS head WHERE org_id = %s AND id = %s"
        )

    def get(self, id: str) -> tuple[H, list[Any]]:
        """The record, and its lines as a response carries them, for that and for nothing else: decimals are texts.
        NotFound."""
        unit = current()
        if unit.locks_reads:
            return self._head.get(id), self._lines.of(self._column, id)
        rows = db.prepared(self._text, (unit.org_id, id))
        if not rows:
            raise self._head.not_found(id)
        *_, lines = row = rows[0]
        return self._head.row(row), [] if lines is None else dicts(self._lines.keys, orjson.loads(lines))


def _shown(field: peewee.Field) -> str:
    """TypeError for a column whose JSON by PostgreSQL is not what a response carries."""
    name = str(field.column_name)
    if isinstance(field, peewee.DecimalField):
        return canonical_sql(name)
    if isinstance(field, peewee.BigIntegerField):
        return f"{name}::text"
    if field.field_type not in _AS_THEY_ARE:
        raise TypeError(f"{field.model.__name__}.{field.name} cannot be shown beside another record")
    return name
