"""What orders hold in the ledgers: their outputs and by-products on order, their inputs demanded, then allocated.

Materials come before finished goods wherever balances are locked: all who lock balances do so in one order.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from pharus.db import current, db
from plugins.inventory import engine, reconciliation
from plugins.inventory.ledgers import LEDGERS, Ledger
from plugins.inventory.line_balances import LineBalances
from plugins.inventory.postings import Key
from plugins.inventory.reconciliation import Commitment
from plugins.inventory.reversal import reverse_entries
from plugins.manufacturing import rules
from plugins.manufacturing.order_kinds import OrderKind, Record
from plugins.platform import organizations


@dataclass(frozen=True, slots=True)
class OrderSnapshot:
    """An order with its lines, their inputs and by-products, how much was received of each SKU, and what the ledgers
    hold for all of these: of a new order, nothing. `tolerance` says how much more may come, in percent;
    without one there is no limit."""

    kind: OrderKind
    order: Record
    lines: Sequence[Record]
    inputs: Sequence[Record]
    by_products: Sequence[Record] = ()
    received: Mapping[str, Decimal] = field(default_factory=dict)
    line_balances: Mapping[Ledger, LineBalances] = field(
        default_factory=lambda: {ledger: LineBalances() for ledger in LEDGERS}
    )
    tolerance: Decimal | None = None

    def consumed(self, taken: Record) -> Decimal:
        """How much of an input was consumed, as far as it was planned to be: what receipts took otherwise is no part of
        the plan (docs/adr/0060)."""
        variance: Decimal = taken["quantityVariance"]
        return -self._on_hand(rules.ledger_of(taken), taken) - variance

    def made(self, by_product: Record) -> Decimal:
        """How much of a by-product came out, as far as it was planned to."""
        variance: Decimal = by_product["quantityVariance"]
        return self._on_hand(rules.OUTPUTS, by_product) - variance

    def commitments(self, ledger: Ledger) -> list[Commitment]:
        kind, order, zero = self.kind, self.order, Decimal(0)
        inputs = [
            rules.input_commitment(kind, order, each, self.consumed(each))
            for each in self.inputs
            if rules.ledger_of(each) is ledger
        ]
        if ledger is not rules.OUTPUTS:
            return inputs
        outputs = [
            rules.output_commitment(kind, order, line, self.received.get(line["skuId"], zero)) for line in self.lines
        ]
        by_products = [rules.by_product_commitment(kind, order, each, self.made(each)) for each in self.by_products]
        return inputs + outputs + by_products

    def _on_hand(self, ledger: Ledger, part: Record) -> Decimal:
        balances = self.line_balances[ledger].of(part["id"])
        return sum((balance.open.on_hand for balance in balances.values()), Decimal(0))


def read(kind: OrderKind, order: Record) -> OrderSnapshot:
    """The order as it is now. A caller that is about to write for it holds its lock."""
    lines, tolerance = organizations.with_setting(kind.items, "order_id", order["id"], "over_receipt_tolerance_percent")
    inputs, by_products = inputs_of(kind, lines), by_products_of(kind, lines)
    received = db.execute_sql(
        f"SELECT sku_id, sum(quantity) FROM {kind.receipt_items.table} WHERE org_id = %s AND order_id = %s "
        "GROUP BY sku_id",
        (current().org_id, order["id"]),
    )
    balances = line_balances_of(lines, inputs, by_products)
    return OrderSnapshot(kind, order, lines, inputs, by_products, dict(received.fetchall()), balances, tolerance)


def lines_of(kind: OrderKind, order_id: str) -> list[Record]:
    """The lines of an order, as they were added."""
    return kind.items.of("order_id", order_id)


def inputs_of(kind: OrderKind, lines: Sequence[Record]) -> list[Record]:
    """The inputs of these lines, in their order."""
    return kind.inputs.select("AND item_id = ANY(%s::uuid[]) ORDER BY id", ([line["id"] for line in lines],))


def by_products_of(kind: OrderKind, lines: Sequence[Record]) -> list[Record]:
    """The by-products of these lines, in their order. Nothing is asked where there are none."""
    ids = [line["id"] for line in lines if line["byProductCount"]]
    return kind.by_products.select("AND item_id = ANY(%s::uuid[]) ORDER BY id", (ids,)) if ids else []


def line_balances_of(
    lines: Sequence[Record], inputs: Sequence[Record], by_products: Sequence[Record]
) -> dict[Ledger, LineBalances]:
    """What the ledgers hold for these lines, inputs and by-products."""
    ids: dict[Ledger, list[str]] = {ledger: [] for ledger in LEDGERS}
    ids[rules.OUTPUTS] += [each["id"] for each in (*lines, *by_products)]
    for taken in inputs:
        ids[rules.ledger_of(taken)].append(taken["id"])
    return {ledger: LineBalances.read(ledger, of_ledger) for ledger, of_ledger in ids.items()}


def reconcile(snapshot: OrderSnapshot) -> None:
    """Make the ledgers hold the commitments of the order."""
    for ledger in LEDGERS:
        reconciliation.reconcile(ledger, snapshot.commitments(ledger), line_balances=snapshot.line_balances[ledger])


def reconcile_new(snapshots: Sequence[OrderSnapshot]) -> None:
    """The same for any number of orders of which nothing is in the ledgers yet."""
    for ledger in LEDGERS:
        reconciliation.reconcile(
            ledger,
            [commitment for snapshot in snapshots for commitment in snapshot.commitments(ledger)],
            line_balances=LineBalances(),
        )


def lock_balances(snapshot: OrderSnapshot) -> None:
    """Lock everything that a receipt of the order may change, at once."""
    for ledger in LEDGERS:
        keys = [
            Key(commitment.item_id, snapshot.kind.location_id(snapshot.order))
            for commitment in snapshot.commitments(ledger)
        ]
        if keys:
            engine.lock(ledger, keys)


def release(kind: OrderKind, lines: Sequence[Record]) -> None:
    """Reverse all that lines which are about to go, with their inputs and by-products, hold in the ledgers, and all
    that was done for them."""
    parts = [*lines, *inputs_of(kind, lines), *by_products_of(kind, lines)]
    for ledger in LEDGERS:
        reverse_entries(ledger, "line_id", [each["id"] for each in parts])
