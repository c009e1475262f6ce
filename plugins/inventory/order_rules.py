"""Decisions that more than one kind of order shares (docs/rules.md, Orders, in common)."""

from collections.abc import Mapping, Sequence
from typing import Any

from pharus.errors import Conflict, InvalidTransition, Problem
from pharus.lifecycle import Lifecycle
from plugins.inventory.order_statuses import ReceivingStatus


def repeated_skus(items: Sequence[Mapping[str, Any]]) -> list[Problem]:
    """The lines whose SKU is in an earlier line."""
    problems: list[Problem] = []
    seen: set[str] = set()
    for index, item in enumerate(items):
        sku_id = item["skuId"]
        if sku_id in seen:
            problems.append(Problem(f"/items/{index}/skuId", "is in a line before this one"))
        seen.add(sku_id)
    return problems


def refuse_receipt(lifecycle: Lifecycle[ReceivingStatus], status: str) -> None:
    """InvalidTransition when goods of an order at this status cannot be received."""
    if not lifecycle[status].receipts:
        raise InvalidTransition(f"goods of an order that is {status} cannot be received")


def refuse_deletion_of_receipt(lifecycle: Lifecycle[ReceivingStatus], status: str) -> None:
    """InvalidTransition when the order is closed to receipts, too."""
    if not lifecycle[status].receipts:
        lifecycle.refuse_ended(status, "its receipts can be deleted after it was reopened")


def status_reopened(before: str, came_from: str, *, any_left: bool, is_full: bool) -> str:
    """The status to which an order goes back that has ended. `came_from` is what it remembers when it was cancelled,
    else the one before on the way: of those, what follows from receipts does so again. Conflict when all of the order
    was received: no line is open."""
    if before == "Received" and is_full:
        raise Conflict("all of the order was received: delete a receipt instead")
    if came_from == "Received" and (is_full or before == "Paid"):
        return came_from
    if came_from == "Received" or (came_from == "Partial" and before != "Cancelled"):
        return "Partial" if any_left else "In Transit"
    return came_from


def status_after_receipts(
    lifecycle: Lifecycle[ReceivingStatus],
    status: str,
    *,
    without_receipts: str,
    any_left: bool,
    is_full: bool,
    more: bool,
) -> str:
    """The status that follows from the receipts of an order, of which one was added (`more`) or deleted. An order that
    was closed short and receives more stays closed."""
    if lifecycle.is_end(status):
        return status
    if not any_left:
        return without_receipts
    return "Received" if is_full or (more and status == "Received") else "Partial"
