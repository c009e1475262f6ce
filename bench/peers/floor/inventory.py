"""The ledger and the balances of materials. PostgreSQL writes the decimals as they are shown."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import orjson
import uuid_utils

from bench.entities import BALANCE, LEDGER_ENTRY, columns
from bench.peers.floor import bodies
from bench.peers.floor.pages import page, read_key
from bench.peers.floor.refusals import Refusal, invalid
from bench.peers.floor.transactions import Caller, Path, take_numbers

_EVENTS = ("ORDER", "RECEIVE", "DEMAND", "ALLOCATE", "CONSUME", "TRANSFER", "ADJUST", "DISPOSE")

_COLUMNS = ", ".join(
    columns(
        LEDGER_ENTRY,
        materialId="item_id",
        quantity="trim_scale(quantity)::text",
        unitCost="trim_scale(unit_cost)::text",
        value="trim_scale(value)::text",
        variance="trim_scale(variance)::text",
    ).values()
)
_LIST = f"SELECT {_COLUMNS} FROM materials_ledger_entry WHERE org_id = %s"
_ORDERED = " ORDER BY event_date DESC, id DESC LIMIT %s"
_AFTER = " AND (event_date, id) < (%s, %s)"
_SORTED_BY = tuple(map(LEDGER_ENTRY.index, ("eventDate", "id")))

_NAME = "ledger"

_EXPRESSIONS = columns(
    BALANCE,
    materialId="item_id",
    available="on_hand - allocated",
    averageCost="round(value / nullif(on_hand, 0), 6)",
)
_SHOWN = ", ".join(
    text if key in ("materialId", "locationId") else f"trim_scale({text})::text" for key, text in _EXPRESSIONS.items()
)
_SUMMARY = f"""
SELECT {_SHOWN}
FROM materials_balance AS balance
JOIN material AS item ON item.org_id = balance.org_id AND item.id = balance.item_id
JOIN location ON location.org_id = balance.org_id AND location.id = balance.location_id
WHERE balance.org_id = %s{{conditions}}
ORDER BY item.sort_key, item_id, location.sort_order, location_id"""

_body = bodies.compiled(
    {
        "type": "object",
        "additionalProperties": False,
        "required": ["materialId", "locationId", "quantity"],
        "properties": {
            "materialId": {"type": "string", "format": "uuid"},
            "locationId": {"type": "string", "format": "uuid"},
            "quantity": {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1e12, "multipleOf": 0.000001},
            "notes": bodies.text(10000),
            "eventDate": {"anyOf": [{"type": "string", "format": name} for name in ("date", "date-time")]},
        },
    }
)

_LOCK = """
SELECT on_hand, value FROM materials_balance WHERE org_id = %s AND item_id = %s AND location_id = %s FOR UPDATE"""
_OPEN = """
INSERT INTO materials_balance (org_id, item_id, location_id) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING"""
_KNOWN = """
SELECT EXISTS (SELECT FROM material WHERE org_id = %s AND id = %s),
    EXISTS (SELECT FROM location WHERE org_id = %s AND id = %s)"""
_POST = f"""
UPDATE materials_balance SET on_hand = on_hand + %s, value = value + %s
WHERE org_id = %s AND item_id = %s AND location_id = %s;
INSERT INTO materials_ledger_entry (org_id, id, code, item_id, location_id, event_type, quantity, unit_cost, notes,
    event_date, source_type, on_hand, on_order, demand, allocated, in_transit, value, created_at)
