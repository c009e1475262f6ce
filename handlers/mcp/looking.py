"""Tools that look things up: records, stock, what is short, what is open, what has happened."""

import asyncio
import math
from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import ROUND_HALF_EVEN, Context, Decimal, localcontext
from typing import Any

from handlers.mcp import kinds, schemas
from handlers.mcp.calls import Caller, Refused
from handlers.mcp.kinds import ITEMS, KINDS, ORDERS
from handlers.mcp.schemas import arguments
from handlers.mcp.tools import Arguments, Tool, short
from pharus.fields import canonical

_KIND = {**schemas.one_of(*KINDS), "description": "What kind of record"}
_ITEM = {**schemas.one_of(*ITEMS), "description": "Materials are bought and used up; SKUs are made, kept and sold"}
_HUNDRED = Decimal(100)
# What was refused because the token is not good for it, or the role.
_NOT_ALLOWED = 403


def tools() -> list[Tool]:
    limit = schemas.limit()
    item = {"item": _ITEM, "itemId": schemas.ID, "locationId": schemas.ID}
    return [
        Tool(
            "find",
            "Find anything",
            "Find vendors, customers, materials, SKUs and orders by a part of their name, code or number. Begin here: "
            "all other tools take ids.",
            arguments(
                {
                    "text": {**schemas.TEXT, "description": "A part of the name, code or number"},
                    "kinds": {"type": "array", "items": schemas.one_of(*KINDS), "description": "All unless given"},
                    "limit": {**schemas.limit(5, 25), "description": "Of each kind"},
                },
                ["text"],
            ),
            _find,
        ),
        Tool(
            "look_at",
            "Look at a record",
            "One record whole, an order with its lines and what is known of its deliveries, by id.",
            arguments({"kind": _KIND, "id": schemas.ID}, ["kind", "id"]),
            _look_at,
        ),
        Tool(
            "places",
            "Where goods are kept",
            "The locations, with their ids.",
            arguments({}, []),
            _places,
        ),
        Tool(
            "stock",
            "What is there",
            "How much there is of items at each location: on hand, allocated, available, on order, in transit.",
            arguments({**item, "limit": schemas.limit(20, 200)}, ["item"]),
            _stock,
        ),
        Tool(
            "what_is_short",
            "What is short",
            "Items of which orders need more than is on hand, the worst first. toGet is what nobody has ordered yet.",
            arguments({"item": _ITEM, "locationId": schemas.ID, "limit": limit}, []),
            _what_is_short,
        ),
        Tool(
            "what_can_i_make",
            "What can be made",
            "How many of a SKU the available stock of one location is enough for, by its bill of materials; with a "
            "quantity, what each input lacks for it.",
            arguments(
                {"skuId": schemas.ID, "locationId": schemas.ID, "quantity": schemas.DECIMAL}, ["skuId", "locationId"]
            ),
            _what_can_i_make,
        ),
        Tool(
            "explain_balance",
            "Explain a balance",
            "Why there is as much of an item as there is: its balances, and by order or transfer what the ledger has.",
            arguments({**item, "limit": limit}, ["item", "itemId"]),
            _explain_balance,
        ),
        Tool(
            "open_orders",
            "Open orders",
            "Orders of a kind in which something is still to be done; those that are late alone with late.",
            arguments(
                {
                    "kind": schemas.one_of(*ORDERS),
                    "late": {"type": "boolean", "description": "Only those whose day is past"},
                    "limit": limit,
                },
                ["kind"],
            ),
            _open_orders,
        ),
        Tool(
            "history_of",
            "What has happened to a record",
            "Who has changed a record, its lines and receipts, when and how; the newest first. For admins.",
            arguments({"id": schemas.ID, "limit": limit}, ["id"]),
            _history_of,
        ),
    ]


async def _find(caller: Caller, given: Arguments) -> Any:
    asked = given.get("kinds") or list(KINDS)
    answers = await asyncio.gather(
        *(_found(caller, kind, given["text"], given.get("limit", 5)) for kind in asked), return_exceptions=True
    )
    found, refused = [], []
    for kind, answer in zip(asked, answers, strict=True):
        if isinstance(answer, Refused) and answer.status == _NOT_ALLOWED and len(asked) > 1:
            refused.append(kind)
        elif isinstance(answer, BaseException):
            raise answer
        else:
            found += answer
    return {"found": found, **({"notAllowed": refused} if refused else {})}


async def _found(caller: Caller, name: str, text: str, limit: int) -> list[dict[str, Any]]:
    kind = KINDS[name]
    expand = "names" if kind.order else None
    answer = await caller.get(kind.list, q=text, limit=limit, expand=expand)
    return [_named(caller, name, record) for record in answer["data"]]


def _named(caller: Caller, name: str, record: Mapping[str, Any]) -> dict[str, Any]:
    """A record in one line."""
    kind = KINDS[name]
    said = {"kind": name, "id": record["id"], "label": kinds.label(kind, dict(record))}
    if kind.order:
        said |= {"status": record[kind.status], "due": record[kind.due]}
    elif record.get("isActive") is False:
        said["isActive"] = False
    return {**said, "link": caller.link(name, record["id"])}


async def _look_at(caller: Caller, given: Arguments) -> Any:
    kind = KINDS[given["kind"]]
    record = await caller.get(kind.get, id=given["id"])
    return {**short(record, 50), "link": caller.link(given["kind"], given["id"])}


