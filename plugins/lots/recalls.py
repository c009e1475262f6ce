"""A recall: where a lot and all that was made of it went, and that nothing of it leaves any more (docs/rules.md,
Lots)."""

import time
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, cast

from pharus import rowsets
from pharus.db import current, db
from pharus.fields import new_id
from pharus.rowsets import array
from plugins.lots import partners, rules, tracing
from plugins.lots.records import lots, recalls
from plugins.lots.schemas import LotRecall, LotRecallCreate, LotRecallCustomer, LotRecallReport, LotSale


def recall(id: str, body: LotRecallCreate) -> LotRecallReport:
    """Find what a lot went into, put all of it on hold unless it is an exercise, and report. NotFound.

    Who takes of these lots meanwhile has locked them: what has left by then is in the report, and nothing leaves after
    it. What was made of them meanwhile is found once those are locked, so it goes on until nothing is new."""
    begun = time.perf_counter()
    lots.get(id)
    is_mock = body.get("mock", False)
    levels = tracing.way(id, "forward").levels
    before: dict[str, str] = {}
    if is_mock:
        before = _statuses(levels, lock=False)
    while not is_mock and (new := [each for each in levels if each not in before]):
        before |= _hold(id, new, body["reason"])
        levels = tracing.way(id, "forward").levels
    recall_id = new_id()
    report = _report(levels)
    stored = recalls.insert(
        {
            "id": recall_id,
            "lot_id": id,
            "is_mock": is_mock,
            "reason": body["reason"].strip(),
            "lot_count": len(levels),
            "milliseconds": round((time.perf_counter() - begun) * 1000),
            "recalled_by": current().actor.user_id,
        }
    )
    rows = [
        {
            "org_id": current().org_id,
            "recall_id": recall_id,
            "lot_id": lot_id,
            "level": level,
            "status_before": before[lot_id],
        }
        for lot_id, level in levels.items()
    ]
    db.defer(rowsets.insertion("lot_recall_lot", rows[0]), (rowsets.parameter(rows),))
    return cast(LotRecallReport, {"recall": stored, **report})


def report_of(id: str) -> LotRecallReport:
    """What a recall has reached, and where that is by now. NotFound."""
    stored = recalls.get(id)
    rows = db.rows(
        "SELECT lot_id, level FROM lot_recall_lot WHERE org_id = %s AND recall_id = %s", (current().org_id, id)
    )
    return cast(LotRecallReport, {"recall": stored, **_report(dict(rows))})


def all_of(lot_id: str) -> list[LotRecall]:
    """Of a lot, the newest first."""
    return recalls.of("lot_id", lot_id, order="id DESC")


def _report(levels: dict[str, int]) -> Mapping[str, Any]:
    sales = tracing.sales(levels)
    return {
        "lots": tracing.in_trace(levels),
        "sales": sales,
        "customers": _customers(sales),
        "places": tracing.places(levels),
    }


def _hold(id: str, lot_ids: Iterable[str], reason: str) -> dict[str, str]:
    """Put lots on hold, the one itself at recalled; what they were before. One that is rejected stays so."""
    before = _statuses(lot_ids, lock=True)
    values = rules.said(reason)
    db.send(
        """
        UPDATE lot SET status = CASE WHEN id = %s THEN 'recalled' ELSE 'on_hold' END, status_reason = %s,
            status_by = %s, status_at = %s, updated_at = %s
        WHERE org_id = %s AND id = ANY(%s::uuid[]) AND (id = %s OR status IN ('released', 'quarantine'))
        """,
        (id, *values.values(), current().now, current().org_id, array(before), id),
    )
    return before


def _statuses(lot_ids: Iterable[str], *, lock: bool) -> dict[str, str]:
    rows = db.rows(
        "SELECT id, status FROM lot WHERE org_id = %s AND id = ANY(%s::uuid[]) ORDER BY id"
        + (" FOR UPDATE" if lock else ""),
        (current().org_id, array(lot_ids)),
    )
    return dict(rows)


def _customers(sales: Iterable[LotSale]) -> list[LotRecallCustomer]:
    """Who has what of it, by their names, with whom to call."""
    by_id: dict[str, dict[str, Any]] = {}
    for sale in sales:
        customer = by_id.setdefault(
            sale["customerId"],
            {
                "customerId": sale["customerId"],
                "customerName": sale["customerName"],
                "quantity": Decimal(0),
                "returned": Decimal(0),
            },
        )
        customer["quantity"] += sale["quantity"]
        customer["returned"] += sale["returned"]
    contacts = partners.contacts("customer", by_id)
    found = [{**customer, "contacts": contacts.get(id, [])} for id, customer in by_id.items()]
    return cast(list[LotRecallCustomer], sorted(found, key=lambda each: (each["customerName"], each["customerId"])))
