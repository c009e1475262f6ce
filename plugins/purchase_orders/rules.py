"""Decisions on purchase orders (docs/rules.md, Orders, in common; Purchase orders)."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from pharus.errors import Conflict, Problem, refuse
from plugins.inventory import order_rules
from plugins.inventory.ledgers import FINISHED_GOODS, MATERIALS
from plugins.inventory.reconciliation import Commitment
from plugins.purchase_orders.schemas import (
    PurchaseOrder,
    PurchaseOrderCostAllocationCreate,
    PurchaseOrderItemSummary,
)
from plugins.purchase_orders.statuses import LIFECYCLE

# What an order cannot go back to once goods have arrived.
NOT_AFTER_RECEIPTS = LIFECYCLE.where(lambda status: not status.entered_after_receipts)

# What no longer changes once goods have arrived.
LOCKED = frozenset({"vendor_id", "ship_to_location_id", "target_type"})

LEDGERS = {"materials": MATERIALS, "finished_goods": FINISHED_GOODS}
_ITEM_KEYS = {"materials": "materialId", "finished_goods": "skuId"}


def wrong_item_types(target_type: str, items: Sequence[Mapping[str, Any]], path: str = "/items/{}") -> list[Problem]:
    """The lines that name no item of the order's target type. `path` is the pointer of a line, with its index in it."""
    key = _ITEM_KEYS[target_type]
    (other,) = set(_ITEM_KEYS.values()) - {key}
    return [
        Problem(f"{path.format(index)}/{other}", f"the order is of {target_type}: name a {key}")
        for index, item in enumerate(items)
        if item.get(key) is None or item.get(other) is not None
    ]


def item_id(line: Mapping[str, Any]) -> str:
    id: str = line["materialId"] or line["skuId"]
    return id


def commitment(order: PurchaseOrder, line: Mapping[str, Any], received: Decimal = Decimal(0)) -> Commitment:
    """What a line of the order holds open: on order is what has not arrived."""
    missing = max(Decimal(0), line["quantity"] - received)
    return commitment_at(
        order["status"], order["shipToLocationId"], order["poNumber"], line["id"], item_id(line), missing
    )


def commitment_at(
    status: str, location_id: str | None, ref: str, line_id: str, item: str, missing: Decimal
) -> Commitment:
    """What a line of which so much is missing holds open at a status."""
    return Commitment(line_id, item, location_id, "po_item", ref, **LIFECYCLE[status].lines.of(missing))


def refuse_change(order: PurchaseOrder, changed: Iterable[str]) -> None:
    """Conflict when the target type changes: the lines name items of the present one."""
    if "target_type" in changed:
        raise Conflict(f"the lines of the order are {order['targetType']}".replace("_", " "))


def receipt_location(order: PurchaseOrder) -> str:
    """The location at which goods arrive. InvalidTransition at a status at which none do, Conflict if it has none."""
    order_rules.refuse_receipt(LIFECYCLE, order["status"])
    if order["shipToLocationId"] is None:
        raise Conflict("the order has no shipToLocationId: nobody knows where the goods arrive")
    return order["shipToLocationId"]


def is_full(lines: Sequence[PurchaseOrderItemSummary]) -> bool:
    """Whether all of the order has arrived."""
    return all(line["receivedQuantity"] >= line["quantity"] for line in lines)


def status_after_receipts(
    order: PurchaseOrder, lines: Sequence[PurchaseOrderItemSummary], *, any_left: bool, more: bool
) -> str:
    """The status that follows from what has arrived."""
    return order_rules.status_after_receipts(
        LIFECYCLE,
        order["status"],
        without_receipts="Placed",
        any_left=any_left,
        is_full=is_full(lines),
        more=more,
    )


def refuse_allocation(body: PurchaseOrderCostAllocationCreate) -> None:
    """Invalid when the amounts of an allocation do not fit what is allocated and how."""
    problems = []
    items, amount = body.get("items", []), body.get("amount")
    is_by_hand = body["basis"] == "hand"
    if is_by_hand and not items:
        problems.append(Problem("/items", "by hand each line is named with its amount"))
    for index, item in enumerate(items):
        if ("amount" in item) != is_by_hand:
            problems.append(Problem(f"/items/{index}/amount", "by hand each line has its amount, else none has"))
    if not is_by_hand and amount is None and body["cost"] == "additional":
        problems.append(Problem("/amount", "an additional cost needs its amount"))
    given = {"/amount": amount, **{f"/items/{index}/amount": item.get("amount") for index, item in enumerate(items)}}
    for path, value in given.items():
        if value is not None and (value == 0 or (value < 0 and body["cost"] != "additional")):
            problems.append(Problem(path, "must be above 0, or below for a credit of an additional cost"))
    if is_by_hand and items and amount is not None and amount != sum(item.get("amount", 0) for item in items):
        problems.append(Problem("/amount", "is not what the amounts of the lines add up to"))
    refuse(problems)
