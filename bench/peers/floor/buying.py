"""A purchase order of materials is placed, and goods of it are received."""

from decimal import Decimal
from typing import Any

import orjson
import uuid_utils

from bench.entities import PURCHASE_ORDER, PURCHASE_ORDER_ITEM, RECEIPT, RECEIPT_ITEM
from bench.peers.floor import bodies, posting
from bench.peers.floor.purchase_orders import ORDER, ORDER_COLUMNS
from bench.peers.floor.refusals import Refusal
from bench.peers.floor.transactions import Caller, Path, take_numbers

_ID = {"type": "string", "format": "uuid"}
_QUANTITY = {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1e12, "multipleOf": 0.000001}
_MONEY = {"type": "number", "minimum": 0, "exclusiveMaximum": 1e12, "multipleOf": 0.000001}


def _lines(properties: dict[str, Any], required: list[str]) -> dict[str, Any]:
    line = {"type": "object", "additionalProperties": False, "required": required, "properties": properties}
    return {"type": "array", "minItems": 1, "maxItems": 1000, "items": line}


_order_body = bodies.compiled(
    {
        "type": "object",
        "additionalProperties": False,
        "required": ["vendorId", "targetType", "status", "shipToLocationId", "items"],
        "properties": {
            "vendorId": _ID,
            "targetType": {"enum": ["materials"]},
            "status": {"enum": ["Placed"]},
            "shipToLocationId": _ID,
            "expectedDeliveryDate": {"type": "string", "format": "date"},
            "shippingCosts": _MONEY,
            "notes": bodies.text(10000),
            "items": _lines({"materialId": _ID, "quantity": _QUANTITY, "unitCost": _MONEY}, ["materialId", "quantity"]),
        },
    }
)
_receipt_body = bodies.compiled(
    {
        "type": "object",
        "additionalProperties": False,
        "required": ["items"],
        "properties": {
            "notes": bodies.text(10000),
            "items": _lines({"poItemId": _ID, "quantity": _QUANTITY, "unitCost": _MONEY}, ["poItemId", "quantity"]),
        },
    }
)

_KNOWN = """
SELECT (SELECT is_active FROM vendor WHERE org_id = %(org)s AND id = %(vendor)s),
    (SELECT is_active FROM location WHERE org_id = %(org)s AND id = %(location)s),
    ARRAY(SELECT is_active FROM material WHERE org_id = %(org)s AND id = ANY(%(materials)s::uuid[]))"""

_INSERT_ORDER = """
INSERT INTO purchase_order (org_id, id, po_number, vendor_id, target_type, status, ship_to_location_id, placed_at,
    expected_delivery_date, shipping_costs, notes, created_at, updated_at)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s);
INSERT INTO purchase_order_item (org_id, id, purchase_order_id, material_id, quantity, unit_cost) VALUES """

_LINES = """
SELECT item.id, item.material_id, item.quantity, item.unit_cost, (
        SELECT coalesce(sum(quantity), 0) FROM purchase_order_receipt_item AS received
        WHERE received.org_id = item.org_id AND received.po_item_id = item.id
    ), (
        SELECT coalesce(sum(on_order), 0) FROM materials_ledger_entry AS held
        WHERE held.org_id = item.org_id AND held.line_id = item.id
    )
FROM purchase_order_item AS item WHERE item.org_id = %s AND item.purchase_order_id = %s"""

_INSERT_RECEIPT = """
INSERT INTO purchase_order_receipt (org_id, id, purchase_order_id, receipt_date, created_at, updated_at)
VALUES (%s, %s, %s, %s, %s, %s);
INSERT INTO purchase_order_receipt_item (org_id, id, receipt_id, po_item_id, quantity, unit_cost) VALUES """

_FOLLOW = f"""
UPDATE purchase_order SET status = %s, partial_at = coalesce(partial_at, %s), received_at = coalesce(received_at, %s),
    updated_at = %s
WHERE org_id = %s AND id = %s RETURNING {ORDER_COLUMNS}"""


def create_purchase_order(cursor: Any, caller: Caller, query: bytes, content: bytes, path: Path) -> bytes:
    """The JSON of the new order and its lines, which are on order from now on."""
    _, problems = bodies.read_query(query, {})
    body = bodies.read_body(content, _order_body, problems, exact=True)
    org_id, now, location_id = caller.org_id, caller.now, body["shipToLocationId"]
    _refuse_unknown(cursor, caller, body)
    (number,) = take_numbers(org_id, "PO", now.year, 1)
    ref, order_id = f"PO-{now.year}-{number:04d}", _new_id()
    lines = [
        (_new_id(), item["materialId"], Decimal(item["quantity"]), Decimal(item.get("unitCost", 0)))
        for item in body["items"]
    ]
    posting.lock(cursor, caller, location_id, [item_id for _, item_id, _, _ in lines])
    entries = [
        posting.Entry(item_id, "ORDER", quantity, None, "po_item", id, id, on_order=quantity)
        for id, item_id, quantity, _ in lines
    ]
    written = posting.statements(cursor, caller, location_id, ref, None, entries)
    order = cursor.mogrify(
        _INSERT_ORDER,
        (
            *(org_id, order_id, ref, body["vendorId"], body["targetType"], body["status"], location_id, now.date()),
            *(body.get("expectedDeliveryDate"), body.get("shippingCosts", 0), body.get("notes"), now, now),
        ),
    )
    rows = b", ".join(cursor.mogrify("(%s, %s, %s, %s, %s, %s)", (org_id, id, order_id, *rest)) for id, *rest in lines)
    cursor.execute(order + rows + b";" + written + cursor.mogrify(ORDER, (org_id, order_id)))
    shown = dict(zip(PURCHASE_ORDER, cursor.fetchone(), strict=True))
    shown_lines = [
        (id, org_id, order_id, item_id, None, _canonical(many), _canonical(cost)) for id, item_id, many, cost in lines
    ]
    items = [dict(zip(PURCHASE_ORDER_ITEM, row, strict=True)) for row in shown_lines]
    return orjson.dumps({"purchaseOrder": shown, "items": items}, option=orjson.OPT_UTC_Z)