async def _places(caller: Caller, given: Arguments) -> Any:
    answer = await caller.get("listLocations")
    return {"places": [{key: each[key] for key in ("id", "name", "city", "isActive")} for each in answer["data"]]}


async def _summary(caller: Caller, given: Arguments, item: str) -> list[dict[str, Any]]:
    operation, _, key = ITEMS[item]
    query = {key: given.get("itemId"), "locationId": given.get("locationId"), "expand": "names"}
    answer: dict[str, Any] = await caller.get(operation, **query)
    return list(answer["data"])


async def _stock(caller: Caller, given: Arguments) -> Any:
    rows = await _summary(caller, given, given["item"])
    return {"stock": short(rows, given.get("limit", 20))}


async def _what_is_short(caller: Caller, given: Arguments) -> Any:
    items = [given["item"]] if "item" in given else list(ITEMS)
    lacking = []
    for item in items:
        for row in await _summary(caller, given, item):
            there, coming = Decimal(row["onHand"]), Decimal(row["onOrder"]) + Decimal(row["inTransit"])
            needed = Decimal(row["demand"]) + Decimal(row["allocated"])
            if needed > there:
                missing = {"missing": canonical(needed - there), "onOrder": canonical(coming)}
                to_get = max(needed - there - coming, Decimal())
                names = {key: value for key, value in row.items() if key.endswith(("Id", "Code", "Name", "Unit"))}
                lacking.append((to_get, {**names, "onHand": row["onHand"], **missing, "toGet": canonical(to_get)}))
    lacking.sort(key=lambda each: each[0], reverse=True)
    return {"short": short([each for _, each in lacking], given.get("limit", 10)), "items": len(lacking)}


async def _what_can_i_make(caller: Caller, given: Arguments) -> Any:
    """docs/rules.md, Master data: what comes out takes quantity × (1 + scrap) / (batch size × yield)."""
    bom = await caller.get("getSkuBom", id=given["skuId"])
    at = {"locationId": given["locationId"]}
    available = {
        row[key]: row["available"] for item, (*_, key) in ITEMS.items() for row in await _summary(caller, at, item)
    }
    with localcontext(Context(prec=50, rounding=ROUND_HALF_EVEN)):
        out = Decimal(bom["batchSize"]) * Decimal(bom["yieldPercent"]) / _HUNDRED
        inputs = []
        for each in bom["items"]:
            id = each["materialId"] or each["inputSkuId"]
            there = max(Decimal(available.get(id, "0")), Decimal())
            for_one = Decimal(each["quantity"]) * (1 + Decimal(each["scrapPercent"]) / _HUNDRED)
            inputs.append((id, there, for_one, math.floor(there * out / for_one)))
        answer: dict[str, Any] = {"canMake": min(most for *_, most in inputs), "inputs": []}
        wanted = Decimal(str(given["quantity"])) if "quantity" in given else None
        for id, there, for_one, most in inputs:
            said: dict[str, Any] = {"id": id, "available": canonical(there), "enoughFor": most}
            if wanted is not None:
                needed = for_one * wanted / out
                said |= {
                    "needed": canonical(round(needed, 6)),
                    "lacks": canonical(max(round(needed - there, 6), Decimal())),
                }
            answer["inputs"].append(said)
    return answer


async def _explain_balance(caller: Caller, given: Arguments) -> Any:
    _, operation, key = ITEMS[given["item"]]
    balances = await _summary(caller, given, given["item"])
    query = {key: given["itemId"], "locationId": given.get("locationId"), "limit": 500, "count": True}
    page = await caller.get(operation, **query)
    by_ref: defaultdict[str, defaultdict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for entry in page["data"]:
        by_ref[entry["ref"] or "by hand"][entry["eventType"]] += Decimal(entry["quantity"])
    told = [
        {"ref": ref, **{event: canonical(quantity) for event, quantity in events.items()}}
        for ref, events in by_ref.items()
    ]
    answer = {"balances": short(balances), "byOrderOrTransfer": short(told, given.get("limit", 10))}
    if page["nextCursor"] is not None:
        answer["entries"] = f"the newest 500 of {page.get('total')}"
    return answer


async def _open_orders(caller: Caller, given: Arguments) -> Any:
    kind = KINDS[given["kind"]]
    limit = given.get("limit", 10)
    pages = await asyncio.gather(
        *(caller.get(kind.list, status=status, expand="names", limit=500) for status in kind.open)
    )
    today = datetime.now(UTC).date().isoformat()
    orders = [order for page in pages for order in page["data"]]
    if given.get("late"):
        orders = [order for order in orders if order[kind.due] is not None and order[kind.due] < today]
    orders.sort(key=lambda order: order[kind.due] or "9")
    answer: dict[str, Any] = {
        "open": len(orders),
        "orders": [_named(caller, given["kind"], order) for order in orders[:limit]],
    }
    if any(page["nextCursor"] is not None for page in pages):
        answer["open"] = f"more than {len(orders)}"
    return answer


async def _history_of(caller: Caller, given: Arguments) -> Any:
    page = await caller.get("listAuditEvents", recordId=given["id"], limit=given.get("limit", 10))
    keys = ("type", "recordId", "occurredAt", "userId", "tokenId", "operation", "agent", "before", "after")
    events = [{key: event[key] for key in keys} for event in page["data"]]
    return {"events": short(events, 50), "isAll": page["nextCursor"] is None}
