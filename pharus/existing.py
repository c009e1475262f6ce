"""Records of other domains that a request of a plugin names: whether they are there."""

from collections.abc import Iterable

from pharus import rowsets
from pharus.db import current, db
from pharus.errors import Conflict, NotFound


def require(table: str, ids: Iterable[str], *, active: bool = True) -> None:
    """NotFound for the first of the ids that names no record of this table (`sku`) in the organization; Conflict for
    the first that is deactivated, unless `active` is False: new work must not name it (docs/rules.md, Master data).
    Of tables whose records are never deactivated all are active. One statement, none without ids.

    Of your own tables `Records.require` says the same.
    """
    requested = list(dict.fromkeys(ids))
    if not requested:
        return
    rows = db.prepared(
        f"SELECT named.id, to_jsonb(named) ->> 'is_active' FROM {table} AS named "
        "WHERE named.org_id = %s AND named.id = ANY(%s::uuid[])",
        (current().org_id, rowsets.array(requested)),
    )
    found = dict(rows)
    entity = table.replace("_", " ")
    for id in requested:
        if id not in found:
            raise NotFound(f"no {entity} with the id {id}")
    for id in requested:
        if active and found[id] == "false":
            raise Conflict(f"the {entity} {id} is deactivated")
