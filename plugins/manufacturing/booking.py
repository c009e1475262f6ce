"""What a receipt writes into the ledgers: inputs are consumed, what was scrapped is disposed of, and what came out is
produced at its part of the cost (docs/adr/0060)."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from pharus.fields import new_id
from pharus.records import Values
from plugins.inventory import engine
from plugins.inventory.ledgers import LEDGERS, Ledger
from plugins.inventory.lot_parts import LotPart
from plugins.inventory.postings import ZERO, Posting
from plugins.manufacturing import rules
from plugins.manufacturing.actuals import Given
from plugins.manufacturing.commitments import OrderSnapshot
from plugins.manufacturing.order_kinds import Record

# A line of the order, and the column values of the item of the receipt that is about to be stored.
Made = tuple[Record, Record]


class Booking:
    """The work of one receipt. `usages` and `by_products` are, once all was made, the column values of its records."""

    def __init__(self, snapshot: OrderSnapshot, given: Given, notes: str | None, moment: datetime | None) -> None:
        self._snapshot, self._given = snapshot, given
        self._notes, self._moment = notes, moment
        self._inputs: dict[str, list[Record]] = {line["id"]: [] for line in snapshot.lines}
        for taken in snapshot.inputs:
            self._inputs[taken[snapshot.kind.item_key]].append(taken)
        self._by_products: dict[str, list[Record]] = {line["id"]: [] for line in snapshot.lines}
        for each in snapshot.by_products:
            self._by_products[each[snapshot.kind.item_key]].append(each)
        self._unit_costs: dict[str, Decimal | None] = {}
        self.usages: list[dict[str, Any]] = []
        self.by_products: list[dict[str, Any]] = []

    def make(self, stage: Sequence[Made]) -> None:
        """Consume for these lines, then produce them: none of them takes what another one makes."""
        self._produce(stage, self._consume(stage))

    def items(self, made: Iterable[Record]) -> list[Values]:
        """The column values of the items of the receipt, once all of them were made."""
        usages = Counter(each["receipt_item_id"] for each in self.usages)
        by_products = Counter(each["receipt_item_id"] for each in self.by_products)
        return [
            {
                **item,
                "unit_cost": self._unit_costs[item["id"]],
                "usage_count": usages[item["id"]],
                "by_product_count": by_products[item["id"]],
            }
            for item in made
        ]

    def _consume(self, stage: Sequence[Made]) -> dict[str, Decimal]:
        """Take what is due of the inputs, or what the receipt says: the value of it by item."""
        postings: dict[Ledger, list[Posting]] = {ledger: [] for ledger in LEDGERS}
        usages: list[dict[str, Any]] = []
        for line, item in stage:
            for taken in self._inputs[line["id"]]:
                # Nothing: so little was made that it rounds away, or a receipt before it that is gone took a bit more.
                planned = max(ZERO, self._due(line, item, taken) - self._snapshot.consumed(taken))
                usage = self._given.usages.get(taken["id"])
                used = rules.used(planned, usage)
                wasted, reason = ZERO, None
                if usage is not None:
                    wasted, reason = Decimal(usage.get("scrapped", ZERO)), usage.get("scrapReason")
                    usages.append(
                        {
                            "id": new_id(),
                            "receipt_item_id": item["id"],
                            "input_id": taken["id"],
                            "planned": planned,
                            "used": used,
                            "scrapped": wasted,
                            "scrap_reason": reason,
                            "returned": Decimal(usage.get("returned", ZERO)),
                        }
                    )
                of_ledger = postings[rules.ledger_of(taken)]
                for event_type, quantity, notes, key in (
                    ("CONSUME", used, self._notes, "lots"),
                    ("DISPOSE", wasted, reason, "scrappedLots"),
                ):
                    lots = self._given.lots(taken["id"], quantity, key)
                    if quantity > 0:
                        id, process = rules.item_id(taken), item["id"]
                        of_ledger.append(
                            self._posting(id, event_type, quantity, process, process, taken["id"], notes, lots=lots)
                        )
        spent = {item["id"]: ZERO for _, item in stage}
        scrapped: dict[str | None, Decimal] = {}
        for ledger, of_ledger in postings.items():
            balances = self._snapshot.line_balances[ledger]
            for entry in engine.post(ledger, of_ledger, line_balances=balances):
                posting = entry.posted.posting
                if posting.event_type == "DISPOSE":
                    scrapped[posting.line_id] = -entry.posted.effect.value
                else:
                    assert posting.source_id is not None
                    spent[posting.source_id] -= entry.posted.effect.value
        for row in usages:
            row["scrapped_value"] = scrapped.get(row["input_id"], ZERO)
        self.usages += usages
        return spent

    def _produce(self, stage: Sequence[Made], spent: dict[str, Decimal]) -> None:
        """Write what came out, at the value of what was consumed for it and what making it cost besides: the
        by-products at their part of that, the output at what is left."""
        kind = self._snapshot.kind
        postings: list[Posting] = []
        by_products: list[dict[str, Any]] = []
        for line, item in stage:
            added = (kind.cost(line) or ZERO) * item["quantity"]
            besides = self._besides(line, item)
            came = [(each, row) for each, row in besides if row["quantity"] > 0]
            percents = [each["costSharePercent"] for each, _ in came]
            *shares, value = rules.shared_value(spent[item["id"]] + added, percents)
            *parts, rest = rules.shared_value(spent[item["id"]], percents)
            # What the by-products bear, the output has not cost; so all that came from outside is in all of it once.
            postings.append(
                self._posting(
                    item["sku_id"],
                    "PRODUCE",
                    Decimal(item["quantity"]),
                    item["id"],
                    item["id"],
                    line["id"],
                    self._notes,
                    value=value,
                    added_value=value - spent[item["id"]],
                    inputs_value=rest if came else None,
                    lots=self._given.lots(line["id"], Decimal(item["quantity"])),
                )
            )
            postings += [
                self._posting(
                    each["byProductSkuId"],
                    "PRODUCE",
                    row["quantity"],
                    row["id"],
                    item["id"],
                    each["id"],
                    self._notes,
                    value=share,
                    added_value=share,
                    inputs_value=part,
                    lots=self._given.lots(each["id"], row["quantity"]),
                )
                for (each, row), share, part in zip(came, shares, parts, strict=True)
            ]
            by_products += [row for _, row in besides]
        balances = self._snapshot.line_balances[rules.OUTPUTS]
        for entry in engine.post(rules.OUTPUTS, postings, line_balances=balances):
            assert entry.posted.posting.source_id is not None
            self._unit_costs[entry.posted.posting.source_id] = entry.posted.posting.unit_cost
        for row in by_products:
            row["unit_cost"] = self._unit_costs.get(row["id"])
        self.by_products += by_products

    def _besides(self, line: Record, item: Record) -> list[tuple[Record, dict[str, Any]]]:
        """The by-products of a line, with the column values of what came out of each."""
        found = []
        for each in self._by_products[line["id"]]:
            planned = max(ZERO, self._due(line, item, each) - self._snapshot.made(each))
            row = {
                "id": new_id(),
                "receipt_item_id": item["id"],
                "by_product_id": each["id"],
                "planned": planned,
                "quantity": self._given.quantities.get(each["id"], planned),
            }
            found.append((each, row))
        return found

    def _due(self, line: Record, item: Record, part: Record) -> Decimal:
        """How much of an input or a by-product is planned for all that was received and is received now."""
        received = self._snapshot.received.get(line["skuId"], ZERO) + item["quantity"]
        return rules.due(part["quantity"], received, line["quantity"])

    def _posting(
        self,
        item_id: str,
        event_type: str,
        quantity: Decimal,
        source_id: str,
        process_id: str,
        line_id: str,
        notes: str | None,
        *,
        value: Decimal | None = None,
        added_value: Decimal | None = None,
        inputs_value: Decimal | None = None,
        lots: Sequence[LotPart] = (),
    ) -> Posting:
        kind, order = self._snapshot.kind, self._snapshot.order
        return Posting(
            item_id,
            kind.location_id(order),
            event_type,
            quantity,
            value=value,
            added_value=added_value,
            inputs_value=inputs_value,
            ref=kind.number(order),
            notes=notes,
            event_date=self._moment,
            source_type=f"{kind.source}_receipt",
            source_id=source_id,
            line_id=line_id,
            lots=lots,
            process_id=process_id,
        )
