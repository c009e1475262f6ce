"""What an agent can read by its address: an order, an item with its stock, the valuation."""

import re
from typing import Any

import mcp_types as types

from handlers.mcp.calls import Caller, Refused
from handlers.mcp.kinds import ITEMS, KINDS, ORDERS
from handlers.mcp.tools import short

_SCHEME = "pharus://"
_VALUATION = f"{_SCHEME}valuation"
_JSON = "application/json"
_OF_RECORD = re.compile(rf"{_SCHEME}([a-z-]+)/([0-9a-fA-F-]{{36}})")
_BY_PATH = {kind.path: name for name, kind in KINDS.items()}


def listed() -> list[types.Resource]:
    return [
        types.Resource(
            uri=_VALUATION,
            name="valuation",
            title="What the stock is worth",
            mime_type=_JSON,
            description="In all and by location, now.",
        )
    ]


def templates() -> list[types.ResourceTemplate]:
    return [
        types.ResourceTemplate(
            uri_template=f"{_SCHEME}{KINDS[name].path}/{{id}}",
            name=name,
            title=f"One {name.replace('_', ' ')}",
            description="With its stock at each location." if name in ITEMS else "With its lines.",
            mime_type=_JSON,
        )
        for name in (*ORDERS, *ITEMS)
    ]


async def read(caller: Caller, uri: str) -> dict[str, Any]:
    """Refused for what there is not."""
    if uri == _VALUATION:
        answer = await caller.get("getValuation")
        return {key: answer[key] for key in ("asOf", "total", "locations")}
    found = _OF_RECORD.fullmatch(uri)
    name = _BY_PATH.get(found[1]) if found else None
    if found is None or name not in (*ORDERS, *ITEMS):
        raise Refused(404, {"code": "not_found", "message": "there is no such resource"})
    record = await caller.get(KINDS[name].get, id=found[2])
    shown: dict[str, Any] = {**short(record, 50), "link": caller.link(name, found[2])}
    if name in ITEMS:
        operation, _, key = ITEMS[name]
        summary = await caller.get(operation, **{key: found[2]}, expand="names")
        shown["stock"] = short(summary["data"])
    return shown
