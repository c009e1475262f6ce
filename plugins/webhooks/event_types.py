"""Which events there are, and what each of them shows: read from the triggers that write them.

What is said here of a table is what `log_events` has decided for it (docs/adr/0044), the tables of plugins among them.
So the list of types, the document of the events (asyncapi.py) and the log itself cannot say different things.
"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import orjson

from pharus.db import db
from pharus.hooks import hooks
from plugins.events.reading import NOT_OF_ENTRIES
from plugins.manufacturing import statuses as manufacturing
from plugins.purchase_orders import statuses as purchase_orders
from plugins.sales_orders import statuses as sales_orders

ALL = "*"

# The statuses that name events; those of a plugin's tables say its hook.
_STATUSES = {
    "purchase_order": tuple(purchase_orders.LIFECYCLE.statuses),
    "work_order": tuple(manufacturing.LIFECYCLE.statuses),
    "production_order": tuple(manufacturing.LIFECYCLE.statuses),
    "sales_order": tuple(sales_orders.LIFECYCLE.statuses),
}

_TABLES = """
SELECT relname, obj_description(tgfoid, 'pg_proc'),
    EXISTS (SELECT FROM pg_trigger AS other WHERE other.tgrelid = t.tgrelid AND other.tgname = 'append_only'),
    ARRAY(
        SELECT jsonb_build_array(attname, format_type(atttypid, NULL), NOT attnotnull)::text FROM pg_attribute
        WHERE attrelid = t.tgrelid AND attnum > 0 AND NOT attisdropped ORDER BY attnum
    )
FROM pg_trigger AS t JOIN pg_class ON pg_class.oid = t.tgrelid
WHERE tgname = 'event_insert' AND relnamespace = 'public'::regnamespace ORDER BY relname"""


class Column(NamedTuple):
    name: str
    type: str
    is_nullable: bool


class LoggedTable(NamedTuple):
    """A table whose changes are events. `columns` are those that events show; of an entry in a ledger, which is never
    changed, they are all of it."""

    name: str
    columns: tuple[Column, ...]
    is_append_only: bool
    status: str | None

    @property
    def changes(self) -> tuple[str, ...]:
        """What may become of a record: the part of the type behind the point."""
        if self.is_append_only:
            return ("created",)
        return ("created", "updated", "deleted", *(_change(status) for status in self.statuses))

    @property
    def statuses(self) -> tuple[str, ...]:
        return _STATUSES.get(self.name) or _of_plugins().get(self.name, ())

    @property
    def types(self) -> Iterator[str]:
        return (f"{self.name}.{change}" for change in self.changes)


def _of_plugins() -> dict[str, tuple[str, ...]]:
    found = hooks().event_statuses()
    return {table: tuple(statuses) for part in found for table, statuses in part.items()}


def tables() -> list[LoggedTable]:
    """All of them by name, as the database has them now."""
    found = []
    for name, comment, is_append_only, columns in db.rows(_TABLES):
        decision: dict[str, Any] = orjson.loads(comment)
        every = [Column(*orjson.loads(column)) for column in columns]
        # Of an entry in a ledger the log has nothing, and its readers show the entry itself.
        names = decision["shows"] or [column.name for column in every if column.name not in NOT_OF_ENTRIES]
        shown = [column for column in every if column.name in names]
        found.append(LoggedTable(name, tuple(shown), is_append_only, decision["status"]))
    return found


_known: dict[str, dict[str, LoggedTable]] = {}


def unknown(types: list[str]) -> list[int]:
    """Which of these, by their place, name no event that there is."""
    database = str(db.database)
    wrong = _unknown(types, _known.get(database, {}))
    if wrong:
        # A newer version, or a plugin, may have made a table since.
        _known[database] = {table.name: table for table in tables()}
        wrong = _unknown(types, _known[database])
    return wrong


def _unknown(types: list[str], known: dict[str, LoggedTable]) -> list[int]:
    return [number for number, type in enumerate(types) if not _is_known(type, known)]


def _is_known(type: str, known: dict[str, LoggedTable]) -> bool:
    if type == ALL:
        return True
    name, _, change = type.partition(".")
    table = known.get(name)
    if table is None:
        return False
    has_own_statuses = table.status is not None and not table.statuses
    return change == ALL or change in table.changes or has_own_statuses


def _change(status: str) -> str:
    """As the triggers name it."""
    return re.sub("[^a-z0-9]+", "_", status.lower())
