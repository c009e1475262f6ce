"""Decisions on lots (docs/rules.md, Lots)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import orjson

from pharus.db import current
from pharus.errors import Conflict, Invalid, InvalidTransition, Problem
from pharus.texts import is_plain
from plugins.lots.records import item_of, lots
from plugins.lots.schemas import Lot

# Of an attribute.
_MOST_NAME_CHARACTERS = 60


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
    if best_before is None and item_of(lot)["lotTracking"] == "lots_with_expiry":
        raise Conflict("each lot of the item has the day until which it is good")


def refuse_allowance(lot: Lot, until: date) -> None:
    """Conflict when the lot is good on that day anyway."""
    if lot["bestBefore"] is None:
        raise Conflict("the lot never expires")
    if until <= lot["bestBefore"]:
        raise Conflict(f"the lot is good until {lot['bestBefore']}, also without that")


def stored_attributes(attributes: Mapping[str, str] | None) -> str | None:
    """As JSON; None when there are none. Invalid for a name that nobody could read."""
    wrong = [
        name for name in attributes or () if not 1 <= len(name.strip()) <= _MOST_NAME_CHARACTERS or not is_plain(name)
    ]
    if wrong:
        raise Invalid([Problem("/attributes", f"a name has 1 to {_MOST_NAME_CHARACTERS} characters that can be seen")])
    return orjson.dumps(attributes).decode() if attributes else None
