"""Purchase orders. PostgreSQL writes the decimals as they are shown."""

from typing import Any

import orjson

from bench.entities import PURCHASE_ORDER, PURCHASE_ORDER_ITEM, columns
from bench.peers.floor import bodies
from bench.peers.floor.refusals import Refusal, invalid
from bench.peers.floor.transactions import Caller, Path

_AMOUNTS = ("shippingCosts", "setupCosts", "otherCosts", "quantity", "unitCost")


def _shown(keys: tuple[str, ...]) -> str:
    return ", ".join(
        f"trim_scale({column})::text" if key in _AMOUNTS else column for key, column in columns(keys).items()
    )


ORDER_COLUMNS = _shown(PURCHASE_ORDER)
ORDER = f"SELECT {ORDER_COLUMNS} FROM purchase_order WHERE org_id = %s AND id = %s"

_ITEMS = f"""
SELECT {_shown(PURCHASE_ORDER_ITEM)}
FROM purchase_order_item WHERE org_id = %s AND purchase_order_id = %s ORDER BY id"""


def get_purchase_order(cursor: Any, caller: Caller, query: bytes, _: bytes, path: Path) -> bytes:
    """The JSON of an order with its lines."""
    _, problems = bodies.read_query(query, {})
    id = path["id"]
    if bodies.one_id(id) is None:
        problems.append(("path/id", "is no id"))
    if problems:
        raise invalid(problems)
    cursor.execute(ORDER, (caller.org_id, id))
    order = cursor.fetchone()
    if order is None:
        raise Refusal(404, "not_found", "no purchase order with this id")
    cursor.execute(_ITEMS, (caller.org_id, id))
    items = [dict(zip(PURCHASE_ORDER_ITEM, row, strict=True)) for row in cursor.fetchall()]
    response = {"purchaseOrder": dict(zip(PURCHASE_ORDER, order, strict=True)), "items": items}
    return orjson.dumps(response, option=orjson.OPT_UTC_Z)
