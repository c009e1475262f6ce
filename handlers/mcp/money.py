"""Tools about what things cost. For tokens with the scope `costs` alone, as the operations are that they call."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from handlers.mcp import schemas
from handlers.mcp.calls import Caller, Refused
from handlers.mcp.kinds import ITEMS, KINDS, ORDERS
from handlers.mcp.schemas import arguments
from handlers.mcp.tools import Arguments, Tool, short
from pharus.fields import canonical
from pharus.identity import COSTS

_MOST_PAGES = 20
_PRICES = {"purchase_order": "unitCost", "sales_order": "unitPrice"}


def tools() -> list[Tool]:
    return [
        Tool(
            "what_did_it_cost",
            "What did it cost",
            "What an order, a material or a SKU cost: of an order what it has brought into stock and taken out, by the "
            "ledgers, and what its lines come to; of an item the average cost and where it came from. Needs the scope "
            "costs.",
            arguments({"kind": schemas.one_of(*ORDERS, *ITEMS), "id": schemas.ID}, ["kind", "id"]),
            _what_did_it_cost,
        ),
        Tool(
            "valuation",
            "What the stock is worth",
            "The value of all stock, now or as of a day, in all and by location. Needs the scope costs.",
            arguments({"asOf": schemas.DAY, "locationId": schemas.ID}, []),
            _valuation,
        ),
        Tool(
            "cost_of_goods",
            "Cost of goods sold",
            "What was shipped has cost, by order, customer, SKU or month. Needs the scope costs.",
            arguments(
                {
                    "groupBy": schemas.one_of("order", "customer", "sku", "month"),
                    "from": schemas.DAY,
                    "until": schemas.DAY,
                    "limit": schemas.limit(20, 100),
                },
                ["groupBy"],
            ),
            _cost_of_goods,
        ),
    ]


async def _what_did_it_cost(caller: Caller, given: Arguments) -> Any:
    if given["kind"] in ITEMS:
        return await _of_item(caller, given)
    kind = KINDS[given["kind"]]
    answer = await caller.get(kind.get, id=given["id"])
    order, lines = answer[kind.order], answer["items"]
    number = order[kind.label[0]]
    told: dict[str, Any] = {
        "order": number,
        "status": order[kind.status],
        "link": caller.link(given["kind"], given["id"]),
    }
    price = _PRICES.get(given["kind"])
    if price is not None:
        _require_costs(lines, price)
        told["lines"] = canonical(sum((Decimal(each["quantity"]) * Decimal(each[price]) for each in lines), Decimal()))
    costs = {key: value for key, value in order.items() if key.endswith(("Costs", "Fees")) and value not in (None, "0")}
    if costs:
        told["costs"] = costs
    plain = str(number).strip("⟦⟧")
    for item, (_, operation, key) in ITEMS.items():
        flows = await _flows(caller, operation, plain, key)
        if flows:
            told["materials" if item == "material" else "finishedGoods"] = flows
    return told


def _require_costs(records: Sequence[Mapping[str, Any]], key: str) -> None:
    """Refused where the key is missing that every record has: the token does not see what things cost."""
    if any(key not in record for record in records):
        message = f"this needs the scope {COSTS}, which the token does not have"
        raise Refused(403, {"code": "forbidden", "message": message})


async def _flows(caller: Caller, operation: str, ref: str, key: str) -> list[dict[str, Any]]:
    """What an order has moved of each item: quantity and value, as the ledger has them."""
    quantities: defaultdict[tuple[str, str], Decimal] = defaultdict(Decimal)
    values: defaultdict[tuple[str, str], Decimal] = defaultdict(Decimal)
    cursor: str | None = None
    for _ in range(_MOST_PAGES):
        page = await caller.get(operation, ref=ref, limit=500, cursor=cursor)
        _require_costs(page["data"], "value")
        for entry in page["data"]:
            if entry["value"] != "0":
                at = entry[key], entry["eventType"]
                quantities[at] += Decimal(entry["quantity"])
                values[at] += Decimal(entry["value"])
        cursor = page["nextCursor"]
        if cursor is None:
            break
    return [
        {key: id, "event": event, "quantity": canonical(quantities[id, event]), "value": canonical(value)}
        for (id, event), value in values.items()
    ]


async def _of_item(caller: Caller, given: Arguments) -> Any:
    summary, ledger, key = ITEMS[given["kind"]]
    balances = await caller.get(summary, **{key: given["id"]}, expand="names")
    entries = await caller.get(ledger, **{key: given["id"]}, limit=100)
    _require_costs([*balances["data"], *entries["data"]], "value")
    names = ("locationId", "locationName", "onHand", "averageCost", "value")
    inflows = [each for each in entries["data"] if not each["value"].startswith(("-", "0"))]
    kept = ("eventDate", "eventType", "ref", "quantity", "unitCost", "value")
    return {
        "link": caller.link(given["kind"], given["id"]),
        "balances": short([{name: row[name] for name in names} for row in balances["data"]]),
        "newestInflows": short([{name: each[name] for name in kept} for each in inflows], 5),
    }


async def _valuation(caller: Caller, given: Arguments) -> Any:
    answer = await caller.get("getValuation", asOf=given.get("asOf"), locationId=given.get("locationId"))
    rows = sorted(answer["data"], key=lambda row: Decimal(row["value"]), reverse=True)
    return {"asOf": answer["asOf"], "total": answer["total"], "locations": answer["locations"], "most": short(rows, 5)}


async def _cost_of_goods(caller: Caller, given: Arguments) -> Any:
    query = {"groupBy": given["groupBy"], "dateFrom": given.get("from"), "asOf": given.get("until")}
    answer = await caller.get("getCostOfGoods", **query, limit=given.get("limit", 20))
    return short({"total": answer["total"], "rows": answer["data"], "isAll": answer["nextCursor"] is None}, 100)
