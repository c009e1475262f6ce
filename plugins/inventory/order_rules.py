"""Decisions that more than one kind of order shares (docs/rules.md, Orders, in common)."""

from collections.abc import Mapping, Sequence
from typing import Any

from pharus.errors import InvalidTransition, Problem
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


def status_after_receipts(
    lifecycle: Lifecycle[ReceivingStatus], status: str, *, without_receipts: str, any_left: bool, is_full: bool
) -> str:
    """The status that follows from the receipts of an order. An order that has ended keeps its status."""
    if lifecycle.is_end(status):
        return status
    if not any_left:
        return without_receipts
    return "Received" if is_full else "Partial"
