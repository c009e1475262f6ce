"""What a receipt says was really used and what really came out, beside what was planned (docs/adr/0060)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from pharus.db import current, db
from pharus.errors import NotFound
from plugins.inventory import lot_requests
from plugins.inventory.lot_parts import LotPart
from plugins.manufacturing import rules
from plugins.manufacturing.commitments import OrderSnapshot
from plugins.manufacturing.order_kinds import Record


@dataclass(frozen=True, slots=True)
class Contents:
    """The items of a receipt, what was used where it says so, and the by-products that came out."""

    items: list[Any]
    usages: list[Any]
    by_products: list[Any]


class Given:
    """What the items of a request say, by the inputs and by-products of the order's lines. NotFound for one that its
    line does not have."""

    def __init__(self, snapshot: OrderSnapshot, items: Sequence[tuple[Record, Record]]) -> None:
        item_key = snapshot.kind.item_key
        inputs = {(taken[item_key], rules.item_id(taken)): taken["id"] for taken in snapshot.inputs}
        by_products = {(each[item_key], each["byProductSkuId"]): each["id"] for each in snapshot.by_products}
        self.usages: dict[str, Record] = {}
        self.quantities: dict[str, Decimal] = {}
        # What the request says of lines, inputs and by-products, and where.
        self._said: dict[str, tuple[Record, str]] = {}
        for index, (line, item) in enumerate(items):
            self._said[line["id"]] = item, f"/items/{index}"
            for at, usage in enumerate(item.get("inputs", ())):
                id = _known(inputs, line, usage.get("materialId") or usage["inputSkuId"], "input")
                self.usages[id] = usage
                self._said[id] = usage, f"/items/{index}/inputs/{at}"
            for at, came in enumerate(item.get("byProducts", ())):
                id = _known(by_products, line, came["byProductSkuId"], "by-product")
                self.quantities[id] = Decimal(came["quantity"])
                self._said[id] = came, f"/items/{index}/byProducts/{at}"

    def lots(self, id: str, quantity: Decimal, key: str = "lots") -> tuple[LotPart, ...]:
        """The lots that are named of a line, an input or a by-product of which this is the quantity. Invalid when they
        are not so much together."""
        if id not in self._said:
            return ()
        said, path = self._said[id]
        return lot_requests.named(said, quantity, path, key)


def _known(ids: Mapping[tuple[str, str], str], line: Record, id: str, noun: str) -> str:
    if (line["id"], id) not in ids:
        raise NotFound(f"the line of the sku {line['skuId']} has no {noun} {id}")
    return ids[line["id"], id]


def vary(
    snapshot: OrderSnapshot, usages: Sequence[Record], by_products: Sequence[Record], *, back: bool = False
) -> OrderSnapshot:
    """Note by how much a receipt differs from the plan, or take that back with it: the order as it is then."""
    kind, sign = snapshot.kind, -1 if back else 1
    of_inputs = {each["inputId"]: sign * (each["used"] + each["scrapped"] - each["planned"]) for each in usages}
    of_by_products = {each["byProductId"]: sign * (each["quantity"] - each["planned"]) for each in by_products}
    return replace(
        snapshot,
        inputs=_varied(kind.inputs.table, snapshot.inputs, of_inputs),
        by_products=_varied(kind.by_products.table, snapshot.by_products, of_by_products),
    )


def _varied(table: str, parts: Sequence[Record], variances: Mapping[str, Decimal]) -> list[Record]:
    changed = {id: variance for id, variance in variances.items() if variance}
    if changed:
        db.defer(
            f"""
            UPDATE {table} AS part SET quantity_variance = part.quantity_variance + given.variance
            FROM unnest(%s::uuid[], %s::numeric[]) AS given (id, variance)
            WHERE part.org_id = %s AND part.id = given.id
            """,
            (list(changed), list(changed.values()), current().org_id),
        )
    return [
        {**part, "quantityVariance": part["quantityVariance"] + changed[part["id"]]} if part["id"] in changed else part
        for part in parts
    ]