def receive_purchase_order(cursor: Any, caller: Caller, query: bytes, content: bytes, path: Path) -> bytes:
    """The JSON of the receipt, and of the order at the status that follows from it."""
    _, problems = bodies.read_query(query, {})
    if bodies.one_id(path["id"]) is None:
        problems.append(("path/id", "is no id"))
    body = bodies.read_body(content, _receipt_body, problems, exact=True)
    org_id, now, order_id = caller.org_id, caller.now, path["id"]
    cursor.execute(ORDER + " FOR UPDATE", (org_id, order_id))
    row = cursor.fetchone()
    if row is None:
        raise Refusal(404, "not_found", "no purchase order with this id")
    order = dict(zip(PURCHASE_ORDER, row, strict=True))
    if order["status"] not in ("Placed", "In Transit", "Partial", "Received"):
        raise Refusal(409, "invalid_transition", "goods of this order cannot be received")
    cursor.execute(_LINES, (org_id, order_id))
    lines = {id: rest for id, *rest in cursor.fetchall()}
    receipt_id, today, location_id = _new_id(), now.date(), order["shipToLocationId"]
    arrived, entries = [], []
    for item in body["items"]:
        line = lines.get(item["poItemId"])
        if line is None:
            raise Refusal(404, "not_found", "the order has no such line")
        item_id, _, cost, _, held = line
        id, quantity, cost = _new_id(), Decimal(item["quantity"]), Decimal(item.get("unitCost", cost))
        fulfilled = min(quantity, max(held, Decimal(0)))
        line[3] += quantity
        line[4] -= fulfilled
        arrived.append((id, item["poItemId"], quantity, cost))
        entries.append(
            posting.Entry(
                *(item_id, "RECEIVE", quantity, cost, "po_receipt", id, item["poItemId"]),
                on_hand=quantity,
                on_order=-fulfilled,
                value=quantity * cost,
            )
        )
    posting.lock(cursor, caller, location_id, [line[0] for line in lines.values()])
    written = posting.statements(cursor, caller, location_id, order["poNumber"], body.get("notes"), entries)
    receipt = cursor.mogrify(_INSERT_RECEIPT, (org_id, receipt_id, order_id, today, now, now))
    rows = b", ".join(
        cursor.mogrify("(%s, %s, %s, %s, %s, %s)", (org_id, id, receipt_id, *rest)) for id, *rest in arrived
    )
    status = "Received" if all(received >= quantity for _, quantity, _, received, _ in lines.values()) else "Partial"
    entered = (today if status == "Partial" else None, today if status == "Received" else None)
    follow = cursor.mogrify(_FOLLOW, (status, *entered, now, org_id, order_id))
    cursor.execute(receipt + rows + b";" + written + follow)
    shown = {
        "purchaseOrder": dict(zip(PURCHASE_ORDER, cursor.fetchone(), strict=True)),
        "receipt": dict(zip(RECEIPT, (receipt_id, org_id, order_id, today, now, now), strict=True)),
        "receiptItems": [
            dict(zip(RECEIPT_ITEM, (id, org_id, receipt_id, line, _canonical(amount), _canonical(cost)), strict=True))
            for id, line, amount, cost in arrived
        ],
    }
    return orjson.dumps(shown, option=orjson.OPT_UTC_Z)


def _refuse_unknown(cursor: Any, caller: Caller, body: dict[str, Any]) -> None:
    materials = list({item["materialId"] for item in body["items"]})
    names = {"vendor": body["vendorId"], "location": body["shipToLocationId"], "materials": materials}
    cursor.execute(_KNOWN, {"org": caller.org_id, **names})
    vendor, location, found = cursor.fetchone()
    for name, is_active in (("vendor", vendor), ("location", location)):
        if is_active is None:
            raise Refusal(404, "not_found", f"no {name} with this id")
    if len(found) < len(materials):
        raise Refusal(404, "not_found", "no material with this id")
    if not (vendor and location and all(found)):
        raise Refusal(409, "conflict", "what the order names is deactivated")


def _new_id() -> str:
    return str(uuid_utils.uuid7())


def _canonical(value: Decimal) -> str:
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
