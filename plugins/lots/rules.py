"""Decisions on lots (docs/rules.md, Lots)."""

from datetime import date
from typing import Any

from pharus.db import current
from pharus.errors import Conflict, InvalidTransition
from plugins.lots.records import lots
from plugins.lots.schemas import Lot
from plugins.materials.records import materials
from plugins.products.records import skus


def give_status(id: str, status: str, reason: str) -> Lot:
    """The lot at another status. NotFound, InvalidTransition when it has that one already.

    Whoever takes of the lot has locked it (plugins/inventory/lot_postings.py): they are done by now, or begin anew."""
    before = lots.get(id, lock=True)
    if before["status"] == status:
        raise InvalidTransition(f"the lot is {status.replace('_', ' ')} already")
    return lots.update(id, {"status": status, **said(reason)})


def said(reason: str) -> dict[str, Any]:
    """Who decided it, when and why, as columns of the lot."""
    unit = current()
    return {"status_reason": reason.strip(), "status_by": unit.actor.user_id, "status_at": unit.now}


def refuse_no_end(lot: Lot, best_before: date | None) -> None:
    """Conflict when nobody would know until when a lot is good whose item demands that."""
    if best_before is None and _tracking(lot) == "lots_with_expiry":
        raise Conflict("each lot of the item has the day until which it is good")


def refuse_allowance(lot: Lot, until: date) -> None:
    """Conflict when the lot is good on that day anyway."""
    if lot["bestBefore"] is None:
        raise Conflict("the lot never expires")
    if until <= lot["bestBefore"]:
        raise Conflict(f"the lot is good until {lot['bestBefore']}, also without that")


def _tracking(lot: Lot) -> str:
    if lot["materialId"] is not None:
        return str(materials.get(lot["materialId"])["lotTracking"])
    assert lot["skuId"] is not None
    return str(skus.get(lot["skuId"])["lotTracking"])
