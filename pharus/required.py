"""The records that a request names: all of them exist and are active, checked in one statement.

A record of one table at a time is `Records.require`; this is for a request that names one of each of several.
"""

from collections.abc import Mapping
from typing import Any, cast

from pharus.db import current, db
from pharus.errors import Conflict, NotFound
from pharus.names import camel
from pharus.records import Records

# A kind of record and the id that the request gives; None names nothing.
Named = tuple[Records[Any], str | None]

_texts: dict[tuple[str, ...], str] = {}


def require_active(*named: Named) -> None:
    """NotFound for the first that does not exist, else Conflict for the first that is deactivated: new work must not
    name it (contract, rules.md, Master data)."""
    given = [(records, id) for records, id in named if id is not None]
    if not given:
        return
    tables = tuple(records.table for records, _ in given)
    text = _texts.get(tables)
    if text is None:
        text = _texts[tables] = " UNION ALL ".join(
            f"SELECT {place}, is_active FROM {table} WHERE org_id = %s AND id = %s"
            for place, table in enumerate(tables)
        )
    org_id = current().org_id
    found = dict(db.execute_sql(text, [value for _, id in given for value in (org_id, id)]).fetchall())
    for place, (records, id) in enumerate(given):
        if place not in found:
            raise NotFound(f"no {records.kind} with the id {id}")
    for place, (records, id) in enumerate(given):
        if not found[place]:
            raise Conflict(f"the {records.kind} {id} is deactivated")


def newly_named(values: Mapping[str, Any], before: object) -> dict[str, Any]:
    """Those of the column values that the record (a TypedDict) does not have already. A record keeps what was
    deactivated since, and a request may say so again; only what it newly names must be active."""
    return {column: value for column, value in values.items() if cast(Any, before)[camel(column)] != value}
