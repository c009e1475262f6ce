"""What the stock is worth as of a moment: for each item and place, for each place, in all."""

from decimal import Decimal
from typing import Any, cast

from pharus.db import current, db
from plugins.accounting.schemas import Valuation, ValuationRow
from plugins.inventory import history
from plugins.inventory.history import AsOf
from plugins.inventory.ledgers import LEDGERS, Ledger
from plugins.inventory.postings import ZERO


def report(as_of: AsOf, location_id: str | None) -> Valuation:
    rows = [row for ledger in LEDGERS for row in _rows(ledger, as_of, location_id)]
    places: dict[str, list[Decimal]] = {}
    ledgers = {ledger.name: ZERO for ledger in LEDGERS}
    for ledger_name, _, location, _, _, value, _, in_transit_value in rows:
        place = places.setdefault(location, [ZERO, ZERO])
        place[0] += value
        place[1] += in_transit_value
        ledgers[ledger_name] += value
    in_transit = sum((place[1] for place in places.values()), ZERO)
    return {
        "asOf": as_of.end,
        "basis": as_of.basis,
        "data": [_row(row) for row in rows],
        "locations": [
            {
                "locationId": location,
                "value": place[0],
                "inTransitValue": place[1],
                "total": place[0] + place[1],
            }
            for location, place in places.items()
        ],
        "total": {
            "materials": ledgers["materials"],
            "finishedGoods": ledgers["finished_goods"],
            "inTransitValue": in_transit,
            "total": sum(ledgers.values(), in_transit),
        },
    }


def _rows(ledger: Ledger, as_of: AsOf, location_id: str | None) -> list[Any]:
    past, parameters = history.past(ledger, [as_of], location_id=location_id)
    return db.rows(
        f"""
        {past} SELECT '{ledger.name}', past.item_id, past.location_id, item.{ledger.item}_code, past.on_hand,
            past.value, past.in_transit, past.in_transit_value
        FROM past
        JOIN {ledger.item} AS item ON item.org_id = past.org_id AND item.id = past.item_id
        JOIN location ON location.org_id = past.org_id AND location.id = past.location_id
        WHERE past.org_id = %s
            AND (past.on_hand <> 0 OR past.value <> 0 OR past.in_transit <> 0 OR past.in_transit_value <> 0)
        ORDER BY item.sort_key, item.id, location.sort_order, location.id
        """,
        (*parameters, current().org_id),
    )


def _row(row: Any) -> ValuationRow:
    ledger, item_id, location_id, code, on_hand, value, in_transit, in_transit_value = row
    return cast(
        ValuationRow,
        {
            "ledger": ledger,
            "itemId": item_id,
            "itemCode": code,
            "locationId": location_id,
            "onHand": on_hand,
            "value": value,
            "inTransit": in_transit,
            "inTransitValue": in_transit_value,
        },
    )
