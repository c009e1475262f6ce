"""Who refers to what, and what goes along with what is deleted."""

import logging

from pharus.db import current, db
from pharus.references import References

from pharus_inspections.rules import OPEN, STATUSES

log = logging.getLogger("pharus.inspections")

_OF_MATERIAL = [("inspections_inspection", "material_id")]
REFERENCES = References({"material": {"inspectionCount": _OF_MATERIAL}})


def still_holds(table: str, id: str) -> dict[str, int]:
    """How many inspections of a material are open."""
    if table != "material":
        return {}
    (count,) = db.row(
        "SELECT count(*) FROM inspections_inspection WHERE org_id = %s AND material_id = %s AND status = ANY(%s)",
        (current().org_id, id, list(OPEN)),
    )
    return {"openInspections": count} if count else {}


def forget(table: str, id: str) -> None:
    """A receipt that was wrong goes with its inspections."""
    if table == "purchase_order_receipt":
        db.defer("DELETE FROM inspections_inspection WHERE org_id = %s AND receipt_id = %s", (current().org_id, id))


def note_purge(org_id: str) -> None:
    current().after_commit(lambda: log.info("the inspections of an organization were purged"))


def statuses() -> dict[str, tuple[str, ...]]:
    return {"inspections_inspection": STATUSES}
