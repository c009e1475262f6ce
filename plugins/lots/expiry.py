"""What expires when and where, what it is worth, and the sweep that tells of it (docs/rules.md, Lots)."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import cast

from pharus import sweeping
from pharus.cursors import read_cursor, write_cursor
from pharus.db import current, db, unit_of_work
from pharus.identity import ANONYMOUS, Actor, Role
from pharus.row_dicts import dicts
from pharus.shown import Shown
from plugins.lots.schemas import ExpiringLot, ExpiringLotPage

_CURSOR = "expiring lots"
_MOST_LOTS = 500
_TURN_SECONDS = 10.0
_KEYS = ("lotId", "code", "materialId", "skuId", "itemCode", "itemName", "status", "bestBefore", "allowedUntil",
    "locationId", "locationName", "onHand", "value")  # fmt: skip


def page(before: date | None, location_id: str | None, cursor: str | None, limit: int) -> ExpiringLotPage:
    """What is on hand of lots that are good until a day at the latest, the first to expire first. The value is its part
    of the value there."""
    after = read_cursor(_CURSOR, cursor, 3) if cursor else [None, None, None]
    rows = db.rows(
        """
        SELECT lot.id, lot.code, lot.material_id, lot.sku_id, coalesce(material.material_code, sku.sku_code),
            coalesce(material.name, sku.name), lot.status, lot.best_before, lot.allowed_until, location.id,
            location.name, there.on_hand, round(there.on_hand * coalesce(
                of_materials.value / nullif(of_materials.on_hand, 0), of_goods.value / nullif(of_goods.on_hand, 0), 0
            ), 12)
        FROM lot
        JOIN lot_balance AS there ON there.org_id = lot.org_id AND there.lot_id = lot.id AND there.on_hand > 0
        JOIN location ON location.org_id = there.org_id AND location.id = there.location_id
        LEFT JOIN material ON material.org_id = lot.org_id AND material.id = lot.material_id
        LEFT JOIN sku ON sku.org_id = lot.org_id AND sku.id = lot.sku_id
        LEFT JOIN materials_balance AS of_materials ON of_materials.org_id = lot.org_id
            AND of_materials.item_id = lot.material_id AND of_materials.location_id = there.location_id
        LEFT JOIN finished_goods_balance AS of_goods ON of_goods.org_id = lot.org_id
            AND of_goods.item_id = lot.sku_id AND of_goods.location_id = there.location_id
        WHERE lot.org_id = %s AND lot.best_before IS NOT NULL AND (%s::date IS NULL OR lot.best_before <= %s)
            AND (%s::uuid IS NULL OR there.location_id = %s)
            AND (%s::date IS NULL OR (lot.best_before, lot.id, there.location_id) > (%s, %s, %s))
        ORDER BY lot.best_before, lot.id, there.location_id LIMIT %s
        """,
        (current().org_id, before, before, location_id, location_id, after[0], *after, limit + 1),
    )
    next_cursor = None
    if len(rows) > limit:
        del rows[limit:]
        next_cursor = write_cursor(_CURSOR, [rows[-1][7], rows[-1][0], rows[-1][9]])
    return {"data": cast(list[Shown[ExpiringLot]], dicts(_KEYS, rows)), "nextCursor": next_cursor}


def carry_on(is_ended: Callable[[], bool] = lambda: False) -> int:
    """Note of lots that they have expired, from the organization's midnight on, which their events then tell; how many
    those were. Runs outside of any unit of work."""
    with unit_of_work(ANONYMOUS):
        # A day ahead: where it is midnight first, it is tomorrow.
        organizations = [
            org_id
            for (org_id,) in db.rows(
                "SELECT DISTINCT org_id FROM lot WHERE expired_at IS NULL AND best_before IS NOT NULL "
                "AND greatest(best_before, allowed_until) < current_date + 1"
            )
        ]
    steps = (partial(expire, org_id) for org_id in organizations)
    return sweeping.carry_out(steps, _MOST_LOTS, _TURN_SECONDS, is_ended)


def expire(org_id: str) -> int:
    """One step for one organization."""
    with unit_of_work(Actor(org_id=org_id, role=Role.owner)) as unit:
        rows = db.rows(
            """
            UPDATE lot SET expired_at = %s, updated_at = %s
            WHERE org_id = %s AND id = ANY(ARRAY(
                SELECT id FROM lot WHERE org_id = %s AND expired_at IS NULL AND best_before IS NOT NULL
                    AND greatest(best_before, allowed_until) < %s
                ORDER BY best_before LIMIT %s FOR UPDATE SKIP LOCKED
            )) RETURNING id
            """,
            (unit.now, unit.now, org_id, org_id, unit.today, _MOST_LOTS),
        )
    return len(rows)
