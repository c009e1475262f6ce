"""What happens to the plugin's rows when a record of another domain, or the whole organization, goes."""

import logging

from pharus.db import current, db
from pharus.naming import Naming
from pharus.references import References

log = logging.getLogger("pharus_batches")

REFERENCES = References(
    {
        "material": {"batchCount": [("batches_batch", "material_id")]},
        "sku": {"batchCount": [("batches_batch", "sku_id")]},
    }
)


_COLUMNS = {"material": "batch.item_id", "sku": "batch.item_id", "location": "stock.location_id"}


def still_holds(table: str, id: str) -> dict[str, list[str]]:
    """The numbers of the batches that are still there of a material or SKU, or at a location: the first hundred."""
    if table not in _COLUMNS:
        return {}
    rows = db.execute_sql(
        f"""
        SELECT DISTINCT number FROM batches_stock AS stock
        JOIN batches_batch AS batch ON batch.org_id = stock.org_id AND batch.id = stock.batch_id
        WHERE stock.org_id = %s AND {_COLUMNS[table]} = %s AND quantity > 0 ORDER BY number LIMIT 100
        """,
        (current().org_id, id),
    )
    numbers = [number for (number,) in rows]
    return {"batches": numbers} if numbers else {}


def namings() -> list[Naming]:
    """Files may say the number of a batch where an import takes its id."""
    return [Naming("batches_batch", ("text_key(number)",), ("batchId",))]


def forget(table: str, id: str) -> None:
    """What was announced of a material or SKU goes with it: without batches nothing of it has ever arrived."""
    if table in ("material", "sku"):
        db.execute_sql("DELETE FROM batches_arrival WHERE org_id = %s AND item_id = %s", (current().org_id, id))


def note_purge(org_id: str) -> None:
    """The tables go by themselves. To prove what became of a batch, one needs to know when they went."""
    (count,) = db.row("SELECT count(*) FROM batches_batch WHERE org_id = %s", (org_id,))
    log.warning("the batches of an organization were purged", extra={"orgId": org_id, "batches": count})
