"""Decisions on items, materials and SKUs alike (docs/rules.md, Master data: units)."""

import unicodedata
from typing import Any

from pharus.errors import Conflict
from pharus.hooks import references
from pharus.records import Records


def unit_key(unit: str) -> str:
    """By which units are compared: whatever the letter case and the form of the letters.

    >>> unit_key("KG"), unit_key("m³"), unit_key("Fl  Oz US")
    ('kg', 'm3', 'fl oz us')
    """
    return " ".join(unicodedata.normalize("NFKC", unit).casefold().split())


def refuse_other_unit(items: Records[Any], id: str, unit: str | None) -> None:
    """Conflict when an item that has a stock unit would get another one, or none, and something refers to it: all those
    quantities would be of something else. The item stays locked, so that nothing begins to refer to it meanwhile."""
    before: str | None = items.get(id, lock=True)["unit"]
    if before is None or (unit is not None and unit_key(unit) == unit_key(before)):
        return
    counts = references(items.table, id)
    if any(counts.values()):
        raise Conflict(
            f"quantities of the {items.entity} are in {before}, and something refers to it: its unit cannot change",
            details={"references": counts},
        )


def refuse_other_tracking(items: Records[Any], id: str, tracking: str) -> None:
    """Conflict when an item that is in a ledger would begin, or cease, to be told apart by lots: of what there is,
    nobody would know the lots. The item stays locked, so that nothing of it comes meanwhile."""
    before: str = items.get(id, lock=True)["lotTracking"]
    if (before == "none") == (tracking == "none"):
        return
    count = references(items.table, id)["ledgerCount"]
    if count:
        way = "switch it by startLotTracking" if before == "none" else "it stays told apart by lots"
        raise Conflict(f"the {items.entity} is in a ledger: {way}", details={"references": {"ledgerCount": count}})
