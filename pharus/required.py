"""The records that a request names: all of them exist and are active, checked in one statement.

`Records.require` is for who needs the records of one table; this is for a request that names some of several.
"""

from collections.abc import Mapping
from typing import Any, cast

from pharus.db import current, db
from pharus.errors import Conflict, NotFound
from pharus.names import camel
from pharus.records import Records
from pharus.rowsets import array

# The records of a table and the id that the request gives; None names nothing.
Named = tuple[Records[Any], str | None]

_texts: dict[tuple[str, ...], str] = {}
_ABSENT = object()


def require_active(*named: Named) -> None:
    """NotFound for the first that does not exist, else Conflict for the first that is deactivated: new work must not
    name it (docs/rules.md, Master data)."""
    given = [(records, id) for records, id in named if id is not None]
    if not given:
        return
    ids: dict[str, set[str]] = {}
    for records, id in given:
        ids.setdefault(records.table, set()).add(id)
    text = _texts.get(tuple(ids))
    if text is None:
        text = _texts[tuple(ids)] = " UNION ALL ".join(
            f"SELECT '{table}', id, is_active FROM {table} WHERE org_id = %s AND id = ANY(%s::uuid[])" for table in ids
        )
    org_id = current().org_id
    rows = db.prepared(text, [value for of_table in ids.values() for value in (org_id, array(of_table))])
    is_active = {(table, id): active for table, id, active in rows}
    for records, id in given:
        if (records.table, id) not in is_active:
            raise NotFound(f"no {records.entity} with the id {id}")
    for records, id in given:
        if not is_active[records.table, id]:
            raise Conflict(f"the {records.entity} {id} is deactivated")


def newly_named(values: Mapping[str, Any], before: object) -> dict[str, Any]:
    """Those of the column values that the record (a TypedDict) does not have already. A record keeps what was
    deactivated since, and a request may say so again; only what it newly names must be active. What a record calls
    otherwise than its column counts as new."""
    shown = cast(Mapping[str, Any], before)
    return {column: value for column, value in values.items() if shown.get(camel(column), _ABSENT) != value}
