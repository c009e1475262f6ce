"""What came of a lot, and what has become of it, to the last digit (docs/rules.md, Lots)."""

from decimal import Decimal
from typing import cast

from pharus.db import current, db
from plugins.inventory.history import AsOf
from plugins.lots.records import lots
from plugins.lots.schemas import LotMassBalance

# What one row of a lot adds to each of these. A reversal adds the opposite of what it undoes, so that each row is even
# by itself: what came in = what is there + what has gone.
_SIGN = "CASE WHEN reverses_id IS NULL THEN 1 ELSE -1 END * quantity"
_KIND = "regexp_replace(event_type, '^REVERSE_', '')"
_COLUMNS = {
    "received": f"CASE WHEN {_KIND} = 'RECEIVE' AND source_type = 'po_receipt' THEN {_SIGN} ELSE 0 END",
    "produced": f"CASE WHEN {_KIND} = 'PRODUCE' THEN {_SIGN} ELSE 0 END",
    "found": f"CASE WHEN {_KIND} = 'ADJUST' AND origin_id IS NULL THEN {_SIGN} ELSE 0 END",
    "opening": "CASE WHEN event_type = 'OPENING' THEN quantity ELSE 0 END",
    "used": f"CASE WHEN {_KIND} = 'CONSUME' AND source_type NOT IN ('so_item', 'so_shipment') THEN -on_hand ELSE 0 END",
    "shipped": f"""CASE
        WHEN {_KIND} = 'CONSUME' AND source_type IN ('so_item', 'so_shipment') THEN -on_hand
        WHEN source_type = 'so_return' THEN -({_SIGN}) ELSE 0 END""",
    "lost": f"""CASE WHEN {_KIND} IN ('DISPOSE', 'WRITE_OFF') THEN {_SIGN}
        WHEN {_KIND} = 'ADJUST' AND origin_id IS NOT NULL THEN -({_SIGN}) ELSE 0 END""",
    "onHand": "on_hand",
    "inTransit": "in_transit",
}
_IN = ("received", "produced", "found", "opening")
_OUT = ("used", "shipped", "lost", "onHand", "inTransit")


def balance(id: str, as_of: AsOf | None) -> LotMassBalance:
    """Of the events up to a moment, or of all. NotFound."""
    lots.get(id)
    sums = ", ".join(f"coalesce(sum({expression}), 0)" for expression in _COLUMNS.values())
    condition, moment = "", list[object]()
    if as_of is not None:
        condition = f"AND {'event_date' if as_of.basis == 'event' else 'created_at'} < %s"
        moment = [as_of.end]
    row = db.row(
        f"SELECT {sums} FROM lot_entry WHERE org_id = %s AND lot_id = %s {condition}", (current().org_id, id, *moment)
    )
    found = dict(zip(_COLUMNS, row, strict=True))
    came, went = (sum((found[key] for key in keys), Decimal(0)) for keys in (_IN, _OUT))
    return cast(LotMassBalance, {"lotId": id, **found, "difference": came - went})
