"""Something was made: inputs are consumed, outputs produced; and a receipt that was wrong is reversed
(docs/rules.md, Work orders and production orders).

Every write for an order holds the order's lock, so that its receipts come one after another.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from pharus.db import current
from pharus.errors import NotFound, refuse
from pharus.fields import new_id
from pharus.records import Records
from pharus.steps import Receipt, StatusChange
from plugins.inventory import external_ids, historic_orders, order_rules
from plugins.inventory.ledgers import LEDGERS
from plugins.inventory.order_statuses import Commits
from plugins.inventory.over_receipts import Arrival, refuse_over_receipt
from plugins.inventory.postings import ZERO
from plugins.inventory.reversal import reverse_entries
from plugins.inventory.rules import event_day
from plugins.manufacturing import actuals, booking, commitments, rules
from plugins.manufacturing.actuals import Contents
from plugins.manufacturing.commitments import OrderSnapshot
from plugins.manufacturing.order_kinds import OrderKind, Record
from plugins.manufacturing.statuses import LIFECYCLE
from plugins.units import conversion


def receive(kind: OrderKind, order_id: str, body: Mapping[str, Any]) -> tuple[Any, Any, Contents]:
    """Write a receipt, what it consumes and what it produces: the order as it is then, the receipt, what is in it.

    What is made first may be consumed by what is made of it on the same receipt. InvalidTransition, Conflict, NotFound
    for a SKU that is not on the order, and for what is no input or by-product of it.
    """
    day, moment = event_day(body.get("receiptDate"), "/receiptDate")
    refuse([*order_rules.repeated_skus(body["items"]), *rules.usage_problems(body["items"])])
    order = kind.orders.get(order_id, lock=True)
    historic_orders.refuse(order, "nothing is received")
    external_id = body.get("externalId")
    external_ids.refuse_second(kind.receipts, external_id)
    order_rules.refuse_receipt(LIFECYCLE, order["status"])
    snapshot = commitments.read(kind, order)
    lines = {line["skuId"]: line for line in snapshot.lines}
    made = [{**kind.receipt_items.values_of(item), "id": new_id(), "order_id": order_id} for item in body["items"]]
    for item in made:
        if item["sku_id"] not in lines:
            raise NotFound(f"the order has no line with the sku {item['sku_id']}")
        if item.get("unit_quantity") is not None:
            item["quantity"] = conversion.part(lines[item["sku_id"]], Decimal(item["unit_quantity"]), places=6)
    refuse_over_receipt(
        (
            Arrival(sku_id, Decimal(lines[sku_id]["quantity"]), snapshot.received.get(sku_id, ZERO), quantity, accepted)
            for item, line in zip(made, body["items"], strict=True)
            for sku_id, quantity, accepted in ((item["sku_id"], item["quantity"], line.get("acceptOver", False)),)
        ),
        "skuId",
        snapshot.tolerance,
    )
    given = actuals.Given(snapshot, [(lines[item["skuId"]], item) for item in body["items"]])
    rules.refuse_unknown_cost(kind, snapshot.lines)
    commitments.lock_balances(snapshot)
    step = Receipt(kind.orders.table, order, body)
    step.begin()
    if LIFECYCLE[order["status"]].inputs is Commits.DEMAND:
        snapshot = replace(snapshot, order=_enter_and_reconcile(snapshot, "Production", day))

    work = booking.Booking(snapshot, given, body.get("notes"), moment)
    pairs = [(lines[item["sku_id"]], item) for item in made]
    for stage in rules.stages(pairs, snapshot.inputs, snapshot.by_products, kind.item_key):
        work.make(stage)
    receipt = kind.receipts.insert({"order_id": order_id, "receipt_date": day, "external_id": external_id})
    contents = Contents(
        kind.receipt_items.insert_all({**item, "receipt_id": receipt["id"]} for item in work.items(made)),
        kind.receipt_usages.insert_all(work.usages),
        kind.receipt_by_products.insert_all(work.by_products),
    )
    received = dict(snapshot.received)
    for item in made:
        received[item["sku_id"]] = received.get(item["sku_id"], ZERO) + item["quantity"]
    varied = actuals.vary(snapshot, contents.usages, contents.by_products)
    after = _follow(replace(varied, received=received), day, more=True)
    step.end(after, receipt, contents.items)
    return after, receipt, contents


def reverse_receipt(kind: OrderKind, order: Record, receipt_id: str) -> None:
    """Reverse what a receipt produced and consumed, and delete it. InvalidTransition once the order is closed to
    receipts, Conflict when the goods are no longer there."""
    order_rules.refuse_deletion_of_receipt(LIFECYCLE, order["status"])
    snapshot = commitments.read(kind, order)
    commitments.lock_balances(snapshot)
    contents = contents_of(kind, receipt_id)
    written = [each["id"] for each in (*contents.items, *contents.by_products)]
    for ledger in LEDGERS:
        reverse_entries(ledger, "source_id", written)
    actuals.vary(snapshot, contents.usages, contents.by_products, back=True)
    kind.receipts.delete(receipt_id)
    _follow(commitments.read(kind, order), current().today)


def reopen(kind: OrderKind, order: Record) -> Record:
    """The order back at the status from which it ended, with what is still to come in the ledgers. InvalidTransition,
    Conflict when nothing of it is open."""
    historic_orders.refuse(order, "it is not opened again")
    snapshot = commitments.read(kind, order)
    came_from = LIFECYCLE.before_end(order["status"], kind.endings.get(order["id"]), order)
    status = order_rules.status_reopened(
        order["status"],
        came_from,
        any_left=bool(snapshot.received),
        is_full=rules.is_full(snapshot.lines, snapshot.received),
    )
    return _enter_and_reconcile(snapshot, status, current().today)


def contents_of(kind: OrderKind, receipt_id: str) -> Contents:
    """What is in a receipt. What its items have none of is not asked for."""
    items = kind.receipt_items.of("receipt_id", receipt_id)
    return Contents(
        items,
        _parts_of(kind.receipt_usages, [item["id"] for item in items if item["usageCount"]]),
        _parts_of(kind.receipt_by_products, [item["id"] for item in items if item["byProductCount"]]),
    )


def has_receipts(kind: OrderKind, order_id: str) -> bool:
    return bool(kind.receipts.select("AND order_id = %s LIMIT 1", (order_id,)))


def _parts_of(records: Records[Any], item_ids: Sequence[str]) -> list[Record]:
    ids = list(item_ids)
    return records.select("AND receipt_item_id = ANY(%s::uuid[]) ORDER BY id", (ids,)) if ids else []


def _follow(snapshot: OrderSnapshot, day: date, *, more: bool = False) -> Record:
    """The order at the status that follows from its receipts, with what is still to come in the ledgers."""
    status = rules.status_after_receipts(
        snapshot.order, snapshot.lines, snapshot.received, any_left=bool(snapshot.received), more=more
    )
    return _enter_and_reconcile(snapshot, status, day)


def _enter_and_reconcile(snapshot: OrderSnapshot, status: str, day: date) -> Record:
    orders, order = snapshot.kind.orders, snapshot.order
    entered = LIFECYCLE.entering(order["status"], status, order, (), day)
    step = StatusChange(orders.table, order, order["status"], status)
    step.begin()
    after: Record = orders.update(order["id"], {"status": status, **entered})
    commitments.reconcile(replace(snapshot, order=after))
    step.end(after)
    return after
