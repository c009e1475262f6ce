"""Tools that write. Each calls one writing operation, in two steps unless the token says otherwise
(handlers/mcp/confirmations.py)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

from handlers.mcp import schemas
from handlers.mcp.calls import Api, Caller
from handlers.mcp.confirmations import SECONDS, Confirming
from handlers.mcp.kinds import ITEMS, KINDS, ORDERS
from handlers.mcp.schemas import Schema, arguments
from handlers.mcp.tools import Arguments, Tool, short
from pharus.fields import canonical

CONFIRMATION = "confirmation"
_OF_ITEMS = {"material": "MaterialsInventory", "sku": "FinishedGoodsInventory"}


@dataclass(frozen=True, slots=True)
class Write:
    """A tool that is one operation: `keys` of its body are arguments. With several operations, an argument `kind` says
    which; `id` is the argument that names the record of the path, and of what kind that is."""

    name: str
    title: str
    description: str
    operations: Mapping[str, str]
    keys: Mapping[str, Any]
    id: str = ""


_ITEM_KEYS = {"skuId": None, "quantity": None, "unit": None, "unitQuantity": None}
_WRITES = (
    Write(
        "plan_purchase",
        "Plan a purchase",
        "A purchase order with its lines. A line has exactly one of materialId and skuId; a unitCost that is left out "
        "is the vendor's price. Planning holds nothing; Placed is on order.",
        {"purchase_order": "createPurchaseOrder"},
        {
            **dict.fromkeys(("vendorId", "targetType", "status", "shipToLocationId", "expectedDeliveryDate")),
            **dict.fromkeys(("shippingCosts", "notes")),
            "items": {"materialId": None, **_ITEM_KEYS, "unitCost": None},
        },
    ),
    Write(
        "receive_delivery",
        "Receive a delivery",
        "What has arrived of a purchase order, whole or in part: it goes into stock at what it cost.",
        {"purchase_order": "createPurchaseOrderReceipt"},
        {
            **dict.fromkeys(("receiptDate", "externalId", "notes")),
            "items": dict.fromkeys(("poItemId", "quantity", "unitQuantity", "unitCost", "acceptOver")),
        },
        id="orderId",
    ),
    Write(
        "plan_production",
        "Plan a production",
        "An order to make SKUs by their bills of materials. Draft holds nothing; Production reserves the inputs.",
        {"production_order": "createProductionOrder"},
        {
            **dict.fromkeys(("status", "locationId", "expectedDeliveryDate", "notes")),
            "items": {**_ITEM_KEYS, "productionCost": None},
        },
    ),
    Write(
        "make_batch",
        "Make a batch",
        "What has come out of a production or work order: it consumes the inputs and goes into stock at what they "
        "cost. inputs and byProducts only where it was not what was planned.",
        {"production_order": "createProductionOrderReceipt", "work_order": "createWorkOrderReceipt"},
        {
            **dict.fromkeys(("receiptDate", "notes")),
            "items": {
                **dict.fromkeys(("skuId", "quantity", "unitQuantity", "acceptOver")),
                "inputs": dict.fromkeys(("materialId", "inputSkuId", "used", "scrapped", "scrapReason", "returned")),
                "byProducts": dict.fromkeys(("byProductSkuId", "quantity")),
            },
        },
        id="orderId",
    ),
    Write(
        "take_order",
        "Take a customer's order",
        "A sales order with its lines. Received holds nothing; Entered reserves the goods where they leave. mabd is "
        "the day by which they must arrive; a unitPrice that is left out is the customer's.",
        {"sales_order": "createSalesOrder"},
        {
            **dict.fromkeys(
                ("customerId", "channelId", "status", "fulfillmentStatus", "fulfillmentLocationId", "mabd")
            ),
            **dict.fromkeys(("customerReference", "notes")),
            "items": {**_ITEM_KEYS, "unitPrice": None},
        },
    ),
    Write(
        "ship_order",
        "Ship an order",
        "What leaves of a sales order, whole or in part: it goes out of stock at what it cost.",
        {"sales_order": "createSalesOrderShipment"},
        {
            **dict.fromkeys(("shippedAt", "locationId", "carrier", "trackingNumber", "notes")),
            "items": dict.fromkeys(("soItemId", "quantity", "unitQuantity")),
        },
        id="orderId",
    ),
    Write(
        "take_back",
        "Take goods back",
        "What comes back of a shipment: kept, into stock at what it cost, or written off.",
        {"sales_order": "createSalesOrderReturn"},
        {**dict.fromkeys(("returnedAt", "locationId", "notes", "creditNote")), "items": None},
        id="shipmentId",
    ),
    Write(
        "move_stock",
        "Move stock",
        "Send a material from one location to another: it is in transit until it arrives.",
        {"material": "createMaterialsTransfer"},
        dict.fromkeys(("materialId", "sourceLocationId", "destinationLocationId", "quantity", "notes")),
    ),
    Write(
        "move_order",
        "Change an order's status",
        "Take an order to its next status, or change its notes and dates; stock follows the status. look_at shows "
        "where it is.",
        {kind: KINDS[kind].update for kind in ORDERS},
        dict.fromkeys(("status", "fulfillmentStatus", "expectedDeliveryDate", "notes")),
        id="orderId",
    ),
)


def tools(api: Api) -> list[Tool]:
    return [*(_tool(api, write) for write in _WRITES), _count_stock()]


def _tool(api: Api, write: Write) -> Tool:
    properties: Schema = {}
    required: set[str] = set()
    if len(write.operations) > 1:
        properties["kind"] = schemas.one_of(*write.operations)
        required.add("kind")
    if write.id:
        properties[write.id] = schemas.ID
        required.add(write.id)
    bodies = [schemas.of_body(api.document, api.operations[id][2], write.keys) for id in write.operations.values()]
    for body in bodies:
        for name, schema in body["properties"].items():
            properties[name] = _both(properties[name], schema) if name in properties else schema
    required |= set.intersection(*(set(body.get("required", ())) for body in bodies))
    properties[CONFIRMATION] = schemas.CONFIRMATION
    return Tool(
        write.name, write.title, write.description, arguments(properties, required), partial(_write, write), writes=True
    )


def _both(one: Schema, other: Schema) -> Schema:
    """A schema that takes what either takes: several kinds have several statuses, and several keys of a line."""
    if one == other:
        return one
    if "enum" in one and "enum" in other:
        return {"enum": list(dict.fromkeys([*one["enum"], *other["enum"]]))}
    if "items" in one:
        return {**one, "items": _both(one["items"], other["items"])}
    if "properties" in one:
        mine, others = one["properties"], other["properties"]
        names = dict.fromkeys([*mine, *others])
        merged = {name: _both(mine.get(name, others.get(name)), others.get(name, mine.get(name))) for name in names}
        required = [name for name in one.get("required", ()) if name in other.get("required", ())]
        return {**one, "properties": merged, "required": required}
    return one


async def _write(write: Write, caller: Caller, given: Arguments) -> Any:
    kind = given.get("kind") or next(iter(write.operations))
    path = {"id": given[write.id]} if write.id else {}
    body = {name: value for name, value in given.items() if name in write.keys}
    return await carry_out(
        caller,
        write.name,
        given,
        write.operations[kind],
        path=path,
        body=body,
        link=partial(_link, caller, kind) if kind in KINDS and write.id != "shipmentId" else None,
    )


def _link(caller: Caller, kind: str, answer: Any) -> str | None:
    """To the record that was written, where it is found in the answer."""
    record = answer.get(KINDS[kind].order, answer) if isinstance(answer, dict) else {}
    return caller.link(kind, record["id"]) if "id" in record and kind in ORDERS else None


async def carry_out(
    caller: Caller,
    tool: str,
    given: Arguments,
    operation_id: str,
    *,
    path: Mapping[str, Any],
    body: Any,
    query: Mapping[str, Any] = {},
    link: Callable[[Any], str | None] | None = None,
    whole: bool = False,
) -> Any:
    """Do what a tool was called for, or show what that would change."""
    meant = {name: value for name, value in given.items() if name != CONFIRMATION}
    confirming = Confirming(caller.identity, tool, meant, given.get(CONFIRMATION))
    answer = await caller.call(
        operation_id, path=path, query=query, body=body, rehearsal=confirming, key=confirming.key
    )
    effect = caller.api.marking.mark(short(confirming.effect))
    if confirming.is_withheld:
        told = {"done": False, "wouldChange": effect, CONFIRMATION: confirming.confirmation, "validSeconds": SECONDS}
        if confirming.problem:
            told["why"] = confirming.problem
        return {
            **told,
            "next": "If this is what is wanted, call the tool again with the same arguments and confirmation.",
        }
    told = (
        {"done": True, "changed": effect} if confirming.effect else {"done": True, "note": "this had been done before"}
    )
    told["answer"] = answer if whole else short(answer)
    at = link(answer) if link is not None else None
    return {**told, "link": at} if at else told


def _count_stock() -> Tool:
    properties = {
        "item": schemas.one_of(*ITEMS),
        "itemId": schemas.ID,
        "locationId": schemas.ID,
        "counted": {**schemas.DECIMAL, "description": "What is really there"},
        "notes": schemas.TEXT,
        CONFIRMATION: schemas.CONFIRMATION,
    }
    return Tool(
        "count_stock",
        "Count stock",
        "Put the balance of an item at a location to what was counted: what is more is added at the average cost, what "
        "is less is disposed of. For admins.",
        arguments(properties, ["item", "itemId", "locationId", "counted"]),
        _count,
        writes=True,
    )


async def _count(caller: Caller, given: Arguments) -> Any:
    summary, _, key = ITEMS[given["item"]]
    rows = await caller.get(summary, **{key: given["itemId"], "locationId": given["locationId"]})
    on_hand = Decimal(rows["data"][0]["onHand"]) if rows["data"] else Decimal()
    difference = Decimal(str(given["counted"])) - on_hand
    if not difference:
        return {"done": True, "note": "as many are there as were counted", "onHand": canonical(on_hand)}
    operation = f"{'adjust' if difference > 0 else 'dispose'}{_OF_ITEMS[given['item']]}"
    body = {key: given["itemId"], "locationId": given["locationId"], "quantity": canonical(abs(difference))}
    if "notes" in given:
        body["notes"] = given["notes"]
    return await carry_out(caller, "count_stock", given, operation, path={}, body=body)
