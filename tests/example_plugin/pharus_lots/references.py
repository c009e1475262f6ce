"""What happens to the plugin's rows when a record of another domain, or the whole organization, goes."""

import logging

from pharus.db import current, db
from pharus.naming import Naming
from pharus.references import References

log = logging.getLogger("pharus_lots")

REFERENCES = References(
    {"material": {"lotCount": [("lots_lot", "material_id")]}, "sku": {"lotCount": [("lots_lot", "sku_id")]}}
)


_COLUMNS = {"material": "lot.item_id", "sku": "lot.item_id", "location": "stock.location_id"}


def still_holds(table: str, id: str) -> dict[str, list[str]]:
    """The numbers of the lots that are still there of a material or SKU, or at a location: the first hundred."""
    if table not in _COLUMNS:
        return {}
    rows = db.execute_sql(
        f"""
        SELECT DISTINCT number FROM lots_stock AS stock
        JOIN lots_lot AS lot ON lot.org_id = stock.org_id AND lot.id = stock.lot_id
        WHERE stock.org_id = %s AND {_COLUMNS[table]} = %s AND quantity > 0 ORDER BY number LIMIT 100
        """,
        (current().org_id, id),
    )
    numbers = [number for (number,) in rows]
    return {"lots": numbers} if numbers else {}


def namings() -> list[Naming]:
    """Files may say the number of a lot where an import takes its id."""
    return [Naming("lots_lot", ("text_key(number)",), ("lotId",))]


def forget(table: str, id: str) -> None:
    """What was announced of a material or SKU goes with it: without lots nothing of it has ever arrived."""
    if table in ("material", "sku"):
        db.execute_sql("DELETE FROM lots_arrival WHERE org_id = %s AND item_id = %s", (current().org_id, id))


def note_purge(org_id: str) -> None:
    """The tables go by themselves. To prove what became of a lot, one needs to know when they went."""
    (count,) = db.row("SELECT count(*) FROM lots_lot WHERE org_id = %s", (org_id,))
    log.warning("the lots of an organization were purged", extra={"orgId": org_id, "lots": count})
