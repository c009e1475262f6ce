"""Decisions on work orders and production orders (docs/rules.md, Orders, in common; Work orders and production
orders)."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal, Inexact, localcontext
from graphlib import CycleError, TopologicalSorter
from typing import Any

from pharus.errors import Conflict, Problem
from pharus.fields import TOO_LARGE
from plugins.bom.explosion import EXACT
from plugins.inventory import order_rules
from plugins.inventory.ledgers import FINISHED_GOODS, MATERIALS, Ledger
from plugins.inventory.postings import TWELVE_PLACES
from plugins.inventory.reconciliation import Commitment
from plugins.manufacturing.order_kinds import OrderKind, Record
from plugins.manufacturing.statuses import LIFECYCLE

# What an order cannot go back to once something was received.
NOT_AFTER_RECEIPTS = LIFECYCLE.where(lambda status: not status.entered_after_receipts)

# Where outputs lie; inputs lie where `ledger_of` says.
OUTPUTS = FINISHED_GOODS

_ZERO = Decimal(0)
_LEAST = Decimal("0.000001")


def without_alias(body: Mapping[str, Any]) -> dict[str, Any]:
    """`orderDate` is another name for `placedAt`, which wins where both are sent."""
    return {key: value for key, value in body.items() if key != "orderDate" or "placedAt" not in body}


def scaled(per_unit: Decimal, quantity: int, for_units: int = 1) -> Decimal:
    """What a line takes of an input for its whole quantity, if so many units take `per_unit`: the exact number, rounded
    half-up to 6 places, and at least the least that can be kept. Conflict when it is more than can be kept."""
    with localcontext(EXACT) as context:
        exact = per_unit * quantity
        # Of all that is done with the exact numbers this alone rounds.
        context.traps[Inexact] = False
        if for_units != 1:
            # The whole part of twice as much and a half of the last place: no quotient that would have no end.
            exact = ((exact.scaleb(6) * 2 + for_units) // (for_units * 2)).scaleb(-6)
        rounded = max(_half_up(exact), _LEAST)
    if rounded < TOO_LARGE:
        return rounded
    raise Conflict("the line takes more of an input than can be kept")


def due(snapshot: Decimal, received: Decimal, ordered: int) -> Decimal:
    """How much of an input should be consumed once so much of the output was received in all.

    It is rounded as a whole, not receipt by receipt: when all is received, exactly the snapshot is consumed.
    """
    return _half_up(snapshot * received / ordered)


def stages(
    made: Sequence[tuple[Record, Record]], inputs: Sequence[Record], by_products: Sequence[Record], item_key: str
) -> list[list[tuple[Record, Record]]]:
    """What a receipt makes, lines with items of the receipt, in the order in which they feed one another, by-products
    too: what is in a stage takes only from those before it (docs/rules.md, Orders, in common)."""
    by_line = {line["id"]: (line, item) for line, item in made}
    makers: dict[str, set[str]] = {line["skuId"]: {line["id"]} for line, _ in made}
    for each in by_products:
        if each[item_key] in by_line:
            makers.setdefault(each["byProductSkuId"], set()).add(each[item_key])
    graph: dict[str, set[str]] = {id: set() for id in by_line}
    for taken in inputs:
        if taken[item_key] in graph:
            graph[taken[item_key]] |= makers.get(taken.get("inputSkuId") or "", set()) - {taken[item_key]}
    sorter = TopologicalSorter(graph)
    try:
        sorter.prepare()
    except CycleError:
        # BOMs that changed between two lines of the order: there is no first one.
        return [list(made)]
    position = {id: at for at, id in enumerate(by_line)}
    found = []
    while sorter.is_active():
        ready = sorter.get_ready()
        found.append([by_line[id] for id in sorted(ready, key=position.__getitem__)])
        sorter.done(*ready)
    return found


def used(planned: Decimal, usage: Record | None) -> Decimal:
    """What went into the product of an input: what was planned, unless the receipt says otherwise. Conflict
    when more was returned than was planned."""
    if usage is None:
        return planned
    given: Decimal | None = usage.get("used")
    if given is not None:
        return Decimal(given)
    left = planned - Decimal(usage.get("returned", _ZERO))
    if left < 0:
        raise Conflict("more of an input was returned than was planned: say how much of it was used")
    return left


def usage_problems(items: Sequence[Record]) -> list[Problem]:
    """What the items of a receipt say of their inputs and by-products that is wrong by itself: one that comes twice,
    and something scrapped without a reason, or a reason without."""
    found: list[Problem] = []
    for index, item in enumerate(items):
        for key, names in (("inputs", ("materialId", "inputSkuId")), ("byProducts", ("byProductSkuId",))):
            seen: set[str] = set()
            for at, each in enumerate(item.get(key, ())):
                path = f"/items/{index}/{key}/{at}"
                name = next(name for name in names if each.get(name))
                if each[name] in seen:
                    found.append(Problem(f"{path}/{name}", f"is in one of the {key} before this one"))
                seen.add(each[name])
                if key == "inputs" and bool(each.get("scrapped")) != ("scrapReason" in each):
                    found.append(Problem(f"{path}/scrapReason", "goes with what was scrapped, and only with that"))
    return found


def shared_value(value: Decimal, shares: Sequence[Decimal]) -> list[Decimal]:
    """The value of all that comes out, parted: by these percents, in 12 places, and at the end what is left, to the
    last digit, for the output itself."""
    parts: list[Decimal] = []
    left = value
    for share in shares:
        parts.append(min((value * share / 100).quantize(TWELVE_PLACES, ROUND_HALF_UP), left))
        left -= parts[-1]
    return [*parts, left]


def ledger_of(taken: Record) -> Ledger:
    return FINISHED_GOODS if taken["materialId"] is None else MATERIALS


def item_id(taken: Record) -> str:
    id: str = taken["materialId"] or taken["inputSkuId"]
    return id


def output_commitment(kind: OrderKind, order: Record, line: Record, received: Decimal) -> Commitment:
    """What a line holds open at the order's status: on order is what is not received yet."""
    missing = max(_ZERO, line["quantity"] - received)
    return Commitment(
        line["id"],
        line["skuId"],
        kind.location_id(order),
        f"{kind.source}_item",
        kind.number(order),
        **LIFECYCLE[order["status"]].lines.of(missing),
    )


