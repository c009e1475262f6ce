"""The way of a lot through all levels, back to what it was made of and on to who has it (docs/rules.md, Lots).

What was made of what is known by the lines of receipts that used lots and brought lots out (`lot_entry.process_id`).
What was undone is on no way. The statements do not grow with the levels.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal, cast

from pharus.db import current, db
from pharus.row_dicts import dicts
from pharus.rowsets import array
from plugins.lots.records import lots
from plugins.lots.schemas import (
    LotInTrace,
    LotOrigin,
    LotPlace,
    LotSale,
    LotStep,
    LotTrace,
)

Direction = Literal["back", "forward"]
# So many steps are shown, the nearest first; the others are counted.
_MOST_STEPS = 10_000


@dataclass(slots=True)
class Process:
    """What one line of a receipt used and brought out, by lot."""

    id: str
    source_type: str
    ref: str | None
    event_date: datetime
    used: dict[str, Decimal] = field(default_factory=dict)
    made: dict[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Way:
    """The lots that a lot went into, or came from, and by how many steps; and the steps, with their distance."""

    levels: dict[str, int]
    steps: list[tuple[int, Process]]


def trace(id: str, direction: str = "both") -> LotTrace:
    """NotFound when there is no such lot."""
    lot = lots.get(id)
    back = way(id, "back") if direction != "forward" else Way({id: 0}, [])
    forward = way(id, "forward") if direction != "back" else Way({id: 0}, [])
    levels = {**{each: -level for each, level in back.levels.items()}, **forward.levels}
    steps = sorted(
        [*((-level, each) for level, each in back.steps), *forward.steps],
        key=lambda step: (abs(step[0]), step[0], step[1].event_date, step[1].id),
    )
    shown = steps[:_MOST_STEPS]
    return {
        "lot": lot,
        "lots": in_trace(levels),
        "steps": [_step(level, process, levels) for level, process in shown],
        "omittedSteps": len(steps) - len(shown),
        "origins": [] if direction == "forward" else origins(back.levels),
        "sales": [] if direction == "back" else sales(forward.levels),
        "places": places(levels),
    }


def way(id: str, direction: Direction) -> Way:
    """The way of a lot in one direction, the lot itself first."""
    processes = _processes(id, direction)
    entering = _by_lot(processes, "used" if direction == "forward" else "made")
    levels, steps, seen, frontier = {id: 0}, list[tuple[int, Process]](), set[str](), [id]
    while frontier:
        reached = list[str]()
        for lot_id in frontier:
            for process in entering.get(lot_id, ()):
                if process.id in seen:
                    continue
                seen.add(process.id)
                level = levels[lot_id] + 1
                steps.append((level, process))
                for other in process.made if direction == "forward" else process.used:
                    if other not in levels:
                        levels[other] = level
                        reached.append(other)
        frontier = reached
    return Way(levels, steps)


def in_trace(levels: dict[str, int]) -> list[LotInTrace]:
    """The lots, the farthest back first."""
    rows = db.rows(
        """
        SELECT lot.id, lot.code, lot.material_id, lot.sku_id, coalesce(material.material_code, sku.sku_code),
            coalesce(material.name, sku.name), coalesce(material.unit, sku.unit), lot.status, lot.supplier_lot,
            lot.best_before
        FROM lot LEFT JOIN material ON material.org_id = lot.org_id AND material.id = lot.material_id
        LEFT JOIN sku ON sku.org_id = lot.org_id AND sku.id = lot.sku_id
        WHERE lot.org_id = %s AND lot.id = ANY(%s::uuid[])
        """,
        (current().org_id, array(levels)),
    )
    keys = ("id", "code", "materialId", "skuId", "itemCode", "itemName", "unit", "status", "supplierLot", "bestBefore")
    found = [{**row, "level": levels[row["id"]]} for row in dicts(keys, rows)]
    return cast(list[LotInTrace], sorted(found, key=lambda lot: (lot["level"], lot["itemCode"], lot["code"])))


def origins(lot_ids: Iterable[str]) -> list[LotOrigin]:
    """Where lots came from that were not made: receipts of purchase orders with their vendors, what was found when
    counting, and what was there when the item was switched to lots."""
    rows = db.rows(
        """
        SELECT came.lot_id, came.source_type, came.source_id, came.ref, came.quantity, came.event_date,
            purchase_order.id, vendor.id, vendor.name
        FROM (
            SELECT lot_id, coalesce(source_type, 'opening') AS source_type, source_id, max(ref) AS ref,
                sum(CASE WHEN reverses_id IS NULL THEN quantity ELSE -quantity END) AS quantity,
                min(event_date) AS event_date
            FROM lot_entry WHERE org_id = %s AND lot_id = ANY(%s::uuid[]) AND (
                event_type IN ('RECEIVE', 'REVERSE_RECEIVE') AND source_type = 'po_receipt'
                OR event_type = 'ADJUST' AND origin_id IS NULL OR event_type = 'OPENING'
            )
            GROUP BY lot_id, coalesce(source_type, 'opening'), source_id
        ) AS came
        LEFT JOIN purchase_order_receipt_item AS item ON item.org_id = %s AND item.id = came.source_id
        LEFT JOIN purchase_order_receipt AS receipt ON receipt.org_id = %s AND receipt.id = item.receipt_id
        LEFT JOIN purchase_order ON purchase_order.org_id = %s AND purchase_order.id = receipt.purchase_order_id
        LEFT JOIN vendor ON vendor.org_id = %s AND vendor.id = purchase_order.vendor_id
        WHERE came.quantity <> 0 ORDER BY came.event_date, came.lot_id, came.source_id
        """,
        (current().org_id, array(lot_ids), *[current().org_id] * 4),
    )
    keys = ("lotId", "sourceType", "sourceId", "ref", "quantity", "eventDate")
    return cast(list[LotOrigin], dicts((*keys, "purchaseOrderId", "vendorId", "vendorName"), rows))


def sales(lot_ids: Iterable[str]) -> list[LotSale]:
    """Who got of the lots, how much and when, and how much of that came back."""
    org_id = current().org_id
    rows = db.rows(
        """
        SELECT went.lot_id, went.source_type, went.source_id, went.ref, went.quantity, coalesce(came.quantity, 0),
            went.event_date, sales_order.id, customer.id, customer.name
        FROM (
            SELECT lot_id, source_type, source_id, max(ref) AS ref, -sum(on_hand) AS quantity,
                max(event_date) FILTER (WHERE reverses_id IS NULL) AS event_date
            FROM lot_entry WHERE org_id = %s AND lot_id = ANY(%s::uuid[])
                AND event_type IN ('CONSUME', 'REVERSE_CONSUME') AND process_id IS NULL
                AND source_type IN ('so_item', 'so_shipment')
            GROUP BY lot_id, source_type, source_id HAVING sum(on_hand) <> 0
        ) AS went
        LEFT JOIN LATERAL (
            SELECT sum(CASE WHEN reverses_id IS NULL THEN quantity ELSE -quantity END) AS quantity
            FROM lot_entry WHERE org_id = %s AND origin_id = went.source_id AND lot_id = went.lot_id
        ) AS came ON true
        LEFT JOIN sales_order_shipment_item AS item ON item.org_id = %s AND item.id = went.source_id
        JOIN sales_order_item AS line ON line.org_id = %s AND line.id = coalesce(item.so_item_id, went.source_id)
        JOIN sales_order ON sales_order.org_id = %s AND sales_order.id = line.sales_order_id
        JOIN customer ON customer.org_id = %s AND customer.id = sales_order.customer_id
        ORDER BY went.event_date, went.source_id, went.lot_id
        """,
        (org_id, array(lot_ids), *[org_id] * 5),
    )
    keys = ("lotId", "sourceType", "sourceId", "ref", "quantity", "returned", "eventDate")
    return cast(list[LotSale], dicts((*keys, "salesOrderId", "customerId", "customerName"), rows))


def places(lot_ids: Iterable[str]) -> list[LotPlace]:
    """Where something of the lots is, or is on its way to."""
    rows = db.rows(
        """
        SELECT there.lot_id, location.id, location.name, there.on_hand, there.in_transit
        FROM lot_balance AS there
        JOIN location ON location.org_id = there.org_id AND location.id = there.location_id
        WHERE there.org_id = %s AND there.lot_id = ANY(%s::uuid[]) AND (there.on_hand > 0 OR there.in_transit > 0)
        ORDER BY there.lot_id, location.sort_order, location.id
        """,
        (current().org_id, array(lot_ids)),
    )
    return cast(list[LotPlace], dicts(("lotId", "locationId", "locationName", "onHand", "inTransit"), rows))


def _processes(id: str, direction: Direction) -> list[Process]:
    """All that the lot took part in, in one direction, and what that went into or was made of, and so on."""
    here, there = ("CONSUME", "PRODUCE") if direction == "forward" else ("PRODUCE", "CONSUME")
    named: Any = {"org_id": current().org_id, "lot_id": id}
    rows = db.rows(_WAY.format(here=here, there=there), named)
    found: dict[str, Process] = {}
    for process_id, event_type, lot_id, quantity, source_type, ref, event_date in rows:
        process = found.get(process_id)
        if process is None:
            process = found[process_id] = Process(process_id, source_type, ref, event_date)
        (process.used if event_type == "CONSUME" else process.made)[lot_id] = quantity
    return list(found.values())


def _by_lot(processes: Iterable[Process], side: str) -> dict[str, list[Process]]:
    found: dict[str, list[Process]] = {}
    for process in processes:
        for lot_id in getattr(process, side):
            found.setdefault(lot_id, []).append(process)
    return found


def _step(level: int, process: Process, levels: dict[str, int]) -> LotStep:
    """Of what it used and brought out, the lots that are on the way."""
    return {
        "processId": process.id,
        "sourceType": process.source_type,
        "ref": process.ref,
        "eventDate": process.event_date,
        "level": level,
        "used": [{"lotId": id, "quantity": quantity} for id, quantity in _on_way(process.used, levels)],
        "made": [{"lotId": id, "quantity": quantity} for id, quantity in _on_way(process.made, levels)],
    }


def _on_way(quantities: dict[str, Decimal], levels: dict[str, int]) -> Iterator[tuple[str, Decimal]]:
    return ((id, quantity) for id, quantity in sorted(quantities.items()) if id in levels)


# UNION, not UNION ALL: a lot that is reached in two ways is followed once.
_LIVE = (
    "NOT EXISTS (SELECT FROM lot_entry AS undone WHERE undone.org_id = %(org_id)s "
    "AND undone.reverses_id = {entry}.entry_id)"
)
_WAY = f"""
WITH RECURSIVE way (lot_id) AS (
    SELECT %(lot_id)s::uuid
    UNION
    SELECT there.lot_id FROM way
    JOIN lot_entry AS here ON here.org_id = %(org_id)s AND here.lot_id = way.lot_id AND here.event_type = '{{here}}'
        AND here.process_id IS NOT NULL AND {_LIVE.format(entry="here")}
    JOIN lot_entry AS there ON there.org_id = %(org_id)s AND there.process_id = here.process_id
        AND there.event_type = '{{there}}' AND {_LIVE.format(entry="there")}
), process (id) AS (
    SELECT DISTINCT here.process_id FROM way
    JOIN lot_entry AS here ON here.org_id = %(org_id)s AND here.lot_id = way.lot_id AND here.event_type = '{{here}}'
        AND here.process_id IS NOT NULL AND {_LIVE.format(entry="here")}
)
SELECT entry.process_id, entry.event_type, entry.lot_id, sum(entry.quantity), max(entry.source_type), max(entry.ref),
    max(entry.event_date)
FROM process JOIN lot_entry AS entry ON entry.org_id = %(org_id)s AND entry.process_id = process.id
WHERE entry.event_type IN ('CONSUME', 'PRODUCE') AND {_LIVE.format(entry="entry")}
GROUP BY entry.process_id, entry.event_type, entry.lot_id
"""
