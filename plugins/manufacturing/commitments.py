"""What orders hold in the ledgers: their outputs on order, their inputs demanded, then allocated.

Materials come before finished goods wherever balances are locked: all who lock balances do so in one order.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from pharus.db import current, db
from plugins.inventory import engine
from plugins.inventory.ledgers import LEDGERS, Ledger
from plugins.inventory.postings import Key
from plugins.inventory.projection import Wanted, project
from plugins.inventory.reversal import take_back
from plugins.manufacturing import rules
from plugins.manufacturing.kinds import Kind, Record


@dataclass(frozen=True, slots=True)
class Sheet:
    """An order with its lines and their inputs, how much was received of each SKU, and consumed of each input."""

    kind: Kind
    order: Record
    lines: Sequence[Record]
    inputs: Sequence[Record]
    received: Mapping[str, Decimal] = field(default_factory=dict)
    consumed: Mapping[str, Decimal] = field(default_factory=dict)

    def wanted(self, ledger: Ledger) -> list[Wanted]:
        kind, order, zero = self.kind, self.order, Decimal(0)
        inputs = [
            rules.wanted_input(kind, order, each, self.consumed.get(each["id"], zero))
            for each in self.inputs
            if rules.ledger_of(each) is ledger
        ]
        if ledger is not rules.OUTPUTS:
            return inputs
        outputs = [
            rules.wanted_output(kind, order, line, self.received.get(line["skuId"], zero)) for line in self.lines
        ]
        return inputs + outputs


def read(kind: Kind, order: Record) -> Sheet:
    """The order as it stands. Whoever is about to write for it holds its lock."""
    lines = lines_of(kind, order["id"])
    inputs = inputs_of(kind, lines)
    received = db.execute_sql(
        f"SELECT sku_id, sum(quantity) FROM {kind.receipt_items.table} WHERE org_id = %s AND order_id = %s "
        "GROUP BY sku_id",
        (current().org_id, order["id"]),
    )
    return Sheet(kind, order, lines, inputs, dict(received.fetchall()), _consumed(inputs))


def lines_of(kind: Kind, order_id: str) -> list[Record]:
    """The lines of an order, as they were added."""
    return kind.items.select("AND order_id = %s ORDER BY id", (order_id,))


def inputs_of(kind: Kind, lines: Sequence[Record]) -> list[Record]:
    """The inputs of these lines, in their order."""
    return kind.inputs.select("AND item_id = ANY(%s::uuid[]) ORDER BY id", ([line["id"] for line in lines],))


def settle(*sheets: Sheet) -> None:
    """Make the ledgers hold what the orders want now."""
    for ledger in LEDGERS:
        project(ledger, [wanted for sheet in sheets for wanted in sheet.wanted(ledger)])


def lock_balances(sheet: Sheet) -> None:
    """Lock everything that a receipt of the order may change, at once."""
    for ledger in LEDGERS:
        keys = [Key(wanted.item_id, sheet.kind.location_id(sheet.order)) for wanted in sheet.wanted(ledger)]
        if keys:
            engine.lock(ledger, keys)


def give_up(lines: Sequence[Record], inputs: Sequence[Record]) -> None:
    """Reverse all that lines and inputs which are about to go hold in the ledgers, and all that was done for them."""
    for ledger in LEDGERS:
        take_back(ledger, "line_id", [each["id"] for each in (*lines, *inputs)])


def _consumed(inputs: Sequence[Record]) -> dict[str, Decimal]:
    consumed: dict[str, Decimal] = {}
    for ledger in LEDGERS:
        ids = [each["id"] for each in inputs if rules.ledger_of(each) is ledger]
        entries = engine.read(ledger, "line_id = ANY(%s::uuid[]) AND on_hand <> 0", (ids,)) if ids else ()
        for entry in entries:
            assert entry.posting.line_id is not None
            consumed[entry.posting.line_id] = consumed.get(entry.posting.line_id, Decimal(0)) - entry.effect.on_hand
    return consumed
