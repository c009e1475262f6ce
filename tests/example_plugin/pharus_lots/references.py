"""What happens to the plugin's rows when a record of another domain, or the whole organization, goes."""

import logging

from pharus.db import current, db
from pharus.references import References

log = logging.getLogger("pharus_lots")

REFERENCES = References(
    {"material": {"lotCount": [("lots_lot", "material_id")]}, "sku": {"lotCount": [("lots_lot", "sku_id")]}}
)


def forget(table: str, id: str) -> None:
    """What was announced of a material or SKU goes with it: without lots nothing of it has ever arrived."""
    if table in ("material", "sku"):
        db.execute_sql("DELETE FROM lots_arrival WHERE org_id = %s AND item_id = %s", (current().org_id, id))


def note_purge(org_id: str) -> None:
    """The tables go by themselves. To prove what became of a lot, one needs to know when they went."""
    (count,) = db.row("SELECT count(*) FROM lots_lot WHERE org_id = %s", (org_id,))
    log.warning("the lots of an organization were purged", extra={"orgId": org_id, "lots": count})
