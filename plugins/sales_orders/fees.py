"""What a broker gets: fees that nobody set follow the lines, the percent and the broker of their order until it is
invoiced (docs/rules.md, Sales orders)."""

from collections.abc import Mapping
from typing import Any

from pharus.db import current, db
from plugins.customers.records import customers
from plugins.sales_orders import commitments, rules
from plugins.sales_orders.records import StoredSalesOrder, items, orders
from plugins.sales_orders.statuses import LIFECYCLE

# The columns of an order that its fees follow from, beside its lines, with the keys of its record.
_FOLLOWED = {"broker_id": "brokerId", "broker_fee_percent": "brokerFeePercent"}


def defaults(order: StoredSalesOrder, values: Mapping[str, Any]) -> dict[str, Any]:
    """Broker and percent when another customer orders: those of the new one, where the order has its old one's."""
    before: Mapping[str, Any] = order
    if values.get("customer_id", before["customerId"]) == before["customerId"]:
        return {}
    named: Mapping[str, Mapping[str, Any]] = customers.require(
        [before["customerId"], values["customer_id"]], active=False
    )
    earlier, later = named[before["customerId"]], named[values["customer_id"]]
    return {
        column: later[key] for column, key in _FOLLOWED.items() if column not in values and before[key] == earlier[key]
    }


def changes(order: StoredSalesOrder, values: Mapping[str, Any], effective_status: str) -> dict[str, Any]:
    """The columns of the fees that change along with others of the order. Conflict when they cannot be kept."""
    before: Mapping[str, Any] = order
    if "broker_fees" in values:
        return {"fees_given": True}
    followed = {column: values.get(column, before[key]) for column, key in _FOLLOWED.items()}
    unchanged = all(followed[column] == before[key] for column, key in _FOLLOWED.items())
    if before["feesGiven"] or unchanged or not LIFECYCLE[effective_status].fees_follow:
        return {}
    lines = [items.values_of(line) for line in commitments.lines_of(before["id"])]
    fees = rules.broker_fees(lines, followed["broker_id"], followed["broker_fee_percent"])
    if refused := rules.too_large(fees):
        raise refused
    return {"broker_fees": fees}


def follow_lines(order: StoredSalesOrder) -> None:
    """After a change of the order's lines, along with the next statement."""
    if order["feesGiven"] or order["brokerId"] is None:
        return
    unit = current()
    db.defer(
        f"""
        UPDATE {orders.table} SET updated_at = %s, broker_fees = (
            SELECT round(
                coalesce(sum(coalesce(unit_quantity * price_per_unit, quantity * unit_price)), 0)
                    * coalesce(broker_fee_percent, 0) * 0.01,
                2
            )
            FROM {items.table} AS item WHERE item.org_id = %s AND item.sales_order_id = %s
        ) WHERE org_id = %s AND id = %s
        """,
        (unit.now, unit.org_id, order["id"], unit.org_id, order["id"]),
    )
