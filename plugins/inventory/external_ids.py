"""The caller's own names of receipts and of movements by hand: what was sent twice is recorded once."""

from typing import Any

from pharus.errors import Conflict
from pharus.records import Records


def refuse_second(records: Records[Any], external_id: str | None) -> None:
    """Conflict when the organization has such a record of this name: the caller has sent it before. Of two who send it
    at once the unique index refuses the second."""
    found = records.select("AND external_id = %s", (external_id,)) if external_id is not None else []
    if found:
        id = found[0]["id"]
        raise Conflict(f"the {records.entity} {id} has this externalId", details={"id": id})