VALUES (%s, %s, %s, %s, %s, 'ADJUST', %s, %s, %s, %s, 'manual', %s, 0, 0, 0, 0, %s, %s)
RETURNING {_COLUMNS}"""

_SIX_PLACES = Decimal("0.000001")


def list_ledger(cursor: Any, caller: Caller, query: bytes, _: bytes, path: Path) -> bytes:
    values, problems = bodies.read_query(
        query,
        {
            "limit": bodies.limit,
            "materialId": bodies.one_id,
            "eventType": bodies.one_of(*_EVENTS, *(f"REVERSE_{event}" for event in _EVENTS)),
            "cursor": str,
        },
    )
    key = read_key(_NAME, values, problems)
    if problems:
        raise invalid(problems)
    text, parameters = _LIST, [caller.org_id]
    for name, column in (("materialId", "item_id"), ("eventType", "event_type")):
        if name in values:
            text += f" AND {column} = %s"
            parameters.append(values[name])
    if key is not None:
        text += _AFTER
        parameters += key
    limit = values.get("limit", 100)
    cursor.execute(text + _ORDERED, (*parameters, limit + 1))
    return page(_NAME, LEDGER_ENTRY, cursor.fetchall(), limit, _SORTED_BY)


def stock_summary(cursor: Any, caller: Caller, query: bytes, _: bytes, path: Path) -> bytes:
    values, problems = bodies.read_query(query, {"materialId": bodies.one_id, "locationId": bodies.one_id})
    if problems:
        raise invalid(problems)
    conditions, parameters = "", [caller.org_id]
    for name, column in (("materialId", "item_id"), ("locationId", "location_id")):
        if name in values:
            conditions += f" AND {column} = %s"
            parameters.append(values[name])
    cursor.execute(_SUMMARY.format(conditions=conditions), parameters)
    return orjson.dumps({"data": [dict(zip(BALANCE, row, strict=True)) for row in cursor.fetchall()]})


def adjust_stock(cursor: Any, caller: Caller, query: bytes, content: bytes, path: Path) -> bytes:
    """The JSON of the new entry. Who posts to the same balance waits for the commit."""
    _, problems = bodies.read_query(query, {})
    body = bodies.read_body(content, _body, problems, exact=True)
    event_date = _event_date(body.get("eventDate"), caller.now)
    key = (caller.org_id, body["materialId"], body["locationId"])
    on_hand, value = _lock(cursor, key)
    quantity = Decimal(body["quantity"])
    unit_cost = (value / on_hand).quantize(_SIX_PLACES, ROUND_HALF_UP) if on_hand else Decimal(0)
    brought = quantity * unit_cost
    (number,) = take_numbers(caller.org_id, "MIL", 0, 1)
    code = f"MIL-{number:06d}"
    cursor.execute(
        _POST,
        (
            *(quantity, brought, *key),
            *(caller.org_id, str(uuid_utils.uuid7()), code, *key[1:], quantity, unit_cost, body.get("notes")),
            *(event_date, quantity, brought, caller.now),
        ),
    )
    return orjson.dumps(dict(zip(LEDGER_ENTRY, cursor.fetchone(), strict=True)), option=orjson.OPT_UTC_Z)


def _lock(cursor: Any, key: tuple[str, str, str]) -> tuple[Decimal, Decimal]:
    """What is on hand there and its value. A balance tells that its material and its location exist."""
    cursor.execute(_LOCK, key)
    row = cursor.fetchone()
    if row is None:
        org_id, item_id, location_id = key
        cursor.execute(_KNOWN, (org_id, item_id, org_id, location_id))
        for known, name in zip(cursor.fetchone(), ("material", "location"), strict=True):
            if not known:
                raise Refusal(404, "not_found", f"no {name} with this id")
        cursor.execute(_OPEN, key)
        cursor.execute(_LOCK, key)
        row = cursor.fetchone()
    return row[0], row[1]


def _event_date(given: str | None, now: datetime) -> datetime:
    if given is None:
        return now
    if len(given) == 10:
        moment = datetime.combine(date.fromisoformat(given), time(), UTC)
    else:
        moment = datetime.fromisoformat(given.upper())
    if moment > now + timedelta(days=1):
        raise invalid([("/eventDate", "must be at most one day ahead")])
    return moment
