"""What the tables hold of batches, read and written for many entries at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from pharus.db import current, db
from psycopg2.extras import execute_values

from pharus_batches.rules import BatchBalance, Part

# (item, location): where an entry of a ledger moves goods.
Key = tuple[str, str]


@dataclass(slots=True)
class Arrival:
    """Announced, and not received yet."""

    id: str
    ref: str | None
    supplier_batch: str | None
    expires_on: date | None


def read_balances(keys: Iterable[Key]) -> dict[Key, dict[str, BatchBalance]]:
    """The batches at each of the locations, by their ids. The inventory has locked the balances there."""
    found: dict[Key, dict[str, BatchBalance]] = {key: {} for key in keys}
    rows = db.execute_sql(
        """
        SELECT key.item_id, stock.location_id, batch.id, number, expires_on, quantity
        FROM unnest(%s::uuid[], %s::uuid[]) AS key (item_id, location_id)
        JOIN batches_batch AS batch ON batch.org_id = %s AND batch.item_id = key.item_id
        JOIN batches_stock AS stock
            ON stock.org_id = batch.org_id AND stock.batch_id = batch.id AND stock.location_id = key.location_id
        WHERE quantity > 0
        """,
        ([item_id for item_id, _ in found], [location_id for _, location_id in found], current().org_id),
    )
    for item_id, location_id, *balance in rows:
        found[item_id, location_id][balance[0]] = BatchBalance(*balance)
    return found


def read_moved(entry_ids: list[str]) -> dict[str, list[Part]]:
    """What entries of the ledgers moved, in the order in which they did."""
    found: dict[str, list[Part]] = {}
    rows = db.execute_sql(
        "SELECT entry_id, batch_id, quantity FROM batches_movement WHERE org_id = %s AND entry_id = ANY(%s::uuid[]) "
        "ORDER BY id",
        (current().org_id, entry_ids),
    )
    for entry_id, batch_id, quantity in rows:
        found.setdefault(entry_id, []).append(Part(batch_id, quantity))
    return found


def read_arrivals(item_ids: Iterable[str]) -> dict[str, list[Arrival]]:
    """Locked: two receipts of an item at two locations must not take the same announcement."""
    found: dict[str, list[Arrival]] = {}
    rows = db.execute_sql(
        """
        SELECT item_id, id, ref, supplier_batch, expires_on FROM batches_arrival
        WHERE org_id = %s AND item_id = ANY(%s::uuid[]) AND batch_id IS NULL
        ORDER BY created_at, id FOR UPDATE
        """,
        (current().org_id, sorted(item_ids)),
    )
    for item_id, *arrival in rows:
        found.setdefault(item_id, []).append(Arrival(*arrival))
    return found


def write_batches(rows: list[tuple[Any, ...]]) -> None:
    """(id, number, item_type, item_id, supplier_batch, expires_on) of each."""
    columns = "org_id, created_at, updated_at, id, number, item_type, item_id, supplier_batch, expires_on"
    _insert(f"batches_batch ({columns})", [(current().org_id, current().now, current().now, *row) for row in rows])


def write_movements(rows: list[tuple[Any, ...]]) -> None:
    """(id, batch_id, location_id, quantity, entry_id, event_type, source_type, source_id, ref, event_date) of each."""
    columns = "id, batch_id, location_id, quantity, entry_id, event_type, source_type, source_id, ref, event_date"
    _insert(f"batches_movement (org_id, {columns})", [(current().org_id, *row) for row in rows])


def change_stock(changes: Mapping[tuple[str, str], Decimal]) -> None:
    """Add to the quantities by (batch, location). What becomes less was there: only more may be a new row."""
    gained = [(current().org_id, *key, change) for key, change in changes.items() if change > 0]
    _insert(
        "batches_stock AS stock (org_id, batch_id, location_id, quantity)",
        gained,
        "ON CONFLICT (org_id, batch_id, location_id) DO UPDATE SET quantity = stock.quantity + excluded.quantity",
    )
    lost = [(current().org_id, *key, change) for key, change in changes.items() if change < 0]
    if lost:
        execute_values(
            db.cursor(),
            """
            UPDATE batches_stock AS stock SET quantity = quantity + change
            FROM (VALUES %s) AS changed (org_id, batch_id, location_id, change)
            WHERE stock.org_id = changed.org_id AND stock.batch_id = changed.batch_id
                AND stock.location_id = changed.location_id
            """,
            lost,
            template="(%s::uuid, %s::uuid, %s::uuid, %s::numeric)",
            page_size=len(lost),
        )


def meet_arrivals(met: Mapping[str, str]) -> None:
    """The batch that came of each announcement."""
    if met:
        execute_values(
            db.cursor(),
            """
            UPDATE batches_arrival AS arrival SET batch_id = met.batch_id FROM (VALUES %s) AS met (org_id, id, batch_id)
            WHERE arrival.org_id = met.org_id AND arrival.id = met.id
            """,
            [(current().org_id, *pair) for pair in met.items()],
            template="(%s::uuid, %s::uuid, %s::uuid)",
            page_size=len(met),
        )


def _insert(into: str, rows: list[tuple[Any, ...]], rest: str = "") -> None:
    if rows:
        execute_values(db.cursor(), f"INSERT INTO {into} VALUES %s {rest}", rows, page_size=len(rows))
