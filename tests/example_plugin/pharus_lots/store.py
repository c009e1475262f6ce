"""What the tables hold of lots, read and written for many entries at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from pharus.db import current, db
from psycopg2.extras import execute_values

from pharus_lots.rules import LotBalance, Part

# (item, location): where an entry of a ledger moves goods.
Key = tuple[str, str]


@dataclass(slots=True)
class Arrival:
    """Announced, and not received yet."""

    id: str
    ref: str | None
    supplier_lot: str | None
    expires_on: date | None


def read_balances(keys: Iterable[Key]) -> dict[Key, dict[str, LotBalance]]:
    """The lots at each of the locations, by their ids. The inventory has locked the balances there."""
    found: dict[Key, dict[str, LotBalance]] = {key: {} for key in keys}
    rows = db.execute_sql(
        """
        SELECT key.item_id, stock.location_id, lot.id, number, expires_on, quantity
        FROM unnest(%s::uuid[], %s::uuid[]) AS key (item_id, location_id)
        JOIN lots_lot AS lot ON lot.org_id = %s AND lot.item_id = key.item_id
        JOIN lots_stock AS stock
            ON stock.org_id = lot.org_id AND stock.lot_id = lot.id AND stock.location_id = key.location_id
        WHERE quantity > 0
        """,
        ([item_id for item_id, _ in found], [location_id for _, location_id in found], current().org_id),
    )
    for item_id, location_id, *balance in rows:
        found[item_id, location_id][balance[0]] = LotBalance(*balance)
    return found


def read_moved(entry_ids: list[str]) -> dict[str, list[Part]]:
    """What entries of the ledgers moved, in the order in which they did."""
    found: dict[str, list[Part]] = {}
    rows = db.execute_sql(
        "SELECT entry_id, lot_id, quantity FROM lots_movement WHERE org_id = %s AND entry_id = ANY(%s::uuid[]) "
        "ORDER BY id",
        (current().org_id, entry_ids),
    )
    for entry_id, lot_id, quantity in rows:
        found.setdefault(entry_id, []).append(Part(lot_id, quantity))
    return found


def read_arrivals(item_ids: Iterable[str]) -> dict[str, list[Arrival]]:
    """Locked: two receipts of an item at two locations must not take the same announcement."""
    found: dict[str, list[Arrival]] = {}
    rows = db.execute_sql(
        """
        SELECT item_id, id, ref, supplier_lot, expires_on FROM lots_arrival
        WHERE org_id = %s AND item_id = ANY(%s::uuid[]) AND lot_id IS NULL
        ORDER BY created_at, id FOR UPDATE
        """,
        (current().org_id, sorted(item_ids)),
    )
    for item_id, *arrival in rows:
        found.setdefault(item_id, []).append(Arrival(*arrival))
    return found


def write_lots(rows: list[tuple[Any, ...]]) -> None:
    """(id, number, item_type, item_id, supplier_lot, expires_on) of each."""
    columns = "org_id, created_at, updated_at, id, number, item_type, item_id, supplier_lot, expires_on"
    _insert(f"lots_lot ({columns})", [(current().org_id, current().now, current().now, *row) for row in rows])


def write_movements(rows: list[tuple[Any, ...]]) -> None:
    """(id, lot_id, location_id, quantity, entry_id, event_type, source_type, source_id, ref, event_date) of each."""
    columns = "id, lot_id, location_id, quantity, entry_id, event_type, source_type, source_id, ref, event_date"
    _insert(f"lots_movement (org_id, {columns})", [(current().org_id, *row) for row in rows])


def change_stock(changes: Mapping[tuple[str, str], Decimal]) -> None:
    """Add to the quantities by (lot, location). What becomes less was there: only more may be a new row."""
    gained = [(current().org_id, *key, change) for key, change in changes.items() if change > 0]
    _insert(
        "lots_stock AS stock (org_id, lot_id, location_id, quantity)",
        gained,
        "ON CONFLICT (org_id, lot_id, location_id) DO UPDATE SET quantity = stock.quantity + excluded.quantity",
    )
    lost = [(current().org_id, *key, change) for key, change in changes.items() if change < 0]
    if lost:
        execute_values(
            db.cursor(),
            """
            UPDATE lots_stock AS stock SET quantity = quantity + change
            FROM (VALUES %s) AS changed (org_id, lot_id, location_id, change)
            WHERE stock.org_id = changed.org_id AND stock.lot_id = changed.lot_id
                AND stock.location_id = changed.location_id
            """,
            lost,
            template="(%s::uuid, %s::uuid, %s::uuid, %s::numeric)",
            page_size=len(lost),
        )


def meet_arrivals(met: Mapping[str, str]) -> None:
    """The lot that came of each announcement."""
    if met:
        execute_values(
            db.cursor(),
            """
            UPDATE lots_arrival AS arrival SET lot_id = met.lot_id FROM (VALUES %s) AS met (org_id, id, lot_id)
            WHERE arrival.org_id = met.org_id AND arrival.id = met.id
            """,
            [(current().org_id, *pair) for pair in met.items()],
            template="(%s::uuid, %s::uuid, %s::uuid)",
            page_size=len(met),
        )


def _insert(into: str, rows: list[tuple[Any, ...]], rest: str = "") -> None:
    if rows:
        execute_values(db.cursor(), f"INSERT INTO {into} VALUES %s {rest}", rows, page_size=len(rows))
