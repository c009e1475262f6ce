"""What was on hand when an organization came here: many balances at once, each with its cost and its date
(docs/rules.md, Inventory)."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from pharus import bulk
from pharus.bulk import RowError
from pharus.db import current, db
from pharus.errors import Conflict, Invalid, PeriodClosed
from pharus.fields import canonical
from pharus.locks import advisory_lock
from pharus.rowsets import array
from pharus.schemas import BulkImportResult
from plugins.inventory import engine, rules
from plugins.inventory.ledgers import Ledger
from plugins.inventory.movements import StockMovements
from plugins.inventory.postings import Key, Posting
from plugins.inventory.simulation import Simulation
from plugins.locations.records import locations

# What entries of an opening balance have for their source.
SOURCE_TYPE = "opening"


def bulk_import(
    movements: StockMovements[Any], rows: Sequence[Mapping[str, Any]], *, mode: str, dry_run: bool
) -> BulkImportResult:
    """Post what the rows say was on hand, as `mode` says. The statements do not grow with the rows."""
    ledger = movements.ledger
    values = [{"item_id": row[ledger.item_key], "location_id": row["locationId"]} for row in rows]
    found = [
        error._replace(pointer=f"/{ledger.item_key}")
        for error in bulk.unknown_references(movements.entries, values, "item_id", movements.items)
    ]
    found += bulk.unknown_references(movements.entries, values, "location_id", locations)
    postings: list[Posting] = []
    for index, row in enumerate(rows):
        moment = None
        try:
            moment = rules.event_date(row.get("eventDate"), current().now)
            rules.refuse_closed_day(moment or current().now)
        except (Invalid, PeriodClosed) as refused:
            found.append(RowError(index, "/eventDate", refused))
        postings.append(_posting(row, ledger, moment))
    if not dry_run:
        # Two who write the same balance at once would each find none.
        advisory_lock(f"{ledger.entries}:{SOURCE_TYPE}")
    found += _opened_before(ledger, rows, [posting.key for posting in postings])

    def insert(good: Sequence[int]) -> list[str]:
        return [entry.stored["id"] for entry in engine.post(ledger, [postings[index] for index in good])]

    return bulk.import_rows(
        len(rows), insert, mode=mode, dry_run=dry_run, row_errors=found, check=_overflow_check(ledger, postings)
    )


def stored(ledger: Ledger, rows: Sequence[Mapping[str, Any]]) -> set[int]:
    """Which of the rows are opening balances already, with the same quantity and unit cost."""
    found = {
        (item, place, canonical(quantity), canonical(cost))
        for item, place, quantity, cost in db.rows(
            f"""
            SELECT item_id, location_id, quantity, unit_cost FROM {ledger.entries}
            WHERE org_id = %s AND item_id = ANY(%s::uuid[]) AND source_type = '{SOURCE_TYPE}'
            """,
            (current().org_id, array({row[ledger.item_key] for row in rows})),
        )
    }
    return {
        index
        for index, row in enumerate(rows)
        if (
            row[ledger.item_key],
            row["locationId"],
            canonical(Decimal(row["quantity"])),
            canonical(Decimal(row["unitCost"])),
        )
        in found
    }


def _posting(row: Mapping[str, Any], ledger: Ledger, moment: datetime | None) -> Posting:
    return Posting(
        row[ledger.item_key],
        row["locationId"],
        "ADJUST",
        Decimal(row["quantity"]),
        unit_cost=Decimal(row["unitCost"]),
        notes=row.get("notes"),
        event_date=moment,
        source_type=SOURCE_TYPE,
    )


def _opened_before(ledger: Ledger, rows: Sequence[Mapping[str, Any]], keys: Sequence[Key]) -> list[RowError]:
    """Rows whose item has an opening balance at the place already, unless they say that they know; and those of items
    that are told apart by lots, of which a row names none."""
    org_id, items = current().org_id, array({key.item_id for key in keys})
    rows_found = db.rows(
        f"""
        SELECT item_id, location_id FROM {ledger.entries}
        WHERE org_id = %s AND item_id = ANY(%s::uuid[]) AND source_type = '{SOURCE_TYPE}'
        UNION ALL
        SELECT id, NULL FROM {ledger.item} WHERE org_id = %s AND id = ANY(%s::uuid[]) AND lot_tracking <> 'none'
        """,
        (org_id, items, org_id, items),
    )
    opened = {Key(*row) for row in rows_found if row[1] is not None}
    with_lots = {item_id for item_id, location_id in rows_found if location_id is None}
    found: list[RowError] = []
    first: dict[Key, int] = {}
    error = Conflict(f"the {ledger.item} has an opening balance at this location: acceptAgain adds another")
    for index, (row, key) in enumerate(zip(rows, keys, strict=True)):
        if key.item_id in with_lots:
            refused = Conflict(f"the {ledger.item} is told apart by lots: adjust its stock, and name them")
            found.append(RowError(index, f"/{ledger.item_key}", refused))
        elif not row.get("acceptAgain"):
            if key in opened:
                found.append(RowError(index, "/locationId", error))
            elif key in first:
                found.append(RowError(index, "/locationId", error, first[key]))
        first.setdefault(key, index)
    return found


def _overflow_check(ledger: Ledger, postings: Sequence[Posting]) -> Callable[[int], list[RowError]]:
    """Asked of one row after the other: would a balance grow larger than can be kept? The balances are locked when the
    first is asked, and stay so."""
    simulations: list[Simulation] = []

    def check(row: int) -> list[RowError]:
        if not simulations:
            simulations.append(Simulation(ledger, {posting.key for posting in postings}))
        refused = simulations[0].refusal([postings[row]])
        return [] if refused is None else [RowError(row, "/quantity", refused)]

    return check