def by_product_commitment(kind: OrderKind, order: Record, by_product: Record, made: Decimal) -> Commitment:
    """What a by-product holds open at the order's status: on order is what was planned and has not come out yet. `made`
    is what was planned for the receipts that there are."""
    return Commitment(
        by_product["id"],
        by_product["byProductSkuId"],
        kind.location_id(order),
        f"{kind.source}_by_product",
        kind.number(order),
        **LIFECYCLE[order["status"]].lines.of(max(_ZERO, by_product["quantity"] - made)),
    )


def input_commitment(kind: OrderKind, order: Record, taken: Record, consumed: Decimal) -> Commitment:
    """What an input holds open at the order's status: demanded or allocated is what was planned and not consumed yet.
    `consumed` is what was planned for the receipts that there are."""
    left = max(_ZERO, taken["quantity"] - consumed)
    return Commitment(
        taken["id"],
        item_id(taken),
        kind.location_id(order),
        f"{kind.source}_input",
        kind.number(order),
        **LIFECYCLE[order["status"]].inputs.of(left),
    )


def refuse_unknown_cost(kind: OrderKind, lines: Sequence[Record]) -> None:
    """Conflict that names the lines whose cost is not known. All of the order's: once something of it was received its
    lines are locked, and the cost of the others could never be given."""
    unknown = [line["id"] for line in lines if kind.cost(line) is None]
    if unknown:
        raise Conflict(f"{kind.cost_key} is not set for the lines {', '.join(unknown)}", details={"lines": unknown})


def is_full(lines: Sequence[Record], received: Mapping[str, Decimal]) -> bool:
    """Whether all of the order was received, by SKU."""
    return all(received.get(line["skuId"], _ZERO) >= line["quantity"] for line in lines)


def status_after_receipts(
    order: Record, lines: Sequence[Record], received: Mapping[str, Decimal], *, any_left: bool, more: bool
) -> str:
    """The status that follows from what was received, by SKU."""
    return order_rules.status_after_receipts(
        LIFECYCLE,
        order["status"],
        without_receipts="Production",
        any_left=any_left,
        is_full=is_full(lines, received),
        more=more,
    )


def _half_up(quantity: Decimal) -> Decimal:
    return quantity.quantize(_LEAST, ROUND_HALF_UP)
