"""Something was made: inputs are consumed, outputs produced; and a receipt that was wrong is reversed
(docs/rules.md, Work orders and production orders).

Every write for an order holds the order's lock, so that its receipts come one after another.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from pharus.db import current
from pharus.errors import NotFound, refuse
from pharus.fields import new_id
from plugins.inventory import engine, external_ids, order_rules
from plugins.inventory.engine import Entry
from plugins.inventory.ledgers import LEDGERS, Ledger
from plugins.inventory.order_statuses import Commits
from plugins.inventory.over_receipts import Arrival, refuse_over_receipt
from plugins.inventory.postings import ZERO, Posting
from plugins.inventory.reversal import reverse_entries
from plugins.inventory.rules import event_day
from plugins.manufacturing import commitments, rules
from plugins.manufacturing.commitments import OrderSnapshot
from plugins.manufacturing.order_kinds import OrderKind, Record
from plugins.manufacturing.statuses import LIFECYCLE


def receive(kind: OrderKind, order_id: str, body: Mapping[str, Any]) -> tuple[Any, Any, list[Any]]:
    """Write a receipt, what it consumes and what it produces: the order as it is then, the receipt, its items.

    What is made first may be consumed by what is made of it on the same receipt. InvalidTransition, Conflict, NotFound
    for a SKU that is not on the order.
    """
    day, moment = event_day(body.get("receiptDate"), "/receiptDate")
    refuse(order_rules.repeated_skus(body["items"]))
    order = kind.orders.get(order_id, lock=True)
    external_id = body.get("externalId")
    external_ids.refuse_second(kind.receipts, external_id)
    order_rules.refuse_receipt(LIFECYCLE, order["status"])
    snapshot = commitments.read(kind, order)
    lines = {line["skuId"]: line for line in snapshot.lines}
    made = [{**kind.receipt_items.values_of(item), "id": new_id(), "order_id": order_id} for item in body["items"]]
    for item in made:
        if item["sku_id"] not in lines:
            raise NotFound(f"the order has no line with the sku {item['sku_id']}")
    refuse_over_receipt(
        (
            Arrival(sku_id, Decimal(lines[sku_id]["quantity"]), snapshot.received.get(sku_id, ZERO), quantity, accepted)
            for item, given in zip(made, body["items"], strict=True)
            for sku_id, quantity, accepted in ((item["sku_id"], item["quantity"], given.get("acceptOver", False)),)
        ),
        "skuId",
        snapshot.tolerance,
    )
    rules.refuse_unknown_cost(kind, snapshot.lines)
    commitments.lock_balances(snapshot)
    if LIFECYCLE[order["status"]].inputs is Commits.DEMAND:
        order = _enter(kind, order, "Production", day)
        snapshot = replace(snapshot, order=order)
        commitments.reconcile(snapshot)

    notes = body.get("notes")
    inputs: dict[str, list[Record]] = {line["id"]: [] for line in snapshot.lines}
    for taken in snapshot.inputs:
        inputs[taken[kind.item_key]].append(taken)
    produced: dict[str, Decimal | None] = {}
    for stage in rules.stages([(lines[item["sku_id"]], item) for item in made], snapshot.inputs, kind.item_key):
        consumed = _consume(snapshot, stage, inputs, notes, moment)
        entries = _produce(snapshot, stage, consumed, notes, moment)
        produced |= {
            item["id"]: entry.posted.posting.unit_cost for (_, item), entry in zip(stage, entries, strict=True)
        }
    receipt = kind.receipts.insert({"order_id": order_id, "receipt_date": day, "external_id": external_id})
    items = kind.receipt_items.insert_all(
        {**item, "receipt_id": receipt["id"], "unit_cost": produced[item["id"]]} for item in made
    )
    received = dict(snapshot.received)
    for item in made:
        received[item["sku_id"]] = received.get(item["sku_id"], ZERO) + item["quantity"]
    return _follow(replace(snapshot, received=received), day, more=True), receipt, items


def reverse_receipt(kind: OrderKind, order: Record, receipt_id: str) -> None:
    """Reverse what a receipt produced and consumed, and delete it. InvalidTransition once the order is closed to
    receipts, Conflict when the goods are no longer there."""
    order_rules.refuse_deletion_of_receipt(LIFECYCLE, order["status"])
    commitments.lock_balances(commitments.read(kind, order))
    written = [item["id"] for item in items_of(kind, receipt_id)]
    for ledger in LEDGERS:
        reverse_entries(ledger, "source_id", written)
    kind.receipts.delete(receipt_id)
    _follow(commitments.read(kind, order), current().today)


def reopen(kind: OrderKind, order: Record) -> Record:
    """The order back at the status from which it ended, with what is still to come in the ledgers. InvalidTransition,
    Conflict when nothing of it is open."""
    snapshot = commitments.read(kind, order)
    came_from = LIFECYCLE.before_end(order["status"], kind.endings.get(order["id"]), order)
    status = order_rules.status_reopened(
        order["status"],
        came_from,
        any_left=bool(snapshot.received),
        is_full=rules.is_full(snapshot.lines, snapshot.received),
    )
    return _enter_and_reconcile(snapshot, status, current().today)


def items_of(kind: OrderKind, receipt_id: str) -> list[Any]:
    return kind.receipt_items.of("receipt_id", receipt_id)


def has_receipts(kind: OrderKind, order_id: str) -> bool:
    return bool(kind.receipts.select("AND order_id = %s LIMIT 1", (order_id,)))


def _produce(
    snapshot: OrderSnapshot,
    stage: Sequence[tuple[Record, Record]],
    consumed: Mapping[str, Decimal],
    notes: str | None,
    moment: datetime | None,
) -> list[Entry]:
    """Write the outputs, at the value of what was consumed for them and what making them cost besides."""
    kind, order = snapshot.kind, snapshot.order
    added = {item["id"]: (kind.cost(line) or ZERO) * item["quantity"] for line, item in stage}
    return engine.post(
        rules.OUTPUTS,
        [
            Posting(
                item["sku_id"],
                kind.location_id(order),
                "PRODUCE",
                Decimal(item["quantity"]),
                value=consumed[item["id"]] + added[item["id"]],
                added_value=added[item["id"]],
                ref=kind.number(order),
                notes=notes,
                event_date=moment,
                source_type=f"{kind.source}_receipt",
                source_id=item["id"],
                line_id=line["id"],
            )
            for line, item in stage
        ],
        line_balances=snapshot.line_balances[rules.OUTPUTS],
    )


def _consume(
    snapshot: OrderSnapshot,
    made: Sequence[tuple[Record, Record]],
    inputs: Mapping[str, Sequence[Record]],
    notes: str | None,
    moment: datetime | None,
) -> dict[str, Decimal]:
    """Take from the inputs, by line, what is due for what was made, lines with items of the receipt: the value of it by
    item."""
    consumptions: dict[Ledger, list[Posting]] = {ledger: [] for ledger in LEDGERS}
    for line, item in made:
        received = snapshot.received.get(line["skuId"], ZERO) + item["quantity"]
        for taken in inputs[line["id"]]:
            due = rules.due(taken["quantity"], received, line["quantity"])
            quantity = due - snapshot.consumed(taken)
            # Nothing: so little was made that it rounds away, or a receipt before it that is gone took a bit more.
            if quantity <= 0:
                continue
            consumptions[rules.ledger_of(taken)].append(
                Posting(
                    rules.item_id(taken),
                    snapshot.kind.location_id(snapshot.order),
                    "CONSUME",
                    quantity,
                    ref=snapshot.kind.number(snapshot.order),
                    notes=notes,
                    event_date=moment,
                    source_type=f"{snapshot.kind.source}_receipt",
                    source_id=item["id"],
                    line_id=taken["id"],
                )
            )
    spent = {item["id"]: ZERO for _, item in made}
    for ledger, postings in consumptions.items():
        for entry in engine.post(ledger, postings, line_balances=snapshot.line_balances[ledger]):
            assert entry.posted.posting.source_id is not None
            spent[entry.posted.posting.source_id] -= entry.posted.effect.value
    return spent


def _follow(snapshot: OrderSnapshot, day: date, *, more: bool = False) -> Record:
    """The order at the status that follows from its receipts, with what is still to come in the ledgers."""
    status = rules.status_after_receipts(
        snapshot.order, snapshot.lines, snapshot.received, any_left=bool(snapshot.received), more=more
    )
    return _enter_and_reconcile(snapshot, status, day)


def _enter_and_reconcile(snapshot: OrderSnapshot, status: str, day: date) -> Record:
    after = _enter(snapshot.kind, snapshot.order, status, day)
    commitments.reconcile(replace(snapshot, order=after))
    return after


def _enter(kind: OrderKind, order: Record, status: str, day: date) -> Record:
    entered = LIFECYCLE.entering(order["status"], status, order, (), day)
    after: Record = kind.orders.update(order["id"], {"status": status, **entered})
    return after
