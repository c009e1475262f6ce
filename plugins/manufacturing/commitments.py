"""What orders hold in the ledgers: their outputs on order, their inputs demanded, then allocated.

Materials come before finished goods wherever balances are locked: all who lock balances do so in one order.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from pharus.db import current, db
from plugins.inventory import engine
from plugins.inventory.holdings import Holdings
from plugins.inventory.ledgers import LEDGERS, Ledger
from plugins.inventory.postings import Key
from plugins.inventory.projection import Wanted, project
from plugins.inventory.reversal import take_back
from plugins.manufacturing import rules
from plugins.manufacturing.kinds import Kind, Record


@dataclass(frozen=True, slots=True)
class Sheet:
    """An order with its lines and their inputs, how much was received of each SKU, and what the ledgers hold for lines
    and inputs: of a new order, nothing."""

    kind: Kind
    order: Record
    lines: Sequence[Record]
    inputs: Sequence[Record]
    received: Mapping[str, Decimal] = field(default_factory=dict)
    holdings: Mapping[Ledger, Holdings] = field(default_factory=lambda: {ledger: Holdings() for ledger in LEDGERS})

    def consumed(self, taken: Record) -> Decimal:
        """How much of an input was consumed."""
        held = self.holdings[rules.ledger_of(taken)].of(taken["id"])
        return -sum((at_place.open.on_hand for at_place in held.values()), Decimal(0))

    def wanted(self, ledger: Ledger) -> list[Wanted]:
        kind, order, zero = self.kind, self.order, Decimal(0)
        inputs = [
            rules.wanted_input(kind, order, each, self.consumed(each))
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
    return Sheet(kind, order, lines, inputs, dict(received.fetchall()), held_by(lines, inputs))


def lines_of(kind: Kind, order_id: str) -> list[Record]:
    """The lines of an order, as they were added."""
    return kind.items.of("order_id", order_id)


def inputs_of(kind: Kind, lines: Sequence[Record]) -> list[Record]:
    """The inputs of these lines, in their order."""
    return kind.inputs.select("AND item_id = ANY(%s::uuid[]) ORDER BY id", ([line["id"] for line in lines],))


def held_by(lines: Sequence[Record], inputs: Sequence[Record]) -> dict[Ledger, Holdings]:
    """What the ledgers hold for these lines and inputs."""
    ids: dict[Ledger, list[str]] = {ledger: [] for ledger in LEDGERS}
    ids[rules.OUTPUTS] += [line["id"] for line in lines]
    for taken in inputs:
        ids[rules.ledger_of(taken)].append(taken["id"])
    return {ledger: Holdings.read(ledger, of_ledger) for ledger, of_ledger in ids.items()}


def settle(sheet: Sheet) -> None:
    """Make the ledgers hold what the order wants now."""
    for ledger in LEDGERS:
        project(ledger, sheet.wanted(ledger), holdings=sheet.holdings[ledger])


def settle_new(sheets: Sequence[Sheet]) -> None:
    """The same for any number of orders of which nothing is in the ledgers yet."""
    for ledger in LEDGERS:
        project(ledger, [wanted for sheet in sheets for wanted in sheet.wanted(ledger)], holdings=Holdings())


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
